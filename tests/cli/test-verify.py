#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What verifies cards without an office: exported keys in a folder, and the vectors as they are scanned, as
files, in a folder, cut, changed, and signed by nobody who is known."""

import base64
import datetime
import hashlib
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import unicodedata
import zlib

import cbor2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from claims import claim, end

SOURCE = pathlib.Path(os.environ['PLATEN_SOURCE_ROOT'])
PLATENCTL = pathlib.Path(os.environ['PLATEN_BUILD_ROOT']) / 'src/cli/platenctl'


def load(name):
    return json.loads((SOURCE / 'tests/vectors' / name).read_text(encoding='utf-8'))


folder = pathlib.Path(tempfile.mkdtemp(prefix='platen-verify-'))
keys, nobody, chip = folder / 'keys', folder / 'nobody', folder / 'chip'
for each in (keys, nobody, chip):
    each.mkdir()
environment = {**os.environ, 'XDG_CONFIG_HOME': str(folder), 'PLATEN_CONFIG': str(folder / 'platen.conf'), 'LC_ALL': 'C.UTF-8'}
(folder / 'platen.conf').write_text('[office]\n')


def verify(*words, trust=keys):
    done = subprocess.run([PLATENCTL, '--json', 'verify', '--offline', f'--certificates={trust}', *map(str, words)], text=True,
                          capture_output=True, timeout=60, env=environment)
    return done.returncode, json.loads(done.stdout) if done.stdout.strip() else {}, done.stderr


qr, mdl = load('qr-vector-b.json'), load('mdl-vector-a.json')
iso = {vector['id']: vector for vector in load('iso18013-standard.json')['vectors']}
point = bytes.fromhex(qr['public_key'])
url = lambda part: base64.urlsafe_b64encode(part).decode().rstrip('=')
(keys / 'keys.json').write_text(json.dumps({'keys': [
    {'kty': 'EC', 'crv': 'P-256', 'kid': 'UTO-QR-1', 'x': url(point[1:33]), 'y': url(point[33:])}]}))
(keys / 'iaca.cer').write_bytes(bytes.fromhex(mdl['iaca_cert_der']))
(keys / 'signer.cer').write_bytes(bytes.fromhex(iso['uto-sod']['signer_certificate_der_hex']))
(nobody / 'iaca.cer').write_bytes(bytes.fromhex(mdl['iaca_cert_der']))
text = qr['base45_of_zlib_example']

status, said, error = verify('--scan', text)
claim(status == 0 and said['verdict'] == 'not-asked' and said['signature'] == 'holds' and said['signer'] == 'UTO-QR-1',
      'a QR code is verified with a published key', said, error)
claim({'title': 'Date of birth', 'found': '5 November 1994'}.items() <=
      {key: value for field in said['fields'] if field['title'] == 'Date of birth' for key, value in field.items()}.items(),
      'and says in words what it holds', said)
status, said, error = verify('--scan', text, trust=nobody)
claim(status == 1 and said['verdict'] == 'unknown' and 'UTO-QR-1' in error, 'by a key that is not known, nobody can say', error)
changed = text[:200] + ('0' if text[200] != '0' else '1') + text[201:]
status, said, error = verify('--scan', changed)
claim(status == 1 and said.get('verdict', 'not-genuine') == 'not-genuine', 'a changed character is noticed', said, error)
status, said, error = verify('--scan', qr['cose'])
claim(status == 0, 'hexadecimal is what a scanner makes of bytes', error)

# What keyboards, scanners and mail make of it.
for words, given in (('in small letters, capitals locked', text.lower()), ('with the identifier of its symbology', ']Q1' + text),
                     ('with blanks in front and a line end behind', '  ' + text + '\r\n'),
                     ('between STX and ETX', '\x02' + text + '\x03'), ('over several lines', text[:99] + '\r\n' + text[99:200] + '\n' + text[200:]),
                     ('with a tabulator behind', text + '\t')):
    status, said, error = verify('--scan', given)
    claim(status == 0 and said['signature'] == 'holds', f'a QR code {words}', error)
for words, given in (('in capitals with blanks', ' '.join(re.findall('..', qr['cose'].upper()))), ('with colons', ':'.join(re.findall('..', qr['cose'].upper()))),
                     ('in capitals', qr['cose'].upper()), ('over lines', '\n'.join(re.findall('.{1,32}', qr['cose']))),
                     ('with 0x and commas', ', '.join('0x' + byte for byte in re.findall('..', qr['cose']))),
                     ('as base64 of mail', base64.encodebytes(bytes.fromhex(qr['cose'])).decode())):
    status, said, error = verify('--scan', given)
    claim(status == 0 and said['signature'] == 'holds', f'bytes {words}', error)
line = 'D1UTOU1234567<3340314SPECIMEN9'
for given in (line.lower(), f'  {line}\n', f'{line[:15]}\n{line[15:]}', ' '.join(re.findall('.{10}', line))):
    status, said, error = verify('--scan', given)
    claim(said.get('form') == 'mrz' and said['fields'], f'a machine-readable line typed as {given!r}', error)
done = subprocess.run([PLATENCTL, '--json', 'verify', '--offline', f'--certificates={keys}', '-'], input=bytes.fromhex(qr['cose']),
                      capture_output=True, timeout=60, env=environment)
claim(done.returncode == 0 and json.loads(done.stdout)['signature'] == 'holds', 'bytes on standard input', done.stderr)
status, said, error = verify(folder / 'nowhere.pdf')
claim(status == 1 and '“' in error and 'nowhere.pdf”' in error and 'scan' in error, 'a file that is not there is told in a sentence', error)
with open(folder / 'large', 'wb') as large:
    large.truncate(500_000_000)
status, said, error = verify(folder / 'large')
claim(status == 1 and 'larger than any form' in error, 'half a gigabyte is not opened', error)
(folder / 'escape').write_bytes(b'%XUEVIL^\x1b[2JNAME$ANNA^LONG STREET 12^?\n;999999123456789=310719840229=?')
done = subprocess.run([PLATENCTL, 'verify', '--offline', f'--certificates={keys}', folder / 'escape'], capture_output=True, timeout=60, env=environment)
claim(b'\x1b' not in done.stdout + done.stderr, 'what a terminal would obey does not reach it', done.stdout)
done = subprocess.run([PLATENCTL, 'verify', '--offline', f'--certificates={keys}', '--scan', text], capture_output=True, timeout=60, env=environment)
claim(max(len(row) for row in done.stdout.decode().split('\nDetails')[0].splitlines() if row.startswith('  ')) < 200,
      'a table has one line for each field', done.stdout)
rows = dict(re.split(r'  +', row, maxsplit=1) for row in done.stdout.decode().splitlines() if re.match(r'\S.*\S  +\S', row))
claim(rows.get('Form') == 'QR code' and rows.get('Signature') == 'Holds' and rows.get('Verdict') == 'Genuine, not asked about'
      and not re.search('not-asked|not-compared|unsigned_fields|^says|^of', done.stdout.decode(), re.M), 'and words for what JSON has codes for', done.stdout)


def write_to(output, *words):
    return subprocess.run([PLATENCTL, *words, 'verify', '--offline', f'--certificates={keys}', '--scan', text], stdout=output, stderr=subprocess.PIPE,
                          timeout=60, env=environment)


for words in ((), ('--json',)):
    reader, writer = os.pipe()
    os.close(reader)
    done = write_to(writer, *words)
    os.close(writer)
    claim(done.stderr == b'' and done.returncode == -signal.SIGPIPE, f'a reader who goes away hears nothing more {words}', done)
    with open('/dev/full', 'wb') as full:
        done = write_to(full, *words)
    claim(done.returncode == 1 and b'no room' in done.stderr, f'a full disk is told {words}', done)

(folder / 'licence.mdoc').write_bytes(bytes.fromhex(mdl['deviceResponse_issuerOnly']))
status, said, error = verify(folder / 'licence.mdoc')
claim(said.get('form') == 'mdoc' and said.get('signature') == 'holds', 'a mobile licence is verified up to its root', said, error)
status, said, error = verify('--scan', url(bytes.fromhex(mdl['issuerSigned'])))
claim(said.get('form') == 'mdoc' and said.get('signature') == 'holds', 'as base64url, too', said, error)

for name in ('uto-com', 'uto-dg1-iso', 'uto-dg4-container', 'uto-dg5-container', 'uto-sod'):
    (chip / f'{name}.bin').write_bytes(bytes.fromhex(iso[name]['hex']))
status, said, error = verify(chip)
claim(said.get('form') == 'groups' and said.get('signature') == 'holds', 'the files of a chip, in a folder', said, error)
(chip / 'uto-dg1-iso.bin').write_bytes(bytes.fromhex(iso['iso-dg1-published']['hex']))
status, said, error = verify(chip)
claim(status == 1 and said['verdict'] == 'not-genuine', 'a data group of somebody else is noticed', said, error)

status, said, error = verify('--scan', 'D1UTOU1234567<3340314SPECIMEN9')
claim(status == 1 and said['verdict'] == 'unknown' and said['form'] == 'mrz', 'a line proves nothing by itself', said, error)
for given, word in (('D1UTOU1234567<3340314SPECIMEN8', 'check digit'), ('HC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3', 'health'),
                    ('Anna', 'none of the forms'), ('', 'Nothing was given')):
    status, said, error = verify('--scan', given)
    claim(status == 1 and word in error, f'“{given[:20]}” is refused by name', error)
(folder / 'empty.bin').write_bytes(b'\xaa' * 100)
status, said, error = verify(folder / 'empty.bin')
claim(status == 1 and 'none of the forms' in error, 'a map without names is no mobile licence', error)
(folder / 'bomb.pdf').write_bytes(b'%PDF-1.7\n1 0 obj\n<< /Type /Obj#53tm >>\nendobj\nstartxref\n9\n%%EOF\n')
status, said, error = verify(folder / 'bomb.pdf')
claim(status == 1 and 'was not opened' in error, 'a PDF that packs its objects is not opened', error)

# Another keyboard than the scanner's: a German one (+ is a dead key there) and a French one.
GERMAN = dict(zip('YZyz-/:*<@', 'ZYzyß-Ö(;"'))
FRENCH = dict(zip('AQWZMaqwzm$%*-./:<@1234567890', 'QAZW?qazw,458):!M.2&é"\'(-è_çà'))


def type_german(code):
    keys_hit = ''.join(GERMAN.get(letter, letter) for letter in code)
    keys_hit = re.sub(r'\+(.)', lambda found: unicodedata.normalize('NFC', found[1] + '\u0300') if found[1] in 'AEIOU' else '`' + found[1], keys_hit)
    return keys_hit


type_french = lambda code: ''.join(FRENCH.get(letter, letter) for letter in code)
for country, typed in (('German', type_german), ('French', type_french)):
    for what, given, form in (('a QR code', text, 'qr'), ('hexadecimal', qr['cose'], 'qr'), ('a line', line, 'mrz')):
        status, said, error = verify('--scan', typed(given) + '\r')
        claim(said.get('form') == form and (form == 'mrz' or said['signature'] == 'holds' and (what != 'a QR code' or any('keyboard' in remark
              for remark in said['remarks']))), f'{what} that a scanner typed on a {country} keyboard', said, error)
status, said, error = verify('--scan', type_french(text)[:200])
claim(status == 1 and 'another keyboard' in error, 'one that lost something there is told so', error)
status, said, error = verify('--scan', '\ufeff' + text)
claim(status == 0, 'a mark that an editor put in front', error)

# Bytes of a PDF417 from a scanner in serial mode.
(keys / 'UTO0001.pem').write_bytes(serialization.load_der_public_key(bytes.fromhex(iso['uto-u1-payload']['public_key_spki_der_hex'])).public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
bare = bytes.fromhex(iso['uto-u1-payload']['hex'])
for frame in ((b'', b''), (b'', b'\r'), (b'', b'\r\n'), (b']L2', b'\r'), (b'\x02', b'\x03')):
    (folder / 'serial').write_bytes(frame[0] + bare + frame[1])
    status, said, error = verify(folder / 'serial')
    claim(said.get('form') == 'pdf417' and said['signature'] == 'holds', f'a PDF417 between {frame}', said, error)
(folder / 'serial').write_bytes(bare + b'x')
status, said, error = verify(folder / 'serial')
claim(status == 1 and not said, 'what nobody signed behind it is no line end', said)

# A chip's files, each with something wrong that EF.SOD does not tell.
(chip / 'uto-dg1-iso.bin').write_bytes(bytes.fromhex(iso['uto-dg1-iso']['hex']))
for name, old, new, word in (('uto-com', '5f01020100', '5f01020101', 'EF.COM'), ('uto-com', '600a', 'e00a', ''), ('uto-com', '5f01', '5701', 'EF.COM')):
    (chip / 'EF.COM').write_bytes(bytes.fromhex(iso[name]['hex'].replace(old, new, 1)))
    (chip / 'uto-com.bin').unlink(missing_ok=True)
    status, said, error = verify(chip)
    claim(status == 1 and word in error, f'EF.COM with {new} for {old}', error)
(chip / 'EF.COM').write_bytes(bytes.fromhex(iso['uto-com']['hex']))
(chip / 'uto-dg1-iso.bin').unlink()
for dg1, word in ((None, 'Data group 1'), (b'\xe1' + bytes.fromhex(iso['uto-dg1-iso']['hex'])[1:], 'dg1.bin')):
    if dg1:
        (chip / 'dg1.bin').write_bytes(dg1)
    status, said, error = verify(chip)
    claim(status == 1 and not said and word in error, f'without data group 1, {"damaged" if dg1 else "missing"}', said, error)


# Signed by the issuer, and yet not what a licence says.
def sign(scalar, protected, payload):
    key = ec.derive_private_key(int(scalar, 16), ec.SECP256R1())
    numbers = utils.decode_dss_signature(key.sign(cbor2.dumps(['Signature1', protected, b'', payload]), ec.ECDSA(hashes.SHA256())))
    return b''.join(number.to_bytes(32, 'big') for number in numbers)


def make_code(change):
    payload = cbor2.loads(bytes.fromhex(qr['cwt']))
    change(payload)
    protected, payload = bytes.fromhex(qr['protected']), cbor2.dumps(payload)
    return cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, sign(qr['private_key'], protected, payload)])).hex()


for days, word in ((('20200101', '20210101'), '1 January 2021'), (('20900101', '20990101'), '1 January 2090')):
    status, said, error = verify('--scan', make_code(lambda claims: (claims[169].update({76: days[0], 77: days[1]}), claims.update({5: 1, 4: 1 << 33}))))
    claim(said.get('verdict') == 'not-valid' and word in error, f'a licence from {days[0]} to {days[1]} in a code without end', said, error)


def make_mobile(change_object=lambda _: None, change_item=lambda _: None, certificate=None):
    """A mobile licence of the vector's signer, whose digests fit."""
    document = cbor2.loads(bytes.fromhex(mdl['issuerSigned']), tag_hook=lambda _, tag: tag)
    name_space, items = next(iter(document['nameSpaces'].items()))
    protected, header, payload, _ = document['issuerAuth']
    header[33] = certificate or header[33]
    wanted = cbor2.loads(cbor2.loads(payload).value, tag_hook=lambda _, tag: tag)
    wanted['validityInfo'] = {name: cbor2.CBORTag(0, moment.strftime('%Y-%m-%dT%H:%M:%SZ')) for name, moment in wanted['validityInfo'].items()}
    for n, item in enumerate(items):
        inner = cbor2.loads(item.value, tag_hook=lambda _, tag: tag)
        if inner['elementIdentifier'] == 'portrait_capture_date':
            inner['elementValue'] = cbor2.CBORTag(0, inner['elementValue'].strftime('%Y-%m-%dT%H:%M:%SZ'))
        change_item(inner)
        items[n] = cbor2.CBORTag(24, cbor2.dumps(inner))
        wanted['valueDigests'][name_space][inner['digestID']] = hashlib.sha256(cbor2.dumps(items[n])).digest()
    change_object(wanted)
    payload = cbor2.dumps(cbor2.CBORTag(24, cbor2.dumps(wanted)))
    return url(cbor2.dumps({'nameSpaces': document['nameSpaces'], 'issuerAuth': [protected, header, payload, sign(mdl['ds_private_key'], protected, payload)]}))


def make_signer(purposes=('1.0.18013.5.1.2',), days=457, authority=False):
    """The vector's signer, certified anew by its root."""
    root, old = (x509.load_der_x509_certificate(bytes.fromhex(mdl[name])) for name in ('iaca_cert_der', 'ds_cert_der'))
    builder = x509.CertificateBuilder(root.subject, old.subject, old.public_key(), x509.random_serial_number(), old.not_valid_before,
                                      old.not_valid_before + datetime.timedelta(days=days, seconds=-1))
    for each in old.extensions:
        if not isinstance(each.value, x509.ExtendedKeyUsage):
            builder = builder.add_extension(each.value, each.critical)
    builder = builder.add_extension(x509.ExtendedKeyUsage(map(x509.ObjectIdentifier, purposes)), True)
    if authority:
        builder = builder.add_extension(x509.BasicConstraints(True, None), True)
    key = ec.derive_private_key(int(mdl['iaca_private_key'], 16), ec.SECP256R1())
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def change_element(name, value):
    return lambda item: item['elementIdentifier'] == name and item.update(elementValue=value)


moment = lambda seconds: cbor2.CBORTag(0, time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(seconds)))
status, said, error = verify('--scan', make_mobile())
claim(said.get('form') == 'mdoc' and said['signature'] == 'holds' and said['verdict'] != 'not-genuine', 'what is signed here is understood', said, error)
for what, verdict, parts in (
        ('ended though its signature has not', 'not-valid', {'change_item': change_element('expiry_date', cbor2.CBORTag(1004, '2026-03-02'))}),
        ('is valid before it was signed', 'not-genuine', {'change_object': lambda each: each['validityInfo'].update(validFrom=moment(1767312000))}),
        ('gives away the telephone’s key', 'not-genuine', {'change_object': lambda each: each['deviceKeyInfo']['deviceKey'].update({-4: bytes(32)})}),
        ('has short random numbers', 'not-genuine', {'change_item': lambda item: item.update(random=b'short')})):
    status, said, error = verify('--scan', make_mobile(**parts))
    claim(status == 1 and said.get('verdict') == verdict, f'a mobile licence that {what}', said, error)
status, said, error = verify('--scan', make_mobile(certificate=make_signer()))
claim(said.get('signature') == 'holds', 'the signer may be certified anew', said, error)
for what, word, wrong in (('for two purposes', 'extKeyUsage', {'purposes': ('1.0.18013.5.1.2', '1.3.6.1.5.5.7.3.1')}),
                          ('for something else', 'extKeyUsage', {'purposes': ('1.3.6.1.5.5.7.3.1',)}),
                          ('for longer than 457 days', 'validity', {'days': 459}), ('as an authority', 'basicConstraints', {'authority': True})):
    status, said, error = verify('--scan', make_mobile(certificate=make_signer(**wrong)))
    claim(status == 1 and said.get('verdict') == 'not-genuine' and word in error, f'but not {what}', said, error)
status, said, error = verify('--scan', text, trust=folder / 'nobody-there')
claim(status == 1 and 'nobody-there”' in error and 'Name a folder' in error and 'No such file' not in error,
      'a folder of certificates that is not there is told in a sentence', error)
(keys / 'broken.pem').write_text('no key')
status, said, error = verify('--scan', text)
claim(status == 1 and 'broken.pem' in error, 'a file among the keys that is none is named', error)

status = subprocess.run([PLATENCTL, 'verify', '--offline'], capture_output=True, timeout=60, env=environment).returncode
claim(status == 2, 'something must be named')
end()
