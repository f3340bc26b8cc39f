#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A registry that is down while a citizen stands at the counter: the application waits, the slip says
what is missing, and when the registry is back it goes on once, whichever desk asks again."""

import subprocess

from box import PLATENCTL, Box, Tap, wait_for
from rule_claims import claim_rules

tap = Tap()
box = Box()
people = box.people()
one, other = people['renewal'][:2]


def draft(id_number):
    number = box.ctl('anna', 'application', 'new', id_number, '--type', 'renewal')['number']
    box.ctl('anna', 'application', 'set', number, '--photo', box.portrait(id_number), '--signature',
            box.signature(id_number))
    return number


def state(number):
    return box.ctl('anna', 'application', 'show', number)['state']


def count(number, what):
    events = box.ctl('anna', 'application', 'show', number)['events']
    return sum(event['what'] == what for event in events)


def resumed(login):
    return box.ctl(login, 'application', 'resume')['resumed']


box.demo('registry-fault', 'identity', 'down')
waiting = [draft(one), draft(other)]
refused = box.refused('anna', 'application', 'submit', waiting[0])
tap.claim('identity registry has not confirmed' in refused, 'the law needs an answer', refused)
for number in waiting:
    shown = box.ctl('anna', 'application', 'wait', number)
    tap.claim(shown['state'] == 'waiting', f'{number} waits', shown)

status, slip, err = box.run('anna', 'application', 'slip', waiting[0], json_wanted=False)
tap.claim(status == 0 and waiting[0] in slip and 'An answer is missing: ' in slip, 'the slip', slip + err)
tap.claim(max(map(len, slip.splitlines())) <= 72, 'the slip fits on paper', slip)
status, slip, err = box.run('anna', 'application', 'slip', waiting[0], json_wanted=False,
                            extra={'LANGUAGE': 'fr', 'LC_ALL': 'C.UTF-8'})
tap.claim('Il manque une réponse' in slip and 'Le registre d’identité n’a pas confirmé' in slip,
          'the slip in French', slip + err)

asked = box.ctl('anna', 'application', 'resume')
tap.claim(asked['asked'] > 0 and asked['resumed'] == 0, 'a registry that is down is asked in vain', asked)
tap.claim(state(waiting[0]) == 'waiting', 'and both wait on', asked)

box.demo('registry-fault', 'identity', 'none')
# Two commands at the same time, again and again until the pause is over: nothing is done twice.
done = 0


def both_desks():
    global done
    programs = [subprocess.Popen([PLATENCTL, '--json', 'application', 'resume'], env=box.env('anna'),
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    for program in programs:
        _, told = program.communicate(timeout=60)
        if program.returncode != 0:
            raise AssertionError(told.decode())
    done += 1
    return all(state(number) == 'submitted' for number in waiting)


tap.claim(wait_for(both_desks, 60), f'both go on when it answers again ({done} rounds)',
          [box.ctl('anna', 'application', 'show', number) for number in waiting])
for number in waiting:
    tap.claim(count(number, 'submitted') == 1, f'{number} was submitted once',
              box.ctl('anna', 'application', 'show', number)['events'])
tap.claim(resumed('anna') == 0, 'nothing waits any more')
tap.claim(box.ctl('boris', 'application', 'approve', waiting[0])['state'] == 'approved',
          'another person approves it')

box.demo('registry-fault', 'identity', 'down')
refused = box.refused('boris', 'application', 'approve', waiting[1])
tap.claim('has not answered you' in refused, 'an approval needs a fresh answer', refused)
tap.claim(box.ctl('boris', 'application', 'wait', waiting[1])['state'] == 'waiting',
          'the supervisor lets it wait')
box.demo('registry-fault', 'identity', 'none')
tap.claim(wait_for(lambda: resumed('boris') == 1, 60), 'it comes back to the approvers')
tap.claim(box.ctl('boris', 'application', 'approve', waiting[1])['state'] == 'approved',
          'and is approved with a fresh answer')

# The rules of law by command line, of a draft that lacks its pictures.
claim_rules(box, tap, box.ctl('anna', 'application', 'new', people['renewal'][2], '--type', 'renewal')['number'])
tap.end()
