-- Sets the office's currency, and by which coins and notes its drawers are counted.
-- $1 text: ISO 4217, $2 text: smallest units with commas, or NULL as they are
-- Columns: json
SELECT json_build_object ('currency', upper ($1::text))::text AS json FROM api.set_currency (upper ($1::text), string_to_array ($2::text, ',')::bigint[])
