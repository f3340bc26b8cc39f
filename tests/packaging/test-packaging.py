#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a distributor and a desktop look at: each file is put to the tool that its own field uses,
and what must be complete (translations, lists of files) is counted."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ['PLATEN_SOURCE_ROOT'])
BUILD = pathlib.Path(os.environ['PLATEN_BUILD_ROOT'])
APP = 'org.platen.Platen'

count = 0
failed = 0


def report(passed, claim, detail=''):
    global count, failed
    count += 1
    failed += not passed
    print(f'{"ok" if passed else "not ok"} {count} {claim}')
    for line in detail.splitlines()[:20]:
        print(f'# {line}')


def tool(claim, *command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          env={**os.environ, 'LC_ALL': 'C.UTF-8'})
    report(done.returncode == 0, claim, done.stdout + done.stderr)


def sources(*suffixes):
    tracked = subprocess.run(['git', '-C', SOURCE, 'ls-files'], capture_output=True, text=True)
    names = tracked.stdout.split('\n') if tracked.returncode == 0 else [
        str(path.relative_to(SOURCE)) for folder in ('src', 'ui', 'data')
        for path in (SOURCE / folder).rglob('*')]
    return sorted(name for name in names if name.endswith(suffixes))


def translatable():
    """Files below src, ui and data that hold a string for people."""
    found = set()
    for name in sources('.c', '.ui', '.desktop.in', '.metainfo.xml.in', '.gschema.xml'):
        if not name.startswith(('src/', 'ui/', 'data/')):
            continue
        text = (SOURCE / name).read_text()
        if name.endswith('.c'):
            marked = re.search(r'\b(?:_|N_|C_|NC_|ngettext|dngettext|g_dpgettext2)\s*\("', text)
        elif name.endswith('.ui'):
            marked = 'translatable="yes"' in text
        else:
            marked = True
        if marked:
            found.add(name)
    return found


def check_translations():
    listed = {line.strip() for line in (SOURCE / 'po/POTFILES.in').read_text().splitlines()
              if line.strip() and not line.startswith('#')}
    missing = translatable() - listed
    report(not missing, 'POTFILES.in names every file with strings', '\n'.join(sorted(missing)))
    gone = {name for name in listed if not (SOURCE / name).exists()}
    report(not gone, 'POTFILES.in names only files that are there', '\n'.join(sorted(gone)))
    with tempfile.TemporaryDirectory() as folder:
        template = pathlib.Path(folder) / 'platen.pot'
        subprocess.run(['xgettext', '--from-code=UTF-8', '--keyword=_', '--keyword=N_',
                        '--keyword=C_:1c,2', '--keyword=NC_:1c,2', '--add-comments=Translators',
                        '--directory', SOURCE, '--files-from', SOURCE / 'po/POTFILES.in',
                        '--output', template], capture_output=True, check=True, cwd=SOURCE)
        for language in (SOURCE / 'po/LINGUAS').read_text().split():
            po = SOURCE / 'po' / f'{language}.po'
            merged = pathlib.Path(folder) / f'{language}.po'
            tool(f'{language} passes msgfmt’s checks', 'msgfmt', '-c', '-o', '/dev/null', po)
            subprocess.run(['msgmerge', '--no-fuzzy-matching', '-q', '-o', merged, po, template],
                           check=True, capture_output=True)
            left = subprocess.run(['msgattrib', '--untranslated', merged], capture_output=True,
                                  text=True).stdout
            fuzzy = subprocess.run(['msgattrib', '--only-fuzzy', po], capture_output=True,
                                   text=True).stdout
            report(not left.strip(), f'{language} is complete', left)
            report(not fuzzy.strip(), f'{language} has nothing fuzzy', fuzzy)


def check_settings():
    schema = (SOURCE / f'data/{APP}.gschema.xml').read_text()
    declared = set(re.findall(r'<key name="([^"]+)"', schema))
    code = '\n'.join((SOURCE / name).read_text() for name in sources('.c')
                     if name.startswith(('src/app/', 'src/panes/')))
    used = {key for key in declared if f'"{key}"' in code}
    report(declared == used, 'every setting is read by the program', f'{declared - used}')
    with tempfile.TemporaryDirectory() as folder:
        tool('the GSettings schema compiles strictly', 'glib-compile-schemas', '--strict',
             '--targetdir', folder, SOURCE / 'data')


def check_man_pages():
    pages = sorted((SOURCE / 'data/man').glob('*.[1-9]'))
    for page in pages:
        tool(f'{page.name} is clean mdoc', 'mandoc', '-T', 'lint', '-W', 'warning', page)
    programs = {'platen.1', 'platenctl.1', 'platen-demo.1', 'platen.conf.5'}
    report(programs == {page.name for page in pages}, 'every program has its page')
    usage = subprocess.run([BUILD / 'src/cli/platenctl', '--help'], capture_output=True, text=True)
    commands = re.findall(r'^  ([a-z][a-z -]*[a-z])', usage.stdout, re.M)
    text = (SOURCE / 'data/man/platenctl.1').read_text()
    absent = [name for name in commands
              if not all(word in text for word in name.split()[-1:])]
    report(commands and not absent, 'platenctl.1 names every command', '\n'.join(absent))


def check_tree():
    top = {name.split('/')[0] for name in subprocess.run(
        ['git', '-C', SOURCE, 'ls-files'], capture_output=True, text=True).stdout.split()}
    allowed = {'meson.build', 'meson_options.txt', 'src', 'data', 'ui', 'po', 'tests', 'flatpak',
               'README.md', 'COPYING'}
    strange = {name for name in top if name not in allowed and not name.startswith('.')}
    report(not strange, 'the top level is as the design says', '\n'.join(strange))


tool('the desktop file is valid', 'desktop-file-validate', BUILD / f'data/{APP}.desktop')
tool('the metainfo is valid', 'appstreamcli', 'validate', '--no-net', '--pedantic',
     BUILD / f'data/{APP}.metainfo.xml')
tool('the Flatpak manifest is read by flatpak-builder', 'flatpak-builder', '--show-manifest',
     SOURCE / f'flatpak/{APP}.yaml')
for icon in sorted((SOURCE / 'data/icons').rglob('*.svg')):
    tool(f'{icon.name} draws', 'gdk-pixbuf-thumbnailer', '-s', '128', icon, '/dev/null')
check_settings()
check_man_pages()
check_translations()
check_tree()
print(f'1..{count}')
sys.exit(failed > 0)
