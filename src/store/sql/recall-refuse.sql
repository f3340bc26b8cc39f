-- A recall that was proposed is given up.
-- $1 text: its number
-- Columns: json
WITH done AS MATERIALIZED (SELECT api.refuse_recall ($1::bigint))
SELECT json_build_object ('recall', $1::bigint, 'state', 'refused')::text AS json FROM done
