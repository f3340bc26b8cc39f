-- For which registries one application waits.
-- $1 text: application number
-- Columns: source, since, resumes_as
SELECT w.source, w.since, w.resumes_as
  FROM api.application_wait w
 WHERE w.application_id = (SELECT a.id FROM api.application a WHERE a.number = upper (btrim ($1::text)))
