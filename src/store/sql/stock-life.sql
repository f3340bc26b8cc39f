-- Where one serial was, from the supplier on.
-- $1 text: serial
-- Columns: json
SELECT coalesce (json_agg (json_build_object ('at', l.at, 'who', l.who, 'from_place', l.from_place, 'place', l.to_place, 'holder',
                           nullif (l.to_holder, ''), 'card', l.card, 'second', e.second, 'reason', e.reason) ORDER BY l.id), '[]')::text AS json
  FROM api.stock_line l LEFT JOIN api.stock_entry e ON e.id = l.entry_id
 WHERE l.serial = upper (btrim ($1::text))
