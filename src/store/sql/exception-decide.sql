-- A supervisor's answer to what was asked.
-- $1 text: the exception's number, $2 text: 'true' or 'false', $3 text: reason
-- Columns: json text
SELECT json_build_object ('state', api.decide_exception ($1::text::bigint, $2::text::boolean, $3::text))::text AS json
