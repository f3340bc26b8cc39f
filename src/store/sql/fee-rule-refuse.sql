-- Refuses a version of a fee rule, or takes one's own proposal back.
-- $1 text: its number
-- Columns: json
SELECT json_build_object ('rule', $1::bigint, 'state', 'refused')::text AS json FROM api.refuse_fee_rule ($1::bigint)
