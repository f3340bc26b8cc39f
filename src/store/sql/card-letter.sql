-- The letter in which a card is posted: what stands on its sheet.
-- $1 text: card number
-- Columns: json
SELECT json_build_object ('card', upper (btrim ($1::text)), 'letter', api.letter_for_card (api.find_card ($1::text)),
                          'holder_name', (SELECT c.holder_name FROM api.card c WHERE c.number = upper (btrim ($1::text))))::text AS json
