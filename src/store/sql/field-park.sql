-- Sets a field aside for a supervisor.
-- $1 bigint: application, $2 int: row version that was read, $3 text: field, $4 text: value or NULL, $5 text: reason
-- Columns: row_version
SELECT api.park_field ($1::bigint, $2::int, $3::text, $4::text, $5::text) AS row_version
