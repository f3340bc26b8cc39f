#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scores the reconciliation against the file of the truth of a generated population: for each kind
how many were resolved by a rule, proposed and stopped, how many of them were called by their name
(recall) and how many that were called so are (precision); resolutions with a value that is not the
true one; how many citizens without an anomaly were held up; and which pairs of records are found to
be one person (two_ids), from all that the population register gives and from less, and which records of other
registers under a mistyped number are found to be of somebody who has the right one (wrong_check_digit). Fails when
something dangerous was not stopped, a rule chose a wrong value, less than 80 % of what is harmless was resolved
by rules, or pairs of either kind were found with a precision below 0.99 or a recall below 0.95.

PLATEN_BENCH_CITIZENS: how many citizens (100000), PLATEN_BENCH_SEED (4711; “random” for one that nobody
has seen), PLATEN_BENCH_RATES: what the usual rates of anomalies are multiplied with (1),
PLATEN_BENCH_BOX: a running box whose registries are filled already. argv: the program
bench-reconciliation."""

import collections
import csv
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unicodedata

sys.path.insert(0, os.environ['PLATEN_SOURCE_ROOT'] + '/tests/support')
import duplicates  # noqa: E402

DEMO = pathlib.Path(os.environ['PLATEN_BUILD_ROOT']) / 'src/demo/platen-demo'
DATA = pathlib.Path(os.environ['PLATEN_SOURCE_ROOT']) / 'data/demo'
CITIZENS = int(os.environ.get('PLATEN_BENCH_CITIZENS', '100000'))
SEED = os.environ.get('PLATEN_BENCH_SEED', '4711')
RATES = os.environ.get('PLATEN_BENCH_RATES', '1')
TABLES = {'identity': 'person', 'driver': 'driver', 'infringement': 'offender'}
KEYS = {'identity': 'id', 'driver': 'citizen', 'infringement': 'person_id'}
HARMLESS = {'case', 'diacritics', 'transliteration', 'hyphenation', 'particle', 'stale_address',
            'address_format'}
DANGEROUS = {'impossible_date', 'shared_id', 'wrong_check_digit', 'only_driver', 'dead_and_alive',
             'only_infringement', 'category_withdrawn', 'sex_differs', 'foreign_photo'}
# What a kind of the truth is called where nobody can know more: that a surname is an old one; that a
# text which is no date at all stood for an impossible one.
CALLED = {'maiden_name': {'changed_name'}, 'married_name': {'changed_name'},
          'impossible_date': {'impossible_date', 'nonsense_infringement'}}
# What else makes a kind true: the second record of one person has the photo of the first, a record
# under a mistyped number is missing under its own, another person under one number is of another sex.
ALSO = {'foreign_photo': {'two_ids'}, 'only_driver': {'wrong_check_digit'},
        'only_infringement': {'wrong_check_digit'}, 'sex_differs': {'shared_id'},
        'nationality_differs': {'shared_id'}}
# Most people do not drive, and one register writes everything in capitals: no anomalies.
HABITS = {'case', 'only_identity'}


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


def carrier(row):
    """The number that meets the anomaly: a record with a mistyped number stands under that one."""
    return row['other_id_number' if row['kind'] == 'wrong_check_digit' else 'id_number']


class Score:
    """What became of the anomalies of a file of the truth."""

    def __init__(self, truth, numbers, results):
        self.outcomes = collections.defaultdict(collections.Counter)
        self.named = collections.Counter()
        self.wrong = []
        self.results = results
        self.kinds = collections.defaultdict(set)
        for row in truth:
            self.kinds[row['id_number']].add(row['kind'])
            self.kinds[row['other_id_number']].add(row['kind'])
        for row in truth:
            self.add(row, results.get(carrier(row), []))
        self.clean = [n for n in numbers if n not in self.kinds]
        self.held_up = [n for n in self.clean if any(
            r[3] != 'resolved' and r[2] != 'only_identity' for r in results.get(n, []))]
        self.told = collections.defaultdict(set)
        for number, rows in results.items():
            for row in rows:
                self.told[row[2]].add(number)

    def add(self, row, rows):
        kind = row['kind']
        called = CALLED.get(kind, {kind})
        self.named[kind] += any(r[2] in called for r in rows)
        if kind not in DANGEROUS and kind != 'two_ids':
            rows = [r for r in rows if r[0] in (row['field'], '-')]
        self.outcomes[kind][outcome_of(rows)] += 1
        for field, choice, _, _, value in rows:
            if choice == 'rule' and field == row['field'] and fold(value) == fold(row['false_value']) \
                    and fold(row['false_value']) != fold(row['true_value']):
                self.wrong.append((kind, row['id_number'], field, value, row['true_value']))

    def precision(self, kind):
        """Of those that are called so, how many are; kinds with one name share it."""
        called = CALLED.get(kind, {kind})
        meant = {k for k in self.outcomes if CALLED.get(k, {k}) == called} | ALSO.get(kind, set())
        told = set().union(*(self.told[name] for name in called))
        if not told or kind in HABITS:
            return None
        return sum(bool(self.kinds[n] & meant) for n in told) / len(told)

    def share(self, kinds, outcome):
        seen = sum((self.outcomes[k] for k in kinds), collections.Counter())
        return seen[outcome], seen.total()


def percent(part):
    return '      -' if part is None else f'{part * 100:6.1f}%'


def report(score, pairs):
    """@pairs: how surely one person under two numbers is found, which no single number shows."""
    print(f"{'kind':24} {'cases':>7} {'resolved':>9} {'proposed':>9} {'stopped':>8} {'unseen':>7} "
          f"{'recall':>7} {'precision':>9}")
    for kind, seen in sorted(score.outcomes.items()):
        if kind == 'two_ids':
            print(f"{kind:24} {seen.total():7} {'by comparing records':>37} {percent(pairs[1])} "
                  f"{percent(pairs[0]):>9}")
            continue
        print(f"{kind:24} {seen.total():7} {seen['resolved']:9} {seen['proposed']:9} "
              f"{seen['stopped']:8} {seen['none']:7} {percent(score.named[kind] / seen.total())} "
              f"{percent(score.precision(kind)):>9}")
    resolved, harmless = score.share(HARMLESS, 'resolved')
    stopped, dangerous = score.share(DANGEROUS, 'stopped')
    print(f'harmless: {resolved / max(1, harmless) * 100:.1f} % of {harmless} resolved without a person')
    print(f'dangerous: {stopped} of {dangerous} stopped, '
          f'{score.share(DANGEROUS, "resolved")[0]} resolved by a rule')
    print(f'wrong resolutions: {len(score.wrong)} {score.wrong[:5]}')
    print(f'citizens without an anomaly held up: {len(score.held_up)} of {len(score.clean)} '
          f'{[(n, score.results[n]) for n in score.held_up[:2]]}')
    return stopped == dangerous and not score.wrong and resolved >= 0.8 * harmless


# What a register may not give, or not keep.
LESS = {'without pictures': {'portrait'},
        'without pictures, documents and anything of before': {
            'portrait', 'documents', 'former_ids', 'former_addresses', 'former_family_names',
            'birth_family_name'}}


def compare_records(box):
    """Prints what is found from all and from less; returns precision and recall from all, and whether records under
    mistyped numbers are found well enough."""
    true = duplicates.truth(box)
    with tempfile.TemporaryDirectory(prefix='pr') as folder:
        records = duplicates.export(box, f'{folder}/records.csv')
        found, said = duplicates.find(records)
        precision, recall = duplicates.measure(found, true)
        print(f'two_ids: {len(true)} pairs, {len(found)} found, precision {precision:.4f}, recall '
              f'{recall:.4f}\n  {said}')
        for what, columns in LESS.items():
            fewer = duplicates.without(records, columns, f'{folder}/fewer.csv')
            print('  {}: precision {:.4f}, recall {:.4f}'.format(
                what, *duplicates.measure(duplicates.find(fewer)[0], true)))
        mistyped = compare_strays(box, records, folder, found)
    return precision, recall, mistyped


def compare_strays(box, records, folder, known):
    """What is found beyond @known when other registers' records under unknown numbers stand among the others."""
    true = duplicates.truth(box, 'wrong_check_digit')
    more = duplicates.add_strays(box, records, f'{folder}/more.csv')
    known = duplicates.pairs(known)
    found = [row for row in duplicates.find(more)[0] if not duplicates.pairs([row]) <= known]
    precision, recall = duplicates.measure(found, true)
    print(f'wrong_check_digit, from the right number: {len(true)} pairs, {len(found)} found, precision '
          f'{precision:.4f}, recall {recall:.4f}')
    return not true or (precision >= 0.99 and recall >= 0.95)


def main():
    given = os.environ.get('PLATEN_BENCH_BOX')
    box = pathlib.Path(given or tempfile.mkdtemp(prefix='pr'))
    seed = str(random.randrange(2**31)) if SEED == 'random' else SEED
    try:
        if not given:
            subprocess.run([DEMO, 'up', '--folder', box, '--citizens', '100'], check=True,
                           stdout=subprocess.DEVNULL)
            subprocess.run([DEMO, 'generate', '--folder', box, '--citizens', str(CITIZENS), '--seed',
                            seed, '--anomalies', RATES], check=True, stdout=subprocess.DEVNULL)
            print(f'{CITIZENS} citizens, seed {seed}, usual rates of anomalies times {RATES}')
        truth = list(csv.DictReader(open(box / 'truth.csv', newline='')))
        pairs = compare_records(box)
        kept = report(Score(truth, *reconcile(sys.argv[1], box)), pairs)
        kept = kept and pairs[0] >= 0.99 and pairs[1] >= 0.95 and pairs[2]
    finally:
        if not given:
            subprocess.run([DEMO, 'down', '--folder', box], check=False, stdout=subprocess.DEVNULL)
            shutil.rmtree(box, ignore_errors=True)
    sys.exit(0 if kept else 1)


main()
