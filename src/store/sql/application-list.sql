-- One page of the office's applications, newest change first.
-- $1 text[]: states, NULL for all
-- $2 text: beginning of the number, of the ID number or of a part of the name, NULL for all
-- $3 timestamptz, $4 bigint: changed_at and id of the last row of the page before, NULL for the first
-- $5 int: at most so many rows
-- Columns: those of api.application
SELECT id, number, type, state, id_number, holder_name, categories, licence_number, issue_date,
       expiry_date, office_code, entered_by, entered_by_login, approved_by, created_at, changed_at,
       row_version, has_portrait, has_signature, stops, reason
  FROM api.worklist ($1::text[], $2::text, $3::timestamptz, $4::bigint, $5::int)
 ORDER BY changed_at DESC, id DESC
