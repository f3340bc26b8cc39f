-- Takes the printing of one application for this connection. The lock ends with the connection, so
-- a program that was killed leaves none behind.
-- $1 bigint: application
-- Columns: taken boolean
SELECT pg_try_advisory_lock (18013, ($1::bigint % 2147483647)::int) AS taken
