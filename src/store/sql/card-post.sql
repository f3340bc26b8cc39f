-- The codes of a letter and of the card in it are matched, and it is posted.
-- $1 text: letter, $2 text: the card's code, $3 text: under which number it is posted
-- Columns: json
SELECT json_build_object ('card', api.match_letter ($1::text, $2::text, $3::text), 'state', 'issued', 'letter', upper (btrim ($1::text)),
                          'reference', btrim ($3::text))::text AS json
