-- What this office has for one citizen, newest first.
-- $1 text: ID number
-- Columns: those of api.application
SELECT id, number, type, state, id_number, holder_name, categories, licence_number, issue_date,
       expiry_date, office_code, entered_by, entered_by_login, approved_by, created_at, changed_at,
       row_version, has_portrait, has_signature, stops, reason
  FROM api.application
 WHERE id_number = $1
 ORDER BY created_at DESC, id DESC
 LIMIT 50
