-- Lets in what another person proposed.
-- $1 text: record number, $2 text: digest of the files that are here, $3 text: reason or NULL
-- Columns: json text
SELECT json_build_object ('id', $1::text::bigint)::text AS json
  FROM api.approve_layout ($1::text::bigint, $2::text, $3::text)
