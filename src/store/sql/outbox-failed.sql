-- A message was not taken.
-- $1 bigint: message, $2 uuid: lease, $3 text: unreachable or refused, $4 text: what is wrong
-- Columns: state
SELECT api.message_failed ($1::bigint, $2::uuid, $3::text, $4::text) AS state
