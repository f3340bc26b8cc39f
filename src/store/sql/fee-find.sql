-- Whether the payment of that key was made.
-- $1 text: key
-- Columns: json
SELECT json_build_object ('receipt', api.find_payment ($1::uuid))::text AS json
