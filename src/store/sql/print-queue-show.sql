-- One order of the print queue with what was done with it; no row where it is not in the queue.
-- $1 text: the application's number
-- Columns: json
SELECT json_build_object (
         'application_number', q.application_number, 'holder_name', q.holder_name, 'kind', q.kind, 'approved_at', q.approved_at, 'priority', q.priority,
         'overdue', q.overdue, 'place', q.place, 'state', q.state, 'reason', q.reason, 'printer', q.printer, 'batch', q.batch, 'sample_as', q.sample_as,
         'held_by', q.held_by, 'held_at', q.held_at, 'leased_by', q.leased_by, 'leased_until', q.leased_until, 'attempts', q.attempts,
         'last_error', q.last_error, 'next_at', q.next_at,
         'events', (SELECT coalesce (json_agg (json_build_object ('at', e.at, 'who', e.who, 'workstation', e.workstation, 'text', e.text, 'why', e.why)
                                               ORDER BY e.id), '[]')
                      FROM api.event e WHERE e.application_id = q.application_id AND e.what LIKE 'print\_%'))::text AS json
  FROM (SELECT application_id, application_number, holder_name, kind, approved_at, priority, overdue, place, state, reason, printer, batch, sample_as,
               held_by, held_at, leased_by, leased_until, attempts, last_error, next_at
          FROM api.print_queue) q
 WHERE q.application_number = upper (btrim ($1::text))
