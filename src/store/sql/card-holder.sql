-- A card that is ready: who gets it, as it is printed on it, where it lies, and what the office demands of the hand-over.
-- $1 text: card number
-- Columns: json; no row where it is not ready
SELECT json_build_object ('card', c.number, 'holder_name', c.holder_name, 'birth_date', f.inputs -> 'values' ->> 'birth_date',
                          'birth_place', f.inputs -> 'values' ->> 'birth_place', 'sex', f.inputs -> 'values' ->> 'sex',
                          'nationality', f.inputs -> 'values' ->> 'nationality',
                          'licence_number', a.licence_number, 'id_number', a.id_number, 'categories', a.categories,
                          'shelf', p.shelf, 'custodian', p.custodian, 'offered_to', p.offered_to, 'letter', p.letter,
                          'identity', r.identity, 'receipt', r.receipt, 'custody', r.custody, 'post', r.post,
                          'portrait', (SELECT encode (i.image, 'base64') FROM api.application_image i
                                        WHERE i.application_id = c.application_id AND i.kind = 'portrait'),
                          'signature', (SELECT encode (i.image, 'base64') FROM api.application_image i
                                         WHERE i.application_id = c.application_id AND i.kind = 'signature'))::text AS json
  FROM api.card c JOIN api.card_place p ON p.card_id = c.id JOIN api.application a ON a.id = c.application_id
  LEFT JOIN api.card_file f ON f.card_id = c.id JOIN api.handover_rules r ON r.office_code = a.office_code
 WHERE c.number = upper (btrim ($1::text))
