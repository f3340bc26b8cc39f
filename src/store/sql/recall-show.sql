-- One recall and how far it has come with each card; no row where there is none.
-- $1 text: its number
-- Columns: json
SELECT json_build_object ('recall', r.id, 'state', r.state, 'reason', r.reason, 'filter', r.filter, 'proposed_by', r.proposed_by,
                          'proposed_at', r.proposed_at, 'decided_by', r.decided_by, 'decided_at', r.decided_at,
                          'list', (SELECT coalesce (json_agg (json_build_object ('card', c.card_number, 'serial', c.serial, 'state', c.state,
                                          'application_number', c.application_number, 'holder_name', c.holder_name, 'id_number', c.id_number,
                                          'todo', c.todo, 'outcome', c.outcome, 'note', c.note, 'done_by', c.done_by, 'done_at', c.done_at)
                                          ORDER BY c.card_id), '[]')
                                     FROM api.recall_card c WHERE c.recall_id = r.id))::text AS json
  FROM api.recall r
 WHERE r.id = $1::bigint
