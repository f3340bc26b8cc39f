-- The proof sheet of a version; it is noted who was given it.
-- $1 bigint: record number
-- Columns: sha256 text, file bytea
SELECT p.sha256, p.file FROM api.layout_proof ($1::bigint) p
