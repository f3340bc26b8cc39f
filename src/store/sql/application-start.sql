-- Starts an application; the same key again gives the same one.
-- $1 uuid: key, $2 text: ID number, $3 text: type, $4 text[]: category codes or NULL
-- $5 text: what it starts from, as a JSON object, or NULL
-- Columns: id, number, row_version
SELECT id, number, row_version
  FROM api.create_application ($1::uuid, $2::text, $3::text, $4::text[], $5::text::jsonb)
