#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The issuer's keys in files: made, certified, followed by others, and every wrong order refused in words that
name what is wrong, with nothing written."""

import datetime
import json
import os
import pathlib
import subprocess
import tempfile

from claims import claim, end

PLATENCTL = pathlib.Path(os.environ['PLATEN_BUILD_ROOT']) / 'src/cli/platenctl'
os.umask(0o077)
folder = pathlib.Path(tempfile.mkdtemp(prefix='platen-keys-'))
environment = {**os.environ, 'XDG_CONFIG_HOME': str(folder), 'PLATEN_CONFIG': str(folder / 'platen.conf'), 'LC_ALL': 'C.UTF-8'}
(folder / 'platen.conf').write_text('[office]\n')
for name, secret in (('root', 'of the root'), ('keys', 'of the keys'), ('wrong', 'of somebody else'), ('brief', 'short')):
    (folder / f'{name}.secret').write_text(secret)


def key(*words):
    done = subprocess.run([PLATENCTL, '--json', 'key', *map(str, words)], cwd=folder, text=True, capture_output=True, timeout=60, env=environment)
    return done.returncode, json.loads(done.stdout) if done.stdout.strip() else {}, done.stderr


def create(purpose, *words, secret='keys', root_secret='root'):
    return key('create', '--purpose', purpose, '--folder', 'keys', '--secret-file', f'{secret}.secret', '--root', 'root', '--root-secret-file',
               f'{root_secret}.secret', *words)


def list_folder():
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob('*') if path.is_file()}


def refuses(what, word, order, *words, **more):
    before = list_folder()
    status, said, error = order(*words, **more)
    claim(status in (1, 2) and not said and word in error and list_folder() == before, what, status, said, error)


ROOT = ('create', '--purpose', 'iaca', '--folder', 'root', '--secret-file', 'root.secret', '--name', 'Root of a Test')
refuses('a root without addresses', 'address', key, *ROOT, '--country', 'UT')
refuses('a root without a country', 'country', key, *ROOT, '--issuer-uri', 'https://issuer.example', '--crl-uri', 'https://issuer.example/crl')
HERE = ('--country', 'UT', '--issuer-uri', 'https://issuer.example', '--crl-uri', 'https://issuer.example/crl')
for uri in ('', 'not an address', 'ca@issuer.example', 'mailto:', 'https://', 'https://' + 'x' * 300, 'https://aß.example'):
    refuses(f'a root whose issuer is at “{uri[:20]}”', 'https://', key, *ROOT, *HERE, '--issuer-uri', uri)
    refuses(f'a root whose list is at “{uri[:20]}”', 'https://', key, *ROOT, *HERE, '--crl-uri', uri)
for name in ('A' * 65, ' ', 'Root ', 'two\nlines', 'bell\a'):
    refuses(f'a root called {name[:9]!r}', 'sixty-four', key, *ROOT, *HERE, '--name', name)
    refuses(f'a root of {name[:9]!r}', 'sixty-four', key, *ROOT, *HERE, '--organization', name)
refuses('a root for longer than a root may be', 'twenty years', key, *ROOT, *HERE, '--days', '7306')
for day in ('0001-01-01', '1999-12-31', '2100-01-01', '9999-12-31'):
    refuses(f'a root from {day}', 'century', key, *ROOT, *HERE, '--from', day)
refuses('a passphrase and none', 'exclude', key, *ROOT, *HERE, '--no-passphrase')
refuses('a key for nothing, before anybody is asked for its passphrase', '“qr”', key, 'create', '--folder', 'keys')
status, said, error = key(*ROOT, '--country', 'UT', '--issuer-uri', 'https://issuer.example', '--crl-uri', 'https://issuer.example/crl')
claim(status == 0, 'a root is made', said, error)

refuses('the root’s passphrase is another one', 'passphrase', create, 'document', root_secret='wrong')
refuses('a passphrase is too short', 'eight', create, 'document', secret='brief')
refuses('no such purpose', 'document', create, 'printing')
refuses('a name of two lines', 'one line', create, 'qr', '--name', 'two\nlines')
for days in ('0', '-5', 'x', '1.5'):
    refuses(f'certified for {days} days', '--days', create, 'qr', '--days', days)
refuses('certified for longer than a signer may be', '457', create, 'qr', '--days', '458')
refuses('from a day that is none', 'YYYY-MM-DD', create, 'qr', '--from', '2026-13-01')
refuses('in a token that is not there', 'token', create, 'pdf', '--token', 'pkcs11:token=nowhere')
for name in ('garbage', 'pkcs11:nonsense', 'pkcs11'):
    refuses(f'in a token called {name}', f'“{name}” is no address of a token. Write', create, 'pdf', '--token', name)
refuses('where no root is', 'root', key, 'create', '--purpose', 'qr', '--folder', 'keys', '--secret-file', 'keys.secret', '--root', 'nowhere',
        '--root-secret-file', 'root.secret')

for purpose in ('document', 'qr', 'pdf'):
    status, said, error = create(purpose)
    claim(status == 0, f'a key for “{purpose}” is made', said, error)
modes = {path.stat().st_mode & 0o777 for path in (folder / 'keys').iterdir()}
claim(modes == {0o600}, 'nobody else may read a file of them', modes)
texts = [path.read_text() for path in (folder / 'keys').glob('*.key')]
claim(len(texts) == 3 and all('ENCRYPTED' in text for text in texts), 'and each key is under its passphrase', len(texts))


def list_warnings():
    return {each['key']: each.get('warning') for each in key('list', '--folder', 'keys')[1]}


claim(not any(list_warnings().values()), 'and none is warned of', list_warnings())
for path, who in ((folder / 'keys/KEY-QR-1.key', {'KEY-QR-1'}), (folder / 'keys.secret', {'KEY-DS-1', 'KEY-QR-1', 'KEY-PDF-1'})):
    for mode in (0o640, 0o604):
        path.chmod(mode)
        said = list_warnings()
        warned = {name for name, warning in said.items() if warning and path.name in warning and 'chmod 600' in warning}
        claim(warned == who, f'“{path.name}” with mode {mode:o} is warned of', said)
    path.chmod(0o400)
    claim(not any(list_warnings().values()), 'closed again it is not', list_warnings())
    path.chmod(0o600)
refuses('a key of that name is there', 'KEY-QR-1', create, 'qr', '--id', 'KEY-QR-1')

for curve, order in (('RSA', ('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048')),
                     ('P-384', ('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384')),
                     ('Ed25519', ('genpkey', '-algorithm', 'ed25519')),
                     ('P-256', ('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'))):
    subprocess.run(['openssl', *order, '-out', folder / f'{curve}.pem'], check=True, capture_output=True)
    subprocess.run(['openssl', 'req', '-new', '-x509', '-key', folder / f'{curve}.pem', '-subj', '/C=UT/CN=Stranger', '-days', '100', '-out',
                    folder / f'{curve}.crt'], check=True, capture_output=True)


def take_in(own, certificate, *words):
    return key('import', '--purpose', 'document', '--folder', 'keys', '--secret-file', 'keys.secret', '--key', own, '--certificate', certificate,
               *words)


for curve in ('RSA', 'P-384', 'Ed25519'):
    refuses(f'a key from elsewhere is {curve}', 'P-256', take_in, f'{curve}.pem', f'{curve}.crt')
refuses('a key with the certificate of another', 'another key', take_in, 'P-256.pem', 'P-384.crt')
refuses('a certificate that is for something else', 'certificate', take_in, 'P-256.pem', 'P-256.crt')
refuses('a key that is no file', 'nowhere.pem', take_in, 'nowhere.pem', 'P-256.crt')
refuses('a certificate alone that no key waits for', 'waits for it', key, 'import', '--purpose', 'document', '--folder', 'keys', '--secret-file',
        'keys.secret', '--certificate', 'P-256.crt')
refuses('the key to revoke is not there', 'KEY-QR-9', key, 'revoke', 'KEY-QR-9', '--folder', 'keys', '--reason', 'Lost')

NEXT = ('rotate', '--purpose', 'qr', '--folder', 'keys', '--secret-file', 'keys.secret')
for more in ((), ('--root', 'root', '--root-secret-file', 'root.secret')):
    refuses('a next key that began yesterday', 'today or later', key, *NEXT, '--from', str(datetime.date.today() - datetime.timedelta(2)), *more)
status, said, error = key('rotate', '--purpose', 'qr', '--folder', 'keys', '--secret-file', 'keys.secret', '--root', 'root', '--root-secret-file',
                          'root.secret')
claim(status == 0, 'a key is followed by the next one', said, error)
status, said, error = key('list', '--folder', 'keys')
states = {each['key']: each['state'] for each in said}
claim(states.get('KEY-QR-1') == 'retired' and states.get('KEY-QR-2') == 'active', 'and is retired', said, error)
claim(all(each['reachable'] for each in said if each.get('where')), 'and each can be reached', said)

# A token that nobody has, and a file that is gone: the list says so, and asks nobody for a PIN.
listed = folder / 'keys/keys.conf'
listed.write_text(listed.read_text().replace('=KEY-PDF-1.key', '=pkcs11:token=nowhere;object=KEY-PDF-1;type=private'))
for name in ('KEY-QR-1', 'KEY-QR-2'):
    (folder / f'keys/{name}.key').unlink()
status, said, error = key('list', '--folder', 'keys')
said = {each['key']: each for each in said}
claim(status == 0 and said['KEY-PDF-1']['reachable'] is False and said['KEY-PDF-1'].get('state') == 'active' and
      'token' in said['KEY-PDF-1']['warning'] and 'p11tool' in said['KEY-PDF-1']['warning'], 'a token that is gone is told', said, error)
claim(said['KEY-QR-2']['reachable'] is False and 'not there' in said['KEY-QR-2']['warning'] and not said['KEY-QR-1'].get('warning')
      and said['KEY-DS-1']['reachable'] is True, 'and a file that is gone, if it is still to sign', said)
done = subprocess.run([PLATENCTL, 'key', 'list', '--folder', 'keys'], cwd=folder, text=True, capture_output=True, stdin=subprocess.DEVNULL,
                      timeout=60, env=environment)
claim(done.returncode == 0 and 'Can be reached' in done.stdout.splitlines()[0] and 'cannot be reached' in done.stdout, 'in words, too', done)
end()
