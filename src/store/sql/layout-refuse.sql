-- Refuses a proposal, or takes back one's own.
-- $1 text: record number, $2 text: reason
-- Columns: json text
SELECT json_build_object ('id', $1::text::bigint)::text AS json
  FROM api.refuse_layout ($1::text::bigint, $2::text)
