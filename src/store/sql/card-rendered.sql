-- Keeps what was drawn for a card: the file, the hash of each side, the contents of its codes.
-- $1 bigint: card, $2 text: layout, $3 int: its version, $4 text: digest of its files, $5 text: hash of the front, $6 text: of the
-- back, $7 text: of the signed file, $8 bytea: file, $9 text: QR code, $10 bytea:
-- PDF417, $11 text: MRZ, $12 jsonb: inputs, $13 text: hash of what is signed, $14 jsonb: keys that signed
SELECT api.card_rendered ($1::bigint, $2::text, $3::int, $4::text, $5::text, $6::text, $7::text, $8::bytea,
                          $9::text, $10::bytea, $11::text, $12::jsonb, $13::text, $14::jsonb) AS done
