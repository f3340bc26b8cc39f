#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of law over applications at full data size: each evaluated by api.evaluate, as a window does when a value
was changed; each judged only, without noting what was found; beside it the bare SELECT of the facts that they are judged by.

PLATEN_BENCH_APPLICATIONS: how many the office has (20000), PLATEN_BENCH_EVALUATIONS: how many are evaluated (400)."""

import os
import pathlib
import subprocess
import sys
import tempfile

DEMO = pathlib.Path(os.environ['PLATEN_BUILD_ROOT']) / 'src/demo/platen-demo'
CTL = pathlib.Path(os.environ['PLATEN_BUILD_ROOT']) / 'src/cli/platenctl'
APPLICATIONS = int(os.environ.get('PLATEN_BENCH_APPLICATIONS', '20000'))
EVALUATIONS = int(os.environ.get('PLATEN_BENCH_EVALUATIONS', '400'))
KINDS = 24  # people of the demo whose applications are multiplied: drivers with and without points, tests, medicals
BINARIES = subprocess.run(['pg_config', '--bindir'], check=True, text=True, capture_output=True).stdout.strip()
DROP = ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'] if os.getuid() == 0 else []

# What differs between the three is measured in one session, one after another and mixed, so that a busy machine is busy for each.
MEASURE = """
CREATE TEMP TABLE took (what text, ms float);
DO $$
DECLARE
  v_id    bigint;
  v_facts platen.facts;
  t       timestamptz;
  n       int := 0;
BEGIN
  FOR v_id IN SELECT id FROM platen.application WHERE state IN ('draft', 'returned') ORDER BY md5 (id::text) LIMIT {n} + 10 LOOP
    n := n + 1;
    t := clock_timestamp (); PERFORM platen.evaluate_application (v_id);
    IF n > 10 THEN INSERT INTO took VALUES ('evaluated, findings noted', 1000 * extract (epoch FROM clock_timestamp () - t)); END IF;
    v_facts := platen.gather_facts (v_id);
    t := clock_timestamp (); PERFORM platen.apply_rules (v_facts);
    IF n > 10 THEN INSERT INTO took VALUES ('judged by all rules', 1000 * extract (epoch FROM clock_timestamp () - t)); END IF;
    t := clock_timestamp (); PERFORM FROM platen.application a LEFT JOIN platen.application_source s ON s.application_id = a.id WHERE a.id = v_id;
    IF n > 10 THEN INSERT INTO took VALUES ('bare SELECT of the facts', 1000 * extract (epoch FROM clock_timestamp () - t)); END IF;
  END LOOP;
END
$$;
SELECT what, count (*) / (sum (ms) / 1000), percentile_cont (0.5) WITHIN GROUP (ORDER BY ms), percentile_cont (0.95) WITHIN GROUP (ORDER BY ms), count (*)
  FROM took GROUP BY what ORDER BY 3 DESC;
"""

# As many as asked for, each with what the registries said of one of the people: the rows of an application and of its answers.
MULTIPLY = """
CREATE FUNCTION pg_temp.columns (p_table regclass, p_without text[]) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg (quote_ident (attname), ', ') FROM pg_attribute
   WHERE attrelid = p_table AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attname <> ALL (p_without) $$;
SET session_replication_role = replica;
DO $$
DECLARE
  v_application text := pg_temp.columns ('platen.application', '{{id,number,id_number,key}}');
  v_source      text := pg_temp.columns ('platen.application_source', '{{id,application_id}}');
  v_last        bigint := (SELECT max (id) FROM platen.application);
  v_n           int := (SELECT count (*) FROM platen.application);
BEGIN
  EXECUTE format ('INSERT INTO platen.application (id, number, id_number, key, %1$s) OVERRIDING SYSTEM VALUE'
                  ' SELECT %3$s + g, ''BENCH-'' || g, (9000000000 + g)::text || platen.mod11_10 ((9000000000 + g)::text), gen_random_uuid (), %1$s'
                  ' FROM generate_series (1, {n}) g JOIN (SELECT row_number () OVER (ORDER BY id) AS nth, * FROM platen.application) a ON a.nth = 1 + g %% %2$s',
                  v_application, v_n, v_last);
  EXECUTE format ('INSERT INTO platen.application_source (application_id, %1$s)'
                  ' SELECT %3$s + g, %1$s FROM generate_series (1, {n}) g'
                  ' JOIN (SELECT row_number () OVER (ORDER BY id) AS nth, id FROM platen.application WHERE id <= %3$s) o ON o.nth = 1 + g %% %2$s'
                  ' JOIN platen.application_source s ON s.application_id = o.id',
                  v_source, v_n, v_last);
END
$$;
ANALYZE platen.application, platen.application_source;
"""


def psql(box, database, text):
    done = subprocess.run([*DROP, f'{BINARIES}/psql', '-h', box / 'pg', '-U', 'postgres', '-d', database, '-AtXq', '-v', 'ON_ERROR_STOP=1'],
                          input=text, text=True, capture_output=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return [line.split('|') for line in done.stdout.splitlines()]


def start(box, number, type_):
    environment = {**os.environ}
    for line in subprocess.run([DEMO, 'env', 'anna', '--folder', box], check=True, text=True, capture_output=True).stdout.splitlines():
        name, _, value = line.removeprefix('export ').partition('=')
        environment[name] = value.strip("'")
    code = subprocess.run([DEMO, 'totp', '--fresh', 'anna', '--folder', box], check=True, capture_output=True).stdout
    reading, writing = os.pipe()
    os.write(writing, code)
    os.close(writing)
    subprocess.run([CTL, '--totp-fd', str(reading), 'application', 'new', number, '--type', type_], env=environment, check=False,
                   capture_output=True, pass_fds=[reading])
    os.close(reading)


def main():
    with tempfile.TemporaryDirectory() as folder:
        box = pathlib.Path(folder) / 'box'
        os.chmod(folder, 0o755)
        subprocess.run([DEMO, 'up', '--folder', box, '--citizens', '3000'], check=True, capture_output=True)
        try:
            people = psql(box, 'driver', f"""SELECT d.citizen FROM driver d WHERE d.status = 'V' ORDER BY md5 (d.citizen) LIMIT {KINDS}""")
            for person, in people:
                start(box, person, 'renewal')
            psql(box, 'platen', MULTIPLY.format(n=APPLICATIONS))
            for what, rate, p50, p95, n in psql(box, 'platen', MEASURE.format(n=EVALUATIONS)):
                print(f'{what:32} {float(rate):9.1f} applications/s   p50 {float(p50):7.2f} ms   p95 {float(p95):7.2f} ms   n {n}', flush=True)
        finally:
            subprocess.run([DEMO, 'down', '--folder', box], check=False, capture_output=True)


main()
