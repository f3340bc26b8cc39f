# SPDX-License-Identifier: GPL-3.0-or-later
"""What befalls the servers of an office in a box: they are killed, held, or kept waiting by a lock."""

import os
import pathlib
import signal
import subprocess

from box import wait_for


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
        self.process = subprocess.Popen(['psql', '-XAtq', '-h', str(box.box / 'pg'), '-U', 'postgres',
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
