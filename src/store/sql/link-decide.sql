-- Another person's answer to what was asked for.
-- $1 text: the link's number, $2 text: 'true' or 'false', $3 text: reason
-- Columns: json text
SELECT json_build_object ('id', $1::text, 'state', api.decide_link ($1::text::bigint, $2::text::boolean, $3::text))::text AS json
