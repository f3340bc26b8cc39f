-- The changes of rules, newest first.
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('change', c.id, 'change_state', c.state, 'effective', c.effective, 'rules', c.rules::text, 'reason', c.reason,
         'proposed_by', c.proposed_by, 'proposed_at', c.proposed_at, 'decided_by', c.decided_by, 'decided_at', c.decided_at, 'decision', c.decision)
         ORDER BY c.id DESC), '[]')::text AS json
  FROM api.rule_change c
