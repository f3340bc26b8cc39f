-- Hands a checked card over.
-- $1 bigint: card, $2 text: its code scanned again, or NULL where this session checked it
SELECT api.issue_card ($1::bigint, $2::text) AS done
