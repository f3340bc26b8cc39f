-- What the office demands of a hand-over.
-- Columns: json
SELECT coalesce (json_agg (json_build_object ('office', r.office_code, 'identity', r.identity, 'receipt', r.receipt, 'custody', r.custody, 'post', r.post)
                           ORDER BY r.office_code), '[]')::text AS json
  FROM api.handover_rules r
