-- Proposes a recall.
-- $1 text: what the cards have in common, JSON; $2 text: why
-- Columns: json
SELECT json_build_object ('recall', api.new_recall ($1::jsonb, $2::text), 'state', 'proposed')::text AS json
