-- Takes the oldest application that waits for a registry and is due, for a minute.
-- $1 text: a registry that has just answered and is due at once, or NULL
-- Columns: application_id, number, id_number, source, lease
SELECT application_id, number, id_number, source, lease FROM api.take_waiting ($1::text)
