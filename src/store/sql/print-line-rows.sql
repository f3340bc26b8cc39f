-- What is seen of some orders of the print queue.
-- $1 text: their applications' records, with spaces between
-- Columns: application_id bigint, application_number, holder_name, place, priority, state, reason, printer, batch, leased_by, held_by, overdue
SELECT q.application_id, q.application_number, q.holder_name, q.place, q.priority, q.state, q.reason, q.printer, q.batch, q.leased_by, q.held_by, q.overdue
  FROM api.print_queue q
 WHERE q.application_id = ANY (string_to_array ($1::text, ' ')::bigint[])
