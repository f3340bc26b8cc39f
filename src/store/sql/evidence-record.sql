-- Records a paper.
-- $1 text: number; $2 text: kind; $3 text: its day; $4 text: who made it; $5 text: its reference; $6 text: what it says, JSON
-- Columns: json text
SELECT json_build_object ('row_version', api.record_evidence (a.id, a.row_version, $2::text, $3::text::date, $4::text, $5::text, $6::text::jsonb))::text AS json
  FROM (SELECT a.id, a.row_version FROM api.application a WHERE a.number = upper (btrim ($1::text)) UNION ALL SELECT NULL, NULL ORDER BY 1 NULLS LAST LIMIT 1) a
