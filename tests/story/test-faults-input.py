#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input at the door: pictures, numbers, texts, layouts and registries that are wrong, broken or
lying. Each gets one sentence, no more memory than work needs, and leaves nothing half-done."""

import json
import os
import shutil
import signal
import struct
import subprocess
import zlib

from box import Box, Tap, wait_for

MOST_KIB = 400 * 1024

tap = Tap()
box = Box(budget_ms=None)
people = box.people()
renewal = people['renewal'][0]
portrait = box.portrait(renewal).read_bytes()
number = box.ctl('anna', 'application', 'new', renewal, '--type', 'renewal')['number']


def png(width, height, rows=b''):
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0))
            + chunk(b'IDAT', rows) + chunk(b'IEND', b''))


def measured(login, *words):
    """Status, sentence and the most memory that the program ever held, in KiB."""
    process = box.popen(login, *words)
    out, err = process.stdout.read(), process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, out, err, usage.ru_maxrss


def refused(login, what, *words, says=(), statuses=(1,)):
    status, out, err, rss = measured(login, *words)
    bounded = rss < MOST_KIB or 'sanitize' in os.environ['PLATEN_BUILD_ROOT']
    tap.claim(status in statuses and not out and len(err.splitlines()) == 1 and bounded
              and all(word in err for word in says), f'{what}: told in one line, in {rss // 1024} MiB',
              (status, out, err, rss))
    return err


def named(name, data):
    path = box.folder / name
    path.write_bytes(data)
    return path


# Pictures.
large = box.folder / 'large.jpg'
with large.open('wb') as file:
    file.write(portrait)
    file.truncate(100 * 1024 * 1024)
for what, path in (
        ('a truncated picture', named('cut.jpg', portrait[:len(portrait) // 3])),
        ('100 MB', large),
        ('a picture of a giant’s size', named('huge.png', png(60000, 60000, zlib.compress(bytes(9999))))),
        ('a picture of no size', named('none.png', png(0, 0))),
        ('text that is called a picture', named('text.jpg', b'I am a portrait. ' * 100)),
        ('an empty file', named('empty.jpg', b'')),
        ('no file', box.folder / 'absent.jpg'),
        ('a folder', box.folder)):
    refused('anna', what, 'application', 'set', number, '--photo', path)
tap.claim(not box.sql('SELECT 1 FROM platen.application_image'), 'none of them was stored')

# A picture that lies on its side is turned; one in the printer's colours is taken; nobody's is refused.
exif = (b'Exif\0\0II*\0\x08\0\0\0' + struct.pack('<HHHII', 1, 0x112, 3, 1, 6) + bytes(4))
side = subprocess.run(['convert', '-', '-strip', '-rotate', '-90', 'jpeg:-'], input=portrait, check=True,
                      capture_output=True).stdout
turned = side[:2] + b'\xff\xe1' + struct.pack('>H', len(exif) + 2) + exif + side[2:]
box.ctl('anna', 'application', 'set', number, '--photo', named('turned.jpg', turned))
stored = bytes.fromhex(box.sql("SELECT encode (image, 'hex') FROM platen.application_image")[0][0])
tap.claim(stored[:2] == b'\xff\xd8' and b'Exif' not in stored[:4096] and stored != turned,
          'what is stored is upright and says nothing but the picture')
subprocess.run(['convert', named('rgb.jpg', portrait), '-colorspace', 'CMYK', box.folder / 'cmyk.jpg'], check=True)
box.ctl('anna', 'application', 'set', number, '--photo', box.folder / 'cmyk.jpg')
tap.claim(stored != bytes.fromhex(box.sql("SELECT encode (image, 'hex') FROM platen.application_image")[0][0]),
          'a picture in CMYK is taken')
subprocess.run(['convert', '-size', '700x900', 'xc:grey', box.folder / 'nobody.png'], check=True)
status, out, err = box.run('anna', 'application', 'set', number, '--photo', box.folder / 'nobody.png')
tap.claim(status == 1 and len(err.splitlines()) == 1 and 'face' in err,
          'a picture without a face is refused in words', (status, err))

# Texts and numbers.
for what, word in (('no digits', 'abc'), ('too short', '123'), ('too long', '1' * 5000),
                   ('a wrong check digit', renewal[:-1] + str((int(renewal[-1]) + 1) % 10)),
                   ('nothing', ''), ('SQL', "1'; DROP TABLE platen.card; --"), ('a path', '../../etc')):
    refused('anna', f'an ID number of {what}', 'lookup', word)
for words in (['application', 'show', 'UC-26-999999'], ['card', 'show', 'UC-26-C999999'],
              ['application', 'submit', '%s%n'], ['card', 'read', 'UC-26-C999999', '--scan', 'X' * 9000]):
    refused('chen' if words[0] == 'card' else 'anna', f'unknown: {" ".join(words)[:40]}', *words)
for words in ([b'lookup', b'\xff\xfe1'], [b'application', b'show', b'\xc3\x28'],
              [b'application', b'set', number.encode(), b'--photo', b'/\xff\xff'],
              [b'application', b'new', renewal.encode(), b'--type', b'\xff']):
    status, out, err = box.run('anna', *words)
    tap.claim(status in (1, 2) and not out and len(err.splitlines()) == 1,
              f'not UTF-8: {words[1]}', (status, out, err))

# A layout with errors is told with its place, and one that nobody approved is not drawn.
layouts = box.folder / 'layouts'
shutil.copytree(os.path.join(os.environ['PLATEN_SOURCE_ROOT'], 'data/layouts'), layouts)
config = box.folder / 'layout.conf'
config.write_text((box.box / 'platen.conf').read_text().replace(
    os.path.join(os.environ['PLATEN_SOURCE_ROOT'], 'data/layouts'), str(layouts)))
layout = layouts / 'utopia-iso/layout.json'
sound = layout.read_text()
done = box.approved(people['renewal'][1])
for what, text, words in (('a comma too many', sound.replace('{', '{,', 1), ['layout.json']),
                          ('an unknown field', sound.replace('{family_name}', '{famly_name}'),
                           ['famly_name']),
                          ('a line that nobody approved', sound + '\n', ['utopia-iso', 'approved'])):
    tap.claim(text != sound, f'{what}: it is in the layout')
    layout.write_text(text)
    refused('chen', f'a layout with {what}', 'card', 'render', done, '--side', 'front', '-o',
            box.folder / 'x.png', '--config', config, says=words)
tap.claim(not (box.folder / 'x.png').exists(), 'and no picture was written')

# Words of the print room that contradict themselves or name what there is not: nothing is held, loaded or paused.
NOBODY = ['no printer', 'nope']
for words, says in ((('print-queue', 'hold', '--batch', 'UC-26-P000001', '--no-batch', '--reason', 'x'), ['--no-batch']),
                    (('print-queue', 'hold', '--printer', 'card-printer', '--no-printer', '--reason', 'x'), ['--no-printer']),
                    (('print-queue', 'hold', '--all', '--limit', '0', '--reason', 'x'), ['--limit', '1000000']),
                    (('print-queue', 'list', '--priority-from', 'high'), ['--priority-from', '-100 to 100']),
                    (('print-queue', 'move', '--all', '--to', 'nope'), NOBODY),
                    (('print-queue', 'pause', '', '--reason', 'x'), ['no printer']),
                    (('print-queue', 'batch', 'begin'), ['print-queue batch begin', 'print-queue batch new']),
                    (('stock', 'load', 'nope', 'B00000001', 'B00000002'), NOBODY),
                    (('stock', 'list', 'B99999999'), ['B99999999', 'Read it again']),
                    (('printer', 'calibrate', 'nope', '--left', '5.1', '--top', '5', '--length', '75', '--right-top', '5'), NOBODY)):
    refused('chen', ' '.join(words[:3]), *words, says=says, statuses=(1, 2))
queue = box.ctl('chen', 'print-queue', 'list')
tap.claim(queue['paused'] == [] and [o['state'] for o in queue['orders']] == ['waiting'] * len(queue['orders']),
          'and everything waits as before', queue)

# Registries that are slow, wrong, down or lying: the others answer all the same.
for fault in ('nonsense', 'truncated', 'huge', 'non-utf8', 'slow:60000', 'down', 'refuse'):
    box.demo('registry-fault', 'driver', fault)
    status, out, err, rss = measured('anna', 'lookup', renewal)
    sources = json.loads(out)['sources']
    tap.claim(status == 0 and rss < MOST_KIB * (4 if 'sanitize' in os.environ['PLATEN_BUILD_ROOT'] else 1)
              and [s['state'] for s in sources if s['source'] != 'driver'] == ['answered'] * 2
              and [s for s in sources if s['source'] == 'driver'][0]['state'] != 'answered'
              and [s for s in sources if s['source'] == 'driver'][0]['message'],
              f'a registry that is {fault}: the others answer, in {rss // 1024} MiB', (err, sources))
box.demo('registry-fault', 'driver', 'none')

# One is killed while it is asked, and works again when it is back.
box.demo('registry-fault', 'identity', 'slow:60000')
process = box.popen('anna', 'lookup', renewal)
pid = int((box.box / 'run/identity.pid').read_text().split()[0])
os.kill(pid, signal.SIGKILL)
out, err = process.communicate(timeout=60)
states = {s['source']: s['state'] for s in json.loads(out)['sources']}
tap.claim(process.returncode == 0 and states['driver'] == states['infringement'] == 'answered'
          and states['identity'] != 'answered', 'a registry that is killed: the others answer', states)
box.demo('up')
box.demo('registry-fault', 'identity', 'none')
tap.claim(wait_for(lambda: [s['state'] for s in box.ctl('anna', 'lookup', renewal)['sources']]
                   == ['answered'] * 3), 'and started again it answers')
tap.end()
