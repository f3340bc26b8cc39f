-- Proposes a rule.
-- $1 text: position, $2 text: kind of application or NULL, $3 text: office or NULL, $4 text: least age or NULL, $5 text: greatest age or NULL,
-- $6 text: layout, $7 text: first day or NULL, $8 text: last day or NULL, $9 text: reason
-- Columns: json text
SELECT json_build_object ('id', api.propose_layout_rule ($1::text::int, $2::text, $3::text, $4::text::int, $5::text::int, $6::text,
                                                         $7::text::date, $8::text::date, $9::text))::text AS json
