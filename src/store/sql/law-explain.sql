-- Each rule in force and what it says of an application.
-- $1 text: number
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('code', e.rule, 'severity', e.severity, 'outcome', e.outcome, 'text', CASE e.outcome WHEN 'found' THEN e.text END,
         'cure', CASE e.outcome WHEN 'found' THEN e.cure END, 'legal_reference', e.legal_reference, 'field', e.field, 'valid_from', e.valid_from,
         'parameters', e.parameters::text)), '[]')::text AS json
  FROM (SELECT a.id FROM api.application a WHERE a.number = upper (btrim ($1::text)) UNION ALL SELECT NULL ORDER BY 1 NULLS LAST LIMIT 1) a,
       LATERAL api.explain_rules (a.id) e
