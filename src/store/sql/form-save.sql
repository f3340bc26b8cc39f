-- Saves what is typed: all of it, or nothing where one was changed by somebody else.
-- $1 bigint: application, $2 text[]: fields, $3 text[]: values, $4 text[]: the versions that were read
-- Columns: field, version
SELECT field, version
  FROM api.save_form ($1::bigint, $2::text[], $3::text[], $4::text[]::int[])
