-- Proposes the certificate of a bureau.
-- $1 text: its code · $2 text: its name · $3 bytea: X.509, DER
-- Columns: id
SELECT api.propose_bureau ($1::text, $2::text, $3::bytea) AS id
