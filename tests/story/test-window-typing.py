#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is typed into an application is never lost: not by the end of the program at any moment, not with
the database, not to another desk. And nobody else finds it on that machine."""

import os
import subprocess
import time

from box import PSQL, Box, wait_for
from database import Blocker, kill_database
from window import Screen, Story, Window

PHONE = '+44 20 7946 0018'

box = Box()
screen = Screen()
story = Story('typing', screen)
people = box.people()['renewal']
journals = screen.folder / '.local/state/platen/journal'


def draft(id_number):
    number = box.ctl('anna', 'application', 'new', id_number, '--type', 'renewal')['number']
    box.ctl('anna', 'application', 'set', number, '--photo', box.portrait(id_number), '--signature',
            box.signature(id_number))
    return number


def typed(number, field='remark'):
    """What the database has."""
    rows = box.sql("SELECT f.value FROM platen.application_form f JOIN platen.application a ON a.id = f.application_id"
                   f" WHERE a.number = '{number}' AND f.field = '{field}'")
    return rows[0][0] if rows else ''


def state(number):
    return box.sql(f"SELECT state FROM platen.application WHERE number = '{number}'")[0][0]


def shown(window, name):
    entry = window.find('text', name)
    return window.text_of(entry) if entry is not None else None


def sit_down(login, waits='Command'):
    window = Window(screen, box.env(login))
    story.claim(window.sign_in(box, login, waits), f'{login} signs in and is at “{waits}”',
                (window.focused(), window.look('alert')))
    return window


def details(window, number):
    window.command(number)
    window.shows('Remark', 'text', 30)
    window.key('ctrl+d')
    return window.waits_at('Telephone')


# Checked while it is typed, saved when the hands rest.
number = draft(people[0])
window = sit_down('anna')
story.claim(details(window, number), 'Ctrl+D leads to the details', window.focused())
window.type('12')
story.claim(window.shows('This is no telephone number', 'label'), 'what is wrong stands under the field while it is typed',
            window.look('label'))
window.key('ctrl+Return')
story.claim(window.shows('not as it has to be', 'alert') and window.waits_at('Telephone') and state(number) == 'draft',
            'it is not submitted, and the keyboard is at what is wrong', window.look('alert'))
window.key('ctrl+a')
window.type(PHONE)
story.claim(window.hides('This is no telephone number', 'label') and wait_for(lambda: typed(number, 'phone') == PHONE, 10),
            'what is right is saved by itself', typed(number, 'phone'))

# Undo and redo, across the sections, without limit.
window.key('Tab')
window.type('anna@utopia.example')
for _ in range(40):
    window.key('ctrl+z')
story.claim(wait_for(lambda: (shown(window, 'Telephone'), shown(window, 'E-mail')) == ('', ''), 10),
            'all of it is undone', (shown(window, 'Telephone'), shown(window, 'E-mail')))
for _ in range(40):
    window.key('ctrl+shift+z')
story.claim(wait_for(lambda: (shown(window, 'Telephone'), shown(window, 'E-mail')) == (PHONE, 'anna@utopia.example'), 10),
            'and done again', (shown(window, 'Telephone'), shown(window, 'E-mail')))
story.claim(wait_for(lambda: typed(number, 'email') == 'anna@utopia.example', 10), 'the database follows',
            typed(number, 'email'))

# The end of the program, with the database away.
kill_database(box)
window.type('.org')
story.claim(window.shows('Kept on this computer', 'label', 30), 'without the database it is kept here, and said so',
            window.look('label'))
window.key('Left', 'Left')
time.sleep(0.3)
window.kill()
box.demo('up')
files = list(journals.glob('*.journal'))
story.claim(len(files) == 1 and b'utopia' not in files[0].read_bytes() and number.encode() not in files[0].read_bytes()
            and files[0].stat().st_mode & 0o777 == 0o600 and number not in files[0].name,
            'its journal says nothing to who has the disk', files)
window = sit_down('boris')
story.claim(window.find('text', 'E-mail') is None and not window.find('alert', 'is back'),
            'another person at this machine finds nothing of it', window.look('alert'))
window.kill()
window = sit_down('anna', waits='E-mail')
story.claim(shown(window, 'E-mail') == 'anna@utopia.example.org', 'who typed it is where they were',
            shown(window, 'E-mail'))
window.type('x')
story.claim(wait_for(lambda: typed(number, 'email') == 'anna@utopia.example.oxrg', 20),
            'with the cursor at its place, and it is saved', (typed(number, 'email'), shown(window, 'E-mail')))
window.key('ctrl+z', 'ctrl+z')
story.claim(wait_for(lambda: shown(window, 'E-mail') == 'anna@utopia.example', 10), 'what was typed before the end is undone',
            shown(window, 'E-mail'))

# Another desk typed the same field.
box.hire('kim', 'Kim Adler', 'clerk')
wait_for(lambda: typed(number, 'email') == 'anna@utopia.example', 10)
blocker = Blocker(box, "UPDATE platen.application_form SET value = 'kim@utopia.example', version = version + 1 WHERE field = 'email'")
window.type('z')
blocker.wait_until_in_the_way()
blocker.end('COMMIT')
story.claim(window.shows('Compare', 'push button', 20) and typed(number, 'email') == 'kim@utopia.example',
            'what another desk typed meanwhile is not overwritten', (window.look('alert'), typed(number, 'email')))
window.key('alt+c')
wait_for(lambda: len(window.windows()) > 1, 10)
window.focus_newest()
story.claim(window.shows('E-mail, Typed here: anna@utopia.examplez', 'check box', 10)
            or window.shows('E-mail, Typed here: anna@utopia.examplez', None, 5), 'the three stand beside each other',
            window.look())
screen.picture(os.environ.get('PLATEN_PICTURES', str(screen.folder)) + '/conflict.png')
window.key('Right', 'space')
window.key('alt+u')
wait_for(lambda: len(window.windows()) == 1, 10)
window.focus_newest()
story.claim(wait_for(lambda: typed(number, 'email') == 'anna@utopia.examplez', 10), 'what was chosen is saved',
            typed(number, 'email'))

# Another desk wants it.
class Desk:
    """A colleague's desk without a window: what their program asks of the database."""

    def __init__(self, login):
        environment = {**box.env(login), 'PGHOST': str(box.box / 'pg'), 'PGDATABASE': 'platen'}
        self.process = subprocess.Popen([PSQL, '-XAtq', '-F', '|'], env=environment, text=True, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.ask(f"SELECT staff_login FROM api.open_session ('{box.totp(login)}', 'desk-9')")

    def ask(self, statement):
        self.process.stdin.write(f'{statement};\n\\echo end\n')
        self.process.stdin.flush()
        lines = []
        while (line := self.process.stdout.readline()) not in ('end\n', ''):
            lines.append(line.strip())
        return '\n'.join(lines)

    def gone(self):
        self.process.kill()
        self.process.wait()


application = box.sql(f"SELECT id FROM platen.application WHERE number = '{number}'")[0][0]
theirs = Desk('kim')
told = theirs.ask(f'SELECT mine, who, at_desk FROM api.edit_application ({application})')
story.claim(told == 'f|Anna Berg|t', 'a colleague at another desk is told who edits it', told)
told = theirs.ask(f"SELECT * FROM api.save_form ({application}, '{{email}}', '{{k@utopia.example}}', '{{4}}')")
story.claim('Anna Berg edits it at' in told and theirs.ask(f'SELECT api.take_over_application ({application})').count('Ask first'),
            'and can neither save nor take it', told)
told = theirs.ask(f'SELECT api.ask_for_application ({application})')
story.claim(told == '30' and wait_for(lambda: len(window.windows()) > 1, 20), 'whoever edits it is asked', told)
window.focus_newest()
story.claim(window.shows('Kim Adler at desk-9 asks', None, 10), 'by name and desk', window.look())
window.key('alt+g')
wait_for(lambda: len(window.windows()) == 1, 10)
window.focus_newest()
story.claim(wait_for(lambda: box.sql('SELECT s.login FROM platen.application_hold h JOIN platen.staff s ON s.id = h.staff_id')
                     == [['kim']], 20), 'it goes over when it is given')
story.claim(window.shows('Kim Adler edits this application at desk-9', 'alert', 20), 'and the first desk is told',
            window.look('alert'))
window.key('ctrl+shift+k')
story.claim(wait_for(lambda: theirs.ask(f'SELECT asked_by FROM api.application_hold WHERE application_id = {application}')
                     == 'Anna Berg', 20), 'it asks in turn', window.look('alert'))
theirs.ask(f'SELECT api.answer_for_application ({application}, false)')
story.claim(window.shows('keeps it', 'alert', 20), 'and is refused', window.look('alert'))
theirs.gone()
window.key('ctrl+shift+k')
story.claim(window.hides('keeps it', 'alert', 20), 'a desk that is gone is not waited for', window.look('alert'))
window.key('ctrl+Return')
story.claim(wait_for(lambda: state(number) == 'submitted', 20) and wait_for(lambda: not list(journals.glob('*.journal')), 10),
            'what is submitted leaves no journal behind', (state(number), window.look('alert')))
window.kill()

story.end()
