-- A card is spoiled; its blank is used up.
-- $1 bigint: card, $2 text: why
SELECT api.spoil_card ($1::bigint, $2::text) AS done
