-- What a package of one card is made of: as card-drawn.sql, with the signed file.
-- $1 text: card number
-- Columns: those of card-drawn.sql, serial, state, application_number, file bytea
SELECT c.number, c.layout, c.layout_version, c.layout_digest, c.front_sha256, c.back_sha256, f.inputs::text AS inputs,
       f.pdf417,
       (SELECT i.image FROM api.application_image i WHERE i.application_id = c.application_id AND i.kind = 'portrait') AS portrait,
       (SELECT i.image FROM api.application_image i WHERE i.application_id = c.application_id AND i.kind = 'signature') AS signature,
       CASE WHEN f.inputs ? 'portrait_approved_sha256' THEN f.file END AS fitted_in,
       c.serial, c.state, c.application_number, f.file
  FROM api.card c
  JOIN api.card_file f ON f.card_id = c.id
 WHERE c.number = upper (btrim ($1::text))
