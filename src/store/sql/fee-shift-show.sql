-- Drawers that are not closed and those of the last week, or one, and by which coins and notes they are counted.
-- $1 text: number of the shift, or NULL
-- Columns: json
SELECT json_build_object ('mine', (SELECT f.id FROM api.fee_shift f WHERE f.state = 'open' AND f.login = (SELECT w.staff_login FROM api.whoami () w)),
         'currency', m.currency, 'denominations', (SELECT json_agg (json_build_object ('value', d.v, 'value_text', api.money_text (d.v, m.currency)) ORDER BY d.v DESC)
                                                      FROM unnest (m.denominations) d (v)),
         'shifts', (SELECT coalesce (json_agg (json_build_object ('shift', s.id, 'state', s.state, 'who', s.who, 'login', s.login, 'workstation', s.workstation, 'day', s.day,
                                     'opened_at', s.opened_at, 'float', s.opening_float, 'expected', s.expected, 'counted', s.counted, 'variance', s.variance,
                                     'float_text', api.money_text (s.opening_float, s.currency), 'expected_text', api.money_text (s.expected, s.currency),
                                     'counted_text', api.money_text (s.counted, s.currency), 'variance_text', api.money_text (s.variance, s.currency),
                                     'explanation', s.explanation, 'counted_by', s.counted_by, 'closed_by', s.closed_by, 'closed_at', s.closed_at,
                                     'denominations', s.denominations) ORDER BY s.id DESC), '[]')
                      FROM (SELECT f.id, f.state, f.who, f.login, f.workstation, f.day, f.opened_at, f.opening_float, f.expected, f.counted, f.variance, f.currency,
                                   f.explanation, f.counted_by, f.closed_by, f.closed_at, f.denominations
                              FROM api.fee_shift f
                             WHERE f.id = $1::bigint OR ($1::text IS NULL AND (f.state <> 'closed' OR f.day > current_date - 7)) ORDER BY f.id DESC LIMIT 200) s))::text AS json
  FROM (SELECT o.currency, o.denominations FROM api.office_money o WHERE o.office_code = (SELECT w.office_code FROM api.whoami () w)) m
