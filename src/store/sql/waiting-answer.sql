-- Says what the registry answered for an application that was taken.
-- $1 bigint: application, $2 uuid: lease, $3 text: source, $4 text: state, $5 timestamptz: when,
-- $6 text: message, $7 text[]: fields, $8 text[]: their values
-- Columns: state
SELECT api.answer_waiting ($1::bigint, $3::text, $2::uuid, $4::text, $5::timestamptz, $6::text, $7::text[],
                           $8::text[]) AS state
