#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A card is looked at before it is printed, by keys alone: the old one under the new one, its size, sides
and layers; what the citizen sees on a screen of their own, and what they answer, which counts for what was
shown alone. Then the old card is held up, in every form that a scanner or a file brings: what it is worth."""

from box import PRINTER, Box, wait_for
from database import kill_database
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


def changes_by(*keys):
    """Whether the picture of the card changes when @keys are pressed, and comes back with the same ones."""
    before = screen.dots()
    window.key(*keys)
    changed = wait_for(lambda: screen.dots() != before, 10)
    window.key(*keys)
    return changed and wait_for(lambda: screen.dots() == before, 10)


window = Window(screen, box.env('anna'))
window.sign_in(box, 'anna')
hands = Hands(window, box)
window.command(number)
window.waits_at('')
window.shows('History')

# A scanner types wherever the keyboard is; what it types is taken whole, or not at all.
FIELD = ('entry', 'Look up')
BARCODE = '@\n\x1e\rANSI 999999100201DL00310058DLDAQU1234567\nDCSANDERSSON\nDACANNA\nDBB01021980'


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


def leads_to(text, *scans):
    """Whether what is scanned at the field leads to @text, and the field is as it was."""
    at_field()
    for scan in scans:
        window.scan(scan)
    return window.shows(text, seconds=10) and in_field() == 'Anders'


VERIFIED = 'AAMVA barcode of a licence'
story.claim(at_field(), 'what a person types goes into the field', [seen for seen in window.look() if 'Look up' in seen[1]])
story.claim(leads_to(first, first), 'a number that is scanned is led to, and the field is as it was')
story.claim(leads_to(VERIFIED, BARCODE),
            'a barcode with Enter and separators inside is one scan, which no card awaits: it is verified')
story.claim(leads_to(VERIFIED, BARCODE[:60], BARCODE[60:]), 'and so are the halves of one that broke off')
story.claim(leads_to('This Cannot Be Verified', BARCODE + '\nDAUOAKS' * 215), 'and the longest that a card can hold')
story.claim(leads_to(number, first, number), 'of two that follow each other the last one counts')
# German keys, and a scanner that was delivered for North American ones.
window.layout('de')
at_field()
window.scanner.scan_american(first)
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
for _ in range(12):
    window.key('ctrl+plus')
story.claim(window.shows('1600 %', 'label', 10), 'up to 1,600 %', window.look('label'))
window.key('ctrl+0')
story.claim(window.shows('Fit, ', 'label', 10), 'and Ctrl+0 as large as fits')
both = screen.dots()


def sides():
    """What a reader is told of: the sides of the card that are there to be seen."""
    return [name for name in ('Front of the card', 'Back of the card') if window.find('image', name)]


window.key('space')
back = wait_for(lambda: (seen := screen.dots()) != both and seen, 10)
story.claim(back, 'Space turns the card over')
story.claim(wait_for(lambda: sides() == ['Back of the card'], 10), 'and that side alone is read out', sides())
story.claim('Date of birth' not in window.find('image', 'Back of the card').get_description(), 'with what stands on it',
            window.find('image', 'Back of the card').get_description())
window.key('space')
story.claim(wait_for(lambda: screen.dots() not in (both, back), 10), 'and back')
story.claim(wait_for(lambda: sides() == ['Front of the card'], 10), 'for the ear as well', sides())
window.key('d')
story.claim(wait_for(lambda: screen.dots() == both, 10), 'D shows both sides')
story.claim(wait_for(lambda: len(sides()) == 2, 10), 'to everybody', sides())
# This layout has nothing for ultraviolet light, no stripe and no chip.
for key, what in (('c', 'the colours'), ('k', 'the black panel'), ('o', 'outlines'), ('g', 'bleed and safe area')):
    story.claim(changes_by(key), f'{key.upper()} shows {what} or not', key)


def differs(picture):
    """Whether the holder's other photo is seen: not the line above the card alone."""
    return sum(a != b for a, b in zip(picture, both)) > 20000


window.key('b')
story.claim(wait_for(lambda: differs(screen.dots()), 20), 'B shows the card before, as it looked')
story.claim(wait_for(lambda: screen.dots() == both, 20) and wait_for(lambda: differs(screen.dots()), 20), 'in turn with the new one')
story.claim(window.shows('The card before', 'label', 30), 'and says which it is')
window.key('b')
story.claim(wait_for(lambda: screen.dots() == both, 20) and not wait_for(lambda: differs(screen.dots()), 2), 'until B is pressed again')

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


def heard_by_citizen():
    """Everything that stands on the card on the citizen's screen."""
    return '\n'.join(node.get_description() or '' for node in window.walk(window.find('frame', 'Your Card'))
                     if node.get_role_name() == 'image')


story.claim(wait_for(lambda: 'Date of birth' in heard_by_citizen(), 10), 'the card there can be heard as well', heard_by_citizen())

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

# Where there is no second screen the holder says it, and the clerk presses a key.
window.waits_at('The card')
window.key('ctrl+shift+Return')
hands.dialog()
window.waits_at('Reason')
window.scan(first)
story.claim(len(window.windows()) > 1 and window.text_of(window.find('text', 'Reason')) == '', 'a scan answers no question')
story.claim(hands.answer('The street is misspelt'), 'Ctrl+Shift+Enter asks what is wrong', window.look('label'))
story.claim(wait_for(lambda: answers()[-1][:2] == ['objected', 'counter'], 10), 'and it is kept', answers())
story.claim(window.shows('The street is misspelt', 'label', 10), 'in the holder’s words', window.look('label'))
window.key('ctrl+Return')
story.claim(wait_for(lambda: answers()[-1][:2] == ['confirmed', 'counter'], 10), 'Ctrl+Enter: it is right', answers())
story.claim(window.shows('Confirmed by the holder', 'label', 10), 'which is shown', window.look('label'))

# An office that wants each card confirmed.
box.ctl('emil', 'office', 'set', '--holder-confirms', 'yes')
box.ctl('anna', 'application', 'set', number, '--photo', box.portrait(other))
sentence = box.refused('anna', 'application', 'submit', number)
story.claim('holder has not confirmed' in sentence, 'nobody hands on a card that its holder has not confirmed', sentence)
window.key('ctrl+e')
story.claim(window.shows('The holder has not confirmed what the card says', seconds=20), 'the case says so, too', window.look('label'))
window.key('ctrl+p')
window.waits_at('The card')
story.claim(window.shows('Another one than before.', seconds=20), 'the new picture is shown', window.look('label'))
window.key('ctrl+Return')
story.claim(wait_for(lambda: len(answers()) > 4 and answers()[-1][:2] == ['confirmed', 'counter'], 10), 'the holder confirms it',
            answers())
story.claim(box.ctl('anna', 'application', 'submit', number)['number'] == number, 'and the clerk hands it on')

# ---- What somebody holds up is verified: every form that a scanner types, every file that is brought. ----

GOOD, SPOILT, NO_ONE = 'Genuine and valid: a specimen', 'Genuine, but not valid now', 'Nobody can say whether it is genuine'


def made_of(kind):
    """One machine-readable form of the card, written by platenctl."""
    path = box.folder / f'held.{kind}'
    box.ctl('chen', 'card', *(['file', first] if kind == 'pdf' else ['payload', first, '--kind', kind]), '-o', path)
    return path


def told():
    """What a reader says of the verdict that has the keyboard: its title, and everything below it."""
    title = window.focused()[1]
    return f'{title}. {window.find("panel", title).get_description()}'


def verdict(title, *words):
    """Whether the keyboard comes to that verdict, and whether it says all @words."""
    return window.waits_at(title, 'panel', 30) and wait_for(lambda: all(word in told() for word in words), 5)


def compared(row):
    return any(name.startswith(row) for name in (name for _, name in window.look('list item')))


def put_away():
    window.key('Escape')
    return window.waits_at('Open File', 'push button')


qr = box.read_qr(printed[0])
issued = f'Card {card["number"]} was handed out'
window.key('alt+9')
story.claim(window.waits_at('This Cannot Be Verified', 'panel'), 'Alt+9 leads back to what was scanned last', window.focused())
story.claim(put_away(), 'Escape puts it away, and the keyboard waits where a file is chosen', window.focused())
window.scan(qr)
story.claim(verdict(GOOD, 'QR code', 'SPECIMEN of itself', 'holds', issued), 'a scanned QR code is judged, and the verdict is read out',
            (window.focused(), window.look('label')))
story.claim(compared('Licence number: ') and not any('the record says' in name and 'but' in name for _, name in window.look('list item'))
            and compared('Date of birth: '), 'field by field it is as its record', window.look('list item'))
put_away()
window.key('ctrl+o')
window.choose_file(made_of('pdf'))
story.claim(verdict(GOOD, 'Card file', 'Data groups', 'Mobile licence', issued), 'a card file is chosen by keys',
            (window.focused(), window.look('label')))
window.scan(made_of('pdf417').read_bytes().hex().upper())
story.claim(verdict(GOOD, 'holds', issued), 'the PDF417 of a scanner that types hexadecimal', (window.focused(), window.look('label')))
line = made_of('mrz').read_text().strip()
window.key('alt+1')
window.scan(line)
story.claim(verdict(NO_ONE, 'it carries no signature', issued), 'the machine-readable line, from another pane',
            (window.focused(), window.look('label')))
put_away()
window.command('VER ' + line)
story.claim(verdict(NO_ONE, issued), 'and typed behind VER in the command bar', (window.focused(), window.look('label')))
at_field()
window.key('ctrl+a')
window.xdotool('type', '--delay', '70', line)
window.key('ctrl+a', 'ctrl+c', 'alt+9', 'ctrl+v')
story.claim(verdict(NO_ONE, issued), 'and pasted', (window.focused(), window.look('label')))

# What is not as it should be.
window.scan(qr[:150] + ('A' if qr[150] != 'A' else 'B') + qr[151:])
story.claim(window.waits_at('This Cannot Be Verified', 'panel', 30) or verdict('Not genuine'), 'a changed code is never genuine',
            (window.focused(), window.look('label')))
changed = bytearray(made_of('mdl').read_bytes())
at = changed.rindex(card['number'].encode())
changed[at + len(card['number']) - 1] ^= 1
(box.folder / 'changed.mdl').write_bytes(changed)
window.key('ctrl+o')
window.choose_file(box.folder / 'changed.mdl')
story.claim(verdict('Not genuine', 'is not the one that was signed'), 'nor is a file in which one bit is another',
            (window.focused(), window.look('label')))
box.sql(f"UPDATE platen.application SET categories = split_part (categories, '|', 1) WHERE number = '{first}'")
window.scan(qr)
story.claim(verdict(SPOILT, '“Categories” is not what the record says') and
            any(name.startswith('Categories: ') and 'but the record says' in name for _, name in window.look('list item')),
            'what differs from the record is told, and beside it what that says', (window.focused(), window.look('label', 'list item')))

# What it is worth today.
box.sql(f"UPDATE driver SET suspended_until = current_date + 40 WHERE citizen = '{id_number}'", 'driver')
window.scan(qr)
story.claim(verdict(SPOILT, 'is suspended until'), 'a suspended licence is told', (window.focused(), window.look('label')))
box.sql(f"UPDATE platen.card SET state = 'recalled' WHERE number = '{card['number']}'")
window.scan(qr)
story.claim(verdict(SPOILT, 'was recalled'), 'and a recalled card', (window.focused(), window.look('label')))
window.key('Tab', 'Tab')
story.claim(window.waits_at('Look Up the Holder', 'push button'), 'Tab goes on from the verdict', window.focused())
window.key('Return')
story.claim(window.shows('Answered ·', 'label', 30), 'and the holder is looked up', window.look('label'))

# What a print operator scans is read back in the print room, unless they went to verify cards.
hands.become('chen')
window.key('alt+9')
window.waits_at('Open File', 'push button', 20)
window.scan(qr)
story.claim(verdict(SPOILT, 'was recalled'), 'a print operator who went to verify cards verifies them',
            (window.focused(), window.look('label')))
kill_database(box)
window.scan(qr)
story.claim(verdict('Genuine; what it is worth today could not be asked', 'could not be asked') and window.waits_at('Genuine;', 'panel'),
            'where the record is away, what could not be asked is said', (window.focused(), window.look('label', 'alert')))
story.end()
