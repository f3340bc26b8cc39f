-- Makes an office.
-- $1 text: code, $2 text: name
SELECT api.add_office ($1::text, $2::text) AS done
