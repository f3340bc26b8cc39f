-- A card is handed over to its holder, who showed who they are.
-- $1 text: card number, $2 text: its code, or NULL, $3 text: document, $4 text: how its number ends, or NULL, $5 text: receipt in base64, or NULL
-- Columns: json
WITH done AS MATERIALIZED (SELECT api.hand_over_card (api.find_card ($1::text), $2::text, $3::text, $4::text, decode ($5::text, 'base64')))
SELECT json_build_object ('card', upper (btrim ($1::text)), 'state', 'issued', 'document', $3::text)::text AS json FROM done
