-- What one card was drawn from, and the hashes of its drawing.
-- $1 text: card number
-- Columns: number, layout, layout_version, layout_digest, front_sha256, back_sha256, inputs (JSON as text),
-- pdf417 bytea, portrait bytea (as it was approved), signature bytea, fitted_in bytea (the card file, where what was drawn is that
-- portrait fitted to a card)
SELECT c.number, c.layout, c.layout_version, c.layout_digest, c.front_sha256, c.back_sha256, f.inputs::text AS inputs,
       f.pdf417,
       (SELECT i.image FROM api.application_image i WHERE i.application_id = c.application_id AND i.kind = 'portrait') AS portrait,
       (SELECT i.image FROM api.application_image i WHERE i.application_id = c.application_id AND i.kind = 'signature') AS signature,
       CASE WHEN f.inputs ? 'portrait_approved_sha256' THEN f.file END AS fitted_in
  FROM api.card c
  JOIN api.card_file f ON f.card_id = c.id
 WHERE c.number = upper (btrim ($1::text))
