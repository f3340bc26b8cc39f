-- What each source said last for one application, whoever asked.
-- $1 text: application number
-- Columns: source, state, answered_at, message, fields text[], field_values text[]
SELECT DISTINCT ON (s.source) s.source, s.state, s.answered_at, s.message, s.fields, s.field_values
  FROM api.application_source s
  JOIN api.application a ON a.id = s.application_id
 WHERE a.number = $1
 ORDER BY s.source, s.answered_at DESC
