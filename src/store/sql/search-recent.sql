-- Whom the member of staff looked up last.
-- $1 int: rows
-- Columns: those of api.recent_persons but the application's state
SELECT id_number, holder_name, family_name, given_names, family_name_native, given_names_native, birth_date, address, licence_number,
       application_number, at
  FROM api.recent_persons ($1)
