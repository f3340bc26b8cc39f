-- Asks for a payment of this shift to be undone, which another person approves.
-- $1 text: receipt, $2 text: why
-- Columns: json
SELECT json_build_object ('proposal', api.void_fee ($1::text, $2::text), 'state', 'open')::text AS json
