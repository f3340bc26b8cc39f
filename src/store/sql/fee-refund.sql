-- Asks for money to be given back, which another person approves.
-- $1 text: receipt, $2 text: amount or NULL for all, $3 text: cash, card, bank or NULL as it was paid, $4 text: reference or NULL, $5 text: why
-- Columns: json
SELECT json_build_object ('proposal', api.refund_fee ($1::text, api.read_money ($2::text), $3::text, $4::text, $5::text), 'state', 'open')::text AS json
