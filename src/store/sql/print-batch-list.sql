-- The print batches, the newest first.
-- Columns: json
SELECT coalesce (json_agg (json_build_object ('batch', b.number, 'name', b.name, 'batch_state', b.state, 'cards', b.cards, 'samples', b.samples,
                                              'samples_checked', b.samples_checked, 'waiting', b.waiting, 'held', b.held, 'in_production', b.in_production,
                                              'ready', b.ready, 'issued', b.issued, 'withdrawn', b.withdrawn, 'by_itself', b.by_itself, 'filter', b.filter,
                                              'sample', b.sample, 'made_by', b.made_by, 'made_at', b.made_at, 'ended_by', b.ended_by, 'ended_at', b.ended_at,
                                              'reason', b.reason) ORDER BY b.made_at DESC, b.number DESC), '[]')::text AS json
  FROM (SELECT number, name, state, cards, samples, samples_checked, waiting, held, in_production, ready, issued, withdrawn, by_itself, filter, sample,
               made_by, made_at, ended_by, ended_at, reason
          FROM api.print_batch ORDER BY made_at DESC LIMIT 500) b
