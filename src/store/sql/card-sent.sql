-- Stores the held job of a card before the document leaves.
-- $1 bigint: card, $2 int: job id, $3 text: job-uuid, $4 boolean: its queue has lost jobs before
SELECT api.card_sent ($1::bigint, $2::int, $3::text, $4::boolean) AS done
