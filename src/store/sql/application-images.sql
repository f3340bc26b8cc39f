-- The pictures of one application.
-- $1 text: application number
-- Columns: kind (portrait, signature), image bytea
SELECT i.kind, i.image
  FROM api.application_image i
 WHERE i.application_id = (SELECT a.id FROM api.application a WHERE a.number = upper (btrim ($1::text)))
