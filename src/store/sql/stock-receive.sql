-- Takes a delivery in, which does not lie in the safe yet.
-- $1 text: first serial, $2 text: last serial, $3 text: lot, $4 text: delivery note, $5 text: cards that a ribbon or film makes, or NULL
SELECT json_build_object ('items', api.receive_stock (upper (btrim ($1::text)), upper (btrim ($2::text)), $3::text, $4::text, $5::int))::text AS json
