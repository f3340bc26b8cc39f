# SPDX-License-Identifier: GPL-3.0-or-later
"""Persons under two numbers in a generated population: exported as a register would, searched for by
platenctl, counted against the file of the truth."""

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


def truth(box):
    with open(box / 'truth.csv', newline='') as lines:
        return pairs(row for row in csv.DictReader(lines) if row['kind'] == 'two_ids')


def find(path, *options):
    """What platenctl finds in a file: its pairs, and what it says of its work."""
    done = subprocess.run([PLATENCTL, 'registry', 'duplicates', '--file', path, *options],
                          capture_output=True, text=True, check=True)
    return list(csv.DictReader(done.stdout.splitlines())), done.stderr.strip()


def measure(found, true):
    """Precision and recall."""
    right = len(pairs(found) & true)
    return right / max(1, len(found)), right / max(1, len(true))
