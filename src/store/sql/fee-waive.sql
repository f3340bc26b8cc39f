-- Asks for a waiver, which another person approves.
-- $1 text: application number, $2 text: amount or NULL for all that is due, $3 text: why
-- Columns: json
SELECT json_build_object ('proposal', api.waive_fee (api.fee_application ($1::text), api.read_money ($2::text), $3::text), 'state', 'open')::text AS json
