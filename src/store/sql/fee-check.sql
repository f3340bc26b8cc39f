-- What a receipt is worth, by what its code carries.
-- $1 text: what was scanned
-- Columns: json
SELECT json_build_object ('standing', c.standing, 'receipt', c.number, 'day', c.day, 'what', c.what, 'currency', c.currency, 'amount', c.amount, 'rest', c.rest,
                          'amount_text', api.money_text (c.amount, c.currency))::text AS json
  FROM api.check_receipt ($1::text) c
