-- Takes a payment; the same key again takes nothing and says the same.
-- $1 text: application number, $2 text: key, $3 text: cash, card or bank, $4 text: amount or NULL for all, $5 text: reference or NULL, $6 text: what was handed
-- over or NULL, $7 text: language of the receipt or NULL
-- Columns: json
SELECT json_build_object ('application', upper (btrim ($1::text)), 'receipt', p.receipt, 'amount', p.amount, 'change', p.change, 'due', p.due,
         'amount_text', api.money_text (p.amount, NULL), 'change_text', api.money_text (p.change, NULL), 'due_text', api.money_text (p.due, NULL))::text AS json
  FROM api.pay_fee (api.fee_application ($1::text), $2::uuid, $3::text, api.read_money ($4::text), $5::text, api.read_money ($6::text), $7::text) p
