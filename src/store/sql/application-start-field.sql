-- Stores what reconciliation chose for a field of the application just started under a key, once.
-- $1 uuid, $2 text, $3 text, $4 text[]: as in application-start
-- $5 text: field, $6 text: value, $7 text: choice, $8 text: rule
SELECT api.set_field (a.id, p.row_version, $5::text, $6::text, $7::text, $8::text, NULL) AS row_version
  FROM api.start_application ($1::uuid, $2::text, $3::text, $4::text[]) a
  JOIN api.application p ON p.id = a.id
 WHERE NOT EXISTS (SELECT FROM api.application_field f
                    WHERE f.application_id = a.id AND f.field = $5::text)
