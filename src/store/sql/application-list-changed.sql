-- Reads again those of some applications that a filter lets through.
-- $1 text[]: ids, $2 text[]: states, $3 text: as in application-list
-- Columns: those of api.application
SELECT id, number, type, state, id_number, holder_name, categories, licence_number, issue_date,
       expiry_date, office_code, entered_by, entered_by_login, approved_by, created_at, changed_at,
       row_version, has_portrait, has_signature, stops, reason
  FROM api.application
 WHERE id = ANY ($1::bigint[])
   AND ($2::text[] IS NULL OR state = ANY ($2::text[]))
   AND ($3::text IS NULL
        OR starts_with (number, upper ($3::text))
        OR starts_with (id_number, $3::text)
        OR strpos (' ' || lower (holder_name), ' ' || lower ($3::text)) > 0)
 ORDER BY changed_at DESC, id DESC
