-- What a file of proposed rules would change, with nothing changed.
-- $1 text: the file, JSON; $2 text: how many of the newest applications of each kind are looked at
-- Columns: json text
SELECT api.simulate_rules ($1::text::jsonb, $2::text::int)::text AS json
