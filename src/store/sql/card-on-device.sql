-- The printer works on the card.
-- $1 bigint: card
SELECT api.card_on_device ($1::bigint) AS done
