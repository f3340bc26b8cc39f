-- Says that somebody works here, so that the session does not idle out.
-- Columns: staff_login
SELECT staff_login
  FROM api.whoami ()
