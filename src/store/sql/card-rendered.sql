-- Keeps what was drawn for a card: the file, the hash of each side, the contents of its codes.
-- $1 bigint: card, $2 text: layout, $3 int: its version, $4 text: hash of the front, $5 text: of the
-- back, $6 text: of the signed file, $7 bytea: file, $8 text: QR code, $9 bytea:
-- PDF417, $10 text: MRZ, $11 jsonb: inputs
SELECT api.card_rendered ($1::bigint, $2::text, $3::int, $4::text, $5::text, $6::text, $7::bytea,
                          $8::text, $9::bytea, $10::text, $11::jsonb) AS done
