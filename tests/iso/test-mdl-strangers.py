#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mobile driving licences of random holders, read by other people's libraries and compared with what
went in: every element, every date, every driving privilege."""

import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(os.environ['PLATEN_SOURCE_ROOT']) / 'tests/support'))

import cbor2  # noqa: E402
import mdoc  # noqa: E402

COUNT = 60
SEED = int(os.environ.get('PLATEN_SEED', datetime.date.today().toordinal()))
ALPHA_2 = {'UTO': 'UT', 'FRA': 'FR', 'THA': 'TH'}
OWN = 'org.platen.licence.1'
UTC = datetime.timezone.utc

count = 0
failed = 0


def claim(passed, words, detail=''):
    global count, failed
    count += 1
    failed += not passed
    print(f'{"ok" if passed else "not ok"} {count} {words}')
    if not passed:
        print(f'# {detail}', flush=True)


def full_date(text):
    return ('full-date', text)


def expect_privileges(text):
    """From the record's own line, "B;2016-06-20;2036-02-28;01,S02<=3500"."""
    privileges = []
    for entry in text.split('|'):
        category, start, end, restrictions = entry.split(';')
        privilege = {'vehicle_category_code': category}
        if start:
            privilege['issue_date'] = full_date(start)
        if end:
            privilege['expiry_date'] = full_date(end)
        if restrictions:
            privilege['codes'] = []
            for restriction in restrictions.split(','):
                code, sign, value = re.fullmatch(r'([^<>=]*)([<>=]*)(.*)', restriction).groups()
                parts = {'code': code, 'sign': sign, 'value': value}
                privilege['codes'].append({name: part for name, part in parts.items() if part})
        privileges.append(privilege)
    return privileges


def birthday(birth, age):
    """By the default rule: 28 February for 29 February."""
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return datetime.date(birth.year + age, 2, 28)


def check_ages(said, birth, security):
    first = security['validityInfo']['signed'].date()
    last = (security['validityInfo']['validUntil'] - datetime.timedelta(seconds=1)).date()
    for age in 18, 21:
        day = birthday(birth, age)
        wanted = True if day <= first else False if day > last else None
        if said.get(f'age_over_{age}') is not wanted:
            return False
    return said['age_birth_year'] == birth.year


def is_latin(text):
    try:
        return len(text.encode('latin-1')) <= 150
    except UnicodeEncodeError:
        return False


def check_names(said, wanted):
    for name in 'family_name', 'given_name':
        if not is_latin(said[name]):
            return False
        if is_latin(wanted[name].replace('’', "'")) and said[name] != wanted[name].replace('’', "'"):
            return False
    real = wanted['family_name_national'] or wanted['family_name']
    return said.get('family_name_national_character', said['family_name']) == real


def compare(said, wanted, security):
    sex = {'M': 1, 'F': 2, 'X': 9}[wanted['sex']]
    return {
        'names': check_names(said, wanted),
        'dates': all(said[name] == full_date(wanted[name])
                     for name in ('birth_date', 'issue_date', 'expiry_date')),
        'number': said['document_number'] == wanted['document_number'],
        'sex': said['sex'] == sex,
        'height': said.get('height', 0) == wanted['height'],
        'eyes': said['eye_colour'] == wanted['eye_colour'],
        'nationality': said.get('nationality') == ALPHA_2.get(wanted['nationality']),
        'birth place': bool(said.get('birth_place')) == bool(wanted['birth_place']),
        'portrait': hashlib.sha256(said['portrait']).hexdigest() == wanted['portrait'],
        'privileges': said['driving_privileges'] == expect_privileges(wanted['categories']),
        'ages': check_ages(said, datetime.date.fromisoformat(wanted['birth_date']), security),
        'no null': None not in said.values(),
    }


def is_canonical(data):
    """Definite lengths and shortest heads: what a library writes anew is the same to the byte. The dates
    are put back as texts under their tags, which cbor2 reads as moments."""
    return cbor2.dumps(cbor2.loads(data)) == data


with tempfile.TemporaryDirectory(prefix='plt-') as folder:
    folder = pathlib.Path(folder)
    made = subprocess.run([sys.argv[1], folder, str(COUNT), str(SEED)], capture_output=True, text=True)
    claim(made.returncode == 0, f'{COUNT} holders, seed {SEED}', made.stderr)
    root = (folder / 'root.der').read_bytes() if made.returncode == 0 else b''
    for line in made.stdout.splitlines():
        print('#', line)
    wrong = []
    counts = set()
    orders = set()
    keys = set()
    for number in range(COUNT if made.returncode == 0 else 0):
        data = (folder / f'{number}.cbor').read_bytes()
        wanted = json.loads((folder / f'{number}.json').read_text())
        try:
            elements, security = mdoc.read(data, root)
            said = elements[mdoc.NAME_SPACE]
            found = compare(said, wanted, security)
            found['specimen'] = elements[OWN].get('specimen', False) is wanted['specimen']
            found['canonical'] = is_canonical(data)
        except Exception as error:  # whatever a stranger's library says
            found = {repr(error): False}
        wrong += [(number, name) for name, right in found.items() if not right]
        counts.add(len(security['valueDigests'][mdoc.NAME_SPACE]))
        items = [mdoc.decode(item.value) for item in mdoc.decode(data)['nameSpaces'][mdoc.NAME_SPACE]]
        orders.add(tuple(item['digestID'] for item in items))
        keys.add(security['deviceKeyInfo']['deviceKey'][-2])
    claim(not wrong, 'a stranger reads in each what went in, and can prove it', wrong)
    claim(all(number % 8 == 0 for number in counts), 'the number of digests tells little', counts)
    claim(len(orders) == COUNT == len(keys), 'digests have another order, and one-off keys differ',
          (len(orders), len(keys)))

print(f'1..{count}')
sys.exit(bool(failed))
