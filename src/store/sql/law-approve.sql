-- Approves a change that another person proposed.
-- $1 text: its number; $2 text: reason or NULL
-- Columns: json text
SELECT json_build_object ('effective', api.approve_rule_change ($1::text::bigint, $2::text))::text AS json
