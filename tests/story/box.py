# SPDX-License-Identifier: GPL-3.0-or-later
"""An office in a box for one test program: started in a folder of its own, stopped when the program
ends, and driven through platenctl as its staff would."""

import atexit
import base64
import contextlib
import hmac
import json
import os
import pathlib
import re
import secrets
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse

SOURCE = pathlib.Path(os.environ['PLATEN_SOURCE_ROOT'])
BUILD = pathlib.Path(os.environ['PLATEN_BUILD_ROOT'])
DEMO = BUILD / 'src/demo/platen-demo'
PLATENCTL = BUILD / 'src/cli/platenctl'
PLATEN = BUILD / 'src/app/platen'
# What PATH has first is a script that looks for this one, which takes longer than a query.
PSQL = shutil.which('psql', path=subprocess.run(['pg_config', '--bindir'], capture_output=True,
                                                text=True).stdout.strip()) or 'psql'
STAFF = ('anna', 'boris', 'chen', 'dora', 'emil', 'nora')
PRINTER = 'card-printer'


class Refused(Exception):
    """A command that ended with another status than 0."""

    def __init__(self, status, sentence):
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Hired:
    """A member of staff who was added while the box runs: password file and second factor."""

    def __init__(self, passfile, uri):
        self.passfile = passfile
        self.uri = uri
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(uri).query)
        secret = query['secret'][0]
        self.secret = base64.b32decode(secret + '=' * (-len(secret) % 8))
        self.period = 0

    def totp(self):
        """RFC 6238 with its defaults: SHA-1, 30 seconds, six digits. Each code is good once."""
        wait_for(lambda: int(time.time()) // 30 > self.period, 31)
        self.period = int(time.time()) // 30
        digest = hmac.digest(self.secret, struct.pack('>Q', self.period), 'sha1')
        offset = digest[-1] & 15
        number = struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7fffffff
        return f'{number % 1000000:06d}'


@contextlib.contextmanager
def pipe_with(line):
    """The read end of a pipe that holds @line: how secrets reach a program."""
    read, write = os.pipe()
    os.write(write, line.encode() + b'\n')
    os.close(write)
    try:
        yield read
    finally:
        os.close(read)


class Box:
    def __init__(self, citizens=300, budget_ms=20000, fees=False):
        """@fees: whether the office asks for any, so that a card is handed over only when it is paid.
        @budget_ms: what an answer of a registry may take. A story that is not about slow registries
        gives them time, because a busy machine makes them slow; None leaves what the box ships."""
        self.budget_ms = budget_ms
        # Short, because names of sockets end at 107 bytes.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='pb',
                                                    dir=os.environ.get('PLATEN_TEST_MEMORY')))
        self.environments = {}
        self.hired = {}
        self.signed_in = set()
        self.folder.chmod(0o755)
        self.box = self.folder / 'box'
        self.runtime = self.folder / 'run'
        self.runtime.mkdir(mode=0o700)
        self.environment = {**os.environ, 'PLATEN_SCHEMA_DIR': str(SOURCE / 'data/schema')}
        atexit.register(self.down)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: sys.exit(1))
        self.demo('up', '--citizens', str(citizens), *([] if fees else ['--no-fees']))

    def demo(self, *words):
        """Runs platen-demo on this box and returns what it printed."""
        done = subprocess.run([DEMO, *words, '--folder', self.box], capture_output=True, text=True,
                              env=self.environment, timeout=300)
        if done.returncode != 0:
            raise Refused(done.returncode, done.stderr.strip())
        if words[0] == 'up' and self.budget_ms is not None:
            self.give_time()
        return done.stdout

    def give_time(self):
        for path in (self.box / 'registries').glob('*.json'):
            adapter = json.loads(path.read_text())
            path.write_text(json.dumps({**adapter, 'budget_ms': self.budget_ms}))

    def down(self):
        if self.folder.exists():
            subprocess.run([DEMO, 'down', '--folder', self.box], capture_output=True,
                           env=self.environment)
            shutil.rmtree(self.folder, ignore_errors=True)

    def env(self, login):
        """The environment in which @login works at this box."""
        if login not in self.environments:
            told = self.demo('env', login if login in STAFF else 'anna')
            environment = dict(self.environment)
            environment.update(re.findall(r"^export (\w+)='?([^'\n]*)'?$", told, re.M))
            # Each member of staff sits at a machine of their own: sessions are kept apart.
            own = self.runtime / login
            own.mkdir(mode=0o700)
            environment.update(XDG_RUNTIME_DIR=str(own), PGUSER=login)
            if login in self.hired:
                environment['PGPASSFILE'] = str(self.hired[login].passfile)
            self.environments[login] = environment
        return self.environments[login]

    def totp(self, login):
        if login in self.hired:
            return self.hired[login].totp()
        return self.demo('totp', '--fresh', login).strip()

    def hire(self, login, name, *roles):
        """A new member of staff, added by the administrator as one is."""
        password = secrets.token_urlsafe(18)
        words = [word for role in roles for word in ('--role', role)]
        with pipe_with(password) as read:
            added = self.ctl('emil', 'staff', 'add', login, '--name', name, '--office', 'UC', *words,
                             '--password-fd', read, pass_fds=[read])
        passfile = self.runtime / f'{login}.pgpass'
        passfile.touch(mode=0o600)
        passfile.write_text(f'*:*:*:{login}:{password}\n')
        self.hired[login] = Hired(passfile, added['second_factor'])

    def sign_in(self, login):
        """Opens the session that the commands of @login resume; the code goes through a pipe."""
        with pipe_with(self.totp(login)) as read:
            done = subprocess.run([PLATENCTL, '--totp-fd', str(read), 'sign-in'], text=True,
                                  env=self.env(login), capture_output=True, pass_fds=[read],
                                  timeout=60)
        if done.returncode != 0:
            raise Refused(done.returncode, done.stderr.strip())
        self.signed_in.add(login)

    def popen(self, login, *words, extra=None, json_wanted=True, **options):
        """platenctl as @login, who is signed in first if need be."""
        if login not in self.signed_in:
            self.sign_in(login)
        return subprocess.Popen([PLATENCTL, *(['--json'] if json_wanted else []),
                                 *(word if isinstance(word, bytes) else str(word)
                                   for word in words)],
                                env={**self.env(login), **(extra or {})}, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def run(self, login, *words, **options):
        """Runs one command to its end: status, standard output, standard error."""
        process = self.popen(login, *words, **options)
        out, err = process.communicate(timeout=180)
        return process.returncode, out.decode(), err.decode()

    def ctl(self, login, *words, **options):
        """Runs one command, returns its JSON, raises Refused with its sentence."""
        status, out, err = self.run(login, *words, **options)
        if status != 0:
            raise Refused(status, err.strip())
        return json.loads(out) if out.strip() else None

    def refused(self, login, *words, **options):
        """The sentence with which a command is refused; fails if it is not: exit status 1 and one
        line on standard error, which is a sentence."""
        status, out, err = self.run(login, *words, **options)
        if status != 1:
            raise AssertionError(f'{words}: exit status {status}, not 1: {out[:500]}{err}')
        if not re.fullmatch(r'platenctl: \S[^\n]*[.)”]\n', err):
            raise AssertionError(f'{words}: not one sentence: {err!r}')
        return err[len('platenctl: '):-1]

    def submitted(self, id_number, *words, type_='renewal', photo=True):
        """An application of the clerk's, with the pictures it needs, handed to the supervisor."""
        number = self.ctl('anna', 'application', 'new', id_number, '--type', type_, *words)['number']
        self.ctl('anna', 'application', 'set', number, '--photo', self.portrait(id_number),
                 '--signature', self.signature(id_number))
        return self.ctl('anna', 'application', 'submit', number)['number']

    def approved(self, id_number, *words, **options):
        number = self.submitted(id_number, *words, **options)
        self.ctl('boris', 'application', 'approve', number)
        return number

    def multiply(self, number, n):
        """@n more people with an approved application like @number: what would take an office a day."""
        first = int(self.sql('SELECT max (id) FROM platen.application')[0][0]) + 1
        columns = {table: self.sql(f"""SELECT string_agg (column_name, ', ' ORDER BY ordinal_position)
                     FROM information_schema.columns WHERE table_schema = 'platen' AND table_name = '{table}'
                      AND is_generated = 'NEVER' AND column_name NOT IN ('application_id') AND is_identity = 'NO'""")[0][0]
                   for table in ('application', 'application_source', 'application_field', 'application_image', 'photo_check')}
        own = columns.pop('application').split(', ')
        given = {'number': "'UC-26-' || lpad ((:first + n)::text, 6, '0')", 'key': 'gen_random_uuid ()', 'id_number': 'i.id'}
        copies = ''.join(f"""INSERT INTO platen.{table} (application_id, {names}) SELECT a.id, {
                     ', '.join('c.' + name for name in names.split(', '))}
                     FROM platen.{table} c, platen.application a WHERE c.application_id = :model AND a.id >= :first;"""
                         for table, names in columns.items())
        statement = f"""SET session_replication_role = replica;
            INSERT INTO platen.application ({', '.join(own)})
            SELECT {', '.join(given.get(name, 'm.' + name) for name in own)}
              FROM platen.application m,
                   (SELECT row_number () OVER () - 1 AS n, i::text AS id FROM generate_series (60000000000 + :first * 40, 60000000000 + (:first + {n}) * 40) i
                     WHERE platen.is_id_number (i::text) LIMIT {n}) i
             WHERE m.id = :model;
            {copies}
            UPDATE platen.application_source s SET field_values = array_replace (s.field_values, m.id_number, a.id_number)
              FROM platen.application a, platen.application m WHERE s.application_id = a.id AND m.id = :model AND a.id >= :first;
            SET session_replication_role = origin;
            UPDATE platen.application SET state = 'submitted' WHERE id >= :first;
            UPDATE platen.application SET state = 'approved' WHERE id >= :first;"""
        model = self.sql(f"SELECT id FROM platen.application WHERE number = '{number}'")[0][0]
        self.sql(statement.replace(':first', str(first)).replace(':model', model))
        return [row[0] for row in self.sql(f'SELECT number FROM platen.application WHERE id >= {first} ORDER BY id')]

    def portrait(self, id_number):
        path = self.folder / f'{id_number}.jpg'
        if not path.exists():
            self.demo('portrait', id_number, '-o', str(path))
        return path

    def signature(self, id_number):
        path = self.folder / f'{id_number}.png'
        if not path.exists():
            self.demo('signature', id_number, '-o', str(path))
        return path

    def sql(self, statement, database='platen'):
        """What the owner of the cluster sees in the office's or a registry's database: lists of
        texts."""
        done = subprocess.run([PSQL, '-XAtq', '-F', '\t', '-h', str(self.box / 'pg'), '-U',
                               'postgres', '-d', database, '-v', 'ON_ERROR_STOP=1', '-c', statement],
                              capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise Refused(done.returncode, done.stderr.strip())
        return [line.split('\t') for line in done.stdout.splitlines()]

    def people(self):
        """The ID numbers of the citizens to try, by what they show."""
        kinds = {}
        for person in json.loads(self.demo('people', '--json')):
            kinds.setdefault(person['kind'], []).append(person['id_number'])
        return kinds

    def printed(self):
        """The files that came out of the printer, oldest first."""
        return sorted(pathlib.Path(line) for line in self.demo('printed').splitlines())

    def pages(self, pdf, dpi):
        """The pages of a PDF file as pictures, drawn by another's program."""
        stem = self.folder / f'{pdf.stem}-{dpi}'
        subprocess.run(['pdftoppm', '-r', str(dpi), '-png', pdf, stem], check=True,
                       stderr=subprocess.DEVNULL)
        return sorted(self.folder.glob(f'{stem.name}-*.png'))

    def read_qr(self, pdf):
        """The text of the QR code on a printed card, read from its picture by another's program."""
        for dpi in (450, 600, 300):
            for page in self.pages(pdf, dpi):
                done = subprocess.run(['zbarimg', '--quiet', '--raw', '-Sdisable', '-Sqrcode.enable',
                                       page], capture_output=True, text=True,
                                      env={**os.environ, 'DBUS_SYSTEM_BUS_ADDRESS': 'unix:path=/'})
                if done.stdout.strip('\n'):
                    return done.stdout.strip('\n')
        return None

    def read_pdf417(self, pdf):
        """The bytes of the PDF417 on a printed card, read from its picture by another's program."""
        for dpi in (600, 450, 300):
            for page in self.pages(pdf, dpi):
                told = subprocess.run(['ZXingReader', '-format', 'PDF417', page],
                                      capture_output=True, text=True, errors='replace').stdout
                found = re.search(r'^Bytes:\s+((?:[0-9A-F]{2} ?)+)$', told, re.M)
                if found:
                    return bytes.fromhex(found[1])
        return None


class Tap:
    """Test Anything Protocol, a line a claim; a failed claim ends the program, because a story's
    later steps stand on its earlier ones."""

    def __init__(self):
        self.count = 0

    def claim(self, passed, text, detail=''):
        self.count += 1
        print(f'{"ok" if passed else "not ok"} {self.count} {text}', flush=True)
        if not passed:
            print('\n'.join(f'# {line}' for line in str(detail).splitlines()[:40]), flush=True)
            self.end()
            sys.exit(1)
        return passed

    def end(self):
        print(f'1..{self.count}', flush=True)


def wait_for(condition, seconds=30):
    """Polls until @condition gives something true or the deadline has passed. A look at a whole window
    keeps a processor busy, so there is a pause twice as long as the look."""
    deadline = time.monotonic() + seconds
    while (began := time.monotonic()) < deadline:
        value = condition()
        if value:
            return value
        time.sleep(min(0.5, max(0.05, 2 * (time.monotonic() - began))))
    return condition()
