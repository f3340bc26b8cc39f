#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A day in the print room: three printers that go wrong by chance, two spoolers, and now and then a kill -9 of a spooler,
a printer, the print server or the database, or of all of them in the same moment. At the end an auditor compares the plastic with the books: each card is
accounted for, the stock balances, nothing was printed twice without a person having been asked, no application is lost.

By itself a short day. PLATEN_CARDS=2000 is a whole one; PLATEN_SEED=N another; PLATEN_MINUTES=N lets nobody in after that."""

import collections
import os
import random
import signal
import subprocess
import time

from box import PRINTER, Box, Tap
from database import kill_database
from print_auditor import Auditor
from print_operator import Operator
from print_truth import Truth, run_of

CARDS = int(os.environ.get('PLATEN_CARDS', '16'))
SEED = int(os.environ.get('PLATEN_SEED', '20261122'))
KILL_EVERY = float(os.environ.get('PLATEN_KILL_EVERY', '3' if CARDS < 200 else '8'))
DEADLINE = time.monotonic() + 240 + 8 * CARDS
CLOSING = time.monotonic() + 60 * float(os.environ.get('PLATEN_MINUTES', '1440'))
AT_ONCE = 200   # so many wait at most
PRINTERS = [PRINTER, f'{PRINTER}-2', f'{PRINTER}-3']
RUN = 50   # blanks in a box
FIRST = 10001
CHANCES = {'slow:150': 0.12, 'smear': 0.06, 'colour-shift': 0.05, 'offline:1': 0.02, 'fail-next': 0.02, 'jam': 0.03,
           'ribbon-out': 0.02, 'double-feed': 0.03, 'wrong-hopper': 0.03, 'no-card': 0.03, 'repeat': 0.02, 'power-cut': 0.02,
           'power-cut-out': 0.02, 'power-cut-again': 0.01}


class Spoolers:
    """Two of platenctl spool, under a login of their own."""

    def __init__(self, n):
        self.processes = [self.start() for _ in range(n)]

    def start(self):
        log = (box.folder / 'spoolers.log').open('a')
        command = box.popen('spooler', 'spool', '--lease', '4', json_wanted=False)
        for stream in (command.stdout, command.stderr):
            subprocess.Popen(['cat'], stdin=stream, stdout=log)
            stream.close()
        return command

    def kill(self):
        victim = chance.randrange(len(self.processes))
        self.processes[victim].send_signal(signal.SIGKILL)
        self.processes[victim].wait()

    def look_after(self):
        """The service manager starts again what has ended."""
        for i, process in enumerate(self.processes):
            if process.poll() is not None:
                self.processes[i] = self.start()

    def end(self):
        for process in self.processes:
            process.terminate()
        return [process.wait(60) for process in self.processes]


def kill_printer():
    box.demo('printer', 'power', chance.choice(PRINTERS), 'off')


def kill_server_only():
    box.demo('printer-power', 'scheduler', 'off')


def kill_server():
    kill_server_only()
    time.sleep(chance.uniform(0, 1))
    box.demo('printer-power', 'scheduler', 'on')


def kill_the_database():
    kill_database(box)
    time.sleep(chance.uniform(0, 1))
    box.demo('up')


def cut_the_power():
    """Nobody is left who knows what the others were doing."""
    for process in spoolers.processes:
        process.send_signal(signal.SIGKILL)
    kill_server_only()
    kill_database(box)
    kill_printer()
    box.demo('up')
    box.demo('printer-power', 'scheduler', 'on')


def unfinished():
    return int(box.sql(f"SELECT count(*) FROM platen.application WHERE number = ANY ('{{{','.join(numbers)}}}') AND state <> 'ready'")[0][0])


def tell_of(what):
    for line in operator.log[-40:]:
        print(f'# {line}')
    print(f'# {what}: {box.sql("SELECT number, state, printer, serial, reason FROM platen.card ORDER BY id DESC LIMIT 12")}')
    print(f'# {box.sql("SELECT spooler, leased_until, last_error FROM platen.print_order WHERE open LIMIT 5")}')
    print(f'# {box.demo("printer", "status")}')
    for line in (box.folder / 'spoolers.log').read_text().splitlines()[-12:]:
        print(f'# {line}', flush=True)


tap = Tap()
box = Box()
chance = random.Random(SEED)
model = box.approved(box.people()['renewal'][0])
numbers = [model, *box.multiply(model, min(CARDS, AT_ONCE) - 1)]
box.demo('printer', 'start', '--instances', '3')
box.hire('spooler', 'Print Service', 'operator')
box.ctl('emil', 'office', 'set', '--ask-after', '1440')

# Three blanks for each card: so many that the faults cannot use them up.
n_runs = -(-3 * CARDS // RUN) + 6
runs = [(f'B{FIRST + i * RUN:08d}', f'B{FIRST + (i + 1) * RUN - 1:08d}') for i in range(n_runs)]
box.ctl('chen', 'stock', 'receive', runs[0][0], runs[-1][1], '--lot', 'D1')
box.ctl('chen', 'stock', 'move', runs[0][0], runs[-1][1], 'safe')
truth = Truth(box)
operator = Operator(box, truth, PRINTERS, list(runs))
for i, printer in enumerate(PRINTERS):
    operator.load(printer)
    box.demo('printer', 'load', printer, 'ribbon', '120')
    for fault, probability in CHANCES.items():
        box.demo('printer', 'fault', printer, fault, '--chance', str(probability), '--seed', str(SEED + i))

spoolers = Spoolers(2)
kills = collections.Counter()
disasters = {'spooler': spoolers.kill, 'printer': kill_printer, 'print server': kill_server, 'database': kill_the_database,
             'everything': cut_the_power}
began = time.monotonic()
next_kill = began + KILL_EVERY
told = 0
while time.monotonic() < DEADLINE:
    if time.monotonic() > next_kill:
        what = chance.choices(list(disasters), (4, 3, 2, 1, 1))[0]
        operator.say(f'killed: {what}')
        disasters[what]()
        kills[what] += 1
        next_kill = time.monotonic() + chance.uniform(0.5, 1.5) * KILL_EVERY
    spoolers.look_after()
    operator.round()
    left = unfinished()
    wanted = min(CARDS - len(numbers), AT_ONCE - left)
    if time.monotonic() < CLOSING and (wanted >= AT_ONCE // 2 or 0 < wanted == CARDS - len(numbers)):
        numbers += box.multiply(model, wanted)
    if CARDS >= 200 and time.monotonic() - told > 30:
        told = time.monotonic()
        print(f'# {told - began:.0f} s: {len(numbers) - left} cards, {left} wait, {kills.total()} kills, {operator.asked} asked', flush=True)
    if left == 0 and not any(operator.paused.values()):
        break
took = time.monotonic() - began

# The evening: every printer is looked at once more, and what differs is explained.
for printer in PRINTERS:
    operator.stop_for(printer, 'The day is over.')
while (any(operator.paused.values()) or unfinished()) and time.monotonic() < DEADLINE + 60:
    operator.round()
ends = spoolers.end()
if unfinished():
    tell_of('not finished')
tap.claim(unfinished() == 0, f'{len(numbers)} applications of the day have their cards', unfinished())
tap.claim(ends == [0, 0], 'told to end, the spoolers end', ends)
delivered = [serial for first, last in runs for serial in run_of(first, last)]
wrong = Auditor(box, truth, numbers, delivered).audit()
faults = truth.total('faults')
doubtful = int(box.sql("SELECT count(*) FROM platen.event WHERE subject = 'card' AND what = 'doubtful'")[0][0])
print(f'# {dict(faults)}')
print(f'# {dict(kills)}; {operator.read_back} read back, {operator.asked} answered, {operator.explained} differences explained, {operator.allowed} allowed again,'
      f' {took:.0f} s, seed {SEED}')
print(f'# cards {len(truth.plastics())}, faults {faults.total()}, kills {kills.total()}, doubtful {doubtful}, wrong {len(wrong)}')
if wrong:
    tell_of('wrong')
tap.claim(not wrong, 'the auditor finds nothing wrong', '\n'.join(wrong))
tap.claim(faults.total() >= len(numbers) // 5 and kills.total() >= 2, 'and it was no quiet day', (faults, kills))
tap.end()
