-- What a proposed change would do; who approves has to have seen it.
-- $1 text: its number; $2 text: how many of the newest applications of each kind are looked at
-- Columns: json text
SELECT api.preview_rule_change ($1::text::bigint, $2::text::int)::text AS json
