# SPDX-License-Identifier: GPL-3.0-or-later
"""Platen's window on a screen of its own: looked at through the accessibility bus, as a screen
reader would, and worked with keys alone. Nothing here moves or clicks a pointer."""

import atexit
import ctypes
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

from box import BUILD, PLATEN, Tap, wait_for
from scanner import ENTER, Scanner
from tree import Tree

PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None)

# Warnings of the accessibility library are not Platen's.
os.environ.pop('G_DEBUG', None)


def die_with_parent():
    """Run in a child before it becomes another program: killing the test leaves nothing behind."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Screen:
    """A virtual display and a session bus with accessibility, for as long as the test runs."""

    def __init__(self, width=1280, height=800):
        self.processes = []
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='pw'))
        atexit.register(self.end)
        self.display = ':' + self.start_and_read(
            lambda fd: ['Xvfb', '-displayfd', str(fd), '-screen', '0', f'{width}x{height}x24',
                        '-nolisten', 'tcp', '-noreset'])
        os.environ['DISPLAY'] = self.display
        os.environ['DBUS_SESSION_BUS_ADDRESS'] = self.start_and_read(
            lambda fd: ['dbus-daemon', '--session', '--nofork', '--nopidfile',
                        f'--print-address={fd}'])

    def start_and_read(self, command):
        """Starts a program that says on a descriptor where it listens; returns that line."""
        read, write = os.pipe()
        process = subprocess.Popen(command(write), pass_fds=[write], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, start_new_session=True,
                                   env={**os.environ, 'XDG_RUNTIME_DIR': str(self.folder)},
                                   preexec_fn=die_with_parent)
        os.close(write)
        self.processes.append(process)
        with os.fdopen(read) as lines:
            return lines.readline().strip()

    def end(self):
        for process in reversed(self.processes):
            try:
                # What the bus has started belongs to its process group.
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(5)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                process.kill()
        self.processes = []
        shutil.rmtree(self.folder, ignore_errors=True)

    def scale_text(self, scale):
        """How large text is in programs that start from now on; 2 is 200 %."""
        subprocess.run(['xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set',
                        'RESOURCE_MANAGER', f'Xft.dpi:\t{round(96 * scale)}'], check=True,
                       timeout=30, env={**os.environ, 'DISPLAY': self.display})

    def picture(self, path):
        """Writes what the screen shows to a PNG file."""
        subprocess.run(['import', '-window', 'root', path], check=False, timeout=30)

    def dots(self, area='700x560+200+120'):
        """What the dots of @area are; by default of the middle of the screen, where a card lies."""
        return subprocess.run(['import', '-window', 'root', '-crop', area, '-depth', '8', 'rgb:-'],
                              capture_output=True, timeout=30, check=True).stdout


def plain(name):
    """A name as people say it: GTK keeps the underscores of mnemonics in it."""
    return (name or '').replace('_', '')


class Window:
    """One run of the program. Waiting has a deadline everywhere; what is not found in time is None."""

    def __init__(self, screen, environment, *words, program=PLATEN, stdout=None, **options):
        import gi
        gi.require_version('Atspi', '2.0')
        from gi.repository import Atspi
        self.atspi = Atspi
        self.screen = screen
        self.scanner = Scanner(screen.display)
        self.log = tempfile.TemporaryFile(dir=screen.folder)
        # In process (suites panes and app) leaks are looked for. Here the file chooser brings two that
        # are not ours: GLib lets its table of quarks (16 KiB) go when there are more than 2048 of
        # them, and libcloudproviders an error for each data folder without cloud-providers. Stacks
        # long enough to suppress them by name make the window take minutes to start.
        environment = {**environment, 'DISPLAY': screen.display,
                       'ASAN_OPTIONS': f'{os.environ.get("ASAN_OPTIONS", "")}:detect_leaks=0',
                       'DBUS_SESSION_BUS_ADDRESS': os.environ['DBUS_SESSION_BUS_ADDRESS'],
                       'GSK_RENDERER': 'cairo', 'GDK_BACKEND': 'x11', 'GTK_A11Y': 'atspi',
                       'GTK_USE_PORTAL': '0',
                       'GSETTINGS_BACKEND': environment.get('GSETTINGS_BACKEND', 'memory'),
                       'GTK_CSD': '1', 'HOME': str(screen.folder),
                       # GTK 4.8 itself warns when a widget goes away that a reader looks at.
                       'G_DEBUG': ''}
        self.process = subprocess.Popen([program, *words], env=environment, stderr=self.log,
                                        stdout=stdout or self.log, preexec_fn=die_with_parent,
                                        **options)
        atexit.register(self.kill)
        self.root = wait_for(self.find_application, 30)
        if self.root is None:
            raise RuntimeError('the window did not come to the accessibility bus: ' + self.said())
        self.tree = Tree(self.process.pid)

    def find_application(self):
        desktop = self.atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            try:
                child = desktop.get_child_at_index(i)
                if child is not None and child.get_process_id() == self.process.pid:
                    return child
            except Exception:  # one that is just leaving the bus
                continue
        return None

    def said(self):
        """What the program wrote to its log."""
        self.log.seek(0)
        return self.log.read().decode(errors='replace')

    def complaints(self):
        """The warnings in it that are Platen's own."""
        return [line for line in self.said().splitlines()
                if ' plt-' in line and ('WARNING' in line or 'CRITICAL' in line)]

    # What is seen.

    def must_run(self):
        if self.has_ended():
            raise RuntimeError(f'the window ended by itself ({self.process.returncode}): '
                               + self.said())

    def walk(self, node=None, depth=0):
        """Every widget that is presented, from the top, as an accessible object. Costs a hundred times
        what look() does."""
        if node is None:
            self.must_run()
        node = node or self.root
        try:
            yield node
            if depth > 60:
                return
            for i in range(node.get_child_count()):
                child = node.get_child_at_index(i)
                if child is not None:
                    yield from self.walk(child, depth + 1)
        except Exception:  # a widget that went away while it was looked at
            return

    def read(self):
        """Every widget that is presented, as the tree has them, and the way there."""
        self.must_run()
        return self.tree.read()

    def look(self, *roles):
        """(role, name) of every widget, or of those of @roles."""
        return [(widget.role, plain(widget.name)) for widget, _ in self.read()
                if not roles or widget.role in roles]

    def find(self, role, name):
        """The first widget of @role whose name contains @name."""
        meant = [way for widget, way in self.read() if self.means(role, name, widget.role, widget.name)]
        for way in meant:
            node = self.go(way, name)
            if node is not None:
                return node
        # A widget came or went between the reading and the way there.
        return self.search(role, name) if meant else None

    def search(self, role, name):
        for node in self.walk():
            try:
                if self.means(role, name, node.get_role_name(), node.get_name()):
                    return node
            except Exception:
                continue
        return None

    def means(self, role, name, its_role, its_name):
        return (role is None or its_role == role) and name in plain(its_name)

    def go(self, way, name):
        """The accessible object at the end of @way, if its name contains @name still."""
        try:
            node = self.root
            for index in way:
                node = node.get_child_at_index(index)
            return node if name in plain(node.get_name()) else None
        except Exception:  # something went away
            return None

    def shows(self, text, role=None, seconds=10):
        """Waits until some widget's name contains @text; returns that name."""
        node = wait_for(lambda: self.find(role, text), seconds)
        return plain(node.get_name()) if node is not None else None

    def hides(self, text, role=None, seconds=10):
        """Waits until no widget's name contains @text."""
        return wait_for(lambda: self.find(role, text) is None, seconds)

    def text_of(self, node):
        """What stands in a text entry."""
        return self.atspi.Text.get_text(node, 0, self.atspi.Text.get_character_count(node))

    def has_state(self, node, state):
        return node.get_state_set().contains(getattr(self.atspi.StateType, state))

    def can(self, role, name):
        """Whether the widget is there and sensitive."""
        node = self.find(role, name)
        return node is not None and self.has_state(node, 'SENSITIVE')

    def focused(self):
        """(role, name) of the widget that has the keyboard."""
        self.must_run()
        widget = self.tree.focused()
        return widget and (widget.role, plain(widget.name))

    def waits_at(self, name, role=None, seconds=10):
        """Waits until the keyboard is at the widget whose name contains @name."""
        def is_there():
            focus = self.focused()
            return focus and name in focus[1] and (role is None or role == focus[0])
        return wait_for(is_there, seconds)

    # What hands do.

    def key(self, *keys):
        self.xdotool('key', '--clearmodifiers', *keys)

    def type(self, text, pause='0.2'):
        """What a person types into the field that has the keyboard; ASCII. It comes as fast as a
        scanner's, but the @pause before the next key is a person's, else it would be a scan."""
        self.xdotool('type', '--clearmodifiers', '--delay', '3', '--args', '1', '--', text, 'sleep', pause)

    def scan(self, text):
        """What a scanner types, wherever the keyboard is, and Enter; then what it is recognised by: the pause
        behind it."""
        self.scanner.scan(text + ENTER)
        self.xdotool('sleep', '0.5')

    def read_back(self, code, serial):
        """Scans both that is read of a card, the second as soon as the window asks for it."""
        self.scan(code)
        self.shows('the serial of its blank was not read', 'alert', 20)
        self.scan(serial)

    def layout(self, name):
        """What is printed on the keys from now on."""
        subprocess.run(['setxkbmap', name], check=True, timeout=30,
                       env={**os.environ, 'DISPLAY': self.screen.display})

    def xdotool(self, *words):
        subprocess.run(['xdotool', *words], check=True, timeout=60,
                       env={**os.environ, 'DISPLAY': self.screen.display})

    def command(self, text):
        """The command bar: Ctrl+K, the text, Enter."""
        self.key('ctrl+k')
        self.waits_at('Command')
        self.key('ctrl+a')
        self.type(text)
        self.key('Return')

    def sign_in(self, box, login, waits='Command'):
        """Types name, password and code of a member of the box's staff; waits for the office, or for where
        that person was typing when the program ended."""
        hired = box.hired.get(login)
        passfile = hired.passfile if hired else box.box / 'secrets/pgpass'
        lines = passfile.read_text().splitlines()
        password = next(line.split(':')[4] for line in lines if line.split(':')[3] == login)
        self.waits_at('')
        for _ in range(10):
            if (self.focused() or ('', ''))[1].startswith('Name'):
                break
            self.key('shift+Tab')
        for text in (login, password, box.totp(login)):
            self.key('ctrl+a')
            self.type(text, pause='0')
            self.key('Tab')
        self.key('shift+Tab', 'Return')
        return self.waits_at(waits, seconds=20)

    def windows(self):
        """The X windows that the program shows, oldest first."""
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', 'platen'],
                               env={**os.environ, 'DISPLAY': self.screen.display},
                               capture_output=True, text=True, timeout=30).stdout.split()
        return sorted(map(int, found))

    def focus_newest(self):
        """There is no window manager to do it: gives the keyboard to the newest window. While another
        one goes away xdotool may find none at all."""
        self.xdotool('windowfocus', '--sync', str(wait_for(self.windows, 20)[-1]))

    def choose_file(self, path):
        """In the file chooser that opens: the path, by keys. GTK 4.8 does not survive being looked
        at while a file chooser goes away, so nothing is read here."""
        if wait_for(lambda: len(self.windows()) > 1, 10):
            self.focus_newest()
            self.key('ctrl+l')
            self.type(str(path))
            self.key('Return')
            # The first one may only have closed what the chooser offers below its entry.
            if not wait_for(lambda: len(self.windows()) == 1, 5):
                self.key('Return')
                wait_for(lambda: len(self.windows()) == 1, 10)
        self.focus_newest()

    def sign_out(self):
        self.key('ctrl+shift+q')
        return self.waits_at('Password')

    # How it ends.

    def quit(self, seconds=20):
        """Quits as a person would; returns the exit status."""
        self.key('ctrl+q')
        return self.process.wait(seconds)

    def has_ended(self):
        return self.process.poll() is not None

    def kill(self):
        """The power goes."""
        if not self.has_ended():
            self.process.kill()
            self.process.wait()


class Story(Tap):
    """Claims, with a picture of the screen at each that fails."""

    def __init__(self, name, screen):
        super().__init__()
        self.screen = screen
        self.folder = BUILD / 'tests/story' / ('pictures-' + name)
        shutil.rmtree(self.folder, ignore_errors=True)

    def claim(self, passed, text, detail=''):
        if not passed:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.screen.picture(self.folder / f'{self.count + 1:02}.png')
            print(f'# the screen at that claim: {self.folder}', flush=True)
        super().claim(passed, text, detail)
