#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the registries differ, people decide, by keys alone: the left value, the right one, another one,
later, against a rule, with a reason; it can be undone, and all of it is history."""

from box import Box, wait_for
from hands import Hands
from window import Screen, Story, Window

box = Box()
screen = Screen()
story = Story('reconcile', screen)


def give(text, *keys):
    """A key of a row, and the reason that it asks for."""
    if keys:
        window.key(*keys)
    return hands.answer(text)


def type_value(value):
    """T, and the value; the reason is asked for next."""
    window.key('t')
    hands.dialog()
    window.waits_at('Reason')
    window.type(value)
    window.key('Return')
    window.shows(f'Family name: {value}', 'label', 10)


def row(text, seconds=15):
    """The name of the comparison's row that has @text in it."""
    return window.shows(text, 'list item', seconds)


def open_draft(kind):
    number = box.ctl('anna', 'application', 'new', box.people()[kind][0], '--type', 'renewal')['number']
    window.command(number)
    window.shows(number, 'label', 20)
    return number


# Keys of a row: left, right, type, park, undo, history.
window = Window(screen, box.env('anna'))
window.sign_in(box, 'anna')
hands = Hands(window, box)
number = open_draft('family_name')
story.claim(window.waits_at('Choose… Family name', seconds=20), 'what differs comes first and has the keyboard',
            window.focused())
story.claim(row('Family name. Population: ') and window.find(None, 'keeps Population, 2 keeps') is None,
            'a row is read with what each source says', window.look('list item'))
description = [n.get_description() for n in window.walk() if n.get_role_name() == 'list item'
               and n.get_name().startswith('Family name. ')]
story.claim(any('1 keeps Population' in d and 'P parks' in d and 'U undoes' in d for d in description),
            'and with its keys', description)
story.claim(window.shows(' · Population', 'label', 5), 'each value has its source and age as a badge',
            window.look('label'))
values = {f['field']: f for f in box.ctl('anna', 'application', 'show', number)['fields']}['family_name']
story.claim(give('Marriage certificate', 'l') and row(f'Population: {values["identity"]}, which is used'),
            'L keeps the left one, with a reason', window.look('list item', 'alert'))
story.claim(window.find('label', '✓ ') and window.find('label', '≠ '),
            'and what is kept is marked', window.look('label'))
window.key('ctrl+z')
story.claim(window.waits_at('Choose… Family name', seconds=15), 'Ctrl+Z takes it back', window.focused())
story.claim(give('Divorce decree', 'r') and row(f'Infringements: {values["infringement"]}, which is used'),
            'R keeps the right one', window.look('list item', 'alert'))
hands.press('Undo Family name')
window.waits_at('Choose… Family name', seconds=15)
story.claim(give('The passport is older', 'p') and window.shows('Parked by Anna Berg: The passport is older', 'label', 15),
            'P parks it, and that is seen', window.look('label', 'alert'))
window.key('h')
hands.dialog()
story.claim(window.shows('Family name: parked for a supervisor', 'label', 10)
            and window.shows('chosen by a clerk', 'label', 5) and window.shows('Reason: Divorce decree', 'label', 5)
            and window.shows('Family name: the decision was undone', 'label', 5),
            'H shows the history of its decisions', window.look('label'))
window.key('Escape')
hands.dialog_ends()
type_value('Halvorsen-Lacroix')
give('Court order')
story.claim(window.shows('Parked by Anna Berg with “Halvorsen-Lacroix”: Court order', 'label', 15),
            'what a clerk types beside the registries is parked for a supervisor', window.look('label', 'alert'))

# What a rule did is visible, and overruled with a reason.
open_draft('diacritics')
window.shows('Overrule… Family name', 'push button', 20)
hands.press('Overrule… Family name')
hands.dialog()
window.key('Down', 'space', 'alt+r')
window.waits_at('Reason')
window.type('The holder writes it so')
window.key('Return')
hands.dialog_ends()
story.claim(row('A person chose: The holder writes it so'), 'a rule is overruled with a reason',
            window.look('list item', 'alert'))
window.key('ctrl+h')
hands.dialog()
story.claim(window.shows('chosen against the rule', 'label', 10), 'which is history, too', window.look('label'))
window.key('Escape')
hands.dialog_ends()

# A supervisor decides what is parked.
citizen = box.people()['family_name'][0]
box.ctl('anna', 'application', 'set', number, '--photo', box.portrait(citizen), '--signature', box.signature(citizen))
hands.become('boris')
window.command(number)
story.claim(window.shows('Parked by Anna Berg with “Halvorsen-Lacroix”', 'label', 20), 'the supervisor sees what is parked',
            window.look('label'))
story.claim(window.waits_at('Decide… Family name', seconds=15), 'and is led there', window.focused())

# The citizen reads along on the second screen while the name is typed.
window.key('ctrl+p')
window.waits_at('The card', seconds=20)
window.key('F11')
wait_for(lambda: window.find('frame', 'Your Card'), 10)
window.xdotool('windowfocus', '--sync', str(window.windows()[0]))
window.key('ctrl+e')
window.waits_at('Decide… Family name', seconds=20)


def read_along():
    """What can be read, and heard, on the citizen's screen."""
    return '\n'.join(node.get_description() or '' for node in window.walk(window.find('frame', 'Your Card'))
                     if node.get_role_name() == 'image')


window.key('t')
wait_for(lambda: len(window.windows()) > 2, 20)
window.focus_newest()
window.waits_at('Reason')
for letters in ('Halvor', 'sen-La'):
    window.type(letters)
    story.claim(wait_for(lambda: letters in read_along(), 20), f'“{letters}” is on the citizen’s screen before it is entered',
                read_along())
window.key('Escape')
story.claim(wait_for(lambda: len(window.windows()) == 2 and 'Halvor' not in read_along(), 10), 'and gone when it is given up',
            read_along())
window.focus_newest()
window.key('Escape')
hands.dialog_ends()
type_value('Halvorsen-Lacroix')
story.claim(give('Court order seen') and row('A person chose: Court order seen'), 'and decides, also what no registry has',
            window.look('list item', 'alert'))
story.claim(not window.complaints(), 'the window had nothing to complain about', window.complaints())
story.end()
