-- The messages to the pre-enrolment service, oldest first.
-- $1 boolean: also those that were sent or discarded, $2 text: of this application alone, or NULL
-- Columns: id, message_id, application_number, code, status, happened_at, state, tries, refusals, next_at, trouble, ended_at,
-- ended_by, reason
SELECT id, message_id, application_number, code, status, happened_at, state, tries, refusals, next_at, trouble, ended_at, ended_by,
       reason
  FROM api.outbox
 WHERE ($1::boolean OR state IN ('waiting', 'set_aside')) AND ($2::text IS NULL OR application_number = $2::text)
 ORDER BY id
 LIMIT 1000
