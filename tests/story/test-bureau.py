#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cards that a central bureau makes: enrolled by two people, sent once however often the program is killed, read by
a bureau that has nothing of ours (zipfile, hashlib, openssl), and answered with receipts, good and bad."""

import hashlib
import json
import resource
import signal
import subprocess
import zipfile

import jsonschema
from box import PRINTER, SOURCE, Box, Tap

tap = Tap()
box = Box()
people = box.people()['renewal'][:4]
numbers = [box.approved(person) for person in people]
folder = box.folder / 'bureau'
folder.mkdir()
SCHEMAS = {name: json.loads((SOURCE / f'data/packages/{name}.schema.json').read_text()) for name in ('manifest', 'receipt')}
package, again = folder / 'batch.zip', folder / 'again.zip'


def openssl(*words, **more):
    return subprocess.run(['openssl', *map(str, words)], check=True, capture_output=True, **more).stdout


def make_bureau(name):
    openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', folder / f'{name}.key',
            '-out', folder / f'{name}.pem', '-subj', f'/CN={name}', '-days', '30')
    der = openssl('x509', '-in', folder / f'{name}.pem', '-outform', 'DER')
    return hashlib.sha256(der).hexdigest()


def read_package(path):
    """As the bureau does it: the signature, then each file against the list."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        manifest = archive.read('manifest.json')
        (folder / 'manifest.json').write_bytes(manifest)
        (folder / 'manifest.p7s').write_bytes(archive.read('manifest.p7s'))
        openssl('cms', '-verify', '-binary', '-inform', 'DER', '-in', folder / 'manifest.p7s', '-content', folder / 'manifest.json',
                '-noverify', '-out', '/dev/null')
        listed = json.loads(manifest)
        jsonschema.validate(listed, SCHEMAS['manifest'])
        files = [entry for job in listed['jobs'] for entry in job['files']]
        good = names == ['manifest.json', 'manifest.p7s'] + [entry['path'] for entry in files] and all(
            (entry['size'], entry['sha256']) == (len(data), hashlib.sha256(data).hexdigest())
            for entry in files for data in [archive.read(entry['path'])])
    return listed, hashlib.sha256(manifest).hexdigest(), good


def answer(lines, by='UPB', **changes):
    listed, digest, _ = read_package(package)
    receipt = {'format': 'platen-personalisation-receipt', 'version': 1, 'batch': listed['batch'], 'bureau': 'UPB',
               'manifest_sha256': digest, 'cards': lines, **changes}
    path = folder / 'receipt.p7m'
    path.write_bytes(openssl('cms', '-sign', '-nodetach', '-binary', '-outform', 'DER', '-md', 'sha256', '-signer', folder / f'{by}.pem',
                             '-inkey', folder / f'{by}.key', input=json.dumps(receipt).encode()))
    return path


def killed(point, *words, by='chen'):
    program = box.popen(by, *words, extra={'PLATEN_TEST_CRASH_AT': point})
    program.communicate()
    return program.returncode == -signal.SIGKILL


def states():
    return ' '.join(row[0] for row in box.sql('SELECT state FROM platen.card WHERE batch_id IS NOT NULL ORDER BY id'))


# Enrolment takes two.
fingerprint = make_bureau('UPB')
make_bureau('other')
proposed = box.ctl('emil', 'bureau', 'enrol', 'UPB', '--name', 'Utopia Print Bureau', '--certificate', folder / 'UPB.pem')
tap.claim(proposed['sha256'] == fingerprint, 'a bureau is proposed with its certificate', proposed)
sentence = box.refused('chen', 'bureau', 'send', 'UPB', numbers[0], '-o', package)
tap.claim('approved' in sentence and not states(), 'before a second person approved it, it gets nothing', sentence)
box.ctl('boris', 'bureau', 'approve', proposed['id'], '--fingerprint', fingerprint.upper())
sentence = box.refused('anna', 'bureau', 'send', 'UPB', numbers[0], '-o', package)
tap.claim('operator' in sentence, 'a clerk sends nothing to it', sentence)

# Sending, killed on the way.
sentence = box.refused('chen', 'bureau', 'send', 'UPB', numbers[0], 'UC-26-999999', '-o', package)
tap.claim(not states(), 'one application that is none, and nothing is reserved', sentence)
tap.claim(killed('batch-opened', 'bureau', 'send', 'UPB', *numbers[:3], '-o', package) and states() == 'reserved reserved reserved',
          'killed after the batch was made: its cards are reserved', states())
batch = box.ctl('chen', 'bureau', 'list')['batches'][0]['batch']
for point, expected in (('batch-card-drawn', 'rendered reserved reserved'), ('batch-written', 'rendered rendered rendered')):
    tap.claim(killed(point, 'bureau', 'write', batch, '-o', package) and states() == expected and not package.exists(),
              f'killed at {point}: no file, and nothing is away', states())
sentence = box.refused('chen', 'card', 'print', numbers[0], '--printer', PRINTER)
tap.claim(batch in sentence and not box.printed(), 'meanwhile none of its cards is printed here', sentence)
tap.claim(killed('batch-sealed', 'bureau', 'write', batch, '-o', package) and states() == 'sent sent sent' and not package.exists(),
          'killed when it was away, before its file was there', states())
written = box.ctl('chen', 'bureau', 'write', batch, '-o', package)
box.ctl('chen', 'bureau', 'write', batch, '-o', again)
tap.claim(package.read_bytes() == again.read_bytes() and written['sha256'] == hashlib.sha256(package.read_bytes()).hexdigest()
          == box.ctl('chen', 'bureau', 'list')['batches'][0]['sha256'], 'it is written again, the same to the byte', written)
sentence = box.refused('chen', 'bureau', 'send', 'UPB', numbers[0], '-o', folder / 'twice.zip')
tap.claim('UC-' in sentence and not (folder / 'twice.zip').exists(), 'the same card does not go out in another batch', sentence)
checked = box.ctl('anna', 'verify', package)
tap.claim(checked['verdict'] == 'valid' and checked['form'] == 'package', 'our own verifier finds it good', checked)
# Whatever is written is there whole, or what was there before is.
def limited():
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


def tidy(place):
    return not [path for path in place.iterdir() if path.name.endswith('.part')]


POINTS = ('file-begun', 'file-written', 'file-linked')
place = folder / 'place'
place.mkdir()
one_card = box.ctl('chen', 'card', 'list')[0]['number']
for login, words, name in (('chen', ['card', 'file', numbers[0], '-o'], 'card.pdf'), ('chen', ['card', 'payload', numbers[0], '--kind', 'qr', '-o'], 'qr'),
                           ('chen', ['card', 'package', one_card, '-o'], 'one.zip'), ('chen', ['bureau', 'write', batch, '-o'], 'batch.zip'),
                           ('emil', ['key', 'export-certificates'], 'public')):
    target, files = place / name, ['jwks.json', 'certificates.pem', 'crl.pem'] if name == 'public' else ['']
    what = ' '.join(words[:2])
    sentence = box.refused(login, *words, target, preexec_fn=limited)
    tap.claim(f'{name}' in sentence and 'not written: File too large. ' in sentence and not any((target / file).is_file() for file in files)
              and tidy(place), f'{what} where there is no room says so, and leaves nothing', sentence)
    box.ctl(login, *words, target)
    kept = [(target / file).read_bytes() for file in files]
    box.refused(login, *words, target, preexec_fn=limited)
    ends = [killed(point, *words, target, by=login) for point in (POINTS if name == 'card.pdf' else POINTS[-1:])]
    tap.claim(all(ends) and [(target / file).read_bytes() for file in files] == kept,
              f'{what}, killed before its file was in its place: what was there is', ends)
    box.ctl(login, *words, target)
    tap.claim(tidy(place) and tidy(target if target.is_dir() else place), 'and the next time clears what was left', list(place.iterdir()))
    if name != 'public':
        sentences = [box.refused(login, *words, nowhere) for nowhere in (folder / 'nowhere' / name, place, '/dev/full')]
        tap.claim(all(word in sentence for word, sentence in zip(('Make its folder', 'Is a directory', 'space left' if words[1] in ('file', 'payload') else 'no plain file'), sentences)),
                  'a place where nothing can be written is told with what to do', sentences)
cards = box.ctl('chen', 'card', 'list')
tap.claim([card['state'] for card in cards] == ['sent'] * 3, 'the print room has the cards as sent, and asks no printer', cards)

# The bureau reads it, and answers.
listed, _, good = read_package(package)
tap.claim([job['blank_tracks'] for job in listed['jobs']] == [[{'track': track, 'reason': 'no-stripe'} for track in (1, 2, 3)]] * 3,
          'and the list says why no stripe is written', listed)
tap.claim(good and len(listed['jobs']) == 3, 'a program that knows only the format reads every file', listed)
names = json.dumps(listed)
persons = [word for row in box.sql('SELECT holder_name FROM platen.application') for word in row[0].split()]
tap.claim(persons and not any(f'"{name}"' in names for name in persons), 'the list names no holder')
lines = [{'card': job['card'], 'serial': job['serial'], 'card_file_sha256': job['files'][0]['sha256'], 'outcome': 'made'}
         for job in listed['jobs']]
lines[2] |= {'outcome': 'failed', 'reason': 'La puce ne répond pas.'}


def changed(position, **members):
    return [line | (members if i == position else {}) for i, line in enumerate(lines)]


for what, said, changes, word in (
        ('by somebody else', lines, {'by': 'other'}, 'signature'),
        ('of another bureau', lines, {'bureau': 'XYZ'}, 'not approved'),
        ('of another list', lines, {'manifest_sha256': '0' * 64}, 'another list'),
        ('of another batch', lines, {'batch': 'UC-26-B999999'}, 'no batch'),
        ('with a card too many', lines + [lines[0] | {'card': 'UC-26-C999999', 'serial': 'B99999999'}], {}, 'not in the batch'),
        ('with a card too few', lines[:2], {}, 'says nothing of card'),
        ('with a card twice', lines + lines[:1], {}, 'twice'),
        ('with a blank twice', changed(1, serial=lines[0]['serial']), {}, 'two cards'),
        ('on another blank', changed(0, serial='B99999999'), {}, 'was to be made on blank'),
        ('of another card file', changed(0, card_file_sha256='0' * 64), {}, 'another card file'),
        ('that does not say why', changed(2, reason=''), {}, 'why it failed'),
        ('that is no receipt', lines, {'format': 'x'}, 'not a receipt')):
    sentence = box.refused('chen', 'bureau', 'receive', answer(said, **changes))
    tap.claim(word in sentence and states() == 'sent sent sent', f'a receipt {what} is refused in words, and nothing is half done', sentence)
receipt = answer(lines)
jsonschema.validate(json.loads(openssl('cms', '-verify', '-inform', 'DER', '-in', receipt, '-noverify')), SCHEMAS['receipt'])
data = bytearray(receipt.read_bytes())
at = data.index(b'"made"') + 1
data[at:at + 4] = b'madd'
(folder / 'changed.p7m').write_bytes(data)
sentence = box.refused('chen', 'bureau', 'receive', folder / 'changed.p7m')
tap.claim('changed after the signing' in sentence, 'a receipt that was changed is refused', sentence)
sentence = box.refused('anna', 'bureau', 'receive', receipt)
tap.claim('operator' in sentence and states() == 'sent sent sent', 'a clerk takes no receipt', sentence)
taken = box.ctl('chen', 'bureau', 'receive', receipt)
tap.claim((taken['made'], taken['not_made'], states()) == (2, 1, 'out out spoiled'), 'the right one is taken', taken)
sentence = box.refused('chen', 'bureau', 'receive', receipt)
tap.claim('taken already' in sentence, 'once', sentence)
sentence = box.refused('anna', 'card', 'issue', lines[0]['card'])
tap.claim('read back' in sentence, 'what the bureau says lets nobody hand a card over', sentence)
(folder / 'card.pdf').write_bytes(zipfile.ZipFile(package).read(listed['jobs'][0]['files'][0]['path']))
scan = box.read_qr(folder / 'card.pdf')
read = box.ctl('chen', 'card', 'read', lines[0]['card'], '--scan', scan, '--serial', box.ctl('chen', 'card', 'show', lines[0]['card'])['serial'])
box.ctl('anna', 'card', 'issue', lines[0]['card'], '--scan', scan)
tap.claim(box.ctl('anna', 'application', 'show', numbers[0])['state'] == 'issued', 'the card that was read back is', read)
shown = box.ctl('boris', 'application', 'show', numbers[2])
tap.claim(shown['state'] == 'approved', 'the one that failed can be made again', shown)
card = box.ctl('chen', 'card', 'print', numbers[2], '--printer', PRINTER)
tap.claim(card['state'] == 'out' and len(box.printed()) == 1, 'here, for example', card)
one = folder / 'one.zip'
single = box.ctl('chen', 'card', 'package', card['number'], '-o', one)
tap.claim(read_package(one)[2] and box.ctl('anna', 'verify', one)['verdict'] == 'valid', 'and its chip gets a package of its own', single)

tap.end()
