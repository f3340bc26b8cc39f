-- The cards of this office that are in flight, doubtful or awaiting hand-over, those that must be
-- asked about first, else newest first.
-- Columns: those of api.card
SELECT id, number, serial, state, application_id, application_number, holder_name, printer, job_id,
       job_uuid, print_key, front_sha256, back_sha256, file_sha256, layout, layout_version,
       changed_at, reason, asked_about,
       to_char (frozen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS frozen_at, frozen_why
  FROM api.card
 WHERE state IN ('reserved', 'rendered', 'sent', 'on_device', 'out', 'checked', 'doubtful')
 ORDER BY asked_about DESC, id DESC
 LIMIT 500
