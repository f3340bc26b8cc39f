-- Takes a receipt.
-- $1 text: the batch · $2 text: the bureau · $3 text: SHA-256 of the signer’s certificate · $4 bytea: the receipt · $5 text: SHA-256 of the
-- manifest that it answers · $6 text[]: cards · $7 text[]: serials · $8 text[]: SHA-256 of card files · $9 text[]: outcomes · $10 text[]: reasons
-- Columns: made, failed
SELECT made, failed
  FROM api.receive_batch ($1::text, $2::text, $3::text, $4::bytea, $5::text, $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
