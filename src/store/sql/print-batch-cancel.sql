-- Cancels a print batch: what was not printed yet stands in the line by itself again.
-- $1 text: its number, $2 text: why
-- Columns: json
SELECT json_build_object ('cancelled', api.cancel_print_batch ($1::text, $2::text))::text AS json
