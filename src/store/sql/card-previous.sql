-- The application whose card the same person has in hand: the last one that was handed over before.
-- $1 text: application number
-- Columns: number
SELECT p.number
  FROM api.application a
  JOIN api.application p ON p.id_number = a.id_number AND p.id < a.id
  JOIN api.card c ON c.application_id = p.id AND c.state = 'issued'
 WHERE a.number = upper (btrim ($1::text))
 ORDER BY c.changed_at DESC
 LIMIT 1
