-- What was chosen for each field of one application, and by whom.
-- $1 text: application number
-- Columns: field, value, choice, rule, reason
SELECT f.field, f.value, f.choice, f.rule, f.reason
  FROM api.application_field f
 WHERE f.application_id = (SELECT a.id FROM api.application a WHERE a.number = upper (btrim ($1::text)))
