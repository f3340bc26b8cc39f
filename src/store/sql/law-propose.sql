-- Proposes a change of rules.
-- $1 text: the file, JSON
-- Columns: json text
SELECT json_build_object ('change', api.propose_rules ($1::text::jsonb))::text AS json
