-- What came in and went out.
-- $1 text: from, $2 text: to, $3 text: day, shift, kind, method or rule
-- Columns: json
SELECT coalesce (json_agg (json_build_object ('office', r.office_code, 'currency', r.currency, 'part', r.part, 'receipts', r.receipts, 'paid', r.paid,
         'voided', r.voided, 'refunded', r.refunded, 'waived', r.waived, 'cash', r.cash, 'card', r.card, 'bank', r.bank, 'net', r.net,
         'paid_text', api.money_text (r.paid, r.currency), 'voided_text', api.money_text (r.voided, r.currency), 'refunded_text', api.money_text (r.refunded, r.currency), 'waived_text', api.money_text (r.waived, r.currency), 'cash_text', api.money_text (r.cash, r.currency), 'card_text', api.money_text (r.card, r.currency), 'bank_text', api.money_text (r.bank, r.currency), 'net_text', api.money_text (r.net, r.currency))), '[]')::text AS json
  FROM api.fee_report (coalesce ($1::date, current_date), coalesce ($2::date, current_date), coalesce ($3::text, 'day')) r
