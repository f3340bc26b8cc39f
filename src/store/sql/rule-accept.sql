-- A supervisor makes a rule of a proposal.
-- $1 text: kind, $2 text: field, $3 text: source, $4 text: last day, $5 text: reason
-- Columns: json text
SELECT json_build_object ('id', api.accept_rule ($1::text, $2::text, $3::text, $4::text::date, $5::text))::text AS json
