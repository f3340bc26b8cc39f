-- Compares what was read back from the plastic; the card moves on only when it matches.
-- $1 bigint: card, $2 text: text of the QR code, $3 text: serial of the blank
-- Columns: matched boolean, text
SELECT matched, text
  FROM api.check_card ($1::bigint, $2::text, $3::text)
