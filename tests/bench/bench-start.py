#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time from starting a program to its first frame: Platen's window, and a bare GTK 4 window as the
floor, turn by turn under one virtual display. Both say "first frame" on standard output."""

import os
import subprocess
import sys
import time

RUNS = 20


def first_frame_ms(program):
    environment = {**os.environ, 'GSK_RENDERER': 'cairo', 'GTK_A11Y': 'none',
                   'GSETTINGS_BACKEND': 'memory', 'G_MESSAGES_DEBUG': 'plt-app'}
    started = time.monotonic()
    process = subprocess.Popen([program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               env=environment)
    line = next((line for line in process.stdout if b'first frame' in line), b'')
    elapsed = (time.monotonic() - started) * 1000
    process.kill()
    process.wait()
    if not line:
        sys.exit(f'{program} ended without a first frame')
    return elapsed


def show(title, times):
    times = sorted(times)
    print(f'{title:<44} {1000 * len(times) / sum(times):9.1f} starts/s   '
          f'p50 {times[len(times) // 2]:8.2f} ms   p95 {times[int(len(times) * 0.95) - 1]:8.2f} ms'
          f'   n {len(times)}')


bare, platen = sys.argv[1:3]
measured = {platen: [], bare: []}
for program in measured:
    first_frame_ms(program)
for _ in range(RUNS):
    for program, times in measured.items():
        times.append(first_frame_ms(program))
show('first frame, Platen', measured[platen])
show('first frame, bare GTK 4 window (floor)', measured[bare])
