-- Ends the use of a version, at once.
-- $1 text: record number, $2 text: reason
-- Columns: json text
SELECT json_build_object ('id', $1::text::bigint)::text AS json
  FROM api.retire_layout ($1::text::bigint, $2::text)
