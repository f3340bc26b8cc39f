-- Gives back what card-lock took.
-- $1 bigint: application
SELECT pg_advisory_unlock (18013, ($1::bigint % 2147483647)::int) AS given
