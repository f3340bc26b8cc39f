# SPDX-License-Identifier: GPL-3.0-or-later
"""Claims of a test program, told as TAP."""

import sys

count = failed = 0


def claim(condition, what, *seen):
    """seen: what to look at where it does not hold"""
    global count, failed
    count += 1
    failed += not condition
    print(f'{"" if condition else "not "}ok {count} - {what}', flush=True)
    if not condition:
        print(*[f'# {line}' for word in seen for line in str(word).splitlines()], sep='\n', flush=True)


def end():
    print(f'1..{count}')
    sys.exit(failed > 0)
