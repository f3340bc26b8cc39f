#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scores the reconciliation against the file of the truth of a generated population: for each kind
how many were resolved by a rule, proposed and stopped; resolutions with a value that is not the true
one; and how many citizens without an anomaly were held up.

PLATEN_BENCH_CITIZENS: how many citizens (100000), PLATEN_BENCH_SEED (4711), PLATEN_BENCH_BOX: a
running box whose registries are filled already. argv: the program bench-reconciliation."""

import collections
import csv
import os
import pathlib
import subprocess
import sys
import tempfile
import unicodedata

DEMO = pathlib.Path(os.environ['PLATEN_BUILD_ROOT']) / 'src/demo/platen-demo'
DATA = pathlib.Path(os.environ['PLATEN_SOURCE_ROOT']) / 'data/demo'
CITIZENS = int(os.environ.get('PLATEN_BENCH_CITIZENS', '100000'))
SEED = os.environ.get('PLATEN_BENCH_SEED', '4711')
TABLES = {'identity': 'person', 'driver': 'driver', 'infringement': 'offender'}
KEYS = {'identity': 'id', 'driver': 'citizen', 'infringement': 'person_id'}
HARMLESS = {'case', 'diacritics', 'transliteration', 'hyphenation', 'particle', 'stale_address',
            'address_format'}
DANGEROUS = {'impossible_date', 'shared_id', 'wrong_check_digit', 'only_driver', 'dead_and_alive',
             'only_infringement', 'category_withdrawn', 'sex_differs', 'foreign_photo'}


def answers(box, database):
    """Every answer of one registry, as its own SQL gives it."""
    query = (DATA / f'{database}-answer.sql').read_text().replace('$2::text', 'null::text')
    query = '\n'.join(line for line in query.splitlines() if not line.startswith('--'))
    query = query.replace('$1', 'i.i')
    told = subprocess.Popen(['psql', '-h', box / 'pg', '-U', 'postgres', '-d', database, '-XAtq',
                             '-F', '\t', '-c', f'select i.i, ({query}) from (select '
                             f'{KEYS[database]} as i from {TABLES[database]}) i'],
                            stdout=subprocess.PIPE, text=True)
    found = {}
    for line in told.stdout:
        number, _, answer = line.rstrip('\n').partition('\t')
        found[number] = answer.replace('\t', ' ')
    return found


def fold(text):
    plain = unicodedata.normalize('NFC', text or '')
    return plain.casefold().strip()


def reconcile(program, box):
    """What the program says of each citizen: number → list of (field, choice, kind, outcome, value)."""
    said = {name: answers(box, name) for name in TABLES}
    numbers = sorted(set().union(*said.values()))
    lines = ''.join('\t'.join([n, *(said[name].get(n, '') for name in TABLES)]) + '\n'
                    for n in numbers)
    out = subprocess.run([program, box / 'registries'], input=lines, text=True, check=True,
                         capture_output=True).stdout
    results = collections.defaultdict(list)
    for line in out.splitlines():
        number, *rest = line.split('\t')
        results[number].append(rest)
    return numbers, results


def outcome_of(rows):
    """The weightiest outcome that anybody meets at this citizen."""
    return max((row[3] for row in rows), key=['resolved', 'proposed', 'stopped'].index,
               default='none')


def score(box, numbers, results):
    counts = collections.defaultdict(collections.Counter)
    wrong = []
    spoiled = set()
    for row in csv.DictReader(open(box / 'truth.csv', newline='')):
        number, kind = row['id_number'], row['kind']
        spoiled.update((number, row['other_id_number']))
        rows = [r for r in results.get(number, []) if r[0] in (row['field'], '-')]
        if kind in DANGEROUS or kind == 'two_ids':
            rows = results.get(number, [])
        counts[kind][outcome_of(rows)] += 1
        for field, choice, _, _, value in rows:
            if choice == 'rule' and field == row['field'] and fold(value) == fold(row['false_value']) \
                    and fold(row['false_value']) != fold(row['true_value']):
                wrong.append((kind, number, field, value, row['true_value']))
    held_up = [n for n in numbers if n not in spoiled and
               any(r[3] != 'resolved' and r[2] != 'only_identity' for r in results.get(n, []))]
    return counts, wrong, held_up, len(numbers) - len(spoiled)


def report(counts, wrong, held_up, clean):
    print(f"{'kind':24} {'resolved':>9} {'proposed':>9} {'stopped':>9} {'unseen':>9}")
    for kind, seen in sorted(counts.items()):
        print(f"{kind:24} {seen['resolved']:9} {seen['proposed']:9} {seen['stopped']:9} "
              f"{seen['none']:9}")
    harmless = sum((counts[k] for k in HARMLESS), collections.Counter())
    dangerous = sum((counts[k] for k in DANGEROUS), collections.Counter())
    print(f'harmless: {harmless["resolved"] / max(1, harmless.total()) * 100:.1f} % resolved without '
          f'a person')
    print(f'dangerous: {dangerous["stopped"]} of {dangerous.total()} stopped, '
          f'{dangerous["resolved"]} resolved by a rule')
    print(f'wrong resolutions: {len(wrong)} {wrong[:5]}')
    print(f'citizens without an anomaly held up: {len(held_up)} of {clean} {held_up[:5]}')


def main():
    given = os.environ.get('PLATEN_BENCH_BOX')
    box = pathlib.Path(given or tempfile.mkdtemp(prefix='pr'))
    if not given:
        subprocess.run([DEMO, 'up', '--folder', box, '--citizens', '100'], check=True,
                       stdout=subprocess.DEVNULL)
    try:
        if not given:
            subprocess.run([DEMO, 'generate', '--folder', box, '--citizens', str(CITIZENS), '--seed',
                            SEED], check=True, stdout=subprocess.DEVNULL)
        report(*score(box, *reconcile(sys.argv[1], box)))
    finally:
        if not given:
            subprocess.run([DEMO, 'down', '--folder', box], check=False)


main()
