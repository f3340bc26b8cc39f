-- Says which lot a run of blanks is of.
-- $1 text: first serial, $2 text: last serial, $3 text: lot
SELECT api.name_stock_lot (upper (btrim ($1::text)), upper (btrim ($2::text)), $3::text) AS blanks
