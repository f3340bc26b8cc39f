-- What is kept of one card: the signed file, with the approval behind it where it has one, and the contents of its codes.
-- $1 bigint: card
-- Columns: file bytea, qr_text, pdf417 bytea, mrz
SELECT f.file || coalesce ((SELECT a.added FROM api.card_file_approval a WHERE a.card_id = f.card_id), ''::bytea) AS file, f.qr_text, f.pdf417,
       f.mrz
  FROM api.card_file f
 WHERE f.card_id = $1
