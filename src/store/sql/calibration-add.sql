-- Keeps what was measured on a printer's test card.
-- $1 text: printer, $2 text: lot or '', $3 … $6 text: millimetres
SELECT api.calibrate_printer ($1::text, $2::text, $3::text::numeric, $4::text::numeric, $5::text::numeric, $6::text::numeric) AS id
