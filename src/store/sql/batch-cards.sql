-- The cards of a batch, in their order.
-- $1 text: its number
-- Columns: id, number, application_number, state
SELECT id, number, application_number, state
  FROM api.card
 WHERE batch = $1::text
 ORDER BY batch_position
