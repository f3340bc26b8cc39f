-- Takes a run of serials out of a printer into the safe.
-- $1 text: printer, $2 text: first serial, $3 text: last serial
SELECT json_build_object ('items', api.unload_printer ($1::text, upper (btrim ($2::text)), upper (btrim ($3::text))))::text AS json
