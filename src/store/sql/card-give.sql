-- A card is given to a colleague, who has yet to take it.
-- $1 text: card number, $2 text: the colleague's login
-- Columns: json
WITH done AS MATERIALIZED (SELECT api.give_card (api.find_card ($1::text), $2::text))
SELECT json_build_object ('card', upper (btrim ($1::text)), 'offered_to', btrim ($2::text))::text AS json FROM done
