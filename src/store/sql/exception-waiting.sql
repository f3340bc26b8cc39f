-- The exceptions of the office that wait for a supervisor, oldest first.
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('id', e.id, 'application', e.application_number, 'holder', e.holder_name, 'kind', e.kind,
                                              'reason', e.reason, 'asked_by', e.asked_by,
                                              'asked_at', to_char (e.asked_at, 'YYYY-MM-DD HH24:MI')) ORDER BY e.id), '[]')::text AS json
  FROM api.photo_exception e
 WHERE e.state = 'open'
