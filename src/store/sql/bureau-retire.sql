-- Retires a certificate.
-- $1 bigint: its number
SELECT api.retire_bureau ($1::bigint)
