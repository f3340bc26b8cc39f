#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Power is cut in the middle of printing, wherever that hurts: the same command again makes exactly
one card, or a person is asked; never two cards, never a blank that nobody can account for."""

import signal
import subprocess

from box import PRINTER, Box, Refused, Tap, wait_for

CRASH_POINTS = ('reserved', 'rendered', 'created', 'held', 'sent', 'released')
DELIVERED = 500
LEDGER = """SELECT count(*) FROM platen.blank b WHERE b.place <> coalesce (
              (SELECT l.to_place FROM platen.stock_ledger l WHERE l.serial = b.serial
               ORDER BY l.id DESC LIMIT 1), 'supplier')"""

tap = Tap()
box = Box()
kinds = box.people()
people = [number for kind in ('renewal', 'unpaid', 'old_address', 'diacritics', 'two_scripts',
                              'longest_names') for number in kinds[kind]]


def cards_of(number):
    return box.ctl('chen', 'application', 'show', number)['cards']


def living(number):
    return [card for card in cards_of(number) if card['state'] not in ('cancelled', 'spoiled')]


def check_stock(what):
    """Every blank is where the ledger's last line left it, and those away from the safe are those
    of cards."""
    astray = int(box.sql(LEDGER)[0][0])
    away = int(box.sql("SELECT count(*) FROM platen.blank WHERE place <> 'safe'")[0][0])
    total = int(box.sql('SELECT count(*) FROM platen.blank')[0][0])
    in_use = int(box.sql("SELECT count(*) FROM platen.card WHERE state <> 'cancelled'")[0][0])
    tap.claim(astray == 0 and total == DELIVERED and away == in_use, f'{what}: the stock adds up',
              (astray, total, away, in_use))


def print_out(number):
    """Prints, or finishes what is under way; the card once it has come out."""
    try:
        return box.ctl('chen', 'card', 'print', number, '--printer', PRINTER)
    except Refused as refused:
        card = living(number)[0]
        if card['number'] not in refused.sentence:
            raise
        return wait_for(lambda: out_or_none(card['number']))


def out_or_none(card_number):
    card = box.ctl('chen', 'card', 'show', card_number)
    return card if card['state'] in ('out', 'doubtful') else None


# platenctl dies at each point.
for point in CRASH_POINTS:
    number = box.approved(people.pop(0))
    before = len(box.printed())
    status, out, _ = box.run('chen', 'card', 'print', number, '--printer', PRINTER,
                             extra={'PLATEN_TEST_CRASH_AT': point})
    tap.claim(status == -signal.SIGKILL and not out, f'{point}: killed there', status)
    card = print_out(number)
    tap.claim(card['state'] == 'out', f'{point}: then the card comes out', card)
    tap.claim(len(box.printed()) == before + 1 and len(living(number)) == 1,
              f'{point}: exactly one was printed', (box.printed(), cards_of(number)))
    check_stock(point)

# Two desks print the same card at the same moment.
number = box.approved(people.pop(0))
before = len(box.printed())
desks = [box.popen('chen', 'card', 'print', number, '--printer', PRINTER) for _ in range(2)]
ends = [(desk.communicate(timeout=120), desk.returncode) for desk in desks]
tap.claim(sorted(status for _, status in ends) == [0, 1], 'of two desks at once, one prints', ends)
tap.claim(len(box.printed()) == before + 1 and len(cards_of(number)) == 1,
          'and one card comes out', cards_of(number))

# The scheduler dies while the card is held back, and comes again with what it had spooled.
number = box.approved(people.pop(0))
before = len(box.printed())
box.run('chen', 'card', 'print', number, '--printer', PRINTER,
        extra={'PLATEN_TEST_CRASH_AT': 'held'})
box.demo('printer-power', 'scheduler', 'off')
sentence = box.refused('chen', 'card', 'print', number, '--printer', PRINTER)
tap.claim('print' in sentence and 'reached' in sentence, 'a dead scheduler is told in words', sentence)
box.demo('printer-power', 'scheduler', 'on')
card = print_out(number)
tap.claim(card['state'] == 'out' and len(box.printed()) == before + 1
          and len(living(number)) == 1, 'then exactly one card comes out', (card, box.printed()))
check_stock('scheduler')

# A job that somebody cancels behind our back leaves a doubtful card, which a person resolves.
number = box.approved(people.pop(0))
before = len(box.printed())
box.demo('printer-fault', 'media-jam')
card = box.ctl('chen', 'card', 'print', number, '--printer', PRINTER, '--no-wait')
subprocess.run(['cancel', '-h', box.env('chen')['CUPS_SERVER'], '-a'], check=True)
card = wait_for(lambda: out_or_none(card['number'])) or card
box.demo('printer-fault', 'none')
tap.claim(card['state'] == 'doubtful', 'a cancelled job leaves a doubtful card', card)
sentence = box.refused('chen', 'card', 'print', number, '--printer', PRINTER)
tap.claim(card['number'] in sentence, 'which is asked about and not printed again', sentence)
sentence = box.refused('chen', 'card', 'spoil', card['number'])
tap.claim('reason' in sentence.lower() or 'why' in sentence.lower(),
          'a person says why a card is spoiled', sentence)
box.ctl('chen', 'card', 'spoil', card['number'], '--reason', 'Nothing came out')
check_stock('doubtful')

# The printer loses its power with the card inside. The scheduler calls completed what the printer has
# forgotten; the card is asked about by itself, whoever looks first, and answers by being read back.
def lose_power(number, watch):
    """Prints @number into a printer that stops with the card inside and comes back without a job."""
    box.demo('printer-fault', 'media-jam')
    card = box.ctl('chen', 'card', 'print', number, '--printer', PRINTER, '--no-wait')
    wait_for(lambda: box.ctl('chen', 'card', 'show', card['number'])['state'] == 'on_device')
    box.demo('printer-power', 'device', 'off')
    sentence = box.refused('chen', 'card', 'print', number, '--printer', PRINTER)
    tap.claim(card['number'] in sentence, 'a card in a dead printer is not printed again', sentence)
    box.demo('printer-fault', 'none')
    box.demo('printer-power', 'device', 'on')
    return wait_for(lambda: watch(card['number'])) or box.ctl('chen', 'card', 'show', card['number'])


def listed(card_number):
    """The card as the list shows it, once it is out of the printer or in doubt."""
    rows = box.ctl('chen', 'card', 'list')
    card = next(row for row in rows if row['number'] == card_number)
    return {**card, 'first': rows[0]['number']} if card['state'] in ('out', 'doubtful') else None


number = box.approved(people.pop(0))
card = lose_power(number, listed)
tap.claim(card['state'] == 'doubtful' and card['asked_about'] and card['number'] in card['question']
          and card['first'] == card['number'], 'a card that a power cut hit is asked about first', card)
tap.claim('switched off' in card['reason'], 'and it is said why', card['reason'])
sentence = box.refused('chen', 'card', 'print', number, '--printer', PRINTER)
tap.claim(card['number'] in sentence and len(living(number)) == 1, 'it is not printed again', sentence)
check_stock('printer')
card = box.ctl('chen', 'card', 'cancel', card['number'], '--reason', 'The blank lies in the feeder')
tap.claim(card['state'] == 'cancelled', 'the answer that nothing came out gives the blank back', card)
check_stock('given back')

# The queue remembers for ever that it lost a job. It cannot tell of the next ones, so time does.
before = len(box.printed())
card = box.ctl('chen', 'card', 'print', number, '--printer', PRINTER)
tap.claim(card['state'] == 'out' and not card['asked_about'] and len(box.printed()) == before + 1,
          'the next card of this printer is no doubtful one', card)
tap.claim(box.ctl('emil', 'office', 'set', '--ask-after', '2')['ask_after_minutes'] == 2,
          'the administrator sets the time')
box.sql(f"""UPDATE platen.card SET changed_at = changed_at - interval '2 min'
            WHERE number = '{card["number"]}'""")
card = box.ctl('chen', 'card', 'show', card['number'])
tap.claim(card['state'] == 'out' and card['asked_about'] and card['question'],
          'a card that lies unread is asked about then', card)
card = box.ctl('chen', 'card', 'came-out', card['number'])
tap.claim(not card['asked_about'], 'until somebody answers', card)
scan = box.read_qr(box.printed()[-1])
card = box.ctl('chen', 'card', 'read', card['number'], '--scan', scan, '--serial', card['serial'])['card']
tap.claim(card['state'] == 'checked', 'and it is read back', card)
check_stock('printer')

# The books, by command: what is loaded is what is printed on, and what is gone takes two people.
def stock(login, *words):
    return box.ctl(login, 'stock', *words)


def account():
    row = next(row for row in stock('anna', 'list')['printers'] if row['printer'] == PRINTER)
    return [row[name] for name in ('loaded', 'remaining', 'used', 'issued', 'spoiled', 'missing')]


loaded, _, used, issued, spoiled, _ = before = account()
tap.claim(loaded == used + issued + spoiled and spoiled, 'the printer’s account balances', before)
sentence = box.refused('anna', 'stock', 'load', PRINTER, 'B00000490', 'B00000493')
tap.claim('operator' in sentence, 'a clerk loads nothing', sentence)
stock('emil', 'receive', 'b00000601', 'B00000604', '--lot', 'L9', '--note', 'DN 17')
stock('emil', 'receive', 'R00000001', 'R00000001', '--lot', 'YMCKO-3', '--cards', '200')
left = stock('anna', 'left')
stock('chen', 'move', 'B00000601', 'B00000604', 'safe')
stock('chen', 'move', 'R00000001', 'R00000001', 'safe')
tap.claim((left['received'], left['makes'], stock('anna', 'left')['cards']) == (4, 0, left['cards'] + 4),
          'a delivery counts when it is in the safe', left)
stock('chen', 'load', PRINTER, 'B00000601', 'B00000604')
stock('chen', 'load', PRINTER, 'R00000001', 'R00000001')
shown = next(row for row in box.ctl('chen', 'printer', 'list') if row['destination'] == PRINTER)
tap.claim(shown['blanks'] == 4, 'the printer shows what it has', shown)
number = box.approved(people.pop(0))
tap.claim(stock('anna', 'left')['waiting'] >= 1, 'who waits for a card is counted', stock('anna', 'left'))
card = box.ctl('chen', 'card', 'print', number, '--printer', PRINTER)
tap.claim(card['serial'] == 'B00000601', 'a card is made of what was loaded', card)
box.ctl('chen', 'card', 'spoil', card['number'], '--reason', 'A scratch')
tap.claim(account() == [loaded + 4, 3, used, issued, spoiled + 1, 0], 'and each blank is accounted for', account())
row = next(row for row in stock('anna', 'list')['printers'] if row['printer'] == PRINTER)
tap.claim((row['ribbon'], row['ribbon_left']) == ('R00000001', 199), 'its ribbon makes one card less', row)
proposal = stock('chen', 'destroy', 'B00000601', 'B00000601', '--reason', 'Shredded')['number']
sentence = box.refused('chen', 'stock', 'confirm', proposal)
tap.claim('colleague' in sentence, 'nobody destroys alone', sentence)
stock('boris', 'confirm', proposal)
life = stock('anna', 'list', 'b00000601')
tap.claim([step['place'] for step in life] == ['received', 'safe', 'loaded', 'printer', 'tray', 'spoiled', 'destroyed']
          and life[-1]['second'] and life[-1]['second'] != life[-1]['who'], 'the life of a blank has both persons', life)
status, _, err = box.run('chen', 'stock', 'count', 'loaded', '--printer', PRINTER)
tap.claim(status == 2 and '--none' in err, 'a count without a serial is no count', err)
counted = stock('chen', 'count', 'loaded', 'B00000602', 'B00000604', '--printer', PRINTER)
tap.claim((counted['expected'], counted['missing']) == (3, ['B00000603']), 'a count finds one missing', counted)
tap.claim(account() == [loaded + 4, 2, used, issued, spoiled + 1, 1], 'and the account still balances', account())
proposal = stock('chen', 'explain', counted['number'], '--right', 'count', '--reason', 'It fell behind the printer')['number']
stock('boris', 'confirm', proposal)
tap.claim(stock('anna', 'list')['differences'] == [], 'two people explain what is missing', stock('anna', 'list')['differences'])
stock('chen', 'unload', PRINTER, 'B00000602', 'B00000602')
stock('chen', 'unload', PRINTER, 'B00000604', 'B00000604')
tap.claim(account()[:2] == [loaded + 2, 0], 'and the rest goes back into the safe', account())

# The line, by command: what is next, what is held and why, and that nothing is printed past it.
def queue(login, *words):
    return box.ctl(login, 'print-queue', *words)


def states(*words):
    return [order['state'] for order in queue('anna', 'list', *words)['orders']]


tap.claim(queue('anna', 'list')['orders'][-1]['application_number'] == number, 'who waits for a new card waits in the line',
          queue('anna', 'list'))
status, _, err = box.run('chen', 'print-queue', 'hold', '--reason', 'x')
tap.claim(status == 2 and '--all' in err, 'nothing named is not all', err)
tap.claim('kind' in box.refused('chen', 'print-queue', 'hold', '--kind', 'cheap', '--reason', 'x'), 'a kind that is none is named')
tap.claim('operator' in box.refused('anna', 'print-queue', 'hold', '--all', '--reason', 'x'), 'a clerk holds nothing')
held = queue('boris', 'hold', number.lower(), '--reason', 'The photo is looked at')
tap.claim([(order['application_number'], order['done']) for order in held] == [(number, True)], 'one is held', held)
tap.claim('looked at' in box.refused('chen', 'card', 'print', number, '--printer', PRINTER), 'and not printed', states())
tap.claim('why' in box.refused('boris', 'print-queue', 'hold', number, '--reason', 'again'), 'nor held twice')
shown = queue('anna', 'show', number)
tap.claim(shown['state'] == 'held' and shown['events'][-1]['why'] == 'The photo is looked at', 'the line says by whom and why', shown)
queue('chen', 'release', '--state', 'held')
queue('chen', 'prioritise', number, '--kind', 'renewal', '--to', '-20')
box.demo('printer', 'start', 'another')
queue('chen', 'move', '--priority-to', '-20', '--to', 'another')
queue('chen', 'pause', 'another', '--reason', 'It is cleaned')
order, = queue('anna', 'list', '--printer', 'another')['orders']
tap.claim((order['priority'], order['state'], order['reason']) == (-20, 'paused', 'It is cleaned'), 'it waits for a printer that is paused', order)
queue('chen', 'move', number, '--to-any')
queue('chen', 'resume', 'another')
box.demo('printer', 'stop', 'another')
tap.claim(states('--no-printer', '--holder', 'zzz') == [] and states(number, '--no-printer') == ['waiting'], 'it goes on, on any', states())
made = queue('chen', 'batch', 'new', 'Evening', number, '--first', '1', '--automatic')
tap.claim((made['cards'], made['samples']) == (1, [number]), 'a batch has its sample', made)
tap.claim('read back' in box.refused('chen', 'print-queue', 'batch', 'release', made['batch']), 'and waits for it')
queue('boris', 'batch', 'cancel', made['batch'].lower(), '--reason', 'Tomorrow')
batch, = queue('anna', 'batch', 'list')
tap.claim((batch['batch_state'], batch['reason']) == ('cancelled', 'Tomorrow'), 'or is cancelled', batch)
status, out, err = box.run('anna', 'print-queue', 'list', json_wanted=False, extra={'LANGUAGE': 'fr', 'LC_ALL': 'C.UTF-8'})
tap.claim(status == 0 and 'File d’impression' in out and 'En attente' in out, 'in French, too', out + err)
load = next(row for row in queue('anna', 'load') if row['printer'] == PRINTER)
tap.claim(load['ribbon_left'] == 199, 'each printer says what it still makes', load)
tap.claim(queue('boris', 'fair-after', '48') == queue('anna', 'fair-after') == {'fair_after_hours': 48}, 'who waits for too long goes ahead')
left = stock('anna', 'left')
# What refuses a wrong request of another program refuses ours.
box.demo('printer', 'start', 'measured')
uri = next(line.split()[-1] for line in subprocess.run(['lpstat', '-h', box.env('chen')['CUPS_SERVER'], '-v'], text=True,
           capture_output=True).stdout.splitlines() if 'measured' in line)
told = subprocess.run(['ipptool', '-I', '-tf', box.printed()[0], uri, 'ipp-1.1.test'], capture_output=True, text=True).stdout
tap.claim(' 0 failed' in told and 'Score: 100%' in told, "the virtual printer passes IPP's own tests", told[-2500:])
tap.claim(left['in_queue'] == len(states()) and left['used'] > 0 and left['lasts_days'] > 0, 'and the stock says how long it lasts', left)
tap.end()
