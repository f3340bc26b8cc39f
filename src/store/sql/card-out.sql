-- The print system says that the card has left the printer.
-- $1 bigint: card
SELECT api.card_out ($1::bigint) AS done
