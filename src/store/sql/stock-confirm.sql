-- Does what a colleague proposed.
-- $1 text: number of the proposal
SELECT json_build_object ('items', api.confirm_stock ($1::bigint))::text AS json
