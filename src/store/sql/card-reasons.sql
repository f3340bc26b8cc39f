-- Why a card can be spoiled.
-- Columns: json
SELECT coalesce (json_agg (json_build_object ('code', r.code, 'text', r.text, 'data_readable', r.data_readable) ORDER BY r.position), '[]')::text AS json
  FROM api.spoil_reason r
