-- From here on the document of a card may be in the print system.
-- $1 bigint: card, $2 text: the witness that stands in the print server now, '' where it has none
SELECT api.card_sending ($1::bigint, $2::text) AS done
