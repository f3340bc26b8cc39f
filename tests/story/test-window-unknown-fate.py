#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection to the database breaks while the window starts, submits, approves, prints, reads back
and hands over: before the server does it (its processes are killed) and after (the cable is cut, and
the server goes on). The window says what nobody knows, looks by itself when the database is back,
tells what it found, and nothing is done twice. And two supervisors decide at the same time."""

from box import Box, wait_for
from database import Blocker, Cable, kill_database
from window import Screen, Story, Window

TRIES = 6

box = Box()
screen = Screen()
story = Story('unknown-fate', screen)
id_number = box.people()['renewal'][0]
for login, name, role in (('sam', 'Sam Bellini', 'supervisor'),):
    box.hire(login, name, role)
cable = Cable(box)
UNKNOWN = 'nobody knows yet'
CARD_ROW = 'SELECT 1 FROM platen.card FOR UPDATE'
number = None


def row():
    return f"SELECT 1 FROM platen.application WHERE number = '{number}' FOR UPDATE"


def state():
    return box.sql(f"SELECT state FROM platen.application WHERE number = '{number}'")[0][0]


def cards():
    return [row[0] for row in box.sql("SELECT state FROM platen.card WHERE state <> 'cancelled'"
                                      ' ORDER BY id')]


def events(text):
    return int(box.sql(f"SELECT count(*) FROM platen.event WHERE text LIKE '%{text}%'")[0][0])


def sit_down(login):
    window = Window(screen, cable.env(login))
    story.claim(window.sign_in(box, login), f'{login} sits down', (window.focused(), window.said()))
    return window


def open_at(window, button):
    for _ in range(TRIES):
        window.command(number)
        if window.waits_at(button, seconds=20):
            return True
    return False


def in_the_way(do, lock):
    """What @do leads to waits for @lock; the one that holds it."""
    blocker = Blocker(box, lock)
    for _ in range(TRIES):
        do()
        if blocker.wait_until_in_the_way():
            return blocker
    blocker.end()
    return None


def server_dies(window, what, do, lock):
    """The whole server is killed before it does what was asked, and started again."""
    blocker = in_the_way(do, lock)
    # What waits longer than ten seconds is given up by the server.
    kill_database(box)
    story.claim(blocker, f'{what}: it is under way', window.look('alert'))
    blocker.end()
    story.claim(window.shows(UNKNOWN, 'alert', 30), f'{what}: nobody knows whether it was done, and '
                'that is said', window.look('alert', 'label'))
    box.demo('up')
    story.claim(window.hides(UNKNOWN, 'alert', 60), f'{what}: when the database is back, it is known',
                window.look('alert'))


def cable_is_cut(window, what, do, lock):
    """The server does what was asked, and its answer is lost."""
    blocker = in_the_way(do, lock)
    cable.cut()
    if blocker:
        blocker.end()
    story.claim(blocker, f'{what} again: it is under way', window.look('alert'))
    story.claim(window.shows(UNKNOWN, 'alert', 30), f'{what} again: nobody knows, and that is said',
                window.look('alert'))
    wait_for(lambda: not box.sql("SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND"
                                 " usename <> 'postgres'"), 30)
    cable.plug_in()
    story.claim(window.hides(UNKNOWN, 'alert', 60), f'{what} again: when it is back, it is known',
                window.look('alert'))


# Start. What is read in the editor afterwards is told by the toast alone.
anna = sit_down('anna')
for _ in range(TRIES):
    anna.command(id_number)
    if wait_for(lambda: sum(name.startswith('Answered ·') for _, name in anna.look('label')) == 3, 15):
        break
server_dies(anna, 'start', lambda: anna.key('ctrl+r'), 'LOCK TABLE platen.application IN SHARE MODE')
story.claim(anna.shows('no application was started', 'alert', 20) and
            not box.sql('SELECT 1 FROM platen.application'),
            'it was not, and is not started by itself', anna.look('alert'))
cable_is_cut(anna, 'start', lambda: anna.key('ctrl+r'), 'LOCK TABLE platen.event IN SHARE MODE')
story.claim(anna.waits_at('Photo', seconds=30) or anna.find('label', 'Draft'),
            'it was, and is opened', (anna.focused(), anna.look('alert')))
story.claim(len(box.sql('SELECT 1 FROM platen.application')) == 1, 'there is one application')
number = box.sql('SELECT number FROM platen.application')[0][0]

# What another desk stores shows here by itself.
box.ctl('anna', 'application', 'set', number, '--photo', box.portrait(id_number), '--signature',
        box.signature(id_number))
story.claim(anna.hides('There is no signature.', 'list item', 20),
            'what another desk stores shows here by itself', anna.look('list item'))

# Submit.
story.claim(open_at(anna, 'Submit'), 'it is complete', anna.focused())
server_dies(anna, 'submit', lambda: anna.key('ctrl+Return'), row())
story.claim(anna.shows('“Submit” was not done', 'alert', 20) and state() == 'draft',
            'it was not submitted, nor is by itself', (state(), anna.look('alert')))
cable_is_cut(anna, 'submit', lambda: anna.key('ctrl+Return'), row())
story.claim(anna.shows('“Submit” was done', 'alert', 20) and anna.shows('Submitted', 'label', 20) and
            state() == 'submitted' and events('submitted the') == 1, 'it was submitted, once',
            (state(), anna.look('alert')))
story.claim(not anna.can('push button', 'Submit'), 'and cannot be submitted again')

# Two supervisors at once: the one who is second is told who was first.
boris = sit_down('boris')
story.claim(open_at(boris, 'Approve'), 'a supervisor has it open', boris.focused())
box.sign_in('sam')
box.demo('registry-fault', 'identity', 'slow:15000')
# While the registries are asked on behalf of this one, the other one returns it.
boris.key('ctrl+shift+Return')
box.ctl('sam', 'application', 'return', number, '--reason', 'The signature is too thin')
told = boris.shows('Sam Bellini returned the application', 'alert', 60)
box.demo('registry-fault', 'identity', 'none')
story.claim(told and 'nothing is left for you' in told and state() == 'returned' and
            events('approved the') == 0, 'who was first, with what, and what to do is said',
            (state(), boris.look('alert')))
story.claim(anna.shows('The signature is too thin', 'label', 20),
            'the clerk reads the reason where it stands open', anna.look('label'))
anna.xdotool('windowfocus', '--sync', str(anna.windows()[0]))
story.claim(open_at(anna, 'Submit'), 'and goes on with it', anna.focused())
anna.key('ctrl+Return')
story.claim(wait_for(lambda: state() == 'submitted', 30), 'and submits it again', anna.look('alert'))

# Approve.
boris.focus_newest()
story.claim(open_at(boris, 'Approve'), 'the supervisor looks at it once more', boris.look('alert'))
server_dies(boris, 'approve', lambda: boris.key('ctrl+shift+Return'), row())
story.claim(boris.shows('“Approve” was not done', 'alert', 20) and state() == 'submitted',
            'it was not approved', (state(), boris.look('alert')))
cable_is_cut(boris, 'approve', lambda: boris.key('ctrl+shift+Return'),
             'LOCK TABLE platen.event IN SHARE MODE')
story.claim(boris.shows('“Approve” was done', 'alert', 20) and state() == 'approved' and
            events('approved the') == 1, 'it was approved, once', (state(), boris.look('alert')))
story.claim(boris.quit() == 0 and not boris.complaints(), 'the supervisor goes home', boris.said())

# Print.
chen = sit_down('chen')
story.claim(open_at(chen, 'Preview'), 'the print operator opens it', chen.focused())
chen.key('Return')


def print_card():
    wait_for(lambda: chen.can('push button', 'Print'), 30)
    chen.key('ctrl+p')


server_dies(chen, 'print', print_card, 'LOCK TABLE platen.blank IN SHARE MODE')
story.claim(chen.shows('nothing was printed for application', 'alert', 20) and not cards(),
            'nothing was printed', (cards(), chen.look('alert')))
cable_is_cut(chen, 'print', print_card, 'LOCK TABLE platen.event IN SHARE MODE')
story.claim(chen.shows('has its blank and was not sent', 'alert', 20) and len(cards()) == 1,
            'a card has its blank', (cards(), chen.look('alert')))
print_card()
story.claim(wait_for(lambda: cards() == ['out'], 90), 'the same card is printed', cards())
away = box.sql("SELECT 1 FROM platen.blank WHERE place <> 'safe'")
story.claim(len(box.printed()) == 1 and len(away) == 1, 'once, on one blank', (box.printed(), away))

# Read back.
scan = box.read_qr(box.printed()[0])
serial = box.sql('SELECT serial FROM platen.card')[0][0]


def read_back():
    chen.command(scan)
    chen.shows('the serial of its blank was not read', 'alert', 20)
    chen.scan(serial)


chen.key('alt+5')
server_dies(chen, 'read-back', read_back, CARD_ROW)
story.claim(chen.shows('“Read Back” was not done', 'alert', 20) and cards() == ['out'],
            'it was not read back', (cards(), chen.look('alert')))
cable_is_cut(chen, 'read-back', read_back, CARD_ROW)
story.claim(chen.shows('“Read Back” was done', 'alert', 20) and cards() == ['checked'],
            'it was read back', (cards(), chen.look('alert')))

# Hand over.
server_dies(chen, 'hand-over', lambda: chen.key('ctrl+shift+h'), CARD_ROW)
story.claim(chen.shows('“Hand Over” was not done', 'alert', 20) and cards() == ['checked'],
            'it was not handed over', (cards(), chen.look('alert')))
cable_is_cut(chen, 'hand-over', lambda: chen.key('ctrl+shift+h'), CARD_ROW)
story.claim(chen.shows('“Hand Over” was done', 'alert', 20) and cards() == ['issued'],
            'it was handed over', (cards(), chen.look('alert')))

told = {text: events(text) for text in ('started the', 'approved the', 'read back and matches',
                                        'handed card', 'The citizen has the card')}
story.claim(set(told.values()) == {1}, 'the history tells each step once', told)
for window in (chen, anna):
    story.claim(window.quit() == 0 and not window.complaints(), 'the day ends', window.said())
story.end()
