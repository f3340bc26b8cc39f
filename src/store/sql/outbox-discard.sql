-- Gives up a message that was set aside.
-- $1 bigint: message, $2 text: why
SELECT api.discard_message ($1::bigint, $2::text) AS done
