#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The database server is killed in the middle of a statement and started again: each step is done or
not done, the program says so in a sentence, and the same command again does it once."""

from box import PRINTER, Box, Tap, wait_for
from database import Blocker, kill_database

tap = Tap()
box = Box()
people = box.people()
renewals = people['renewal']


def cut_off(login, words, lock):
    """Runs a command, kills the server while the command's statement waits, starts it again."""
    blocker = Blocker(box, lock)
    process = box.popen(login, *words)
    assert blocker.wait_until_in_the_way()
    kill_database(box)
    out, err = process.communicate(timeout=120)
    blocker.end()
    told = err.decode()
    tap.claim(process.returncode == 1 and not out and len(told.splitlines()) == 1,
              f'{words[1]}: a lost database is told in one line', (process.returncode, out, told))
    box.refused(login, *words)
    box.demo('up')


def state_of(number):
    return box.sql(f"SELECT state FROM platen.application WHERE number = '{number}'")[0][0]


def events_of(number, what):
    return int(box.sql("SELECT count(*) FROM platen.event e JOIN platen.application a ON a.id ="
                       f" e.application_id WHERE a.number = '{number}' AND e.what = '{what}'")[0][0])


number = box.ctl('anna', 'application', 'new', renewals[0], '--type', 'renewal')['number']
box.ctl('anna', 'application', 'set', number, '--photo', box.portrait(renewals[0]), '--signature',
        box.signature(renewals[0]))
row = f"SELECT 1 FROM platen.application WHERE number = '{number}' FOR UPDATE"

for login, step, before, after in (('anna', 'submit', 'draft', 'submitted'),
                                   ('boris', 'approve', 'submitted', 'approved')):
    cut_off(login, ['application', step, number], row)
    tap.claim(state_of(number) == before, f'{step}: it was not done', state_of(number))
    tap.claim(box.ctl(login, 'application', step, number)['state'] == after
              and events_of(number, after) == 1, f'{step}: the same again does it once')
    sentence = box.refused(login, 'application', step, number)
    tap.claim(events_of(number, after) == 1, f'{step}: and not twice', sentence)

cut_off('chen', ['card', 'print', number, '--printer', PRINTER],
        'LOCK TABLE platen.blank IN ACCESS EXCLUSIVE MODE')
tap.claim(not box.sql('SELECT 1 FROM platen.card') and not box.printed(),
          'print: nothing was reserved, nothing printed')
card = box.ctl('chen', 'card', 'print', number, '--printer', PRINTER)
tap.claim(card['state'] == 'out' and len(box.printed()) == 1, 'print: the same again prints once', card)

# The server dies after the card has left for the printer.
number = box.approved(renewals[1])
box.demo('printer-fault', 'media-empty')
card = box.ctl('chen', 'card', 'print', number, '--printer', PRINTER, '--no-wait')
kill_database(box)
box.demo('printer-fault', 'none')
tap.claim(wait_for(lambda: len(box.printed()) == 2), 'the printer goes on without the database')
box.refused('chen', 'card', 'show', card['number'])
box.demo('up')
card = wait_for(lambda: [c for c in [box.ctl('chen', 'card', 'show', card['number'])]
                         if c['state'] == 'out'])[0]
sentence = box.refused('chen', 'card', 'print', number, '--printer', PRINTER)
tap.claim(card['number'] in sentence and len(box.printed()) == 2,
          'then the card is known to be out, and is not printed again', sentence)
away, cards = box.sql("SELECT (SELECT count(*) FROM platen.blank WHERE place <> 'safe'),"
                      " (SELECT count(*) FROM platen.card WHERE state <> 'cancelled')")[0]
tap.claim(away == cards == '2', 'and the stock adds up', (away, cards))
tap.end()
