-- Opens the session of the login on this connection with its second factor.
-- $1 text: six-digit code, $2 text: workstation
-- Columns: token, staff_login, staff_name, office_code, office_name, roles text[], expires_at
SELECT token, staff_login, staff_name, office_code, office_name, roles, expires_at
  FROM api.open_session ($1, $2)
