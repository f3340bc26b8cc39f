-- What is wrong with a file of proposed rules; or with the rules as they are.
-- $1 text: the file, JSON, or NULL
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('code', c.code, 'wrong', c.wrong)), '[]')::text AS json FROM api.check_rules ($1::text::jsonb) c
