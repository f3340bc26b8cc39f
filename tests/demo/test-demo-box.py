#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The office in a box as a whole, from outside: it starts, answers, refuses, misbehaves as told,
repairs itself, stays out of the way of a second one, and leaves nothing behind. As whoever calls
and, when that is root, as an ordinary user too."""

import json
import os
import pathlib
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

BUILD = pathlib.Path(os.environ['PLATEN_BUILD_ROOT'])
DEMO = BUILD / 'src/demo/platen-demo'
NOBODY = ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups', '--reset-env', 'env',
          'PLATEN_SOURCE_ROOT=' + os.environ['PLATEN_SOURCE_ROOT'], 'LC_ALL=C.UTF-8',
          # What the sanitizers are to know, of a build that has them.
          *(f'{name}={value}' for name, value in os.environ.items() if name.endswith('SAN_OPTIONS'))]
count = failures = 0


def check(truth, claim):
    global count, failures
    count += 1
    failures += not truth
    print(f'{"ok" if truth else "not ok"} {count} - {claim}', flush=True)


class Box:
    def __init__(self, prefix=()):
        self.prefix = list(prefix)
        self.top = pathlib.Path(tempfile.mkdtemp(prefix='pd'))
        self.top.chmod(0o1777)
        self.folder = self.top / 'box'
        if prefix:
            self.prefix += ['HOME=' + str(self.top), 'TMPDIR=' + str(self.top)]

    def run(self, *words):
        return subprocess.run([*self.prefix, DEMO, '--folder', self.folder, *words],
                              capture_output=True, text=True, timeout=300)

    def text(self, name):
        return (self.folder / name).read_text().strip()

    def pid(self, source):
        return int(self.text(f'run/{source}.pid').split()[0])

    def ask(self, source, id_number, credentials=True, timeout=10):
        """Returns status and body; status 0 when there was no whole answer."""
        adapter = json.loads(self.text(f'registries/{source}.json'))
        context = ssl.create_default_context(cafile=self.folder / 'tls/registry-ca.pem')
        url = adapter['url'].replace('{id_number}', id_number)
        headers = {}
        if source == 'driver':
            url += '?citizen=' + id_number
            headers['Authorization'] = 'Bearer ' + (self.text('secrets/driver.token')
                                                    if credentials else 'wrong')
        elif source == 'infringement':
            headers['X-Api-Key'] = self.text('secrets/infringement.key') if credentials else 'wrong'
        elif credentials:
            context.load_cert_chain(self.folder / 'tls/platen.pem', self.folder / 'tls/platen.key')
        request = urllib.request.Request(url, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=timeout, context=context) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read()
        except OSError:
            return 0, b''
        except Exception:  # http.client.IncompleteRead and its like
            return 0, b''

    def query(self, database, statement):
        return subprocess.run([*self.prefix, 'psql', '-h', self.folder / 'pg', '-U', 'postgres',
                               '-d', database, '-AtX', '-c', statement], check=True,
                              capture_output=True, text=True).stdout.strip()

    def processes(self):
        """Everything alive that names the box in its command line or its working folder."""
        found = []
        for entry in pathlib.Path('/proc').glob('[0-9]*'):
            try:
                words = (entry / 'cmdline').read_bytes().decode(errors='replace')
            except OSError:
                continue
            if str(self.folder) in words and int(entry.name) != os.getpid():
                found.append(words.replace('\0', ' '))
        return found

    def remove(self):
        self.run('down')
        shutil.rmtree(self.top, ignore_errors=True)


SOURCES = ('identity', 'driver', 'infringement')
EXPECTED = ['renewal'] * 3 + ['first_licence'] * 2 + [
    'birth_date', 'suspended', 'deceased', 'under_age', 'longest_names'] + ['two_scripts'] * 4 + [
    'not_in_identity', 'unpaid', 'medical', 'family_name', 'old_address', 'diacritics']


def check_people(box, who):
    people = json.loads(box.run('people', '--json').stdout)
    by_kind = {person['kind']: person['id_number'] for person in people}
    check([person['kind'] for person in people] == EXPECTED,
          f'{who}: the people to try are what they are said to be')
    check(box.query('identity', "select born_on from person where id = '%s'"
                    % by_kind['birth_date']) !=
          box.query('driver', "select birth from driver where citizen = '%s'"
                    % by_kind['birth_date']), f'{who}: the birth dates conflict')
    check(box.query('driver', "select status = 'S' and suspended_until > current_date from driver"
                    " where citizen = '%s'" % by_kind['suspended']) == 't',
          f'{who}: the suspended driver is suspended')
    check(box.query('identity', "select count(*) from person where id = '%s'"
                    % by_kind['not_in_identity']) == '0', f'{who}: the missing person is missing')
    return by_kind


def check_registries(box, who, by_kind):
    renewal = by_kind['renewal']
    for source in SOURCES:
        status, body = box.ask(source, renewal)
        check(status == 200 and renewal in body.decode(), f'{who}: {source} answers over TLS')
        check(box.ask(source, renewal, credentials=False)[0] in (401, 403),
              f'{who}: {source} refuses wrong credentials')
    check(box.ask('identity', by_kind['not_in_identity'])[0] == 404,
          f'{who}: identity does not know a stranger')
    check(json.loads(box.ask('driver', by_kind['first_licence'])[1])['citizen'] is None,
          f'{who}: driver says null of a stranger')


def check_faults(box, who, renewal):
    whole = box.ask('infringement', renewal)

    def under(fault):
        done = box.run('registry-fault', 'infringement', fault)
        assert done.returncode == 0, done.stderr
        return box.ask('infringement', renewal)

    before = time.monotonic()
    check(under('slow:400') == whole and time.monotonic() - before >= 0.4, f'{who}: slow is slow')
    status, body = under('nonsense')
    check(status == 200 and body.startswith(b'<!DOCTYPE'), f'{who}: nonsense is a page')
    check(under('truncated')[0] == 0, f'{who}: truncated breaks off')
    status, body = under('huge')
    check(status == 200 and len(body) >= 100_000_000 and json.loads(body), f'{who}: huge is huge')
    status, body = under('non-utf8')
    try:
        body.decode()
        check(False, f'{who}: non-utf8 is no UTF-8')
    except UnicodeDecodeError:
        check(status == 200, f'{who}: non-utf8 is no UTF-8')
    check(under('refuse')[0] == 403, f'{who}: refuse refuses')
    check(under('down')[0] == 0, f'{who}: down is down')
    check(under('none') == whole, f'{who}: none is as before')
    check(box.run('registry-fault', 'infringement', 'tired').returncode == 2,
          f'{who}: a fault that does not exist is wrong usage')


def check_staff(box, who):
    passfile = dict(line.split(':')[3:] for line in box.text('secrets/pgpass').splitlines())

    def sign_in(login, code, password=None):
        return subprocess.run(['psql', '-h', box.folder / 'pg', '-U', login, '-d', 'platen', '-AtX',
                               '-c', f"select staff_name, roles from api.open_session('{code}',"
                               " 'Test')"], capture_output=True, text=True,
                              env={**os.environ, 'PGPASSWORD': password or passfile[login]})

    code = box.run('totp', 'anna').stdout.strip()
    check(sign_in('anna', code).stdout.strip() == 'Anna Berg|{clerk}',
          f'{who}: anna signs in with password and code')
    check(sign_in('anna', code).returncode != 0, f'{who}: a code works once')
    check(sign_in('anna', '000000', 'wrong').returncode != 0, f'{who}: a wrong password does not')
    fresh = box.run('totp', '--fresh', 'anna').stdout.strip()
    check(fresh != code and sign_in('anna', fresh).returncode == 0, f'{who}: a fresh code works')
    check(box.query('platen', "select blanks from platen.office o, lateral (select count(*) blanks"
                    " from platen.blank b where b.office_code = o.code) b where code = 'UC'")
          == '500', f'{who}: 500 blanks are in stock')


def check_repair(box, who, renewal):
    pid, port = box.pid('driver'), json.loads(box.text('registries/driver.json'))['url']
    os.kill(pid, signal.SIGKILL)
    while os.path.exists(f'/proc/{pid}') and 'Z' not in \
            pathlib.Path(f'/proc/{pid}/stat').read_text().rsplit(')', 1)[1].split()[0]:
        time.sleep(0.01)
    check(box.run('status').returncode == 1, f'{who}: status sees that a registry died')
    check(box.run('up').returncode == 0 and box.ask('driver', renewal)[0] == 200,
          f'{who}: up repairs it')
    check(json.loads(box.text('registries/driver.json'))['url'] == port,
          f'{who}: it has its old port')
    postmaster = int((box.folder / 'pg/data/postmaster.pid').read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    check(box.run('up').returncode == 0 and box.ask('driver', renewal)[0] == 200,
          f'{who}: up repairs a killed database')


def check_box(box, who):
    started = box.run('up', '--citizens', '500')
    check(started.returncode == 0, f'{who}: the office starts {started.stderr.strip()}')
    if started.returncode:
        return
    check(box.query('identity', 'select count(*) > 450 from person') == 't',
          f'{who}: it has citizens')
    before = time.monotonic()
    check(box.run('up').returncode == 0 and time.monotonic() - before < 20,
          f'{who}: a second start is quick')
    for words in (('--citizens', '-1'), ('--citizens', '19'), ('--seed', '-1'),
                  *(('--folder', f'/tmp/a{character}b') for character in '\'",$\\\n')):
        told = box.run('up', *words)
        check(told.returncode == 2 and told.stderr.startswith('platen-demo: '),
              f'{who}: {words!r} is wrong usage')
    for words in (('power', 'nope', 'on'), ('power', 'nope', 'off'), ('stop', 'nope'), ('unload', 'nope'),
                  ('start', '--instances', '0'), ('start', '--instances', '1000'),
                  ('fault', 'card-printer', 'slow:soon'), ('fault', 'card-printer', 'jammed')):
        told = box.run('printer', *words)
        check(told.returncode == 2 and told.stderr.startswith('platen-demo: '),
              f'{who}: printer {words!r} is wrong usage')
    check(box.run('up', '--citizens', '600').returncode == 2,
          f'{who}: another number of citizens is refused')
    by_kind = check_people(box, who)
    check_registries(box, who, by_kind)
    check_faults(box, who, by_kind['renewal'])
    check_staff(box, who)
    check_repair(box, who, by_kind['renewal'])


def check_end(box, who):
    pids = [box.pid(source) for source in SOURCES]
    check(box.run('down').returncode == 0, f'{who}: the office ends')
    check(not box.folder.exists(), f'{who}: its folder is gone')
    check(not box.processes(), f'{who}: no process is left {box.processes()}')
    check(not any(os.path.exists(f'/proc/{pid}') and b'serve' in
                  pathlib.Path(f'/proc/{pid}/cmdline').read_bytes() for pid in pids),
          f'{who}: no registry is left')
    check(box.run('down').returncode == 1, f'{who}: there is nothing more to end')


def check_interrupt(who, prefix=()):
    box = Box(prefix)
    process = subprocess.Popen([*box.prefix, DEMO, 'up', '--folder', box.folder, '--citizens',
                                '200000'], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while not (box.folder / 'pg/data/postmaster.pid').exists() and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    check(process.returncode == 1 and not box.folder.exists() and not box.processes(),
          f'{who}: an interrupted start leaves nothing')
    box.remove()


def main():
    users = [('caller', ())]
    if os.getuid() == 0:
        users.append(('ordinary user', NOBODY))
    boxes = [(Box(prefix), who) for who, prefix in users]
    try:
        for box, who in boxes:
            check_box(box, who)
        for box, who in boxes:
            if box.folder.exists():
                check_end(box, who)
        for who, prefix in users:
            check_interrupt(who, prefix)
    finally:
        for box, _ in boxes:
            box.remove()
    print(f'1..{count}')
    sys.exit(failures > 0)


main()
