#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Applications along the whole business path without printing (start, fill, evaluate, submit, approve by
another desk) from many desks at once, by the office's own program; beside it pgbench, which makes the same calls
and nothing between them, and pgbench which writes the same rows by bare statements into tables without rules.

PLATEN_BENCH_DESKS: how many (32), PLATEN_BENCH_OFFICES: of how many offices, each with its own audit
chain (8), PLATEN_BENCH_SECONDS: how long each (40). argv: the program bench-business."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

DEMO = pathlib.Path(os.environ['PLATEN_BUILD_ROOT']) / 'src/demo/platen-demo'
HERE = pathlib.Path(__file__).parent
DESKS = int(os.environ.get('PLATEN_BENCH_DESKS', '32'))
OFFICES = int(os.environ.get('PLATEN_BENCH_OFFICES', '8'))
SECONDS = float(os.environ.get('PLATEN_BENCH_SECONDS', '40'))
CITIZENS = int(SECONDS * 200 / DESKS) + 50
BINARIES = subprocess.run(['pg_config', '--bindir'], check=True, text=True, capture_output=True).stdout.strip()
DROP = ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'] if os.getuid() == 0 else []


def psql(box, *arguments):
    return subprocess.run([*DROP, f'{BINARIES}/psql', '-h', box / 'pg', '-U', 'postgres', '-d', 'platen', '-AtXq',
                           '-v', 'ON_ERROR_STOP=1', *arguments], check=True, text=True, capture_output=True).stdout


def tell(title, done):
    """@done: (desk, when, how long) in microseconds. Counted is from when each desk has made two: a
    connection that has just come reads every function that it calls."""
    series = {}
    for desk, when, took in done:
        series.setdefault(desk, []).append((when, took))
    begin = max(sorted(each)[min(1, len(each) - 1)][0] for each in series.values())
    end = min(max(each)[0] for each in series.values())
    counted = sorted(took / 1000 for _, when, took in done if begin < when <= end)
    if len(series) < DESKS or len(counted) < 100:
        sys.exit(f'{title}: only {len(counted)} applications; set PLATEN_BENCH_SECONDS higher.')
    rate = len(counted) * 1e6 / (end - begin)
    print(f'{title:40} {rate:8.1f} applications/s   p50 {counted[len(counted) // 2]:7.1f} ms   '
          f'p95 {counted[int((len(counted) - 1) * 0.95)]:7.1f} ms   n {len(counted)}', flush=True)
    return rate


def run_office(box):
    """The desks in as many processes as pgbench has threads."""
    processes = []
    for part in range(2):
        first, n = 1 + part * DESKS // 2, DESKS // 2
        citizens = psql(box, '-c', f'SELECT id_number FROM bench.citizen WHERE run = 0 AND desk BETWEEN {first} AND {first + n - 1}'
                                   ' ORDER BY desk, n')
        arguments = [f'host={box}/pg dbname=platen', first, n, OFFICES, SECONDS]
        processes.append((subprocess.Popen([sys.argv[1], *map(str, arguments)], stdin=subprocess.PIPE,
                                           stdout=subprocess.PIPE, text=True), citizens))
    for process, citizens in processes:
        process.stdin.write(citizens)
        process.stdin.close()
    lines = [line for process, _ in processes for line in process.stdout.read().splitlines()]
    if any(process.wait() != 0 for process, _ in processes):
        sys.exit('A desk stopped.')
    return tell('the office', [tuple(map(int, line.split())) for line in lines])


def run_pgbench(box, title, script):
    folder = box / 'pgbench'
    folder.mkdir(exist_ok=True)
    folder.chmod(0o777)
    done = subprocess.run([*DROP, f'{BINARIES}/pgbench', '-h', box / 'pg', '-U', 'postgres', '-n', '-M', 'prepared',
                           '-c', str(DESKS), '-j', '2', '-T', str(int(SECONDS)), '-D', 'desk=0', '-D', 'n=0',
                           '-D', f'offices={OFFICES}', '-l', '-f', HERE / script, 'platen'],
                          cwd=folder, text=True, capture_output=True)
    if done.returncode != 0 or re.search(r'number of failed transactions: [1-9]', done.stdout):
        sys.exit(done.stdout + done.stderr[-2000:])
    rows = [line.split() for log in folder.glob('pgbench_log.*') for line in log.read_text().splitlines()]
    shutil.rmtree(folder)
    return tell(title, [(row[0], int(row[4]) * 1000000 + int(row[5]), int(row[2])) for row in rows])


def run(box):
    psql(box, '-v', f'offices={OFFICES}', '-v', f'desks={DESKS}', '-v', f'citizens={CITIZENS}', '-f', HERE / 'business-office.sql')
    print(f'{DESKS} desks of {OFFICES} offices, {os.cpu_count()} processors', flush=True)
    office = run_office(box)
    calls = run_pgbench(box, 'pgbench, the same calls', 'business-path.sql')
    print(f'the office reaches {office / calls:.2f} of the same calls')


folder = pathlib.Path(tempfile.mkdtemp(prefix='pb'))
folder.chmod(0o755)
box = folder / 'box'
try:
    subprocess.run([DEMO, 'up', '--citizens', '100', '--folder', box], check=True, stdout=subprocess.DEVNULL)
    run(box)
finally:
    subprocess.run([DEMO, 'down', '--folder', box], stdout=subprocess.DEVNULL)
    shutil.rmtree(folder, ignore_errors=True)
