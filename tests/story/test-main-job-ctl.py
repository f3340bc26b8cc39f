#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From an ID number to the card in the hand, through platenctl: a clerk, a supervisor and a print
operator, each with their own login, three registries over TLS, a real print system and printer."""

import subprocess

from box import Box, Tap

tap = Tap()
box = Box()
people = box.people()
renewal = people['renewal']['id_number']

# The clerk.
found = box.ctl('anna', 'lookup', renewal)
tap.claim([source['state'] for source in found['sources']] == ['answered'] * 3,
          'all three registries answer', found)
tap.claim(all(field['choice'] in ('agreed', 'only', 'rule', 'none') for field in found['fields']),
          'a clean renewal has nothing to settle', found['fields'])

wrong = renewal[:-1] + str((int(renewal[-1]) + 1) % 10)
sentence = box.refused('anna', 'lookup', wrong)
tap.claim(sentence and len(sentence.splitlines()) == 1 and 'check digit' in sentence,
          'a wrong check digit is refused in one sentence', sentence)

portrait = box.folder / 'portrait.jpg'
signature = box.folder / 'signature.png'
box.demo('portrait', renewal, '-o', str(portrait))
box.demo('signature', renewal, '-o', str(signature))

application = box.ctl('anna', 'application', 'new', renewal, '--type', 'renewal')
number = application['number']
tap.claim(application['state'] == 'draft', 'a renewal starts as a draft', application)
sentence = box.refused('anna', 'application', 'submit', number)
tap.claim(sentence and 'photo' in sentence.lower(),
          'it cannot be submitted without a photo, and the sentence says so', sentence)
box.ctl('anna', 'application', 'set', number, '--photo', portrait, '--signature', signature)
application = box.ctl('anna', 'application', 'submit', number)
tap.claim(application['state'] == 'submitted', 'the clerk submits', application)

# The second person.
sentence = box.refused('anna', 'application', 'approve', number)
tap.claim(sentence, 'a clerk does not approve', sentence)
application = box.ctl('boris', 'application', 'show', number)
tap.claim(isinstance(application['findings'], list), 'the supervisor sees the findings')
application = box.ctl('boris', 'application', 'approve', number)
tap.claim(application['state'] == 'approved' and application['licence_number'],
          'the supervisor approves, and there is a licence number', application)
sentence = box.refused('boris', 'application', 'approve', number)
tap.claim(sentence, 'a second approval is refused in words', sentence)

# The print operator.
front, back, card_file = (box.folder / name for name in ('front.png', 'back.png', 'card.pdf'))
box.ctl('chen', 'card', 'render', number, '--side', 'front', '--dpi', 300, '-o', front)
box.ctl('chen', 'card', 'render', number, '--side', 'back', '--dpi', 300, '-o', back)
size = subprocess.run(['identify', '-format', '%wx%h', front], capture_output=True, text=True)
tap.claim(size.stdout == '1011x638', 'the preview is ID-1 at 300 dpi', size)
printers = box.ctl('chen', 'printer', 'list')
tap.claim(printers and printers[0]['suitable'], 'the card printer is there and suitable', printers)
card = box.ctl('chen', 'card', 'print', number, '--printer', printers[0]['destination'])
tap.claim(card['state'] == 'out', 'the card comes out of the printer', card)
sentence = box.refused('chen', 'card', 'print', number, '--printer', printers[0]['destination'])
tap.claim(sentence, 'a second print of a card in flight is refused in words', sentence)
tap.claim(len(box.printed()) == 1, 'exactly one card was printed', box.printed())

box.ctl('chen', 'card', 'file', number, '-o', card_file)
checked = subprocess.run(['qpdf', '--check', card_file], capture_output=True, text=True)
tap.claim(checked.returncode == 0, 'qpdf finds nothing wrong with the card file', checked)
signed = subprocess.run(['pdfsig', card_file], capture_output=True, text=True).stdout
tap.claim('Signature is Valid' in signed and 'Total document signed' in signed,
          'pdfsig says that the signature is valid and covers the whole file', signed)

scan = box.read_qr(box.printed()[0])
tap.claim(scan, 'the QR code can be read from what the printer printed')
sentence = box.refused('chen', 'card', 'read', card['number'], '--scan', scan[:-3] + 'AAA')
tap.claim(sentence, 'a code that is not the card’s is refused', sentence)
sentence = box.refused('chen', 'card', 'issue', card['number'])
tap.claim(sentence, 'a card that was not read back is not handed over', sentence)
read = box.ctl('chen', 'card', 'read', card['number'], '--scan', scan)
tap.claim(read['card']['state'] == 'checked' and all(f['matches'] for f in read['fields']),
          'the card reads back as its record says', read)
issued = box.ctl('chen', 'card', 'issue', card['number'])
tap.claim(issued['state'] == 'issued', 'the card is handed over', issued)

application = box.ctl('boris', 'application', 'show', number)
who = [event['who'] for event in application['events']]
tap.claim(application['state'] == 'issued', 'the application is issued', application)
tap.claim(len(set(who)) == 3, 'the history names all three', application['events'])

# Four eyes, where one person has both roles.
uri = box.ctl('emil', 'staff', 'list')
tap.claim(len(uri) >= 5, 'the administrator sees the staff', uri)
tap.end()
