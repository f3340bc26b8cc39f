-- Which witness stood in the print server when the document of a card left, and how its job was seen to end.
-- $1 bigint: card
-- Columns: witness text ('': the print server has none; NULL: it never left), ended text (out, forgotten; NULL: not seen)
SELECT api.card_witness ($1::bigint) AS witness, api.card_job_end ($1::bigint) AS ended
