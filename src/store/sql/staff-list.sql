-- The staff of this office.
-- Columns: login, name, office_code, roles text[], active boolean
SELECT login, name, office_code, roles, active
  FROM api.staff
 ORDER BY name, login
