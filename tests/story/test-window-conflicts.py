#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two desks change one application, and the database goes away and comes back while the window is
open: what the other did is shown and never overwritten, what was typed is kept, the state is said in
words, and what was refused is done once."""

from box import Box, wait_for
from database import Blocker, kill_database
from window import Screen, Story, Window

REASON = 'Passport shown at the counter'

box = Box()
screen = Screen()
story = Story('conflicts', screen)
id_number = box.people()['family_name'][0]


def events(text):
    return int(box.sql(f"SELECT count(*) FROM platen.event WHERE text LIKE '%{text}%'")[0][0])


def choose(typed=REASON):
    """The dialog by keys: the first value, and a reason unless one stands there already."""
    window.key('alt+2')
    window.waits_at('Choose', seconds=20)
    window.key('Return')
    wait_for(lambda: len(window.windows()) > 1, 10)
    window.focus_newest()
    window.key('space')
    window.key('alt+r')
    if typed:
        window.type(typed)
    entry = window.find('text', 'Reason')
    kept = window.text_of(entry) if entry is not None else None
    return kept


def use():
    window.key('Return')
    wait_for(lambda: len(window.windows()) == 1, 10)
    window.focus_newest()


window = Window(screen, box.env('anna'))
story.claim(window.sign_in(box, 'anna'), 'the clerk signs in', window.focused())
for _ in range(6):
    # On a busy machine a registry may miss its two seconds; then it is asked again.
    window.command(id_number)
    if wait_for(lambda: sum(name.startswith('Answered ·') for _, name in window.look('label')) == 3, 8):
        break
for _ in range(4):
    window.key('ctrl+r')
    if window.shows('Choose… Family name', 'push button', 10):
        break
story.claim(window.shows('Choose… Family name', 'push button', 30), 'the sources disagree, and a person chooses',
            (window.focused(), window.look('alert')))
number = box.sql('SELECT number FROM platen.application')[0][0]

# Another desk is faster.
story.claim(choose() == REASON, 'the clerk types a reason', window.look('text'))
blocker = Blocker(box, 'UPDATE platen.application SET row_version = row_version + 1 WHERE '
                       f"number = '{number}'")
use()
story.claim(blocker.wait_until_in_the_way(), 'the choice is being saved', window.look('alert'))
blocker.end('COMMIT')
story.claim(window.shows('Reload', 'push button', 20) and events('chose') == 0,
            'what another desk changed first is said and not overwritten', window.look('alert'))

# The database goes away.
story.claim(choose(typed='') == REASON, 'what was typed is kept', window.look('text'))
kill_database(box)
use()
story.claim(window.shows('database', 'alert', 30), 'when the database is lost, a bar says so',
            window.look('alert'))
story.claim(window.find('push button', 'Choose'), 'what was open is still shown')
box.demo('up')
story.claim(window.hides('cannot be reached', 'alert', 60), 'it comes back by itself, and the bar goes',
            window.look('alert'))
story.claim(choose(typed='') == REASON, 'what was typed is kept once more', window.look('text'))
for _ in range(4):
    use()
    # A server that has just come back may be too slow for the first one, which is then told.
    if wait_for(lambda: events('chose'), 10):
        break
    choose(typed='')
story.claim(wait_for(lambda: events('chose') == 1, 20), 'and is saved now, once',
            (events('chose'), window.look('alert')))

story.end()
