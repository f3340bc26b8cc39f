-- What is kept of one card: the signed file and the contents of its codes.
-- $1 bigint: card
-- Columns: file bytea, qr_text, pdf417 bytea, mrz
SELECT file, qr_text, pdf417, mrz
  FROM api.card_file
 WHERE card_id = $1
