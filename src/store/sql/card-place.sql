-- Where a card that is ready lies; of one in another state, its state; no row where this office has none of this number.
-- $1 text: card number
-- Columns: json
SELECT json_build_object ('card', c.number, 'state', c.state, 'shelf', p.shelf, 'custodian', p.custodian, 'offered_to', p.offered_to,
                          'letter', p.letter)::text AS json
  FROM api.card c LEFT JOIN api.card_place p ON p.card_id = c.id
 WHERE c.number = upper (btrim ($1::text))
