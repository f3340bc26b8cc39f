#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A layout is changed as an administrator changes one: elements are chosen by keys and on the picture,
another record is taken, the proof sheet is drawn; the file is saved and the window shows it, with its faults
where it has some; it is proposed, and used when another person has opened its proof sheet and approved it.
Then a case tells why its card has this layout, and the preview shows the layers, and the size that a ruler gave."""

import json
import os
import pathlib
import re
import shutil

from box import SOURCE, Box, wait_for
from hands import Hands
from window import Screen, Story, Window

box = Box(citizens=300)
screen = Screen()
story = Story('layouts', screen)
# A folder of the administrator's own, with one layout.
own = box.folder / 'layouts'
shutil.copytree(SOURCE / 'data/layouts/utopia-iso', own / 'utopia-iso')
config = box.box / 'platen.conf'
config.write_text(config.read_text().replace(str(SOURCE / 'data/layouts'), str(own)))
layout = own / 'utopia-iso/layout.json'
sound = layout.read_text()


def save(text):
    """As editors do: beside it, then in its place."""
    beside = pathlib.Path(f'{layout}~')
    beside.write_text(text)
    os.rename(beside, layout)


# No program here shows PDF, whatever the machine has: where the sheet lies is told then.
window = Window(screen, {**box.env('emil'), 'XDG_DATA_DIRS': str(screen.folder)})
window.sign_in(box, 'emil')
hands = Hands(window, box)
window.key('alt+8')
story.claim(window.shows('Bound to familyname', seconds=30), 'each element is told with what it is bound to',
            window.look('label'))
story.claim(window.find(None, 'In the file: front['), 'and where it stands in the file')
story.claim(window.shows('utopia-iso, version 1') and window.shows('An everyday card'),
            'on the first of the records that come with the program', window.look('label'))


def chosen():
    """What is chosen, but for the pane."""
    return [row.name for row, _ in window.read()
            if row.role == 'list item' and row.is_selected and row.name != 'Layouts'
            and not row.name.startswith('Population Register')]


window.key('F8', 'F8')
first = wait_for(chosen, 10)
window.key('F7', 'F7')
story.claim(first and wait_for(lambda: chosen() not in ([], first), 10), 'keys choose an element', (first, chosen()))



def find_row(text):
    """The row of the first element whose data has @text, that data, and its place in millimetres."""
    label = window.find('label', text)
    row = label
    while row is not None and row.get_role_name() != 'list item':
        row = row.get_parent()
    if row is None:
        return None, None, None
    found = re.search(r'([\d.]+) × ([\d.]+) mm at ([-\d.]+), ([-\d.]+)', label.get_name())
    return row, label.get_name(), [float(number) for number in found.groups()]


def click(row, place):
    """In the middle of the element on the picture of the front."""
    picture = window.find('image', 'Front of the card')
    area = window.atspi.Component.get_extents(picture, window.atspi.CoordType.WINDOW)
    frame = window.atspi.Component.get_extents(window.find('frame', ''), window.atspi.CoordType.WINDOW)
    edge = (1280 - frame.width) / 2  # of the window, which places leave out
    width, height, x, y = place
    scale = area.width / 85.6
    window.xdotool('mousemove', '--window', str(window.windows()[-1]),
                   str(round(edge + area.x + (x + width / 2) * scale)),
                   str(round(edge + area.y + (y + height / 2) * scale)), 'click', '1')
    return row is None or wait_for(lambda: window.has_state(row, 'SELECTED'), 10)


for bound in ('familyname', 'birthdate'):
    row, data, place = find_row(f'Bound to {bound}')
    story.claim(row is not None and click(row, place), f'a click on {bound} chooses that element', (place, chosen()))
story.claim(len(chosen()) == 1, 'and no other', chosen())
selected = chosen()

# Another record beside it: the same element of another person.
person = find_row('Bound to familyname')[1]
window.key('ctrl+r')
window.waits_at('Record')
window.key('space')
window.shows('The longest names', 'label', 10)
window.key('Down')
window.key('Return')
story.claim(wait_for(lambda: find_row('Bound to familyname')[1] not in (None, person), 20),
            'another record is drawn with the same layout', person)
story.claim(chosen() == selected, 'and the same element stays chosen', chosen())

# The proof sheet of what is shown, before anybody proposes it.
window.key('ctrl+p')
told = wait_for(lambda: window.find(None, 'The proof sheet lies in'), 90)
# As it is, with every underscore.
told = told and told.get_name()
story.claim(told is not None, 'the proof sheet is drawn from the pane', window.look('label', 'alert', 'push button'))
box.ctl('emil', 'layout', 'proof', str(layout), '-o', box.folder / 'proof.pdf')
drawn = pathlib.Path(re.search(r'lies in (\S+\.pdf)', told).group(1)) if told else box.folder
story.claim(told and drawn.read_bytes() == (box.folder / 'proof.pdf').read_bytes(),
            'to the byte as the command draws it', told)
story.claim(told and drawn.stat().st_mode & 0o77 == 0, 'for nobody else to read')

# The file is edited: another heading, and something on each layer that is not printed like the others.
layers = ''.join(',\n' + json.dumps({'type': 'rect', 'name': layer, 'layer': layer, 'x': 52, 'y': 24 + 4 * i,
                                      'width': 12, 'height': 3, 'colour': '#39e58c'})
                 for i, layer in enumerate(('overlay', 'uv', 'magnetic')))
changed = re.sub(r'(?=\n  \],\n  "back")', layers, sound.replace('DRIVING LICENCE', 'LICENCE TO DRIVE'))
story.claim('LICENCE TO DRIVE' in changed and layers in changed, 'the layout has its heading')
save(changed)
story.claim(window.shows('LICENCE TO DRIVE', seconds=10), 'what is saved is seen at once', window.look('label'))
save(changed.replace('"front"', '"frnt"', 1))
story.claim(window.shows('layout.json', seconds=10), 'a fault is told', window.look('label', 'alert'))
fault = window.shows('layout.json')
story.claim('frnt' in fault and 'line ' in fault, 'with its line and its element', fault)
story.claim(window.find(None, 'LICENCE TO DRIVE'), 'while the last good picture stays')
frame = window.atspi.Component.get_extents(window.find('frame', ''), window.atspi.CoordType.WINDOW)
story.claim(frame.height <= 800, 'and the window is no higher than the screen, however long the words', frame.height)
story.claim(chosen() == selected, 'with the element that was chosen', chosen())
save('{')
story.claim(window.shows('not valid JSON', seconds=10), 'half a file is told, too', window.look('alert', 'label'))
save(changed)
story.claim(window.hides('layout.json', 'label', 10), 'and nothing more when it is mended', window.look('label'))
story.claim(chosen() == selected, 'and the same element is still chosen', chosen())

# Nobody draws a card with it.
number = box.approved(box.people()['renewal'][1])
sentence = box.refused('chen', 'card', 'render', number, '--side', 'front', '-o', box.folder / 'x.png')
story.claim('not those that were approved' in sentence, 'a layout that nobody approved is not drawn', sentence)

# One person proposes it.
window.key('F9')
story.claim(window.shows('Propose… utopia-iso, version 1', 'push button', 15), 'files that nobody proposed are listed',
            window.look('push button'))
STOPPED = 'No card is drawn with layout “utopia-iso” on this computer'
story.claim(window.shows(STOPPED, 'alert', 10), 'with what comes of it', window.look('alert', 'label'))
hands.press('Propose…')
hands.answer('A new heading')
story.claim(window.shows('utopia-iso, version 1: Proposed', seconds=60), 'who edits a layout proposes it',
            window.look('label', 'alert'))
hands.press('Approve…')
hands.answer('I like it')
story.claim(window.shows('you proposed it yourself', seconds=15), 'and cannot approve it',
            window.look('label', 'alert'))

# Another looks at its proof sheet and approves it.
hands.become('boris')
window.key('alt+8')
window.shows('Bound to familyname', seconds=30)
window.key('F9')
window.shows('Approve…', 'push button', 15)
hands.press('Approve…')
hands.answer('Not looked at')
story.claim(window.shows('you have not opened its proof sheet', seconds=15), 'nobody approves what they have not seen',
            window.look('label', 'alert'))
waiting = next(v for v in box.ctl('boris', 'layout', 'versions') if v['state'] == 'proposed')
box.ctl('boris', 'layout', 'sheet', str(waiting['id']), '-o', box.folder / 'sheet.pdf')
story.claim((box.folder / 'sheet.pdf').read_bytes().startswith(b'%PDF-'), 'the proof sheet is a PDF')
hands.press('Approve…')
hands.answer('The heading is in order')
story.claim(window.shows('utopia-iso, version 1: Retired', seconds=20) and
            window.shows('Proposed by Emil Strand, approved by Boris Iliev', seconds=5),
            'another person approves it, in the place of the former', window.look('label', 'alert'))
story.claim(window.waits_at('utopia-', 'list item'), 'and the keyboard stays in the list', window.focused())


def lit():
    """Which panes are lit in the sidebar."""
    return [row.name for row, _ in window.read() if row.is_selected and row.name in ('Layouts', 'Verify')]


window.key('ctrl+k', 'Tab', 'Tab')
story.claim(window.waits_at('Layouts', 'list item'), 'Tab leads to the pane that is shown', window.focused())
window.key('Tab')
story.claim(wait_for(lambda: window.focused()[1] not in ('Layouts', 'Verify'), 5) and lit() == ['Layouts'],
            'and past all panes, and it stays lit', (window.focused(), lit()))


def steps(key, n):
    """Where the keyboard is before each of @n presses of @key, and behind them."""
    places = [window.focused()]
    for _ in range(n):
        window.key(key)
        wait_for(lambda: window.focused() not in (None, places[-1]), 5)
        places.append(window.focused())
    return places


there = steps('Tab', 14)
story.claim(any(role == 'list item' for role, _ in there) and steps('shift+Tab', 14) == there[::-1],
            'and Shift+Tab back the same way, through rows with buttons', there)
window.key('shift+Tab')
story.claim(window.waits_at('Layouts', 'list item'), 'to the panes again', window.focused())
box.ctl('chen', 'card', 'render', number, '--side', 'front', '-o', box.folder / 'x.png')
story.claim((box.folder / 'x.png').exists(), 'and cards are drawn with it')
story.claim(window.hides(STOPPED, 'alert', 10), 'and nothing more is said of it', window.look('alert'))

# An upgrade brings the next version.
upgraded = layout.parent / '2'
upgraded.mkdir()
(upgraded / 'layout.json').write_text(changed.replace('"version": 1', '"version": 2'))
story.claim(window.shows('Cards go on with version 1 of layout “utopia-iso”: version 2 is new', 'alert', 15),
            'a version that an upgrade brought is told', window.look('alert'))
shutil.rmtree(upgraded)
story.claim(window.hides('version 2 is new', 'alert', 15), 'until it has gone', window.look('alert'))

# Which layout an application gets is said by rules, which need two people as well.
window.key('F9')
story.claim(window.shows('Every application: utopia-iso (Approved)', 'list item', 20) and window.waits_at('Propose a Rule'),
            'the rules are listed in their order', window.look('label'))
window.key('Return')
hands.dialog()
window.waits_at('Asked at')
window.type('0')
window.key('Return')
story.claim(window.shows('“0” is no whole number from 1 to 9999.', seconds=10), 'a rule is refused in words',
            window.look('label', 'alert'))
window.key('ctrl+a')
window.type('50')
window.key('Tab', 'Tab')
window.type('16')
window.key('Tab')
window.type('20')
window.key('Tab', 'Tab', 'Tab')
window.type('The young')
window.key('Return')
hands.dialog_ends()
story.claim(window.shows('Every application, from 16 to 20 years: utopia-aamva (Proposed)', 'list item', 20),
            'a supervisor proposes one', window.look('list item', 'label'))
rule = next(r for r in box.ctl('boris', 'layout-rule', 'list') if r['state'] == 'proposed')
story.claim((rule['position'], rule['min_age'], rule['max_age'], rule['layout'], rule['reason'])
            == (50, 16, 20, 'utopia-aamva', 'The young'), 'as it was typed', rule)
box.signed_in.clear()
box.ctl('emil', 'layout-rule', 'approve', str(rule['id']))
story.claim(window.shows('16 to 20 years: utopia-aamva (Approved)', 'list item', 20),
            'another person approves it, and the window shows it', window.look('list item'))

# ---- A case with this layout. ----


def back_to(name):
    """With Shift+Tab to the button of that name."""
    for _ in range(20):
        if window.waits_at(name, 'push button', 0.3):
            return True
        window.key('shift+Tab')
    return False


window.command(number)
story.claim(window.waits_at('Preview', 'push button', 20), 'a case that is opened has the keyboard', window.focused())
# Nothing on this computer says what kind of file a picture is.
story.claim(window.hides('None yet', 'label', 5), 'and shows photo and signature', window.look('label'))
story.claim(back_to('Why This Layout'), 'why it has this layout is reached by keys', window.focused())
window.key('Return')
story.claim(window.shows('asked at position 9999, says layout utopia-iso', 'list item', 10) and
            window.shows('Emil Strand proposed it, Boris Iliev approved it', 'list item', 5), 'and told', window.look('list item'))
window.key('ctrl+p')
window.waits_at('The card')
window.shows('Codes, Read Back', 'label', 20)
for key, layer in (('l', 'overlay'), ('u', 'ultraviolet'), ('m', 'magnetic stripe and chip')):
    before = screen.dots()
    window.key(key)
    story.claim(window.shows(f'Layers: colour, black panel, {layer}', 'alert', 10) and
                wait_for(lambda: screen.dots() != before, 10), f'{key.upper()} shows the layer and says so: {layer}',
                window.look('alert'))
    window.key(key)
    story.claim(window.hides('Layers:', 'alert', 10) and wait_for(lambda: screen.dots() == before, 10),
                'and as it is printed', window.look('alert'))

# The size of this screen, by a ruler: the line of 380 dots is said to be 50 mm long.
story.claim(back_to('Size'), 'the sizes are reached by keys', window.focused())
window.key('Return')
window.waits_at('Fit', 'menu item')
window.key('Up')
story.claim(window.waits_at('Measure This Screen', 'menu item'), 'and the ruler among them', window.focused())
window.key('Return')
hands.dialog()
story.claim(window.shows('Length in millimetres', 'spin button', 10), 'it is asked for', window.look('spin button'))
window.key('ctrl+a')
window.type('50')
window.key('Return')
hands.dialog_ends()
window.key('ctrl+1')


def widths():
    """Of the front, here and in the pane of layouts."""
    nodes = [window.go(way, row.name) for row, way in window.read() if row.role == 'image' and row.name == 'Front of the card']
    return [window.atspi.Component.get_extents(node, window.atspi.CoordType.WINDOW).width for node in nodes if node is not None]


story.claim(wait_for(lambda: any(abs(width - 85.6 * 380 / 50) < 2 for width in widths()), 10), 'real size is by that ruler', widths())
story.claim(window.shows('100 %', 'label', 10), 'and says so', window.look('label'))
story.claim('without a current allocation' not in window.said(), 'and nothing is left blank', window.said()[-500:])
story.claim(not window.complaints(), 'the window had nothing to complain about', window.complaints())
story.end()
