#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What waits is printed by itself, each card once: spoolers are killed wherever that hurts, two share the work, the
database goes away and comes back, a printer jams, the power is cut. At the end each application has one card that is
out, or a person is asked. PLATEN_LONG=N prints N cards with ever more deaths."""

import configparser
import json
import os
import pathlib
import random
import re
import signal
import stat
import subprocess
import threading
import time

from box import PRINTER, Box, Tap, wait_for
from database import kill_database
from print_servers import PrintServer, first_device

LONG = int(os.environ.get('PLATEN_LONG', '0'))
CRASH_POINTS = ('reserved', 'rendered', 'created', 'held', 'sent', 'released', 'ended', 'taken-away')
LEASE = ('--lease', '3')

tap = Tap()
box = Box()
seed = int(os.environ.get('PLATEN_SEED', '20261122'))
chance = random.Random(seed)
model = box.approved(box.people()['renewal'][0])
numbers = [model]
stopped = ['']  # whose holder gets no card now
asked = []  # cards that the print server may have printed twice: they came out, and once more


class Spooler:
    """platenctl spool, and what it has said."""

    def __init__(self, *words, login='chen', **options):
        self.process = box.popen(login, 'spool', *LEASE, *words, **options)
        self.events = []
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.events.append(json.loads(line))

    def said(self, kind):
        return [event for event in self.events if event['event'] == kind]

    def end(self, number=signal.SIGTERM, seconds=90):
        """Its exit status."""
        if number:
            self.process.send_signal(number)
        status = self.process.wait(timeout=seconds)
        self.reader.join(10)
        self.trouble = self.process.stderr.read().decode()
        return status


def more(n):
    made = box.multiply(model, n)
    numbers.extend(made)
    return made


def cards():
    """application number → the cards that count, as (number, state)"""
    found = {number: [] for number in numbers}
    for number, card, state in box.sql("SELECT a.number, c.number, c.state FROM platen.card c JOIN platen.application a ON"
                                       " a.id = c.application_id WHERE c.state NOT IN ('cancelled', 'spoiled') ORDER BY c.id"):
        found[number].append((card, state))
    return found


def wait_for_none(statement):
    """What @statement finds still after some seconds."""
    wait_for(lambda: not box.sql(statement), 10)
    return box.sql(statement)


def job_name(path):
    """Under which name the print system had what came out."""
    told = path.with_suffix('.env').read_text() if path.with_suffix('.env').exists() else ''
    return ' '.join(line for line in told.splitlines() if 'job-name' in line.lower() or 'JOB_NAME' in line) or path.name


def check(what):
    """Nothing lost, nothing twice: as many cards came out of the printer as applications there are."""
    state = cards()
    wrong = {number: found for number, found in state.items() if [one[1] for one in found] != ['out']}
    tap.claim(not wrong, f'{what}: each application has one card, and it is out', (wrong, wrong and box.sql(
        "SELECT c.number, e.at, e.what, e.text, e.why FROM platen.card c JOIN platen.event e ON e.card_id = c.id"
        f" WHERE c.application_id IN (SELECT id FROM platen.application WHERE number = ANY ('{{{','.join(wrong)}}}')) ORDER BY e.id")))
    names = sorted(job_name(path) for path in box.printed())
    tap.claim(len(names) == len(numbers) + len(asked), f'{what}: and none was printed twice without a question', '\n'.join([str(len(numbers)), *names]))
    left = wait_for_none(f"""SELECT o.* FROM platen.print_order o JOIN platen.application a ON a.id = o.application_id
                                WHERE (o.open OR o.leased_until > clock_timestamp ()) AND a.number NOT IN ('{"', '".join(stopped)}')""")
    tap.claim(not left, f'{what}: nothing is left in the queue, and nothing leased', left)
    sums = box.sql("""SELECT (SELECT count (*) FROM platen.blank b WHERE b.place <> coalesce ((SELECT l.to_place FROM platen.stock_ledger l
                        WHERE l.serial = b.serial ORDER BY l.id DESC LIMIT 1), 'supplier')),
                      (SELECT count (*) FROM platen.blank WHERE place <> 'safe') - (SELECT count (*) FROM platen.card WHERE state <> 'cancelled')""")
    tap.claim(sums == [['0', '0']], f'{what}: the stock adds up', sums)


# It dies at each point, also of what those before it left; the next one goes on with all of it.
more(len(CRASH_POINTS) - 1)
for point in CRASH_POINTS:
    spooler = Spooler('--once', '--limit', '1', extra={'PLATEN_TEST_CRASH_AT': point})
    tap.claim(spooler.end(None) == -signal.SIGKILL, f'{point}: killed there', (spooler.events, spooler.trouble))
spooler = Spooler('--once')
status = spooler.end(None, 180)
tap.claim(status == 0 and spooler.said('ended') and not spooler.said('waiting'), 'the next one finishes', (status, spooler.events, spooler.trouble))
check('crash points')

# Two at once, and one of them dies now and then; the print server and the database go and come back.
more(LONG or 8)
spoolers = [Spooler(), Spooler()]
deadline = time.monotonic() + 240 + 10 * LONG
n_killed = 0
trouble = [lambda: kill_database(box), lambda: box.demo('up')]
while time.monotonic() < deadline and (n_killed < 3 or any([one[1] for one in found] != ['out'] for found in cards().values())):
    time.sleep(chance.uniform(0.2, 2.5))
    victim = chance.randrange(2)
    spoolers[victim].end(signal.SIGKILL)
    spoolers[victim] = Spooler()
    n_killed += 1
    if n_killed == 1 or (LONG and n_killed % 20 == 0):
        for step in trouble:
            step()
            time.sleep(1)
    elif n_killed >= 3:
        wait_for(lambda: all([one[1] for one in found] == ['out'] for found in cards().values()), 30)
ends = [spooler.end() for spooler in spoolers]
tap.claim(ends == [0, 0], 'told to end, they end', [(spooler.events, spooler.trouble) for spooler in spoolers])
check(f'{n_killed} deaths, seed {seed}')

def answer_doubts():
    """What a person would find in the tray: the card, once or twice, or nothing."""
    for card, in box.sql("SELECT number FROM platen.card WHERE state = 'doubtful'"):
        n = sum(card in job_name(path) for path in box.printed())
        if n > 0:
            box.ctl('chen', 'card', 'came-out', card)
            asked.extend([card] * (n - 1))
        else:
            box.ctl('chen', 'card', 'cancel', card, '--reason', 'Nothing came out')


# For longer, by hand: the print server, too, at any moment.
if LONG:
    more(LONG)
    spoolers = [Spooler() for _ in range(3)]
    began, n_killed = time.monotonic(), 0
    while any([one[1] for one in found] != ['out'] for found in cards().values()) and time.monotonic() < began + 60 + 12 * LONG:
        time.sleep(chance.uniform(0.5, 8))
        what = chance.randrange(6)
        if what == 0:
            box.demo('printer-power', 'scheduler', 'off')
            time.sleep(chance.uniform(0, 3))
            box.demo('printer-power', 'scheduler', 'on')
        elif what == 1:
            kill_database(box)
            time.sleep(chance.uniform(0, 3))
            box.demo('up')
        else:
            victim = chance.randrange(3)
            spoolers[victim].end(signal.SIGKILL)
            spoolers[victim] = Spooler()
        n_killed += 1
        print(f'# {n_killed} {what} {int(time.monotonic() - began)} s, {len(box.printed())} printed', flush=True)
        answer_doubts()
    ends = [spooler.end() for spooler in spoolers]
    answer_doubts()
    print(f'# cards {len(numbers)}, faults {n_killed}, asked {len(asked)}, seed {seed}', flush=True)
    check('for long')

# The print server is killed while a card is in the printer, and prints it once more when it is back (CUPS 2.4): asked.
box.demo('printer-fault', 'seconds:2')
spooler = Spooler()
number, = more(1)
wait_for(lambda: any(state in ('sent', 'on_device') for _, state in cards()[number]))
box.demo('printer-power', 'scheduler', 'off')
box.demo('printer-power', 'scheduler', 'on')
tap.claim(wait_for(lambda: spooler.said('doubtful')), 'a card that the print server may have printed twice is asked about',
          (spooler.events, cards()[number]))
box.demo('printer-fault', 'none')
box.demo('printer-fault', 'seconds:0')
card = box.ctl('chen', 'card', 'show', cards()[number][0][0])
tap.claim('twice' in card['reason'] and card['asked_about'], 'and it is said why', card)
wait_for(lambda: len(box.printed()) == len(numbers) + 1, 10)
box.ctl('chen', 'card', 'came-out', card['number'])
asked += [card['number']] * (len(box.printed()) - len(numbers))
tap.claim(spooler.end() == 0, 'the spooler goes on', spooler.trouble)
check('print server')

# Power is cut: spooler and print server die in the same moment, and the database with them, wherever the card is just then.
# What the print server has spooled of it it prints, or prints once more, when it is back. Nothing is sent again, and nobody
# is left to guess.
def is_at(number, *wanted):
    return any(state in wanted for _, state in cards()[number])


def n_begun(card):
    """How often the printer was sent a job of this card."""
    lines = (box.box / f'printer/devices/{PRINTER}/journal').read_text().splitlines()
    return sum('"begin"' in line and f'platen:{card}:' in line for line in lines)


def cut_power(number, moment):
    """Prints @number until then. Returns the number of its card."""
    spooler = Spooler(extra={'PLATEN_TEST_CRASH_AT': moment})
    if ' ' in moment:
        wait_for(lambda: is_at(number, 'on_device'))
        time.sleep(1.3 if moment == 'as it ends' else 0.4)
        spooler.process.kill()
    status = spooler.process.wait(timeout=60)
    box.demo('printer-power', 'scheduler', 'off')
    if moment in ('sent', 'in the printer'):
        kill_database(box)
        box.demo('up')
    box.demo('printer-power', 'scheduler', 'on')
    tap.claim(status == -signal.SIGKILL, f'{moment}: killed there', (status, spooler.events))
    return box.sql(f"SELECT c.number FROM platen.card c JOIN platen.application a ON a.id = c.application_id WHERE a.number = '{number}'")[0][0]


box.demo('printer-fault', 'seconds:1')
for moment in ('held', 'sending', 'sent', 'released', 'in the printer', 'as it ends'):
    number, = more(1)
    card = cut_power(number, moment)
    spooler = Spooler()
    wait_for(lambda: is_at(number, 'doubtful', 'out'))
    told = box.sql(f"SELECT what, why FROM platen.event e JOIN platen.card c ON c.id = e.card_id WHERE c.number = '{card}' ORDER BY e.id")
    # Where the document had not left, or the printer was done before, it is known what became of the card.
    known = moment == 'held' or (moment == 'as it ends' and n_begun(card) == 1 and is_at(number, 'out'))
    tap.claim(is_at(number, 'out') if known else cards()[number] == [(card, 'doubtful')],
              f'{moment}: {"one is made" if known else "whether it came out is asked, and no other is made"}', (cards()[number], told))
    tap.claim(spooler.end() == 0, f'{moment}: the next spooler goes on', spooler.trouble)
    wait_for(lambda: sum(card in job_name(path) for path in box.printed()) == n_begun(card), 15)
    found = sum(card in job_name(path) for path in box.printed())
    if found and not known:
        box.ctl('chen', 'card', 'came-out', card)
        asked += [card] * (found - 1)
    elif not known:
        box.ctl('chen', 'card', 'cancel', card, '--reason', 'Nothing came out')
        tap.claim(Spooler('--once').end(None) == 0 and is_at(number, 'out'), f'{moment}: then another is made', cards()[number])
box.demo('printer-fault', 'none')
box.demo('printer-fault', 'seconds:0')
check('power cut')

# CUPS as it comes writes down only now and then what became of its jobs. Killed after a card is out, it begins again with a job
# that prints: it must not find it. (Here every two seconds instead of thirty.)
def forgetful_scheduler():
    """The scheduler of the box with the settings that it comes with; and where it keeps its jobs."""
    state = configparser.ConfigParser()
    state.read(box.box / 'printer/printer.ini')
    folder = pathlib.Path(state['scheduler main']['folder'])
    settings = (folder / 'etc/cupsd.conf').read_text()
    own = folder / 'etc/forgetful.conf'
    own.write_text(settings.replace('DirtyCleanInterval 0', 'DirtyCleanInterval 2').replace('PreserveJobFiles No', 'PreserveJobFiles 86400'))
    box.demo('printer-power', 'scheduler', 'off')
    server = subprocess.Popen(['/usr/sbin/cupsd', '-f', '-c', own, '-s', folder / 'etc/cups-files.conf'])
    wait_for(lambda: subprocess.run(['lpstat', '-h', SERVER, '-r'], capture_output=True, text=True).stdout.startswith('scheduler is running'))
    return server, folder / 'spool'


def written_down(spool):
    return sorted(file.name for file in spool.iterdir() if file.is_file() and file.name[0] == 'c')


SERVER = box.env('chen')['CUPS_SERVER']
server, spool = forgetful_scheduler()
before = written_down(spool)
box.demo('printer-fault', 'seconds:3')
spooler = Spooler()
number, = more(1)
kept = wait_for(lambda: [name for name in written_down(spool) if name not in before])
tap.claim(kept and is_at(number, 'sent', 'on_device'), 'while a card prints the print server writes down that it does', kept)
wait_for(lambda: is_at(number, 'out'))
server.kill()
server.wait()
tap.claim(is_at(number, 'out') and written_down(spool) == before, 'of a card that is out nothing is left there', (cards()[number], written_down(spool)))
server, _ = forgetful_scheduler()
time.sleep(4)
tap.claim(n_begun(cards()[number][0][0]) == 1, 'and nothing is printed again when it begins again', box.printed())
tap.claim(spooler.end() == 0, 'the spooler goes on', spooler.trouble)
server.kill()
server.wait()
box.demo('printer-fault', 'seconds:0')
box.demo('printer-power', 'scheduler', 'on')
check('a forgetful print server')

# Settings with which the print server would print a card again by itself.
def set_policy(policy):
    subprocess.run(['lpadmin', '-h', box.env('chen')['CUPS_SERVER'], '-p', PRINTER, '-o', f'printer-error-policy={policy}'],
                   check=True, stderr=subprocess.DEVNULL)


set_policy('retry-job')
spooler = Spooler()
tap.claim(wait_for(lambda: spooler.said('printer-refused') and spooler.said('waiting')),
          'a printer that would repeat a job is refused in words', spooler.events)
set_policy('stop-printer')
tap.claim(wait_for(lambda: spooler.said('printer-used')) and spooler.end() == 0, 'and used when it would not', spooler.events)

# The office's print server passes its cards on to another one, encrypted and with a password: two of CUPS.
behind = PrintServer(passwords={'clerk': 'right'})
behind.add(PRINTER, first_device(box))
front = PrintServer()
front.add(PRINTER, behind.uri(PRINTER, 'clerk:right@'))
config = box.folder / 'front.conf'
config.write_text(re.sub('^server=.*', f'server={front.address}', pathlib.Path(box.env('chen')['PLATEN_CONFIG']).read_text(),
                         flags=re.M))
through = {'PLATEN_CONFIG': str(config)}


def spool_one():
    """Prints one more card by both. Returns its spooler and its application."""
    number, = more(1)
    return Spooler('--limit', '1', extra=through), number


def its_jobs(number):
    """The states of its jobs at the second server."""
    card = cards()[number][0][0]
    return [state for name, state in behind.jobs() if f'platen:{card}:' in name]


spooler, number = spool_one()
tap.claim(spooler.end(None) == 0 and is_at(number, 'out') and its_jobs(number) == ['completed'],
          'a card goes through two print servers, and is found again by its name in the second', (spooler.events, behind.jobs()))

behind.set_passwords({'clerk': 'another'})
spooler, number = spool_one()
tap.claim(wait_for(lambda: spooler.said('printer-refused'), 60) and 'lpadmin -p NAME' in spooler.said('printer-refused')[-1]['text']
          and its_jobs(number) == [], 'where the second takes the password no more it is said what to do, and nothing is lost',
          (spooler.events, front.jobs(), behind.jobs()))
front.lpadmin('-p', PRINTER, '-v', behind.uri(PRINTER, 'clerk:another@'), '-o', 'auth-info-required=none')
front.release(cards()[number][0][0])
tap.claim(wait_for(lambda: is_at(number, 'out'), 60) and spooler.end(None) == 0 and its_jobs(number) == ['completed'],
          'with the right one the card that waited comes, once', (spooler.events, front.jobs(), behind.jobs()))

behind.kill()
behind.forget_certificate()
behind.start()
spooler, number = spool_one()
tap.claim(wait_for(lambda: spooler.said('printer-refused'), 60)
          and 'another certificate than before' in spooler.said('printer-refused')[-1]['text'] and not cards()[number],
          'where the second shows another certificate nothing is sent', (spooler.events, cards()[number]))
pins = pathlib.Path(re.search('“(/[^”]*)”', spooler.said('printer-refused')[-1]['text'])[1])
pins.write_text(re.sub(f'^{behind.address}=.*\n', '', pins.read_text(), flags=re.M))
tap.claim(wait_for(lambda: spooler.said('printer-trouble')) and 'certificate' in spooler.said('printer-trouble')[-1]['text']
          and 'cupsenable' in box.ctl('chen', 'printer', 'show', PRINTER, extra=through)['advice'] and its_jobs(number) == [],
          'and when that is settled here the first print server does not trust it, either', (spooler.events, cards()[number]))
front.trust_again(PRINTER)
box.demo('printer-fault', 'seconds:2')
wait_for(lambda: is_at(number, 'on_device') and behind.jobs()[-1][1] == 'processing', 60)
behind.kill()
behind.start()
tap.claim(wait_for(lambda: is_at(number, 'doubtful'), 60), 'the second is killed while it prints: asked', (spooler.events, cards()[number]))
card = cards()[number][0][0]
box.demo('printer-fault', 'none')
box.demo('printer-fault', 'seconds:0')
spooler.end()
wait_for(lambda: all(state != 'processing' for _, state in behind.jobs()), 20)
found = sum(card in job_name(path) for path in box.printed())
if found:
    box.ctl('chen', 'card', 'came-out', card)
    asked += [card] * (found - 1)
else:
    box.ctl('chen', 'card', 'cancel', card, '--reason', 'Nothing came out')
    tap.claim(Spooler('--once').end(None) == 0 and is_at(number, 'out'), 'then another is made', cards()[number])
check('two print servers')

# What only waits in a queue that stops is taken back, and goes to another printer.
def queue(command):
    subprocess.run([f'/usr/sbin/{command}', '-h', SERVER, PRINTER], check=True)


spooler = Spooler()
box.demo('printer-fault', 'seconds:12')
subprocess.run(['lp', '-h', SERVER, '-d', PRINTER, '-t', 'stranger', box.printed()[0]], check=True, stdout=subprocess.DEVNULL)
number, = more(1)
wait_for(lambda: is_at(number, 'sent'))
box.demo('printer', 'start', 'second')
queue('cupsdisable')
tap.claim(wait_for(lambda: spooler.said('taken-back')) and wait_for(lambda: is_at(number, 'out')), 'a card that only waits there is taken back',
          (spooler.events, cards()[number]))
card = box.ctl('chen', 'card', 'show', cards()[number][0][0])
tap.claim(card['printer'] == 'second' and 'was stopped before' in spooler.said('taken-back')[-1]['text'], 'and made by another printer', card)
tap.claim(spooler.end() == 0, 'the spooler goes on', spooler.trouble)
subprocess.run(['cancel', '-h', SERVER, '-a', PRINTER], check=True)
queue('cupsenable')
box.demo('printer-fault', 'seconds:0')
box.demo('printer', 'stop', 'second')
wait_for(lambda: ' idle ' in box.demo('printer', 'status'))
asked += ['stranger'] * sum('platen' not in job_name(path) for path in box.printed())
check('stopped queue')

# Between two cards a queue hears nothing of its printer: a ribbon that was changed then is no trouble any more.
box.demo('printer', 'load', PRINTER, 'ribbon', '1')
spooler = Spooler()
number, = more(1)
tap.claim(wait_for(lambda: is_at(number, 'out')) and wait_for(lambda: spooler.said('printer-trouble')) and 'ibbon' in
          spooler.said('printer-trouble')[-1]['text'], 'a ribbon that ends is told', spooler.events)
number, = more(1)
box.demo('printer', 'load', PRINTER, 'ribbon', '1000')
tap.claim(wait_for(lambda: is_at(number, 'out')), 'and with another the next card is printed', (spooler.events, cards()[number]))
tap.claim(spooler.end() == 0, 'the spooler goes on', spooler.trouble)
check('ribbon')

# A jam: what is in the printer stays there, what was drawn ahead goes back when the spooler is told to end.
box.demo('printer-fault', 'media-jam')
first, frozen, second = more(3)
spooler = Spooler()
wait_for(lambda: any(state in ('sent', 'on_device') for _, state in cards()[first]))
tap.claim(wait_for(lambda: spooler.said('printer-trouble')), 'a jam is told', spooler.events)
tap.claim('jam' in spooler.said('printer-trouble')[-1]['text'], 'in words', spooler.said('printer-trouble'))
shown = box.ctl('chen', 'printer', 'show', PRINTER)
tap.claim('Take the card out' in shown['advice'], 'with what to do now', shown)
# A stop comes: what was drawn ahead is taken back within a second.
card = wait_for(lambda: [card for card, state in cards()[frozen] if state == 'rendered'])[0]
box.ctl('boris', 'card', 'freeze', card, '--reason', 'A court order')
began = time.monotonic()
wait_for(lambda: not cards()[frozen], 10)
tap.claim(time.monotonic() - began < 2 and wait_for(lambda: spooler.said('frozen')) and box.sql(
    f"SELECT state FROM platen.card WHERE number = '{card}'") == [['cancelled']], 'a card that a stop freezes is not sent',
          (time.monotonic() - began, spooler.events, cards()[frozen]))
numbers.remove(frozen)
stopped.append(frozen)
wait_for(lambda: [card for card, state in cards()[second] if state == 'rendered'])
status = spooler.end()
left = wait_for_none(f"""SELECT 1 FROM platen.print_order o JOIN platen.application a ON a.id = o.application_id
                            WHERE o.spooler IS NOT NULL AND a.number IN ('{first}', '{second}')""")
tap.claim(status == 0 and not cards()[second] and not left,
          'what was not sent is given back at the end, and so are the leases', (status, cards(), spooler.events))
tap.claim(not [event for event in spooler.events if '\n' in event['text'] or 'court order' in event['text']],
          'and what people said against a holder stands in no journal', spooler.events)
box.demo('printer-fault', 'none')

# As a service: a login of its own, whose second factor is a file; told to read its configuration again it begins again.
box.hire('spooler', 'Print Service', 'operator')
factor = box.folder / 'factor'
factor.write_text(box.hired['spooler'].uri + '\n')
factor.chmod(0o644)
box.signed_in.add('spooler')
sentence = box.refused('spooler', 'spool', '--once', '--second-factor', factor)
tap.claim('others may read' in sentence, 'a second factor that others may read is none', sentence)
factor.chmod(0o600)
service = Spooler('--second-factor', factor, login='spooler')
tap.claim(wait_for(lambda: len(service.said('out')) == 2), 'it signs in by itself, finishes what was under way, and prints',
          service.events)
tap.claim(any(event['application'] == first for event in service.said('found')), 'what is under way is listed as it begins',
          service.events)
check('service')
n_said = len(service.events)
service.process.send_signal(signal.SIGHUP)
tap.claim(wait_for(lambda: any(event['event'] == 'printer-used' for event in service.events[n_said:]), 60),
          'it begins again', service.events[n_said:])
more(1)
tap.claim(wait_for(lambda: len(service.said('out')) == 3), 'and prints what is approved then', service.events)
if LONG:
    box.sql("UPDATE platen.session SET ended_at = clock_timestamp () WHERE staff_id = (SELECT id FROM platen.staff WHERE login = 'spooler')")
    more(1)
    tap.claim(wait_for(lambda: len(service.said('out')) == 4, 120), 'whose session is ended signs in again', (service.events, service.trouble
              if service.process.poll() is not None else ''))
    # The database says how long a session lasts: 48 seconds stand for twelve hours, after 44 of which a new one is opened.
    own = "WHERE staff_id = (SELECT id FROM platen.staff WHERE login = 'spooler')"
    box.sql(f"""ALTER TABLE platen.session ALTER expires_at SET DEFAULT clock_timestamp () + interval '48 seconds';
                UPDATE platen.session SET ended_at = clock_timestamp () {own} AND ended_at IS NULL""")
    wait_for(lambda: int(box.sql(f'SELECT count (*) FROM platen.session {own}')[0][0]) == 3, 60)
    n_said, n_out, began = len(service.events), len(service.said('out')), time.monotonic()
    while time.monotonic() < began + 120:
        number, = more(1)
        wait_for(lambda: is_at(number, 'out', 'doubtful'))
    n_opened = int(box.sql(f'SELECT count (*) FROM platen.session {own}')[0][0])
    tap.claim(n_opened >= 5 and {event['event'] for event in service.events[n_said:]} == {'sent', 'out'},
              'and one whose session comes to its end opens another before that', (n_opened, service.events[n_said:]))
status = service.end()
tap.claim(status == 0 and stat.S_IMODE(factor.stat().st_mode) == 0o600, 'and ends', (status, service.trouble))
check('at the end')
tap.end()
