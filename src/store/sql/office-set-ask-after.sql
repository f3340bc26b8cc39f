-- After how long a card that nobody has read back is asked about in the caller's office.
-- $1 int: minutes
SELECT api.set_ask_after ($1::int) AS done
