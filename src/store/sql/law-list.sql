-- The rules of law, those in force first.
-- $1 text: 'true' for those that are over or to come, too
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('code', r.code, 'severity', r.severity, 'law_state', r.state, 'legal_reference', r.legal_reference, 'valid_from', r.valid_from,
         'valid_to', r.valid_to, 'text', r.text, 'cure', r.cure, 'parameters', r.parameters::text) ORDER BY r.code, r.valid_from), '[]')::text AS json
  FROM api.rule r
 WHERE $1::text::boolean OR r.state = 'in_force'
