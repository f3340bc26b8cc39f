-- The bureaus, the newest certificate of each first, and the batches, newest first.
-- Columns: json
SELECT jsonb_build_object (
         'bureaus', (SELECT coalesce (jsonb_agg (jsonb_build_object ('id', b.id, 'code', b.code, 'name', b.name, 'state', b.state,
                                      'sha256', b.sha256, 'proposed_by', b.proposed_by, 'approved_by', b.approved_by) ORDER BY b.code, b.id DESC), '[]')
                       FROM api.bureau b),
         'batches', (SELECT coalesce (jsonb_agg (jsonb_build_object ('batch', b.number, 'bureau', b.bureau, 'state', b.state, 'cards', b.cards,
                                      'made', CASE WHEN b.state = 'received' THEN b.made END, 'made_by', b.made_by, 'sent_at', b.sent_at,
                                      'ended_at', b.ended_at, 'ended_by', b.ended_by, 'sha256', b.package_sha256) ORDER BY b.id DESC), '[]')
                       FROM (SELECT id, number, bureau, state, cards, made, made_by, sent_at, ended_at, ended_by, package_sha256
                               FROM api.bureau_batch
                              ORDER BY id DESC
                              LIMIT 200) b))::text AS json
