-- Opens the drawer of who is signed in, at this workstation.
-- $1 text: the float
-- Columns: json
SELECT json_build_object ('shift', api.open_shift (api.read_money ($1::text)), 'state', 'open')::text AS json
