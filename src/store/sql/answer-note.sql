-- Keeps what a registry said of a person, for the time when it cannot be asked.
-- $1 text: ID number, $2 text: source, $3 text: state, $4 timestamptz: when, $5 text[]: fields,
-- $6 text[]: their values, $7 integer: seconds
SELECT api.note_answer ($1::text, $2::text, $3::text, $4::timestamptz, $5::text[], $6::text[], $7::int)
       AS noted
