-- Records what a source said for the application just started under a key, once.
-- $1 uuid, $2 text, $3 text, $4 text[]: as in application-start
-- $5 text: source, $6 text: state, $7 timestamptz: when, $8 text: message, $9 text[]: fields,
-- $10 text[]: their values
-- Sub-selects of one value and no joins: see application-sources.
SELECT api.record_source (a.id, $5::text, $6::text, $7::timestamptz, $8::text, $9::text[], $10::text[])
       AS recorded
  FROM api.start_application ($1::uuid, $2::text, $3::text, $4::text[]) a
 WHERE (SELECT count (*) FROM api.application_source s
         WHERE s.application_id = a.id AND s.source = $5::text) = 0
