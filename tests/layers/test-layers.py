#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stack of libraries is held by the build: with the very flags that a folder is compiled
with, a header it may include is found and any other of ours is not; and each outside library is
included in its own folders alone."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ['PLATEN_SOURCE_ROOT'])
BUILD = pathlib.Path(os.environ['PLATEN_BUILD_ROOT'])

MAY_INCLUDE = {
    'base': [],
    'licence': ['base'],
    'iso': ['base', 'licence'],
    'card': ['base', 'licence'],
    'pg': ['base'],
    'store': ['base', 'licence', 'pg'],
    'registry': ['base', 'licence'],
    'print': ['base'],
    'office': ['base', 'licence', 'iso', 'card', 'pg', 'store', 'registry', 'print'],
    'panes': ['base', 'licence', 'card', 'office'],
    'app': ['base', 'licence', 'office', 'panes'],
    'cli': ['base', 'licence', 'office'],
    'demo': ['base'],
}

# The header by which a folder is known to the others.
HEADER = {
    'base': 'plt-date.h',
    'licence': 'plt-application.h',
    'iso': 'plt-mrz.h',
    'card': 'plt-card-inputs.h',
    'pg': 'plt-pg-connection.h',
    'store': 'plt-store.h',
    'registry': 'plt-registry-client.h',
    'print': 'plt-printer.h',
    'office': 'plt-office.h',
    'panes': 'plt-panes.h',
    'app': 'plt-window.h',
    'cli': 'plt-ctl.h',
    'demo': 'plt-demo-printer.h',
}

OUTSIDE = {
    r'libpq-fe\.h|postgres_fe': ['pg', 'demo'],
    r'libsoup/': ['registry', 'demo'],
    r'cups/': ['print', 'demo'],
    r'gnutls/|nettle/|gmp\.h': ['iso'],
    r'cbor\.h|cbor/': ['iso'],
    r'qpdf/': ['iso'],
    r'zint\.h': ['card'],
    r'ZXing/': ['card'],
    r'pango/|fontconfig/': ['card', 'demo'],
    r'hb-': ['card'],
    r'cairo[-a-z]*\.h|cairo/': ['card', 'panes', 'demo'],
    r'gtk/|gdk/|adwaita\.h': ['panes', 'app'],
    r'gdk-pixbuf/': ['card', 'demo', 'panes'],
    r'gst/': ['panes'],
    r'jpeglib\.h|tiffio\.h|webp/|lcms2\.h': ['card'],
    r'librsvg/': ['card'],
    r'simdjson': ['registry'],
    r'json-glib/': ['card', 'registry', 'iso', 'office', 'cli', 'demo', 'app', 'panes'],
}

count = 0
failed = 0


def report(passed, claim, detail=''):
    global count, failed
    count += 1
    failed += not passed
    print(f'{"ok" if passed else "not ok"} {count} {claim}')
    for line in detail.splitlines()[:6]:
        print(f'# {line}')


def compile_commands():
    """One compile command of our own for each folder of src/."""
    commands = {}
    for entry in json.loads((BUILD / 'compile_commands.json').read_text()):
        path = (pathlib.Path(entry['directory']) / entry['file']).resolve()
        try:
            folder = path.relative_to(SOURCE / 'src').parts[0]
        except ValueError:
            continue
        if path.suffix == '.c':
            commands.setdefault(folder, entry['command'].split())
    return commands


def compiles(command, header):
    """Whether a file with this one include passes the compiler with the folder's own flags. A
    meson test must not write into a target's folder: the file stands elsewhere, so the folder's
    own headers are found only through its flags."""
    keep = [word for word in command if re.match(r'-[IDfWmps]|-isystem|-std=|-pthread', word)
            and not word.startswith('-MF')]
    compiler = [word for word in command[:2] if 'ccache' not in word][0]
    with tempfile.NamedTemporaryFile('w', suffix='.c') as source:
        source.write(f'#include "{header}"\n')
        source.flush()
        return subprocess.run([compiler, *keep, '-w', '-fsyntax-only',
                               '-fdiagnostics-color=never', source.name], cwd=BUILD,
                              capture_output=True, text=True)


def check_own_headers(commands):
    for folder, command in sorted(commands.items()):
        for other in MAY_INCLUDE:
            if other == folder:
                continue
            done = compiles(command, HEADER[other])
            if other not in MAY_INCLUDE[folder]:
                not_found = done.returncode != 0 and 'No such file' in done.stderr
                report(not_found, f'{folder} cannot include {other}', done.stderr)
            else:
                report(done.returncode == 0, f'{folder} can include {other}', done.stderr)


def check_outside_libraries():
    for pattern, folders in OUTSIDE.items():
        wrong = []
        for path in sorted((SOURCE / 'src').rglob('*.[ch]*')):
            folder = path.relative_to(SOURCE / 'src').parts[0]
            if folder not in folders and re.search(rf'^\s*#\s*include\s*<({pattern})',
                                                   path.read_text(), re.M):
                wrong.append(str(path.relative_to(SOURCE)))
        report(not wrong, f'only {", ".join(folders)} include {pattern}', '\n'.join(wrong))


commands = compile_commands()
report(set(commands) == set(MAY_INCLUDE), 'every folder of the stack is built',
       f'built: {sorted(commands)}')
check_own_headers(commands)
check_outside_libraries()
print(f'1..{count}')
sys.exit(failed > 0)
