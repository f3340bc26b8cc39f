-- Takes a paper back.
-- $1 text: number of the application; $2 text: the paper's record number; $3 text: reason
-- Columns: json text
SELECT json_build_object ('row_version', api.withdraw_evidence (a.id, a.row_version, $2::text::bigint, $3::text))::text AS json
  FROM (SELECT a.id, a.row_version FROM api.application a WHERE a.number = upper (btrim ($1::text)) UNION ALL SELECT NULL, NULL ORDER BY 1 NULLS LAST LIMIT 1) a
