-- SPDX-License-Identifier: GPL-3.0-or-later
-- The business path as pgbench sends it: every call that the office makes, and nothing between the calls.
\if :desk = 0
\set desk :client_id + 1
SELECT set_config ('session_authorization', 'desk' || :desk, false);
SELECT count (*) FROM api.resume_session ('desk' || :desk);
\endif
\set n :n + 1
SELECT id_number FROM bench.citizen WHERE run = 1 AND desk = :desk AND n = :n
\gset
BEGIN;
SELECT id, row_version FROM api.start_application (gen_random_uuid (), :id_number::text, 'renewal', '{B}')
\gset
SELECT count (api.record_source (:id::bigint, s.source, s.state, now (), NULL, s.fields, s.field_values)) FROM bench.answer s;
SELECT count (api.set_field (:id::bigint, (:row_version::int + f.position - 1)::int, f.field, f.value, f.choice, NULL, NULL)) AS fields
  FROM (SELECT * FROM bench.chosen ORDER BY position) f
\gset
SELECT count (*) FROM api.evaluate (:id::bigint);
COMMIT;
SELECT count (*) FROM api.note_photo_check (:id::bigint, (SELECT p.sha256 FROM bench.picture p WHERE p.kind = 'portrait'), 'file', '{"verdict":"good","bad":[]}');
SELECT api.set_image (:id::bigint, :row_version::int + :fields::int, 'portrait', image, 'image/jpeg') AS row_version
  FROM bench.picture WHERE kind = 'portrait'
\gset
SELECT api.set_image (:id::bigint, :row_version::int, 'signature', image, 'image/png') AS row_version
  FROM bench.picture WHERE kind = 'signature'
\gset
SELECT api.submit_application (:id::bigint, :row_version::int, NULL) AS row_version
\gset
INSERT INTO bench.inbox (desk, office, application, row_version) SELECT :desk, (:desk - 1) % :offices, :id, :row_version;
WITH taken AS (DELETE FROM bench.inbox
                WHERE application = (SELECT application FROM bench.inbox WHERE office = (:desk - 1) % :offices AND desk <> :desk
                                      ORDER BY application FOR UPDATE SKIP LOCKED LIMIT 1) RETURNING application, row_version)
SELECT coalesce (max (application), 0) AS id, coalesce (max (row_version), 0) AS row_version FROM taken
\gset
\if :id > 0
SELECT count (api.record_source (:id::bigint, s.source, s.state, now (), NULL, s.fields, s.field_values)) FROM bench.answer s;
SELECT api.approve_application (:id::bigint, :row_version::int, NULL);
\endif
