-- A card that was read back lies in a place.
-- $1 text: card number, $2 text: the place
-- Columns: json
WITH done AS MATERIALIZED (SELECT api.shelve_card (api.find_card ($1::text), $2::text))
SELECT json_build_object ('card', upper (btrim ($1::text)), 'shelf', btrim ($2::text))::text AS json FROM done
