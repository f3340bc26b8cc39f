-- Ends a lease: done, or failed and why.
-- $1 text: the spooler, $2 bigint: the application, $3 text: why it failed, or NULL
-- Columns: own, 1 if the lease was still the spooler's own
SELECT api.end_print_order ($1::uuid, $2::bigint, $3::text)::int AS own
