-- The card on its way, or ready, that has a scanned code; null where there is none.
-- $1 text: what was scanned
-- Columns: json
SELECT json_build_object ('card', api.card_of_code ($1::text))::text AS json
