-- Asks for an exception: somebody who cannot sign, a covered head.
-- $1 text: application's record number, $2 text: row version that was read, $3 text: kind, $4 text: reason
-- Columns: json text
SELECT json_build_object ('row_version', api.ask_exception ($1::text::bigint, $2::text::int, $3::text, $4::text))::text AS json
