-- Nobody can say whether the card came out.
-- $1 bigint: card, $2 text: why
SELECT api.card_doubtful ($1::bigint, $2::text) AS done
