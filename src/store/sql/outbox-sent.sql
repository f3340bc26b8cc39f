-- The service has taken a message.
-- $1 bigint: message, $2 uuid: lease
-- Columns: ended
SELECT api.message_sent ($1::bigint, $2::uuid) AS ended
