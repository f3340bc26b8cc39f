-- Lets go what waits for the sample of a print batch.
-- $1 text: its number, $2 text: why, or NULL
-- Columns: json
SELECT json_build_object ('released', api.release_print_batch ($1::text, $2::text))::text AS json
