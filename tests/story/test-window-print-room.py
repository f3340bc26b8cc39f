#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The print room through the window, with keys and a scanner alone: the stock is received, loaded and counted, and a
difference proposed to a colleague; the queue is held, paused and goes on; what waits is printed by itself, and three
cards are read back as they lie in the tray, one of them by its binary code, which two tones and a screen reader tell. A
batch goes out when its sample was read back; after a power cut each card in the printer is asked about; and who takes an
application in is warned of what the stock does not make."""

import os
import struct
import subprocess

from box import PRINTER, Box, wait_for
from hands import Hands
from reader import Reader
from window import Screen, Story, Window

box = Box()
screen = Screen()
story = Story('print-room', screen)
model = box.approved(box.people()['renewal'][0])
numbers = [model, *box.multiply(model, 3)]
# A scanner in serial mode: a terminal of our own stands for its cable.
line, device = os.openpty()
with open(box.env('chen')['PLATEN_CONFIG'], 'a') as config:
    config.write(f'\n[scanner]\ndevice={os.ttyname(device)}\nbaud=115200\n')
# What the loudspeaker gets, as bare samples.
sound = screen.folder / 'sound'
SINK = f'audio/x-raw,format=S16LE,rate=22050,channels=1 ! filesink location={sound}'
reader = Reader(screen)
window = Window(screen, {**box.env('chen'), 'PLATEN_SOUND_SINK': SINK})
hands = Hands(window, box)


def orders(column):
    """What the database has of the orders, by their applications."""
    return dict(box.sql(f"SELECT a.number, {column} FROM platen.print_order o JOIN platen.application a"
                        ' ON a.id = o.application_id'))


def account():
    row = box.sql(f"SELECT loaded, remaining FROM platen.stock_printer WHERE printer = '{PRINTER}'")
    return [int(n) for n in row[0]] if row else None


def checked():
    return [number for number, in box.sql('SELECT a.number FROM platen.card c JOIN platen.application a'
                                          " ON a.id = c.application_id WHERE c.state = 'checked'")]


def tone():
    """The first note that was played since it was asked last, in hertz: how often it goes through zero."""
    wait_for(lambda: sound.exists() and sound.stat().st_size > 5000, 20)
    note = struct.unpack('<1300h', sound.read_bytes()[:2600])
    sound.unlink()
    return sum((a < 0) != (b < 0) for a, b in zip(note, note[1:])) * 22050 / 2 / len(note)


def state_of(number):
    return box.sql("SELECT c.state FROM platen.card c JOIN platen.application a ON a.id = c.application_id"
                   f" WHERE a.number = '{number}' ORDER BY c.id DESC LIMIT 1")[0][0]


# The stock.
story.claim(window.sign_in(box, 'chen') and window.shows('blanks · 4 wait', 'status bar') or
            window.shows('· 4 wait'), 'every desk sees what is left and how many wait', window.look())
window.key('alt+5', 'ctrl+3')
story.claim(window.waits_at('In the safe', 'list item'), 'the stock is a page of the Print Room',
            window.focused())
window.key('ctrl+r')
window.waits_at('First serial')
window.scan('R00000001')
story.claim(window.waits_at('Last serial'), 'a scanned serial stays, and the scanner goes on to the next field',
            window.focused())
window.scan('R00000002')
window.key('Return')
story.claim(window.shows('Say how many cards', 'alert') and window.waits_at('Cards that each'),
            'what is missing is said at its field', window.look('alert'))
window.type('100')
window.key('Return')
story.claim(window.waits_at('Not in the safe yet', 'list item'), 'a delivery of ribbons is received',
            window.look('list item', 'alert'))
window.key('Return')
window.waits_at('First serial')
window.key('Return')
story.claim(window.shows('In the safe · 2 ribbons', 'list item'), 'and moved into the safe',
            window.look('list item', 'alert'))
for first, last in (('B00000001', 'B00000020'), ('R00000001', '')):
    window.key('ctrl+l')
    window.waits_at('First serial')
    for text in (first, last):
        window.key('ctrl+a', 'BackSpace')
        window.type(text) if text else None
        window.key('Tab')
    window.key('ctrl+Return')
    window.hides('Load a Printer', 'label')
story.claim(wait_for(lambda: account() == [20, 20]) and
            window.shows('Loaded 20 = left 20') and window.shows('Ribbon R00000001: 100 cards left'),
            "blanks and a ribbon are loaded, and the printer's account says so", window.look('label', 'alert'))
window.key('ctrl+n')
window.waits_at('Found there')
window.key('shift+Tab', 'space')
window.key('Down', 'Down', 'Return')
window.key('Tab')
story.claim(window.waits_at('Found there'), 'what lies in the printer is counted', window.focused())
window.type('B00000001-B00000018')
window.key('Return')
window.scan('B00000019')
story.claim(window.shows('Found, 2 entries: B00000001-B00000018, B00000019'), 'serials are scanned one after the other',
            window.look('label', 'status bar'))
window.key('ctrl+Return')
story.claim(window.shows('Not found: B00000020'), 'what was not found is a difference', window.look('label', 'alert'))
window.waits_at('Count 1', 'list item')
window.key('Return')
window.shows('Explain a Difference', 'label')
window.key('Tab')
window.waits_at('Reason')
window.type('fell behind the safe')
window.key('ctrl+Return')
story.claim(window.waits_at('Explain B00000020', 'list item'), 'an explanation is proposed', window.focused())
window.key('Return')
hands.dialog('alt+c')
hands.dialog_ends()
story.claim(window.shows('because you made it yourself', 'alert'), 'nobody confirms what they proposed themselves',
            window.look('alert'))

# The queue.
window.key('ctrl+2')
story.claim(window.shows('4 orders') and wait_for(lambda: 'Waits' in (window.focused() or ('', ''))[1] or
                                                  window.focused()), 'the orders stand in line', window.focused())
window.key('ctrl+f')
window.type(numbers[3])
story.claim(window.hides(numbers[2] + ' ·', seconds=10) and window.shows(numbers[3] + ' ·'), 'typing filters them',
            window.look('label'))
window.key('Return')
window.key('ctrl+a', 'ctrl+h')
hands.dialog()
window.waits_at('Reason')
window.type('the photo is doubted')
window.key('Return')
hands.dialog_ends()
story.claim(window.shows('the photo is doubted') and orders('held_at IS NOT NULL')[numbers[3]] == 't',
            'one is held, with its reason in the line', window.look('label'))
story.claim(reader.hears('status bar', 'Held 1'), 'and a screen reader is told how many are', reader.heard()[-2000:])
window.key('ctrl+a', 'ctrl+h')
hands.dialog()
window.waits_at('Reason')
window.type('again')
window.key('Return')
hands.dialog_ends()
story.claim(window.shows('It is held already'), 'what could not be done is told for each', window.look('label', 'alert'))
window.key('Escape')
window.key('ctrl+shift+p')
hands.dialog('space', 'alt+r')
window.type('the ribbon is changed')
window.key('Return')
hands.dialog_ends()
story.claim(window.shows('All printing is paused by Chen Lin: the ribbon is changed', 'alert'), 'printing is paused',
            window.look('label', 'alert'))
window.key('ctrl+shift+r')
story.claim(window.hides('All printing is paused', 'alert'), 'and goes on')

# What waits is printed by itself.
window.key('ctrl+g')
story.claim(wait_for(lambda: len(box.printed()) == 3, 90) and window.shows('out 3', seconds=60),
            'the switch prints what waits, and not what is held', (window.look('label', 'status bar', 'alert'),
                                                                   len(box.printed())))
window.key('ctrl+g')

# A batch is read back without the mouse: after each card the next one waits for the scanner.
scans = dict(zip(numbers, map(box.read_qr, box.printed())))
serials = dict(box.sql('SELECT a.number, c.serial FROM platen.card c JOIN platen.application a ON a.id = c.application_id'))
window.key('ctrl+1')


def shown():
    """The application whose card is at the desk."""
    names = [name for _, name in window.look('label')]
    return next((number for number in numbers if number in names), None)


story.claim(wait_for(shown, 10), 'a card is at the desk', window.look('label'))
number = shown()
window.scan(scans[number][:-2])
story.claim(window.shows('Wrong: ', 'alert', 20) and window.waits_at('1 · The print is blurred'),
            'a code that is no card’s is told as wrong, and figures spoil', (window.look('alert'), window.focused()))
heard = tone()
story.claim(100 < heard < 300, 'by a deep tone', heard)
story.claim(reader.hears('alert', 'Wrong: '), 'and to a screen reader', reader.heard()[-2000:])
# They lie in the tray in another order than in the list.
barcode = box.read_pdf417(dict(zip(scans, box.printed()))[number])
for n, number in enumerate([*(other for other in scans if other != number), number], 1):
    if n == 1:
        window.read_back(scans[number], serials[number])
    elif n == 2:  # both in one go
        window.scan(scans[number])
        window.scan(serials[number])
    else:  # a binary code, of which no keyboard types a word
        os.write(line, b']L2' + barcode + b'\r\n')
        window.shows('the serial of its blank was not read', 'alert', 20)
        os.write(line, serials[number].encode() + b'\r')
    story.claim(window.shows('was read back and is right', 'alert', 20) and
                wait_for(lambda: number in checked(), 20), f'card {n} is found by its code, and is right',
                window.look('label', 'alert'))
    if n == 1:
        heard = tone()
        story.claim(700 < heard < 1100, 'which a high tone tells', heard)
        story.claim(reader.hears('alert', 'was read back and is right'), 'and a screen reader', reader.heard()[-2000:])

# A batch with a sample: the first, the middle and the last, and one of the others by lot.
lot = [numbers[3], *box.multiply(model, 6)]
window.key('ctrl+2')
story.claim(window.shows('7 orders'), 'there is a burst of orders', window.look('status bar'))
wait_for(lambda: (window.focused() or ('', ''))[0] in ('list item', 'table row'), 10)
window.key('ctrl+a', 'ctrl+r')
story.claim(wait_for(lambda: not any(held == 't' for held in orders('held_at IS NOT NULL').values()), 20),
            'what was held is released', window.look('label', 'alert'))
window.key('Escape', 'ctrl+a', 'ctrl+n')
hands.dialog('space', 'alt+n')
window.type('September')
window.key('Return')
hands.dialog_ends()
story.claim(window.shows('0 of 5 sample cards were read back; 2 others wait for them', seconds=20),
            'a batch is made, and its sample chosen', window.look('label', 'alert'))
sample = dict(box.sql('SELECT a.number, o.sample_as FROM platen.print_order o JOIN platen.application a ON a.id = o.application_id'
                      ' WHERE o.sample_as IS NOT NULL'))
story.claim(sorted(sample.values()) == ['first', 'last', 'middle', 'random', 'random'],
            'the first, the middle, the last, and two by lot', sample)
window.key('ctrl+shift+b')
story.claim(window.shows('a sample has to be read back first'), 'it is not released before', window.look('label', 'alert'))
before = len(box.printed())
window.key('ctrl+g')
story.claim(wait_for(lambda: all(state_of(number) == 'out' for number in sample) and len(box.printed()) == before + 5, 90),
            'its sample is printed', (orders('sample_as'), len(box.printed())))
window.key('ctrl+1')
made = dict(box.sql('SELECT a.number, c.serial FROM platen.card c JOIN platen.application a ON a.id = c.application_id'))
for number in sample:
    path = box.folder / f'{number}.qr'
    box.ctl('chen', 'card', 'payload', number, '--kind', 'qr', '-o', path)
    window.read_back(path.read_text(), made[number])
    if not wait_for(lambda: state_of(number) == 'checked', 20):
        break
story.claim(all(state_of(number) == 'checked' for number in sample) and len(box.printed()) == before + 5,
            'it is read back, card after card, and the others wait', window.look('label', 'alert'))
# What comes now stays in the printer.
box.demo('printer-fault', 'media-jam,cover-open')
window.key('ctrl+2')
story.claim(window.shows('Its 5 sample cards are right; 2 others wait to be released', seconds=20), 'it can be released now',
            window.look('label', 'alert'))
window.key('ctrl+shift+b')
story.claim(window.shows('2 cards are printed now'), 'and it is, by a key', window.look('label', 'alert'))
others = [number for number in lot if number not in sample]


def in_printer():
    return [number for number, state in box.sql('SELECT a.number, c.state FROM platen.card c JOIN platen.application a'
                                                " ON a.id = c.application_id WHERE c.state = 'on_device'")]


story.claim(wait_for(in_printer, 60), 'the printer has one of the others', (others, orders('spooler')))
window.key('ctrl+1')
story.claim(window.shows('Cover open; card jam: open the printer', 'label', 20) and window.shows('Take the card out of the printer'),
            'what is wrong with the printer is told, where to look, and what to do', window.look('label', 'list item'))

# The power goes, with cards in the printer: each is asked about when somebody signs in.
box.hire('mio', 'Mio Dahl', 'operator', 'clerk')
caught = in_printer()
window.kill()
subprocess.run(['cancel', '-h', box.env('chen')['CUPS_SERVER'], '-a'], check=True)
box.demo('printer-fault', 'none')
window = Window(screen, box.env('mio'))
hands = Hands(window, box)
story.claim(window.sign_in(box, 'mio') and window.shows(f'whether {len(caught)} card', seconds=40),
            'who signs in after the power cut is told that cards are asked about', (caught, window.look('alert', 'label')))
for _ in caught:
    window.key('ctrl+j')
    story.claim(window.shows('Did card ', 'alert', 20) and window.waits_at('1 · Came out') and window.can('push button', '3 · Scan it'),
                'one question a card, answered by a figure or a scan', (window.look('alert'), window.focused()))
    window.key('2')
    hands.answer('the tray is empty') if wait_for(lambda: len(window.windows()) > 1, 3) else None
story.claim(wait_for(lambda: all(state_of(number) == 'cancelled' for number in caught), 20) and
            window.hides('Nobody knows yet', seconds=20), 'what did not come out is cancelled, and nothing is asked any more',
            ([state_of(number) for number in caught], window.look('alert')))

# Stock meets queue.
box.multiply(model, 520)
story.claim(window.shows('people wait for a card, and there is stock for', seconds=20),
            'every desk sees that the stock does not reach', window.look('label', 'status bar'))
window.command(box.people()['renewal'][1])
window.waits_at('Renew')
window.key('Return')
story.claim(window.shows('Promise no day until more has come', 'alert', 20), 'and who takes an application in is warned before promising',
            window.look('alert', 'label'))
story.claim(not window.complaints(), 'the window complains of nothing', window.complaints())
story.end()
