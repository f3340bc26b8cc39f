# SPDX-License-Identifier: GPL-3.0-or-later
"""What befalls the servers of an office in a box: they are killed, held, or kept waiting by a lock."""

import os
import pathlib
import signal
import socket
import subprocess
import threading
import urllib.parse

from box import PSQL, wait_for


def processes_below(pid):
    """The process and all that it has started."""
    found = [pid]
    for stat in pathlib.Path('/proc').glob('[0-9]*/stat'):
        try:
            fields = stat.read_text(errors='replace').rsplit(')', 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found += processes_below(int(stat.parent.name))
    return found


def send(pids, number):
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass


def postmaster(box):
    return int((box.box / 'pg/data/postmaster.pid').read_text().split()[0])


def kill_database(box):
    """The postmaster and all its backends at once, as a power cut does."""
    send(processes_below(postmaster(box)), signal.SIGKILL)


class Held:
    """A server that does nothing for a while: it is there, and it does not answer."""

    def __init__(self, pid):
        self.pids = processes_below(pid)

    def __enter__(self):
        send(self.pids, signal.SIGSTOP)

    def __exit__(self, *_):
        send(self.pids, signal.SIGCONT)


class Blocker:
    """Another connection that holds what the next statement needs, so that something can happen
    while that statement is under way."""

    def __init__(self, box, statement):
        self.box = box
        self.process = subprocess.Popen([PSQL, '-XAtq', '-h', str(box.box / 'pg'), '-U', 'postgres',
                                         '-d', 'platen'], stdin=subprocess.PIPE, text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.process.stdin.write(f'BEGIN; {statement};\n\\echo held\n')
        self.process.stdin.flush()
        while self.process.stdout.readline() != 'held\n':
            assert self.process.poll() is None

    def wait_until_in_the_way(self):
        return wait_for(lambda: self.box.sql("SELECT 1 FROM pg_stat_activity WHERE wait_event_type ="
                                             " 'Lock' AND usename <> 'postgres'"), 20)

    def end(self, last='ROLLBACK'):
        """Lets the statement go on; also when the server is gone."""
        try:
            self.process.communicate(f'{last};\n', timeout=20)
        except BrokenPipeError:
            self.process.wait(timeout=20)


class Cable:
    """Between a desk and the database: what is sent goes through until the cable is cut. The server
    then still does what it was told, and nobody hears its answer."""

    NAME = '.s.PGSQL.5432'

    def __init__(self, box):
        self.target = str(box.box / 'pg' / self.NAME)
        self.folder = box.runtime / 'cable'
        self.folder.mkdir()
        self.links = []
        self.box = box
        self.plug_in()

    def env(self, login):
        """The environment in which @login works at the other end of the cable."""
        environment = self.box.env(login)
        config = pathlib.Path(environment['PLATEN_CONFIG']).read_text()
        there = urllib.parse.quote(str(self.box.box / 'pg'), safe='')
        here = urllib.parse.quote(str(self.folder), safe='')
        assert there in config
        path = self.folder / 'platen.conf'
        path.write_text(config.replace(there, here))
        return {**environment, 'PLATEN_CONFIG': str(path)}

    def plug_in(self):
        """Connections can be made (again)."""
        path = self.folder / self.NAME
        path.unlink(missing_ok=True)
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(path))
        self.socket.listen()
        threading.Thread(target=self.accept, args=[self.socket], daemon=True).start()

    def accept(self, listening):
        while True:
            try:
                near, _ = listening.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            try:
                far.connect(self.target)
            except OSError:
                near.close()
                continue
            self.links += [near, far]
            for ends in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=ends, daemon=True).start()

    @staticmethod
    def carry(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def cut(self):
        """The desk's end is gone at once; the server notices when it has something to say."""
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        for near in self.links[::2]:
            near.shutdown(socket.SHUT_RDWR)
        self.links = []
