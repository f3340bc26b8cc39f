-- The version of the schema, for a login that may not look into the schema itself.
-- Columns: version int
SELECT coalesce (api.schema_version (), 0) AS version
