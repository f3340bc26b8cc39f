-- Leaves out the categories that the doctor's word takes.
-- $1 text: number
-- Columns: json text
SELECT json_build_object ('row_version', api.keep_fit_categories (a.id, a.row_version))::text AS json
  FROM (SELECT a.id, a.row_version FROM api.application a WHERE a.number = upper (btrim ($1::text)) UNION ALL SELECT NULL, NULL ORDER BY 1 NULLS LAST LIMIT 1) a
