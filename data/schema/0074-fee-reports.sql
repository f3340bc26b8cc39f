-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is read of the money: the quote in the reader’s language, before there is an application and for one; receipts as the citizen gets them, and
-- what they are worth when they come back; shifts, proposals and day totals; what a fee rule would do; and the rule of law that stops what is unpaid.

SET LOCAL ROLE platen_owner;

-- ---- what people type ----

CREATE FUNCTION api.fee_application (p_number text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := require_session (); -- a window asks by itself
  v_id    bigint := (SELECT a.id FROM application a WHERE a.number = upper (btrim (p_number)) AND (a.office_code = v_actor.office_code OR has_role ('auditor')));
BEGIN
  IF v_id IS NULL THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was done, because office %s has no application %s. Read its number again.', v_actor.office_code,
                    quote_literal (left (coalesce (p_number, ''), 40))));
  END IF;
  RETURN v_id;
END
$$;

-- “50=3 2=11 0.50=4”: each coin or note, and how many lie there.
CREATE FUNCTION api.read_denominations (p_text text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('clerk', 'supervisor');
  v_word  text;
  v_value text;
  v_found jsonb := '{}';
BEGIN
  FOREACH v_word IN ARRAY regexp_split_to_array (btrim (coalesce (p_text, '')), '\s+') LOOP
    CONTINUE WHEN v_word = '';
    v_value := CASE WHEN v_word ~ '^[0-9.,]{1,14}=[0-9]{1,6}$' THEN read_money (split_part (v_word, '=', 1), office_currency (v_actor.office_code))::text END;
    IF v_value IS NULL OR v_found ? v_value THEN
      PERFORM refuse ('P0001', 'FIELD', format ('Nothing was counted, because %s is no coin or note with its number, or is named twice. Write 50=3 for three of'
                      ' fifty.', quote_literal (left (v_word, 40))));
    END IF;
    v_found := v_found || jsonb_build_object (v_value, split_part (v_word, '=', 2)::int);
  END LOOP;
  RETURN v_found;
END
$$;

CREATE FUNCTION api.money_text (p_amount bigint, p_currency text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := require_session (); -- a window asks by itself
BEGIN
  RETURN money_text (p_amount, coalesce (p_currency, office_currency (v_actor.office_code)), language ());
END
$$;

-- ---- the quote ----

CREATE FUNCTION platen.fee_words (p_words jsonb, p_language text) RETURNS text
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (p_words ->> p_language, p_words ->> 'en', '')
$$;

CREATE FUNCTION platen.own_words (p_words jsonb) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  SELECT fee_words (p_words, language ())
$$;

CREATE FUNCTION api.fee_quote (p_application bigint)
RETURNS TABLE (line int, rule text, effect text, base bigint, times int, permille int, amount bigint, currency text, proof text, counts boolean, text text, law text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := require_session (); -- a window asks by itself
BEGIN
  IF NOT EXISTS (SELECT FROM application a WHERE a.id = p_application AND (a.office_code = v_actor.office_code OR has_role ('auditor'))) THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('No fee was quoted, because office %s has no application with the record number %s. Search for it again.',
                    v_actor.office_code, coalesce (p_application::text, '')));
  END IF;
  RETURN QUERY
  SELECT l.line, l.code, l.effect, l.base, l.times, r.permille, l.amount, r.currency, l.proof, l.counts, fee_words (r.words, language ()),
         in_words ('law', r.legal_reference)
    FROM fee_lines_of (gather_facts (p_application)) l JOIN fee_rule r ON r.id = l.rule_id ORDER BY l.line;
END
$$;

-- Before there is an application. @p_day NULL: today; @p_ended: when the licence that is held ended, or ends.
CREATE FUNCTION api.fee_estimate (p_type text, p_cause text, p_categories text[], p_birth date, p_ended date, p_proofs text[], p_day date)
RETURNS TABLE (line int, rule text, effect text, base bigint, times int, permille int, amount bigint, currency text, proof text, counts boolean, text text, law text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := require_session (); -- a window asks by itself
BEGIN
  IF NOT coalesce (p_type = ANY (fee_kinds ()), false) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('No fee was quoted, because there is no kind of application %s. Choose another.',
                    quote_literal (left (coalesce (p_type, ''), 40))));
  ELSIF NOT coalesce (p_categories, '{}') <@ ARRAY (SELECT c.code FROM category c) THEN
    PERFORM refuse ('P0001', 'FIELD', 'No fee was quoted, because one of the categories does not exist. Look at them again.');
  ELSIF p_birth > today () OR p_birth < '1880-01-01' THEN
    PERFORM refuse ('P0001', 'FIELD', format ('No fee was quoted, because nobody who applies was born on %s. Read the date again.', p_birth));
  END IF;
  RETURN QUERY
  SELECT l.line, l.code, l.effect, l.base, l.times, r.permille, l.amount, r.currency, l.proof, l.counts, fee_words (r.words, language ()),
         in_words ('law', r.legal_reference)
    FROM fee_lines (v_actor.office_code, coalesce (p_day, today ()), NULL, p_type, p_cause, coalesce (p_categories, '{}'), p_birth, p_ended,
                    coalesce (p_day, today ()), coalesce (p_proofs, '{}')) l
    JOIN fee_rule r ON r.id = l.rule_id ORDER BY l.line;
END
$$;

-- What is due of one application, in the office’s money.
CREATE FUNCTION api.fee_due (p_application bigint, OUT total bigint, OUT paid bigint, OUT due bigint, OUT currency text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := require_session (); -- a window asks by itself
BEGIN
  SELECT o.currency, fee_settled (a.id), application_due (a.id) INTO currency, paid, due
    FROM application a JOIN office o ON o.code = a.office_code
   WHERE a.id = p_application AND (a.office_code = v_actor.office_code OR has_role ('auditor'));
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('No fee was quoted, because office %s has no application with the record number %s. Search for it again.',
                    v_actor.office_code, coalesce (p_application::text, '')));
  END IF;
  total := paid + due;
END
$$;

-- ---- what a rule would do ----

-- Applications that are open, and those of the last @p_days: what they cost, and what they would have cost by that version.
CREATE FUNCTION api.preview_fee_rule (p_rule bigint, p_days int)
RETURNS TABLE (application_id bigint, application_number text, kind text, state text, is_open boolean, costs bigint, would_cost bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('admin', 'supervisor', 'auditor');
BEGIN
  IF NOT EXISTS (SELECT FROM fee_rule r WHERE r.id = p_rule) THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was computed, because there is no fee rule %s. List the fee rules again.', coalesce (p_rule::text, '')));
  END IF;
  RETURN QUERY
  SELECT a.id, a.number, a.type, a.state::text, a.state NOT IN ('issued', 'rejected', 'withdrawn'), n.costs, w.costs
    FROM application a
   CROSS JOIN LATERAL gather_facts (a.id) f
   CROSS JOIN LATERAL (SELECT coalesce (sum (l.amount), 0)::bigint FROM fee_lines_of (f) l) n (costs)
   CROSS JOIN LATERAL (SELECT coalesce (sum (l.amount), 0)::bigint FROM fee_lines_of (f, p_rule) l) w (costs)
   WHERE a.office_code = (SELECT r.office_code FROM fee_rule r WHERE r.id = p_rule)
     AND (a.state NOT IN ('issued', 'rejected', 'withdrawn') OR (a.state = 'issued' AND a.changed_at > clock_timestamp() - make_interval (days => least (p_days, 3660))))
     AND n.costs <> w.costs
   ORDER BY a.id;
END
$$;

CREATE VIEW api.fee_rule WITH (security_barrier) AS
SELECT r.id, r.office_code, r.code, r.effect, r.kinds, r.causes, r.categories, r.per_category, r.min_age, r.max_age, r.min_days_late, r.max_days_late, r.proof,
       r.amount, r.permille, r.currency, r.valid_from, r.valid_to, platen.in_words ('law', r.legal_reference) AS law, platen.own_words (r.words) AS text,
       r.words, r.reason, r.state, p.name AS proposed_by, r.proposed_at, d.name AS decided_by, r.decided_at,
       (r.state = 'approved' AND r.effect <> 'none' AND r.valid_from <= platen.today () AND coalesce (r.valid_to >= platen.today (), true)
        AND NOT EXISTS (SELECT FROM platen.fee_rule n WHERE n.office_code = r.office_code AND n.code = r.code AND n.state = 'approved'
                           AND n.valid_from > r.valid_from AND n.valid_from <= platen.today ())) AS holds
  FROM platen.fee_rule r JOIN platen.staff p ON p.id = r.proposed_by LEFT JOIN platen.staff d ON d.id = r.decided_by
 WHERE (SELECT platen.may_read ());

-- ---- receipts ----

CREATE VIEW api.fee_receipt WITH (security_barrier) AS
SELECT r.id, r.number, r.office_code, r.what, o.number AS of_number, r.application_id, a.number AS application_number, r.method, r.reference, r.currency,
       r.amount, r.tendered, r.left_open, r.amount - coalesce ((SELECT sum (b.amount) FROM platen.fee_receipt b WHERE b.of_id = r.id), 0)::bigint AS rest, r.shift_id, s.name AS who, t.name AS second, r.workstation, r.at, r.day, r.language,
       m.reason, r.key
  FROM platen.fee_receipt r JOIN platen.application a ON a.id = r.application_id JOIN platen.staff s ON s.id = r.staff_id
  JOIN platen.fee_movement m ON m.id = r.movement_id
  LEFT JOIN platen.staff t ON t.id = r.second_id LEFT JOIN platen.fee_receipt o ON o.id = r.of_id
 WHERE (SELECT platen.may_read_persons ('fee_receipt'));

CREATE FUNCTION platen.sheet_row (p_language text, p_label text, p_text text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN p_text IS NOT NULL THEN jsonb_build_object ('label', say (p_language, 'receipt', p_label), 'text', p_text) END
$$;

CREATE FUNCTION platen.sheet_lines (p_receipt platen.fee_receipt, p_language text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (jsonb_agg (jsonb_build_object (
           'text', fee_words (l -> 'words', p_language) || CASE WHEN (l ->> 'times')::int > 1 THEN format (' × %s', l ->> 'times') ELSE '' END,
           'law', say (p_language, 'law', l ->> 'law'), 'amount', (l ->> 'amount')::bigint,
           'money', money_text ((l ->> 'amount')::bigint, p_receipt.currency, p_language)) ORDER BY n), '[]')
    FROM jsonb_array_elements (p_receipt.lines) WITH ORDINALITY q (l, n)
   WHERE (l ->> 'counts')::boolean AND (l ->> 'amount')::bigint <> 0
$$;

-- A receipt as it is put on paper, in the citizen’s language (or another, @p_language): what stands there, and what its code carries.
CREATE FUNCTION api.fee_receipt_sheet (p_number text, p_language text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor    actor := require_session (); -- a window asks by itself
  v_receipt  fee_receipt;
  v_language text;
  v_seal     receipt_seal;
  v_app      application;
BEGIN
  PERFORM may_read_persons ('fee_receipt');
  SELECT * INTO v_receipt FROM fee_receipt r WHERE r.number = upper (btrim (p_number)) AND (r.office_code = v_actor.office_code OR has_role ('auditor'));
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was done, because office %s has no receipt %s. Read its number again.', v_actor.office_code,
                    quote_literal (left (coalesce (p_number, ''), 40))));
  END IF;
  SELECT * INTO STRICT v_seal FROM receipt_seal s WHERE s.number = v_receipt.number;
  SELECT * INTO STRICT v_app FROM application a WHERE a.id = v_receipt.application_id;
  v_language := coalesce (nullif (lower (left (btrim (p_language), 2)), ''), v_receipt.language);
  RETURN jsonb_build_object (
    'number', v_receipt.number, 'language', v_language, 'what', v_receipt.what, 'amount', v_receipt.amount, 'currency', v_receipt.currency, 'qr', v_seal.text,
    'title', say (v_language, 'receipt', CASE v_receipt.what WHEN 'payment' THEN 'Receipt' WHEN 'waiver' THEN 'Waiver of a fee' WHEN 'void' THEN 'Voided payment'
                                           ELSE 'Refund' END),
    'office', (SELECT o.name FROM office o WHERE o.code = v_receipt.office_code),
    'rows', (SELECT jsonb_agg (r ORDER BY n) FROM (VALUES
      (1, sheet_row (v_language, 'Number', v_receipt.number)),
      (2, sheet_row (v_language, 'Of receipt', v_seal.of_number)),
      (3, sheet_row (v_language, 'Day', say (v_language, 'date', v_receipt.day::text))),
      (4, sheet_row (v_language, 'Application', v_app.number)),
      (5, sheet_row (v_language, 'Name', v_app.holder_name)),
      (6, sheet_row (v_language, 'Taken by', (SELECT s.name FROM staff s WHERE s.id = v_receipt.staff_id))),
      (7, sheet_row (v_language, 'Approved by', (SELECT s.name FROM staff s WHERE s.id = v_receipt.second_id)))) v (n, r) WHERE r IS NOT NULL),
    'lines', sheet_lines (v_receipt, v_language),
    'sums', (SELECT jsonb_agg (r ORDER BY n) FROM (VALUES
      (1, sheet_row (v_language, 'Fee', money_text ((SELECT coalesce (sum ((l ->> 'amount')::bigint), 0)::bigint FROM jsonb_array_elements (v_receipt.lines) l),
                                                    v_receipt.currency, v_language))),
      (2, sheet_row (v_language, CASE v_receipt.what WHEN 'payment' THEN CASE v_receipt.method WHEN 'cash' THEN 'Paid in cash' WHEN 'card' THEN 'Paid by card'
                                                                              ELSE 'Paid by bank' END
                                   WHEN 'waiver' THEN 'Waived' WHEN 'void' THEN 'Voided' ELSE 'Given back' END,
                     money_text (v_receipt.amount, v_receipt.currency, v_language))),
      (3, sheet_row (v_language, 'Reference', v_receipt.reference)),
      (4, sheet_row (v_language, 'Handed over', money_text (v_receipt.tendered, v_receipt.currency, v_language))),
      (5, sheet_row (v_language, 'Change', money_text (v_receipt.tendered - v_receipt.amount, v_receipt.currency, v_language))),
      (6, sheet_row (v_language, 'Still due', CASE WHEN v_receipt.left_open > 0 THEN money_text (v_receipt.left_open, v_receipt.currency, v_language) END))) v (n, r)
      WHERE r IS NOT NULL),
    'foot', say (v_language, 'receipt', 'Every office checks this receipt by its code.'));
END
$$;

-- Whoever holds a receipt of any office: is it one, and what became of it? @p_text: what its code carries.
CREATE FUNCTION api.check_receipt (p_text text, OUT standing text, OUT number text, OUT day date, OUT what text, OUT currency text, OUT amount bigint, OUT rest bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := require_session (); -- a window asks by itself
  v_text  text := btrim (p_text, E' \r\n\t');
  v_seal  receipt_seal;
BEGIN
  SELECT * INTO v_seal FROM receipt_seal s WHERE s.number = split_part (v_text, ' ', 3);
  standing := CASE WHEN v_seal.number IS NULL THEN 'unknown' WHEN v_seal.text <> v_text THEN 'altered' ELSE 'genuine' END;
  IF standing = 'genuine' THEN
    number := v_seal.number;
    day := v_seal.day;
    what := v_seal.what;
    currency := v_seal.currency;
    amount := v_seal.amount;
    rest := v_seal.amount - coalesce ((SELECT sum (s.amount) FROM receipt_seal s WHERE s.of_number = v_seal.number), 0);
    standing := CASE WHEN rest = amount THEN 'genuine' WHEN rest = 0 THEN 'reversed' ELSE 'partly' END;
  END IF;
END
$$;

-- ---- shifts and proposals ----

-- What should lie in a drawer is not said to who has yet to count it.
CREATE VIEW api.fee_shift WITH (security_barrier) AS
SELECT s.id, s.office_code, t.login, t.name AS who, s.workstation, s.currency, s.day, s.opened_at, s.opening_float, s.state, s.counted, s.denominations,
       CASE WHEN s.state = 'open' AND NOT (platen.has_role ('supervisor') OR platen.has_role ('auditor')) THEN NULL ELSE coalesce (s.expected, s.cash) END AS expected,
       s.counted - s.expected AS variance, s.explanation, c.name AS counted_by, s.counted_at, d.name AS closed_by, s.closed_at
  FROM platen.fee_shift s JOIN platen.staff t ON t.id = s.staff_id LEFT JOIN platen.staff c ON c.id = s.counted_by LEFT JOIN platen.staff d ON d.id = s.closed_by
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.fee_proposal WITH (security_barrier) AS
SELECT p.id, p.office_code, p.what, p.application_id, a.number AS application_number, o.number AS of_number, p.amount, r.currency, p.method, p.reference, p.reason,
       s.name AS proposed_by, p.workstation, p.proposed_at, p.state, d.name AS decided_by, p.decided_at, n.number AS receipt
  FROM platen.fee_proposal p JOIN platen.application a ON a.id = p.application_id JOIN platen.staff s ON s.id = p.proposed_by
  JOIN platen.office r ON r.code = p.office_code
  LEFT JOIN platen.fee_receipt o ON o.id = p.of_id LEFT JOIN platen.staff d ON d.id = p.decided_by LEFT JOIN platen.fee_receipt n ON n.id = p.receipt_id
 WHERE (SELECT platen.may_read_persons ('fee_proposal'));

CREATE VIEW api.fee_posting WITH (security_barrier) AS
SELECT p.id, p.movement_id, m.at, m.day, m.office_code, m.what, p.account, p.shift_id, a.number AS application_number, p.rule_code, p.amount, m.currency, s.name AS who,
       t.name AS second, m.workstation, m.reason
  FROM platen.fee_posting p JOIN platen.fee_movement m ON m.id = p.movement_id JOIN platen.staff s ON s.id = m.staff_id
  LEFT JOIN platen.staff t ON t.id = m.second_id LEFT JOIN platen.application a ON a.id = m.application_id
 WHERE (SELECT platen.may_read ('auditor', 'supervisor', 'admin')) AND (SELECT platen.may_read_persons ('fee_posting'));

-- Coins and notes by which a drawer of this office is counted.
CREATE VIEW api.office_money WITH (security_barrier) AS
SELECT o.code AS office_code, o.currency, c.digits, o.denominations
  FROM platen.office o JOIN platen.currency c ON c.code = o.currency
 WHERE (SELECT platen.may_read ()) AND o.code = ANY ((SELECT platen.visible_offices ())::text[]);

-- ---- reports ----

-- @p_by: day, shift, kind (of application), method or rule. What came in, what went out, and how.
CREATE FUNCTION api.fee_report (p_from date, p_to date, p_by text)
RETURNS TABLE (office_code text, currency text, part text, receipts bigint, paid bigint, voided bigint, refunded bigint, waived bigint, cash bigint, card bigint, bank bigint,
               net bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('supervisor', 'auditor', 'admin');
BEGIN
  IF NOT coalesce (p_by IN ('day', 'shift', 'kind', 'method', 'rule') AND p_from <= p_to, false) THEN
    PERFORM refuse ('P0001', 'FIELD', 'No report was made, because it is by day, shift, kind, method or rule, from a day to that day or a later one. Say it again.');
  ELSIF p_by = 'rule' THEN
    RETURN QUERY
    SELECT m.office_code, m.currency, p.rule_code, count (DISTINCT m.application_id), NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint,
           NULL::bigint, (- sum (p.amount))::bigint
      FROM fee_posting p JOIN fee_movement m ON m.id = p.movement_id
     WHERE p.account = 'revenue' AND m.day BETWEEN p_from AND p_to AND m.office_code = ANY (visible_offices ())
     GROUP BY m.office_code, m.currency, p.rule_code ORDER BY 1, 2, 3;
    RETURN;
  END IF;
  RETURN QUERY
  SELECT r.office_code, r.currency, CASE p_by WHEN 'day' THEN r.day::text WHEN 'shift' THEN coalesce (r.shift_id::text, '') WHEN 'kind' THEN a.type ELSE r.method END,
         count (*),
         coalesce (sum (r.amount) FILTER (WHERE r.what = 'payment'), 0)::bigint,
         coalesce (sum (r.amount) FILTER (WHERE r.what = 'void' AND r.method <> 'waiver'), 0)::bigint,
         coalesce (sum (r.amount) FILTER (WHERE r.what = 'refund'), 0)::bigint,
         coalesce (sum (CASE r.what WHEN 'waiver' THEN r.amount ELSE - r.amount END) FILTER (WHERE r.method = 'waiver'), 0)::bigint,
         coalesce (sum (CASE r.what WHEN 'payment' THEN r.amount ELSE - r.amount END) FILTER (WHERE r.method = 'cash'), 0)::bigint,
         coalesce (sum (CASE r.what WHEN 'payment' THEN r.amount ELSE - r.amount END) FILTER (WHERE r.method = 'card'), 0)::bigint,
         coalesce (sum (CASE r.what WHEN 'payment' THEN r.amount ELSE - r.amount END) FILTER (WHERE r.method = 'bank'), 0)::bigint,
         coalesce (sum (CASE r.what WHEN 'payment' THEN r.amount ELSE - r.amount END) FILTER (WHERE r.method <> 'waiver'), 0)::bigint
    FROM fee_receipt r JOIN application a ON a.id = r.application_id
   WHERE r.day BETWEEN p_from AND p_to AND r.office_code = ANY (visible_offices ())
   GROUP BY 1, 2, 3 ORDER BY 1, 2, length (CASE p_by WHEN 'day' THEN r.day::text WHEN 'shift' THEN coalesce (r.shift_id::text, '') WHEN 'kind' THEN a.type ELSE r.method END), 3;
END
$$;

-- Each thing that must be so, looked at again from the postings: its name, whether it is so, and what was seen.
CREATE FUNCTION api.reconcile_fees (p_from date, p_to date) RETURNS TABLE (office_code text, what text, holds boolean, seen text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('supervisor', 'auditor', 'admin');
BEGIN
  RETURN QUERY
  WITH offices AS (SELECT o FROM unnest (visible_offices ()) o),
       books AS (SELECT p.*, m.day, m.what FROM fee_posting p JOIN fee_movement m ON m.id = p.movement_id)
  SELECT o.o, in_words ('reconciliation', 'movements balance'), NOT EXISTS (SELECT FROM books b WHERE b.office_code = o.o AND b.day BETWEEN p_from AND p_to GROUP BY b.movement_id
                                                 HAVING sum (b.amount) <> 0 OR count (*) < 2),
         (SELECT count (*)::text FROM fee_movement m WHERE m.office_code = o.o AND m.day BETWEEN p_from AND p_to) FROM offices o
   UNION ALL
  SELECT o.o, in_words ('reconciliation', 'drawers hold what was booked'), NOT EXISTS (SELECT FROM fee_shift s WHERE s.office_code = o.o AND s.cash <>
           (SELECT coalesce (sum (b.amount), 0) FROM fee_posting b WHERE b.shift_id = s.id)),
         (SELECT count (*)::text FROM fee_shift s WHERE s.office_code = o.o AND s.day BETWEEN p_from AND p_to) FROM offices o
   UNION ALL
  SELECT o.o, in_words ('reconciliation', 'receipts are what was booked'), NOT EXISTS (
           SELECT FROM fee_receipt r JOIN fee_movement m ON m.id = r.movement_id
            WHERE r.office_code = o.o AND r.day BETWEEN p_from AND p_to AND (m.what <> r.what OR m.application_id <> r.application_id OR r.amount <>
              (SELECT coalesce (sum (b.amount) FILTER (WHERE b.amount > 0), 0) FROM fee_posting b WHERE b.movement_id = m.id))),
         (SELECT count (*)::text FROM fee_receipt r WHERE r.office_code = o.o AND r.day BETWEEN p_from AND p_to) FROM offices o
   UNION ALL
  SELECT o.o, in_words ('reconciliation', 'every payment has its receipt'), NOT EXISTS (
           SELECT FROM fee_movement m WHERE m.office_code = o.o AND m.day BETWEEN p_from AND p_to AND m.what IN ('payment', 'waiver', 'void', 'refund')
              AND NOT EXISTS (SELECT FROM fee_receipt r WHERE r.movement_id = m.id)),
         (SELECT count (*)::text FROM fee_movement m WHERE m.office_code = o.o AND m.day BETWEEN p_from AND p_to AND m.what = 'payment') FROM offices o
   UNION ALL
  SELECT o.o, in_words ('reconciliation', 'receipts have no gap'), NOT EXISTS (SELECT FROM fee_counter c WHERE c.office_code = o.o AND (c.last <> (SELECT count (*) FROM fee_receipt r
           WHERE r.office_code = o.o AND r.year = c.year) OR c.last <> (SELECT max (r.nth) FROM fee_receipt r WHERE r.office_code = o.o AND r.year = c.year))),
         (SELECT coalesce (max (r.number), '') FROM fee_receipt r WHERE r.office_code = o.o AND r.day BETWEEN p_from AND p_to) FROM offices o
   UNION ALL
  SELECT o.o, in_words ('reconciliation', 'seals follow on each other'), NOT EXISTS (
           SELECT FROM (SELECT s.previous, s.seal, seal_of (s, a.number) AS again, lag (s.seal, 1, '') OVER (PARTITION BY r.year ORDER BY r.nth) AS before
                          FROM fee_receipt r JOIN receipt_seal s ON s.number = r.number JOIN application a ON a.id = r.application_id
                         WHERE r.office_code = o.o) v WHERE v.seal <> v.again OR v.previous <> v.before),
         (SELECT count (*)::text FROM fee_receipt r WHERE r.office_code = o.o) FROM offices o
   UNION ALL
  SELECT o.o, in_words ('reconciliation', 'drawers of before are closed'), NOT EXISTS (SELECT FROM fee_shift s WHERE s.office_code = o.o AND s.day < today () AND s.state <> 'closed'),
         (SELECT count (*)::text FROM fee_shift s WHERE s.office_code = o.o AND s.state <> 'closed') FROM offices o;
END
$$;

-- ---- the law ----

CREATE FUNCTION platen.blocked_steps (p_blocks jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (array_agg (b), '{}') FROM jsonb_array_elements_text (CASE jsonb_typeof (p_blocks) WHEN 'array' THEN p_blocks ELSE '[]' END) b
$$;

-- The step that is next, as the parameter “blocks” names it: submit, approve, produce, hand_over.
CREATE FUNCTION platen.next_fee_step (p_state text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN p_state IN ('draft', 'returned', 'waiting') THEN 'submit' WHEN p_state = 'submitted' THEN 'approve' WHEN p_state = 'approved' THEN 'produce'
              WHEN p_state IN ('in_production', 'ready') THEN 'hand_over' END
$$;

-- Hard where the next step is one that the rule blocks; of the hand-over the card itself is stopped, below.
CREATE FUNCTION platen.rule_fee_unpaid (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('amount', money_text (v.due, office_currency (f.office_code))), NULL::text
    FROM (SELECT next_fee_step (a.state) AS step, fee_due (f) AS due FROM application a
           WHERE a.id = f.application_id AND fee_rules_of (f.office_code)) v
   WHERE v.due > 0 AND v.step = ANY (blocked_steps (p -> 'blocks')) AND v.step <> 'hand_over'
$$;

-- What is due and stops nothing yet.
CREATE FUNCTION platen.rule_fee_open (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('amount', money_text (v.due, office_currency (f.office_code))), NULL::text
    FROM (SELECT next_fee_step (a.state) AS step, fee_due (f) AS due FROM application a
           WHERE a.id = f.application_id AND a.state NOT IN ('rejected', 'withdrawn') AND fee_rules_of (f.office_code)) v
   WHERE v.due > 0
     AND NOT EXISTS (SELECT FROM rule r WHERE r.code = 'FEE_UNPAID' AND r.valid_from <= f.today AND coalesce (r.valid_to >= f.today, true)
                        AND v.step <> 'hand_over' AND v.step = ANY (blocked_steps (r.parameters -> 'blocks')))
$$;

CREATE FUNCTION platen.refuse_unpaid_card () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_due bigint;
BEGIN
  IF NOT fee_rules_of (NEW.office_code) OR NOT EXISTS (
       SELECT FROM rule r WHERE r.code = 'FEE_UNPAID' AND r.valid_from <= today () AND coalesce (r.valid_to >= today (), true)
                            AND 'hand_over' = ANY (blocked_steps (r.parameters -> 'blocks'))) THEN
    RETURN NEW;
  END IF;
  v_due := application_due (NEW.application_id);
  IF v_due > 0 THEN
    PERFORM refuse ('P0001', 'FEE_UNPAID', format ('Card %s was not handed over, because %s of its fee are not paid. Take the payment first, or let a supervisor waive'
                    ' it.', NEW.number, money_text (v_due, office_currency (NEW.office_code))));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER handover_is_paid BEFORE UPDATE OF state ON platen.card FOR EACH ROW WHEN (NEW.state = 'issued' AND OLD.state <> 'issued')
  EXECUTE FUNCTION platen.refuse_unpaid_card ();

INSERT INTO platen.rule (code, severity, legal_reference, valid_from, parameters) VALUES
  ('FEE_UNPAID', 'hard', 'Fees Act, s. 3', '2000-01-01', '{"blocks": ["hand_over"]}'),
  ('FEE_OPEN', 'warning', 'Fees Act, s. 3', '2000-01-01', '{}');
INSERT INTO platen.rule_text (code, language, text, cure) VALUES
('FEE_UNPAID', 'en', '{amount} of the fee are not paid.', 'Take the payment, or let a supervisor waive it.'),
('FEE_UNPAID', 'fr', '{amount} du droit ne sont pas payés.', 'Encaissez le paiement, ou faites-le remettre par un superviseur.'),
('FEE_OPEN', 'en', '{amount} of the fee are not paid yet.', 'Take the payment now; without it the card is not handed over.'),
('FEE_OPEN', 'fr', '{amount} du droit ne sont pas encore payés.', 'Encaissez-le maintenant ; sans paiement, la carte n’est pas remise.');

DO $grants$
DECLARE
  v_function regprocedure;
BEGIN
  FOR v_function IN
    SELECT p.oid FROM pg_proc p
     WHERE p.pronamespace IN ('api'::regnamespace, 'platen'::regnamespace) AND pg_get_userbyid (p.proowner) = 'platen_owner'
       AND (p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode (p.proacl) WHERE grantee = 0)) LOOP
    EXECUTE format ('REVOKE ALL ON FUNCTION %s FROM PUBLIC', v_function);
  END LOOP;
END
$grants$;
GRANT EXECUTE ON FUNCTION platen.own_words (jsonb), api.read_money (text), api.fee_application (text), api.read_denominations (text), api.money_text (bigint, text), api.set_currency (text, bigint[]), api.propose_fee_rule (jsonb, text), api.approve_fee_rule (bigint),
  api.refuse_fee_rule (bigint), api.pay_fee (bigint, uuid, text, bigint, text, bigint, text), api.find_payment (uuid),
  api.note_fee_proof (bigint, text, boolean, text), api.waive_fee (bigint, bigint, text), api.void_fee (text, text),
  api.refund_fee (text, bigint, text, text, text), api.approve_fee (bigint), api.refuse_fee (bigint), api.open_shift (bigint),
  api.count_shift (bigint, jsonb, text), api.close_shift (bigint), api.recount_shift (bigint, text), api.fee_quote (bigint),
  api.fee_estimate (text, text, text[], date, date, text[], date), api.fee_due (bigint), api.preview_fee_rule (bigint, int),
  api.fee_receipt_sheet (text, text), api.check_receipt (text), api.fee_report (date, date, text), api.reconcile_fees (date, date)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT SELECT ON api.fee_rule, api.fee_receipt, api.fee_shift, api.fee_proposal, api.fee_posting, api.office_money
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'Nothing was paid or changed, because {quoted} is no amount in {currency} with at most {digits} digits behind the point. Write it again.',
 'Rien n’a été payé ni modifié, car {quoted} n’est pas un montant en {currency} avec au plus {digits} chiffres après la virgule. Écrivez-le de nouveau.'),
('refusal', 'fr', 'The currency was not changed, because ISO 4217 has no {quoted}. Write its three letters.',
 'La monnaie n’a pas été modifiée, car l’ISO 4217 ne connaît pas {quoted}. Écrivez ses trois lettres.'),
('refusal', 'fr', 'The currency was not changed, because office {office} has fee rules in {currency}. An office keeps its currency from its first fee'
 ' rule on.',
 'La monnaie n’a pas été modifiée, car le bureau {office} a des règles de droits en {currency}. Un bureau garde sa monnaie dès sa première règle.'),
('refusal', 'fr', 'The currency was not changed, because its coins and notes are one to 40 different amounts above nothing. Write them again.',
 'La monnaie n’a pas été modifiée, car ses pièces et billets sont de un à 40 montants différents supérieurs à zéro. Écrivez-les de nouveau.'),
('refusal', 'fr', 'The fee rule was not proposed, because {fee_rule_wrong}. Correct it, and propose it again.',
 'La règle de droits n’a pas été proposée, car {fee_rule_wrong}. Corrigez-la et proposez-la de nouveau.'),
('fee_rule_wrong', 'fr', '“{member}” is no whole number from {least} to {most}', E'«\u202f{member}\u202f» n’est pas un nombre entier de {least} à {most}'),
('fee_rule_wrong', 'fr', '“{member}” is no list of these: {known}', E'«\u202f{member}\u202f» n’est pas une liste parmi\u202f: {known}'),
('fee_rule_wrong', 'fr', '“{member}” is not written as it must be', E'«\u202f{member}\u202f» n’est pas écrit comme il se doit'),
('fee_rule_wrong', 'fr', 'it is no JSON object', 'elle n’est pas un objet JSON'),
('fee_rule_wrong', 'fr', 'no rule has a member “{member}”', E'aucune règle n’a de membre «\u202f{member}\u202f»'),
('fee_rule_wrong', 'fr', 'it needs a code, an effect, a law and a day from which it holds',
 'il lui faut un code, un effet, une loi et un jour à partir duquel elle vaut'),
('fee_rule_wrong', 'fr', 'its last day is none, or lies before the first', 'son dernier jour n’en est pas un, ou précède le premier'),
('fee_rule_wrong', 'fr', 'it would hold from a day that has passed', 'elle vaudrait à partir d’un jour passé'),
('fee_rule_wrong', 'fr', 'a fee has an amount, a surcharge or a reduction an amount or a share, and nothing else has either',
 'un droit a un montant, un supplément ou une réduction un montant ou une part, et rien d’autre n’en a'),
('fee_rule_wrong', 'fr', 'only an amount is counted for each category', 'seul un montant se compte par catégorie'),
('fee_rule_wrong', 'fr', 'its least is more than its most', 'son minimum dépasse son maximum'),
('fee_rule_wrong', 'fr', 'its words are missing in English or in French', 'ses mots manquent en anglais ou en français'),
('refusal', 'fr', 'The fee rule was not proposed, because no reason was given. Say why.',
 'La règle de droits n’a pas été proposée, faute de motif. Dites pourquoi.'),
('refusal', 'fr', 'Nothing was decided, because no fee rule {id} is proposed. List the fee rules again.',
 'Rien n’a été décidé, car aucune règle de droits {id} n’est proposée. Affichez de nouveau les règles.'),
('refusal', 'fr', 'Fee rule {id} was not approved, because you proposed it yourself. Ask a colleague.',
 'La règle de droits {id} n’a pas été approuvée, car vous l’avez proposée vous-même. Demandez à un collègue.'),
('refusal', 'fr', 'Fee rule {id} was not approved, because the day from which it holds has passed. Refuse it, and propose it anew.',
 'La règle de droits {id} n’a pas été approuvée, car le jour à partir duquel elle vaut est passé. Refusez-la, et proposez-la de nouveau.'),
('refusal', 'fr', 'Fee rule {id} was not approved, because another version of {code} holds from that day. Choose another day.',
 'La règle de droits {id} n’a pas été approuvée, car une autre version de {code} vaut à partir de ce jour. Choisissez un autre jour.'),
('refusal', 'fr', 'Nothing was booked, because the postings of movement {id} are not two or more that together are nothing. Tell the administrator.',
 'Rien n’a été comptabilisé, car les écritures du mouvement {id} ne sont pas au moins deux dont la somme est nulle. Prévenez l’administrateur.'),
('refusal', 'fr', 'Nothing was booked, because a movement takes no posting after its own transaction. Write a new movement.',
 'Rien n’a été comptabilisé, car un mouvement ne reçoit plus d’écriture après sa propre transaction. Écrivez un nouveau mouvement.'),
('refusal', 'fr', 'Nothing was booked, because the drawer is closed. Open a new shift.',
 'Rien n’a été comptabilisé, car la caisse est fermée. Ouvrez un nouveau service.'),
('refusal', 'fr', 'Nothing was changed in the drawer, because only a posting moves its cash. Write one.',
 'Rien n’a été modifié dans la caisse, car seule une écriture déplace ses espèces. Écrivez-en une.'),
('refusal', 'fr', 'Nothing was paid for application {application}, because reference {quoted} stands on another receipt. Look at the slip again.',
 'Rien n’a été payé pour la demande {application}, car la référence {quoted} figure sur un autre reçu. Regardez de nouveau le ticket.'),
('refusal', 'fr', 'No money was moved for application {application}, because you have no drawer open. Open a shift first.',
 'Aucun argent n’a été déplacé pour la demande {application}, car vous n’avez pas de caisse ouverte. Ouvrez d’abord un service.'),
('refusal', 'fr', 'No money was moved for application {application}, because your drawer is open at {workstation}. Go there, or count it first.',
 'Aucun argent n’a été déplacé pour la demande {application}, car votre caisse est ouverte au poste {workstation}. Allez-y, ou comptez-la d’abord.'),
('refusal', 'fr', 'No money was moved for application {application}, because your drawer is of {date}. Count it, let a colleague confirm it, and open a'
 ' new shift.',
 'Aucun argent n’a été déplacé pour la demande {application}, car votre caisse est du {date}. Comptez-la, faites-la confirmer par un collègue et ouvrez'
 ' un nouveau service.'),
('refusal', 'fr', 'No money was moved for application {application}, because its reference is missing or no two to 40 letters and digits. Copy it from'
 ' the slip of the terminal or the bank.',
 'Aucun argent n’a été déplacé pour la demande {application}, car sa référence manque ou n’a pas de deux à 40 lettres et chiffres. Recopiez-la du ticket'
 ' du terminal ou de la banque.'),
('refusal', 'fr', 'Nothing was paid for application {application}, because its key belongs to another payment. Begin the payment anew.',
 'Rien n’a été payé pour la demande {application}, car sa clé appartient à un autre paiement. Recommencez le paiement.'),
('refusal', 'fr', 'Nothing was paid for application {application}, because it is paid in cash, by card or by bank. Say which.',
 'Rien n’a été payé pour la demande {application}, car on paie en espèces, par carte ou par banque. Dites comment.'),
('refusal', 'fr', 'Nothing was paid for application {application}, because it is {application_state} and owes nothing more.',
 E'Rien n’a été payé pour la demande {application}, car elle est à l’état «\u202f{application_state}\u202f» et ne doit plus rien.'),
('refusal', 'fr', 'Nothing was paid for application {application}, because nothing is due any more: {name} wrote receipt {receipt} at {time}. Look at it.',
 E'Rien n’a été payé pour la demande {application}, car plus rien n’est dû\u202f: {name} a établi le reçu {receipt} à {time}. Regardez-le.'),
('refusal', 'fr', 'Nothing was paid for application {application}, because it costs nothing.',
 'Rien n’a été payé pour la demande {application}, car elle ne coûte rien.'),
('refusal', 'fr', 'Nothing was paid for application {application}, because {amount} are due and no less than nothing and no more than that can be'
 ' taken. Write the amount again.',
 'Rien n’a été payé pour la demande {application}, car {amount} sont dus et l’on ne peut prendre ni moins que rien ni plus que cela. Écrivez de nouveau'
 ' le montant.'),
('refusal', 'fr', 'Nothing was paid for application {application}, because what was handed over is less than {amount}, or was not cash. Count it again.',
 'Rien n’a été payé pour la demande {application}, car la somme remise est inférieure à {amount}, ou n’était pas en espèces. Recomptez-la.'),
('event', 'fr', '{name} took {amount} ({fee_method}), receipt {receipt}.', '{name} a encaissé {amount} ({fee_method}), reçu {receipt}.'),
('refusal', 'fr', 'Nothing was noted for application {application}, because no fee rule asks for the proof {quoted}. Look at the quote.',
 'Rien n’a été noté pour la demande {application}, car aucune règle de droits ne demande la pièce {quoted}. Regardez le calcul.'),
('refusal', 'fr', 'Nothing was noted for application {application}, because it was not said what was seen. Write the document and how its number ends,'
 ' in two to 100 characters.',
 'Rien n’a été noté pour la demande {application}, car il n’a pas été dit ce qui a été vu. Écrivez la pièce et la fin de son numéro, en deux à 100 caractères.'),
('refusal', 'fr', 'Nothing was noted for application {application}, because it is {application_state}. Propose a refund.',
 E'Rien n’a été noté pour la demande {application}, car elle est à l’état «\u202f{application_state}\u202f». Proposez un remboursement.'),
('event', 'fr', '{name} saw the proof {proof} for the fee.', '{name} a vu la pièce {proof} pour le droit.'),
('event', 'fr', '{name} took the proof {proof} for the fee back.', '{name} a retiré la pièce {proof} pour le droit.'),
('refusal', 'fr', 'Nothing was proposed for application {application}, because no reason was given. Say why.',
 'Rien n’a été proposé pour la demande {application}, faute de motif. Dites pourquoi.'),
('refusal', 'fr', 'Nothing was proposed for application {application}, because proposal {id} for the same is open. Let a supervisor decide it.',
 'Rien n’a été proposé pour la demande {application}, car la proposition {id} pour la même chose est ouverte. Faites-la décider par un superviseur.'),
('event', 'fr', '{name} asked for a {fee_what} of {amount}.', E'{name} a demandé une opération\u202f: {fee_what} de {amount}.'),
('refusal', 'fr', 'No waiver was proposed for application {application}, because {amount} are due. Write an amount up to that.',
 'Aucune remise n’a été proposée pour la demande {application}, car {amount} sont dus. Écrivez un montant jusque-là.'),
('refusal', 'fr', 'Nothing was done, because office {office} has no receipt {quoted}. Read its number again.',
 'Rien n’a été fait, car le bureau {office} n’a pas de reçu {quoted}. Relisez son numéro.'),
('refusal', 'fr', 'Receipt {receipt} was not voided, because it is no payment, or was voided or given back already. Look at it.',
 'Le reçu {receipt} n’a pas été annulé, car ce n’est pas un paiement, ou il a déjà été annulé ou remboursé. Regardez-le.'),
('refusal', 'fr', 'Receipt {receipt} was not voided, because it is of another day. Propose a refund.',
 'Le reçu {receipt} n’a pas été annulé, car il est d’un autre jour. Proposez un remboursement.'),
('refusal', 'fr', 'Receipt {receipt} was not voided, because its shift is over. Propose a refund.',
 'Le reçu {receipt} n’a pas été annulé, car son service est terminé. Proposez un remboursement.'),
('refusal', 'fr', 'Nothing of receipt {receipt} was given back, because it is no payment, or nothing of it is left. Look at it.',
 'Rien du reçu {receipt} n’a été remboursé, car ce n’est pas un paiement, ou il n’en reste rien. Regardez-le.'),
('refusal', 'fr', 'Nothing of receipt {receipt} was given back, because {amount} are left of it. Write an amount up to that.',
 'Rien du reçu {receipt} n’a été remboursé, car il en reste {amount}. Écrivez un montant jusque-là.'),
('refusal', 'fr', 'Nothing of receipt {receipt} was given back, because it is given in cash, by card or by bank. Say which.',
 'Rien du reçu {receipt} n’a été remboursé, car on rembourse en espèces, par carte ou par banque. Dites comment.'),
('refusal', 'fr', 'Nothing was decided, because office {office} has no proposal {id}. List the proposals again.',
 'Rien n’a été décidé, car le bureau {office} n’a pas de proposition {id}. Affichez de nouveau les propositions.'),
('refusal', 'fr', 'Proposal {id} was not approved, because it is {fee_state}. List the proposals again.',
 E'La proposition {id} n’a pas été approuvée, car elle est à l’état «\u202f{fee_state}\u202f». Affichez de nouveau les propositions.'),
('refusal', 'fr', 'Proposal {id} was not approved, because you made it or wrote its receipt yourself. Ask another supervisor.',
 'La proposition {id} n’a pas été approuvée, car vous l’avez faite ou avez établi son reçu vous-même. Demandez à un autre superviseur.'),
('refusal', 'fr', 'Proposal {id} was not approved, because only {amount} are due now. Refuse it, and propose it anew.',
 'La proposition {id} n’a pas été approuvée, car seuls {amount} sont dus à présent. Refusez-la, et proposez-la de nouveau.'),
('refusal', 'fr', 'Proposal {id} was not approved, because only {amount} are left of receipt {receipt}. Refuse it, and propose it anew.',
 'La proposition {id} n’a pas été approuvée, car il ne reste que {amount} du reçu {receipt}. Refusez-la, et proposez-la de nouveau.'),
('refusal', 'fr', 'Proposal {id} was not approved, because the drawer does not have {amount}. Give it back by card or bank.',
 'La proposition {id} n’a pas été approuvée, car la caisse n’a pas {amount}. Remboursez par carte ou par banque.'),
('event', 'fr', '{name} approved a {fee_what} of {amount}, receipt {receipt}.',
 E'{name} a approuvé une opération\u202f: {fee_what} de {amount}, reçu {receipt}.'),
('refusal', 'fr', 'Proposal {id} was not refused, because it is {fee_state}. List the proposals again.',
 E'La proposition {id} n’a pas été refusée, car elle est à l’état «\u202f{fee_state}\u202f». Affichez de nouveau les propositions.'),
('event', 'fr', '{name} refused a {fee_what} of {amount}.', E'{name} a refusé une opération\u202f: {fee_what} de {amount}.'),
('refusal', 'fr', 'No shift was opened, because shift {id} of {name} at {workstation} is open. Count that drawer first.',
 'Aucun service n’a été ouvert, car le service {id} de {name} au poste {workstation} est ouvert. Comptez d’abord cette caisse.'),
('refusal', 'fr', 'No shift was opened, because the float is no amount from nothing on. Count what lies in the drawer.',
 'Aucun service n’a été ouvert, car le fonds de caisse n’est pas un montant à partir de zéro. Comptez ce qui est dans la caisse.'),
('refusal', 'fr', 'Nothing was changed in the drawer, because office {office} has no shift {id}. List the shifts again.',
 'Rien n’a été modifié dans la caisse, car le bureau {office} n’a pas de service {id}. Affichez de nouveau les services.'),
('refusal', 'fr', 'Nothing was changed in the drawer, because shift {id} is {fee_state} and not {fee_state2}. Look at it again.',
 E'Rien n’a été modifié dans la caisse, car le service {id} est à l’état «\u202f{fee_state}\u202f» et non «\u202f{fee_state2}\u202f». Regardez-le de nouveau.'),
('refusal', 'fr', 'Nothing was counted, because the coins and notes were not named. Say of each how many there are.',
 'Rien n’a été compté, car les pièces et billets n’ont pas été nommés. Dites de chacun combien il y en a.'),
('refusal', 'fr', 'Nothing was counted, because {quoted} is no coin or note of this office, or there are not nothing to 999999 of it. Count again.',
 'Rien n’a été compté, car {quoted} n’est ni une pièce ni un billet de ce bureau, ou il n’y en a pas de zéro à 999999. Recomptez.'),
('refusal', 'fr', 'The drawer of shift {id} was not counted, because it is of {name}. Only they count it, or a supervisor.',
 'La caisse du service {id} n’a pas été comptée, car elle est à {name}. Seule cette personne la compte, ou un superviseur.'),
('refusal', 'fr', 'Shift {id} was not counted, because {amount} lie there and {amount2} should. Count again, or explain the difference.',
 'Le service {id} n’a pas été compté, car il y a {amount} et il devrait y avoir {amount2}. Recomptez, ou expliquez l’écart.'),
('refusal', 'fr', 'Shift {id} was not closed, because its drawer is yours or you counted it. Ask a colleague to count along.',
 'Le service {id} n’a pas été fermé, car sa caisse est la vôtre ou vous l’avez comptée. Demandez à un collègue de compter avec vous.'),
('refusal', 'fr', 'Shift {id} was not opened for another count, because no reason was given. Say why.',
 'Le service {id} n’a pas été rouvert pour un autre comptage, faute de motif. Dites pourquoi.'),
('refusal', 'fr', 'Shift {id} was not opened for another count, because its person or its workstation has another drawer open. Count that first.',
 'Le service {id} n’a pas été rouvert pour un autre comptage, car sa personne ou son poste a une autre caisse ouverte. Comptez-la d’abord.'),
('refusal', 'fr', 'No fee was quoted, because office {office} has no application with the record number {id}. Search for it again.',
 'Aucun droit n’a été calculé, car le bureau {office} n’a pas de demande portant le numéro interne {id}. Recherchez-la de nouveau.'),
('refusal', 'fr', 'No fee was quoted, because there is no kind of application {quoted}. Choose another.',
 'Aucun droit n’a été calculé, car il n’y a pas de type de demande {quoted}. Choisissez-en un autre.'),
('refusal', 'fr', 'No fee was quoted, because one of the categories does not exist. Look at them again.',
 'Aucun droit n’a été calculé, car une des catégories n’existe pas. Revoyez-les.'),
('refusal', 'fr', 'No fee was quoted, because nobody who applies was born on {date}. Read the date again.',
 'Aucun droit n’a été calculé, car aucun demandeur n’est né le {date}. Relisez la date.'),
('refusal', 'fr', 'Nothing was done, because office {office} has no application {quoted}. Read its number again.',
 'Rien n’a été fait, car le bureau {office} n’a pas de demande {quoted}. Relisez son numéro.'),
('refusal', 'fr', 'Nothing was counted, because {quoted} is no coin or note with its number, or is named twice. Write 50=3 for three of fifty.',
 'Rien n’a été compté, car {quoted} n’est pas une pièce ou un billet avec son nombre, ou est nommé deux fois. Écrivez 50=3 pour trois de cinquante.'),
('refusal', 'fr', 'Nothing was computed, because there is no fee rule {id}. List the fee rules again.',
 'Rien n’a été calculé, car il n’y a pas de règle de droits {id}. Affichez de nouveau les règles.'),
('refusal', 'fr', 'No report was made, because it is by day, shift, kind, method or rule, from a day to that day or a later one. Say it again.',
 'Aucun rapport n’a été fait, car il se fait par day (jour), shift (service), kind (type), method (mode) ou rule (règle), d’un jour à ce jour ou à un'
 ' jour suivant. Dites-le de nouveau.'),
('refusal', 'fr', 'Card {card} was not handed over, because {amount} of its fee are not paid. Take the payment first, or let a supervisor waive it.',
 'La carte {card} n’a pas été remise, car {amount} de son droit ne sont pas payés. Encaissez d’abord le paiement, ou faites-le remettre par un superviseur.'),
('receipt', 'fr', 'Receipt', 'Reçu'), ('receipt', 'fr', 'Waiver of a fee', 'Remise d’un droit'), ('receipt', 'fr', 'Voided payment', 'Paiement annulé'),
('receipt', 'fr', 'Refund', 'Remboursement'), ('receipt', 'fr', 'Number', 'Numéro'), ('receipt', 'fr', 'Of receipt', 'Du reçu'),
('receipt', 'fr', 'Day', 'Jour'), ('receipt', 'fr', 'Application', 'Demande'), ('receipt', 'fr', 'Name', 'Nom'), ('receipt', 'fr', 'Taken by', 'Encaissé par'),
('receipt', 'fr', 'Approved by', 'Approuvé par'), ('receipt', 'fr', 'Fee', 'Droit'), ('receipt', 'fr', 'Paid in cash', 'Payé en espèces'),
('receipt', 'fr', 'Paid by card', 'Payé par carte'), ('receipt', 'fr', 'Paid by bank', 'Payé par banque'), ('receipt', 'fr', 'Waived', 'Remis'),
('receipt', 'fr', 'Voided', 'Annulé'), ('receipt', 'fr', 'Given back', 'Remboursé'), ('receipt', 'fr', 'Reference', 'Référence'),
('receipt', 'fr', 'Handed over', 'Somme remise'), ('receipt', 'fr', 'Change', 'Monnaie rendue'), ('receipt', 'fr', 'Still due', 'Reste dû'),
('receipt', 'fr', 'Every office checks this receipt by its code.', 'Chaque bureau vérifie ce reçu par son code.'),
('reconciliation', 'fr', 'movements balance', 'les mouvements sont équilibrés'),
('reconciliation', 'fr', 'drawers hold what was booked', 'les caisses ont ce qui est comptabilisé'),
('reconciliation', 'fr', 'receipts are what was booked', 'les reçus sont ce qui est comptabilisé'),
('reconciliation', 'fr', 'every payment has its receipt', 'chaque paiement a son reçu'),
('reconciliation', 'fr', 'receipts have no gap', 'les reçus se suivent sans trou'),
('reconciliation', 'fr', 'seals follow on each other', 'les sceaux se suivent'),
('reconciliation', 'fr', 'drawers of before are closed', 'les caisses des jours passés sont fermées'), ('fee_method', 'fr', 'cash', 'espèces'),
('fee_method', 'fr', 'card', 'carte'), ('fee_method', 'fr', 'bank', 'banque'), ('fee_what', 'fr', 'waiver', 'remise'),
('fee_what', 'fr', 'void', 'annulation'), ('fee_what', 'fr', 'refund', 'remboursement'), ('fee_state', 'fr', 'open', 'ouvert'),
('fee_state', 'fr', 'approved', 'approuvé'), ('fee_state', 'fr', 'refused', 'refusé'), ('fee_state', 'fr', 'counted', 'compté'),
('fee_state', 'fr', 'closed', 'fermé'), ('law', 'fr', 'Fees Act, s. {section}', 'Loi sur les droits, art. {section}');

INSERT INTO platen.schema_version (version, title) VALUES (74, 'fee reports');
