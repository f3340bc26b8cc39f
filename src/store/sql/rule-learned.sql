-- The rules by which differences are resolved: shipped ones and those of this office.
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('id', r.id, 'kind', r.kind, 'field', r.field, 'source', r.source, 'valid_from', r.valid_from,
         'valid_to', r.valid_to, 'accepted_by', r.accepted_by, 'reason', r.reason, 'text', r.text) ORDER BY r.id), '[]')::text AS json
  FROM api.difference_rule r
