-- Approves a version of a fee rule that a colleague proposed.
-- $1 text: its number
-- Columns: json
SELECT json_build_object ('rule', $1::bigint, 'state', 'approved')::text AS json FROM api.approve_fee_rule ($1::bigint)
