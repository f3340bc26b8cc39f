-- Whether nothing is approved in the caller's office before the holder confirmed what the card says.
-- $1 text: true or false
-- Columns: json text
SELECT json_build_object ('done', api.set_holder_confirms ($1::text::boolean))::text AS json
