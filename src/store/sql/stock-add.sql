-- Takes a run of new blanks into the safe.
-- $1 text: first serial, $2 int: how many
SELECT api.add_stock (upper (btrim ($1::text)), $2::int) AS done
