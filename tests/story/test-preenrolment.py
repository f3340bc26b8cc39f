#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An application that was prepared at home: fetched by its code, carried to the hand-over, and each step
of it told to the applicant once, although the service is away, the sender dies and messages come twice."""

import json
import re
import signal
import subprocess

from box import PLATENCTL, PSQL, Box, Tap, wait_for

tap = Tap()
box = Box()
prepared = {}
for person in json.loads(box.demo('people', '--json')):
    if 'code' in person:
        prepared.setdefault(person['kind'], []).append((person['code'], person['id_number']))
FRENCH = {'LANGUAGE': 'fr', 'LC_ALL': 'C.UTF-8'}


def service(statement):
    """What the service has in its own database."""
    done = subprocess.run([PSQL, '-XAtq', '-F', ' ', '-h', str(box.box / 'pg'), '-U', 'postgres', '-d',
                           'preenrolment', '-v', 'ON_ERROR_STOP=1', '-c', statement],
                          capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


def told(code):
    """The statuses that the applicant was told, in their order."""
    return service(f"select string_agg (status, ' ' order by number) from notice"
                   f" where code = '{code.replace('-', '')}'")


def outbox(*words):
    return box.ctl('boris', 'outbox', 'list', *words)


def due():
    """As if all pauses were over."""
    box.sql('update platen.outbox set next_at = now() where state = $$waiting$$')


# Fetched: what was stated is a source beside the registries, and the same code is the same application.
code, id_number = prepared['old_address'][0]
shown = box.ctl('anna', 'application', 'fetch', code)
address = next(field for field in shown['fields'] if field['field'] == 'address')
tap.claim(shown['state'] == 'draft' and shown['id_number'] == id_number and shown['type'] == 'replacement',
          'a draft of what was prepared', shown)
tap.claim(address['values']['applicant'].startswith('Lighthouse Quay 5')
          and not address['value'].startswith('Lighthouse') if 'values' in address else
          'Lighthouse Quay 5' in json.dumps(address) and 'Lighthouse' not in str(address['value']),
          'what was stated is kept and overrules no registry', address)
tap.claim(shown['prepared']['email'].endswith('@post.example') and shown['prepared']['reported'] == 'checked_in',
          'how the applicant is reached', shown['prepared'])
tap.claim(len(box.sql("select 1 from platen.application_image where kind = 'portrait'")) == 1,
          'the photo prepared at home is there')
again = box.ctl('anna', 'application', 'fetch', f'https://pre.example/?c={code.lower()}')
tap.claim(again['number'] == shown['number'], 'a scanned address with the same code opens the same one', again)

# Refused in words, and nothing made.
expired, used = prepared['renewal'][1][0], prepared['two_scripts'][1][0]
elsewhere, cancelled = prepared['two_scripts'][0][0], prepared['longest_names'][0][0]
misread = code[:-1] + ('7' if code[-1] != '7' else '8')
for typed, english, french in [
        (expired, 'it expired on', 'elle a expiré le'), (used, 'it was used already', 'a déjà été utilisée'),
        (elsewhere, 'it is for office UN', 'destinée au bureau UN'),
        (cancelled, 'the applicant has cancelled it', 'le demandeur l’a annulée'),
        (misread, 'does not fit the others', 'ne concorde pas'), ('hello', 'no code', 'n’est pas le code'),
        ('PE-0000-0013', 'does not fit', 'ne concorde pas')]:
    sentence = box.refused('anna', 'application', 'fetch', typed)
    tap.claim(english in sentence, f'refused: {english}', sentence)
    sentence = box.refused('anna', 'application', 'fetch', typed, extra=FRENCH)
    tap.claim(french in sentence, f'refused in French: {french}', sentence)
tap.claim(box.sql('select count (*) from platen.application') == [['1']], 'nothing was made of those')
tap.claim('role clerk' in box.refused('boris', 'application', 'fetch', prepared['unpaid'][0][0]),
          'a supervisor fetches none')

# The service is down: said so, work goes on by hand, and what was prepared joins it afterwards.
code, id_number = prepared['renewal'][0]
box.demo('registry-fault', 'preenrolment', 'down')
sentence = box.refused('anna', 'application', 'fetch', code)
tap.claim('could not be reached' in sentence and 'by hand' in sentence, 'the service is down', sentence)
by_hand = box.ctl('anna', 'application', 'new', id_number, '--type', 'renewal')['number']
tap.claim(box.ctl('anna', 'application', 'fetch', f'{again["prepared"]["code"]}')['number'] == again['number'],
          'what was fetched before opens without the service')
for fault, words in [('nonsense', 'not JSON'), ('non-utf8', 'UTF-8'), ('huge', 'larger'), ('refuse', 'credentials'),
                     ('truncated', 'by hand')]:
    box.demo('registry-fault', 'preenrolment', fault)
    sentence = box.refused('anna', 'application', 'fetch', code)
    tap.claim(words in sentence, f'{fault} is refused', sentence)
box.demo('registry-fault', 'preenrolment', 'none')
number = box.ctl('anna', 'application', 'fetch', code)['number']
tap.claim(number == by_hand, 'what was prepared is added to the draft made by hand', number)

# Nothing is lost while the service is away, and a pause is made.
box.demo('registry-fault', 'preenrolment', 'down')
ran = box.ctl('boris', 'outbox', 'send')
tap.claim(ran['sent'] == 0 and ran['failed'] == 1 and 'could not be reached' in ran['trouble'],
          'the first in vain, the others are spared', ran)
tap.claim(all(message['state'] == 'waiting' for message in outbox()), 'all wait on', outbox())
box.demo('registry-fault', 'preenrolment', 'none')

# A gateway answers everything with a page for people: that is nothing about any message, however often.
box.demo('registry-fault', 'preenrolment', 'nonsense')
for _ in range(4):
    ran = box.ctl('boris', 'outbox', 'send')
    tap.claim(ran['sent'] == 0 and ran['failed'] == 1 and 'no receipt' in ran['trouble'], 'a page is no receipt', ran)
tap.claim(all(message['state'] == 'waiting' and message['refusals'] == 0 for message in outbox()),
          'and sets nothing aside', outbox())
box.demo('registry-fault', 'preenrolment', 'none')

# The answer is lost after the service did it: sent again, done once.
box.demo('registry-fault', 'preenrolment', 'truncated')
ran = box.ctl('boris', 'outbox', 'send')
tap.claim(ran['sent'] == 0, 'an answer that breaks off is no receipt', ran)
box.demo('registry-fault', 'preenrolment', 'none')

# Killed between the post and saying so: sent again, done once.
due()
killed = box.popen('boris', 'outbox', 'send', extra={'PLATEN_TEST_CRASH_AT': 'posted'})
killed.communicate(timeout=60)
if killed.returncode == -signal.SIGKILL:
    tap.claim(len(outbox()) >= 2, 'a killed sender leaves its message', outbox())
ran = box.ctl('boris', 'outbox', 'send')
tap.claim(ran['failed'] == 0 and ran['sent'] >= 2, 'everything is sent at once after it', ran)
tap.claim(service('select count (*), max (deliveries) > 1 from message') == f'{len(outbox("--all"))} t',
          'delivered more than once', service('select id, status, deliveries from message'))
tap.claim(service('select count (*) from notice') == service('select count (*) from message'),
          'but acted once each', service('select * from notice'))

# The way to the hand-over, while two senders follow.
followers = [subprocess.Popen([PLATENCTL, 'outbox', 'send', '--follow'], env=box.env(login),
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
             for login in ('boris', 'chen') if box.ctl(login, 'outbox', 'list') is not None]
box.ctl('anna', 'application', 'set', number, '--signature', box.signature(id_number))
box.ctl('anna', 'application', 'submit', number)
box.ctl('boris', 'application', 'approve', number)
card = box.ctl('chen', 'card', 'print', number, '--printer', 'card-printer')
wanted = 'ARRIVED IN_PROCESS BIOMETRICS_DONE'
tap.claim(wait_for(lambda: told(code) == wanted, 60), 'told by followers in the order of the steps', told(code))
box.ctl('chen', 'card', 'read', card['number'], '--scan', box.read_qr(box.printed()[-1]), '--serial', card['serial'])
tap.claim(wait_for(lambda: told(code) == f'{wanted} READY', 60), 'told that it is ready', told(code))
box.ctl('chen', 'card', 'issue', card['number'])
tap.claim(wait_for(lambda: told(code) == f'{wanted} READY DONE', 60), 'and that it was handed over', told(code))
for follower in followers:
    follower.send_signal(signal.SIGTERM)
for follower in followers:
    _, err = follower.communicate(timeout=30)
    tap.claim(follower.returncode == 0, 'a follower ends when it is told', err.decode())

# A message that the service does not want is set aside visibly; those of others go on.
poison, poison_id = prepared['first_licence'][0]
poisoned = box.ctl('anna', 'application', 'fetch', poison)['number']
service(f"update application set state = 'CANCELLED' where code = '{poison.replace('-', '')}'")
for _ in range(3):
    ran = box.ctl('boris', 'outbox', 'send')
tap.claim(ran['failed'] == 1 and 'cancelled' in ran['trouble'], 'refused the third time', ran)
aside = outbox()
tap.claim(len(aside) == 1 and aside[0]['state'] == 'set_aside' and aside[0]['refusals'] == 3, 'and set aside', aside)
events = box.ctl('anna', 'application', 'show', poisoned)['events']
tap.claim(any(event['what'] == 'message_set_aside' for event in events), 'with an event', events)
status, out, err = box.run('anna', 'outbox', 'list', json_wanted=False, extra=FRENCH)
tap.claim('Mis de côté' in out, 'in French', out + err)
box.ctl('anna', 'application', 'set', poisoned, '--signature', box.signature(poison_id))
other = box.ctl('anna', 'application', 'fetch', prepared['diacritics'][0][0])['number']
ran = box.ctl('boris', 'outbox', 'send')
tap.claim(ran['sent'] == 1 and told(prepared['diacritics'][0][0]) == 'ARRIVED',
          'another application’s message goes on, and none behind the poisoned one', ran)

message = str(aside[0]['id'])
tap.claim('role supervisor or admin' in box.refused('anna', 'outbox', 'discard', message, '--reason', 'x'),
          'a clerk discards nothing')
tap.claim('no reason' in box.refused('boris', 'outbox', 'discard', message), 'not without a reason')
tap.claim('no number' in box.refused('boris', 'outbox', 'retry', 'one', '--reason', 'x'), 'nor something else')
box.ctl('boris', 'outbox', 'retry', message, '--reason', 'The applicant came all the same.')
service(f"update application set state = 'SUBMITTED' where code = '{poison.replace('-', '')}'")
ran = box.ctl('boris', 'outbox', 'send')
tap.claim(ran['failed'] == 0 and told(poison) == 'ARRIVED IN_PROCESS BIOMETRICS_DONE',
          'once the service takes it, what waited behind it follows in its order', told(poison))
tap.claim('Only one that was set aside' in box.refused('emil', 'outbox', 'discard', message, '--reason', 'x'),
          'what was sent is not discarded')
tap.claim(re.search('clerk|supervisor', box.refused('anna', 'outbox', 'send')) is not None, 'a clerk sends nothing')
tap.end()
