#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One person under two numbers: found among all records of a register, for other seeds and rates than
those tuned on; found for the person at the counter through the registries' search; and linked by two people."""

import csv
import json
import resource
import subprocess
import sys

from box import PLATENCTL, SOURCE, Box, Tap

sys.path.insert(0, str(SOURCE / 'tests/support'))
import duplicates  # noqa: E402

tap = Tap()
box = Box(citizens=100)
POPULATIONS = [
    ('4404', ['two_ids=0.09']),
    ('90125', ['two_ids=0.2', 'foreign_photo=0.05', 'shared_id=0.05']),
    ('63', ['two_ids=0.05', 'misspelt_name=0.2', 'stale_address=0.3', 'wrong_check_digit=0.06']),
]


def file_named(name):
    return box.folder / name


def refused(text, option='--json'):
    done = subprocess.run([PLATENCTL, option, 'registry', 'duplicates', '--file', '-'], input=text,
                          capture_output=True, timeout=60)
    tap.claim(done.returncode == 1 and done.stdout == b'' and done.stderr.count(b'\n') == 1,
              f'{text[:40]!r} is refused', done)
    return done.stderr.decode()


for seed, rates in POPULATIONS:
    box.demo('generate', '--citizens', '5000', '--drivers', '3000', '--infringements', '2000',
             '--seed', seed, *(word for rate in rates for word in ('--anomaly', rate)))
    records = duplicates.export(box.box, file_named(f'{seed}.csv'))
    true = duplicates.truth(box.box)
    found, said = duplicates.find(records)
    precision, recall = duplicates.measure(found, true)
    tap.claim(len(true) >= 30 and precision >= 0.99 and recall >= 0.95,
              f'seed {seed}: {len(true)} pairs, precision {precision:.3f}, recall {recall:.3f}', said)
    fewer = duplicates.without(records, {'portrait', 'documents', 'former_ids'},
                               file_named(f'{seed}-fewer.csv'))
    precision, recall = duplicates.measure(duplicates.find(fewer)[0], true)
    tap.claim(precision >= 0.97 and recall >= 0.95,
              f'seed {seed}, no pictures and documents: precision {precision:.3f}, recall {recall:.3f}')

mistyped = duplicates.truth(box.box, 'wrong_check_digit')
more = duplicates.add_strays(box.box, records, file_named('more.csv'))
beyond = [row for row in duplicates.find(more)[0] if not duplicates.pairs([row]) <= duplicates.pairs(found)]
precision, recall = duplicates.measure(beyond, mistyped)
tap.claim(len(mistyped) >= 50 and precision >= 0.99 and recall >= 0.95,
          f'{len(mistyped)} mistyped numbers: precision {precision:.3f}, recall {recall:.3f}', beyond[:3])

tap.claim(all(row['level'] == 'probable' and row['reason'].endswith('.') and int(row['score']) >= 50
              for row in found), 'each is told with a score and why', found[:3])
both, _ = duplicates.find(records, '--possible')
tap.claim(both[:len(found)] == found and all(row['level'] == 'possible' for row in both[len(found):]),
          'the sure ones stand first', both[:3])
text = records.read_bytes()
for option, given in (('-', {'stdin': open(records, 'rb')}), ('-', {'input': text})):
    done = subprocess.run([PLATENCTL, '--json', 'registry', 'duplicates', '--file', option],
                          capture_output=True, timeout=120, **given)
    told = json.loads(done.stdout)
    tap.claim(duplicates.pairs(told['pairs']) == duplicates.pairs(found) and
              told['compared'] < told['records'], 'a pipe, a file and JSON say the same', done.stderr)

header = b'id_number,family_name,given_names,birth_date\n'
tap.claim('is empty' in refused(b''), 'nothing at all')
tap.claim('line 1' in refused(b'a,b\n1,2\n'), 'columns that are missing')
tap.claim('line 3' in refused(header + b'1,A,B,1990-02-02\n2,C\n'), 'values that are missing')
tap.claim('line 2' in refused(header + b'1,"A,B,1990-02-02\n2,C,D,\n'), 'a quotation mark')
tap.claim('line 2' in refused(header + b',A,B,1990-02-02\n'), 'no number')
tap.claim('line 2' in refused(header + b'1,' + b'x' * 400000), 'no end')


def flood(blocks, limit):
    """A pipe of so many times 100 kB, the last record of each two being one person."""
    ctl = subprocess.Popen([PLATENCTL, 'registry', 'duplicates', '--file', '-'], stdin=subprocess.PIPE,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                           preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    try:
        ctl.stdin.write(header[:-1] + b',remark\n')
        for number in range(blocks):
            ctl.stdin.write(b'%d,Berg%d,Ida,1990-02-02,' % (number, number) + b'y' * 100000 + b'\n')
    except BrokenPipeError:
        pass
    out, err = ctl.communicate(timeout=100)
    return ctl.returncode, out, err.decode()


status, out, err = flood(2800, resource.RLIM_INFINITY)
tap.claim(status == 0 and err.startswith('2800 records'), 'a pipe of 280 MB', err)
status, out, err = flood(700, 60 << 20)
tap.claim(status == 1 and out == b'' and '62.9\u00a0MB' in err and 'name of the file' in err,
          'a pipe that is too much for memory is refused', err)
odd = header + b'1,\xff\xfe,,\n2,,,0000-00-00\n"3","A""B",' + b'y' * 10000 + b',x\r\n4,,,\n'
done = subprocess.run([PLATENCTL, 'registry', 'duplicates', '--file', '-'], input=odd,
                      capture_output=True, timeout=60)
tap.claim(done.returncode == 0 and done.stdout.count(b'\n') == 1, 'odd values are no pairs', done)

kept, other = sorted(next(iter(true)))
wanted = sorted(true, key=sorted)[:6]
for pair in wanted:
    one, two = sorted(pair)
    told = box.ctl('anna', 'registry', 'duplicates', one)
    tap.claim(told['troubles'] == [] and told['duplicates'] and
              (told['duplicates'][0]['id_number'], told['duplicates'][0]['level']) == (two, 'probable'),
              f'the second record of {one}', told)

# A registry that has the person under a number with a wrong check digit is found from the right one.
rows = [row for row in csv.DictReader(open(box.box / 'truth.csv', newline='')) if row['kind'] == 'wrong_check_digit']
for registry in ('driver', 'infringement'):
    for row in [row for row in rows if row['registry'] == registry][:4]:
        told = box.ctl('anna', 'registry', 'duplicates', row['id_number'])
        tap.claim(told['troubles'] == [] and
                  [(find['id_number'], find['difference']) for find in told['duplicates'][:1]] ==
                  [(row['other_id_number'], 'wrong_check_digit')],
                  f'{registry}: {row["id_number"]} was mistyped', told)
purposes = box.sql("select count(*) from platen.search_log where purpose = 'duplicates'")
tap.claim(int(purposes[0][0]) >= len(wanted), 'the searches stand in the log', purposes)
looked = box.sql(f"select count(*) from platen.lookup where purpose = 'duplicates'")
tap.claim(int(looked[0][0]) >= len(wanted), 'and whom they read', looked)

box.ctl('anna', 'person', 'link', kept, other, '--reason', 'birth certificate')


def link_of(number):
    return box.ctl('anna', 'registry', 'duplicates', number)['duplicates'][0]['link']


tap.claim(link_of(kept) == link_of(other) == 'proposed', 'it is known that a link was proposed')
link = box.ctl('boris', 'person', 'links', kept)[0]['id']
box.ctl('boris', 'person', 'agree', link, '--reason', 'seen')
tap.claim(link_of(kept) == 'linked', 'and that it was agreed to')
status, out, err = box.run('anna', 'registry', 'duplicates')
tap.claim(status == 2 and '--file' in err, 'neither person nor file', err)
tap.end()
