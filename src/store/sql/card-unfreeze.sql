-- Lifts what people said against a card.
-- $1 text: card number, $2 text: why
-- Columns: json
WITH lifted AS MATERIALIZED (SELECT api.unfreeze_card (api.find_card ($1::text), $2::text))
SELECT json_build_object ('card', upper (btrim ($1::text)), 'frozen_why', (SELECT c.frozen_why FROM api.card c WHERE c.number = upper (btrim ($1::text))))::text AS json
  FROM lifted
