-- What an application costs, line by line, and what is due of it.
-- $1 text: application number
-- Columns: json
SELECT json_build_object ('application', upper (btrim ($1::text)), 'total', d.total, 'paid', d.paid, 'due', d.due, 'currency', d.currency,
         'total_text', api.money_text (d.total, d.currency), 'paid_text', api.money_text (d.paid, d.currency), 'due_text', api.money_text (d.due, d.currency),
         'lines', (SELECT coalesce (json_agg (json_build_object ('rule', q.rule, 'effect', q.effect, 'text', q.text, 'base', q.base, 'base_text', api.money_text (q.base, q.currency), 'times', q.times,
                                    'permille', q.permille, 'amount', q.amount, 'money', api.money_text (q.amount, q.currency), 'proof', q.proof,
                                    'counts', q.counts, 'law', q.law) ORDER BY q.line), '[]') FROM api.fee_quote (a.id) q))::text AS json
  FROM (SELECT api.fee_application ($1::text) AS id) a CROSS JOIN LATERAL api.fee_due (a.id) d
