-- Takes an application over from a desk that gave no answer.
-- $1 bigint: application
SELECT api.take_over_application ($1::bigint)
