-- Sets a blank aside for an application; the same key again gives the same card.
-- $1 bigint: application, $2 uuid: print key, $3 text: printer
-- Columns: card_id, card_number, serial
SELECT card_id, card_number, serial
  FROM api.reserve_card ($1::bigint, $2::uuid, $3::text)
