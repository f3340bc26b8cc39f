-- The cards that a recall would list.
-- $1 text: what they have in common, JSON
-- Columns: json
SELECT json_build_object ('cards', count (*), 'list', coalesce (json_agg (json_build_object ('card', p.card_number, 'serial', p.serial, 'state', p.state,
                          'holder_name', p.holder_name, 'printer', p.printer, 'todo', p.todo)), '[]'))::text AS json
  FROM api.preview_recall ($1::jsonb) p
