-- The cards of this office that are between their blank and the tray, or in doubt, oldest first.
-- $1 int: seconds after which one that was not sent is left
-- Columns: those of api.card; is_left boolean
SELECT id, number, serial, state, application_id, application_number, holder_name, printer, job_id,
       job_uuid, print_key, front_sha256, back_sha256, file_sha256, layout, layout_version,
       changed_at, reason, asked_about,
       to_char (frozen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS frozen_at, frozen_why,
       state IN ('reserved', 'rendered') AND changed_at < clock_timestamp () - make_interval (secs => $1::int) AS is_left
  FROM api.card
 WHERE state IN ('reserved', 'rendered', 'sent', 'on_device', 'doubtful')
 ORDER BY id
 LIMIT 2000
