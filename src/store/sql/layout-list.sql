-- The versions of layouts that were ever proposed, newest first.
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('id', l.id, 'layout', l.layout, 'version', l.version, 'digest', l.digest, 'valid_from', l.valid_from,
         'valid_to', l.valid_to, 'state', l.state, 'usable', l.usable, 'proposed_by', l.proposed_by, 'proposed_by_login', l.proposed_by_login,
         'approved_by', l.approved_by, 'changed_at', to_char (l.changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'reason', l.reason,
         'proof_sha256', l.proof_sha256,
         'ruled', EXISTS (SELECT FROM api.layout_rule r WHERE r.layout = l.layout AND r.usable))
         ORDER BY l.layout, l.version DESC, l.id DESC), '[]')::text AS json
  FROM api.layout l
