-- Takes the oldest message that is due, for two minutes or as long as this connection lives.
-- $1 timestamptz: those not tried since then are due, or NULL: those whose pause is over
-- Columns: id, message_id, code, status, happened_at, lease
SELECT id, message_id, code, status, happened_at, lease FROM api.take_message ($1::timestamptz)
