-- A supervisor ends a rule.
-- $1 text: its number, $2 text: reason
-- Columns: json text
SELECT json_build_object ('id', $1::text, 'ended', api.end_rule ($1::text::bigint, $2::text) IS NOT NULL)::text AS json
