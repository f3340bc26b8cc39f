-- Keeps what the holder answered to the card that was shown.
-- $1 text: application's record number, $2 text: verdict, $3 text: where it was given, $4 text: digest of what the card says,
-- $5 text: the sentences that were shown, as JSON, $6 text: reason, or NULL
-- Columns: json text
SELECT json_build_object ('id', api.note_holder_answer ($1::text::bigint, $2::text, $3::text, $4::text, $5::text::jsonb, $6::text))::text AS json
