-- Receipts, newest first, and what is open for a second person.
-- $1 text: application number, or NULL: those of today
-- Columns: json
SELECT json_build_object (
         'proposals', (SELECT coalesce (json_agg (json_build_object ('number', p.id, 'what', p.what, 'application', p.application_number, 'of_receipt', p.of_number,
                                        'amount', p.amount, 'money', api.money_text (p.amount, p.currency), 'method', p.method, 'reason', p.reason,
                                        'proposed_by', p.proposed_by, 'at', p.proposed_at) ORDER BY p.id), '[]')
                         FROM api.fee_proposal p WHERE p.state = 'open' AND ($1::text IS NULL OR p.application_number = upper (btrim ($1::text)))),
         'receipts', (SELECT coalesce (json_agg (json_build_object ('receipt', r.number, 'what', r.what, 'of_receipt', r.of_number, 'application', r.application_number,
                                       'method', r.method, 'reference', r.reference, 'amount', r.amount, 'money', api.money_text (r.amount, r.currency),
                                       'rest', r.rest, 'rest_text', api.money_text (r.rest, r.currency), 'who', r.who, 'second', r.second, 'at', r.at, 'reason', r.reason) ORDER BY r.id DESC), '[]')
                        FROM (SELECT f.id, f.number, f.what, f.of_number, f.application_number, f.method, f.reference, f.amount, f.currency, f.rest, f.who, f.second, f.at, f.reason
                                FROM api.fee_receipt f
                               WHERE f.application_number = upper (btrim ($1::text)) OR ($1::text IS NULL AND f.day = current_date)
                               ORDER BY f.id DESC LIMIT 500) r))::text AS json
