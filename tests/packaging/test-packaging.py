#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a distributor and a desktop look at: each file is put to the tool that its own field uses,
what must be complete (translations, man pages, lists of files) is counted, and what is installed
is looked at where it lands."""

import fnmatch
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

SOURCE = pathlib.Path(os.environ['PLATEN_SOURCE_ROOT'])
BUILD = pathlib.Path(os.environ['PLATEN_BUILD_ROOT'])
APP = 'org.platen.Platen'
TOP_LEVEL = {'meson.build', 'meson_options.txt', 'src', 'data', 'ui', 'po', 'tests', 'flatpak',
             'README.md', 'COPYING'}

count = 0
failed = 0


def report(passed, claim, detail=''):
    global count, failed
    count += 1
    failed += not passed
    print(f'{"ok" if passed else "not ok"} {count} {claim}')
    for line in detail.splitlines()[:40] if not passed else []:
        print(f'# {line}')


def run(*command, folder=SOURCE, **environment):
    try:
        return subprocess.run([str(word) for word in command], capture_output=True, text=True,
                              env={**os.environ, 'LC_ALL': 'C.UTF-8', **environment}, cwd=folder)
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, '', str(error))


def tool(claim, *command, folder=SOURCE):
    done = run(*command, folder=folder)
    report(done.returncode == 0, claim, done.stdout + done.stderr)


def tracked():
    """The files of the source tree: those of git, or all that lie in an unpacked archive."""
    listed = run('git', 'ls-files')
    if listed.returncode == 0 and (SOURCE / '.git').exists():
        return listed.stdout.splitlines()
    ignored = [line.strip('/') for line in (SOURCE / '.gitignore').read_text().split()]
    names = []
    for folder, folders, files in os.walk(SOURCE):
        folders[:] = [name for name in folders if not any(fnmatch.fnmatch(name, pattern)
                                                          for pattern in ignored)]
        names += [str((pathlib.Path(folder) / name).relative_to(SOURCE)) for name in files
                  if not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)]
    return names


def sources(*suffixes):
    return sorted(name for name in tracked() if name.endswith(suffixes)
                  and name.startswith(('src/', 'ui/', 'data/')) and (SOURCE / name).exists())


def translatable():
    """Files below src, ui and data that hold a string for people."""
    found = set()
    for name in sources('.c', '.ui', '.desktop.in', '.metainfo.xml.in', '.gschema.xml'):
        text = (SOURCE / name).read_text()
        if name.endswith('.c'):
            marked = re.search(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2)\s*\(\s*"', text)
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
        # The keywords of meson's preset “glib”.
        made = run('xgettext', '--from-code=UTF-8', '--keyword=_', '--keyword=N_',
                   '--keyword=C_:1c,2', '--keyword=NC_:1c,2', '--keyword=g_dngettext:2,3',
                   '--keyword=g_dpgettext2:2c,3', '--add-comments', '--directory', SOURCE,
                   '--files-from', SOURCE / 'po/POTFILES.in', '--output', template)
        report(made.returncode == 0 and not made.stderr, 'xgettext reads every source', made.stderr)
        for language in (SOURCE / 'po/LINGUAS').read_text().split():
            check_language(language, template, pathlib.Path(folder))


def check_language(language, template, folder):
    po = SOURCE / 'po' / f'{language}.po'
    merged = folder / f'{language}.po'

    tool(f'{language} passes msgfmt’s checks', 'msgfmt', '-c', '-o', '/dev/null', po)
    tool(f'{language} and the sources can be merged', 'msgmerge', '--no-fuzzy-matching', '-q', '-o',
         merged, po, template)
    left = run('msgattrib', '--untranslated', '--no-obsolete', merged).stdout
    report(not left.strip(), f'{language} is complete', left)
    fuzzy = run('msgattrib', '--only-fuzzy', po).stdout
    report(not fuzzy.strip(), f'{language} has nothing fuzzy', fuzzy)
    gone = run('msgattrib', '--only-obsolete', merged).stdout
    report(not gone.strip(), f'{language} has nothing that nobody says any more', gone)
    if language == 'fr':
        check_french(po)


def check_french(po):
    """Typography: the spaces before tall punctuation do not break, apostrophes are curved."""
    words = run('msgexec', '-i', po, '/bin/cat').stdout
    wrong = [line for line in words.splitlines()
             if re.search(r"\w'\w| [;:!?»]|« |«(?!\u202f)|(?<!\u202f)»", line)]
    report(words and not wrong, 'fr is set as French is', '\n'.join(wrong))


# The properties and attributes of .ui files that people see or hear.
SEEN = {'label', 'title', 'subtitle', 'description', 'tooltip-text', 'placeholder-text', 'text',
        'heading', 'body', 'summary', 'message', 'accessibility-label'}


def check_templates():
    unmarked = []
    for name in sources('.ui'):
        for element in ElementTree.parse(SOURCE / name).iter():
            if element.tag in ('property', 'attribute') and element.get('name') in SEEN \
               and element.get('translatable') != 'yes' and re.search(r'[A-Za-z]{2}', element.text or ''):
                unmarked.append(f'{name}: {element.text}')
    report(not unmarked, 'no text of a template is left unmarked', '\n'.join(unmarked))


def check_settings():
    schema = (SOURCE / f'data/{APP}.gschema.xml').read_text()
    declared = set(re.findall(r'<key name="([^"]+)"', schema))
    code = '\n'.join((SOURCE / name).read_text() for name in sources('.c')
                     if name.startswith(('src/app/', 'src/panes/')))
    unread = {key for key in declared if f'"{key}"' not in code}
    report(declared and not unread, 'every setting is read by the program', '\n'.join(unread))
    named = set(re.findall(r'g_settings_(?:bind|get_\w+|set_\w+|create_action|reset)\s*\(\s*[^,()]+,'
                           r'\s*"([^"]+)"', code))
    report(named and named <= declared, 'every setting that is read is declared',
           '\n'.join(named - declared))
    with tempfile.TemporaryDirectory() as folder:
        tool('the GSettings schema compiles strictly', 'glib-compile-schemas', '--strict',
             '--targetdir', folder, SOURCE / 'data')


def documented_commands(page):
    """The commands that a page's “.It Cm” lines introduce; “|” stands between alternatives."""
    found = set()
    for line in re.findall(r'^\.It Cm (.*)$', page, re.M):
        words = re.split(r' (?=Ar|Fl|Op|Oo|Ns|Xo)\b', line)[0].split()
        if '|' not in words:
            found.add(' '.join(words))
            continue
        first = words.index('|') - 1
        found |= {' '.join(words[:first] + [word]) for word in words[first:] if word != '|'}
    return found


def own_commands(program, line):
    """@line: what a line looks like that introduces a command in the program’s own help."""
    usage = run(program, '--help').stdout
    return set(re.findall(line, usage.partition('Commands:')[2].partition('\n\n')[0], re.M))


def check_page(program, page_name, commands, helps):
    """@helps: each way to ask for help that tells of options."""
    page = (SOURCE / 'data/man' / page_name).read_text()
    if commands is not None:
        report(commands and documented_commands(page) == commands,
               f'{page_name} names every command',
               '\n'.join(sorted(documented_commands(page) ^ commands)))
    options = set()
    for words in helps:
        options |= set(re.findall(r'^  (?:-(\w), )?--([a-z][a-z-]*)', run(program, *words).stdout, re.M))
    absent = {name for short, name in options
              if not re.search(rf'Fl (?:\w , )?-{name}\b', page)
              and not (short and re.search(rf'Fl {short}\b', page))
              and not name.startswith(('help', 'version', 'gapplication', 'display'))}
    report(options and not absent, f'{page_name} names every option', '\n'.join(sorted(absent)))


def check_man_pages():
    pages = sorted((SOURCE / 'data/man').glob('*.[1-9]'))
    for page in pages:
        tool(f'{page.name} is clean mdoc', 'mandoc', '-T', 'lint', '-W', 'warning', page)
    expected = {'platen.1', 'platenctl.1', 'platen-demo.1', 'platen-package.5', 'platen-photo.5', 'platen.conf.5'}
    report(expected == {page.name for page in pages}, 'every program has its page')
    platenctl = BUILD / 'src/cli/platenctl'
    commands = own_commands(platenctl, r'^  ([a-z][a-z-]*(?: [a-z][a-z-]*){0,2}) ')
    check_page(platenctl, 'platenctl.1', commands,
               [['--help']] + [name.split() + ['--help'] for name in sorted(commands)])
    demo = BUILD / 'src/demo/platen-demo'
    check_page(demo, 'platen-demo.1', own_commands(demo, r'^  ([a-z][a-z-]*)(?: |$)'), [['--help']])
    check_page(BUILD / 'src/app/platen', 'platen.1', None, [['--help']])


def check_tree():
    top = {name.split('/')[0] for name in tracked()}
    strange = {name for name in top if name not in TOP_LEVEL and not name.startswith('.')}
    report(not strange and TOP_LEVEL <= top, 'the top level is as the design says',
           '\n'.join(strange | TOP_LEVEL - top))


def check_screenshots():
    metainfo = (BUILD / f'data/{APP}.metainfo.xml').read_text()
    named = set(re.findall(r'<image>https://[^<]*/screenshots/([a-z-]+\.png)</image>', metainfo))
    folder = SOURCE / 'data/screenshots'
    there = {path.name for path in folder.glob('*.png')} if folder.exists() else set()
    report(named and named == there, 'the screenshots that the metainfo names are in the tree',
           '\n'.join(sorted(named ^ there)))


def check_installation():
    with tempfile.TemporaryDirectory() as folder:
        done = run('meson', 'install', '-C', BUILD, '--no-rebuild', '--destdir', folder)
        report(done.returncode == 0, 'meson installs', done.stdout[-2000:] + done.stderr)
        files = {str(path.relative_to(folder)) for path in pathlib.Path(folder).rglob('*')
                 if path.is_file()}
        shared = {name.split('/share/', 1)[1] for name in files if '/share/' in name}
        expected = {f'applications/{APP}.desktop', f'metainfo/{APP}.metainfo.xml',
                    f'glib-2.0/schemas/{APP}.gschema.xml',
                    f'icons/hicolor/scalable/apps/{APP}.svg',
                    f'icons/hicolor/symbolic/apps/{APP}-symbolic.svg',
                    'man/man1/platen.1', 'man/man1/platenctl.1', 'man/man1/platen-demo.1',
                    'man/man5/platen.conf.5', 'locale/fr/LC_MESSAGES/platen.mo',
                    'platen/layouts/utopia-iso/layout.json'}
        expected |= {f'platen/schema/{path.name}' for path in (SOURCE / 'data/schema').glob('*.sql')}
        expected |= {f'platen/registries/examples/{path.name}'
                     for path in (SOURCE / 'data/registries/examples').glob('*')}
        report(expected <= shared, 'everything is installed where it is looked for',
               '\n'.join(sorted(expected - shared)))
        for program in ('platen', 'platenctl'):
            path = next((pathlib.Path(folder) / name for name in files
                         if name.endswith(f'/bin/{program}')), 'none')
            version = run(path, '--version')
            report(version.stdout.startswith(f'{program} '), f'{program} says its version',
                   version.stdout + version.stderr)


tool('the desktop file is valid', 'desktop-file-validate', BUILD / f'data/{APP}.desktop')
tool('the metainfo is valid', 'appstreamcli', 'validate', '--no-net', '--pedantic',
     BUILD / f'data/{APP}.metainfo.xml')
# It keeps its state in the folder that it runs in.
with tempfile.TemporaryDirectory() as state:
    tool('the Flatpak manifest is read by flatpak-builder', 'flatpak-builder', '--show-manifest',
         SOURCE / f'flatpak/{APP}.yaml', folder=state)
with tempfile.TemporaryDirectory() as pictures:
    for icon in sorted((SOURCE / 'data/icons').rglob('*.svg')):
        picture = pathlib.Path(pictures) / f'{icon.stem}.png'
        drawn = run('gdk-pixbuf-thumbnailer', '-s', '128', icon, picture)
        report(drawn.returncode == 0 and picture.exists() and picture.stat().st_size > 200,
               f'{icon.name} draws', drawn.stderr)
check_settings()
check_templates()
check_man_pages()
check_translations()
check_tree()
check_screenshots()
check_installation()
print(f'1..{count}')
sys.exit(failed > 0)
