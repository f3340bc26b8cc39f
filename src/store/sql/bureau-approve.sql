-- Approves a proposed certificate.
-- $1 bigint: its number · $2 text: its fingerprint, as the bureau said it
SELECT api.approve_bureau ($1::bigint, $2::text)
