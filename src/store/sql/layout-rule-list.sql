-- The rules that say which layout an application gets, in the order in which they are asked.
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('id', r.id, 'position', r.position, 'type', r.type, 'office', r.for_office, 'min_age', r.min_age,
         'max_age', r.max_age, 'layout', r.layout, 'valid_from', r.valid_from, 'valid_to', r.valid_to, 'state', r.state,
         'proposed_by', r.proposed_by, 'approved_by', r.approved_by, 'reason', r.reason) ORDER BY r.position, r.id), '[]')::text AS json
  FROM api.layout_rule r
