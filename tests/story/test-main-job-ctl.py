#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From an ID number to the card in the hand, through platenctl: a clerk, a supervisor and a print
operator, each with their own login, three registries over TLS, a real print system and printer."""

import json
import math
import re
import subprocess

import picture
from box import PRINTER, Box, Tap

DPI = 300

tap = Tap()
box = Box(fees=True)
renewal, other = box.people()['renewal'][:2]

# The clerk.
found = box.ctl('anna', 'lookup', renewal)
tap.claim([source['state'] for source in found['sources']] == ['answered'] * 3,
          'all three registries answer', found)
tap.claim(all(field['choice'] in ('agreed', 'only', 'rule', 'none') for field in found['fields']),
          'a clean renewal has nothing to settle', found['fields'])

wrong = renewal[:-1] + str((int(renewal[-1]) + 1) % 10)
sentence = box.refused('anna', 'lookup', wrong)
tap.claim('check digit' in sentence, 'a wrong check digit is refused in one sentence', sentence)

application = box.ctl('anna', 'application', 'new', renewal, '--type', 'renewal')
number = application['number']
tap.claim(application['state'] == 'draft', 'a renewal starts as a draft', application)
sentence = box.refused('anna', 'application', 'submit', number)
tap.claim('photo' in sentence.lower(),
          'it cannot be submitted without a photo, and the sentence says so', sentence)
box.ctl('anna', 'application', 'set', number, '--photo', box.portrait(renewal),
        '--signature', box.signature(renewal))
application = box.ctl('anna', 'application', 'submit', number)
tap.claim(application['state'] == 'submitted', 'the clerk submits', application)

# The second person.
sentence = box.refused('anna', 'application', 'approve', number)
tap.claim('supervisor' in sentence, 'a clerk does not approve, and the sentence says who does',
          sentence)
sentence = box.refused('chen', 'card', 'print', number, '--printer', PRINTER)
tap.claim('approved' in sentence, 'nothing is printed before the approval', sentence)
application = box.ctl('boris', 'application', 'show', number)
tap.claim(isinstance(application['findings'], list), 'the supervisor sees the findings')
application = box.ctl('boris', 'application', 'approve', number)
tap.claim(application['state'] == 'approved' and application['licence_number'],
          'the supervisor approves, and there is a licence number', application)
sentence = box.refused('boris', 'application', 'approve', number)
tap.claim('approved' in sentence, 'a second approval is refused in words', sentence)

# The print operator.
printers = box.ctl('chen', 'printer', 'list')
tap.claim(printers and printers[0]['suitable'] and printers[0]['destination'] == PRINTER,
          'the card printer is there and suitable', printers)
card = box.ctl('chen', 'card', 'print', number, '--printer', PRINTER)
tap.claim(card['state'] == 'out', 'the card comes out of the printer', card)
sentence = box.refused('chen', 'card', 'print', number, '--printer', PRINTER)
tap.claim(card['number'] in sentence, 'a second print of a card in flight is refused in words',
          sentence)
tap.claim(len(box.printed()) == 1, 'exactly one card was printed', box.printed())
plastic = box.printed()[0]

# The card file, by others' programs.
card_file = box.folder / 'card.pdf'
written = box.ctl('chen', 'card', 'file', number, '-o', card_file)
tap.claim(written['bytes'] == card_file.stat().st_size and written['sha256'] == card['file_sha256'],
          'the card file is the one that was printed', (written, card))
checked = subprocess.run(['qpdf', '--check', card_file], capture_output=True, text=True)
tap.claim(checked.returncode == 0, 'qpdf finds nothing wrong with the card file', checked)
signed = subprocess.run(['pdfsig', '-nocert', card_file], capture_output=True, text=True).stdout
tap.claim('Signature is Valid' in signed and 'Total document signed' in signed,
          'pdfsig says that the signature is valid and covers the whole file', signed)

# What came out of the printer shows the card that was drawn, front first, and not another's.
others = box.approved(other)
for side, page in (('front', 1), ('back', 2)):
    drawn, foreign = box.folder / f'{side}.png', box.folder / f'{side}-other.png'
    box.ctl('chen', 'card', 'render', number, '--side', side, '--dpi', DPI, '-o', drawn)
    box.ctl('chen', 'card', 'render', others, '--side', side, '--dpi', DPI, '-o', foreign)
    came_out = picture.upright(picture.read_page(plastic, page, DPI))
    mean, _ = picture.difference(came_out, picture.read_png(drawn))
    mean_other, _ = picture.difference(came_out, picture.read_png(foreign))
    tap.claim(mean < 5 and mean_other > 2 * mean,
              f'the {side} that was printed is the {side} that was drawn',
              f'mean difference {mean:.2f} of 255, from another’s card {mean_other:.2f}')

# A second person's signature behind the issuer's: not by who had a hand in it.
sentence = box.refused('boris', 'card', 'approve-file', card['number'])
tap.claim('Ask another' in sentence, 'who approved the application does not approve the file', sentence)
sentence = box.refused('chen', 'card', 'approve-file', card['number'])
tap.claim('supervisor or admin' in sentence, 'nor does who printed it', sentence)
approved_file = box.folder / 'approved.pdf'
approval = box.ctl('emil', 'card', 'approve-file', card['number'])
written = box.ctl('chen', 'card', 'file', number, '-o', approved_file)
tap.claim(written['sha256'] == approval['approved_sha256'] and approval['file_sha256'] == card['file_sha256']
          and approved_file.read_bytes().startswith(card_file.read_bytes()),
          'a second person approves it, and the issuer’s bytes stay in front', (approval, written))
signed = subprocess.run(['pdfsig', '-nocert', approved_file], capture_output=True, text=True).stdout
tap.claim(signed.count('Signature is Valid') == 2 and signed.count('Total document signed') == 1,
          'pdfsig says that both signatures are valid', signed)
status, out, err = box.run('anna', 'verify', approved_file)
told = {(detail['title'], detail['text'].split(',')[0]) for detail in json.loads(out)['details']}
tap.claim(json.loads(out)['signature'] == 'holds' and ('Approved by', 'Emil Strand') in told,
          'and who signed and who approved is told', (out, err))
told = {path: ' '.join(json.loads(box.run('anna', 'verify', path)[1])['remarks']) for path in (card_file, approved_file)}
tap.claim('Emil Strand approved this card file' in told[card_file] and 'Emil Strand' not in told[approved_file],
          'a copy whose approval was taken off is told as such', told)

# Reading back, with two other programs' eyes.
decoded = box.read_pdf417(plastic)
name = application['holder_name'].split()[-1]
tap.claim(decoded and name.encode() in decoded and application['licence_number'].encode() in decoded,
          'the PDF417 holds the name and the licence number', decoded)
scan = box.read_qr(plastic)
tap.claim(scan, 'the QR code can be read from what the printer printed')
sentence = box.refused('chen', 'card', 'read', card['number'], '--scan', scan[:-3] + 'AAA')
tap.claim(card['number'] in sentence, 'a code that is not the card’s is refused', sentence)
sentence = box.refused('chen', 'card', 'issue', card['number'])
tap.claim('read back' in sentence, 'a card that was not read back is not handed over', sentence)
for serial in ([], ['--serial', '']):
    sentence = box.refused('chen', 'card', 'read', card['number'], '--scan', scan, *serial)
    tap.claim('the serial of its blank was not read' in sentence, 'its code alone does not check a card', sentence)
read = box.ctl('chen', 'card', 'read', card['number'], '--scan', scan, '--serial', card['serial'])
tap.claim(read['card']['state'] == 'checked' and all(f['matches'] for f in read['fields']),
          'the card reads back as its record says', read)
# What is not paid is not handed over; what is paid has a receipt, and the drawer is counted by two.
sentence = box.refused('chen', 'card', 'issue', card['number'])
tap.claim('45.00 XTS' in sentence and 'not paid' in sentence, 'a card that is not paid stays here', sentence)
quote = box.ctl('anna', 'fee', 'quote', number)
tap.claim((quote['total'], quote['due']) == (4500, 4500) and quote['lines'][0]['rule'] == 'RENEWAL',
          'the fee is said line by line', quote)
sentence = box.refused('anna', 'fee', 'pay', number, 'cash')
tap.claim('drawer' in sentence, 'cash needs an open drawer', sentence)
box.ctl('anna', 'fee', 'shift', 'open', '100')
key = '00000000-0000-4000-8000-000000000001'
paid = [box.ctl('anna', 'fee', 'pay', number, 'cash', '--tendered', '50', '--key', key) for _ in range(2)]
tap.claim(paid[0] == paid[1] and (paid[0]['amount'], paid[0]['change'], paid[0]['due']) == (4500, 500, 0),
          'a payment that is asked for twice is made once', paid)
sentence = box.refused('anna', 'fee', 'pay', number, 'card', '--reference', 'T 1')
tap.claim(paid[0]['receipt'] in sentence, 'who comes second is told of the receipt', sentence)
receipt = box.folder / 'receipt.pdf'
sheet = box.ctl('anna', 'fee', 'receipt', paid[0]['receipt'], '--language', 'fr', '-o', receipt)
subprocess.run(['pdftoppm', '-r', '150', '-png', '-singlefile', receipt, receipt.with_suffix('')], check=True)
code = subprocess.run(['ZXingReader', '-format', 'QRCode', receipt.with_suffix('.png')],
                      capture_output=True, text=True).stdout
tap.claim(sheet['title'] == 'Reçu' and sheet['qr'] in code, 'the receipt’s code says what it is', code)
checked = box.ctl('nora', 'fee', 'check', sheet['qr'])
tap.claim(checked['standing'] == 'genuine', 'another office finds it genuine', checked)
sentence = box.refused('nora', 'fee', 'check', sheet['qr'].replace(' 4500 ', ' 450 '))
tap.claim('no receipt' in sentence, 'and one that was changed is none', sentence)
counted = box.ctl('anna', 'fee', 'shift', 'count', '50=2', '20=2', '5=1')
tap.claim(counted['variance'] == 0, 'the drawer has what it should', counted)
box.refused('anna', 'fee', 'shift', 'close', str(counted['shift']))
box.ctl('boris', 'fee', 'shift', 'close', str(counted['shift']))
tap.claim(box.ctl('boris', 'fee', 'report', '--check')['holds'], 'the books are as they must be')
issued = box.ctl('chen', 'card', 'issue', card['number'])
tap.claim(issued['state'] == 'issued', 'the card is handed over', issued)

# What the card is worth today, in each form that somebody may hold up.
forms = {'file': approved_file}
for kind in ('qr', 'pdf417', 'mdl', 'mrz'):
    forms[kind] = box.folder / f'held-up.{kind}'
    box.ctl('chen', 'card', 'payload', number, '--kind', kind, '-o', forms[kind])
citizen, licence = box.sql(f"SELECT id_number, licence_number FROM platen.application WHERE number = '{number}'")[0]


def set_state(state):
    box.sql("ALTER TABLE platen.card DISABLE TRIGGER USER;"
            f" UPDATE platen.card SET state = '{state}' WHERE number = '{card['number']}';"
            f" ALTER TABLE platen.card ENABLE TRIGGER USER; UPDATE platen.known_card SET state = '{state}' WHERE number = '{card['number']}'")


def set_current(other):
    box.sql(f"UPDATE platen.licence SET card_number = '{other}' WHERE number = '{licence}'")


def set_expiry(date):
    """Of the card in the record alone: its codes say another day, so the record differs as well."""
    box.sql(f"UPDATE platen.known_card SET expiry_date = {date} WHERE number = '{card['number']}'")


def set_suspended(until):
    box.sql(f"UPDATE driver SET suspended_until = {until} WHERE citizen = '{citizen}'", 'driver')


expiry = "'" + box.sql(f"SELECT expiry_date FROM platen.known_card WHERE number = '{card['number']}'")[0][0] + "'"
for set_it, value, before, standing, word in (
        (set_state, 'issued', None, 'issued', 'is the licence’s card today'), (set_state, 'recalled', 'issued', 'recalled', 'was recalled'),
        (set_state, 'spoiled', 'issued', 'spoiled', 'never handed out'), (set_state, 'checked', 'issued', 'not_handed_out', 'never handed out'),
        (set_current, 'UC-26-C999990', card['number'], 'replaced', 'is UC-26-C999990 now'), (set_expiry, 'current_date - 1', expiry, 'expired', 'has expired'),
        (set_suspended, 'current_date + 40', 'NULL', 'suspended', 'is suspended until')):
    set_it(value)
    for form in forms if standing in ('issued', 'recalled', 'suspended') else ('file', 'qr'):
        status, out, err = box.run('anna', 'verify', forms[form])
        said = json.loads(out)
        verdict = 'unknown' if form == 'mrz' else 'valid' if standing == 'issued' else 'not-valid'
        tap.claim(said['standing'] == standing and said['verdict'] == verdict and (status == 0) == (verdict == 'valid')
                  and word in ' '.join(said['reasons']), f'a card that is {standing}, by its {form}', (out, err))
    if before:
        set_it(before)
status, out, err = box.run('anna', 'verify', '--offline', forms['qr'])
tap.claim(json.loads(out)['verdict'] == 'not-asked' and 'recalled, replaced or suspended could not be asked' in out, 'asked nobody, it says so', (out, err))
box.demo('registry-fault', 'driver', 'down')
status, out, err = box.run('anna', 'verify', forms['qr'])
tap.claim(status == 1 and json.loads(out)['verdict'] == 'not-asked' and 'Whether the licence is suspended could not be asked' in out,
          'without the driver register it says what it could not ask', (out, err))
box.demo('registry-fault', 'driver', 'none')

# For the auditor: record, file, codes and plastic beside each other.
twin = box.ctl('dora', 'card', 'twin', card['number'], '-o', box.folder / 'twin')
names = next(field for field in twin['fields'] if field['title'] == 'Family name')
tap.claim(twin['same'] and all(names[carrier] == names['recorded'] for carrier in
                               ('card_file', 'chip', 'mdl', 'qr', 'pdf417', 'read_back')),
          'an auditor sees that record, file, codes and plastic say the same', twin['fields'])
tap.claim([reading['matched'] for reading in twin['readings']] == [False, True]
          and twin['readings'][1]['scanned'] == scan and twin['approval']['approved_by'] == 'Emil Strand'
          and all(one['same'] for one in twin['hashes']), 'with what was scanned, who approved and every hash', twin)
tap.claim((box.folder / 'twin/card.pdf').read_bytes() == approved_file.read_bytes()
          and (box.folder / 'twin/front.png').exists() and (box.folder / 'twin/mdl.cbor').exists(),
          'and gets the files and pictures')
sentence = box.refused('anna', 'card', 'twin', card['number'])
tap.claim('auditor' in sentence, 'a clerk does not', sentence)
sentence = box.refused('dora', 'card', 'twin', 'UC-26-C999999')
tap.claim('UC-26-C999999' in sentence, 'a card that is none is told by its number', sentence)
proved = box.ctl('dora', 'card', 'prove', card['number'])
tap.claim(proved['same'], 'a card is proved under that name, too', proved)

# Years later: the card is drawn again from what is kept of it, and compared by hash.
again = box.ctl('chen', 'card', 'redraw', card['number'])
tap.claim(again['same'] and again['front']['kept'] == card['front_sha256'] == again['front']['now']
          and again['back']['now'] == card['back_sha256'], 'an issued card is drawn again to the dot', again)
tap.claim(again['renderer']['same'] and 'note' not in again, 'by the version of the renderer that drew it', again['renderer'])
kept = box.folder / 'kept'
box.ctl('chen', 'layout', 'keep', again['layout'], kept)
layout = kept / again['layout'] / str(again['version']) / 'layout.json'
other = box.folder / 'other.conf'
config = (box.box / 'platen.conf').read_text()
other.write_text(re.sub(r'(\[layouts\][^\[]*?folder=)[^\n]*', rf'\g<1>{box.folder / "nowhere"}', config))
status, out, err = box.run('chen', '--config', other, 'card', 'redraw', card['number'])
tap.claim(status == 1 and again['layout'] in err, 'without the layout’s files it says which are missing',
          (status, out, err))
status, out, err = box.run('chen', '--config', other, 'card', 'redraw', card['number'], '--layouts', kept)
tap.claim(status == 0 and json.loads(out)['same'], 'with those that were kept it is the same', (out, err))
layout.write_text(re.sub(r'"#([0-9a-f]{6})"', '"#123456"', layout.read_text(), count=1))
status, out, err = box.run('chen', '--config', other, 'card', 'redraw', card['number'], '--layouts', kept)
tap.claim(status == 1 and not json.loads(out)['same'] and not json.loads(out)['digest']['same'],
          'with files that were changed since it is not, and the command fails', (out, err))

application = box.ctl('boris', 'application', 'show', number)
tap.claim(application['state'] == 'issued', 'the application is issued', application)
history = [(event['who'], event['what']) for event in application['events']]
for who, what in (('Anna Berg', 'submitted'), ('Boris Iliev', 'approved'), ('Chen Lin', 'reserved'),
                  ('Chen Lin', 'checked'), ('Chen Lin', 'issued')):
    tap.claim((who, what) in history, f'the history says that {who} did “{what}”', history)

# Four eyes, where one person has both roles.
box.hire('gita', 'Gita Vance', 'clerk', 'supervisor')
mine = box.ctl('gita', 'application', 'new', box.people()['renewal'][2], '--type', 'renewal')['number']
box.ctl('gita', 'application', 'set', mine, '--registry-photo', '--signature',
        box.signature(box.people()['renewal'][2]))
box.ctl('gita', 'application', 'submit', mine)
sentence = box.refused('gita', 'application', 'approve', mine)
tap.claim('another' in sentence or 'second person' in sentence,
          'who entered an application does not approve it, whatever their roles', sentence)
tap.claim(box.ctl('boris', 'application', 'approve', mine)['state'] == 'approved',
          'another one does')

# Wrong usage is status 2, and no command prints anything but JSON with --json.
for words in (['nonsense'], ['lookup'], ['lookup', renewal, renewal], ['card', 'print', number],
              ['application', 'new', renewal], ['application', 'new', renewal, '--type', 'x'],
              ['card', 'render', number, '--side', 'top', '-o', 'x'], ['--bogus'],
              ['card', 'payload', number, '-o', 'x']):
    status, out, err = box.run('chen', *words)
    tap.claim(status == 2 and not out and len(err.splitlines()) == 1,
              f'wrong usage is told as such: {" ".join(words)}', (status, out, err))
for login, words in (('anna', ['application', 'list']), ('emil', ['staff', 'list']),
                     ('anna', ['db', 'status']), ('anna', ['health']),
                     ('chen', ['card', 'show', card['number']])):
    status, out, err = box.run(login, *words)
    tap.claim(status == 0 and json.loads(out) is not None and not err,
              f'JSON and nothing else: {" ".join(words)}', (status, out, err))
# A printer that misses its places: what it is sent is moved, what is signed and kept is not.
def find_qr(pdf):
    """The middle of the QR code on a printed card, in dots; what is printed is turned by the printer."""
    for page in box.pages(pdf, DPI):
        told = subprocess.run(['ZXingReader', '-format', 'QRCode', page], capture_output=True,
                              text=True, errors='replace').stdout
        corners = re.findall(r'(-?\d+)x(-?\d+)', (re.search(r'^Position: *(.*)$', told, re.M) or [''] * 2)[1])
        if len(corners) == 4:
            return [sum(int(corner[axis]) for corner in corners) / 4 for axis in (0, 1)]
    return None


sentence = box.refused('anna', 'printer', 'calibrate', PRINTER, '--left', '5', '--top', '5',
                       '--length', '75', '--right-top', '5')
tap.claim('operator' in sentence, 'a clerk does not calibrate', sentence)
job = box.ctl('chen', 'printer', 'test-card', PRINTER)
tap.claim(job['job'] > 0, 'a test card is printed', job)
kept = box.ctl('chen', 'printer', 'calibrate', PRINTER, '--left', '5.80', '--top', '4.60',
               '--length', '75.60', '--right-top', '4.90')
tap.claim(len(kept) == 1 and abs(kept[0]['off_right_mm'] - 0.8) < 0.001,
          'what was measured is kept', kept)
moved = others
# Its portrait is one of old: 400 kB, which no desk of today stores and no card file has room for.
padded = ("substr (i.image, 1, 2) || decode (repeat ('fffeffff' || repeat ('00', 65533), 6), 'hex') || substr (i.image, 3)")
box.sql(f"UPDATE platen.application_image i SET image = {padded}, sha256 = encode (sha256 ({padded}), 'hex') FROM platen.application a"
        f" WHERE a.id = i.application_id AND a.number = '{moved}' AND i.kind = 'portrait'")
card = box.ctl('chen', 'card', 'print', moved, '--printer', PRINTER)
written = box.ctl('chen', 'card', 'file', moved, '-o', card_file)
tap.claim(60000 <= written['bytes'] <= 200000, 'a portrait of 400 kB makes no card file of more than 200 kB', written)
status, out, err = box.run('anna', 'verify', card_file)
told = {field['title']: field['agreement'] for field in json.loads(out)['fields']}
tap.claim(json.loads(out)['signature'] == 'holds' and told.get('Portrait') == 'same',
          'its file is verified, and its portrait is the one that was drawn', (out, err))
tap.claim(box.ctl('dora', 'card', 'prove', card['number'])['same'], 'it is proved')
large = box.sql(f"SELECT i.application_id FROM platen.application_image i JOIN platen.application a ON a.id = i.application_id"
                f" WHERE a.number = '{moved}' AND i.kind = 'portrait' AND length (i.image) > 390000")
tap.claim(len(large) == 1, 'and what was approved is kept as it was', large)
box.sql(f"UPDATE platen.application_image SET sha256 = sha256, image = image || '\\x00' WHERE application_id = {large[0][0]} AND kind = 'portrait'")
sentence = box.refused('dora', 'card', 'prove', card['number'])
tap.claim('approved' in sentence and 'auditor' in sentence, 'with another than was approved it is not proved', sentence)
box.sql(f"UPDATE platen.application_image SET image = substr (image, 1, length (image) - 1) WHERE application_id = {large[0][0]} AND kind = 'portrait'")
tap.claim(written['sha256'] == card['file_sha256'], 'the card file stays as it was signed', written)
signed = subprocess.run(['pdfsig', '-nocert', card_file], capture_output=True, text=True).stdout
tap.claim('Signature is Valid' in signed, 'its signature is valid', signed)
before, after = find_qr(plastic), find_qr(box.printed()[-1])
tap.claim(before and after and 13 < math.dist(before, after) < 19,
          'the QR code is moved by 1.3 mm, which is as far as the printer misses there', (before, after))
sentence = box.refused('chen', 'card', 'read', card['number'], '--scan',
                       '@\r\nANSI 999999100201DL00310012DLDAQU1\r\n')
tap.claim(card['number'] in sentence, 'an AAMVA barcode is not that of a card which has none', sentence)
result = box.ctl('chen', 'card', 'read', card['number'], '--scan', box.read_qr(box.printed()[-1]), '--serial', card['serial'])
tap.claim(result, 'the moved card is read back', result)

# The North American card: its PDF417 is a file of AAMVA, read here by its directory and nothing else.
def read_aamva(file):
    """Header and elements of an AAMVA file, or None where its directory is not exact."""
    if file[:9] != b'@\n\x1e\rANSI ':
        return None
    elements, end = {}, 21 + 10 * int(file[19:21])
    for entry in range(int(file[19:21])):
        at = 21 + 10 * entry
        start, length = int(file[at + 2:at + 6]), int(file[at + 6:at + 10])
        part = file[start:start + length]
        if start != end or part[:2] != file[at:at + 2] or part[-1:] != b'\r' or b'\r' in part[:-1]:
            return None
        elements.update({line[:3]: line[3:] for line in part[2:-1].decode('latin-1').split('\n')})
        end = start + length
    return {'issuer': file[9:15].decode(), 'version': file[15:17].decode(), **elements} if end == len(file) else None


def payload(kind):
    box.ctl('chen', 'card', 'payload', mine, '--kind', kind, '-o', box.folder / kind)
    return (box.folder / kind).read_bytes()


before = payload('pdf417'), payload('aamva')
tap.claim(before[0][:1] == b'\x60' and read_aamva(before[1]),
          'the PDF417 of an ISO card is signed data, and there is an AAMVA file of it as well', before)
# When the portrait was taken, which is known of the camera's pictures alone.
unknown = payload('dg4'), payload('mdl')
box.sql("INSERT INTO platen.photo_check (at, office_code, application_id, staff_id, sha256, origin, verdict, bad, result)"
        " SELECT '2024-03-01 00:30:59.9+02', c.office_code, c.application_id, c.staff_id, c.sha256, 'camera', 'good', '{}', '{}'"
        " FROM platen.photo_check c JOIN platen.application a ON a.id = c.application_id"
        f" WHERE a.number = '{mine}' ORDER BY c.id DESC LIMIT 1")
known = payload('dg4'), payload('mdl')
tap.claim(b'\x88\x07\x20\x24\x02\x29\x22\x30\x59\x89\x01\x03' in known[0] and known[0][-500:] == unknown[0][-500:]
          and b'\x88\x07\x20\x24' not in unknown[0], 'the chip says when the portrait was taken, if that is known',
          (known[0][:40], unknown[0][:40]))
tap.claim(b'portrait_capture_date' in known[1] and b'2024-02-29T22:30:59Z' in known[1]
          and b'portrait_capture_date' not in unknown[1], 'and so does the mobile licence', known[1][:400])
noted = box.sql('SELECT p.kind, k.name, k.last_expiry >= a.expiry_date FROM platen.payload_key p JOIN platen.application a ON a.id = p.application_id'
                f" JOIN platen.issuer_key k ON k.id = p.issuer_key_id WHERE a.number = '{mine}' ORDER BY p.id")
tap.claim(noted == [['pdf417', 'UTO0001', 't'], ['mdl', 'UTO0001', 't'], ['mdl', 'UTO0001', 't']],
          'which key signed what is written by itself is noted, for as long as the licence is good', noted)
rule = box.ctl('emil', 'layout-rule', 'propose', 'utopia-aamva', '--position', '1', '--kind', 'renewal',
               '--reason', 'North American cards')
box.ctl('boris', 'layout-rule', 'approve', str(rule['id']))
# This office prints none of them before a second person approved the file.
box.ctl('emil', 'office', 'set', '--file-approval', 'yes', '--layout', 'utopia-aamva')
n_printed = len(box.printed())
sentence = box.refused('chen', 'card', 'print', mine, '--printer', PRINTER)
waiting = next(one for one in box.ctl('chen', 'card', 'list') if one['application_number'] == mine)
tap.claim('second person' in sentence and waiting['state'] == 'rendered' and len(box.printed()) == n_printed,
          'where the office demands it nothing is printed before the file is approved', (sentence, waiting))
box.ctl('emil', 'card', 'approve-file', waiting['number'])
card = box.ctl('chen', 'card', 'print', mine, '--printer', PRINTER)
tap.claim(card['number'] == waiting['number'] and card['state'] == 'out', 'then that card is printed', card)
plastic = box.printed()[-1]
decoded = box.read_pdf417(plastic)
found = read_aamva(decoded or b'')
tap.claim(found and found['issuer'] == '999999' and found['version'] == '10' and found['DCF'] == card['number']
          and found['ZUA'] == 'SPECIMEN', 'the PDF417 that was printed is an AAMVA file of this card', decoded)
record = box.ctl('boris', 'application', 'show', mine)
tap.claim(found['DAQ'] == record['licence_number'] and found['DAU'].strip() == 'unavl' and found['DAY'] == 'UNK',
          'it has the licence number, and says what no record has', (found, record))
tap.claim(payload('pdf417') == decoded and payload('mrz').startswith(b'D1UTO'),
          'what its codes hold can be written by themselves', (payload('pdf417'), decoded))
tap.claim(payload('qr').decode() == box.read_qr(plastic), 'and so can the QR code’s text')
sides = [json.loads(out) for _, out, _ in (box.run('anna', 'verify', '--image', page) for page in box.pages(plastic, DPI)) if out]
agreed = {field['title']: field['agreement'] for side in sides for field in side['unsigned_fields']}
tap.claim(any(side['form'] == 'qr' and side['signature'] == 'holds' for side in sides)
          and agreed.get('Document number') == agreed.get('Date of birth') == 'same' and 'different' not in agreed.values(),
          'on a picture of it the unsigned barcode is believed by the signed QR code, field by field', sides)
taken = box.ctl('chen', 'card', 'payload', mine, '--kind', 'mdl', '-o', box.folder / 'mdl')
written = box.ctl('chen', 'card', 'file', mine, '-o', box.folder / 'card.pdf')
attached = subprocess.run(['pdfdetach', '-save', str([line.split(': ')[1] for line in subprocess.run(
    ['pdfdetach', '-list', box.folder / 'card.pdf'], capture_output=True, text=True).stdout.splitlines() if ': ' in line].index('mdl.cbor') + 1),
    '-o', box.folder / 'attached', box.folder / 'card.pdf'], capture_output=True, text=True)
tap.claim(taken['taken_from'] == 'card' and taken['signed_now_by'] is None
          and (box.folder / 'attached').read_bytes() == (box.folder / 'mdl').read_bytes(),
          'of a drawn card everything is what its file has, and nothing is signed anew', (taken, attached))
sentence = box.refused('chen', 'card', 'payload', mine, '--kind', 'no-such-kind', '-o', box.folder / 'no')
tap.claim('no-such-kind' in sentence and not (box.folder / 'no').exists(),
          'what is no kind is refused by its name', sentence)
package = box.ctl('chen', 'card', 'package', card['number'], '-o', box.folder / 'package.zip')
tap.claim(package['blank_tracks'] == [{'track': 1, 'why_blank': 'not-known'}, {'track': 2, 'why_blank': 'unconfirmed'},
                                      {'track': 3, 'why_blank': 'unconfirmed'}], 'each track of its stripe that stays blank says why', package)
# As a scanner in keyboard mode types it: Enter for line feeds and returns, nothing for what has no key.
typed = decoded.decode('latin-1').replace('\x1e', '').replace('\r', '\n').replace('\n', '\r\n')
sentence = box.refused('chen', 'card', 'read', card['number'], '--scan', typed.replace(found['DCS'], 'SOMEBODY'))
tap.claim(card['number'] in sentence, 'another’s AAMVA barcode is refused', sentence)
result = box.ctl('chen', 'card', 'read', card['number'], '--scan', typed, '--serial', card['serial'])
tap.claim(result['card']['state'] == 'checked' and all(f['matches'] for f in result['fields']),
          'the North American card is read back by its PDF417', result)

tap.end()
