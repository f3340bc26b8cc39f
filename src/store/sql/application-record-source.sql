-- Records what a source said when this person asked it.
-- $1 bigint: application, $2 text: source, $3 text: state, $4 timestamptz: when, $5 text: message,
-- $6 text[]: fields, $7 text[]: their values
SELECT api.record_source ($1::bigint, $2::text, $3::text, $4::timestamptz, $5::text, $6::text[],
                          $7::text[]) AS recorded
