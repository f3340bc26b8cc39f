-- A person says that a doubtful card is there.
-- $1 bigint: card, $2 text: why
SELECT api.card_came_out ($1::bigint, $2::text) AS done
