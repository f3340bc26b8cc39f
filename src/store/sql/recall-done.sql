-- What became of one card of a recall.
-- $1 text: its number, $2 text: card number, $3 text: returned, destroyed or not_found, $4 text: words about it, or NULL
-- Columns: json
WITH done AS MATERIALIZED (SELECT api.recall_done ($1::bigint, api.find_card ($2::text), $3::text, $4::text))
SELECT json_build_object ('recall', $1::bigint, 'card', upper (btrim ($2::text)), 'outcome', $3::text)::text AS json FROM done
