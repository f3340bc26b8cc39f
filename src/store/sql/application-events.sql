-- What has happened to one application and its cards, newest first.
-- $1 text: application number
-- Columns: at, who, workstation, subject, what, text, why
SELECT e.at, e.who, e.workstation, e.subject, e.what, e.text, e.why
  FROM api.event e
 WHERE e.application_id = (SELECT a.id FROM api.application a WHERE a.number = upper (btrim ($1::text)))
 ORDER BY e.at DESC, e.id DESC
