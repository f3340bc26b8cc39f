-- Counts a drawer.
-- $1 text: coins and notes, $2 text: why it differs or NULL, $3 text: number of the shift, or NULL for one's own
-- Columns: json
SELECT json_build_object ('shift', s.id, 'counted', c.counted, 'expected', c.expected, 'variance', c.variance, 'counted_text', api.money_text (c.counted, NULL),
                          'expected_text', api.money_text (c.expected, NULL), 'variance_text', api.money_text (c.variance, NULL))::text AS json
  FROM (SELECT coalesce ($3::bigint, (SELECT f.id FROM api.fee_shift f
                                       WHERE f.state = 'open' AND f.login = (SELECT w.staff_login FROM api.whoami () w))) AS id) s
 CROSS JOIN LATERAL api.count_shift (s.id, api.read_denominations ($1::text), $2::text) c
