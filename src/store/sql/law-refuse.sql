-- Refuses a change, or takes one's own back.
-- $1 text: its number; $2 text: reason
-- Columns: json text
SELECT json_build_object ('change', $1::text::bigint)::text AS json FROM api.refuse_rule_change ($1::text::bigint, $2::text)
