# SPDX-License-Identifier: GPL-3.0-or-later
"""What platenctl says of the rules of law and how it changes them: in the office of a story that is
running anyway, with changes that no program has seen before."""

import json
import pathlib

FRENCH = {'LANGUAGE': 'fr', 'LC_ALL': 'C.UTF-8'}


class Rules:
    def __init__(self, box, tap):
        self.box, self.tap, self.claim = box, tap, tap.claim
        self.file = pathlib.Path(box.box) / 'change.json'

    def change(self, *rules, effective='2028-02-29', reason='Act 12 of 2027', **more):
        self.file.write_text(json.dumps({'effective': effective, 'reason': reason, 'rules': list(rules), **more}))
        return self.file

    def wrong(self, *rules, **more):
        """What rule check says of a file; its exit status says that something is wrong."""
        status, out, err = self.box.run('emil', 'rule', 'check', self.change(*rules, **more))
        self.claim(status == 1 and 'Nothing was changed' in err, f'{rules} is refused', (status, out, err))
        return ' '.join(item['wrong'] for item in json.loads(out))

    def list_and_explain(self, number):
        rules = self.box.ctl('anna', 'rule', 'list')
        self.claim(len(rules) >= 50 and all(r['text'] and r['cure'] and r['legal_reference'] and r['valid_from'] for r in rules),
                   'each rule has its words, its cure and its law', rules[:2])
        self.claim(self.box.ctl('boris', 'rule', 'check') == [], 'nothing is wrong with the rules in force')
        told = self.box.ctl('anna', 'rule', 'explain', number)
        found = sorted(r['code'] for r in told if r['outcome'] == 'found')
        shown = self.box.ctl('anna', 'application', 'show', number)['findings']
        self.claim(found == sorted(f['rule'] for f in shown) and {r['code'] for r in told} == {r['code'] for r in rules},
                   'explain tells every rule, and finds what the window shows', (found, shown))
        self.claim(all(r['cure'] for r in told if r['outcome'] == 'found'), 'what is found says what cures it', told)
        status, out, err = self.box.run('anna', 'rule', 'explain', number, json_wanted=False, extra=FRENCH)
        self.claim(status == 0 and 'Remplie' in out and 'Fulfilled' not in out, 'explain in French', out[:500] + err)

    def refusals(self):
        early = {'code': 'RENEWAL_EARLY', 'parameters': {'months': 24}}
        for rule, words in (({'code': 'NO_SUCH_RULE'}, 'no such rule'), ({'code': 'RENEWAL_EARLY', 'severity': 'grave'}, 'severity'),
                            ({'code': 'RENEWAL_EARLY', 'parameters': {'weeks': 3}}, 'no parameter “weeks”'),
                            ({'code': 'RENEWAL_EARLY', 'parameters': {'months': 'many'}}, 'another kind'),
                            ({'code': 'RENEWAL_EARLY', 'texts': {'fr': {'text': 'x'}}}, 'not complete'),
                            ({'code': 'RENEWAL_EARLY', 'colour': 'red'}, 'no member')):
            wrong = self.wrong(rule)
            self.claim(words in wrong, f'{words}: what is wrong is named', wrong)
        self.claim('twice' in self.wrong(early, early), 'a rule that stands there twice is named')
        for day in ('2027-02-29', '2020-01-01', '2026-13-01', 'soon'):
            sentence = self.box.refused('emil', 'rule', 'propose', self.change(early, effective=day))
            self.claim('first day' in sentence, f'{day} is no first day', sentence)
        sentence = self.box.refused('emil', 'rule', 'propose', self.change(early, effective='2027-02-29'), extra=FRENCH)
        self.claim('premier jour' in sentence, 'and in French', sentence)
        self.file.write_text('{"rules": [')
        sentence = self.box.refused('emil', 'rule', 'propose', self.file)
        self.claim('no JSON' in sentence and 'Nothing was changed' in sentence, 'a broken file is named', sentence)
        sentence = self.box.refused('anna', 'rule', 'propose', self.change(early))
        self.claim('role' in sentence or 'supervisor' in sentence, 'a clerk proposes no rules', sentence)

    def propose_and_approve(self, number):
        """A renewal is early from another month on, and stops: from 29 February on, and not the day before."""
        rules = self.change({'code': 'RENEWAL_EARLY', 'severity': 'hard', 'parameters': {'months': 1}})
        before = self.box.ctl('anna', 'application', 'show', number)['findings']
        effect = self.box.ctl('boris', 'rule', 'simulate', rules)
        self.claim(effect['open']['looked'] == effect['open']['all'] > 0 and effect['past']['all'] >= 0, 'simulate looks at open and past ones', effect)
        self.claim(self.box.ctl('anna', 'application', 'show', number)['findings'] == before, 'and changes nothing')
        change = str(self.box.ctl('emil', 'rule', 'propose', rules)['change'])
        for login, words, what in (('emil', 'yourself', 'who proposed it does not approve it'), ('boris', 'preview', 'nor who has not seen its effect'),
                                   ('anna', 'role|supervisor', 'nor a clerk')):
            sentence = self.box.refused(login, 'rule', 'approve', change)
            self.claim(any(word in sentence for word in words.split('|')), what, sentence)
        preview = self.box.ctl('boris', 'rule', 'preview', change)
        self.claim(preview['open'] == effect['open'], 'the preview is what was simulated', preview)
        done = self.box.ctl('boris', 'rule', 'approve', change, '--reason', 'As the act says')
        self.claim(done == {'effective': '2028-02-29'}, 'another person approves', done)
        rows = {r['valid_from']: r for r in self.box.ctl('anna', 'rule', 'list', '--all') if r['code'] == 'RENEWAL_EARLY'}
        self.claim(rows['2000-01-01']['valid_to'] == '2028-02-28' and rows['2028-02-29']['severity'] == 'hard'
                   and rows['2028-02-29']['law_state'] == 'to_come', 'what held until the day before holds until then', rows)
        self.claim([r['severity'] for r in self.box.ctl('anna', 'rule', 'list') if r['code'] == 'RENEWAL_EARLY'] == ['warning'],
                   'and today nothing has changed')
        listed = self.box.ctl('boris', 'rule', 'changes')[0]
        self.claim((listed['change_state'], listed['proposed_by'], listed['decided_by'], listed['decision'])
                   == ('approved', 'Emil Strand', listed['decided_by'], 'As the act says') and listed['decided_by'] != 'Emil Strand',
                   'who did what stays', listed)
        refused = str(self.box.ctl('emil', 'rule', 'propose', self.change({'code': 'CONSENT', 'end': True}, effective='2027-03-01'))['change'])
        sentence = self.box.refused('boris', 'rule', 'refuse', refused)
        self.claim('reason' in sentence, 'nothing is refused without a reason', sentence)
        self.box.ctl('boris', 'rule', 'refuse', refused, '--reason', 'Minors stay minors')
        sentence = self.box.refused('boris', 'rule', 'approve', refused)
        self.claim('refused' in sentence, 'what is refused is not approved', sentence)


def claim_rules(box, tap, number):
    rules = Rules(box, tap)
    rules.list_and_explain(number)
    rules.refusals()
    rules.propose_and_approve(number)
