-- Keeps a second person's approval of a card's file.
-- $1 bigint: card, $2 text: hash of the issuer's file, $3 bytea: that file with the signature behind it, $4 text: id of the key,
-- $5 text: hash of its certificate
-- Columns: approved_sha256
SELECT api.approve_card_file ($1::bigint, $2::text, $3::bytea, $4::text, $5::text) AS approved_sha256
