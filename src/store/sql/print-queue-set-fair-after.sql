-- Sets after how many hours an order goes ahead of all priorities up to 50.
-- $1 int: hours
-- Columns: json
SELECT json_build_object ('fair_after_hours', $1::int)::text AS json FROM api.set_fair_after ($1::int)
