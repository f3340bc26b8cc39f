-- Stores the portrait or the signature.
-- $1 bigint: application, $2 int: row version that was read, $3 text: kind, $4 bytea: picture,
-- $5 text: media type, $6 bytea: a portrait made small for the chip, or NULL
-- Columns: row_version, kept
SELECT s.row_version, api.keep_chip_portrait ($1::bigint, $4::bytea, $6::bytea) AS kept
  FROM api.set_image ($1::bigint, $2::int, $3::text, $4::bytea, $5::text) s (row_version)
