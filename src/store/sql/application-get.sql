-- One application by its number.
-- $1 text: number
-- Columns: those of api.application
SELECT id, number, type, state, id_number, holder_name, categories, licence_number, issue_date,
       expiry_date, office_code, entered_by, entered_by_login, approved_by, created_at, changed_at,
       row_version, has_portrait, has_signature, stops, reason
  FROM api.application
 WHERE number = upper (btrim ($1::text))
