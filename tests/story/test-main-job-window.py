#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From an ID number to the card in the hand, through the window and with keys alone: a clerk, a
supervisor and a print operator sit down one after the other; what they did is asked of the
database by an auditor's platenctl."""

import re

from box import Box, wait_for
from hands import Hands
from window import Screen, Story, Window

box = Box()
screen = Screen()
story = Story('main-job', screen)
id_number = box.people()['renewal'][0]


def state(number):
    """The application's state as the database has it."""
    return box.sql(f"SELECT state FROM platen.application WHERE number = '{number}'")[0][0]


# The clerk.
window = Window(screen, box.env('anna'))
story.claim(window.sign_in(box, 'anna') and window.shows('Anna Berg'), 'the clerk signs in', window.look())

window.command(id_number)
story.claim(wait_for(lambda: sum(name.startswith('Answered ·') for _, name in window.look('label'))
                     == 3, 15), 'all three registries are shown with their answers', window.look())
story.claim(window.shows('years old') and window.waits_at('Renew'),
            'the citizen is shown and the keyboard waits at Renew', window.focused())
window.command(id_number)
story.claim(window.waits_at('Renew') and
            not wait_for(lambda: 'Renew' not in (window.focused() or ('', ''))[1], 1),
            'who is looked up once more is shown once more, and stays', window.focused())
window.key('Return')
number = wait_for(lambda: next((match[0] for _, name in window.look('label')
                                if (match := re.match(r'UC-\d\d-\d{6}(?= · Renewal)', name))), None))
story.claim(number and window.waits_at('Photo: from the registry') and state(number) == 'draft',
            'Enter starts the renewal, and the keyboard waits at the photo', window.look())

window.key('ctrl+Return')
sentence = window.shows('was not submitted', 'alert')
story.claim(sentence and 'photo' in sentence.lower() and state(number) == 'draft',
            'it is not submitted without a photo, and the sentence says so', window.look('alert'))
window.key('Return')
story.claim(window.hides('There is no photograph.', 'list item', 20),
            'Enter takes the photo from the registry', window.look('alert', 'list item'))
window.key('ctrl+shift+o')
window.choose_file(box.signature(id_number))
story.claim(window.hides('There is no signature.', 'list item'), 'the signature comes from a file',
            window.look('alert', 'list item'))
story.claim(not window.can('push button', 'Approve'), 'a clerk is not offered to approve')
window.waits_at('')
window.key('ctrl+Return')
story.claim(window.waits_at('Command') and wait_for(lambda: state(number) == 'submitted'),
            'the clerk submits', window.look('alert', 'label'))
story.claim(window.sign_out(), 'the clerk signs out', window.focused())

# The second person.
story.claim(window.sign_in(box, 'boris') and window.shows('Boris Iliev'), 'the supervisor signs in',
            window.look('label', 'text'))
story.claim(window.hides(number, 'label'), 'nothing of the clerk’s is left on the screen',
            window.look('label'))
window.key('alt+3')
story.claim(window.shows(number), 'the application is in the queue', window.look())
window.command(number)
story.claim(window.shows('No rule has found anything.') and window.waits_at('Approve'),
            'the supervisor sees the findings, and the keyboard waits at Approve', window.look())
window.key('Return')
story.claim(wait_for(lambda: state(number) == 'approved', 20) and window.shows('Approved', 'label'),
            'the supervisor approves', (window.look('alert'), box.sql(
                'SELECT source, state, message, answered_at FROM platen.application_source')))
story.claim(wait_for(lambda: not window.can('push button', 'Approve')),
            'a second approval is not offered')
window.sign_out()

# The print operator.
story.claim(window.sign_in(box, 'chen') and window.shows('Chen Lin'), 'the operator signs in',
            window.look('label', 'text'))
window.command(number)
story.claim(window.waits_at('Preview'), 'the application is open', window.focused())
window.key('Return')
story.claim(window.shows('On the Card') and window.find('image', 'Front') and
            window.find('image', 'Back'), 'both sides are shown', window.look('image', 'label'))
story.claim(wait_for(lambda: window.can('push button', 'Print'), 15), 'a suitable printer is there',
            window.look('label', 'push button', 'alert'))
window.key('ctrl+p')
printed = wait_for(box.printed, 60)
story.claim(len(printed) == 1 and window.shows('Take the card out', seconds=20)
            or window.shows('has left the printer', seconds=5), 'the card comes out of the printer',
            window.look('label', 'alert'))
card = box.ctl('dora', 'application', 'show', number)['cards'][0]
story.claim(card['state'] == 'out', 'the database says so too', card)

window.command(number)
window.waits_at('Preview')
window.key('ctrl+p')
window.shows('Card of application')
window.waits_at('')
window.key('ctrl+p')
story.claim(window.shows('Its card is in production') and len(box.printed()) == 1,
            'a second print of a card in flight is refused in words',
            window.look('label', 'alert'))

scan = box.read_qr(printed[0])
story.claim(scan, 'the QR code can be read from what the printer printed')
window.command(card['number'])
window.shows(card['number'], 'list item')
window.scan(scan)
story.claim(window.shows('the serial of its blank was not read', 'alert', 20) and state(number) == 'in_production',
            'the right code alone checks nothing: the serial is asked for', window.look('label', 'alert'))
window.scan(card['serial'])
story.claim(wait_for(lambda: ('label', 'Same') in window.look('label'), 20) and
            ('label', 'Differs') not in window.look('label'),
            'the scanner types the code, and field by field the card is as its record',
            window.look('label', 'alert'))
story.claim(state(number) == 'ready', 'the card is checked', state(number))
window.waits_at('Hand Over')
window.key('Return')
story.claim(wait_for(lambda: state(number) == 'issued', 15) and window.shows('was handed over'),
            'the card is handed over', window.look('label', 'alert'))

# The printer's calibration.
hands = Hands(window, box)


def measure(*numbers):
    """Types what was measured on the test card, from the first field on."""
    window.key('alt+1')
    for written in numbers:
        window.key('ctrl+a')
        window.type(written)
        window.key('Tab')


def calibrate():
    """Ctrl+L goes to the printers, Tab to the first one's button."""
    window.key('ctrl+l')
    wait_for(lambda: (window.focused() or ('',))[0] == 'list item')
    window.key('Tab')
    if window.waits_at('Calibrate'):
        window.key('Return')
        hands.dialog()
        return True
    return False


story.claim(calibrate(), 'each printer has its calibration', window.focused())
story.claim(window.waits_at('1. From the left edge'), 'it waits for the first number', window.focused())
window.key('alt+p')
story.claim(window.shows('The test card is sent') and wait_for(lambda: len(box.printed()) == 2, 60),
            'the test card is printed', window.look('label', 'alert'))
measure('75.60', '4.60', '5,80', '4.90')
window.key('Return')
story.claim(window.shows('as short as number 1', seconds=5) and window.waits_at('1. From the left edge'),
            'numbers in each other’s place are refused in words', window.look('label'))
measure('5,80', '4.60', '75.60', '4.90')
story.claim(window.shows('right +0.80 mm, down −0.40 mm, length 100.80 %, turned +0.23°', seconds=5),
            'what the printer does is told while it is typed', window.look('label'))
window.key('Return')
story.claim(hands.dialog_ends() and window.shows('is calibrated'), 'it is kept', window.look('label', 'alert'))
calibrate()
window.shows('Measured Before')
measure('5.20', '4.60', '75.60', '4.90')
window.key('Return')
hands.dialog_ends()
story.claim(window.shows('moved by up to 0.60 mm', seconds=15), 'and a printer that drifts is told',
            window.look('label'))

application = box.ctl('dora', 'application', 'show', number)
who = {event['who'] for event in application['events']}
story.claim(len(who) == 3, 'the history names all three', application['events'])
story.claim(len(application['cards']) == 1 and len(box.printed()) == 2,
            'one card was made, and printed once', application['cards'])
story.claim(window.quit() == 0, 'Ctrl+Q ends the window', window.said())
story.claim(not window.complaints(), 'the window had nothing to complain about', window.said())
story.end()
