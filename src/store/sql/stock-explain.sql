-- Proposes what a count's differences were.
-- $1 text: number of the count, $2 text: books or count, $3 text: why
SELECT json_build_object ('number', api.explain_count ($1::bigint, $2::text, $3::text))::text AS json
