#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes of decisions, by keys alone: what was always decided the same way becomes a rule that a
supervisor accepts with an end, and two records of one person are linked and taken apart again, by two
persons each time."""

import csv
import datetime

from box import Box, wait_for
from hands import Hands
from window import Screen, Story, Window

SAME = 5  # decisions of one kind until a rule is proposed

box = Box(citizens=3000)
screen = Screen()
story = Story('decisions', screen)
truth = list(csv.DictReader(open(box.box / 'truth.csv', encoding='utf-8')))


def decide(id_number, field):
    """The clerk's decision by command line: the population register is right."""
    number = box.ctl('anna', 'application', 'new', id_number, '--type', 'renewal')['number']
    shown = {f['field']: f for f in box.ctl('anna', 'application', 'show', number)['fields']}[field]
    if shown['choice'] != 'open':
        return None
    box.ctl('anna', 'application', 'set', number, '--choose', f'{field}={shown["identity"]}', '--reason',
            'Passport shown at the counter')
    return number


# What people decided always the same way becomes a rule.
alike = [t['id_number'] for t in truth if (t['kind'], t['registry']) == ('missing_middle_name', 'infringement')]
numbers = []
while alike and len(numbers) < SAME:
    number = decide(alike.pop(), 'given_names')
    numbers += [number] if number else []
story.claim(len(numbers) == SAME, f'{SAME} cases of one kind are decided the same way', len(truth))

window = Window(screen, box.env('boris'))
window.sign_in(box, 'boris')
hands = Hands(window, box)
window.key('alt+7')
story.claim(window.shows('Accept… Missing given name, Given names: Infringement', 'push button', 20),
            'a rule is proposed', window.look('push button'))
story.claim(window.find(None, f'Decided this way {SAME} times of late'), 'with how often it was decided so',
            window.look('label'))
hands.press('Cases…')
hands.dialog()
story.claim(window.shows(numbers[0], seconds=10) and window.shows(numbers[-1], seconds=10),
            'and each past case', window.look('label'))
window.key('Escape')
hands.dialog_ends()
hands.press('Accept…')
hands.dialog()
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
hands.dialog_ends()
story.claim(window.shows('End… Missing given name', 'push button', 15), 'a supervisor accepts it',
            window.look('alert'))
rules = [r for r in box.ctl('boris', 'rule', 'learned') if r['accepted_by']]
story.claim(len(rules) == 1 and rules[0]['valid_to'] == until and rules[0]['source'] == 'infringement',
            'it ends on the day that was said', rules)
story.claim(not window.find('push button', 'Accept… Missing'), 'it is proposed no more')
window.command(alike.pop())
story.claim(window.shows('Used, by a rule of this office: Population', 'list item', 30),
            'the next one who is looked up is settled by it', window.look('list item'))
window.key('alt+7')
window.shows('End… Missing given name', 'push button', 15)

# Ending it needs a reason, too.
hands.press('End…')
hands.answer('The courts write full names now')
today = datetime.date.today().isoformat()
story.claim(wait_for(lambda: [r['valid_to'] for r in box.ctl('boris', 'rule', 'learned')
                              if r['accepted_by']] == [today], 10), 'it is ended with a reason')

# Two records of one person.
twice = next(t for t in truth if t['kind'] == 'two_ids')
kept, other = twice['id_number'], twice['other_id_number']
hands.become('anna')
window.command(kept)
window.waits_at('', 'push button', 20)
window.key('ctrl+l')
hands.dialog()
window.waits_at('Other ID number')
window.type(kept)
story.claim(window.shows('Both numbers are the same', seconds=5), 'a number is not linked with itself')
window.key('ctrl+a', 'BackSpace')
spaced = f'{other[:5]} {other[5:10]} {other[10]}'
story.claim(window.shows(f'{spaced} · ', 'push button', 30), 'who may be the same person is offered',
            window.look('push button', 'label'))
hands.press(spaced)
story.claim(window.waits_at('Reason') and window.shows(spaced, 'label', 10), 'both records are shown side by side',
            window.look('label'))
window.type('Same birth certificate')
window.key('Return')
hands.dialog_ends()
story.claim(window.shows('Anna Berg asks for them to be one person: Same birth certificate', seconds=15),
            'a clerk asks for the link, with a reason', window.look('label', 'alert'))
story.claim(not window.find('push button', 'Agree'), 'and cannot agree to it')
hands.become('boris')
window.key('alt+7')
window.shows('Agree…', 'push button', 15)
hands.press('Agree…')
hands.answer('Certificate seen')
story.claim(window.shows('One person. Applications are started under the number that is kept', seconds=15),
            'a supervisor agrees: one person', window.look('label', 'alert'))
sentence = box.refused('anna', 'application', 'new', other, '--type', 'renewal')
story.claim(kept in sentence, 'work goes on under the number that is kept', sentence)

# And apart again, which takes two persons, too.
hands.press('Take Apart…')
hands.answer('They are twins')
story.claim(window.shows('Boris Iliev asks to take them apart: They are twins', seconds=15)
            and not window.find('push button', 'Agree'), 'who asks to take them apart cannot agree alone',
            window.look('label', 'push button'))
box.hire('olga', 'Olga Lind', 'supervisor')
hands.become('olga')
window.command(other)
window.shows('Agree…', 'push button', 20)
hands.press('Agree…')
hands.answer('Twins indeed')
story.claim(window.shows('Two persons: they were linked, and were taken apart', seconds=15),
            'another supervisor agrees: two persons', window.look('label', 'alert'))
history = box.sql('SELECT t.name, s.state FROM platen.id_link_step s JOIN platen.staff t ON t.id = s.staff_id '
                  'ORDER BY s.id')
story.claim(history == [['Anna Berg', 'proposed'], ['Boris Iliev', 'linked'], ['Boris Iliev', 'unlinking'],
                        ['Olga Lind', 'unlinked']], 'all four steps are history', history)
story.claim(not window.complaints(), 'the window had nothing to complain about', window.complaints())
story.end()
