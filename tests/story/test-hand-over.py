#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the read-back to the holder, through platenctl: shelf, hands, counter, post in the letter whose sheet another's
program reads, recalls by two persons. What is wrong is refused in a sentence that names the record and says what to do now."""

import re
import subprocess

from box import PRINTER, Box, Tap

tap = Tap()
box = Box()
model = box.approved(box.people()['renewal'][0])
numbers = [model, *box.multiply(model, 3)]


def scan_of(number):
    """What a scanner says of its card."""
    path = box.folder / f'{number}.qr'
    box.ctl('chen', 'card', 'payload', number, '--kind', 'qr', '-o', path)
    return path.read_text()


def refuses(login, words, *wanted, what=None, **options):
    """Refused, in words that hold each of @wanted."""
    sentence = box.refused(login, *words, **options)
    tap.claim(all(re.search(one, sentence) for one in wanted), what or ' '.join(str(word)[-24:] for word in words if str(box.folder) not in str(word)), sentence)


def misused(login, words, *wanted):
    status, out, err = box.run(login, *words)
    tap.claim(status == 2 and not out and err.startswith('platenctl: ') and all(re.search(one, err) for one in wanted),
              f'wrong use: {" ".join(map(str, words))}', (status, out, err))


def texts(*words, login='chen', **options):
    """As people read it."""
    status, out, err = box.run(login, *words, json_wanted=False, **options)
    tap.claim(status == 0 and not err, f'told as text: {" ".join(map(str, words))}', (status, out, err))
    return out


cards = [box.ctl('chen', 'card', 'print', number, '--printer', PRINTER) for number in numbers]
one, two, three, four = (card['number'] for card in cards)
scans = [scan_of(number) for number in numbers]

# A printer of which no profile says it is counted to its next cleaning by hand.
def cleaning():
    return {row['printer']: row for row in box.ctl('chen', 'printer', 'cleaning')}[PRINTER]


tap.claim((cleaning()['cards_since'], cleaning()['every'], cleaning()['cleaning_due']) == (4, None, False), 'its cards are counted', cleaning())
refuses('chen', ['printer', 'cleaning', PRINTER, '--every', '4'], 'supervisor')
refuses('boris', ['printer', 'cleaning', PRINTER, '--every', '0'], PRINTER, 'from 1 to 100000')
misused('boris', ['printer', 'cleaning', PRINTER, '--every', 'often'], 'number of cards')
misused('boris', ['printer', 'cleaning', PRINTER], '--every')
box.ctl('boris', 'printer', 'cleaning', PRINTER, '--every', '4')
shown = box.ctl('chen', 'printer', 'list')[0]
tap.claim('Cleaning due: 4 cards' in shown['state_text'] and shown['severity'] == 2, 'a cleaning that is due is told with its state', shown)
refuses('chen', ['printer', 'cleaned', 'elsewhere'], 'elsewhere', 'printer list')
refuses('dora', ['printer', 'cleaned', PRINTER], 'role', what='an auditor cleans nothing')
box.ctl('chen', 'printer', 'cleaned', PRINTER)
tap.claim((cleaning()['cards_since'], cleaning()['every'], cleaning()['cleaning']) == (0, 4, '4 cards until the next cleaning'),
          'cleaned, it is counted anew', cleaning())

# Nothing lies anywhere before it was read back.
refuses('chen', ['card', 'place', one], one, 'Out of the Printer', 'read back', what='a card that is not ready has no place, and it is said which state it is in')
refuses('chen', ['card', 'place', one], 'sorti|imprimante|lue', f'card show {one}', extra={'LANGUAGE': 'fr'},
        what='and in French')
for verb in (['place'], ['shelve', 'A1'], ['give', 'anna'], ['take'], ['letter'], ['hand-over']):
    words = ['card', verb[0], 'UC-26-C999999', *verb[1:]]
    refuses('chen', words, 'UC-26-C999999', 'Search for it again', what=f'{verb[0]}: a card that there is not')
    if verb[0] in ('shelve', 'letter', 'hand-over'):
        refuses('chen', ['card', verb[0], one, *verb[1:]], one, what=f'{verb[0]}: one that was not read back yet')
        refuses('nora', ['card', verb[0], two, *verb[1:]], two, what=f'{verb[0]}: another office’s')
misused('chen', ['card', 'place'], 'Usage')
for card, scan in zip(cards[:3], scans):
    box.ctl('chen', 'card', 'read', card['number'], '--scan', scan, '--serial', card['serial'])

# On the shelf, from hand to hand.
refuses('chen', ['card', 'shelve', one, ' '], one, 'shelf')
refuses('chen', ['card', 'shelve', one, 'x' * 41], one, '40 characters')
refuses('dora', ['card', 'shelve', one, 'A1'], 'role', what='an auditor shelves nothing')
box.ctl('chen', 'card', 'shelve', one, ' A 17 ')
place = box.ctl('anna', 'card', 'place', one.lower())
tap.claim(place == {'card': one, 'state': 'checked', 'shelf': 'A 17', 'custodian': None, 'offered_to': None, 'letter': None},
          'its place is found, in small letters too', place)
for nobody in ('chen', "'; DROP TABLE card"):
    refuses('chen', ['card', 'give', one, nobody], one, 'no colleague')
box.ctl('chen', 'card', 'give', one, 'anna')
refuses('boris', ['card', 'take', one], one, 'nobody gave it to you', what='who was not given it does not take it')
box.ctl('anna', 'card', 'take', one)
refuses('chen', ['card', 'give', one, 'boris'], one, 'Anna Berg has it')
tap.claim(re.search('In the hands of +Anna Berg', texts('card', 'place', one)), 'who has it is told')

# Over the counter.
for rules in (['--identity', 'yes'], ['--receipt', 'yes']):
    refuses('chen', ['card', 'rules', *rules], 'role', what='an operator sets no rules of the hand-over')
    box.ctl('emil', 'card', 'rules', *rules)
misused('emil', ['card', 'rules', '--post', 'perhaps'], 'yes or no')
tap.claim('The holder signs' in texts('card', 'rules'), 'the rules are told in words')
receipt, no_picture = box.signature(box.people()['renewal'][0]), box.folder / 'no-picture.png'
no_picture.write_text('signed')
shown = ['--identity', 'passport', '--number', '12ab']
for wrong, wanted in ((['--identity', 'face', '--number', '12'], 'document'), (['--identity', 'passport'], 'number ends'),
                      (['--identity', 'passport', '--number', '12345'], 'two to four'), (['--identity', 'known_person', '--number', '12'], 'document'),
                      (['--scan', scans[1], *shown, '--receipt', receipt], 'not its code'), (shown, 'signs for it'),
                      ([*shown, '--receipt', no_picture], 'JPEG|PNG|picture'), ([*shown, '--receipt', box.folder / 'nothing.png'], 'nothing.png')):
    refuses('anna', ['card', 'hand-over', one, *([] if wrong[0] == '--scan' else ['--scan', scans[0]]), *wrong], wanted)
refuses('chen', ['card', 'issue', one], one, 'identity|who they are', what='the short way is bound by the same rules')
# Desks at once: one hands it over, the others are told who did and when.
over = ['card', 'hand-over', one, '--scan', scans[0], *shown, '--receipt', receipt]
desks = [(login, box.popen(login, *over)) for login in ('anna', 'chen', 'anna', 'chen')]
ended = [(login, *desk.communicate(timeout=60), desk.returncode) for login, desk in desks]
won = [login for login, _, _, status in ended if status == 0]
tap.claim(len(won) == 1 and box.sql('SELECT count (*) FROM platen.card_handover') == [['1']],
          'of four desks at once one hands it over', ended)
first = {'anna': 'Anna Berg', 'chen': 'Chen Lin'}[won[0]]
told = rf'{one} was not changed, because {first} handed it over already, on \d{{4}}-\d\d-\d\d at \d\d:\d\d\.'
tap.claim(all(re.search(told, err.decode()) for _, _, err, status in ended if status != 0), 'the others are told by whom and when', ended)
refuses('anna', over, told, what='nobody has it twice')
refuses('anna', over, f'{first} l’a déjà remise', extra={'LANGUAGE': 'fr'}, what='and in French')
refuses('chen', ['card', 'issue', one], told, what='the short way says the same')
refuses('anna', ['card', 'place', one], one, 'Handed Over')

# By post: the sheet of the letter, read by other programs.
sheet = box.folder / 'letter.pdf'
letter = box.ctl('chen', 'card', 'letter', two, '-o', sheet, '--language', 'fr')
again = box.ctl('chen', 'card', 'letter', two)
tap.claim(letter == again and re.fullmatch('L[0-9A-F]{12}', letter['letter']), 'a letter has one number, however often it is asked for', (letter, again))
subprocess.run(['qpdf', '--check', sheet], check=True, capture_output=True)
info = subprocess.run(['pdfinfo', sheet], capture_output=True, text=True).stdout
tap.claim(re.search(r'Pages: +1\n', info) and re.search(r'Page size: +59[45][.0-9]* x 84[12][.0-9]* pts', info), 'its sheet is a page of A4', info)
window = subprocess.run(['pdftotext', '-r', '72', '-x', '57', '-y', '127', '-W', '241', '-H', '128', '-layout', sheet, '-'],
                        capture_output=True, text=True).stdout
lines = [line.strip() for line in window.splitlines() if line.strip()]
tap.claim(lines == [letter['office_name'], letter['holder_name'], *letter['address'].split(', ')],
          'what the window of the envelope shows is the sender, the name and the address, and nothing else', (lines, letter))
whole = subprocess.run(['pdftotext', '-layout', sheet, '-'], capture_output=True, text=True).stdout
licence = box.sql(f"SELECT licence_number FROM platen.application WHERE number = '{numbers[1]}'")[0][0]
tap.claim('permis de conduire' in whole and two not in whole and licence not in whole and cards[1]['serial'] not in whole,
          'it is in the holder’s language, and says nothing that stands on the card', whole)
page = box.pages(sheet, 150)[0]
code = subprocess.run(['zbarimg', '--quiet', '--raw', page], capture_output=True, text=True).stdout.strip()
tap.claim(code == letter['letter'], 'a scanner reads the letter’s number from it', (code, letter))
misused('chen', ['card', 'letter', two, '--language', 'xx'], '“xx”')
refuses('chen', ['card', 'letter', two, '-o', box.folder / 'no/folder/letter.pdf'], 'letter.pdf')
refuses('chen', ['card', 'letter', two, '--printer', 'nothing-of-the-kind'], 'nothing-of-the-kind')
refuses('chen', ['card', 'letter', two, '--printer', PRINTER], 'A4', what='a printer of cards prints no letters')
tap.claim(letter['letter'] in texts('card', 'place', two), 'where the card is tells its letter')
post = ['card', 'post', code, '--scan', scans[1], '--reference', 'RR 123']
refuses('chen', post, two, 'counter', what='an office that posts nothing posts nothing')
box.ctl('emil', 'card', 'rules', '--post', 'yes')
refuses('chen', ['card', 'post', 'L000000000000', *post[3:]], 'L000000000000', 'Scan its code again')
refuses('nora', post, 'Scan its code again', what='another office has no such letter')
refuses('chen', [*post[:4], scans[2], *post[5:]], code, 'not the one', what='another card in the letter is noticed')
refuses('chen', post[:5], code, 'number under which')
posted = box.ctl('chen', *post)
tap.claim(posted == {'card': two, 'state': 'issued', 'letter': code, 'reference': 'RR 123'}, 'posted is handed over', posted)
refuses('anna', post, two, 'posted it already, on ', what='and not posted twice')

# Recalls: listed by one, confirmed by another, done card by card.
misused('boris', ['recall', 'show', 'x'], 'number')
misused('boris', ['recall', 'show', '9' * 19], 'number')
misused('boris', ['recall', 'done', '1', one], 'Usage')
refuses('boris', ['recall', 'show', '77'], '77', 'recall list')
refuses('boris', ['recall', 'show', '77'], '77', 'rappel', extra={'LANGUAGE': 'fr'}, what='and in French')
refuses('boris', ['recall', 'confirm', '77'], '77', 'List them again')
refuses('boris', ['recall', 'refuse', '77'], '77', 'List them again')
refuses('chen', ['recall', 'new', '--printer', PRINTER, '--reason', 'faint'], 'supervisor', what='an operator proposes no recall')
for wrong, wanted in (([], 'in common'), (['--from', 'yesterday'], 'from'), (['--from', '2026-02-30'], 'cannot be'), (['--first', '17'], 'first'),
                      (['--layout-version', 'x'], 'layout_version'), (['--printer', ''], 'printer')):
    refuses('boris', ['recall', 'new', '--dry-run', *wrong], wanted)
refuses('boris', ['recall', 'new', '--printer', PRINTER], 'no reason')
refuses('boris', ['recall', 'new', '--printer', 'elsewhere', '--reason', 'faint'], 'none of this office')
common = ['--printer', PRINTER, '--first', cards[0]['serial'], '--last', cards[2]['serial']]
preview = box.ctl('dora', 'recall', 'new', '--dry-run', *common)
tap.claim([(row['card'], row['todo']) for row in preview['list']] == [(one, 'write'), (two, 'write'), (three, 'spoil')],
          'the list tells what is to be done about each', preview)
tap.claim('Write to the holder' in texts('recall', 'new', '--dry-run', *common, login='boris'), 'in words, too')
recall = box.ctl('boris', 'recall', 'new', *common, '--reason', 'Faint colours')['recall']
refuses('boris', ['recall', 'confirm', recall], str(recall), 'yourself', what='nobody confirms their own')
refuses('chen', ['recall', 'done', recall, one, 'returned'], str(recall), 'proposed', what='nothing is done before it is confirmed')
done = box.ctl('emil', 'recall', 'confirm', recall)
tap.claim((done['recalled'], done['frozen'], done['others']) == (2, 1, 0), 'confirmed, it takes effect on each card', done)
refuses('emil', ['recall', 'confirm', recall], str(recall), 'confirmed')
refuses('emil', ['recall', 'refuse', recall], str(recall), 'confirmed')
refuses('chen', ['recall', 'done', recall, four, 'returned'], four, 'list', what='a card that is not in it')
refuses('chen', ['recall', 'done', recall, one, 'eaten'], one, 'eaten|neither')
refuses('chen', ['recall', 'done', recall, one, 'not_found'], one, 'words')
refuses('chen', ['recall', 'done', recall, one, 'destroyed'], one, 'books')
box.ctl('chen', 'recall', 'done', recall, one, 'returned', '--note', 'at the counter')
box.ctl('chen', 'recall', 'done', recall, two, 'not_found', '--note', 'moved away')
shown = {row['card']: row['outcome'] for row in box.ctl('boris', 'recall', 'show', recall)['list']}
tap.claim(shown == {one: 'returned', two: 'not_found', three: None}, 'how far it has come is told', shown)
told = texts('recall', 'list', login='boris') + texts('recall', 'show', recall, login='boris')
tap.claim('In force' in told and 'Brought back' in told and not re.search(r'\b[a-z]+_[a-z]+\b', told), 'in words only', told)
refuses('nora', ['recall', 'show', recall], str(recall), 'recall list', what='another office’s recall is not shown')
given_up = box.ctl('boris', 'recall', 'new', '--last', cards[0]['serial'], '--reason', 'A mistake')['recall']
box.ctl('emil', 'recall', 'refuse', given_up)
tap.claim('Given up' in texts('recall', 'show', given_up, login='boris'), 'one is given up')

# The auditor lays record, drawing and read-back beside each other.
twin = box.ctl('dora', 'card', 'twin', three)
fields = {field['title']: field for field in twin['fields']}
tap.claim(twin['same'] and list(twin['fields'][0])[:5] == ['title', 'agreement', 'recorded', 'card_file', 'read_back']
          and fields['Family name']['recorded'] == fields['Family name']['card_file'] == fields['Family name']['read_back']
          and fields['Serial of the blank']['read_back'] == cards[2]['serial'], 'record, drawn and read back stand beside each other', twin['fields'])
unread = box.ctl('dora', 'card', 'twin', four)
tap.claim('not read back' in {carrier['title']: carrier['text'] for carrier in unread['carriers']}['Read back from the plastic']
          and all(field['read_back'] is None for field in unread['fields']), 'a card that was not read back is said to be so', unread['carriers'])
tap.end()
