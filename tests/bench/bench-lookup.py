#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts an office in a box and runs bench-lookup against its registries.

PLATEN_BENCH_CITIZENS: how many citizens (20000; 3000000 for full size), PLATEN_BENCH_BOX: a running box
whose registries are filled already, PLATEN_BENCH_PERSONS: how many of them are looked up (60). argv: the
program bench-lookup."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

DEMO = pathlib.Path(os.environ['PLATEN_BUILD_ROOT']) / 'src/demo/platen-demo'
CITIZENS = int(os.environ.get('PLATEN_BENCH_CITIZENS', '20000'))
PERSONS = int(os.environ.get('PLATEN_BENCH_PERSONS', '60'))
# Fewer than the portraits that the registry keeps, or it would draw them anew each time.
assert 0 < PERSONS <= 150


def sample(box):
    """Drivers from everywhere in the register; with few digits so that any size has enough."""
    told = subprocess.run(['psql', '-h', box / 'pg', '-U', 'postgres', '-d', 'driver', '-XAtq', '-c',
                           'select citizen from driver order by md5 (citizen) limit '
                           f'{PERSONS * 2}'], check=True, capture_output=True, text=True).stdout
    known = subprocess.run(['psql', '-h', box / 'pg', '-U', 'postgres', '-d', 'identity', '-XAtq', '-c',
                            'select id from person where id = any ($$' + '{' +
                            ','.join(told.split()) + '}$$)'], check=True, capture_output=True,
                           text=True).stdout
    return sorted(known.split())[:PERSONS]


def main():
    given = os.environ.get('PLATEN_BENCH_BOX')
    folder = pathlib.Path(tempfile.mkdtemp(prefix='pb'))
    folder.chmod(0o755)
    box = pathlib.Path(given) if given else folder / 'box'
    try:
        if not given:
            subprocess.run([DEMO, 'up', '--citizens', str(min(CITIZENS, 20000)), '--folder', box],
                           check=True, stdout=subprocess.DEVNULL)
        if not given and CITIZENS > 20000:
            subprocess.run([DEMO, 'generate', '--citizens', str(CITIZENS), '--folder', box],
                           check=True, stdout=subprocess.DEVNULL)
        print(f'{CITIZENS} citizens; load of the machine '
              f'{" ".join(f"{load:.2f}" for load in os.getloadavg())}', flush=True)
        subprocess.run([sys.argv[1], box / 'registries', *sample(box)], check=True)
    finally:
        if not given:
            subprocess.run([DEMO, 'down', '--folder', box], check=False, stdout=subprocess.DEVNULL)
        shutil.rmtree(folder, ignore_errors=True)


main()
