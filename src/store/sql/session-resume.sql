-- Binds this connection to a session that the same login opened before.
-- $1 text: its token
-- Columns: token, staff_login, staff_name, office_code, office_name, roles text[], expires_at
SELECT token, staff_login, staff_name, office_code, office_name, roles, expires_at
  FROM api.resume_session ($1)
