-- A card that was handed over is recalled.
-- $1 text: card number, $2 text: why, $3 text: “yes” where it was brought back
-- Columns: json
WITH done AS MATERIALIZED (SELECT api.recall_card (api.find_card ($1::text), $2::text, coalesce ($3::text = 'yes', false)))
SELECT json_build_object ('card', upper (btrim ($1::text)), 'state', 'recalled', 'returned', coalesce ($3::text = 'yes', false))::text AS json FROM done
