-- Puts back what stood before the last decision on a field.
-- $1 bigint: application, $2 int: row version that was read, $3 text: field, $4 text: nothing, $5 text: reason or NULL
-- Columns: row_version
SELECT api.undo_field ($1::bigint, $2::int, $3::text, CASE WHEN $4::text IS NULL THEN $5::text END) AS row_version
