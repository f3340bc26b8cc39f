-- The papers of an application, those taken back, too.
-- $1 text: number
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('id', e.id, 'paper', e.kind, 'title', e.title, 'dated', e.dated, 'authority', e.authority, 'reference', e.reference,
         'details', e.details::text, 'recorded_by', e.recorded_by, 'recorded_at', e.recorded_at, 'withdrawn_by', e.withdrawn_by, 'reason', e.withdrawn_why) ORDER BY e.id), '[]')::text
         AS json
  FROM api.application_evidence e JOIN api.application a ON a.id = e.application_id WHERE a.number = upper (btrim ($1::text))
