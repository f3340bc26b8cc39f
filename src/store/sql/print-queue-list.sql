-- The print queue: what stands in the line in its order, then what something holds; and what is paused.
-- $1 text: JSON, a filter as of the other acts; NULL is all
-- Columns: json
SELECT json_build_object (
         'orders', (SELECT coalesce (json_agg (json_build_object ('application_number', q.application_number, 'holder_name', q.holder_name, 'kind', q.kind,
                                     'approved_at', q.approved_at, 'priority', q.priority, 'place', q.place, 'state', q.state, 'reason', q.reason,
                                     'printer', q.printer, 'batch', q.batch, 'sample_as', q.sample_as, 'leased_by', q.leased_by,
                                     'leased_until', q.leased_until, 'attempts', q.attempts, 'overdue', q.overdue)
                                     ORDER BY q.place NULLS LAST, q.approved_at, q.application_id), '[]')
                      FROM (SELECT application_id, application_number, holder_name, kind, approved_at, priority, place, state, reason, printer, batch,
                                   sample_as, leased_by, leased_until, attempts, overdue
                              FROM api.print_queue
                             WHERE application_id = ANY (api.match_print_orders (coalesce ($1::jsonb, '{"all": true}')))) q),
         'paused', (SELECT coalesce (json_agg (json_build_object ('printer', p.printer, 'reason', p.reason, 'who', p.who, 'workstation', p.workstation,
                                     'at', p.at) ORDER BY p.printer NULLS FIRST), '[]')
                      FROM api.print_pause p))::text AS json
