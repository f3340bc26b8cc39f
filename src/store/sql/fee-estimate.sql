-- What an application would cost.
-- $1 text: kind, $2 text: cause or NULL, $3 text: categories with commas or NULL, $4 text: date of birth or NULL, $5 text: day on which the licence held ends or
-- NULL, $6 text: proofs with commas or NULL, $7 text: on which day, or NULL
-- Columns: json
SELECT json_build_object ('total', coalesce (sum (q.amount), 0), 'currency', m.currency, 'total_text', api.money_text (coalesce (sum (q.amount), 0)::bigint, m.currency),
         'lines', coalesce (json_agg (json_build_object ('rule', q.rule, 'effect', q.effect, 'text', q.text, 'base', q.base, 'base_text', api.money_text (q.base, q.currency), 'times', q.times, 'permille', q.permille,
                                      'amount', q.amount, 'money', api.money_text (q.amount, q.currency), 'proof', q.proof, 'counts', q.counts, 'law', q.law)
                                      ORDER BY q.line) FILTER (WHERE q.line IS NOT NULL), '[]'))::text AS json
  FROM (SELECT o.currency FROM api.office_money o WHERE o.office_code = (SELECT w.office_code FROM api.whoami () w)) m
  LEFT JOIN api.fee_estimate ($1::text, nullif ($2::text, ''), string_to_array (upper (replace ($3::text, ' ', '')), ','), $4::date, $5::date,
                              string_to_array (replace ($6::text, ' ', ''), ','), $7::date) q ON true
 GROUP BY m.currency
