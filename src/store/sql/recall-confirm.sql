-- Another person confirms a recall: it takes effect.
-- $1 text: its number
-- Columns: json
SELECT json_build_object ('recall', $1::bigint, 'state', 'confirmed', 'recalled', c.recalled, 'frozen', c.frozen, 'others', c.others)::text AS json
  FROM api.confirm_recall ($1::bigint) c
