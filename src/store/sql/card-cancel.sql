-- A card that was never printed is given up; its blank goes back.
-- $1 bigint: card, $2 text: why
SELECT api.cancel_card ($1::bigint, $2::text) AS done
