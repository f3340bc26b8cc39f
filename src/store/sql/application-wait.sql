-- Lets one application wait for the registries that owe it an answer.
-- $1 bigint: application, $2 int: row version that was read, $3 text: nothing
-- Columns: row_version
SELECT api.wait_for_registries ($1::bigint, $2::int, $3::text) AS row_version
