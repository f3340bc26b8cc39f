-- Notes what the checks of a photograph measured, and counts those that failed.
-- $1 text: application's record number, $2 text: SHA-256 of the bytes in hex, $3 text: where they came from, $4 text: the result as JSON
-- Columns: json text
SELECT json_build_object ('failed', n.failed, 'waits', n.waits)::text AS json
  FROM api.note_photo_check ($1::text::bigint, $2::text, $3::text, $4::text::jsonb) n
