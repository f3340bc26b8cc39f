-- A supervisor allows another card.
-- $1 text: application number, $2 text: why
-- Columns: json
SELECT json_build_object ('application', upper (btrim ($1::text)),
                          'allowance', api.allow_reprint ((SELECT a.id FROM api.application a WHERE a.number = upper (btrim ($1::text))), $2::text))::text AS json
