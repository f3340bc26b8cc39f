-- Notes which of the issuer's keys signed what is written by itself.
-- $1 text: application number, $2 text: kind, $3 text: id of the key, $4 text: hash of its certificate
-- Columns: done
SELECT api.payload_signed (a.id, $2::text, $3::text, $4::text) AS done
  FROM api.application a
 WHERE a.number = upper (btrim ($1::text))
