#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills the registries of a box with platen-demo generate, and once more with psql's \\copy from
files that lie ready, into the same tables with the same indexes. Prints rows per second, the ratio
and the generator's peak of memory.

PLATEN_BENCH_CITIZENS: how many citizens (300000); two thirds of them drive, with as many
infringements.
"""

import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time

DEMO = pathlib.Path(os.environ['PLATEN_BUILD_ROOT']) / 'src/demo/platen-demo'
DATA = pathlib.Path(os.environ['PLATEN_SOURCE_ROOT']) / 'data/demo'
CITIZENS = int(os.environ.get('PLATEN_BENCH_CITIZENS', '300000'))
SIZES = ['--citizens', str(CITIZENS), '--drivers', str(CITIZENS * 2 // 3), '--infringements',
         str(CITIZENS * 2 // 3)]
TABLES = {
    'identity': ['person', 'former_id', 'former_name', 'former_address', 'document'],
    'driver': ['driver', 'entitlement', 'test', 'medical_certificate', 'driving_condition',
               'earlier_licence'],
    'infringement': ['offender', 'infringement', 'penalty', 'suspension', 'payment'],
}
SEARCHES = {
    'identity': ['search-keys.sql', 'identity-search-indexes.sql', 'search-find.sql'],
    'driver': ['driver-search-indexes.sql'],
    'infringement': [],
}


def psql(box, database, *words):
    subprocess.run(['psql', '-h', box / 'pg', '-U', 'postgres', '-d', database, '-Xq', '-v',
                    'ON_ERROR_STOP=1', *words], check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, 'PGOPTIONS': '-c client_min_messages=warning'})


def export(box, folder):
    rows = 0
    for database, tables in TABLES.items():
        for table in tables:
            done = subprocess.run(['psql', '-h', box / 'pg', '-U', 'postgres', '-d', database, '-X',
                                   '-c', f"\\copy {table} to '{folder / table}'"], check=True,
                                  capture_output=True, text=True)
            rows += int(done.stdout.split()[1])
    return rows


def copy(box, folder, database):
    """As the generator does: emptied in the same transaction, rows written as old ones."""
    for table in TABLES[database]:
        psql(box, 'peer_' + database, '-1', '-c', f'truncate {table}', '-c',
             f"\\copy {table} from '{folder / table}' with (freeze)")


def index(box, database):
    psql(box, 'peer_' + database, '-f', DATA / f'{database}-indexes.sql', '-c', 'analyze')
    for script in SEARCHES[database]:
        psql(box, 'peer_' + database, '-1', '-f', DATA / script)
    psql(box, 'peer_' + database, '-c', 'analyze')


def measure(step, together):
    """@together: all three registries at a time, each in a session of its own."""
    started = time.monotonic()
    threads = [threading.Thread(target=step, args=(database,)) for database in TABLES]
    for thread in threads:
        thread.start()
        if not together:
            thread.join()
    for thread in threads:
        thread.join()
    return time.monotonic() - started


def make_peers(box):
    for database in TABLES:
        psql(box, 'postgres', '-c', f'drop database if exists peer_{database} with (force)', '-c',
             f'create database peer_{database}')
        psql(box, 'peer_' + database, '-f', DATA / f'{database}.sql')


def generate(box):
    """Returns how many rows, the seconds for them alone, and with their indexes."""
    said = subprocess.run([DEMO, 'generate', *SIZES, '--folder', box], check=True, text=True,
                          stdout=subprocess.PIPE).stdout
    rows, seconds, _, with_indexes, _ = re.findall(r'[0-9.]+', said.split(': ')[1].rstrip('.\n'))
    return int(rows), float(seconds), float(with_indexes)


def main():
    top = pathlib.Path(tempfile.mkdtemp(prefix='pb'))
    top.chmod(0o755)
    box, folder = top / 'box', top / 'files'
    folder.mkdir()
    try:
        subprocess.run([DEMO, 'up', '--citizens', '1000', '--folder', box], check=True,
                       stdout=subprocess.DEVNULL)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        rows, loaded, seconds = generate(box)
        memory = max(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, before) // 1024
        copied = export(box, folder)
        print(f'{CITIZENS} citizens, {rows} rows in 16 tables; load of the machine '
              f'{os.getloadavg()[0]:.1f}')
        print(f'generate: rows {loaded:.1f} s, {rows / loaded:.0f} rows/s; with indexes '
              f'{seconds:.1f} s, {rows / seconds:.0f} rows/s; peak of memory {memory} MB')
        for together in (False, True):
            make_peers(box)
            peer = measure(lambda database: copy(box, folder, database), together)
            indexed = measure(lambda database: index(box, database), together)
            print(f'psql \\copy, {"three registries at a time" if together else "one after the other"}'
                  f': rows {peer:.1f} s, {copied / peer:.0f} rows/s; with indexes '
                  f'{peer + indexed:.1f} s, {copied / (peer + indexed):.0f} rows/s')
            print(f'generate against it: rows {peer / loaded:.2f}, with indexes '
                  f'{(peer + indexed) / seconds:.2f}', flush=True)
        if copied != rows:
            sys.exit(f'{copied} rows were copied')
    finally:
        subprocess.run([DEMO, 'down', '--folder', box], stdout=subprocess.DEVNULL)
        shutil.rmtree(top, ignore_errors=True)


main()
