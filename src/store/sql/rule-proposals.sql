-- What was always decided the same way and could become a rule, with its effect on past and open cases.
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('kind', p.kind, 'field', p.field, 'source', p.source, 'times', p.times, 'people', p.people,
         'open', p.open, 'text', p.text)), '[]')::text AS json
  FROM api.proposed_rules () p
