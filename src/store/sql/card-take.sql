-- A card that a colleague gave is taken.
-- $1 text: card number
-- Columns: json
WITH done AS MATERIALIZED (SELECT api.take_card (api.find_card ($1::text)))
SELECT json_build_object ('card', upper (btrim ($1::text)), 'taken', true)::text AS json FROM done
