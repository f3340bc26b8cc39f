-- What the rules said of one application, gravest first.
-- $1 text: application number
-- Columns: rule, severity, text, cure, legal_reference, field
SELECT f.rule, f.severity, f.text, f.cure, f.legal_reference, f.field
  FROM api.application_finding f
 WHERE f.application_id = (SELECT a.id FROM api.application a WHERE a.number = upper (btrim ($1::text)))
 ORDER BY array_position (ARRAY['hard', 'soft', 'warning'], f.severity), f.rule
