-- Sets what the office demands of a hand-over.
-- $1 to $4 text: identity, receipt, custody, post: yes, no, or NULL: as it is
-- Columns: json
WITH done AS MATERIALIZED (SELECT api.set_handover_rules ($1::boolean, $2::boolean, $3::boolean, $4::boolean))
SELECT json_build_object ('identity', $1::boolean, 'receipt', $2::boolean, 'custody', $3::boolean, 'post', $4::boolean)::text AS json FROM done
