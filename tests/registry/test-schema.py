#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON schema that editors use says what the programs say: the examples are right, and what is
refused by the one is refused by the other."""

import copy
import json
import os
import pathlib
import subprocess
import tempfile

import jsonschema

REGISTRIES = pathlib.Path(os.environ['PLATEN_SOURCE_ROOT']) / 'data' / 'registries'
PLATENCTL = pathlib.Path(os.environ['PLATEN_BUILD_ROOT']) / 'src' / 'cli' / 'platenctl'

SCHEMA = json.loads((REGISTRIES / 'registry.schema.json').read_text())
EXAMPLES = sorted((REGISTRIES / 'examples').glob('*.json'))

# Member, by its path, and a value that it cannot have; None takes it away.
WRONG = [
    ('source', 'Tax Office'), ('source', None), ('url', 'http://r.example/{id_number}'),
    ('budget_ms', 99), ('late_ms', -1), ('page_size', 0), ('concurrency', 65), ('cache_s', 'a day'),
    ('breaker', {'failures': 0}), ('breaker', {'pauses': 1}), ('retry', {'attempts': 6}),
    ('authentication', []), ('authentication', {'type': 'basic'}),
    ('authentication', [{'type': 'bearer'}]), ('codes', {'sex': {'1': 1}}), ('budget', 2000),
    ('answer.id_number', 'id'), ('answer.fields', {}), ('answer.fields', {'name': {'path': '/n'}}),
    ('answer.fields.family_name.split', 'guess'), ('answer.fields.birth_date.format', 'D.M.Y'),
    ('answer.fields.birth_date.months', ['Jan']), ('answer.fields.sex.none', 'x'),
    ('answer.fields.sex.map', {'viro': 'm'}), ('answer.fields.nationality.map', {'Utopio': 'UT'}),
    ('answer.fields.licence_status', {'path': '/s', 'map': {'V': 'vaild'}}),
    ('answer.fields.categories', {'path': '/c', 'each': {'code': '/c'}, 'map': {'B+E': 'B+E'}}),
    ('answer.fields.withdrawn_categories', {'path': '/w', 'map': {'*': 'all'}}),
    ('answer.fields.sex.map', 3), ('answer.fields.sex.take', 7), ('answer.fields.sex.take', ''),
    ('answer.fields.withdrawn_categories', {'path': '/w', 'each': {}}),
    ('answer.fields.withdrawn_categories', {'path': '/w', 'each': {'code': '/c', 'from': '/f'}}),
    ('answer.fields.withdrawn_categories', {'path': '/w', 'take': 'B'}),
    ('answer.fields.offences', {'path': '/o'}), ('answer.fields.offences', {'path': '/o', 'each': {'date': '/d'}}),
    ('answer.fields.offences', {'path': '/o', 'each': {'date': 'd', 'points': '/p'}}),
    ('answer.fields.tests', {'path': '/t', 'each': {'code': '/c', 'kind': '/k', 'date': '/d', 'result': '/r', 'score': '/s'}}),
    ('answer.fields.medicals', {'path': '/m', 'each': {'group': '/g', 'to': '/t'}}),
    ('answer.fields.disqualified_until', {'path': '/d', 'format': 'soon'}),
    ('answer.fields.residence_country', {'path': '/c', 'map': {'Sweden': 'Sweden'}}),
]
# The same for a file of the other kind.
WRONG_PREPARED = [
    ('kind', 'pre-enrollment'), ('kind', 'registry'), ('source', 'identity'), ('report', None),
    ('answer.code', None), ('answer.office', '/office'), ('answer.state', None),
    ('answer.fields', {'death_date': {'path': '/died'}}), ('answer.fields', {'points': {'path': '/p'}}),
    ('answer.expires_on.format', 'soon'), ('answer.categories', {'path': 'c'}),
    ('answer.categories', {'path': '/c', 'map': {'4': 'XX'}}),
    ('report.url', 'http://p.example/{code}'), ('report.statuses', {'ready': 'R'}),
    ('report.statuses.ready', None), ('report.body', None), ('report.key_header', 'a b'),
    ('report.code', 'code'), ('search', {}),
]


def change(document, path, value):
    *parents, last = path.split('.')
    for name in parents:
        document = document[name]
    if value is None:
        del document[last]
    else:
        document[last] = value


def is_valid(document):
    return jsonschema.Draft202012Validator(SCHEMA).is_valid(document)


def is_taken(document):
    with tempfile.NamedTemporaryFile('w', suffix='.json') as file:
        json.dump(document, file)
        file.flush()
        return subprocess.run([PLATENCTL, 'registry', 'check', file.name], check=False,
                              capture_output=True).returncode == 0


def main():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    print(f'1..{len(EXAMPLES) + len(WRONG) + len(WRONG_PREPARED)}')
    number = 0
    for path in EXAMPLES:
        number += 1
        good = is_valid(json.loads(path.read_text())) and is_taken(json.loads(path.read_text()))
        print(f'{"ok" if good else "not ok"} {number} {path.name}')
    wrong = [('residence.json', *each) for each in WRONG]
    wrong += [('pre-enrolment.json', *each) for each in WRONG_PREPARED]
    for example, path, value in wrong:
        number += 1
        document = copy.deepcopy(json.loads((REGISTRIES / 'examples' / example).read_text()))
        change(document, path, value)
        refused = not is_valid(document) and not is_taken(document)
        print(f'{"ok" if refused else "not ok"} {number} refused by both: {path} {value}')


if __name__ == '__main__':
    main()
