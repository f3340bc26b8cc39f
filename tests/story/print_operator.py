# SPDX-License-Identifier: GPL-3.0-or-later
"""A print operator and a supervisor who work a whole day: they look at what lies in the trays, read cards back, load
blanks and ribbons, clear jams, answer for doubtful cards, and explain what of the stock is not where it should be."""

import json
import queue
import subprocess
import threading
import time

from box import PSQL, Refused
from print_truth import run_of

IN_PRINTER = ('reserved', 'rendered', 'sent', 'on_device')
LYING = ('out', 'doubtful')
FEW = 15
END = 'END-OF-ANSWER'


class Lost(Exception):
    """The connection went; nobody knows whether the last statement was done."""


class Session:
    """One member of staff at the database, as the window would be: signed in once, resumed after each fall."""

    def __init__(self, box, login):
        self.box = box
        self.login = login
        self.token = None
        self.process = None

    def open(self):
        self.process = subprocess.Popen([PSQL, '-XAtq', '-F', '\t'], env=self.box.env(self.login), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)
        self.lines = queue.Queue()
        threading.Thread(target=self.listen, args=(self.process, self.lines), daemon=True).start()
        if self.token is None:
            code = self.box.totp(self.login)
            self.token = self.ask(f"SELECT token FROM api.open_session ('{code}', 'Print room')")[0][0]
        else:
            self.ask(f"SELECT token FROM api.resume_session ('{self.token}')")

    @staticmethod
    def listen(process, lines):
        for line in process.stdout:
            lines.put(line.rstrip('\n'))
        lines.put(None)

    def ask(self, statement):
        """Rows of texts. Raises Refused with the sentence, or Lost."""
        if self.process is None:
            self.open()
        rows, refused = [], None
        try:
            self.process.stdin.write(f'{statement};\n\\echo {END}\n')
            self.process.stdin.flush()
            while (line := self.lines.get(timeout=120)) != END:
                if line is None or 'server closed the connection' in line or 'FATAL' in line or 'connection to server' in line:
                    raise Lost(line)
                if line.startswith('ERROR:'):
                    refused = line
                rows.append(line.split('\t'))
        except (OSError, queue.Empty, Lost) as error:
            self.process.kill()
            self.process.wait()
            self.process = None
            raise Lost(str(error)) from error
        if refused:
            raise Refused(1, refused)
        return rows


def quote(text):
    return "'" + str(text).replace("'", "''") + "'"


class Operator:
    def __init__(self, box, truth, printers, serials):
        self.box = box
        self.truth = truth
        self.printers = printers
        self.waiting_runs = serials          # of (first, last), to be loaded
        self.half_loaded = None              # booked, and not yet in the hopper
        self.chen = Session(box, 'chen')
        self.boris = Session(box, 'boris')
        self.seen = set()                    # plastic that has been dealt with
        self.paused = dict.fromkeys(printers)  # when it was stopped for being looked at
        self.read_back = self.asked = self.explained = self.allowed = 0
        self.log = []

    def say(self, text):
        self.log.append(f'{time.monotonic():.1f} {text}')

    # ---- at the database ----

    def cards(self, printer):
        """The cards that count, of a printer: number → (id, serial, state)"""
        rows = self.chen.ask(f"SELECT number, id, serial, state FROM api.card WHERE printer = {quote(printer)}"
                             " AND state NOT IN ('spoiled', 'cancelled', 'checked', 'issued') ORDER BY id")
        return {number: (identifier, serial, state) for number, identifier, serial, state in rows}

    def act(self, statement):
        """Whether it was done; what is refused is said and looked at again."""
        try:
            self.chen.ask(statement)
            return True
        except Refused as refused:
            self.say(f'refused: {refused.sentence[:200]}')
            return False

    # ---- at the printers ----

    def stand_at_printers(self):
        for status in json.loads(self.box.demo('printer', 'status', '--json')):
            name = status['name']
            if not status['power']:
                self.box.demo('printer', 'power', name, 'on')
                self.stop_for(name, 'It had no power.')
            elif status['ribbon'] == 0:
                self.box.demo('printer', 'load', name, 'ribbon', '120')
                self.stop_for(name, 'Its ribbon ended.')
            elif any(reason.startswith('media-jam') for reason in status['reasons']):
                self.box.demo('printer', 'clear', name)
                self.stop_for(name, 'A card jammed.')
            if status['blanks'] is None or status['blanks'] < FEW:
                self.load(name)
        self.wake_queues()

    def load(self, printer):
        """First by the books, then into the hopper; after a fall in between, the rest."""
        if self.half_loaded is None and self.waiting_runs:
            first, last = self.waiting_runs[0]
            line = f"SELECT to_place, to_holder FROM api.stock_line WHERE serial = '{first}' ORDER BY id DESC LIMIT 1"
            place, holder = self.chen.ask(line)[0]
            if place == 'safe':
                self.chen.ask(f"SELECT api.load_printer ({quote(printer)}, '{first}', '{last}')")
            else:
                printer = holder
            self.half_loaded = (printer, *self.waiting_runs.pop(0))
        if self.half_loaded is not None:
            self.box.demo('printer', 'load', *self.half_loaded)
            self.half_loaded = None

    def wake_queues(self):
        """A queue that stopped of itself: its jobs are taken away before it goes on, and their cards asked about."""
        server = self.box.env('chen')['CUPS_SERVER']
        told = subprocess.run(['lpstat', '-h', server, '-p'], capture_output=True, text=True).stdout
        for name in self.printers:
            if f'printer {name} disabled' in told:
                subprocess.run(['cancel', '-h', server, '-a', name], capture_output=True)
                subprocess.run(['cupsenable', '-h', server, name], capture_output=True)
                self.stop_for(name, 'Its queue had stopped.')

    def stop_for(self, printer, reason):
        if self.paused[printer] is None:
            self.say(f'{printer} is stopped: {reason}')
            self.paused[printer] = time.monotonic()

    # ---- at the trays ----

    def look_at_trays(self):
        self.truth.read()
        for printer in self.printers:
            cards = self.cards(printer)
            for plastic in self.truth.plastics(printer):
                if plastic.number in self.seen or plastic.tray == 'inside':
                    continue
                card = cards.get(plastic.card)
                if card and card[2] in LYING and self.is_good(plastic, card):
                    self.accept(plastic, card)
                elif not (card and card[2] in IN_PRINTER and plastic.whole and not plastic.altered and plastic.serial == card[1]):
                    self.stop_for(printer, f'Plastic {plastic.number} is not as it should be.')

    def is_good(self, plastic, card):
        return plastic.whole and not plastic.altered and plastic.serial == card[1] and self.truth.code(plastic) is not None

    def accept(self, plastic, card):
        """Read back: its code and its serial."""
        code, serial = quote(self.truth.code(plastic)), quote(plastic.serial)
        matched = self.chen.ask(f'SELECT matched FROM api.check_card ({card[0]}, {code}, {serial})')[0][0]
        if matched == 't':
            self.seen.add(plastic.number)
            self.read_back += 1
        else:
            self.stop_for(plastic.printer, f'Plastic {plastic.number} differs.')

    # ---- what is stopped is looked at in peace ----

    def look_closely(self):
        if any(self.paused.values()):
            self.finish_explaining()
        for printer in self.printers:
            if self.paused[printer] is None:
                continue
            self.chen.ask(f"SELECT api.pause_printing ({quote(printer)}, 'It is being looked at.')")
            if self.is_quiet(printer):
                self.settle(printer)
                self.chen.ask(f'SELECT api.resume_printing ({quote(printer)})')
                self.paused[printer] = None

    def is_quiet(self, printer):
        """Nothing is on its way to it or in it, for as long as a look takes."""
        for _ in range(2):
            status = next(one for one in json.loads(self.box.demo('printer', 'status', '--json')) if one['name'] == printer)
            if not status['power'] or status['state'] != 'idle' or status['inside']:
                return False
            if any(card[2] in IN_PRINTER for card in self.cards(printer).values()):
                return False
        return True

    def settle(self, printer):
        self.truth.read()
        cards = self.cards(printer)
        for plastic in sorted(self.truth.plastics(printer), key=lambda one: one.number):
            if plastic.number in self.seen:
                continue
            card = cards.pop(plastic.card, None)
            if card and self.is_good(plastic, card):
                self.accept(plastic, card)
            elif card is None or self.spoil(card, plastic):
                self.seen.add(plastic.number)
            else:
                return
        for number, card in cards.items():
            self.miss(number, card, printer)
        self.put_right(printer)

    def spoil(self, card, plastic):
        self.asked += 1
        reason = ('Its back is missing.' if not plastic.back else f'It is on blank {plastic.serial}.' if plastic.serial != card[1]
                  else f'It is not as it should be: {plastic.altered or plastic.tray}.')
        return self.act(f'SELECT api.spoil_card ({card[0]}, {quote(reason)})')

    def miss(self, number, card, printer):
        """No tray has it. Its blank lies in the feeder, or another card was made of that."""
        self.asked += 1
        identifier, serial, state = card
        if state == 'out':
            self.act(f"SELECT api.card_doubtful ({identifier}, 'It is in no tray.')")
        if serial in self.truth.hopper(printer):
            self.act(f"SELECT api.cancel_card ({identifier}, 'Its blank lies in the feeder.')")
        else:
            self.act(f"SELECT api.spoil_card ({identifier}, 'Its blank went elsewhere.')")
        self.say(f'{number} never came out')

    def put_right(self, printer):
        """What was spoiled is booked so; then the hopper is counted, and two people explain what differs."""
        runs = self.chen.ask("SELECT first, last FROM api.stock_run WHERE kind = 'blank' AND place = 'loaded'"
                             f" AND holder = {quote(printer)}")
        loaded = {serial for first, last in runs for serial in run_of(first, last)}
        for plastic in self.truth.plastics(printer):
            if plastic.hopper == 'main' and plastic.serial in loaded:
                self.act(f"SELECT api.move_stock ('{plastic.serial}', '{plastic.serial}', 'spoiled', 'It came out of the printer.')")
        hopper = self.truth.hopper(printer)
        count, missing, surplus = self.chen.ask("SELECT count_id, cardinality (missing), cardinality (surplus) FROM api.count_stock ("
                                                f"'blank', 'loaded', {quote(printer)}, {quote(' '.join(hopper))})")[0]
        if (missing, surplus) != ('0', '0'):
            proposal = self.chen.ask(f"SELECT api.explain_count ({count}, 'count', 'A card was booked on it that came on another.')")[0][0]
            self.boris.ask(f'SELECT api.confirm_stock ({proposal})')
            self.explained += 1

    def finish_explaining(self):
        """What a fall left half done."""
        for count, in self.chen.ask('SELECT id FROM api.stock_count WHERE unexplained > 0'):
            for proposal, in self.chen.ask(f"SELECT id FROM api.stock_proposal WHERE state = 'open' AND count_id = {count}"):
                self.boris.ask(f'SELECT api.refuse_stock ({proposal})')
            proposal = self.chen.ask(f"SELECT api.explain_count ({count}, 'count', 'What was counted is right.')")[0][0]
            self.boris.ask(f'SELECT api.confirm_stock ({proposal})')

    def look_at_failures(self):
        """What was spoiled as often as the office makes again by itself waits for a supervisor; the rest is tried once more."""
        for application, error in self.chen.ask("SELECT application_id, last_error FROM api.print_queue WHERE state = 'failed' LIMIT 20"):
            if 'this office makes' in error or 'lets one person make' in error:
                self.boris.ask(f"SELECT api.allow_reprint ({application}, 'Its cards were spoiled by the printers.')")
                self.allowed += 1
            self.say(f'released: {error[:120]}')
            self.chen.ask(f"SELECT count(*) FROM api.release_print_orders ('{{\"ids\": [{application}]}}', 'Once more.')")

    def round(self):
        """One look at everything. What was cut short is looked at again in the next."""
        try:
            self.stand_at_printers()
            self.look_at_trays()
            self.look_closely()
            self.look_at_failures()
        except (Lost, Refused, subprocess.TimeoutExpired) as error:
            self.say(f'cut short: {error}')
            time.sleep(0.3)
