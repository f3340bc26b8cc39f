# SPDX-License-Identifier: GPL-3.0-or-later
"""Persons under two numbers in a generated population: exported as a register would, searched for by
platenctl, counted against the file of the truth. With the records of other registers that stand under numbers
which the population register does not know: persons of whose number a digit was mistyped there."""

import csv
import os
import pathlib
import subprocess

EXPORT = pathlib.Path(os.environ['PLATEN_SOURCE_ROOT']) / 'data/demo/identity-records.sql'
PLATENCTL = pathlib.Path(os.environ['PLATEN_BUILD_ROOT']) / 'src/cli/platenctl'


def export(box, path):
    """The population register of the box in @box as a file."""
    with open(path, 'wb') as records:
        subprocess.run(['psql', '-h', box / 'pg', '-U', 'postgres', '-d', 'identity', '-XAtq', '-f',
                        EXPORT], check=True, stdout=records)
    return path


STRAYS = {
    'driver': 'select citizen, family_name, given_names, birth, address, licence_no from driver',
    'infringement': "select person_id, split_part(holder, ', ', 1), split_part(holder, ', ', 2), left(dob, 4) || '-' ||"
                    " substr(dob, 5, 2) || '-' || right(dob, 2), residence, '' from offender"}
COLUMNS = ['id_number', 'family_name', 'given_names', 'birth_date', 'address', 'licence_number']


def add_strays(box, path, to):
    """The records of @path and those of the other registers under numbers that are not among them."""
    with open(path, newline='') as records, open(to, 'w', newline='') as more:
        reader = csv.DictReader(records)
        writer = csv.DictWriter(more, [*reader.fieldnames, *(c for c in COLUMNS if c not in reader.fieldnames)])
        writer.writeheader()
        known = set()
        for row in reader:
            known.add(row['id_number'])
            writer.writerow(row)
        for database, query in STRAYS.items():
            told = subprocess.run(['psql', '-h', box / 'pg', '-U', 'postgres', '-d', database, '-X', '--csv', '-t', '-c',
                                   query], check=True, capture_output=True, text=True).stdout
            for row in csv.reader(told.splitlines()):
                if row[0] not in known:
                    writer.writerow(dict(zip(COLUMNS, row)))
    return to


def without(path, columns, to):
    """The same records of a register that has not got @columns."""
    with open(path, newline='') as records, open(to, 'w', newline='') as fewer:
        reader = csv.DictReader(records)
        writer = csv.DictWriter(fewer, [c for c in reader.fieldnames if c not in columns],
                                extrasaction='ignore')
        writer.writeheader()
        writer.writerows(reader)
    return to


def pairs(rows):
    return {frozenset((row['id_number'], row['other_id_number'])) for row in rows}


def truth(box, kind='two_ids'):
    with open(box / 'truth.csv', newline='') as lines:
        return pairs(row for row in csv.DictReader(lines) if row['kind'] == kind)


def find(path, *options):
    """What platenctl finds in a file: its pairs, and what it says of its work."""
    done = subprocess.run([PLATENCTL, 'registry', 'duplicates', '--file', path, *options],
                          capture_output=True, text=True, check=True)
    return list(csv.DictReader(done.stdout.splitlines())), done.stderr.strip()


def measure(found, true):
    """Precision and recall."""
    right = len(pairs(found) & true)
    return right / max(1, len(found)), right / max(1, len(true))
