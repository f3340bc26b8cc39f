#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everybody whom the office in a box offers to try: who gets a card, who is refused in which words,
and what a person must settle first."""

import json
import subprocess

from box import PRINTER, Box, Tap

tap = Tap()
box = Box()
people = box.people()


def print_and_read(kind, number):
    """The card of an approved application: printed, read from its picture, compared."""
    before = len(box.printed())
    card = box.ctl('chen', 'card', 'print', number, '--printer', PRINTER)
    printed = box.printed()
    tap.claim(card['state'] == 'out' and len(printed) == before + 1, f'{kind}: one card comes out',
              card)
    read = box.ctl('chen', 'card', 'read', card['number'], '--scan', box.read_qr(printed[-1]), '--serial', card['serial'])
    tap.claim(all(field['matches'] for field in read['fields']), f'{kind}: it reads back', read)
    return card


def refused_draft(kind, words, *options, type_='renewal'):
    """A draft that may not be submitted, and @words of the sentence that says why."""
    number = box.ctl('anna', 'application', 'new', people[kind][0], '--type', type_,
                     *options)['number']
    box.ctl('anna', 'application', 'set', number, '--photo', box.portrait(people[kind][0]),
            '--signature', box.signature(people[kind][0]))
    sentence = box.refused('anna', 'application', 'submit', number)
    tap.claim(all(word in sentence for word in words), f'{kind}: refused in words', sentence)
    tap.claim(box.ctl('anna', 'application', 'show', number)['state'] == 'draft',
              f'{kind}: it stays a draft')
    return number


# Those who get a card as they are.
for kind in ('unpaid', 'old_address'):
    box.approved(people[kind][0])
for kind in ('first_licence', 'diacritics', 'two_scripts', 'longest_names'):
    is_first = kind == 'first_licence'
    number = box.approved(people[kind][0], *(['-c', 'B'] if is_first else []),
                          type_='new' if is_first else 'renewal')
    print_and_read(kind, number)

# A person with one name has it in field 1; field 2 says that there is no other.
one = people['renewal'][1]
box.sql(f"UPDATE person SET forenames = '{{}}', forenames_native = NULL WHERE id = '{one}'", 'identity')
box.sql(f"UPDATE driver SET given_names = '' WHERE citizen = '{one}'", 'driver')
box.sql(f"UPDATE offender SET holder = split_part (holder, ',', 1) WHERE person_id = '{one}'",
        'infringement')
one_number = box.approved(one)
box.ctl('chen', 'card', 'file', one_number.lower(), '-o', box.folder / 'one.pdf')
subprocess.run(['pdfdetach', '-savefile', 'licence.json', '-o', box.folder / 'one.json',
                box.folder / 'one.pdf'], check=True)
values = json.loads((box.folder / 'one.json').read_text())['values']
tap.claim(values['given_names'] == '—' and values['family_name'],
          'one name: the card says that there is no other', values)
print_and_read('one name', one_number.lower())

# The long name is whole on the card and in its record, and shorter only in the codes.
card_file = box.folder / 'long.pdf'
box.ctl('chen', 'card', 'file', number, '-o', card_file)
subprocess.run(['pdfdetach', '-savefile', 'licence.json', '-o', box.folder / 'licence.json', card_file],
               check=True)
values = json.loads((box.folder / 'licence.json').read_text())['values']
tap.claim(len(values['family_name']) > 36 and values['family_name'].startswith(
    values['family_name_in_codes']) and len(values['family_name_in_codes']) <= 36,
          'longest_names: the record says how the name was shortened', values)
text = subprocess.run(['pdftotext', '-f', '1', '-l', '1', card_file, '-'], capture_output=True,
                      text=True).stdout
tap.claim(all(part in ' '.join(text.split()) for part in values['family_name'].split()),
          'longest_names: the card shows the whole name', text)

# Those who do not.
refused_draft('suspended', ['suspended until'])
refused_draft('deceased', ['died on'])
refused_draft('under_age', ['too young', 'category B'], '-c', 'B', type_='new')
refused_draft('medical', ['medical'])

# Those for whom a person decides, with a reason.
for kind, field in (('birth_date', 'birth_date'), ('family_name', 'family_name')):
    number = refused_draft(kind, ['disagree'])
    shown = {f['field']: f for f in box.ctl('anna', 'application', 'show', number)['fields']}[field]
    tap.claim(shown['choice'] == 'open', f'{kind}: the field is open', shown)
    value = shown['identity']
    sentence = box.refused('anna', 'application', 'set', number, '--choose', f'{field}={value}')
    tap.claim('reason' in sentence.lower() or 'why' in sentence.lower(),
              f'{kind}: nothing is chosen without a reason', sentence)
    case = box.ctl('anna', 'application', 'set', number, '--choose', f'{field}={value}', '--reason',
                   'Certificate shown at the counter')
    chosen = {f['field']: f for f in case['fields']}[field]
    tap.claim(chosen['choice'] == 'person' and chosen['value'] == value
              and chosen['reason'] == 'Certificate shown at the counter',
              f'{kind}: what a person chose is kept with the reason', chosen)
    tap.claim(box.ctl('anna', 'application', 'submit', number)['state'] == 'submitted',
              f'{kind}: then it is submitted')
    box.ctl('boris', 'application', 'approve', number)

# Somebody whom the population register does not know.
missing = people['not_in_identity'][0]
found = box.ctl('anna', 'lookup', missing)
tap.claim([s['state'] for s in found['sources']] == ['not_found', 'answered', 'answered'],
          'not_in_identity: two know, one says that it does not', found['sources'])
number = box.ctl('anna', 'application', 'new', missing, '--type', 'renewal')['number']
box.ctl('anna', 'application', 'set', number, '--photo', box.portrait(people['renewal'][0]),
        '--signature', box.signature(people['renewal'][0]))
sentence = box.refused('anna', 'application', 'submit', number)
tap.claim('regist' in sentence, 'not_in_identity: no card without the register', sentence)
sentence = box.refused('anna', 'application', 'set', number, '--registry-photo')
tap.claim('portrait' in sentence, 'not_in_identity: no portrait either', sentence)
tap.end()
