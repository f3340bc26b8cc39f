-- Asks for two ID numbers to be taken for one person.
-- $1 text: the number that is kept, $2 text: the other one, $3 text: reason
-- Columns: json text
SELECT json_build_object ('id', api.propose_link ($1::text, $2::text, $3::text))::text AS json
