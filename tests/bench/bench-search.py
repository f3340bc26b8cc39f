#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""First rows of a search in the population register of an office in a box, and beside it the plain
way: a trigram index on the whole name. PLATEN_BENCH_CITIZENS is the size (20000; the full one is
3000000), PLATEN_BENCH_BOX a box that is up already."""

import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

DEMO = pathlib.Path(os.environ['PLATEN_BUILD_ROOT']) / 'src/demo/platen-demo'
CITIZENS = os.environ.get('PLATEN_BENCH_CITIZENS', '20000')
N = 100

random.seed(1)


def psql(box, sql):
    program = subprocess.run(['pg_config', '--bindir'], check=True, text=True,
                             capture_output=True).stdout.strip() + '/psql'
    drop = ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'] \
        if os.getuid() == 0 else []
    return subprocess.run([*drop, program, '-h', box / 'pg', '-U', 'postgres', '-d', 'identity',
                           '-AtXq', '-F', '\t', '-v', 'ON_ERROR_STOP=1', '-c', sql], check=True,
                          text=True, capture_output=True).stdout


def misspell(word):
    """One letter left out, doubled, or two swapped."""
    at = random.randrange(1, max(2, len(word) - 1))
    return random.choice([word[:at] + word[at + 1:], word[:at] + word[at] + word[at:],
                          word[:at] + word[at:at + 2][::-1] + word[at + 2:]])


def lines(box):
    rows = [row.split('\t') for row in psql(box, f"""
        select id, surname, forenames[1], to_char(born_on, 'DD.MM.YYYY'), extract(year from born_on),
               street, split_part(town, ' ', 2), coalesce(surname_native, '')
          from person tablesample bernoulli ({min(100, 30000 * 100 / int(CITIZENS))}) repeatable (1)
         order by md5(id) limit {N}""").splitlines()]
    common = psql(box, 'select surname from search.surname order by holders desc limit 20').split('\n')
    foreign = [row.split('\t') for row in psql(box, f"""
        select id, surname_native, to_char(born_on, 'DD.MM.YYYY') from person
         where surname_native is not null order by md5(id) limit {N}""").splitlines()]
    for number, surname, forename, born, year, street, town, _ in rows:
        yield 'surname', surname
        yield 'surname, misspelt', misspell(surname)
        yield 'surname, three letters', surname[:3]
        yield 'both names', f'{forename} {surname}'
        yield 'both names, misspelt', f'{misspell(surname)} {misspell(forename)}'
        yield 'names and birth date', f'{surname} {forename} {born}', number
        yield 'misspelt names and birth date', f'{misspell(surname)} {misspell(forename)} {born}', number
        yield 'surname and year of birth', f'{surname} {year}'
        yield 'birth date', born
        yield 'name and street', f'{surname} {street}', number
        yield 'street and house', street
        yield 'name and town', f'{surname} {town}'
        yield 'ID number', number, number
        yield 'one letter', surname[0]
    for surname in common[:20]:
        yield 'commonest surnames', surname
        yield 'commonest surnames, misspelt', misspell(surname)
    for number, native, born in foreign:
        yield 'other script', native
        yield 'other script and birth date', f'{native} {born}', number


def plain(box, names):
    """What one would do first: ILIKE's cousin on the whole name."""
    psql(box, """create schema if not exists plain; drop table if exists plain.person;
        create table plain.person as select id, surname || ' ' || array_to_string(forenames, ' ') as name from person;
        create index on plain.person using gin (name gin_trgm_ops); analyze plain.person""")
    took = []
    for name in names:
        quoted = name.replace("'", "''")
        out = psql(box, f"""set jit = off; do $$ declare t timestamptz := clock_timestamp(); begin
            perform id from plain.person where name % '{quoted}' order by similarity(name, '{quoted}') desc limit 20;
            create temp table took as select extract(epoch from clock_timestamp() - t) * 1000 as ms; end $$; select ms from took""")
        took.append(float(out))
    psql(box, 'drop schema plain cascade')
    took.sort()
    print(f'{"plain trigram query on the whole name":44} {1000 * len(took) / sum(took):9.1f} searches/s   '
          f'p50 {took[len(took) // 2]:8.2f} ms   p95 {took[int((len(took) - 1) * 0.95)]:8.2f} ms   n {len(took)}')


def run(box):
    every = list(lines(box))
    text = ''.join('\t'.join(line) + '\n' for line in every)
    print(f'{psql(box, "select count(*) from person").strip()} citizens, the commonest surname '
          f'{psql(box, "select max(holders) from search.surname").strip()} times', flush=True)
    for title in ('cold', 'warm'):
        print(f'-- {title}', flush=True)
        subprocess.run([sys.argv[1], box / 'registries', 'identity'], input=text, text=True, check=True)
    plain(box, [line[1] for line in every if line[0] == 'both names, misspelt'][:40])


if 'PLATEN_BENCH_BOX' in os.environ:
    run(pathlib.Path(os.environ['PLATEN_BENCH_BOX']))
    sys.exit()
folder = pathlib.Path(tempfile.mkdtemp(prefix='pb'))
folder.chmod(0o755)
box = folder / 'box'
try:
    started = time.monotonic()
    subprocess.run([DEMO, 'up', '--citizens', CITIZENS, '--folder', box], check=True,
                   stdout=subprocess.DEVNULL)
    print(f'The box was ready after {time.monotonic() - started:.0f} s.')
    run(box)
finally:
    subprocess.run([DEMO, 'down', '--folder', box], stdout=subprocess.DEVNULL)
    shutil.rmtree(folder, ignore_errors=True)
