#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The power goes at the desk in the middle of each step from the approval to the hand-over, once
before the database does what was asked and once before it can answer: whoever sits down next finds
nothing lost, goes on, and nothing is done twice."""

import signal

from box import Box, wait_for
from desk import ARRIVES, LOST, TRIES, Desks
from window import Screen, Story

box = Box()
screen = Screen()
story = Story('kills-card', screen)
desks = Desks(box, screen, story)
id_number = box.people()['renewal'][0]
# A code of the second factor is good once in thirty seconds; colleagues need not wait for each other.
for login, name, role in (('sam', 'Sam Bellini', 'supervisor'), ('lea', 'Lea Castell', 'operator'),
                          ('mio', 'Mio Dahl', 'operator')):
    box.hire(login, name, role)
number = box.submitted(id_number)
ROW = f"SELECT 1 FROM platen.application WHERE number = '{number}' FOR UPDATE"
CARD_ROW = 'SELECT 1 FROM platen.card FOR UPDATE'


def state():
    return box.sql(f"SELECT state FROM platen.application WHERE number = '{number}'")[0][0]


def cards():
    """The states of the cards that are not given back."""
    return [row[0] for row in box.sql("SELECT state FROM platen.card WHERE state <> 'cancelled'"
                                      ' ORDER BY id')]


def events(text):
    return int(box.sql(f"SELECT count(*) FROM platen.event WHERE text LIKE '%{text}%'")[0][0])


def away():
    """The blanks that are not in the safe."""
    return int(box.sql("SELECT count(*) FROM platen.blank WHERE place <> 'safe'")[0][0])


# Approve.
window = desks.open('boris', number, 'Approve')
story.claim(desks.cut_off(window, ROW, lambda: window.key('ctrl+shift+Return'), LOST),
            'killed before it is approved', state())
story.claim(state() == 'submitted' and events('approved the') == 0, 'it is as it was', state())
window = desks.open('sam', number, 'Approve')
EVENTS = 'LOCK TABLE platen.event IN SHARE MODE'
story.claim(desks.cut_off(window, EVENTS, lambda: window.key('ctrl+shift+Return'), ARRIVES),
            'killed before it is said that it is approved', state())
story.claim(state() == 'approved' and events('approved the') == 1, 'it was approved once',
            (state(), events('approved the')))

# Print, three times the same card.
for login, point in (('chen', 'reserved'), ('lea', 'held'), ('mio', 'sent')):
    window = desks.open(login, number, 'Preview', PLATEN_TEST_CRASH_AT=point)
    window.key('Return')
    for _ in range(TRIES):
        # A busy printer may not be listed yet, or not answer: a person presses the key again.
        wait_for(lambda: window.has_ended() or window.can('push button', 'Print'), 30)
        window.key('ctrl+p')
        if wait_for(window.has_ended, 20):
            break
    story.claim(window.process.poll() == -signal.SIGKILL and len(cards()) == away() == 1,
                f'killed while printing at “{point}”: there is one card', (cards(), away()))
window = desks.sit_down('chen')
window.key('alt+5')
story.claim(wait_for(lambda: cards() == ['out'], 60), 'the print room finds the card by itself',
            (cards(), window.look('label', 'alert')))
story.claim(len(box.printed()) == 1, 'and it was printed once', box.printed())

# Read-back.
scan = box.read_qr(box.printed()[0])
serial = box.sql('SELECT serial FROM platen.card')[0][0]
story.claim(scan and desks.cut_off(window, CARD_ROW, lambda: window.read_back(scan, serial), LOST),
            'killed before the card is read back', cards())
story.claim(cards() == ['out'], 'it is as it was', cards())
window = desks.sit_down('lea')
# The print room is not there yet when the scanner types.
story.claim(desks.cut_off(window, CARD_ROW, lambda: window.read_back(scan, serial), ARRIVES),
            'killed before it is said that it was read back', cards())
story.claim(cards() == ['checked'] and state() == 'ready', 'it was read back', (cards(), state()))


# Hand-over.
def hand_over():
    """A card that this person has not read is scanned again at the counter."""
    window.scan(scan)
    window.waits_at('Hand Over')
    window.key('ctrl+shift+h')


for login, fate in (('mio', LOST), ('chen', ARRIVES)):
    window = desks.sit_down(login)
    window.key('alt+5')
    story.claim(wait_for(lambda: window.can('push button', 'Hand Over'), 60),
                f'{login} is to hand it over', window.look('push button', 'alert'))
    story.claim(desks.cut_off(window, CARD_ROW, hand_over, fate), 'killed while handing over', cards())
    story.claim(cards() == (['issued'] if fate == ARRIVES else ['checked']),
                'it was handed over' if fate == ARRIVES else 'it is as it was', cards())

# The day's end.
window = desks.open('lea', number, 'Show in Print Room')
story.claim(window.shows('Issued', 'label', 30), 'everybody sees that it was handed over',
            window.look('label'))
story.claim(state() == 'issued' and cards() == ['issued'] and away() == 1 and
            len(box.printed()) == 1, 'there is one card, on one blank, printed once',
            (state(), cards(), away(), box.printed()))
told = {text: events(text) for text in ('approved the', 'read back and matches', 'handed card',
                                        'The citizen has the card')}
story.claim(set(told.values()) == {1}, 'and the history tells each step once', told)
story.claim(window.quit() == 0 and not window.complaints(), 'the day ends', window.said())
story.end()
