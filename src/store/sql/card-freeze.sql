-- A card that is being made goes no further until the stop is lifted.
-- $1 text: card number, $2 text: why
-- Columns: json
SELECT json_build_object ('card', upper (btrim ($1::text)), 'stop', api.freeze_card (api.find_card ($1::text), $2::text))::text AS json
