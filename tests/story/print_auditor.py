# SPDX-License-Identifier: GPL-3.0-or-later
"""An auditor who trusts nobody: the plastic against the tables of the database, read with psql. No code of Platen's
is asked, and what the printers kept is the truth."""

import collections


class Auditor:
    def __init__(self, box, truth, applications, delivered):
        self.box = box
        self.truth = truth.read()
        self.applications = applications
        self.delivered = delivered
        self.wrong = []
        self.plastics = {plastic.number: plastic for plastic in truth.plastics()}
        self.by_serial = {plastic.serial: plastic for plastic in truth.plastics() if plastic.hopper == 'main'}
        rows = box.sql("""SELECT c.number, a.number, c.serial, c.state, encode (convert_to (coalesce (f.qr_text, ''), 'UTF8'), 'hex')
                            FROM platen.card c JOIN platen.application a ON a.id = c.application_id
                            LEFT JOIN platen.card_file f ON f.card_id = c.id ORDER BY c.id""")
        self.cards = {number: (application, serial, state, bytes.fromhex(code).decode())
                      for number, application, serial, state, code in rows}

    def claim(self, fine, text):
        if not fine:
            self.wrong.append(text)

    def audit(self):
        self.check_applications()
        self.check_checked()
        self.check_copies()
        self.check_blanks()
        self.check_accounts()
        return self.wrong

    def check_applications(self):
        """None is lost, and each has one card that somebody has read back."""
        live = collections.defaultdict(list)
        for number, (application, _, state, _) in self.cards.items():
            if state not in ('spoiled', 'cancelled'):
                live[application].append((number, state))
        for application in self.applications:
            found = live.pop(application, [])
            self.claim([state for _, state in found] == ['checked'], f'application {application} has the cards {found}')
        self.claim(not live, f'cards of applications that nobody made: {dict(live)}')
        states = self.box.sql("SELECT number, state FROM platen.application WHERE state <> 'ready'")
        self.claim(not states, f'applications that are not ready: {states[:9]}')

    def check_checked(self):
        """What was accepted is a whole card of the right blank, and its code is that of its record."""
        for number, (_, serial, state, code) in self.cards.items():
            if state != 'checked':
                continue
            plastic = self.by_serial.get(serial)
            if plastic is None:
                self.claim(False, f'card {number} is checked, and blank {serial} never left a hopper')
                continue
            self.claim(plastic.whole and not plastic.altered,
                       f'card {number} is checked, and the plastic {plastic.number} is {vars(plastic)}')
            self.claim(self.truth.code(plastic) == code, f'card {number} is checked, and plastic {plastic.number} shows another code')

    def check_copies(self):
        """A print server that was killed may repeat a job by itself when it is back: then a person was asked. So was one before
        a second card of an application."""
        asked = {row[0] for row in self.box.sql("""SELECT DISTINCT c.number FROM platen.card c JOIN platen.event e ON e.card_id = c.id
                    WHERE e.what IN ('doubtful', 'spoiled', 'cancelled')""")}
        for name, n in self.truth.total('begun').items():
            self.claim(n == 1 or not name.startswith('platen:') or name.split(':')[1] in asked,
                       f'{name} was sent {n} times, and nobody was asked')
        answered = {row[0] for row in self.box.sql("""SELECT DISTINCT c.number FROM platen.card c JOIN platen.event e ON e.card_id = c.id
                       WHERE e.what IN ('spoiled', 'cancelled') AND e.staff_id IS NOT NULL AND btrim (coalesce (e.why, '')) <> ''""")}
        for number, (application, _, state, _) in self.cards.items():
            self.claim(state not in ('spoiled', 'cancelled') or number in answered,
                       f'card {number} of {application} is {state}, and nobody was asked')
        for plastic in self.plastics.values():
            self.claim(plastic.card is None or plastic.card in self.cards, f'plastic {plastic.number} shows an unknown card')
            self.claim(plastic.card is None or self.cards[plastic.card][2] == 'checked' or plastic.card in answered,
                       f'plastic {plastic.number} shows card {plastic.card}, of which nobody was asked')
            self.claim(plastic.tray != 'inside', f'plastic {plastic.number} is still in printer {plastic.printer}')

    def check_blanks(self):
        """Each blank that was delivered is where the ledger has it."""
        booked = {serial: (place, holder) for serial, place, holder in
                  self.box.sql("SELECT serial, place, holder FROM platen.blank WHERE kind = 'blank' AND place <> 'supplier'")}
        checked = {serial for _, serial, state, _ in self.cards.values() if state == 'checked'}
        hoppers = {serial: printer for printer in self.truth.journals for serial in self.truth.hopper(printer)}
        for serial in self.delivered:
            if serial in hoppers:
                there = ('loaded', hoppers[serial])
            elif serial in self.by_serial:
                there = ('shelf', '') if serial in checked else ('spoiled', '')
            else:
                there = ('safe', '')
            self.claim(booked.get(serial) == there, f'blank {serial} is {there}, and booked as {booked.get(serial)}')
        astray = self.box.sql("""SELECT b.serial FROM platen.blank b CROSS JOIN LATERAL
                                   (SELECT l.to_place::text AS place, l.to_holder AS holder FROM platen.stock_ledger l WHERE l.serial = b.serial
                                     ORDER BY l.id DESC LIMIT 1) l WHERE (b.place::text, b.holder) IS DISTINCT FROM (l.place, l.holder)""")
        self.claim(not astray, f'blanks that are not where their last line has them: {astray[:9]}')

    def check_accounts(self):
        rows = self.box.sql("""SELECT t.printer, t.loaded, t.remaining, t.used, t.issued, t.spoiled, t.missing, b.* FROM platen.stock_printer t
                                CROSS JOIN LATERAL
                                  (SELECT count (*) FILTER (WHERE b.place = 'loaded') AS remaining,
                                          count (*) FILTER (WHERE b.place IN ('printer', 'tray', 'shelf')) AS used,
                                          count (*) FILTER (WHERE b.place = 'person') AS issued,
                                          count (*) FILTER (WHERE b.place IN ('spoiled', 'destroyed')) AS spoiled,
                                          count (*) FILTER (WHERE b.place IN ('missing', 'lost')) AS missing
                                     FROM platen.blank b WHERE b.kind = 'blank' AND b.printer = t.printer) b
                                WHERE (t.remaining, t.used, t.issued, t.spoiled, t.missing) <> (b.remaining, b.used, b.issued, b.spoiled, b.missing)
                                   OR t.loaded <> t.remaining + t.used + t.issued + t.spoiled + t.missing""")
        self.claim(not rows, f'accounts that do not balance: {rows}')
        open_ = self.box.sql("""SELECT d.count_id, d.serial FROM platen.stock_difference d WHERE NOT EXISTS
                                  (SELECT FROM platen.stock_explained e WHERE (e.count_id, e.serial) = (d.count_id, d.serial))""")
        self.claim(not open_, f'differences that nobody explained: {open_[:9]}')
