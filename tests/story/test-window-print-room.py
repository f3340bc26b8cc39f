#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The print room through the window, with keys and a scanner alone: the stock is received, loaded and counted, and a
difference proposed to a colleague; the queue is held, paused and goes on; what waits is printed by itself, and three
cards are read back as they lie in the tray, one of them by its binary code, which two tones and a screen reader tell. A
batch has the sample that is chosen, and is not released before that was read back."""

import os
import struct

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
wait_for(lambda: (window.focused() or ('push button', ''))[0] != 'push button', 10)
window.key('Down', 'Down', 'Return')
wait_for(lambda: (window.focused() or ('', ''))[0] == 'push button', 10)
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
window.key('ctrl+f', 'ctrl+a', 'BackSpace')
window.shows(lot[-1] + ' ·')
window.key('Return', 'ctrl+a', 'ctrl+r')
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
story.claim(not window.complaints(), 'the window complains of nothing', window.complaints())
story.end()
