-- Linked ID numbers with what was done to each: those that wait for somebody first, then the newest change
-- first, two hundred at most.
-- $1 text: one of the numbers, or NULL for all
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('id', l.id, 'id_number', l.id_number, 'other', l.other, 'state', l.state, 'asked_by', l.asked_by,
         'asked_by_login', l.asked_by_login, 'reason', l.reason,
         'history', (SELECT json_agg (json_build_object ('at', s.at, 'who', s.who, 'state', s.state, 'reason', s.reason) ORDER BY s.id)
                       FROM api.id_link_step s WHERE s.link_id = l.id)) ORDER BY l.waits DESC, l.changed_at DESC), '[]')::text AS json
  FROM (SELECT k.id, k.id_number, k.other, k.state, k.asked_by, k.asked_by_login, k.reason, k.changed_at,
               k.state IN ('proposed', 'unlinking') AS waits
          FROM api.id_link k WHERE $1::text IS NULL OR $1::text IN (k.id_number, k.other)
         ORDER BY waits DESC, k.changed_at DESC LIMIT 200) l
