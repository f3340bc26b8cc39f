-- Has this database a schema of ours?
-- Columns: exists boolean; of_owner boolean: this login may look into it, and upgrade it;
-- of_staff boolean: this login may ask api.schema_version() for its version
SELECT count (*) > 0 AS exists,
       coalesce (bool_and (has_schema_privilege (n.oid, 'USAGE')), false) AS of_owner,
       EXISTS (SELECT FROM pg_catalog.pg_proc p
                 JOIN pg_catalog.pg_namespace s ON s.oid = p.pronamespace
                WHERE s.nspname = 'api' AND p.proname = 'schema_version'
                  AND has_schema_privilege (s.oid, 'USAGE')
                  AND has_function_privilege (p.oid, 'EXECUTE')) AS of_staff
  FROM pg_catalog.pg_namespace n
 WHERE n.nspname = 'platen'
