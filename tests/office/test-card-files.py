#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The card file of every layout, of holders with the longest and the shortest of everything and with
pictures of every kind, judged by programs of other people: the rules of PDF/A-3b with pikepdf and fontTools,
qpdf, poppler with NSS, MuPDF, OpenSSL; the codes on its rendered pages by ZXing."""

import concurrent.futures
import hashlib
import io
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ['PLATEN_SOURCE_ROOT'])
BUILD = pathlib.Path(os.environ['PLATEN_BUILD_ROOT'])
sys.path.insert(0, str(SOURCE / 'tests/support'))

import card_forgers
import mdoc
import pdfa
import pikepdf

MAKER, PLATENCTL = sys.argv[1], BUILD / 'src/cli/platenctl'
PROOF = SOURCE / 'data/layouts/proof'
CARDS = {'utopia-iso': 0, 'utopia-eu': 1, 'utopia-aamva': 1, 'utopia-aamva-young': 1, 'utopia-bilingual': 1, 'utopia-thai': 1,
         'own-wide': 10, 'own-bare': 0}
CODES = {name: ('QRCode',) if name == 'utopia-eu' else ('PDF417', 'QRCode') for name in CARDS if name.startswith('utopia')}
FINE = ('utopia-iso', 'utopia-aamva-young')
NO_CARDS = ('utopia-idp', 'utopia-receipt', 'utopia-temporary')
WIDTH, HEIGHT = 85.60 / 25.4 * 72, 53.98 / 25.4 * 72
NAMES = {'dg1.bin', 'ef.com', 'ef.sod', 'licence.json', 'mdl.cbor'}
MOST_MEMORY = 512 << 20
EVERY_CATEGORY = json.loads((PROOF / '06-every-category.json').read_text())['categories']
# What they say of every file, and of themselves.
UNSAID = re.compile('No syntax or stream encoding errors found; the file may still contain\nerrors that qpdf cannot detect'
                    '|warning: ICC support is not available')
count = failed = 0


def claim(condition, what, *seen):
    global count, failed
    count += 1
    failed += not condition
    print(f'{"" if condition else "not "}ok {count} - {what}', flush=True)
    if not condition:
        print(*[f'# {line}' for word in seen for line in str(word).splitlines()][:40], sep='\n', flush=True)


def run(*words, **more):
    """(status, all that it said)."""
    done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120,
                          env={**os.environ, 'LC_ALL': 'C.UTF-8'}, **more)
    return done.returncode, done.stdout.decode('utf-8', 'replace')


def limit_memory():
    """Sanitizers reserve terabytes."""
    if 'sanitize' not in str(BUILD):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


# ---- what they are made of ----

def make_keys(folder):
    """A root, its keys for the three purposes, and the configuration that names them."""
    config = folder / 'platen.conf'
    config.write_text(f'[issuer]\nkeys={folder}/keys\n[layouts]\nfolder={SOURCE}/data/layouts;{folder}/layouts\n')
    (folder / 'secret').write_text('of the test alone')
    words = ('--organization', 'Utopia SPECIMEN', '--from', '2026-01-01')
    made = [run(PLATENCTL, '--config', config, 'key', 'create', '--purpose', 'iaca', '--id', 'UTO-IACA-1', '--folder', folder / 'root',
                '--country', 'UT', '--name', 'Root SPECIMEN', '--issuer-uri', 'https://utopia.example', '--crl-uri',
                'https://utopia.example/crl', '--secret-file', folder / 'secret', *words)]
    for purpose, name in (('document', 'UTO0001'), ('qr', 'UTO-QR-1'), ('pdf', 'UTO-PDF-1')):
        made.append(run(PLATENCTL, '--config', config, 'key', 'create', '--purpose', purpose, '--id', name, '--folder', folder / 'keys',
                        '--name', f'{name} SPECIMEN', '--no-passphrase', '--root', folder / 'root', '--root-secret-file', folder / 'secret',
                        *words))
    claim(not any(status for status, _ in made), 'a root and its keys are made', made)
    return config


def add_layouts(folder):
    """An administrator's own: with the widest bleed, and with none and no artwork but the plain elements."""
    for name, bleed in (('own-wide', 10), ('own-bare', None)):
        target = folder / 'layouts' / name
        shutil.copytree(SOURCE / 'data/layouts/utopia-eu', target)
        shutil.copy(SOURCE / 'data/layouts/shared/pictograms.json', target)
        layout = json.loads((target / 'layout.json').read_text())
        layout['id'] = name
        layout['bleed'] = bleed if bleed else 0
        for side in ('front', 'back'):
            layout[side] = [element for element in layout[side] if bleed or element.get('x', 0) >= 0 <= element.get('y', 0)
                            and element.get('x', 0) + element.get('width', 0) <= 85.60 and element.get('y', 0) + element.get('height', 0) <= 53.98]
        (target / 'layout.json').write_text(json.dumps(layout))


def make_pictures(folder):
    """The same portrait as it comes from cameras, scanners and programs of every kind."""
    anna, into = PROOF / 'anna.jpg', {}
    for name, words in {'cmyk.jpg': ('-colorspace', 'CMYK'), 'grey.jpg': ('-colorspace', 'Gray'), 'deep.png': ('-depth', '16'),
                        'turned.jpg': ('-rotate', '-90', '-orient', 'RightTop'), 'progressive.jpg': ('-interlace', 'JPEG'),
                        'palette.png': ('-colors', '64', '-type', 'Palette')}.items():
        kind = 'PNG48:' if name == 'deep.png' else ''
        done = run('convert', anna, *words, f'{kind}{folder / name}')
        claim(done[0] == 0, f'a portrait is made: {name}', done[1])
        into[name] = str(folder / name)
    return into


def make_holder(name, layout, **more):
    sample = json.loads((PROOF / name).read_text())
    values = sample['values']
    path = layout if (SOURCE / 'data/layouts' / layout).exists() else 'utopia-eu'
    version = json.loads((SOURCE / 'data/layouts' / path / 'layout.json').read_text())['version']
    holder = {'layout': layout, 'version': version, 'categories': sample['categories'], 'card_number': 'UC-26-C000017',
              'person': {key: '' if value == '—' else value for key, value in values.items() if key != 'licence_number'},
              **{key: values[key] for key in ('licence_number', 'issue_date', 'expiry_date', 'authority', 'application_number')}}
    for picture in ('portrait', 'signature'):
        if sample.get(picture):
            holder[picture] = str(PROOF / sample[picture])
    return {**holder, **more}


def write_jobs(folder, pictures):
    """The hardest holder, the simplest, and one in another script with bleed and with a picture of some kind."""
    jobs = {}
    holders = [path.name for path in sorted(PROOF.glob('[0-9]*.json'))]
    every = holders if '--all' in sys.argv else ['02-longest-names.json', '03-one-letter-names.json']
    for n, layout in enumerate(CARDS):
        own = {'utopia-thai': '09-thai.json', 'utopia-iso': '10-greek.json', 'utopia-eu': '11-cyrillic.json',
               'own-wide': '04-one-name.json', 'own-bare': '12-latin-accents.json'}.get(layout, '13-latin-accents.json')
        for holder in every if layout in CODES else ():
            jobs[f'{layout}.{holder[:2]}'] = make_holder(holder, layout)
            if holder[:2] == '03':
                del jobs[f'{layout}.03']['signature']
            elif 'aamva' not in layout:
                jobs[f'{layout}.{holder[:2]}']['categories'] = EVERY_CATEGORY
        name = list(pictures)[n % len(pictures)]
        jobs[f'{layout}.{own[:2]}-{name}'] = make_holder(own, layout, portrait=pictures[name], bled=CARDS[layout] > 0)
    for layout in NO_CARDS:
        jobs[f'{layout}.01'] = make_holder('01-everyday.json', layout)
    for name, job in jobs.items():
        (folder / f'{name}.json').write_text(json.dumps(job))
    return jobs


# ---- what is said of one ----

def check_boxes(pdf, bleed):
    wrong = []
    for page in pdf.pages:
        media, outer, trim = ([float(side) for side in page.obj[name]] for name in ('/MediaBox', '/BleedBox', '/TrimBox'))
        size = sorted((trim[2] - trim[0], trim[3] - trim[1]))
        margins = [trim[0] - outer[0], trim[1] - outer[1], outer[2] - trim[2], outer[3] - trim[3]]
        if abs(size[0] - HEIGHT) > 1e-4 or abs(size[1] - WIDTH) > 1e-4 or media != outer:
            wrong.append(f'{media} {outer} {trim}')
        if any(abs(margin - bleed / 25.4 * 72) > 1e-3 for margin in margins):
            wrong.append(f'bleed {margins}')
    return wrong


def read_attached(pdf):
    return {name: bytes(attached.get_file().read_bytes()) for name, attached in pdf.attachments.items()}


def check_attached(attached, job, root):
    """That they are all there, and tell of this holder to a stranger."""
    wrong = []
    portraits = [name for name in attached if name.startswith('portrait')]
    if not NAMES <= set(attached) or len(portraits) != 1:
        return [f'attached: {sorted(attached)}']
    licence = json.loads(attached['licence.json'])
    text = json.dumps(licence)
    for wanted in (job['layout'], job['licence_number'], job['expiry_date'], '"renderer": "Platen ', '"specimen": true'):
        if wanted not in text:
            wrong.append(f'licence.json does not say {wanted}')
    elements, _ = mdoc.read(attached['mdl.cbor'], root)
    if elements[mdoc.NAME_SPACE]['document_number'] != job['licence_number']:
        wrong.append('mdl.cbor tells of somebody else')
    return wrong


def take_signature(folder, data):
    """The CMS message and what it signs, by the ByteRange alone; what is wrong with that."""
    ranges = re.findall(rb'/ByteRange \[ ?(\d+) (\d+) (\d+) (\d+) *\]', data)
    first, length, second, rest = (int(number) for number in ranges[0])
    hole = data[length:second]
    if len(ranges) != 1 or first != 0 or second + rest != len(data) or hole[:1] + hole[-1:] != b'<>':
        return None, None, 'the signature covers not all'
    cms = bytes.fromhex(hole[1:-1].decode())
    size = 4 + int.from_bytes(cms[2:4], 'big')
    if cms[:2] != b'\x30\x82' or cms[size:].strip(b'\0'):
        return None, None, 'the room for the signature holds something else'
    (folder / 'cms').write_bytes(cms[:size])
    (folder / 'signed').write_bytes(data[:length] + data[second:])
    return folder / 'cms', folder / 'signed', None


def check_cms(folder, data, root):
    cms, signed, wrong = take_signature(folder, data)
    if wrong:
        return [wrong]
    verified = run('openssl', 'cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', cms, '-content', signed, '-CAfile', root,
                   '-purpose', 'any', '-out', '/dev/null')
    printed = run('openssl', 'cms', '-cmsout', '-print', '-inform', 'DER', '-in', cms)[1]
    found = [] if verified[0] == 0 else [verified[1]]
    found += [f'no {word}' for word in ('id-smime-aa-signingCertificateV2', 'messageDigest', 'contentType') if word not in printed]
    found += [f'it has {word}' for word in ('signingTime',) if word in printed]
    return found + ([] if printed.count('issuerAndSerialNumber') == 1 else ['not one signer'])


def check_tools(path, nss):
    """Nobody has a word to say against it."""
    wrong = []
    for words in (('qpdf', '--check', path), ('mutool', 'draw', '-q', '-o', '/dev/null', '-F', 'text', path),
                  ('pdftotext', path, path.with_name(f'{path.name}.words'))):
        status, said = run(*words)
        if status or re.search(r'warning|error|damaged|recover', UNSAID.sub('', said), re.IGNORECASE):
            wrong.append(f'{words[0]}: {said}')
    said = run('pdfsig', '-nssdir', f'sql:{nss}', path)[1]
    for wanted in ('Signature is Valid.', 'Certificate is Trusted.', '  - Total document signed', 'ETSI.CAdES.detached'):
        if wanted not in said:
            wrong.append(f'pdfsig: {said}')
    return wrong


def judge(path, job, bleed, trust):
    data = path.read_bytes()
    with tempfile.TemporaryDirectory() as own, pikepdf.open(path) as pdf:
        wrong = pdfa.problems(data) + check_boxes(pdf, bleed)
        wrong += check_attached(read_attached(pdf), job, trust['root'].read_bytes()) + check_cms(pathlib.Path(own), data, trust['pem'])
        wrong += check_tools(path, trust['nss'])
    words = path.with_name(f'{path.name}.words').read_text()
    if job['licence_number'] not in words.replace('\n', '').replace(' ', ''):
        wrong.append(f'pdftotext does not find the licence number: {words}')
    return wrong


# ---- what is seen on its pages ----

def read_codes(path, dots):
    """The SHA-256 of what ZXing reads on poppler's picture of the back, by the kind of code."""
    found, stem = {}, path.with_name(f'{path.name}.{dots}')
    status, said = run('pdftoppm', '-r', dots, '-f', '2', '-png', path, stem)
    if status or said.strip():
        return {'pdftoppm': said}
    for picture in path.parent.glob(f'{stem.name}-*.png'):
        for kind in ('QRCode', 'PDF417'):
            said = run('ZXingReader', '-format', kind, picture)[1]
            for line in said.splitlines():
                if line.startswith('Bytes:'):
                    found[kind] = hashlib.sha256(bytes.fromhex(line.split(':', 1)[1].replace(' ', ''))).hexdigest()
    return found


def check_codes(path, dots, kinds):
    with pikepdf.open(path) as pdf:
        licence = json.loads(read_attached(pdf)['licence.json'])
    wanted = {'QRCode': hashlib.sha256(licence['qr_text'].encode()).hexdigest(), 'PDF417': licence['pdf417_sha256']}
    return [found for found in [read_codes(path, dots)] if found != {kind: wanted[kind] for kind in kinds}]


# ---- that the reader of the rules sees what is wrong ----

def of_kind(pdf, kind, subtype=None):
    return next(each for each in pdf.objects if isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)) and str(each.get('/Type', '')) == kind
                and (subtype is None or str(each.get('/Subtype', '')) == subtype))


def replace_text(stream, old, new):
    data = stream.read_bytes()
    assert old in data
    stream.write(data.replace(old, new, 1))


FAULTS = {
    '6.2.8: an interpolated': lambda pdf: of_kind(pdf, '/XObject', '/Image').__setitem__('/Interpolate', True),
    '6.2.4.3: colour': lambda pdf: of_kind(pdf, '/XObject', '/Image').__setitem__('/ColorSpace', pikepdf.Name('/DeviceCMYK')),
    '6.2.11.3.2': lambda pdf: of_kind(pdf, '/Font', '/CIDFontType2').__delitem__('/CIDToGIDMap'),
    '6.2.11.5: width': lambda pdf: of_kind(pdf, '/Font', '/CIDFontType2').__setitem__('/W', pikepdf.Array([0, 200, 77])),
    '6.2.11.4: ': lambda pdf: of_kind(pdf, '/FontDescriptor').__delitem__('/FontFile2'),
    '6.2.11.7': lambda pdf: of_kind(pdf, '/Font', '/Type0').ToUnicode.write(b'begincmap endcmap'),
    '6.2.2: operator': lambda pdf: pdf.pages[0].contents_add(b'1 2 xyz\n'),
    '6.2.4.3: CMYK': lambda pdf: pdf.pages[0].contents_add(b'0 0 0 1 k\n'),
    '6.1.13: q': lambda pdf: pdf.pages[1].contents_add(b'q ' * 29 + b'Q ' * 29),
    '6.2.10: a blend': lambda pdf: of_kind(pdf, '/Page').Resources.__setitem__('/ExtGState', pikepdf.Dictionary(X=pikepdf.Dictionary(
        Type=pikepdf.Name('/ExtGState'), BM=pikepdf.Name('/Burnt')))),
    '6.3.2': lambda pdf: of_kind(pdf, '/Annot').__setitem__('/F', 2),
    '6.4: a form': lambda pdf: pdf.Root.AcroForm.__setitem__('/NeedAppearances', True),
    '6.5.1': lambda pdf: pdf.Root.__setitem__('/OpenAction', pikepdf.Dictionary(Type=pikepdf.Name('/Action'), S=pikepdf.Name('/Launch'))),
    '6.6.3: title': lambda pdf: pdf.trailer.Info.__setitem__('/Title', 'Another'),
    '6.6.2.3.1: value': lambda pdf: replace_text(pdf.Root.Metadata, b'<pdfaid:part>3', b'<pdfaid:part>2'),
    'is not described': lambda pdf: replace_text(pdf.Root.Metadata, b'<pdfaProperty:name>Layout<', b'<pdfaProperty:name>Layuot<'),
    '6.8: relationship': lambda pdf: pdf.Root.AF[0].__delitem__('/AFRelationship'),
    '6.8: media type': lambda pdf: pdf.Root.AF[0].EF.F.__delitem__('/Subtype'),
    '6.8: MD5': lambda pdf: pdf.Root.AF[0].EF.F.write(b'something else'),
    '6.1.13: a long string': lambda pdf: pdf.Root.__setitem__('/Long', pikepdf.String('x' * 32768)),
}
MISSING = {
    '6.2.3: one output': lambda pdf: pdf.Root.__delitem__('/OutputIntents'),
    '6.6.2.1': lambda pdf: pdf.Root.__delitem__('/Metadata'),
    '6.8: files': lambda pdf: pdf.Root.__delitem__('/AF'),
}


def check_reader(data):
    """Each rule that is broken is told; so are bytes behind the end, and a stream of the wrong length."""
    for group in (FAULTS, MISSING):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for spoil in group.values():
                spoil(pdf)
            spoilt = io.BytesIO()
            pdf.save(spoilt, object_stream_mode=pikepdf.ObjectStreamMode.disable, force_version='1.7')
        found = pdfa.problems(spoilt.getvalue())
        for clause in group:
            claim(any(clause in each for each in found), f'the reader of the rules sees {clause}', *found)
    claim(any('6.1.3' in each for each in pdfa.problems(data + b'\n\n')), 'and bytes behind the end')


# ---- what goes wrong ----

def refuse(folder, name, config, job):
    """Why no card file of @job is made."""
    place = folder / name
    place.mkdir()
    (place / 'job.json').write_text(json.dumps(job))
    run(MAKER, config, place / 'job.json')
    return (place / 'job.txt').read_text() if not (place / 'job.pdf').exists() else ''


def check_fonts(folder, config, job):
    """A font that an administrator keeps with the layout, cut by a full disk."""
    done = run(PLATENCTL, '--config', config, 'layout', 'keep', 'utopia-eu', folder / 'kept')
    font = folder / 'kept/utopia-eu/1/fonts/OCRB.otf'
    font.write_bytes(font.read_bytes()[:3000])
    own = folder / 'kept.conf'
    own.write_text(f'[issuer]\nkeys={folder}/keys\n[layouts]\nfolder={folder}/kept\n')
    said = refuse(folder, 'font', own, job)
    claim(done[0] == 0 and 'OCRB.otf' in said, 'a font that is cut is told by its name', said)


def check_keys(folder, config, job, card):
    """Keys that have run out, and that are revoked once they have signed."""
    root = ('--root', folder / 'root', '--root-secret-file', folder / 'secret')
    shutil.copytree(folder / 'keys', folder / 'revoked')
    for purpose, name in (('document', 'UTO0001'), ('qr', 'UTO-QR-1'), ('pdf', 'UTO-PDF-1')):
        run(PLATENCTL, '--config', config, 'key', 'create', '--purpose', purpose, '--id', name, '--folder', folder / 'old', '--name', name,
            '--organization', 'Utopia', '--no-passphrase', '--from', '2026-01-01', '--days', '40', *root)
    done = run(PLATENCTL, '--config', config, 'key', 'revoke', 'UTO-PDF-1', '--folder', folder / 'revoked', *root)
    for name, word in (('old', 'expired'), ('revoked', 'revoked')):
        own = folder / f'{name}.conf'
        own.write_text(config.read_text().replace(f'{folder}/keys', f'{folder}/{name}'))
        said = refuse(folder, f'with-{name}', own, job)
        claim(word in said, f'no card file is made with a key that is {name}', done, said)
    for name, status, word in (('keys', 0, 'holds'), ('revoked', 1, 'was revoked')):
        exported = folder / f'of-{name}'
        run(PLATENCTL, '--config', config, 'key', 'export-certificates', exported, '--folder', folder / name)
        done = run(PLATENCTL, '--config', config, '--json', 'verify', '--offline', f'--certificates={exported}', card)
        claim(done[0] == status and word in done[1], f'what is published says of the card file: {word}', done[1])
    check_purposes(folder, config, job, card, root)


def check_purposes(folder, config, job, card, root):
    """A card file that the key for approvals signed: what is published says which key is for what, whichever part of it is at hand."""
    run(PLATENCTL, '--config', config, 'key', 'create', '--purpose', 'approval', '--id', 'UTO-APPROVAL-1', '--folder', folder / 'keys',
        '--name', 'Approvals SPECIMEN', '--organization', 'Utopia', '--no-passphrase', '--from', '2026-01-01', *root)
    status, said = run(PLATENCTL, '--config', config, '--json', 'key', 'renew-list', '--folder', folder / 'keys', *root)
    claim(status == 0 and json.loads(said)['lists_good_until'], 'a list of revoked keys is signed again', said)
    parts = {'all': ('jwks.json', 'certificates.pem', 'crl.pem'), 'certificates': ('certificates.pem',), 'set': ('jwks.json',)}
    run(PLATENCTL, '--config', config, 'key', 'export-certificates', folder / 'published', '--folder', folder / 'keys')
    for name, files in parts.items():
        (folder / name).mkdir()
        for file in files:
            shutil.copy(folder / 'published' / file, folder / name)
    run('openssl', 'x509', '-in', folder / 'keys/UTO-IACA-1.pem', '-out', folder / 'set/root.pem')
    keys = folder / 'keys/keys.conf'
    kept = keys.read_text()
    keys.write_text(kept.replace('UTO-PDF-1.', 'x.').replace('UTO-APPROVAL-1.', 'UTO-PDF-1.').replace('x.', 'UTO-APPROVAL-1.'))
    said = refuse(folder, 'wrong-purpose', config, job)
    wrong = folder / 'wrong-purpose/job.pdf'
    claim(wrong.exists(), 'the two keys are taken for each other', said)
    keys.write_text(kept)
    for name in parts:
        good, bad = (run(PLATENCTL, '--config', config, '--json', 'verify', '--offline', f'--certificates={folder / name}', path)
                     for path in (card, wrong))
        claim(good[0] == 0 and 'was good until' not in good[1] and bad[0] == 1 and 'for something else: “Approvals' in bad[1],
              f'a signature of the key for approvals is not the issuer’s: {name}', good[1], bad[1])


def check_forgers(folder, config, job, other):
    """What is made of a genuine card file, before a second person approved it and behind that, is told in words, each by its reason."""
    run(PLATENCTL, '--config', config, 'key', 'create', '--purpose', 'audit', '--id', 'UTO-AUDIT-1', '--folder', folder / 'keys', '--name', 'Audit',
        '--no-passphrase', '--from', '2026-01-01', '--root', folder / 'root', '--root-secret-file', folder / 'secret')
    run(PLATENCTL, '--config', config, 'key', 'export-certificates', folder / 'forged', '--folder', folder / 'keys')
    said = refuse(folder, 'genuine', config, {**job, 'approver': 'Boris'})
    genuine, approved = (folder / 'genuine' / name for name in ('job.pdf', 'job.approved.pdf'))
    signers = {purpose: card_forgers.load_signer(folder / 'keys', name) for purpose, name in (
        ('document', 'UTO0001'), ('qr', 'UTO-QR-1'), ('pdf', 'UTO-PDF-1'), ('approval', 'UTO-APPROVAL-1'), ('audit', 'UTO-AUDIT-1'))}
    signers['stranger'] = card_forgers.make_stranger()
    path = folder / 'forged.pdf'

    def verify(data):
        path.write_bytes(data)
        done = subprocess.run([PLATENCTL, '--config', config, '--json', 'verify', '--offline', f'--certificates={folder}/forged', path], text=True,
                              capture_output=True, timeout=60, env={**os.environ, 'LC_ALL': 'C.UTF-8'})
        return done.returncode, json.loads(done.stdout) if done.stdout else {}, done.stderr

    genuine, approved = genuine.read_bytes(), approved.read_bytes()
    for what, data in (('a card file', genuine), ('an approved one', approved), ('one whose approval was taken off', approved[:len(genuine)]),
                       ('one that is signed here', card_forgers.fill(genuine, signers['pdf'])),
                       ('one that is approved here', card_forgers.fill(approved, signers['approval']))):
        status, told, error = verify(data)
        claim(status == 0 and told['verdict'] == 'not-asked', f'{what} is genuine', said, told, error)
    for what, data, verdict, word in card_forgers.forge(genuine, approved, other, signers):
        status, told, error = verify(data)
        claim(status == 1 and told.get('verdict') == verdict and word in ' '.join(told.get('reasons', [])) + error and len(error.splitlines()) == 1,
              f'a forged card file: {what}', told.get('verdict'), told.get('reasons'), error)


def check_pictures(folder, config, card):
    """A card as it lies under a camera or on a scanner: turned, askew, in any format; and the side that has no code."""
    for side, dots in (('back', 300), ('back', 600), ('front', 300)):
        run('pdftoppm', '-r', dots, '-f', 1 + (side == 'back'), '-l', 1 + (side == 'back'), '-singlefile', '-png', card, folder / f'{side}-{dots}')
    upright, fine = folder / 'back-300.png', folder / 'back-600.png'
    desk = ('-background', '#997755', '-rotate')
    turned = {'upright': (upright, '.png'), 'turned by 90°': (upright, '.png', '-rotate', 90), 'by 180°': (upright, '.jpg', '-rotate', 180),
              'by 270°': (upright, '.png', '-rotate', 270), 'askew by 5°': (upright, '.png', *desk, 5), 'by −5°': (upright, '.jpg', *desk, -5),
              'by 40°': (upright, '.jpg', *desk, 40), 'turned, which its EXIF says': (upright, '.jpg', '-rotate', -90, '-orient', 'RightTop'),
              'at 600 dpi': (fine, '.png'), 'at 600 dpi, askew by −5°': (fine, '.jpg', *desk, -5)}
    for what, (source, ending, *words) in turned.items():
        run('convert', source, *words, folder / f'turned{ending}')
        status, said = run(PLATENCTL, '--config', config, '--json', 'verify', '--offline', f'--certificates={folder}/forged', '--image', folder / f'turned{ending}')
        claim(status == 0 and 'PDF417 of a licence, signed: the signature of “UTO0001' in said and 'QR code of a licence, signed: the signature of “UTO-QR-1' in said,
              f'both codes of a picture are read: {what}', said)
    status, said = run(PLATENCTL, '--config', config, '--json', 'verify', '--offline', f'--certificates={folder}/forged', '--image', folder / 'front-300.png')
    claim(status == 1 and 'other side' in said, 'of the side without codes it is said where they are', said)


def trust_root(folder):
    root = next(path for path in (folder / 'keys').glob('*IACA*') if 'crl' not in path.name)
    pem, nss = folder / 'root.pem', folder / 'nss'
    status, said = run('openssl', 'x509', '-in', root, '-out', pem)
    run('openssl', 'x509', '-in', root, '-outform', 'DER', '-out', folder / 'root.cer')
    nss.mkdir()
    run('certutil', '-N', '-d', f'sql:{nss}', '--empty-password')
    done = run('certutil', '-A', '-d', f'sql:{nss}', '-n', 'root', '-t', 'CT,C,C', '-i', pem)
    claim(status == 0 and done[0] == 0, 'the root is trusted', said, done[1])
    return {'root': folder / 'root.cer', 'pem': pem, 'nss': nss}


def main(folder):
    config = make_keys(folder)
    (folder / 'layouts').mkdir()
    (folder / 'cards').mkdir()
    add_layouts(folder)
    jobs = write_jobs(folder / 'cards', make_pictures(folder))
    trust = trust_root(folder)
    done = run(MAKER, config, *sorted((folder / 'cards').glob('*.json')), preexec_fn=limit_memory)
    claim(done[0] == 0, f'all are made within {MOST_MEMORY >> 20} MiB', done[1])
    for layout in NO_CARDS:
        refused = folder / 'cards' / f'{layout}.01.txt'
        claim(refused.exists() and '85.60' in refused.read_text(), f'{layout} is no card, and is refused', done[1])
    cards = {name: job for name, job in jobs.items() if job['layout'] in CARDS}
    paths = {name: folder / 'cards' / f'{name}.pdf' for name in cards}
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        judged = {name: pool.submit(judge, paths[name], job, CARDS[job['layout']] if job.get('bled') else 0, trust) for name, job in cards.items() if paths[name].exists()}
        for name in cards:
            reason = paths[name].with_name(f'{name}.txt')
            wrong = judged[name].result() if name in judged else [reason.read_text() if reason.exists() else 'it was not made']
            claim(not wrong, f'{name} is a card file to everybody', *wrong)
        seen = {(layout, dots): pool.submit(check_codes, paths[f'{layout}.03'], dots, kinds)
                for layout, kinds in CODES.items() for dots in ((300, 600) if layout in FINE else (300,))}
        for (layout, dots), wrong in seen.items():
            claim(not wrong.result(), f'poppler’s picture of {layout} at {dots} dpi has its codes', *wrong.result())
    check_reader(paths['utopia-eu.11-grey.jpg'].read_bytes())
    said = refuse(folder, 'bleed', config, {**jobs['utopia-iso.03'], 'bled': True})
    claim('has no bleed' in said, 'bleed that a layout does not have is refused', said)
    check_fonts(folder, config, jobs['utopia-eu.03'])
    check_keys(folder, config, jobs['utopia-eu.03'], paths['utopia-eu.03'])
    check_forgers(folder, config, jobs['utopia-eu.03'], paths['utopia-eu.02'].read_bytes())
    check_pictures(folder, config, paths['utopia-iso.03'])


with tempfile.TemporaryDirectory(prefix='platen-card-files-') as name:
    main(pathlib.Path(name))
print(f'1..{count}')
sys.exit(failed > 0)
