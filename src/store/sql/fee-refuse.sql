-- Refuses what a colleague proposed, or takes one's own proposal back.
-- $1 text: number of the proposal
-- Columns: json
SELECT json_build_object ('proposal', $1::bigint, 'state', 'refused')::text AS json FROM api.refuse_fee ($1::bigint)
