-- The print server said that the job of a card is completed; it is taken away from there next.
-- $1 bigint: card, $2 boolean: the printer knew of no such job
SELECT api.card_job_ended ($1::bigint, $2::boolean) AS done
