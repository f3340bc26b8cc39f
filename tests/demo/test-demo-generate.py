#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the generator leaves in the three registries: exact numbers, the same bytes for the same
parameters, people who are the same in all three but where the truth says otherwise, and nothing
half-done when it is interrupted."""

import csv
import datetime
import hashlib
import io
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import unicodedata
import urllib.request

DEMO = pathlib.Path(os.environ['PLATEN_BUILD_ROOT']) / 'src/demo/platen-demo'
SANITIZED = 'asan' in os.environ.get('ASAN_OPTIONS', '') or 'LSAN_OPTIONS' in os.environ
CITIZENS, DRIVERS, CASES = 12000, 8000, 8000
FACTOR = 4
SAME = ['--citizens', str(CITIZENS), '--drivers', str(DRIVERS), '--infringements', str(CASES),
        '--seed', '3', '--today', '2026-05-20', '--anomalies', str(FACTOR)]
TABLES = {
    'identity': ['person', 'former_id', 'former_name', 'former_address', 'document'],
    'driver': ['driver', 'entitlement', 'test', 'medical_certificate', 'driving_condition',
               'earlier_licence'],
    'infringement': ['offender', 'infringement', 'penalty', 'suspension', 'payment'],
}
count = failures = 0


def check(truth, claim, detail=''):
    global count, failures
    count += 1
    failures += not truth
    print(f'{"ok" if truth else "not ok"} {count} - {claim}', flush=True)
    if not truth and detail != '':
        print('# ' + str(detail)[:2000].replace('\n', '\n# '), flush=True)


class Box:
    def __init__(self):
        self.top = pathlib.Path(tempfile.mkdtemp(prefix='pg'))
        self.top.chmod(0o755)
        self.folder = self.top / 'box'

    def words(self, *words):
        return [DEMO, *words, '--folder', self.folder]

    def run(self, *words):
        return subprocess.run(self.words(*words), capture_output=True, text=True, timeout=280)

    def query(self, database, statement):
        return subprocess.run(['psql', '-h', self.folder / 'pg', '-U', 'postgres', '-d', database,
                               '-AtXqc', statement], capture_output=True, text=True,
                              check=True).stdout.strip()

    def rows(self, database, statement):
        text = self.query(database, f'copy ({statement}) to stdout with (format csv, header)')
        return list(csv.DictReader(io.StringIO(text)))

    def fingerprint(self):
        """Of every table in the order in which its rows lie, and of the truth."""
        sums = hashlib.sha256()
        for database, tables in TABLES.items():
            for table in tables:
                sums.update(subprocess.run(
                    ['psql', '-h', self.folder / 'pg', '-U', 'postgres', '-d', database, '-AtXqc',
                     f'copy {table} to stdout'], capture_output=True, check=True).stdout)
        sums.update((self.folder / 'truth.csv').read_bytes())
        return sums.hexdigest()

    def left_over(self):
        return self.query('postgres', "select string_agg(datname, ' ') from pg_database where"
                          " datname ~ '_(next|old)$'") + \
            ' '.join(path.name for path in self.folder.glob('truth-*'))

    def remove(self):
        self.run('down')
        shutil.rmtree(self.top, ignore_errors=True)


def plain(text):
    """What is left of a name without case, accents, hyphens and spaces."""
    for letter, letters in (('ø', 'o'), ('Ø', 'O'), ('ł', 'l'), ('Ł', 'L'), ('ß', 'ss'), ('đ', 'd')):
        text = text.replace(letter, letters)
    text = ''.join(c for c in unicodedata.normalize('NFD', text) if not unicodedata.combining(c))
    return re.sub(r'[ \-.’\']', '', text).lower()


def valid_id(number):
    """ISO/IEC 7064 MOD 11,10."""
    product = 10
    for digit in number[:-1]:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return (product + int(number[-1])) % 10 == 1


class Registries:
    """Everything that the registries know, as one dictionary for each."""

    def __init__(self, box):
        self.person = {row['id']: row for row in box.rows(
            'identity', "select *, array_to_string(forenames, ' ') as given from person")}
        self.driver = {row['citizen']: row for row in box.rows(
            'driver', "select *, replace(address, E'\\n', ', ') as place from driver")}
        self.offender = {row['person_id']: row for row in box.rows(
            'infringement', "select *, split_part(holder, ', ', 1) as family,"
            " split_part(holder, ', ', 2) as given from offender")}
        self.former_homes = {}
        for row in box.rows('identity', "select id, street || ', ' || town as place from"
                            ' former_address'):
            self.former_homes.setdefault(row['id'], set()).add(row['place'].lower())
        self.former_names = {(row['id'], row['surname'].lower())
                             for row in box.rows('identity', 'select * from former_name')}
        self.categories = {(row['citizen'], row['cat'].replace('+', ''))
                           for row in box.rows('driver', 'select citizen, cat from entitlement')}
        self.withdrawn = {(row['person_id'], row['categories']) for row in box.rows(
            'infringement', 'select * from suspension where ends is null')}
        self.licences = {row['id'] for row in box.rows(
            'identity', "select id from document where kind = 'driving_licence'")}

    def value(self, registry, number, field):
        """As the registry's answer shows it, dates as ISO writes them."""
        if registry == 'identity':
            row = self.person.get(number)
            columns = {'family_name': 'surname', 'given_names': 'given', 'birth_date': 'born_on',
                       'nationality': 'nationality', 'portrait': 'portrait_ref'}
            if row and field == 'address':
                return f'{row["street"]}, {row["town"]}'
            if row and field == 'sex':
                return {'1': 'M', '2': 'F', '9': 'X'}[row['sex']]
        elif registry == 'driver':
            row = self.driver.get(number)
            columns = {'family_name': 'family_name', 'given_names': 'given_names',
                       'birth_date': 'birth', 'nationality': 'nationality', 'address': 'place'}
            if row and field == 'sex':
                return {'MALE': 'M', 'FEMALE': 'F', 'OTHER': 'X'}[row['sex']]
        else:
            row = self.offender.get(number)
            columns = {'family_name': 'family', 'given_names': 'given', 'birth_date': 'dob',
                       'address': 'residence'}
            if row and field == 'birth_date' and is_date(row['dob']):
                return f'{row["dob"][:4]}-{row["dob"][4:6]}-{row["dob"][6:]}'
        return row and row[columns[field]]


def is_date(digits):
    try:
        datetime.datetime.strptime(digits, '%Y%m%d')
        return True
    except ValueError:
        return False


def day(text):
    return datetime.date.fromisoformat(text)


def values_show(registries, line):
    """The fields that two registries have, with one of them wrong as the truth says."""
    field, number = line['field'], line['id_number']
    return registries.value('identity', number, field) == line['true_value'] and \
        registries.value(line['registry'], number, field) == line['false_value'] and \
        line['true_value'] != line['false_value']


def digits_turned(true, false):
    return sorted(true) == sorted(false) and sum(a != b for a, b in zip(true, false)) == 2


SHAPES = {  # what the two values of a kind have in common
    'case': lambda true, false: true.lower() == false.lower(),
    'diacritics': lambda true, false: plain(true) == plain(false) and false.isascii(),
    'transliteration': lambda true, false: true.lower() != false.lower(),
    'hyphenation': lambda true, false: '-' in true and '-' not in false
                                       and plain(true) == plain(false),
    'particle': lambda true, false: ' ' in true and true.split()[-1].lower() in false.lower(),
    'missing_middle_name': lambda true, false: true.split()[0].lower() == false.lower()
                                               and ' ' in true,
    'initial_only': lambda true, false: false.endswith('.') and
                                        true.lower().startswith(false[:-1].lower()),
    'misspelt_name': lambda true, false: abs(len(true) - len(false)) <= 1,
    'date_digits_transposed': digits_turned,
    'date_off_by_one': lambda true, false: abs(day(true) - day(false)).days == 1,
    'day_month_swapped': lambda true, false: true[:4] == false[:4] and true[5:7] == false[8:]
                                             and true[8:] == false[5:7],
    'impossible_date': lambda true, false: not is_date(false) and true[:4] == false[:4],
    'address_format': lambda true, false: {w for w in re.findall(r'\d+', true)} ==
                                          {w for w in re.findall(r'\d+', false)},
    'married_name': lambda true, false: true.lower() != false.lower(),
    'sex_differs': lambda true, false: true != false,
    'nationality_differs': lambda true, false: true != false,
}


def shows(registries, line):
    kind, number, other = line['kind'], line['id_number'], line['other_id_number']
    person, driver, offender = registries.person, registries.driver, registries.offender
    if kind in SHAPES:
        return values_show(registries, line) and SHAPES[kind](line['true_value'],
                                                              line['false_value'])
    if kind == 'swapped_names':
        return values_show(registries, line) and \
            registries.value(line['registry'], number, 'given_names').lower() == \
            line['true_value'].lower()
    if kind == 'maiden_name':
        return values_show(registries, line) and \
            (number, line['false_value'].lower()) in registries.former_names
    if kind == 'stale_address':
        return values_show(registries, line) and \
            line['false_value'].lower() in registries.former_homes[number]
    if kind == 'two_ids':
        return person[number]['born_on'] == person[other]['born_on'] and \
            person[number]['sex'] == person[other]['sex'] and \
            person[number]['born_at'] == person[other]['born_at'] and other not in driver
    if kind == 'shared_id':
        return driver[number]['birth'] == person[other]['born_on'] and \
            plain(driver[number]['family_name']) == plain(person[other]['surname']) and \
            other not in driver and number in person
    if kind == 'wrong_check_digit':
        return not valid_id(other) and valid_id(number) and number in person and \
            other in (driver if line['registry'] == 'driver' else offender) and \
            number not in (driver if line['registry'] == 'driver' else offender)
    if kind.startswith('only_'):
        known = [number in person, number in driver, number in offender]
        return known == [kind == 'only_identity', kind == 'only_driver',
                         kind == 'only_infringement'] and \
            (kind != 'only_identity' or number in registries.licences)
    if kind == 'dead_and_alive':
        return person[number]['died_on'] == line['true_value'] and driver[number]['status'] == 'V'
    if kind == 'category_withdrawn':
        return (number, line['false_value']) in registries.categories and \
            (number, line['false_value']) in registries.withdrawn and \
            driver[number]['status'] == 'V'
    if kind == 'foreign_photo':
        return person[number]['portrait_ref'] == line['false_value'] and \
            line['false_value'].endswith(other) and line['true_value'].endswith(number) and \
            person[other]['portrait_ref'] == line['false_value']
    return False


# The usual rates, and among how many people of the test's population each is drawn.
RATES = {
    'case': 0.005, 'diacritics': 0.02, 'transliteration': 0.01, 'hyphenation': 0.004,
    'particle': 0.003, 'swapped_names': 0.002, 'maiden_name': 0.006, 'married_name': 0.002,
    'missing_middle_name': 0.01, 'initial_only': 0.003, 'misspelt_name': 0.006,
    'date_digits_transposed': 0.002, 'date_off_by_one': 0.002, 'day_month_swapped': 0.002,
    'impossible_date': 0.001, 'stale_address': 0.04, 'address_format': 0.02,
    'wrong_check_digit': 0.001, 'dead_and_alive': 0.0015, 'category_withdrawn': 0.001,
    'sex_differs': 0.001, 'nationality_differs': 0.002,
}
OTHER_KINDS = {'only_identity', 'only_driver', 'only_infringement', 'two_ids', 'shared_id',
               'foreign_photo'}


def check_truth(box, registries):
    truth = list(csv.DictReader((box.folder / 'truth.csv').open(encoding='utf-8')))
    kinds = {}
    for line in truth:
        kinds.setdefault(line['kind'], []).append(line)
    check(set(kinds) == set(RATES) | OTHER_KINDS, 'all twenty-eight kinds are there',
          set(kinds) ^ (set(RATES) | OTHER_KINDS))
    alive = DRIVERS * 0.97
    for kind, lines in sorted(kinds.items()):
        wrong = [line for line in lines if not shows(registries, line)]
        check(not wrong, f'{kind}: the registries show it ({len(lines)} times)', wrong[:3])
        if kind in RATES:
            expected = alive * RATES[kind] * FACTOR
            spread = 4 * expected ** 0.5 + expected * 0.1
            check(abs(len(lines) - expected) <= spread, f'{kind}: as often as its rate says',
                  f'{len(lines)} instead of {expected:.0f}')
    numbers = [line['id_number'] for line in truth if line['kind'] != 'married_name']
    check(len(numbers) == len(set(numbers)), 'nobody has two anomalies')
    return truth


def check_agreement(registries, truth):
    """Whoever is not in the truth is the same everywhere, but for the registries' habits."""
    told = {line['id_number'] for line in truth} | {line['other_id_number'] for line in truth}
    told.add('11058812997')  # one of the citizens to try: the population register lost him
    strangers, different = [], []
    for registry, records in (('driver', registries.driver), ('infringement', registries.offender)):
        for number in records:
            if number in told:
                continue
            if number not in registries.person:
                strangers.append((registry, number))
                continue
            for field in ('family_name', 'given_names', 'birth_date', 'address'):
                values = [registries.value(name, number, field) for name in ('identity', registry)]
                if values[0].lower() != values[1].lower():
                    different.append((registry, number, field, *values))
    check(not strangers, 'nobody is known to one registry only but as the truth says', strangers[:3])
    check(not different, 'all registries agree but where the truth says otherwise', different[:3])
    missing = [number for number in registries.driver
               if number not in registries.offender and number not in told]
    check(not missing, 'the infringement register knows every driver', missing[:3])
    check(all(valid_id(number) for number in registries.person), 'every ID number is valid')
    dead = [number for number, row in registries.person.items()
            if row['died_on'] and number in registries.driver and number not in told
            and registries.driver[number]['status'] != 'W']
    check(not dead, 'the dead do not drive but where the truth says so', dead[:3])


def check_numbers(box):
    check(box.query('driver', 'select count(*) from driver') == str(DRIVERS),
          'there are exactly as many drivers as were asked for')
    check(box.query('infringement', 'select count(*) from infringement') == str(CASES),
          'there are exactly as many infringements as were asked for')
    persons = int(box.query('identity', 'select count(*) from person'))
    lost = sum(line.startswith(('only_driver', 'only_infringement'))
               for line in (box.folder / 'truth.csv').read_text().splitlines())
    check(persons == CITIZENS - lost - 1, 'the population register has the others', persons)
    check(box.query('infringement', "select count(*) from suspension s join offender o using"
                    " (person_id) where s.ends > date '2026-05-20' and s.ends is distinct from"
                    ' o.ban_end') == '0', 'every ban that goes on stands on file once')
    check(box.query('infringement', 'select count(*) from infringement i where paid <> exists'
                    ' (select from payment p where p.case_no = i.case_no)') == '0',
          'what is paid has a payment')
    check(box.query('infringement', 'select count(*) from infringement i join (select case_no,'
                    ' sum(amount) from payment group by 1) p using (case_no) where sum <> fine')
          == '0', 'what was paid is the fine')
    early = box.query('driver', 'select distinct citizen from test t join driver d using (citizen)'
                      " where t.taken > date '2026-05-20' or t.taken < d.birth + interval '16 years'")
    misdated = [line.split(',')[1] for line in (box.folder / 'truth.csv').read_text().splitlines()
                if line.startswith('date_digits_transposed')]
    check(set(early.split()) <= set(misdated), 'nobody was tested as a child or tomorrow', early)
    check(int(box.query('identity', 'select count(*) from person a join person b using (surname,'
                        ' forenames, born_on) where a.id < b.id and a.street <> b.street')) > 0,
          'there are namesakes born on the same day')
    check(int(box.query('identity', 'select count(*) from person a join person b using (surname,'
                        ' street, town, born_on) where a.id < b.id')) > 10, 'there are twins')
    check(int(box.query('identity', 'select count(*) from (select from person group by street,'
                        ' town having count(*) > 1) h')) > CITIZENS / 8,
          'households share an address')


def wait_until_filling(box, process):
    """Until rows are on their way into the tables."""
    truth = box.folder / 'truth-next.csv'
    while process.poll() is None and not (truth.exists() and truth.stat().st_size > 4096):
        time.sleep(0.01)
    assert process.poll() is None, process.communicate()


def start_big(box):
    process = subprocess.Popen(box.words('generate', '--citizens', '400000', '--seed', '9'),
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_until_filling(box, process)
    return process


def ask(box):
    """Through the registry's own server."""
    url = json.loads((box.folder / 'registries/infringement.json').read_text())['url']
    key = (box.folder / 'secrets/infringement.key').read_text().strip()
    context = ssl.create_default_context(cafile=box.folder / 'tls/registry-ca.pem')
    request = urllib.request.Request(url.replace('{id_number}', '10027182816'),
                                     headers={'X-Api-Key': key})
    with urllib.request.urlopen(request, context=context, timeout=20) as answer:
        return answer.read().decode()


def check_interruptions(box, before):
    process = start_big(box)
    second = box.run('generate', '--citizens', '500')
    check(second.returncode == 1 and 'already' in second.stderr,
          'a second run beside the first is refused', second.stderr)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=100)
    check(process.returncode == 1 and 'interrupted' in said, 'Ctrl+C ends it with a sentence', said)
    check(box.fingerprint() == before and not box.left_over(),
          'after Ctrl+C everything is as it was', box.left_over())
    process = start_big(box)
    process.kill()
    process.communicate(timeout=100)
    check(box.left_over(), 'a kill leaves something behind')
    check(box.fingerprint() == before, 'which does not touch what serves')
    done = box.run('up')
    check(done.returncode == 0 and not box.left_over() and box.fingerprint() == before,
          'the next start clears it up', done.stderr + box.left_over())


def check_refusals(box):
    for words, part in ((['--citizens', '10'], 'citizens'), (['--citizens', '3000001'], 'citizens'),
                        (['--citizens', '1000', '--drivers', '999'], 'drivers'),
                        (['--infringements', '-5'], 'infringements'),
                        (['--today', '2026-02-30'], 'date'), (['--anomaly', 'two_ids'], 'RATE'),
                        (['--anomaly', 'twoids=0.1'], 'two_ids'), (['--anomalies', '-1'], 'rates'),
                        (['--anomalies', '90'], 'more than one'), (['--threads', '0'], 'thread')):
        done = box.run('generate', *words)
        check(done.returncode == 2 and part in done.stderr,
              f'{" ".join(words)}: refused with a sentence', done.stderr)


def check_memory(box):
    process = subprocess.Popen(box.words('generate', '--citizens', '60000', '--drivers', '40000',
                                         '--infringements', '40000', '--anomaly', 'two_ids=0.5'),
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.communicate(timeout=280)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    check(process.returncode == 0 and (used < 128 or SANITIZED),
          f'sixty thousand citizens take {used} MB of memory', used)
    check(box.query('infringement', 'select count(*) from infringement') == '40000',
          'the registries have the new people')


def main():
    box = Box()
    try:
        refused = box.run('generate')
        check(refused.returncode == 1 and 'platen-demo up' in refused.stderr,
              'without an office it is refused', refused.stderr)
        done = box.run('up', *SAME, '--threads', '1')
        check(done.returncode == 0, 'the office starts', done.stderr)
        first = box.fingerprint()
        done = box.run('generate', *SAME, '--threads', '5')
        check(done.returncode == 0 and 'a second' in done.stdout, 'it is filled anew', done.stderr)
        check(box.fingerprint() == first, 'the same parameters give the same bytes, with other'
              ' threads too')
        check('"lastName"' in ask(box), 'the registries serve again')
        check_numbers(box)
        registries = Registries(box)
        check_agreement(registries, check_truth(box, registries))
        check_interruptions(box, first)
        check_refusals(box)
        check_memory(box)
        check(box.fingerprint() != first, 'another seed gives other people')
    finally:
        box.remove()
    print(f'1..{count}')
    sys.exit(failures > 0)


main()
