#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""platenctl layout: lists, checks, draws and proves layout files without an office; what is wrong
with a file is told all at once, each fault with its line."""

import json
import os
import pathlib
import re
import subprocess
import tempfile

SOURCE = pathlib.Path(os.environ['PLATEN_SOURCE_ROOT'])
CTL = pathlib.Path(os.environ['PLATEN_BUILD_ROOT']) / 'src/cli/platenctl'
SHIPPED = {'utopia-receipt': 1, 'utopia-temporary': 1, 'utopia-aamva': 2, 'utopia-aamva-young': 2, 'utopia-bilingual': 2, 'utopia-eu': 2,
           'utopia-idp': 8, 'utopia-iso': 2, 'utopia-thai': 2}

count = 0


def report(passed, claim, detail=''):
    global count
    count += 1
    print(f'{"ok" if passed else "not ok"} {count} {claim}', flush=True)
    for line in str(detail).splitlines()[:30] if not passed else []:
        print(f'# {line}')


def ctl(*words, config=None):
    command = [str(CTL), *(['--config', str(config)] if config else []), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def rows(done):
    return json.loads(done.stdout or '[]')


def check_list():
    done = ctl('layout', 'list', '--json')
    found = {row['layout']: row['pages'] for row in rows(done)}
    report(done.returncode == 0 and SHIPPED.items() <= found.items(), 'the shipped layouts are listed',
           done.stdout + done.stderr)
    report(all(re.fullmatch('[0-9a-f]{64}', row['digest'] or '') for row in rows(done)),
           'each with its digest', done.stdout)


def check_shipped():
    done = ctl('layout', 'check', '--json')
    report(done.returncode == 0 and not rows(done),
           'the shipped layouts have no fault, and nothing lies on anything with any record', done.stdout + done.stderr)


def break_layout(folder):
    """utopia-eu with six faults; returns the line of each."""
    lines = (SOURCE / 'data/layouts/utopia-eu/layout.json').read_text().splitlines()
    faults = [('"id": "utopia-eu"', '"id": "utopia eu"', 'small letters'),
              ('"petals": 20', '"petals": 200', 'from 2 to 60'),
              ('"text": "{expiry_date}"', '"text": "{expiry}"', 'not the name of a value'),
              ('"colour": "#fdf8fa"', '"colour": "white"', 'must be a colour'),
              ('"type": "qr"', '"type": "quick"', 'not a type of element'),
              ('"width": 78.8', '"width": 99', 'beyond the edge of the page')]
    wanted = []
    for good, bad, words in faults:
        at = next(number for number, line in enumerate(lines) if good in line)
        lines[at] = lines[at].replace(good, bad, 1)
        wanted.append((at + 1, words))
    target = folder / 'broken'
    target.mkdir()
    (target / 'layout.json').write_text('\n'.join(lines) + '\n')
    (target / 'pictograms.json').write_bytes(
        (SOURCE / 'data/layouts/shared/pictograms.json').read_bytes())
    return target, wanted


def check_faults(folder):
    target, wanted = break_layout(folder)
    done = ctl('layout', 'check', target, '--json')
    texts = [row['text'] for row in rows(done) if row['kind'] == 'fault']
    report(done.returncode == 1 and len(texts) == len(wanted), 'every fault is told in one go',
           '\n'.join(texts) + done.stderr)
    for line, words in wanted:
        report(any(f'line {line},' in text and words in text for text in texts),
               f'with its line: {words}', f'{line}\n' + '\n'.join(texts))
    done = ctl('layout', 'render', target, '-o', folder / 'broken.png')
    report(done.returncode == 1 and not (folder / 'broken.png').exists()
           and done.stderr.count('\n') == 1, 'and nothing is drawn of it', done.stderr)


def check_words(folder):
    """Words of the layout's own that do not fit, or that its fonts cannot show."""
    target = folder / 'words'
    target.mkdir()
    text = (SOURCE / 'data/layouts/utopia-eu/layout.json').read_text()
    (target / 'layout.json').write_text(text.replace('DRIVING LICENCE"', 'DRIVING LICENCE' * 6 + '"', 1)
                                        .replace('"SPECIMEN"', '"見本"', 1))
    (target / 'pictograms.json').write_bytes(
        (SOURCE / 'data/layouts/shared/pictograms.json').read_bytes())
    done = ctl('layout', 'check', target, '--json')
    texts = [row['text'] for row in rows(done) if row['kind'] == 'fault']
    report(done.returncode == 1 and any('title' in each and 'give it more “width”' in each for each in texts),
           'words of the layout that do not fit are a fault, which says what would be right', done.stdout + done.stderr)
    (target / 'layout.json').write_text(text.replace('"text": "{family_name}"', '"text": "{family_name} 姓"', 1)
                                        .replace('"label": "8"', '"label": "住"', 1))
    done = ctl('layout', 'check', target, '--json')
    texts = [row['text'] for row in rows(done) if row['kind'] == 'fault']
    report(done.returncode == 1 and len(texts) == 2 and 'U+59D3' in texts[0] and 'U+4F4F' in texts[1]
           and all('letters that its fonts have' in each for each in texts),
           'so are a label and words beside a value whose letters the fonts lack', done.stdout + done.stderr)


def check_labels(folder):
    """A label that runs into its value is told with what would be right, and that is right."""
    target = folder / 'labels'
    target.mkdir()
    text = (SOURCE / 'data/layouts/utopia-eu/layout.json').read_text()
    (target / 'pictograms.json').write_bytes(
        (SOURCE / 'data/layouts/shared/pictograms.json').read_bytes())
    wide = text.replace('"label": "4a", "label_width": 3.9', '"label": "4a ISSUED", "label_width": 3.9', 1)
    (target / 'layout.json').write_text(wide)
    done = ctl('layout', 'check', target, '--json')
    texts = [row['text'] for row in rows(done) if row['kind'] == 'fault']
    told = re.search(r'line (\d+), “front\[\d+\]\.label_width, .*“4a ISSUED” is [\d.]+ mm wide.* after 3\.90 mm; '
                     r'“label_width” must be ([\d.]+) at least', texts[0]) if len(texts) == 1 else None
    line = 1 + wide[:wide.index('4a ISSUED')].count('\n')
    report(done.returncode == 1 and told and int(told[1]) == line,
           'a label wider than its width is a fault with line, place and what would be right',
           done.stdout + done.stderr)
    right = told[2] if told else '0'
    for width, faults in ((right, 0), (f'{float(right) - 0.2:.1f}', 1)):
        (target / 'layout.json').write_text(wide.replace('"4a ISSUED", "label_width": 3.9',
                                                         f'"4a ISSUED", "label_width": {width}', 1))
        done = ctl('layout', 'check', target, '--json')
        report(len([row for row in rows(done) if row['kind'] == 'fault']) == faults,
               f'a label_width of {width} leaves {faults} faults', done.stdout + done.stderr)


def check_overlaps(folder):
    """What lies on something else is told with both names, but for what is meant to."""
    target = folder / 'heap'
    target.mkdir()
    (target / 'pictograms.json').write_bytes(
        (SOURCE / 'data/layouts/shared/pictograms.json').read_bytes())
    layout = json.loads((SOURCE / 'data/layouts/utopia-eu/layout.json').read_text())
    front = {element.get('name'): element for element in layout['front']}
    front['given names']['y'] = front['family name']['y']
    front['ghost portrait'].update(x=front['family name']['x'], y=front['family name']['y'])
    code, table = (next(e for e in layout['back'] if e['type'] == kind) for kind in ('qr', 'categories'))
    code.update(x=table['x'] + 20, y=table['y'])
    (target / 'layout.json').write_text(json.dumps(layout))
    done = ctl('layout', 'check', target, '--json')
    texts = [row['text'] for row in rows(done) if row['kind'] == 'remark' and ' lies on ' in row['text']]
    report(any(re.search(r'given names”: it lies on “family name” \(front\[\d+\]\), by [1-9][\d.]* × [\d.]+ mm', text)
               for text in texts), 'an element that lies on another is told, with both and how much',
           done.stdout + done.stderr)
    report(any(table['name'] in text and code['name'] in text for text in texts), 'a code on a table, too',
           '\n'.join(texts))
    report(not any('ghost' in text for text in texts), 'what is meant to lie under others is not',
           '\n'.join(texts))


def check_drawing(folder):
    png, pdf = folder / 'page.png', folder / 'all.pdf'
    geometry = json.loads((SOURCE / 'tests/vectors/layout.json').read_text())
    for dpi in (300, 600):
        done = ctl('layout', 'render', 'utopia-eu', '--record', '06', '--page', 2, '--dpi', dpi, '-o', png)
        head = png.read_bytes()[:24] if png.exists() else b''
        size = [int.from_bytes(head[at:at + 4], 'big') for at in (16, 20)]
        report(done.returncode == 0 and size == geometry['id1'][f'px{dpi}'], f'a page is drawn at {dpi} dots per inch',
               done.stderr)
    for layout, n_pages, points in (('utopia-idp', 8, [mm / 25.4 * 72 for mm in geometry['a6_booklet_mm']]),
                                    ('utopia-iso', 2, geometry['id1']['pt'])):
        done = ctl('layout', 'render', layout, '-o', pdf)
        pages = subprocess.run(['pdfinfo', pdf], capture_output=True, text=True, check=False).stdout
        size = re.search(r'Page size:\s+([\d.]+) x ([\d.]+)', pages)
        report(done.returncode == 0 and re.search(rf'Pages:\s+{n_pages}\b', pages) and size
               and all(abs(float(said) - point) < 0.01 for said, point in zip(size.groups(), points)),
               f'{layout} becomes one PDF', done.stderr + pages)
    for words, reason in ((('utopia-eu', '--page', 3), 'has 2'), (('nowhere',), 'nowhere'),
                          (('utopia-eu', '--record', 'x'), '“x”'),
                          (('utopia-eu', '--record', '15'), 'licence number')):
        done = ctl('layout', 'render', *words, '-o', folder / 'not.png')
        report(done.returncode == 1 and reason in done.stderr and not (folder / 'not.png').exists(),
               f'refused in words: {" ".join(map(str, words))}', done.stderr)
    for words in (('utopia-eu', '--record', '1'), ('utopia-eu', '--record', '')):
        done = ctl('layout', 'render', *words, '-o', folder / 'not.png')
        report(done.returncode == 1 and 'Several records' in done.stderr,
               f'the beginning of several records names none: {words[-1]}', done.stderr)
    done = ctl('layout', 'render', 'utopia-eu', '-o', '/dev/full')
    report(done.returncode == 1 and 'No space left' in done.stderr
           and not pathlib.Path('/dev/full').is_file(), 'a full disk is told, and a device stays one',
           done.stderr)
    for words in (('utopia-eu',), ('utopia-eu', '-o', 'x.pdf', '--dpi', 300),
                  ('utopia-eu', '-o', 'x.jpg'), ('utopia-eu', '-o', 'x.png', '--page', 0),
                  ('utopia-eu', '-o', 'x.png', '--layout-version', 0),
                  ('utopia-eu', '-o', 'x.png', '--dpi', 20)):
        done = ctl('layout', 'render', *words)
        report(done.returncode == 2, f'wrong usage: {" ".join(map(str, words))}', done.stderr)


def check_twins(folder):
    """Two files of one version; two elements of one name."""
    text = (SOURCE / 'data/layouts/utopia-receipt/layout.json').read_text()
    for place in ('', '1'):
        (folder / 'twins/utopia-receipt' / place).mkdir(parents=True, exist_ok=True)
        (folder / 'twins/utopia-receipt' / place / 'layout.json').write_text(text)
    config = folder / 'twins.conf'
    config.write_text(f'[layouts]\nfolder={folder}/twins\n')
    done = ctl('--config', config, 'layout', 'check', '--json')
    report(done.returncode == 1 and 'hold the same version, 1' in done.stdout,
           'two files of the same version in one folder are a fault', done.stdout + done.stderr)
    layout = json.loads(text)
    elements = layout['pages'][0]['elements']
    for element in elements[-2:]:
        element['name'] = 'twin'
        element.pop('when', None)
    (folder / 'twins/utopia-receipt/layout.json').write_text(json.dumps(layout))
    done = ctl('layout', 'check', folder / 'twins/utopia-receipt', '--json')
    report(any('has the same name' in row['text'] for row in rows(done)),
           'two elements of the same name are told', done.stdout + done.stderr)


def check_keep(folder):
    """A copy with its fonts is the same layout; with another font it is another."""
    kept = folder / 'kept'
    shipped = {row['layout']: row['digest'] for row in rows(ctl('layout', 'list', '--json'))}
    done = ctl('layout', 'keep', 'utopia-bilingual', kept)
    copy = kept / 'utopia-bilingual' / '2'
    config = folder / 'kept.conf'
    config.write_text(f'[layouts]\nfolder={kept}\n')
    listed = ctl('--config', config, 'layout', 'list', '--json')
    report(done.returncode == 0 and [row['digest'] for row in rows(listed)]
           == [shipped['utopia-bilingual']], 'a layout that is kept with its fonts is the same',
           done.stderr + listed.stdout + listed.stderr)
    done = ctl('--config', config, 'layout', 'proof', 'utopia-bilingual', '-o', folder / 'kept.pdf')
    report((folder / 'kept.pdf').exists(), 'an office without records of its own has those of the program',
           done.stderr)
    with open(copy / 'fonts' / 'OCRB.otf', 'ab') as font:
        font.write(b'\0')
    listed = ctl('--config', config, 'layout', 'list', '--json')
    report([row['digest'] for row in rows(listed)] != [shipped['utopia-bilingual']],
           'with one byte more in one font it is another', listed.stdout + listed.stderr)
    done = ctl('layout', 'keep', 'utopia-eu', '/proc/nowhere')
    report(done.returncode == 1 and '/proc/nowhere' in done.stderr, 'a folder that cannot be made is told',
           done.stderr)


def check_proof(folder):
    sheet = folder / 'sheet.pdf'
    done = ctl('layout', 'proof', 'utopia-eu', '-o', sheet, '--json')
    report(done.returncode == 0 and sheet.read_bytes()[:5] == b'%PDF-', 'a proof sheet is made',
           done.stderr)
    found = {(row['record'], row['kind']) for row in rows(done)}
    report(('14-unknown-script', 'refused') in found and ('15-too-long', 'refused') in found
           and ('02-longest-names', 'fitted') in found,
           'what did not fit and what has no letters is listed', done.stdout)
    report(('03-one-letter-names', 'fitted') not in found
           and ('03-one-letter-names', 'refused') not in found,
           'and nothing where all stands as asked for', done.stdout)


def check_own_folder(folder):
    """The administrator's layouts and records come beside those of the program."""
    own = folder / 'own'
    (own / 'proof').mkdir(parents=True)
    layout = own / 'my-card'
    layout.mkdir()
    text = (SOURCE / 'data/layouts/utopia-eu/layout.json').read_text()
    (layout / 'layout.json').write_text(text.replace('"utopia-eu"', '"my-card"', 1))
    (layout / 'pictograms.json').write_bytes(
        (SOURCE / 'data/layouts/shared/pictograms.json').read_bytes())
    person = json.loads((SOURCE / 'data/layouts/proof/01-everyday.json').read_text())
    person.pop('portrait')
    person.pop('signature')
    (own / 'proof/my-person.json').write_text(json.dumps(person))
    config = folder / 'platen.conf'
    config.write_text(f'[layouts]\nfolder={SOURCE}/data/layouts;{own}\n')
    done = ctl('layout', 'list', '--json', config=config)
    report('my-card' in [row['layout'] for row in rows(done)], 'an administrator’s layout is found',
           done.stdout + done.stderr)
    done = ctl('layout', 'render', 'my-card', '--record', 'my-person', '-o', folder / 'mine.png',
               config=config)
    report(done.returncode == 1 and 'portrait' in done.stderr, 'and drawn for a record of their own',
           done.stderr)


with tempfile.TemporaryDirectory() as name:
    check_list()
    check_shipped()
    check_faults(pathlib.Path(name))
    check_words(pathlib.Path(name))
    check_labels(pathlib.Path(name))
    check_overlaps(pathlib.Path(name))
    check_drawing(pathlib.Path(name))
    check_keep(pathlib.Path(name))
    check_twins(pathlib.Path(name))
    check_proof(pathlib.Path(name))
    check_own_folder(pathlib.Path(name))
print(f'1..{count}')
