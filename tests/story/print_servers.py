# SPDX-License-Identifier: GPL-3.0-or-later
"""A print server of an office beside that of the box: a real cupsd (CUPS 2.4) in a folder of its own, which speaks TLS
with a certificate that it makes itself, and asks for passwords where it is told to."""

import atexit
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile

from box import wait_for

FILES = """SystemGroup root lpadmin
AccessLog {d}/log/access_log
ErrorLog {d}/log/error_log
PageLog {d}/log/page_log
CacheDir {d}/cache
StateDir {d}/run
RequestRoot {d}/spool
TempDir {d}/spool/tmp
ServerRoot {d}/etc
ServerKeychain {d}/etc/ssl
Printcap
"""

SETTINGS = """LogLevel info
Listen 127.0.0.1:{port}
Browsing No
DefaultShared Yes
WebInterface No
PreserveJobHistory Yes
PreserveJobFiles No
MaxJobTime 0
ErrorPolicy stop-printer
DirtyCleanInterval 0
DefaultEncryption {encryption}
<Location />
Order allow,deny
Allow from 127.0.0.1
</Location>
<Policy default>
JobPrivateAccess all
JobPrivateValues none
SubscriptionPrivateAccess all
SubscriptionPrivateValues none
{limits}<Limit All>
Order allow,deny
</Limit>
</Policy>
"""

JOBS = """{ OPERATION Get-Jobs GROUP operation-attributes-tag ATTR charset attributes-charset utf-8
ATTR naturalLanguage attributes-natural-language en ATTR uri printer-uri $uri ATTR name requesting-user-name root
ATTR keyword which-jobs all ATTR keyword requested-attributes job-id,job-name,job-state }
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


# Who prints is asked for a password; who only asks is not (cupsd.conf(5)).
ASKS = """<Limit Create-Job Print-Job Send-Document Validate-Job>
AuthType Basic
Require valid-user
Order deny,allow
</Limit>
"""


def first_device(box):
    """The address of the virtual printer of @box."""
    state = (box.box / 'printer/printer.ini').read_text()
    return f"ipp://127.0.0.1:{re.search('^.device .*?^port=([0-9]+)', state, re.S | re.M)[1]}/ipp/print"


class PrintServer:
    def __init__(self, passwords=None):
        """@passwords: of users, who have to tell them."""
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='platen-cups-'))
        self.port = free_port()
        self.environment = {**os.environ, 'HOME': str(self.folder)}
        for name, mode in (('', 0o755), ('etc', 0o755), ('etc/ppd', 0o755), ('etc/ssl', 0o700), ('run', 0o755), ('run/certs', 0o755),
                           ('cache', 0o775), ('spool', 0o711), ('spool/tmp', 0o1777), ('log', 0o755)):
            (self.folder / name).mkdir(exist_ok=True)
            (self.folder / name).chmod(mode)
        (self.folder / 'etc/cups-files.conf').write_text(FILES.format(d=self.folder))
        (self.folder / 'etc/cupsd.conf').write_text(SETTINGS.format(port=self.port, limits=ASKS if passwords else '',
                                                                    encryption='IfRequested' if passwords else 'Never'))
        if passwords:
            self.ask_passwords(passwords)
        self.process = None
        atexit.register(self.remove)
        self.start()

    def ask_passwords(self, passwords):
        """cupsd asks PAM for them, whose module is pam_matrix(8) here, and whose folder of services is ours (pam_wrapper(1))."""
        services = self.folder / 'pam'
        services.mkdir()
        matrix = next(pathlib.Path('/usr/lib').glob('*/pam_wrapper/pam_matrix.so'))
        (services / 'cups').write_text(''.join(f'{kind} required {matrix} passdb={self.folder}/passwords\n'
                                               for kind in ('auth', 'account')))
        self.set_passwords(passwords)
        self.environment.update(LD_PRELOAD='libpam_wrapper.so', PAM_WRAPPER='1', PAM_WRAPPER_SERVICE_DIR=str(services))

    def set_passwords(self, passwords):
        (self.folder / 'passwords').write_text(''.join(f'{user}:{password}:cups\n' for user, password in passwords.items()))

    @property
    def address(self):
        return f'127.0.0.1:{self.port}'

    def uri(self, queue, user=''):
        return f'ipps://{user}{self.address}/printers/{queue}'

    def start(self):
        self.process = subprocess.Popen(['/usr/sbin/cupsd', '-f', '-c', self.folder / 'etc/cupsd.conf', '-s',
                                         self.folder / 'etc/cups-files.conf'], env=self.environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        if not wait_for(self.answers):
            raise AssertionError(f'cupsd does not begin: {self.log()[-2000:]}')

    def answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(('127.0.0.1', self.port)) == 0

    def kill(self):
        """With what it has started: back ends lead groups of their own in its session."""
        for entry in pathlib.Path('/proc').glob('[0-9]*'):
            try:
                if int((entry / 'stat').read_text().rpartition(')')[2].split()[3]) == self.process.pid:
                    os.kill(int(entry.name), signal.SIGKILL)
            except OSError:
                pass  # gone meanwhile
        self.process.wait()

    def remove(self):
        if self.process is not None and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def forget_certificate(self):
        """It makes another one when it is asked for it."""
        for path in (self.folder / 'etc/ssl').iterdir():
            path.unlink()

    def trust_again(self, queue):
        """Forgets the certificates that other servers have shown to its back ends, as an administrator does."""
        for path in self.folder.rglob('.cups/ssl/*.crt'):
            path.unlink()
        subprocess.run(['cupsenable', '-h', self.address, queue], check=True)

    def log(self):
        path = self.folder / 'log/error_log'
        return path.read_text(errors='replace') if path.exists() else ''

    def lpadmin(self, *words):
        subprocess.run(['/usr/sbin/lpadmin', '-h', self.address, *words], check=True, stderr=subprocess.DEVNULL)

    def add(self, queue, uri):
        self.lpadmin('-p', queue, '-E', '-v', uri, '-m', 'everywhere', '-o', 'printer-error-policy=stop-printer')

    def ask_jobs(self):
        """number, name and state of each job that it knows"""
        test = self.folder / 'jobs.test'
        test.write_text(JOBS)
        told = subprocess.run(['ipptool', '-tv', f'ipp://{self.address}/', test], text=True, capture_output=True).stdout
        return list(zip(*(re.findall(rf'{name} \([^)]*\) = (.*)', told) for name in ('job-id', 'job-name', 'job-state'))))

    def jobs(self):
        return [(name, state) for _, name, state in self.ask_jobs()]

    def release(self, card):
        """Lets the held job of @card go."""
        for number, name, _ in self.ask_jobs():
            if f'platen:{card}:' in name:
                subprocess.run(['lp', '-h', self.address, '-i', number, '-H', 'resume'], check=True, stdout=subprocess.DEVNULL)
