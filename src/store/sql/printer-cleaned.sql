-- A printer was cleaned just now.
-- $1 text: printer
-- Columns: json
SELECT json_build_object ('printer', btrim ($1::text), 'cards', api.printer_cleaned ($1::text))::text AS json
