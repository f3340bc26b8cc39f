-- The answer of each source that counts for one application: the one that the rules judge by.
-- $1 text: application number
-- Columns: source, state, answered_at, message, fields text[], field_values text[]
-- The number is looked up first, here and in its sisters: no join reaches into a view with a
-- security barrier, and the whole table would be read.
SELECT s.source, s.state, s.answered_at, s.message, s.fields, s.field_values
  FROM api.application_answer s
 WHERE s.application_id = (SELECT a.id FROM api.application a WHERE a.number = upper (btrim ($1::text)))
 ORDER BY s.source
