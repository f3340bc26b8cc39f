-- Proposes a version of a layout.
-- $1 text: layout, $2 int: version, $3 text: digest of its files, $4 text: first day or NULL, $5 text: last day or NULL,
-- $6 bytea: proof sheet (PDF), $7 text: reason
-- Columns: id bigint
SELECT api.propose_layout ($1::text, $2::int, $3::text, $4::text::date, $5::text::date, $6::bytea, $7::text) AS id
