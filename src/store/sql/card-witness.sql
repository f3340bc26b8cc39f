-- Which witness stood in the print server when the document of a card left.
-- $1 bigint: card
-- Columns: witness text ('': the print server has none; NULL: it never left)
SELECT api.card_witness ($1::bigint) AS witness
