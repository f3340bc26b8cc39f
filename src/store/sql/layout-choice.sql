-- Why the card of an application gets its layout, a sentence each, in the order in which a person would say them.
-- $1 text: application's record number
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('what', c.what, 'chosen', c.chosen, 'rule', c.rule, 'layout', c.layout, 'version', c.version,
         'text', c.text, 'reason', c.reason) ORDER BY c.nth), '[]')::text AS json
  FROM api.layout_choice ($1::text::bigint) WITH ORDINALITY c (what, chosen, rule, layout, version, text, reason, nth)
