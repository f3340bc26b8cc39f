-- Replaces the categories that are asked for.
-- $1 bigint: application, $2 int: row version that was read, $3 text[]: codes
-- Columns: row_version
SELECT api.set_categories ($1::bigint, $2::int, $3::text[]) AS row_version
