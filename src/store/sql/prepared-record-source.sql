-- Records what a source said about the citizen of a prepared application that was just fetched.
-- $1 text: code, $2 text: source, $3 text: state, $4 timestamptz: when, $5 text: message, $6 text[]: fields, $7 text[]: their
-- values
SELECT api.record_source (p.application_id, $2::text, $3::text, $4::timestamptz, $5::text, $6::text[], $7::text[]) AS recorded
  FROM api.prepared_application p WHERE p.code = $1::text
