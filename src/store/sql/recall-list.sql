-- The recalls of this office, newest first.
-- Columns: json
SELECT coalesce (json_agg (json_build_object ('recall', r.id, 'state', r.state, 'reason', r.reason, 'filter', r.filter, 'proposed_by', r.proposed_by,
                           'proposed_at', r.proposed_at, 'decided_by', r.decided_by, 'decided_at', r.decided_at, 'cards', r.cards,
                           'with_holders', r.with_holders, 'returned', r.returned, 'destroyed', r.destroyed, 'not_found', r.not_found) ORDER BY r.id DESC),
                 '[]')::text AS json
  FROM api.recall r
