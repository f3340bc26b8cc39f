#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The power goes at the clerk's desk in the middle of each step, from the look-up to the submission:
whoever sits down next finds nothing lost, goes on, and nothing is done twice. What is typed before
the editor appears is not lost either."""

from box import Box, wait_for
from desk import ARRIVES, LOST, TRIES, Desks
from window import Screen, Story

box = Box()
screen = Screen()
story = Story('kills', screen)
desks = Desks(box, screen, story)
id_number = box.people()['renewal'][0]
# A code of the second factor is good once in thirty seconds; colleagues need not wait.
box.hire('kim', 'Kim Adler', 'clerk')


def applications():
    return box.sql('SELECT number, state FROM platen.application WHERE '
                   f"id_number = '{id_number}' ORDER BY id")


def state():
    return applications()[0][1]


def events(what):
    return int(box.sql(f"SELECT count(*) FROM platen.event WHERE what = '{what}'")[0][0])


# The look-up.
box.demo('registry-fault', 'identity', 'slow:20000')
window = desks.sit_down('anna')
window.command('REN ' + id_number)
window.kill()
box.demo('registry-fault', 'identity', 'none')
story.claim(not applications(), 'killed during the look-up: nothing was started', applications())

# The draft. Ctrl+G is for the editor, which is not there yet.
window = desks.sit_down('kim')
for _ in range(TRIES):
    window.command('REN ' + id_number)
    window.key('ctrl+g')
    if wait_for(applications, 30):
        break
story.claim(wait_for(lambda: box.sql("SELECT 1 FROM platen.event WHERE text LIKE"
                                     " '%stored the photo%'"), 30),
            'the photo that was asked for before the editor appeared is taken',
            window.look('alert', 'list item'))
window.kill()
number = applications()[0][0]
story.claim(len(applications()) == 1 and state() == 'draft', 'killed while editing: there is the draft',
            applications())
window = desks.sit_down('anna')
for _ in range(TRIES):
    window.command('REN ' + id_number)
    if window.shows('is open for this citizen', 'alert', 30):
        break
story.claim(window.shows('is open for this citizen', 'alert') and
            window.shows('Open Application', 'push button'),
            'a second one is refused, and the button leads to the first', window.look('alert'))
window.key('alt+o')
story.claim(window.waits_at('Signature', seconds=30) and
            not window.find('list item', 'There is no photograph.'), 'it has its photo still',
            (window.focused(), window.look('list item')))
window.key('ctrl+shift+o')
window.choose_file(box.signature(id_number))
story.claim(window.waits_at('Submit', seconds=30), 'and gets its signature', window.focused())

# Submit.
row = f"SELECT 1 FROM platen.application WHERE number = '{number}' FOR UPDATE"
story.claim(desks.cut_off(window, row, lambda: window.key('ctrl+Return'), LOST) and
            state() == 'draft', 'killed before it is submitted: it is as it was', state())
window = desks.open('kim', number, 'Submit')
story.claim(desks.cut_off(window, row, lambda: window.key('ctrl+Return'), ARRIVES),
            'killed before it is said that it was submitted', state())
story.claim(state() == 'submitted' and events('submitted') == 1, 'it was submitted once',
            (state(), events('submitted')))
story.end()
