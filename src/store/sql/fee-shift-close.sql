-- Confirms as the second person what a colleague counted.
-- $1 text: number of the shift
-- Columns: json
SELECT json_build_object ('shift', $1::bigint, 'state', 'closed')::text AS json FROM api.close_shift ($1::bigint)
