-- Ends a proposal undone.
-- $1 text: number of the proposal
WITH done AS MATERIALIZED (SELECT api.refuse_stock ($1::bigint) AS done)
SELECT json_build_object ('number', $1::bigint)::text AS json FROM done
