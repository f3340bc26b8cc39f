-- Moves a run of serials.
-- $1 text: first serial, $2 text: last serial, $3 text: safe, custody or spoiled, $4 text: why, or NULL
SELECT json_build_object ('items', api.move_stock (upper (btrim ($1::text)), upper (btrim ($2::text)), $3::text, $4::text))::text AS json
