-- The exceptions of one application, newest first, and what was last measured on the portrait that is stored.
-- $1 text: application's record number
-- Columns: json text
SELECT json_build_object (
  'exceptions', (SELECT coalesce (json_agg (json_build_object ('id', e.id, 'kind', e.kind, 'reason', e.reason, 'asked_by', e.asked_by,
                                                               'state', e.state, 'decided_by', e.decided_by, 'decision', e.decision)
                                            ORDER BY e.id DESC), '[]')
                   FROM api.photo_exception e WHERE e.application_id = $1::text::bigint),
  'check', (SELECT c.result FROM api.photo_check c
             WHERE c.application_id = $1::text::bigint
               AND c.sha256 = (SELECT i.sha256 FROM api.application_image i
                                WHERE i.application_id = $1::text::bigint AND i.kind = 'portrait')
             ORDER BY c.id DESC LIMIT 1))::text AS json
