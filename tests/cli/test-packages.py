#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Personalisation packages made by other programs (zipfile, hashlib, openssl) after platen-package(5), good ones
and every way of being bad: verified, or told in words what is wrong."""

import hashlib
import json
import os
import pathlib
import stat
import subprocess
import tempfile
import warnings
import zipfile

import jsonschema

from claims import claim, end

SOURCE = pathlib.Path(os.environ['PLATEN_SOURCE_ROOT'])
PLATENCTL = pathlib.Path(os.environ['PLATEN_BUILD_ROOT']) / 'src/cli/platenctl'
CARD = 'UC-26-C000001'
warnings.simplefilter('ignore')  # of doubled names, which are meant


folder = pathlib.Path(tempfile.mkdtemp(prefix='platen-packages-'))
trust, nobody = folder / 'trust', folder / 'nobody'
trust.mkdir(), nobody.mkdir()
environment = {**os.environ, 'XDG_CONFIG_HOME': str(folder), 'PLATEN_CONFIG': str(folder / 'platen.conf'), 'LC_ALL': 'C.UTF-8'}
(folder / 'platen.conf').write_text('[office]\n')


def openssl(*words, **more):
    return subprocess.run(['openssl', *map(str, words)], check=True, capture_output=True, **more).stdout


def make_signer(name):
    openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', folder / f'{name}.key',
            '-out', folder / f'{name}.pem', '-subj', f'/CN=Test {name}', '-days', '30', '-addext', 'keyUsage=digitalSignature',
            '-addext', 'basicConstraints=critical,CA:false')


def sign(manifest, name='manifests'):
    return openssl('cms', '-sign', '-binary', '-outform', 'DER', '-md', 'sha256', '-signer', folder / f'{name}.pem', '-inkey',
                   folder / f'{name}.key', '-nosmimecap', input=manifest)


make_signer('manifests')
make_signer('stranger')
(trust / 'manifests.pem').write_bytes((folder / 'manifests.pem').read_bytes())
(nobody / 'stranger.pem').write_bytes((folder / 'stranger.pem').read_bytes())
vectors = {vector['id']: vector for vector in
           json.loads((SOURCE / 'tests/vectors/iso18013-standard.json').read_text(encoding='utf-8'))['vectors']}
signer = bytes.fromhex(vectors['uto-sod']['signer_certificate_der_hex'])
(trust / 'signer.cer').write_bytes(signer)
(nobody / 'signer.cer').write_bytes(signer)
CHIP = {identifier: bytes.fromhex(vectors[name]['hex']) for identifier, name in
        (('001E', 'uto-com'), ('0001', 'uto-dg1-iso'), ('0004', 'uto-dg4-container'), ('0005', 'uto-dg5-container'),
         ('001D', 'uto-sod'))}
TAGS = {'001E': '60', '0001': '61', '0004': '65', '0005': '67', '001D': '77'}
TRACKS = {1: b'ZZTESTVILLE^LASTNAME$FIRST^1 STREET^', 2: b'636000123456=2612=19880101='}


def files_of(card, chip=None, tracks=None):
    return {**{f'{card}/chip/{identifier}.bin': data for identifier, data in (chip or CHIP).items()},
            **{f'{card}/stripe/track{track}.txt': text for track, text in (tracks or {}).items()}}


def describe(path, data):
    name = pathlib.PurePosixPath(path).stem
    entry = {'path': path, 'kind': 'chip', 'name': 'EF', 'identifier': name, 'short_identifier': name[2:], 'tag': TAGS.get(name, '')}
    if '/stripe/' in path:
        entry = {'path': path, 'kind': 'track', 'track': int(name[-1])}
    return {**entry, 'size': len(data), 'sha256': hashlib.sha256(data).hexdigest()}


def make_manifest(cards, **changes):
    jobs = [{'card': card, 'serial': f'B{number:08d}', 'layout': {'id': 'utopia-iso', 'version': 1},
             'files': [describe(path, data) for path, data in files.items()]} for number, (card, files) in enumerate(cards.items())]
    return {'format': 'platen-personalisation-package', 'version': 1, 'office': 'UC', 'specimen': False, 'jobs': jobs, **changes}


def write(entries, name='test.zip', method=zipfile.ZIP_STORED):
    with zipfile.ZipFile(folder / name, 'w', method) as archive:
        for path, data in entries:
            archive.writestr(path, data)
    return folder / name


def verify(path, certificates=trust):
    done = subprocess.run([PLATENCTL, '--json', 'verify', '--offline', f'--certificates={certificates}', str(path)], text=True,
                          capture_output=True, timeout=60, env=environment)
    return done.returncode, json.loads(done.stdout) if done.stdout.strip() else {}, done.stderr


def package(cards, by='manifests', **changes):
    manifest = json.dumps(make_manifest(cards, **changes)).encode()
    return [('manifest.json', manifest), ('manifest.p7s', sign(manifest, by)),
            *[entry for files in cards.values() for entry in files.items()]]


SCHEMA = json.loads((SOURCE / 'data/packages/manifest.schema.json').read_text())
ONE = {CARD: files_of(CARD, tracks=TRACKS)}
jsonschema.validate(make_manifest(ONE), SCHEMA)
good = package(ONE)
status, said, error = verify(write(good))
claim(status == 0 and said['verdict'] == 'valid' and said['form'] == 'package' and said['signature'] == 'holds',
      'a package is verified with all that is in it', said, error)
claim(any(field['title'] == 'Licence number' for field in said['fields']), 'and what its chip says of the licence is shown', said)
status, said, error = verify(write(good, method=zipfile.ZIP_DEFLATED))
claim(status == 0, 'packed, too', said, error)
status, said, error = verify(write(good), nobody)
claim(status == 1 and said['verdict'] == 'unknown' and 'Test manifests' in error, 'by a signer who is not known, nobody can say', error)
status, said, error = verify(write(package(ONE, by='stranger')))
claim(status == 1 and said['verdict'] == 'unknown', 'signed by a stranger is not signed by the office', said, error)
status, said, error = verify(write(good[:1] + good[2:]))
claim(status == 1 and said['signature'] == 'missing', 'a package without its signature proves nothing', said, error)

TWO = {card: files_of(card) for card in (CARD, 'UC-26-C000002')}
batch = package(TWO, batch='UC-26-B000001', bureau='UPB')
status, said, error = verify(write(batch))
claim(status == 0 and said['what'].endswith('for a bureau'), 'a batch of two cards', said, error)
swapped = dict(TWO['UC-26-C000002'])
swapped['UC-26-C000002/chip/0001.bin'] = bytes.fromhex(vectors['iso-dg1-published']['hex'])
status, said, error = verify(write(package({**TWO, 'UC-26-C000002': swapped}, batch='UC-26-B000001', bureau='UPB')))
claim(status == 1 and 'UC-26-C000002' in ' '.join(said['reasons']), 'in a batch the card whose chip is not its own is named', said, error)


def refused(what, entries, word, **more):
    status, said, error = verify(write(entries, **more))
    reasons = ' '.join(said.get('reasons', [])) + error
    claim(status == 1 and said.get('verdict', 'not-genuine') == 'not-genuine' and word in reasons, what, said, error)


path, data = good[3]
changed = bytes([data[0], data[1] ^ 1]) + data[2:]
refused('a changed file is noticed', [(name, changed if name == path else each) for name, each in good], 'exchanged or changed')
refused('one that is longer, too', [(name, each + b'\0' if name == path else each) for name, each in good], 'more than it may have')
refused('a missing file is named', [entry for entry in good if entry[0] != path], 'missing from the archive')
refused('files in another order', good[:2] + good[3:4] + good[2:3] + good[4:], 'its place')
refused('a file that no list names', good + [('readme.txt', b'hello')], 'but not in its list')
refused('a name that leads out of the folder', good + [('../../etc/cron.d/x', b'* * * * *')], 'leads out')
refused('an absolute name', good + [('/tmp/x', b'x')], 'leads out')
refused('the same name twice', good + [(path, changed)], 'twice')
refused('the list twice', good + [('manifest.json', b'{}')], 'twice')
refused('an archive of something else', [('photo.jpg', b'\xff\xd8')], 'no personalisation package')
refused('one that begins by leading out', [('../manifest.json', good[0][1])], 'leads out')
refused('a changed list', [('manifest.json', good[0][1].replace(b'B00000000', b'B00000009'))] + good[1:], 'signature does not fit')
manifest = make_manifest({CARD: files_of(CARD)})
for what, change, word in (
        ('a list that is no JSON', b'{', 'not JSON'), ('one that goes down without end', b'{"a":' + b'[' * 100000, 'not JSON'),
        ('one of another version', json.dumps({**manifest, 'version': 2}).encode(), 'version 1'),
        ('one without cards', json.dumps({**manifest, 'jobs': []}).encode(), 'version 1'),
        ('one with too many cards', json.dumps({**manifest, 'jobs': [0] * 5001}).encode(), 'version 1'),
        ('one that names a card twice', json.dumps({**manifest, 'jobs': manifest['jobs'] * 2}).encode(), 'twice'),
        ('one that names a file of another card',
         json.dumps(manifest).replace(f'{CARD}/chip/0001.bin', 'UC-26-C000009/chip/0001.bin').encode(), 'not described'),
        ('one with a wrong tag', json.dumps(manifest).replace('"tag": "61"', '"tag": "6B"').encode(), 'not described')):
    refused(what, [('manifest.json', change), ('manifest.p7s', sign(change))] + good[2:], word)
bomb = package({CARD: files_of(CARD)})
bomb[2] = (bomb[2][0], b'\0' * 60_000_000)
refused('a bomb is not unpacked', bomb, 'more than it may have', method=zipfile.ZIP_DEFLATED)
refused('nor one in the place of the list', [('manifest.json', b' ' * 90_000_000)], 'more than it may have', method=zipfile.ZIP_DEFLATED)
refused('ten thousand files that no list names', good + [(f'{number}', b'') for number in range(10_000)], 'but not in its list')
refused('a track that no stripe can hold', package({CARD: files_of(CARD, tracks={2: b'ABC'})}), 'track of a magnetic stripe')
link = zipfile.ZipInfo(good[2][0])
link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
refused('a link', good[:2] + [(link, b'/etc/passwd')] + good[3:], 'no plain file')
whole = write(good).read_bytes()
for length in (5, 30, len(whole) // 2, len(whole) - 30):
    (folder / 'cut.zip').write_bytes(whole[:length])
    status, said, error = verify(folder / 'cut.zip')
    claim(status == 1 and 'damaged' in error, f'cut after {length} bytes of {len(whole)}', said, error)
end()
