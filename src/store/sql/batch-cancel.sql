-- Gives a batch up.
-- $1 text: the batch · $2 text: why
SELECT api.cancel_batch (upper (btrim ($1::text)), $2::text)
