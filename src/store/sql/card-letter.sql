-- The letter in which a card is posted: what stands on its sheet.
-- $1 text: card number
-- Columns: json
SELECT json_build_object ('card', upper (btrim ($1::text)), 'letter', api.letter_for_card (api.find_card ($1::text)), 'holder_name', c.holder_name,
                          'address', (SELECT f.value FROM api.application_field f WHERE f.application_id = c.application_id AND f.field = 'address'),
                          'office_name', (SELECT o.name FROM api.application a JOIN api.office o ON o.code = a.office_code WHERE a.id = c.application_id))::text AS json
  FROM (SELECT 1) one LEFT JOIN api.card c ON c.number = upper (btrim ($1::text))
