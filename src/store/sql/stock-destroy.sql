-- Proposes the destruction of what is spoiled in a run of serials.
-- $1 text: first serial, $2 text: last serial, $3 text: why
SELECT json_build_object ('number', api.destroy_stock (upper (btrim ($1::text)), upper (btrim ($2::text)), $3::text))::text AS json
