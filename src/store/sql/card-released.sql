-- The print system has the whole job.
-- $1 bigint: card
SELECT api.card_released ($1::bigint) AS done
