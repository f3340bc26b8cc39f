#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the files of licences' chips and their machine-readable lines, and compares them with the records they were made of.

Written from ISO/IEC 18013-2 and ICAO Doc 9303 alone and shares no line with the program. EF.SOD is opened and verified by OpenSSL.

    lds-reader.py HOLDERS CERTIFICATE FOLDER
"""
import hashlib
import json
import pathlib
import subprocess
import sys
import unicodedata

# ICAO Doc 9303-3, section 6, what is more than the letter without its marks.
TABLE = {'Ä': 'AE', 'Å': 'AA', 'Æ': 'AE', 'Ð': 'D', 'Đ': 'D', 'Ħ': 'H', 'ı': 'I', 'Ĳ': 'IJ', 'ĸ': 'Q', 'Ŀ': 'L', 'Ł': 'L',
         'Ŋ': 'N', 'Ö': 'OE', 'Ø': 'OE', 'Œ': 'OE', 'ß': 'SS', 'ẞ': 'SS', 'Ŧ': 'T', 'Þ': 'TH', 'Ü': 'UE'}
TAGS = {1: 0x61, 4: 0x65, 5: 0x67, 6: 0x75, 11: 0x6D, 12: 0x71}
WEIGHTS = (7, 3, 1)


def upper(letter):
    return letter.upper() if len(letter.upper()) == 1 else letter


def spell(letter):
    letter = upper(letter)
    while letter not in TABLE and not (letter.isascii() and letter.isalpha()):
        if unicodedata.combining(letter):
            return ''
        parts = unicodedata.decomposition(letter).split()
        assert len(parts) == 2, letter
        letter = upper(chr(int(parts[0], 16)))
    return TABLE.get(letter, letter)


def latin_1(text):
    """Letters of ISO 8859-1 stay, others get their spelling in the same case."""
    text = unicodedata.normalize('NFC', text).replace('’', "'").replace('ʻ', "'").replace('–', '-')
    out = ''
    for i, letter in enumerate(text):
        if ord(letter) < 0x100:
            out += letter
            continue
        spelling = spell(letter)
        if not letter.isupper():
            out += spelling.lower()
        elif i + 1 < len(text) and text[i + 1].islower():
            out += spelling[:1] + spelling[1:].lower()
        else:
            out += spelling
    return out


def in_line(text):
    out = ''
    for letter in unicodedata.normalize('NFC', text):
        if letter.isspace() or letter in '-–':
            out += '<'
        elif letter not in "'’ʻ·.,":
            out += spell(letter)
    return '<'.join(part for part in out.split('<') if part)


def check_digit(text):
    values = [0 if c == '<' else int(c) if c.isdigit() else ord(c) - 55 for c in text]
    return str(sum(v * WEIGHTS[i % 3] for i, v in enumerate(values)) % 10)


def tlv(data, at):
    tag = data[at]
    at += 1
    if tag & 0x1F == 0x1F:
        tag = tag << 8 | data[at]
        at += 1
    length = data[at]
    at += 1
    if length & 0x80:
        n = length & 0x7F
        assert n in (1, 2)
        length = int.from_bytes(data[at:at + n], 'big')
        # The shortest form, as DER has it and passports' readers want it.
        assert length > (0x7F if n == 1 else 0xFF)
        at += n
    assert at + length <= len(data)
    return tag, data[at:at + length], at + length


def objects(data):
    at, found = 0, []
    while at < len(data):
        tag, value, at = tlv(data, at)
        found.append((tag, value))
    return found


def only(data, wanted):
    (tag, value), = objects(data)
    assert tag == wanted, hex(tag)
    return value


def date(data, eu):
    digits = data.hex()
    if digits in ('', '00000000'):
        return ''
    return f'{digits[4:]}-{digits[2:4]}-{digits[:2]}' if eu else f'{digits[:4]}-{digits[4:6]}-{digits[6:]}'


def read_categories(data, eu):
    (tag, count), *rest = objects(data)
    assert tag == 2 and len(count) == 1 and count[0] == len(rest)
    found = []
    for tag, value in rest:
        assert tag == 0x87
        items = value.split(b';')
        assert len(items) in ((6,) if eu else (1, 6))
        items += [b''] * (6 - len(items))
        limit = items[5]
        if limit and all(b >> 4 < 10 and b & 15 < 10 for b in limit):
            limit = limit.hex().lstrip('0') or '0'
        else:
            limit = limit.decode()
        found.append([items[0].decode(), date(items[1], eu), date(items[2], eu),
                      items[3].decode() + items[4].decode() + limit])
    return found


def read_dg1(data):
    (tag, first), (categories_tag, categories) = objects(only(data, 0x61))
    assert tag == 0x5F1F and categories_tag == 0x7F63
    at, found = 0, {}
    for name, kind in (('family_name', 't'), ('given_names', 't'), ('birth_date', 'd'), ('issue_date', 'd'), ('expiry_date', 'd'),
                       ('issuing_country', 'c'), ('authority', 't'), ('licence_number', 't')):
        length = {'t': 0, 'd': 4, 'c': 3}[kind]
        if kind == 't':
            length = first[at]
            at += 1
        part = first[at:at + length]
        assert len(part) == length
        at += length
        found[name] = date(part, False) if kind == 'd' else part.decode('latin-1')
    assert at == len(first)
    found['categories'] = read_categories(categories, False)
    return found


def read_dg1_eu(data):
    (approval_tag, approval), (tag, inner), (categories_tag, categories) = objects(only(data, 0x61))
    assert (approval_tag, tag, categories_tag) == (0x5F01, 0x5F02, 0x7F63)
    names = {0x5F03: 'issuing_country', 0x5F04: 'family_name', 0x5F05: 'given_names', 0x5F06: 'birth_date', 0x5F07: 'birth_place',
             0x5F08: 'nationality', 0x5F09: 'sex', 0x5F0A: 'issue_date', 0x5F0B: 'expiry_date', 0x5F0C: 'authority',
             0x5F0D: 'administrative_number', 0x5F0E: 'licence_number', 0x5F0F: 'address'}
    found = {'type_approval': approval.decode('latin-1')}
    order = [element for element, _ in objects(inner)]
    assert order == sorted(set(order)), order
    for element, value in objects(inner):
        name = names[element]
        found[name] = date(value, True) if name.endswith('_date') else value.decode('latin-1')
    found['categories'] = read_categories(categories, True)
    return found


def same(what, found, wanted):
    if found != wanted:
        raise AssertionError(f'{what}: {found!r} is not {wanted!r}')


def check_dg1(holder, found, eu):
    for name in ('family_name', 'given_names', 'authority', 'licence_number'):
        same(name, found[name], latin_1(holder[name]))
    for name in ('birth_date', 'issue_date', 'expiry_date', 'issuing_country'):
        same(name, found[name], holder[name])
    wanted = [[code, start, end, restriction]
              for code, start, end, restrictions in holder['categories'] for restriction in (restrictions.split(',') or [''])]
    same('categories', found['categories'], wanted)
    if eu:
        for name in ('birth_place', 'nationality', 'administrative_number', 'address', 'type_approval'):
            same(name, found.get(name, ''), latin_1(holder[name]))
        same('sex', found.get('sex', ''), 'U' if holder['sex'] == 'X' else holder['sex'])


def check_groups(holder, files):
    if 4 in files:
        (count_tag, count), (tag, image) = objects(only(files[4], 0x65))
        parts = dict(objects(image))
        same('DG4', (count_tag, count, tag, parts[0x89]), (2, b'\1', 0xA2, b'\3'))
        same('portrait', parts[0x5F40].hex(), holder['portrait'])
        same('taken', parts[0x88].hex() if 0x88 in parts else '', holder['portrait_taken'])
    if 5 in files:
        same('DG5', objects(only(files[5], 0x67)), [(0x89, b'\3'), (0x5F43, bytes.fromhex(holder['signature']))])
    if 6 in files:
        (_, count), (tag, template) = objects(only(only(files[6], 0x75), 0x7F61))
        parts = dict(objects(template))
        record = parts[0x5F2E]
        same('DG6', (count, tag, record[:8]), (b'\1', 0x7F60, b'FAC\x00010\0'))
        same('DG6 lengths', (int.from_bytes(record[8:12], 'big'), int.from_bytes(record[14:18], 'big')),
             (len(record), len(record) - 14))
        same('DG6 size', [int.from_bytes(record[i:i + 2], 'big') for i in (36, 38)], holder['portrait_size'])
        same('DG6 picture', record[46:].hex(), holder['portrait'])
    if 11 in files:
        parts = dict(objects(only(files[11], 0x6D)))
        same('specimen', parts.get(0x53, b'') == b'SPECIMEN', holder['specimen'])
        same('DG11', parts.get(0x5F0D, b'').decode('latin-1'), latin_1(holder['administrative_number']))
    else:
        same('specimen', holder['specimen'], False)
    if 12 in files:
        same('DG12', objects(only(files[12], 0x71)), [(0x82, b'\0' + holder['fr'].encode()), (0x81, b'A')])


def openssl(*arguments):
    return subprocess.run(('openssl',) + arguments, check=True, capture_output=True, timeout=60).stdout


def check_sod(files, sod, certificate, folder):
    (folder / 'sod').write_bytes(only(sod, 0x77))
    content = openssl('cms', '-verify', '-binary', '-inform', 'DER', '-in', folder / 'sod', '-CAfile', certificate, '-purpose',
                      'any')
    algorithm = bytes.fromhex('300d06096086480165030402010500')
    (_, version), (_, algorithm_value), (_, hashes) = objects(only(content, 0x30))
    same('security object', (version, algorithm_value), (b'\0', algorithm[2:]))
    found = {}
    for tag, value in objects(hashes):
        (_, number), (_, digest) = objects(value)
        found[number[0]] = digest.hex()
    same('hashes', found, {number: hashlib.sha256(data).hexdigest() for number, data in files.items()})
    assert b'id-smime' not in openssl('asn1parse', '-inform', 'DER', '-in', folder / 'sod')


def check_u1(holder, payload, certificate, folder):
    parts = objects(payload)
    tags = [tag for tag, _ in parts]
    same('U1', tags, [0x60, 0x61] + ([0x53] if holder['specimen'] else []) + [0x42, 0x5F37])
    signature = dict(parts)[0x5F37]
    assert len(signature) == 64
    numbers = b''
    for half in (signature[:32], signature[32:]):
        half = half.lstrip(b'\0') or b'\0'
        half = (b'\0' if half[0] & 0x80 else b'') + half
        numbers += bytes([2, len(half)]) + half
    (folder / 'signature').write_bytes(bytes([0x30, len(numbers)]) + numbers)
    (folder / 'signed').write_bytes(payload[:-67])
    (folder / 'public').write_bytes(openssl('x509', '-in', certificate, '-noout', '-pubkey'))
    openssl('dgst', '-sha256', '-verify', folder / 'public', '-signature', folder / 'signature', folder / 'signed')


def check_lines(holder):
    name = in_line(holder['family_name'])
    expiry = holder['expiry_date'][2:].replace('-', '') or '<' * 6
    number = holder['licence_number'].ljust(9, '<')
    start = 'D1' + holder['issuing_country'] + number
    line = start + check_digit(start) + expiry + name[:8].ljust(8, '<')
    same('French line', holder['fr'], line + check_digit(line))
    line = ('D1' + holder['issuing_country'] + '1' + holder['licence_number'].ljust(10, '<') + holder['random'].ljust(13, '<'))
    same('Dutch line', holder['nl'], line + check_digit(line))
    first, second, names = holder['ch'].split('\n')
    same('Swiss lines', (len(first), len(second), len(names)), (9, 30, 30))
    given = in_line(holder['given_names'])
    whole = name + ('<<' + given if given else '')
    if len(whole) <= 30:
        same('Swiss names', names, whole.ljust(30, '<'))
    else:
        # Each name begins as it should, and the last place says that the line was cut.
        assert names[-1] != '<', names
        for part, cut in zip(whole.replace('<<', '<').split('<'), names.replace('<<', '<').split('<')):
            assert part.startswith(cut) and cut, names


def main(holders, certificate, folder):
    folder = pathlib.Path(folder)
    for i, holder in enumerate(json.loads(pathlib.Path(holders).read_text())):
        try:
            files = {int(number): bytes.fromhex(data) for number, data in holder['files'].items()}
            for number, data in files.items():
                same('tag', data[0], TAGS[number])
            com = objects(only(bytes.fromhex(holder['com']), 0x60))
            same('EF.COM', com, [(0x5F01, b'\1\0'), (0x5C, bytes(data[0] for data in files.values()))])
            eu = holder['form'] == 'eu'
            check_dg1(holder, read_dg1_eu(files[1]) if eu else read_dg1(files[1]), eu)
            check_groups(holder, files)
            check_lines(holder)
            if holder['sod']:
                check_sod(files, bytes.fromhex(holder['sod']), certificate, folder)
            if holder['u1']:
                check_u1(holder, bytes.fromhex(holder['u1']), certificate, folder)
        except (AssertionError, ValueError, KeyError, IndexError, subprocess.CalledProcessError) as error:
            holder.pop('portrait', None), holder.pop('signature', None), holder.pop('files', None)
            print(f'holder {i}: {error!r}\n{getattr(error, "stderr", b"")}\n{json.dumps(holder, ensure_ascii=False)}', file=sys.stderr)
            return 1
    return 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
