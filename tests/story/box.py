# SPDX-License-Identifier: GPL-3.0-or-later
"""An office in a box for one test program: started in a folder of its own, stopped when the program
ends, and driven through platenctl as its staff would."""

import atexit
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(os.environ['PLATEN_SOURCE_ROOT'])
BUILD = pathlib.Path(os.environ['PLATEN_BUILD_ROOT'])
DEMO = BUILD / 'src/demo/platen-demo'
PLATENCTL = BUILD / 'src/cli/platenctl'
PLATEN = BUILD / 'src/app/platen'


class Refused(Exception):
    """A command that ended with another status than 0."""

    def __init__(self, status, sentence):
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Box:
    def __init__(self, citizens=300):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='pb'))
        self.folder.chmod(0o755)
        self.box = self.folder / 'box'
        self.runtime = self.folder / 'run'
        self.runtime.mkdir(mode=0o700)
        self.environment = dict(os.environ)
        atexit.register(self.down)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: sys.exit(1))
        self.demo('up', '--citizens', str(citizens))

    def demo(self, *words):
        """Runs platen-demo on this box and returns what it printed."""
        done = subprocess.run([DEMO, *words, '--folder', self.box], capture_output=True, text=True,
                              env=self.environment, timeout=300)
        if done.returncode != 0:
            raise Refused(done.returncode, done.stderr.strip())
        return done.stdout

    def down(self):
        if self.folder.exists():
            subprocess.run([DEMO, 'down', '--folder', self.box], capture_output=True,
                           env=self.environment)
            shutil.rmtree(self.folder, ignore_errors=True)

    def env(self, login):
        """The environment in which @login works at this box."""
        environment = dict(self.environment)
        for name, value in re.findall(r"^export (\w+)='?([^'\n]*)'?$", self.demo('env', login),
                                      re.M):
            environment[name] = value
        # Each member of staff sits at a machine of their own: sessions are kept apart.
        own = self.runtime / login
        own.mkdir(mode=0o700, exist_ok=True)
        environment['XDG_RUNTIME_DIR'] = str(own)
        return environment

    def totp(self, login):
        return self.demo('totp', login).strip()

    def popen(self, login, *words, **options):
        """platenctl as @login; the code goes through a pipe, as it must."""
        read, write = os.pipe()
        os.write(write, self.totp(login).encode() + b'\n')
        os.close(write)
        process = subprocess.Popen([PLATENCTL, '--json', '--totp-fd', str(read), *map(str, words)],
                                   env={**self.env(login), **options.pop('extra', {})},
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   pass_fds=[read], **options)
        os.close(read)
        return process

    def ctl(self, login, *words, extra=None):
        """Runs one command, returns its JSON, raises Refused with its sentence."""
        process = self.popen(login, *words, extra=extra or {})
        out, err = process.communicate(timeout=180)
        if process.returncode != 0:
            raise Refused(process.returncode, err.strip())
        return json.loads(out) if out.strip() else None

    def refused(self, login, *words):
        """The sentence with which a command is refused; None if it was not."""
        try:
            self.ctl(login, *words)
        except Refused as refused:
            return refused.sentence
        return None

    def people(self):
        """The citizens to try, by what they show."""
        return {person['kind']: person for person in json.loads(self.demo('people', '--json'))}

    def printed(self):
        """The files that came out of the printer, oldest first."""
        return sorted(pathlib.Path(line) for line in self.demo('printed').split())

    def read_qr(self, pdf):
        """The text of the QR code on a printed card, read from its picture by another's program."""
        for dpi in (300, 450, 600):
            stem = self.folder / f'page-{dpi}'
            subprocess.run(['pdftoppm', '-r', str(dpi), '-png', pdf, stem], check=True)
            for page in sorted(self.folder.glob(f'page-{dpi}*.png')):
                done = subprocess.run(['zbarimg', '--quiet', '--raw', '-Sdisable', '-Sqrcode.enable',
                                       page], capture_output=True, text=True)
                if done.stdout.strip('\n'):
                    return done.stdout.strip('\n')
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

    def end(self):
        print(f'1..{self.count}', flush=True)


def wait_for(condition, seconds=30):
    """Polls until @condition gives something true or the deadline has passed."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    return condition()
