-- Stores what reconciliation chose for a field of the application just started under a key, once.
-- $1 uuid, $2 text, $3 text, $4 text[]: as in application-start
-- $5 text: field, $6 text: value, $7 text: choice, $8 text: rule
-- Sub-selects of one value and no joins: see application-sources.
SELECT api.set_field (a.id, (SELECT p.row_version FROM api.application p WHERE p.id = a.id),
                      $5::text, $6::text, $7::text, $8::text, NULL) AS row_version
  FROM api.start_application ($1::uuid, $2::text, $3::text, $4::text[]) a
 WHERE (SELECT count (*) FROM api.application_field f
         WHERE f.application_id = a.id AND f.field = $5::text) = 0
