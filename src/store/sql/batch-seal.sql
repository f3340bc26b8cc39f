-- Sends a batch: what goes out is kept, and its cards are away.
-- $1 text: the batch · $2 text: the manifest · $3 bytea: its signature · $4 text: SHA-256 of the archive
SELECT api.seal_batch ($1::text, $2::text, $3::bytea, $4::text)
