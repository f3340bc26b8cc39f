-- The pictures of one application.
-- $1 text: application number
-- Columns: kind (portrait, signature), image bytea
SELECT i.kind, i.image
  FROM api.application_image i
  JOIN api.application a ON a.id = i.application_id
 WHERE a.number = $1
