-- Has this database a schema of ours?
-- Columns: exists boolean, readable boolean (false: it has, and this login may not look into it)
SELECT count (*) > 0 AS exists,
       coalesce (bool_and (has_schema_privilege (n.oid, 'USAGE')), false) AS readable
  FROM pg_catalog.pg_namespace n
 WHERE n.nspname = 'platen'
