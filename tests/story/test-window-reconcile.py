#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the registries differ, people decide, by keys alone; what they decide is kept with its history,
becomes a rule that a supervisor accepts with an end, and two records of one person are linked and taken
apart again by two persons each time."""

import csv
import datetime

from box import Box, wait_for
from window import Screen, Story, Window

SAME = 5  # decisions of one kind until a rule is proposed

box = Box(citizens=3000)
screen = Screen()
story = Story('reconcile', screen)
truth = list(csv.DictReader(open(box.box / 'truth.csv', encoding='utf-8')))


def dialog(*keys):
    """Waits for a dialog, gives it the keyboard and presses @keys in it."""
    wait_for(lambda: len(window.windows()) > 1, 10)
    window.focus_newest()
    if keys:
        window.key(*keys)


def dialog_ends():
    ended = wait_for(lambda: len(window.windows()) == 1, 10)
    window.focus_newest()
    return ended


def press(name, tries=60):
    """Tabs to the button of that name and presses it."""
    for _ in range(tries):
        focus = window.focused()
        if focus and focus[0] == 'push button' and focus[1].startswith(name):
            window.key('Return')
            return True
        window.key('Tab')
    return False


def as_(login):
    """Another member of staff at the same desk; the session that commands resume ends with it."""
    window.sign_out()
    box.signed_in.clear()
    return window.sign_in(box, login)


def decide(id_number, field):
    """The clerk's decision by command line: the population register is right."""
    number = box.ctl('anna', 'application', 'new', id_number, '--type', 'renewal')['number']
    shown = {f['field']: f for f in box.ctl('anna', 'application', 'show', number)['fields']}[field]
    if shown['choice'] != 'open':
        return None
    box.ctl('anna', 'application', 'set', number, '--choose', f'{field}={shown["identity"]}', '--reason',
            'Passport shown at the counter')
    return number


def give(text, *keys):
    """The dialog that a key of a row opens: a text and Return."""
    if keys:
        window.key(*keys)
    dialog()
    window.waits_at('Reason')
    window.type(text)
    window.key('Return')
    return dialog_ends()


def type_value(value):
    """T, and the value; the reason is asked for next."""
    window.key('t')
    dialog()
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
press('Undo Family name')
window.waits_at('Choose… Family name', seconds=15)
story.claim(give('The passport is older', 'p') and window.shows('Parked by Anna Berg: The passport is older', 'label', 15),
            'P parks it, and that is seen', window.look('label', 'alert'))
window.key('h')
dialog()
story.claim(window.shows('Family name: parked for a supervisor', 'label', 10)
            and window.shows('chosen by a clerk', 'label', 5) and window.shows('Reason: Divorce decree', 'label', 5)
            and window.shows('Family name: the decision was undone', 'label', 5),
            'H shows the history of its decisions', window.look('label'))
window.key('Escape')
dialog_ends()
type_value('Halvorsen-Lacroix')
give('Court order')
story.claim(window.shows('Parked by Anna Berg with “Halvorsen-Lacroix”: Court order', 'label', 15),
            'what a clerk types beside the registries is parked for a supervisor', window.look('label', 'alert'))

# What a rule did is visible, and overruled with a reason.
open_draft('diacritics')
window.shows('Overrule… Family name', 'push button', 20)
press('Overrule… Family name')
dialog()
window.key('Down', 'space', 'alt+r')
window.waits_at('Reason')
window.type('The holder writes it so')
window.key('Return')
dialog_ends()
story.claim(row('A person chose: The holder writes it so'), 'a rule is overruled with a reason',
            window.look('list item', 'alert'))
window.key('ctrl+h')
dialog()
story.claim(window.shows('chosen against the rule', 'label', 10), 'which is history, too', window.look('label'))
window.key('Escape')
dialog_ends()

# A supervisor decides what is parked.
as_('boris')
window.command(number)
story.claim(window.shows('Parked by Anna Berg with “Halvorsen-Lacroix”', 'label', 20), 'the supervisor sees what is parked',
            window.look('label'))
story.claim(window.waits_at('Decide… Family name', seconds=15), 'and is led there', window.focused())
type_value('Halvorsen-Lacroix')
story.claim(give('Court order seen') and row('A person chose: Court order seen'), 'and decides, also what no registry has',
            window.look('list item', 'alert'))
as_('anna')

# What people decided always the same way becomes a rule.
alike = [t['id_number'] for t in truth if (t['kind'], t['registry']) == ('missing_middle_name', 'infringement')]
numbers = []
while alike and len(numbers) < SAME:
    number = decide(alike.pop(), 'given_names')
    numbers += [number] if number else []
story.claim(len(numbers) == SAME, f'{SAME} cases of one kind are decided the same way', len(truth))
waiting = box.ctl('anna', 'application', 'new', alike.pop(), '--type', 'renewal')['number']

as_('boris')
window.key('alt+7')
story.claim(window.shows('Accept… Missing given name, Given names: Infringement', 'push button', 20),
            'a rule is proposed', window.look('push button'))
story.claim(window.find(None, f'Decided this way {SAME} times of late'), 'with how often it was decided so',
            window.look('label'))
press('Cases…')
dialog()
story.claim(window.shows(numbers[0], seconds=10) and window.shows(numbers[-1], seconds=10),
            'and each past case', window.look('label'))
window.key('Escape')
dialog_ends()
press('Accept…')
dialog()
window.waits_at('Last day')
window.key('alt+r')
window.waits_at('Reason')
window.type('Always the short form at the courts')
window.key('alt+l')
window.waits_at('Last day')
window.key('ctrl+a')
window.type('2020-01-01')
window.key('Return')
story.claim(window.shows('ends on a day within a year', seconds=5) and len(window.windows()) == 2,
            'it needs an end that is to come', window.look('label'))
until = (datetime.date.today() + datetime.timedelta(days=90)).isoformat()
window.key('ctrl+a')
window.type(until)
window.key('Return')
dialog_ends()
story.claim(window.shows('End… Missing given name', 'push button', 15), 'a supervisor accepts it',
            window.look('alert'))
rules = [r for r in box.ctl('boris', 'rule', 'list') if r['accepted_by']]
story.claim(len(rules) == 1 and rules[0]['valid_to'] == until and rules[0]['source'] == 'infringement',
            'it ends on the day that was said', rules)
story.claim(not window.find('push button', 'Accept… Missing'), 'it is proposed no more')

# Ending it needs a reason, too.
press('End…')
dialog()
window.waits_at('Reason')
window.type('The courts write full names now')
window.key('Return')
dialog_ends()
today = datetime.date.today().isoformat()
story.claim(wait_for(lambda: [r['valid_to'] for r in box.ctl('boris', 'rule', 'list')
                              if r['accepted_by']] == [today], 10), 'it is ended with a reason')

# Two records of one person.
twice = next(t for t in truth if t['kind'] == 'two_ids')
kept, other = twice['id_number'], twice['other_id_number']
as_('anna')
window.command(kept)
window.waits_at('', 'push button', 20)
window.key('ctrl+l')
dialog()
window.waits_at('Other ID number')
window.type(kept)
story.claim(window.shows('Both numbers are the same', seconds=5), 'a number is not linked with itself')
window.key('ctrl+a')
window.type(other)
spaced = f'{other[:5]} {other[5:10]} {other[10]}'
story.claim(window.shows(spaced, 'label', 10), 'both records are shown side by side', window.look('label'))
window.key('alt+r')
window.type('Same birth certificate')
window.key('Return')
dialog_ends()
story.claim(window.shows('Anna Berg asks for them to be one person: Same birth certificate', seconds=15),
            'a clerk asks for the link, with a reason', window.look('label', 'alert'))
story.claim(not window.find('push button', 'Agree'), 'and cannot agree to it')
as_('boris')
window.key('alt+7')
window.shows('Agree…', 'push button', 15)
press('Agree…')
dialog()
window.waits_at('Reason')
window.type('Certificate seen')
window.key('Return')
dialog_ends()
story.claim(window.shows('One person. Applications are started under the number that is kept', seconds=15),
            'a supervisor agrees: one person', window.look('label', 'alert'))
sentence = box.refused('anna', 'application', 'new', other, '--type', 'renewal')
story.claim(kept in sentence, 'work goes on under the number that is kept', sentence)

# And apart again, which takes two persons, too.
press('Take Apart…')
dialog()
window.waits_at('Reason')
window.type('They are twins')
window.key('Return')
dialog_ends()
story.claim(window.shows('Boris Iliev asks to take them apart: They are twins', seconds=15)
            and not window.find('push button', 'Agree'), 'who asks to take them apart cannot agree alone',
            window.look('label', 'push button'))
box.hire('olga', 'Olga Lind', 'supervisor')
as_('olga')
window.command(other)
window.shows('Agree…', 'push button', 20)
press('Agree…')
dialog()
window.waits_at('Reason')
window.type('Twins indeed')
window.key('Return')
dialog_ends()
story.claim(window.shows('Two persons: they were linked, and were taken apart', seconds=15),
            'another supervisor agrees: two persons', window.look('label', 'alert'))
history = box.sql('SELECT t.name, s.state FROM platen.id_link_step s JOIN platen.staff t ON t.id = s.staff_id '
                  'ORDER BY s.id')
story.claim(history == [['Anna Berg', 'proposed'], ['Boris Iliev', 'linked'], ['Boris Iliev', 'unlinking'],
                        ['Olga Lind', 'unlinked']], 'all four steps are history', history)
story.claim(not window.complaints(), 'the window had nothing to complain about', window.complaints())
story.succeed()
