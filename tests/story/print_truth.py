# SPDX-License-Identifier: GPL-3.0-or-later
"""What the virtual card printers did to each blank, from their own journals: the truth against which the
office's books are held. Nothing here asks Platen."""

import collections
import json
import pathlib
import re
import subprocess


def run_of(first, last):
    width = len(first) - 1
    return [f'{first[0]}{number:0{width}d}' for number in range(int(first[1:]), int(last[1:]) + 1)]


class Plastic:
    """One blank that left a hopper."""

    def __init__(self, printer, line):
        self.printer = printer
        self.number = line['card']
        self.serial = line['serial']
        self.hopper = line['hopper']
        self.job_name = line['job_name']
        self.front = self.back = False
        self.altered = ''
        self.tray = 'inside'

    @property
    def card(self):
        """The number of the card as a person reads its name; None of a blank that was not printed."""
        found = re.match('platen:([^:]+):', self.job_name)
        return found[1] if found and self.front else None

    @property
    def whole(self):
        return self.front and self.back and self.tray == 'output' and self.hopper == 'main'


class Journal:
    """Of one printer; read on from where it ended last."""

    def __init__(self, path):
        self.path = path
        self.printer = path.parent.name
        self.at = 0
        self.hopper = collections.deque()
        self.loaded = []
        self.plastics = {}
        self.begun = collections.Counter()   # job name: how often the printer was sent it
        self.faults = collections.Counter()

    def read(self):
        if not self.path.exists():
            return
        with self.path.open() as file:
            file.seek(self.at)
            while (line := file.readline()).endswith('\n'):
                self.at = file.tell()
                self.take(json.loads(line))

    def take(self, line):
        what = line['what']
        if what == 'load' and 'first' in line:
            self.hopper.extend(run_of(line['first'], line['last']))
            self.loaded += run_of(line['first'], line['last'])
        elif what == 'begin':
            self.begun[line['job_name']] += 1
            if line['fault']:
                self.faults[line['fault']] += 1
        elif what == 'feed':
            self.plastics[line['card']] = Plastic(self.printer, line)
            if line['hopper'] == 'main':
                assert self.hopper.popleft() == line['serial'], line
        elif what in ('front', 'back'):
            plastic = self.plastics[line['card']]
            setattr(plastic, what, True)
            plastic.altered = plastic.altered or line['alter']
        elif what == 'eject':
            self.plastics[line['card']].tray = line['tray']


class Truth:
    def __init__(self, box):
        self.folder = box.box / 'printer'
        self.scratch = box.folder
        self.journals = {}
        self.codes = {}

    def read(self):
        for path in sorted(self.folder.glob('devices/*/journal')):
            self.journals.setdefault(path.parent.name, Journal(path)).read()
        return self

    def hopper(self, printer):
        return list(self.journals[printer].hopper)

    def plastics(self, printer=None):
        return [plastic for name, journal in self.journals.items() if printer in (None, name)
                for plastic in journal.plastics.values()]

    def total(self, member):
        return sum((getattr(journal, member) for journal in self.journals.values()), collections.Counter())

    def code(self, plastic):
        """The text of the QR code on its back as another's program reads it from the picture; None if it cannot."""
        if plastic.number not in self.codes:
            try:
                self.codes[plastic.number] = self.read_code(plastic) if plastic.back else None
            except subprocess.CalledProcessError:   # its picture is still being written, or was cut off with the power
                return None
        return self.codes[plastic.number]

    def read_code(self, plastic):
        if plastic.altered == 'smear':   # only the printer's own picture of the card shows that
            return None
        stem = self.scratch / f'code-{plastic.number}'
        document = self.folder / 'out' / f'card-{plastic.number:04d}.pdf'
        for draw in (['mutool', 'draw', '-q', '-r', '200', '-c', 'gray', '-A', '0', '-o', f'{stem}.pgm', document, '2'],
                     ['pdftoppm', '-q', '-singlefile', '-gray', '-f', '2', '-l', '2', '-r', '300', document, stem]):
            subprocess.run(draw, check=True, stderr=subprocess.DEVNULL)
            told = subprocess.run(['ZXingReader', '-format', 'QRCode', f'{stem}.pgm'], capture_output=True, text=True).stdout
            pathlib.Path(f'{stem}.pgm').unlink()
            found = re.search(r'^Text: *"(.*)"$', told, re.M)
            if found:
                return found[1]
        return None
