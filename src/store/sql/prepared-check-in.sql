-- Makes a draft of a prepared application, once for each code.
-- $1 text: code, $2 text: its office, $3 text: ID number, $4 text: type, $5 text[]: categories or NULL, $6 text: prepared on,
-- $7 text: last day, $8 text: language, $9 text: email, $10 text: phone, $11 text[]: stated fields, $12 text[]: their
-- values, $13 bytea: portrait or NULL, $14 text: its media type, $15 text: what its checks measured, as JSON, or NULL,
-- $16 bytea: the portrait made small for the chip, or NULL
-- Columns: number, is_new, kept
SELECT c.number, c.is_new, api.keep_chip_portrait (c.application_id, $13::bytea, $16::bytea) AS kept
  FROM api.check_in ($1::text, $2::text, $3::text, $4::text, $5::text[], ($6::text)::timestamptz, ($7::text)::date, $8::text, $9::text, $10::text,
                     $11::text[], $12::text[], $13::bytea, $14::text, ($15::text)::jsonb) c
