-- What people did with one version of a layout, oldest first.
-- $1 text: record number
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('at', to_char (s.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'who', s.who, 'what', s.what,
         'reason', s.reason) ORDER BY s.id), '[]')::text AS json
  FROM api.layout_step s
 WHERE s.layout_id = $1::text::bigint
