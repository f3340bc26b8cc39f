-- Keeps a spooler's leases for so many seconds more.
-- $1 text: the spooler, $2 int: seconds
-- Columns: kept, how many it still has
SELECT api.keep_print_orders ($1::uuid, $2::int) AS kept
