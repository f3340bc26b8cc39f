-- Stores the portrait or the signature.
-- $1 bigint: application, $2 int: row version that was read, $3 text: kind, $4 bytea: picture,
-- $5 text: media type
-- Columns: row_version
SELECT api.set_image ($1::bigint, $2::int, $3::text, $4::bytea, $5::text) AS row_version
