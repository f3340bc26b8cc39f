-- What is typed into an application, and what can be.
-- $1 text: number
-- Columns: field, input, required, past, max_length, title, hint, value, version, who, changed_at, workstation
SELECT field, input, required, past, max_length, title, hint, value, version, who, changed_at, workstation
  FROM api.application_form
 WHERE application_number = upper (btrim ($1::text))
 ORDER BY position
