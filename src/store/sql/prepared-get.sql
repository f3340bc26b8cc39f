-- What was prepared at home, if the application was.
-- $1 text: the application's number
-- Columns: code, language, email, phone, prepared_at, reported, unsent, set_aside
SELECT p.code, p.language, p.email, p.phone, p.prepared_at, p.reported,
       (SELECT count (*) FROM api.outbox o WHERE o.application_id = p.application_id AND o.state = 'waiting')::int AS unsent,
       (SELECT count (*) FROM api.outbox o WHERE o.application_id = p.application_id AND o.state = 'set_aside')::int AS set_aside
  FROM api.prepared_application p
 WHERE p.application_id = (SELECT a.id FROM api.application a WHERE a.number = $1::text)
