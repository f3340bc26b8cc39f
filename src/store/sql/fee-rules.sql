-- Fee rules: those that hold and those that will, and what is proposed.
-- $1 text: true for those of before, too
-- Columns: json
SELECT coalesce (json_agg (json_strip_nulls (json_build_object ('number', r.id, 'code', r.code, 'state', r.state, 'holds', r.holds, 'effect', r.effect, 'text', r.text,
         'amount', r.amount, 'money', api.money_text (r.amount, r.currency), 'permille', r.permille, 'per_category', nullif (r.per_category, false), 'kinds', r.kinds,
         'causes', r.causes, 'categories', r.categories, 'min_age', r.min_age, 'max_age', r.max_age, 'min_days_late', r.min_days_late,
         'max_days_late', r.max_days_late, 'proof', r.proof, 'from', r.valid_from, 'to', r.valid_to, 'law', r.law, 'reason', r.reason, 'proposed_by', r.proposed_by,
         'decided_by', r.decided_by)) ORDER BY r.code, r.valid_from, r.id), '[]')::text AS json
  FROM api.fee_rule r
 WHERE $1::boolean OR r.state = 'proposed' OR r.holds OR (r.state = 'approved' AND r.valid_from > current_date)
