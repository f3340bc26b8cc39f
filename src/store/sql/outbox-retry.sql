-- Has a message that was set aside sent again.
-- $1 bigint: message, $2 text: why
SELECT api.retry_message ($1::bigint, $2::text) AS done
