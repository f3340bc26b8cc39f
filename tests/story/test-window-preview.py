#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A card is looked at before it is printed, by keys alone: the old one under the new one, its size, sides
and layers; what the citizen sees on a screen of their own, and what they answer, which counts for what was
shown alone."""

import subprocess

from box import PRINTER, Box, wait_for
from hands import Hands
from window import Screen, Story, Window

box = Box()
screen = Screen()
story = Story('preview', screen)
people = box.people()
id_number, other = people['renewal'][:2]

# A holder who has a card of this office, and asks for another.
first = box.approved(id_number)
card = box.ctl('chen', 'card', 'print', first, '--printer', PRINTER)
printed = wait_for(box.printed, 60)
story.claim(wait_for(lambda: box.ctl('chen', 'card', 'show', card['number'])['state'] == 'out', 60), 'the first card is out')
box.ctl('chen', 'card', 'read', card['number'], '--scan', box.read_qr(printed[0]), '--serial', card['serial'])
box.ctl('chen', 'card', 'issue', card['number'])
number = box.ctl('anna', 'application', 'new', id_number, '--type', 'replacement')['number']
box.ctl('anna', 'application', 'set', number, '--photo', box.portrait(other), '--signature', box.signature(id_number))


def answers():
    return box.sql('SELECT verdict, given, h.changes::text FROM platen.holder_answer h JOIN platen.application a'
                   f" ON a.id = h.application_id WHERE a.number = '{number}' ORDER BY h.id")


def patch():
    """The middle of the screen, where the card lies: what its dots are."""
    return subprocess.run(['import', '-window', 'root', '-crop', '700x560+200+120', '-depth', '8', 'rgb:-'],
                          capture_output=True, timeout=30, check=True).stdout


def changes_by(*keys):
    """Whether the picture of the card changes when @keys are pressed, and comes back with the same ones."""
    before = patch()
    window.key(*keys)
    changed = wait_for(lambda: patch() != before, 10)
    window.key(*keys)
    return changed and wait_for(lambda: patch() == before, 10)


window = Window(screen, box.env('anna'))
window.sign_in(box, 'anna')
hands = Hands(window, box)
window.command(number)
window.waits_at('')
window.shows('History')

# A scanner types wherever the keyboard is; what it types is taken whole, or not at all.
FIELD = ('entry', 'Look up')
LINE_FEED, SEPARATOR, ENTER = ('ctrl+j',), ('ctrl+asciicircum',), ('Return',)
BARCODE = ('@', LINE_FEED, SEPARATOR, ENTER, 'ANSI 999999100201DL00310058DLDAQU1234567', LINE_FEED, 'DCSANDERSSON',
           LINE_FEED, 'DACANNA', LINE_FEED, 'DBB01021980', ENTER)


def at_field():
    """The keyboard at the field of the search, which holds what a person has typed."""
    window.key('alt+1')
    window.waits_at(FIELD[1])
    window.key('ctrl+a')
    window.xdotool('type', '--delay', '70', 'Anders')
    return wait_for(lambda: in_field() == 'Anders', 10)


def in_field():
    """What stands in the field, wherever the scan has led to."""
    window.key('alt+1')
    field = wait_for(lambda: window.find(*FIELD), 10)
    return field and window.text_of(field)


story.claim(at_field(), 'what a person types goes into the field', [seen for seen in window.look() if 'Look up' in seen[1]])
window.scan(first, ENTER)
story.claim(window.shows(first, seconds=10) and in_field() == 'Anders', 'a number that is scanned is led to, and the field is as it was',
            (in_field(), window.look('label', 'alert')))
at_field()
window.scan(*BARCODE)
story.claim(window.shows('was not compared with anything', 'label') and in_field() == 'Anders',
            'a barcode with Enter and separators inside is one scan, which no card awaits', (in_field(), window.look('label', 'alert')))
at_field()
window.scan(*BARCODE[:8])
window.scan(*BARCODE[8:])
story.claim(window.shows('was not compared with anything', 'label') and in_field() == 'Anders',
            'and so are the halves of one that broke off', (in_field(), window.look('label', 'alert')))
at_field()
window.scan(*BARCODE[:5], *('DAUOAKS' * 40, LINE_FEED) * 6, ENTER)
story.claim(window.shows('was not compared with anything', 'label') and in_field() == 'Anders', 'and the longest that a card can hold',
            (in_field(), window.look('label', 'alert')))
at_field()
window.scan(first, ENTER)
window.scan(number, ENTER)
story.claim(window.shows(number, seconds=10) and in_field() == 'Anders', 'of two that follow each other the last one counts',
            (in_field(), window.look('label', 'alert')))
# German keys, and a scanner that was delivered for North American ones.
window.layout('de')
at_field()
window.scan(*window.keys_of(first), ENTER)
story.claim(window.shows(first, seconds=10) and in_field() == 'Anders', 'whatever the layout', (in_field(), window.look('text', 'alert')))
window.layout('us')
window.command(number)
window.shows(number)
window.shows('History')
window.key('ctrl+p')
story.claim(window.shows(f'Compared with the card of application {first}', seconds=20),
            'the card that the holder has is what the new one is compared with', window.look('label', 'alert'))
story.claim(window.find(None, 'Another one than before.'), 'and what changes is said in words', window.look('label'))
mrz = window.shows('Check digit of the number', seconds=20)
story.claim(mrz and '✗' not in mrz and 'D1UTO' in mrz, 'the machine-readable zone is read back, digit by digit', mrz)
story.claim(window.find('image', 'Front of the card') and window.find('image', 'Back of the card'), 'both sides are there')
front = window.find('image', 'Front of the card')
story.claim('Date of birth' in (front.get_description() or ''), 'and can be heard', front.get_description())

# What is looked at, and how.
window.waits_at('The card')
for keys, what in ((('ctrl+1',), 'real size'), (('ctrl+2',), 'twice the size')):
    window.key(*keys)
    size = '100 %' if keys == ('ctrl+1',) else '200 %'
    story.claim(window.shows(size, 'label', 10), f'{keys[0]}: {what}', window.look('label'))
window.key('ctrl+plus')
story.claim(window.hides('200 %', 'label', 10), 'Ctrl++ is larger')
window.key('ctrl+minus')
story.claim(window.shows('200 %', 'label', 10), 'and Ctrl+− smaller again')
window.key('ctrl+0')
story.claim(window.shows('Fit, ', 'label', 10), 'and Ctrl+0 as large as fits')
both = patch()
window.key('space')
back = wait_for(lambda: (seen := patch()) != both and seen, 10)
story.claim(back, 'Space turns the card over')
window.key('space')
story.claim(wait_for(lambda: patch() not in (both, back), 10), 'and back')
window.key('d')
story.claim(wait_for(lambda: patch() == both, 10), 'D shows both sides')
# This layout has nothing for ultraviolet light, no stripe and no chip.
for key, what in (('c', 'the colours'), ('k', 'the black panel'), ('o', 'outlines'), ('g', 'bleed and safe area')):
    story.claim(changes_by(key), f'{key.upper()} shows {what} or not', key)
window.key('b')
story.claim(window.shows('The card before', 'label', 5), 'B shows the card before')
window.key('b')

# The citizen's screen.
window.key('F11')
story.claim(wait_for(lambda: window.find('frame', 'Your Card'), 10), 'F11 opens the citizen’s screen', window.look('frame'))


def shown_to_citizen(*roles):
    """(role, name) of what is on the citizen's screen."""
    return [(node.get_role_name(), (node.get_name() or '').replace('_', ''))
            for node in window.walk(window.find('frame', 'Your Card')) if not roles or node.get_role_name() in roles]


wait_for(lambda: ('push button', 'Everything Is Right') in shown_to_citizen(), 10)
words = [name for role, name in shown_to_citizen('label', 'push button', 'image', 'text', 'entry') if name]
story.claim(any('Photo (6): Another one than before.' in name for name in words), 'with what changes', words)
story.claim(not any(text in name for name in words for text in
                    ('Anna', other, number, first, 'registry', 'Print', 'Compared')),
            'and nothing but the card, the changes and the question', words)
story.claim(len(words) <= 9, 'not one widget more', words)

# The answer.
window.focus_newest()
hands.press('Something Is Wrong')
story.claim(wait_for(lambda: [a[:2] for a in answers()] == [['objected', 'screen']], 10), 'the citizen says that something is wrong',
            answers())
story.claim(wait_for(lambda: any('what is wrong' in name for _, name in shown_to_citizen('label')), 10),
            'and is asked to say what', shown_to_citizen())
hands.press('Everything Is Right')
story.claim(wait_for(lambda: [a[:2] for a in answers()][1:] == [['confirmed', 'screen']], 10), 'and then that everything is right',
            answers())
story.claim('Another one than before.' in answers()[1][2], 'what was shown is kept with it', answers())
story.claim(wait_for(lambda: any('You have confirmed' in name for _, name in shown_to_citizen('label')), 10),
            'who has confirmed it is thanked', shown_to_citizen())
window.key('Escape')
hands.dialog_ends()
window.key('ctrl+p')
story.claim(window.shows('Confirmed by the holder', seconds=10), 'the clerk sees it', window.look('label'))

# Another picture: it counts no more.
box.ctl('anna', 'application', 'set', number, '--photo', box.portrait(id_number))
story.claim(window.shows('has changed since the holder confirmed it', seconds=15), 'a change voids it', window.look('label'))
findings = [f['rule'] for f in box.ctl('anna', 'application', 'show', number)['findings']]
story.claim('CARD_CHANGED_SINCE' in findings, 'which is a finding', findings)
story.end()
