#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A burst of approved applications in the print room, through the window: shown, paged through from end to end, found
by name, held, released, given a priority and moved, one, by filter and all of them. A heart in the main loop
(tests/support/plt-test-heart.c) tells the longest turn of each; the limit is 50 ms. Beside it the same list as a bare
GtkListView of strings. The accessibility bus is there, as it is in an office.

PLATEN_BENCH_ORDERS (10000), PLATEN_BENCH_TURNS (5): how often each is done.
argv: stall-window, bare-list."""

import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, os.environ['PLATEN_SOURCE_ROOT'] + '/tests/story')
from box import Box, wait_for  # noqa: E402
from hands import Hands  # noqa: E402
from window import Screen, Window  # noqa: E402

ORDERS = int(os.environ.get('PLATEN_BENCH_ORDERS', '10000'))
TURNS = int(os.environ.get('PLATEN_BENCH_TURNS', '5'))
# At 1280x800 a page of the list is some ten orders; a key each, as fast as a display takes them.
PAGES = 100
SETTLE = 1.5


class Heart:
    """A program that tells its longest turn since it was asked last."""

    def __init__(self, process):
        self.process = process

    def longest_ms(self):
        self.process.stdin.write(b'\n')
        self.process.stdin.flush()
        for line in self.process.stdout:
            words = line.split()
            if words[0] == b'standstill':
                return int(words[1]) / 1000
        sys.exit('the program has ended')


def come_first(*pids):
    """The window and the display it asks before whatever else this machine does: their own time is meant."""
    for pid in pids:
        try:
            os.setpriority(os.PRIO_PROCESS, pid, -15)
            pathlib.Path(f'/proc/{pid}/autogroup').write_text('-15')
        except OSError:
            pass


def tell(title, turns, per_second=None):
    turns = sorted(turns)
    print(f'{title:50} {f"{per_second:9.1f} orders/s" if per_second else " " * 18}   p50 {turns[len(turns) // 2]:7.2f} ms'
          f'   p95 {turns[min(len(turns) - 1, int(len(turns) * 0.95))]:7.2f} ms   longest {turns[-1]:7.2f} ms   n {len(turns)}',
          flush=True)
    longest.append((turns[-1], title))


def turn(heart, title, act, orders=None, turns=TURNS, settle=SETTLE, before=None):
    """@act again and again: the longest turn of each time, and @orders of a time per second."""
    told, took = [], 0
    for _ in range(turns):
        if before:
            before()
            time.sleep(SETTLE)
        heart.longest_ms()
        began = time.monotonic()
        act()
        took += time.monotonic() - began
        time.sleep(settle)
        told.append(heart.longest_ms())
    tell(title, told, orders * turns / took if orders else None)


def page_through(window, back):
    """Through a part of the line as fast as keys come."""
    window.xdotool('key', '--clearmodifiers', '--delay', '5', *['Prior' if back else 'Next'] * PAGES)


longest = []
box = Box()
model = box.approved(box.people()['renewal'][0])
for left in range(ORDERS - 1, 0, -1000):
    box.multiply(model, min(left, 1000))
# One in a hundred has a name of its own, to be filtered by.
box.sql("SET session_replication_role = replica; UPDATE platen.application SET holder_name = 'Quispe, Wari' WHERE id % 100 = 7")
for table in ('print_order', 'application'):
    box.sql(f'ANALYZE platen.{table}')
screen = Screen()
print(f'{ORDERS} orders in the line', flush=True)

bare = subprocess.Popen([sys.argv[2], str(ORDERS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
                        env={**os.environ, 'DISPLAY': screen.display, 'GSK_RENDERER': 'cairo', 'GTK_A11Y': 'atspi'})
heart = Heart(bare)
come_first(bare.pid, screen.processes[0].pid)
time.sleep(3)
window = Window.__new__(Window)
window.screen = screen
turn(heart, 'floor: a bare GtkListView is filled', lambda: window.key('F2'), turns=1)
turn(heart, 'floor: it is paged through', lambda: (page_through(window, False), page_through(window, True)), PAGES * 20)
turn(heart, 'floor: to its end and back', lambda: window.key('End', 'Home'))
turn(heart, 'floor: all of it is selected', lambda: window.key('ctrl+a', 'ctrl+shift+a'))
bare.kill()
bare.wait()

window = Window(screen, box.env('chen'), program=sys.argv[1], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                start_new_session=True)
hands = Hands(window, box)
heart = Heart(window.process)
come_first(window.process.pid)
window.sign_in(box, 'chen')


def held(n):
    return lambda: wait_for(lambda: int(box.sql('SELECT count(*) FROM platen.print_order WHERE held_at IS NOT NULL')[0][0]) == n, 60)


def answered(done, *keys):
    """The reason for what was asked, the first of what is offered with @keys, and that it is @done."""
    hands.dialog(*keys)
    time.sleep(0.3)
    window.type('a burst')
    window.key('Return')
    if not done():
        sys.exit('nothing came of it')
    wait_for(lambda: len(window.windows()) == 1, 20)
    window.focus_newest()


def filtered(text):
    window.key('ctrl+f', 'ctrl+a', 'BackSpace')
    if text:
        window.type(text)
    time.sleep(SETTLE)
    window.key('Return')


def orders(condition):
    return lambda: wait_for(lambda: box.sql(f'SELECT 1 FROM platen.print_order WHERE {condition} LIMIT 1'), 60)


longest.clear()
turn(heart, 'the print room opens', lambda: window.key('alt+5'), turns=1, settle=3)
turn(heart, 'the line is shown for the first time', lambda: window.key('ctrl+2'), turns=1, settle=4)
turn(heart, 'another page and back', lambda: window.key('ctrl+1', 'ctrl+2'))
turn(heart, 'it is paged through', lambda: (page_through(window, False), page_through(window, True)), PAGES * 20)
turn(heart, 'to its end and back', lambda: window.key('End', 'Home'))
turn(heart, 'all of it is selected', lambda: window.key('ctrl+a', 'ctrl+shift+a'))
turn(heart, 'it is filtered by a name, and not', lambda: (filtered('quispe'), filtered('')))
few = ORDERS // 100
filtered('quispe')
turn(heart, 'the filtered are held, with a reason', lambda: (window.key('ctrl+a', 'ctrl+h'), answered(held(few))), few, turns=1)
turn(heart, 'the filtered are released', lambda: (window.key('ctrl+a', 'ctrl+r'), held(0)()), few, turns=1)
filtered('')
turn(heart, 'one is held', lambda: (window.key('Home', 'ctrl+h'), answered(held(1))), 1, turns=1)
turn(heart, 'and released', lambda: (window.key('ctrl+a', 'ctrl+r'), held(0)()), 1, turns=1)
turn(heart, 'all are held, with a reason', lambda: (window.key('ctrl+a', 'ctrl+h'), answered(held(ORDERS))), ORDERS, turns=1)
turn(heart, 'all are released', lambda: (window.key('ctrl+a', 'ctrl+r'), held(0)()), ORDERS, turns=1)
turn(heart, 'all are given a priority', lambda: (window.key('ctrl+a', 'ctrl+p'), answered(orders('priority <> 0'), 'space', 'alt+r')), ORDERS, turns=1)
turn(heart, 'all are moved', lambda: (window.key('ctrl+a', 'ctrl+m'), answered(orders("wanted <> ''"), 'space', 'Down', 'alt+r')), ORDERS, turns=1)
worst, title = max(longest)
print(f'the longest turn of the window: {worst:.2f} ms, when {title} (limit 50 ms)')
window.kill()
