-- Asks for two linked ID numbers to be taken apart.
-- $1 text: the link's number, $2 text: reason
-- Columns: json text
SELECT json_build_object ('id', $1::text, 'asked', api.propose_unlink ($1::text::bigint, $2::text) IS NOT NULL)::text AS json
