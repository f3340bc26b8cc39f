-- SPDX-License-Identifier: GPL-3.0-or-later
-- Offices with desks, a session at each, and what pgbench has to read because it cannot make it up.
-- Variables of psql: offices, desks, citizens (of each desk).
SELECT count (api.add_office ('O' || o, 'Office ' || o)) FROM generate_series (1, :offices) o;
SELECT count (api.add_staff ('desk' || d, 'Desk ' || d, 'O' || (d - 1) % :offices + 1, '{clerk,supervisor}', NULL))
  FROM generate_series (1, :desks) d;
SELECT format ('ALTER ROLE %I PASSWORD %L', 'desk' || d, 'desk' || d) FROM generate_series (1, :desks) d
\gexec
INSERT INTO platen.session (token_sha256, staff_id, workstation)
SELECT sha256 (convert_to (login, 'UTF8')), id, login FROM platen.staff WHERE login LIKE 'desk%';

CREATE SCHEMA bench;
GRANT USAGE ON SCHEMA bench TO PUBLIC;
-- Two runs of every desk, with people of their own.
CREATE TABLE bench.citizen AS
SELECT r.run, d.desk, n.n, v.stem || platen.mod11_10 (v.stem) AS id_number
  FROM generate_series (0, 1) r (run), generate_series (1, :desks) d (desk), generate_series (1, :citizens) n (n),
       LATERAL (SELECT lpad ((1000000000 * (r.run + 7)::bigint + d.desk * 100000 + n.n)::text, 10, '0')) v (stem);
CREATE UNIQUE INDEX ON bench.citizen (run, desk, n);
CREATE TABLE bench.picture AS
SELECT kind, image, encode (sha256 (image), 'hex') AS sha256
  FROM (SELECT 'portrait', '\xffd8ff'::bytea || decode (string_agg (lpad (to_hex (i % 251), 2, '0'), '' ORDER BY i), 'hex')
          FROM generate_series (3, 11999) i
        UNION ALL
        SELECT 'signature', '\x89504e470d0a1a0a'::bytea || decode (string_agg (lpad (to_hex (i % 251), 2, '0'), '' ORDER BY i), 'hex')
          FROM generate_series (8, 3999) i) p (kind, image);
CREATE TABLE bench.answer AS
SELECT * FROM (VALUES
  ('identity', 'answered', '{family_name,given_names,birth_date,sex,nationality}'::text[], '{Berg,Ida,1980-05-06,F,UTO}'::text[]),
  ('driver', 'answered', '{family_name,given_names,birth_date,licence_status,licence_expiry,categories}',
   ARRAY['Berg', 'Ida', '1980-05-06', 'valid', (current_date + 30)::text, 'B;2005-06-07;' || (current_date + 30) || ';01']),
  ('infringement', 'answered', '{points,unpaid}', '{0,0}')) a (source, state, fields, field_values);
CREATE TABLE bench.chosen AS
SELECT * FROM (VALUES (1, 'family_name', 'Berg', 'agreed'), (2, 'given_names', 'Ida', 'agreed'), (3, 'birth_date', '1980-05-06', 'agreed'),
                      (4, 'sex', 'F', 'only'), (5, 'nationality', 'UTO', 'only')) c (position, field, value, choice);
CREATE UNLOGGED TABLE bench.inbox (desk int, office int, application bigint PRIMARY KEY, row_version int);
GRANT SELECT ON bench.citizen, bench.picture, bench.answer, bench.chosen TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON bench.inbox TO PUBLIC;
