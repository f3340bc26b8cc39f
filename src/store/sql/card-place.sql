-- Where a card that is ready lies; no row where it is not ready.
-- $1 text: card number
-- Columns: json
SELECT json_build_object ('card', p.card_number, 'shelf', p.shelf, 'custodian', p.custodian, 'offered_to', p.offered_to, 'letter', p.letter)::text AS json
  FROM api.card_place p
 WHERE p.card_number = upper (btrim ($1::text))
