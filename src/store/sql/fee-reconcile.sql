-- Whether the books are as they must be.
-- $1 text: from, $2 text: to
-- Columns: json
SELECT json_build_object ('holds', bool_and (r.holds), 'checks', json_agg (json_build_object ('office', r.office_code, 'check', r.what, 'holds', r.holds,
                          'seen', r.seen)))::text AS json
  FROM api.reconcile_fees (coalesce ($1::date, current_date), coalesce ($2::date, current_date)) r
