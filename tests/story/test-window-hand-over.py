#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the shelf to the holder through the window, with keys and a scanner alone: a card is shelved, found again by its
code, and handed over to whoever showed who they are and signed; another is posted in its letter."""

from box import PRINTER, Box, wait_for
from hands import Hands
from window import Screen, Story, Window

box = Box()
screen = Screen()
story = Story('hand-over', screen)
holder = box.people()['renewal'][0]
model = box.approved(holder)
numbers = [model, *box.multiply(model, 3)]
cards, scans = [], []
for number in numbers:
    printed = len(box.printed())
    card = box.ctl('chen', 'card', 'print', number, '--printer', PRINTER)
    wait_for(lambda: len(box.printed()) > printed)
    scan = box.read_qr(box.printed()[-1])
    box.ctl('chen', 'card', 'read', card['number'], '--scan', scan, '--serial', card['serial'])
    cards.append(card['number'])
    scans.append(scan)
box.hire('sven', 'Sven Holm', 'supervisor')
box.ctl('emil', 'card', 'rules', '--identity', 'yes', '--receipt', 'yes', '--post', 'yes')


def state(card):
    return box.sql(f"SELECT state FROM platen.card WHERE number = '{card}'")[0][0]


def handed(card):
    row = box.sql('SELECT h.how, h.document, h.number_end, length (h.receipt), s.login, h.letter, h.reference'
                  ' FROM platen.card_handover h JOIN platen.card c ON c.id = h.card_id JOIN platen.staff s ON s.id = h.staff_id'
                  f" WHERE c.number = '{card}'")
    return row[0] if row else None


window = Window(screen, box.env('anna'))
hands = Hands(window, box)
story.claim(window.sign_in(box, 'anna'), 'a clerk is at the counter', window.look())

# A code that is scanned anywhere leads to the card that lies ready.
window.scan(scans[1])
story.claim(window.shows(cards[1], 'label') and window.shows('Not on a shelf yet', 'label'),
            'a scanned card leads to the desk, which says where it is', window.look('label', 'alert'))
window.key('ctrl+shift+l')
story.claim(window.waits_at('Place on the shelf'), 'a key leads to its place', window.focused())
window.type('B-12')
window.key('Return')
story.claim(window.shows('B-12', 'label'), 'it lies on the shelf, and the desk says so',
            window.look('label', 'alert'))

# At the counter.
window.scan(scans[0])
story.claim(window.shows(cards[0], 'label') and window.shows(f'{holder[:5]} {holder[5:10]} {holder[10:]}', 'label') and
            window.shows('Portrait on the card', 'image'), 'the holder is shown to compare with who is here',
            window.look('label', 'image', 'alert'))
story.claim(window.waits_at('Document that was shown: Nothing was shown'), 'the keyboard waits for the document',
            window.focused())
window.key('ctrl+shift+h')
story.claim(window.shows('This office demands that the holder shows who they are', 'alert') and state(cards[0]) == 'checked',
            'nothing is handed over before', window.look('alert'))
window.key('space')
window.key('Down', 'Down', 'Return')
story.claim(window.waits_at('Last two to four characters'), 'then for how its number ends', window.focused())
window.type('7')
window.key('Return')
story.claim(window.shows('Type the last two to four', 'alert'), 'one character is too few', window.look('alert'))
window.scan('P1234567')
story.claim(window.waits_at('Sign for the Card'), 'a scanned number is cut to its end, and the signature is next',
            window.focused())
window.key('Return')
hands.dialog('ctrl+o')
wait_for(lambda: len(window.windows()) > 2, 20)
window.choose_file(box.signature(holder))
story.claim(window.shows('The holder has signed', 'label') or window.shows('The holder has signed'),
            'the signature is shown', window.look('label', 'alert'))
story.claim(window.waits_at('Hand Over', 'push button'), 'and the last key hands it over', window.focused())
window.key('Return')
story.claim(window.shows('The card was handed over', 'label') and wait_for(lambda: state(cards[0]) == 'issued'),
            'it is handed over', window.look('label', 'alert'))
document = handed(cards[0])
story.claim(document[:3] == ['counter', 'passport', '4567'] and int(document[3]) > 67 and document[4] == 'anna',
            'what was shown and signed is kept, and no more of the number than its end', document)

# By post.
window.scan(scans[2])
story.claim(window.shows(cards[2], 'label') and hands.press('Make Letter'), 'a letter is made', window.look('label', 'alert'))
letter = wait_for(lambda: box.sql('SELECT number FROM platen.card_letter'))[0][0]
story.claim(window.shows(letter), 'its number is told', window.look('label'))
for _ in range(30):
    if window.waits_at('Code on the letter', seconds=0.1):
        break
    window.key('Tab')
window.scan(letter)
story.claim(window.waits_at('Number under which it is posted'), 'the scanned letter is taken', window.focused())
window.type('RR123456785UT')
window.key('Return')
story.claim(wait_for(lambda: state(cards[2]) == 'issued') and handed(cards[2])[5:] == [letter, 'RR123456785UT'],
            'the card is posted in the letter that was matched with it', (window.look('alert'), handed(cards[2])))

# While it lies at this desk another one hands it over: this one changes nothing, and is told who did and when.
window.scan(scans[3])
story.claim(window.shows(cards[3], 'label') and window.waits_at('Document that was shown'), 'a fourth card is at the desk',
            window.look('label', 'alert'))
box.ctl('chen', 'card', 'hand-over', cards[3], '--scan', scans[3], '--identity', 'known_person', '--receipt', box.signature(holder))
window.key('ctrl+shift+l')
window.waits_at('Place on the shelf')
window.type('B-13')
window.key('Return')
story.claim(window.shows('because Chen Lin handed it over already, on ', 'alert'), 'who comes second is told by whom and when',
            window.look('alert', 'push button'))

# A recall: what a person printed is listed, proposed, confirmed by another, and worked off.
hands.become('boris')
window.key('alt+5', 'ctrl+4')
story.claim(window.shows('No card was ever recalled', 'label'), 'recalls are a page of the Print Room', window.look('label'))
window.key('ctrl+n')
window.waits_at('Printer')
story.claim(hands.press('List the Cards') and window.shows('nothing was said of what they have in common', 'alert'),
            'a recall of everything is refused', window.look('alert'))
for _ in range(30):
    if window.waits_at('Who printed', seconds=0.1):
        break
    window.key('shift+Tab')
window.type('chen')
window.key('Return')
story.claim(window.shows('4 cards of this office have this in common') and window.shows('its holder has it') and
            window.shows('it lies here'), 'the cards are listed, and what would be done with each', window.look('label'))
window.key('ctrl+Return')
hands.answer('the ribbon was streaked')
story.claim(window.shows('Boris Iliev proposed it · 4 cards', 'label') or window.shows('waits for a colleague'),
            'it is proposed', window.look('label', 'list item', 'alert'))
window.waits_at('Recall 1', 'list item')
story.claim(window.shows('Nothing has happened yet'), 'and shown', window.look('label'))
window.key('ctrl+Return')
hands.dialog('alt+c')
hands.dialog_ends()
story.claim(window.shows('because you proposed it yourself', 'alert'), 'nobody confirms their own', window.look('alert'))
hands.become('sven') or window.sign_in(box, 'sven')
window.key('alt+5', 'ctrl+4')
window.waits_at('Recall 1', 'list item')
window.key('Return')
window.shows('Nothing has happened yet')
window.key('ctrl+Return')
hands.dialog('alt+c')
hands.dialog_ends()
story.claim(window.shows('It is in force') and wait_for(lambda: state(cards[0]) == 'recalled'), 'another person confirms it',
            window.look('label', 'alert'))
story.claim(window.shows('write to its holder') and window.shows('it lies here, frozen'),
            'what is still to be done stands at each card', window.look('label', 'list item'))


def go_to(name, role='list item'):
    """Tabs there."""
    for _ in range(60):
        if window.waits_at(name, role, seconds=0.1):
            return True
        window.key('Tab')
    return False


# Each card of it: what became of it, another one instead, and its twin.
story.claim(go_to(cards[0]), 'its cards are reached by keys', window.focused())
window.key('Return')
hands.dialog()
window.waits_at('It was brought back')
window.key('space', 'alt+r')
window.waits_at('Reason')
window.type('at the counter')
window.key('Return')
hands.dialog_ends()
story.claim(window.shows('at the counter') and box.sql('SELECT outcome FROM platen.recalled_card WHERE outcome IS NOT NULL') == [['returned']],
            'what became of a card is noted at it', window.look('label', 'alert'))
story.claim(go_to(cards[0]), 'the keyboard is at its card', window.focused())
window.key('ctrl+shift+n')
hands.answer('its holder needs one')
story.claim(wait_for(lambda: box.sql('SELECT reason FROM platen.again_allowed') == [['its holder needs one']]) and
            box.sql(f"SELECT state FROM platen.application WHERE number = '{model}'") == [['approved']],
            'another card is allowed from there', window.look('label', 'alert'))
story.claim(go_to(cards[0]), 'and the keyboard comes back', window.focused())
window.key('ctrl+t')
story.claim(window.shows('for print operators and auditors'), 'its twin is not for a supervisor', window.look('label', 'alert'))
hands.become('dora') or window.sign_in(box, 'dora')
window.key('alt+5', 'ctrl+4')
window.waits_at('Recall 1', 'list item')
window.key('Return')
story.claim(window.shows('It is in force') and go_to(cards[0]), 'an auditor goes there', window.focused())
window.key('ctrl+t')
hands.dialog()
story.claim(window.shows(f'Twin of Card {cards[0]}', seconds=30) and window.waits_at('Everything Agrees', seconds=30),
            'its twin is a key away', window.look('label', 'alert'))
story.claim(window.shows('Passport, number ending in 4567 · signed for', 'label') and window.shows('Front, drawn again: the same to the dot', 'label') and
            window.shows('Family name: the same. The record then: ', 'list item'),
            'record, drawing and plastic stand beside each other, with how it was handed over', window.look('label', 'list item'))
window.key('Escape')
hands.dialog_ends()
window.key('ctrl+2')
window.key('ctrl+k')
window.type(cards[2])
window.key('Return')
story.claim(window.shows('is not in flight in this office', 'alert') and window.can('push button', 'Show Its Twin'),
            'who looks for a card that is gone is led to its twin', window.look('alert', 'push button'))
story.claim(not window.complaints(), 'the window complains of nothing', window.complaints())
story.end()
