-- Pauses all printing of the office, or one printer.
-- $1 text: printer or class, NULL for all, $2 text: why
-- Columns: json
SELECT json_build_object ('changed', api.pause_printing ($1::text, $2::text))::text AS json
