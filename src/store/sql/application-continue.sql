-- Takes one application up again that was set aside.
-- $1 bigint: application, $2 int: row version that was read, $3 text: reason or NULL
-- Columns: row_version
SELECT api.continue_application ($1::bigint, $2::int, $3::text) AS row_version
