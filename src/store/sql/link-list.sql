-- Linked ID numbers with what was done to each, newest change first.
-- $1 text: one of the numbers, or NULL for all
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('id', l.id, 'id_number', l.id_number, 'other', l.other, 'state', l.state, 'asked_by', l.asked_by,
         'reason', l.reason, 'history', (SELECT json_agg (json_build_object ('at', s.at, 'who', s.who, 'state', s.state, 'reason', s.reason)
                                                          ORDER BY s.id)
                                           FROM api.id_link_step s WHERE s.link_id = l.id)) ORDER BY l.changed_at DESC), '[]')::text AS json
  FROM api.id_link l WHERE $1::text IS NULL OR $1::text IN (l.id_number, l.other)
