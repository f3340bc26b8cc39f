-- What a fee rule would do to applications that are open, and to those of before.
-- $1 text: number of the rule, $2 text: of how many days before
-- Columns: json
SELECT json_build_object ('rule', $1::bigint, 'applications', count (*), 'open', count (*) FILTER (WHERE p.is_open), 'costs', coalesce (sum (p.costs), 0),
         'would_cost', coalesce (sum (p.would_cost), 0), 'costs_text', api.money_text (coalesce (sum (p.costs), 0)::bigint, NULL),
         'would_cost_text', api.money_text (coalesce (sum (p.would_cost), 0)::bigint, NULL),
         'changed', coalesce ((json_agg (json_build_object ('application', p.application_number, 'kind', p.kind, 'state', p.state, 'costs', p.costs,
                                         'would_cost', p.would_cost) ORDER BY p.application_id)), '[]'))::text AS json
  FROM api.preview_fee_rule ($1::bigint, $2::int) p
