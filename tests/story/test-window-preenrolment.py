#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An application prepared at home, through the window: a code in the command bar makes a draft, what is
wrong with a code is said there, and a message that the service refused is seen and decided on."""

import json
import subprocess
import sys

from box import PSQL, Box, wait_for
from window import Screen, Story, Window

SIZE = [int(word) for word in sys.argv[1].split('x')] if len(sys.argv) > 1 else (1280, 800)
PICTURES = sys.argv[2] if len(sys.argv) > 2 else None

screen = Screen(*SIZE)
box = Box()
story = Story('preenrolment', screen)
prepared = {}
for person in json.loads(box.demo('people', '--json')):
    if 'code' in person:
        prepared.setdefault(person['kind'], []).append(person['code'])
good, expired = prepared['renewal'][0], prepared['renewal'][1]


def picture(name):
    if PICTURES:
        screen.picture(f'{PICTURES}/{name}.png')


def service(statement):
    subprocess.run([PSQL, '-XAtq', '-h', str(box.box / 'pg'), '-U', 'postgres', '-d', 'preenrolment', '-v',
                    'ON_ERROR_STOP=1', '-c', statement], check=True, timeout=60, stdout=subprocess.DEVNULL)


window = Window(screen, box.env('anna'))
window.sign_in(box, 'anna')
window.command(good[:-1] + ('7' if good[-1] != '7' else '8'))
story.claim(window.shows('does not fit the others'), 'a misread code is told in the bar', window.said())
picture('misread')
window.command(expired)
story.claim(window.shows('it expired on'), 'one that is over is refused in words', window.said())
picture('expired')
window.command(good)
story.claim(window.shows('The prepared application was fetched'), 'a draft of it is opened', window.said())
story.claim(window.shows('the applicant is told: Checked in'), 'with what the applicant is told', window.said())
story.claim(window.shows('Stated by applicant'), 'what was stated is beside the registries', window.said())
by_hand = box.ctl('anna', 'application', 'new', box.people()['renewal'][1], '--type', 'renewal')['number']
window.command(by_hand)
story.claim(window.shows(by_hand) and window.hides('Stated by applicant'), 'and nowhere else', window.said())
picture('fetched')
window.command(f'https://pre.example/?c={good}')
story.claim(window.shows('was fetched before') and window.shows('Stated by applicant'),
            'a scan of the same code opens the same', window.said())
box.demo('registry-fault', 'preenrolment', 'down')
window.command(prepared['unpaid'][0])
story.claim(window.shows('An application can be started by hand now'), 'the service is down', window.said())
picture('down')

# The service takes its time, and the clerk types on: nothing is taken from under their hands.
box.demo('registry-fault', 'preenrolment', 'slow:2500')
window.command(prepared['unpaid'][0])
story.claim(window.shows('is being fetched'), 'it is being fetched', window.said())
window.key('ctrl+k')
window.type('Ander')
story.claim(window.shows('The prepared application was fetched'), 'while somebody is typing it opens', window.said())
window.type('sson')
story.claim(wait_for(lambda: window.text_of(window.find('text', 'Command')) == 'Andersson', 10),
            'and the keyboard stays where it is', window.said())
window.command(by_hand)
story.claim(window.shows(by_hand) and window.hides('Stated by applicant'), 'another is open', window.said())
window.command(prepared['diacritics'][0])
window.key('ctrl+shift+w')
story.claim(window.shows('Withdraw'), 'a reason is asked for meanwhile', window.said())
window.focus_newest()
window.type('Not want')
story.claim(window.shows('Open it when you are done here'), 'what was fetched waits', window.said())
window.type('ed')
picture('waits')
window.key('Escape')
button = window.find('push button', 'Open')
story.claim(window.shows(by_hand) and button is not None, 'for the clerk', window.said())
button.do_action(0)
story.claim(window.shows('Stated by applicant'), 'to open it', window.said())
box.demo('registry-fault', 'preenrolment', 'none')
window.quit()

poison = prepared['first_licence'][0]
box.ctl('anna', 'application', 'fetch', poison)
service(f"update application set state = 'CANCELLED' where code = '{poison.replace('-', '')}'")
for _ in range(3):
    box.ctl('chen', 'outbox', 'send')

window = Window(screen, box.env('boris'))
window.sign_in(box, 'boris')
window.key('alt+6')
story.claim(window.shows('1 message was not taken however often'), 'a message set aside is told', window.said())
story.claim(window.shows(f'{poison} · Checked in'), 'which one', window.said())
picture('set-aside')
button = window.find('push button', f'Discard: {poison} · Checked in')
story.claim(button is not None, 'a supervisor may discard it', window.look('push button'))
button.do_action(0)
story.claim(window.shows('Discard the Message?'), 'with a reason', window.said())
window.focus_newest()
window.type('The applicant has gone.')
picture('discard')
window.key('Return')
story.claim(wait_for(lambda: box.ctl('chen', 'outbox', 'list', '--all')[-1]['state'] == 'discarded', 20),
            'and it is discarded', box.ctl('chen', 'outbox', 'list', '--all'))
story.claim(window.hides('not taken however often'), 'the notice goes', window.said())
window.quit()
story.end()
