-- Refuses the proposal of a rule, or ends one.
-- $1 text: number of the rule, $2 text: reason
-- Columns: json text
SELECT json_build_object ('id', $1::text::bigint)::text AS json
  FROM api.end_layout_rule ($1::text::bigint, $2::text)
