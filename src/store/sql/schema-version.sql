-- The version of the schema.
-- Columns: version int
SELECT coalesce (max (version), 0) AS version
  FROM platen.schema_version
