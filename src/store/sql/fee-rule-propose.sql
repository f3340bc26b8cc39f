-- Proposes a version of a fee rule.
-- $1 text: JSON, $2 text: why
-- Columns: json
SELECT json_build_object ('rule', api.propose_fee_rule ($1::jsonb, $2::text), 'state', 'proposed')::text AS json
