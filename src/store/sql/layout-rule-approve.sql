-- Lets in a rule that another person proposed.
-- $1 text: number of the rule, $2 text: reason or NULL
-- Columns: json text
SELECT json_build_object ('id', $1::text::bigint)::text AS json
  FROM api.approve_layout_rule ($1::text::bigint, $2::text)
