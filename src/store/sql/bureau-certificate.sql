-- The certificate with which a bureau signs its receipts.
-- $1 text: the bureau’s code
-- Columns: certificate bytea; no row where none is approved
SELECT certificate FROM api.bureau WHERE code = $1::text AND state = 'approved'
