-- A receipt as it is put on paper.
-- $1 text: its number, $2 text: language, or NULL for the citizen's
-- Columns: json
SELECT api.fee_receipt_sheet ($1::text, $2::text)::text AS json
