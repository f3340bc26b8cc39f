-- A card that was recalled was brought back.
-- $1 text: card number, $2 text: words about it, or NULL
-- Columns: json
WITH done AS MATERIALIZED (SELECT api.card_returned (api.find_card ($1::text), $2::text))
SELECT json_build_object ('card', upper (btrim ($1::text)), 'returned', true)::text AS json FROM done
