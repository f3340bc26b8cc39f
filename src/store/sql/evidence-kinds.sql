-- What can be recorded, and what each paper says.
-- Columns: json text
SELECT json_agg (json_build_object ('paper', k.kind, 'title', k.title, 'members', array_to_string (k.members, ', '), 'demanded', array_to_string (k.demanded, ', '))
         ORDER BY k.position)::text AS json
  FROM api.evidence_kind k
