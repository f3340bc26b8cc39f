-- The print system has done with the job of a card, but the printer knows of none: doubtful, unless
-- its queue never could tell.
-- $1 bigint: card
SELECT api.card_forgotten ($1::bigint) AS done
