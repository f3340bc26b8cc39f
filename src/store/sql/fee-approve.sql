-- Does what a colleague proposed.
-- $1 text: number of the proposal
-- Columns: json
SELECT json_build_object ('proposal', $1::bigint, 'receipt', api.approve_fee ($1::bigint), 'state', 'approved')::text AS json
