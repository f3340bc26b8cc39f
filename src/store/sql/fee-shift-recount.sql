-- Opens a drawer for another count.
-- $1 text: number of the shift, $2 text: why
-- Columns: json
SELECT json_build_object ('shift', $1::bigint, 'state', 'open')::text AS json FROM api.recount_shift ($1::bigint, $2::text)
