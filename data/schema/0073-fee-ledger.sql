-- SPDX-License-Identifier: GPL-3.0-or-later
-- The money by the books. Every movement has two postings or more that together are nothing, checked when the transaction ends; neither is ever
-- changed, and a movement takes no posting after its own transaction. What the citizen gets for it is a receipt, numbered without gaps per office
-- and year, sealed into a chain that anybody can hold a paper against. Cash lies in the drawer of one person at one workstation, which is opened
-- with a float and closed by a count that a second person confirms. What is voided, given back or waived takes two.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.fee_shift (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office_code   text NOT NULL REFERENCES platen.office,
  staff_id      int NOT NULL REFERENCES platen.staff,
  workstation   text NOT NULL,
  currency      text NOT NULL REFERENCES platen.currency,
  day           date NOT NULL,
  opened_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  opening_float bigint NOT NULL CHECK (opening_float BETWEEN 0 AND 10000000000),
  cash          bigint NOT NULL DEFAULT 0 CONSTRAINT fee_shift_has_it CHECK (cash >= 0), -- what the postings say lies there
  state         text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'counted', 'closed')),
  counted       bigint CHECK (counted BETWEEN 0 AND 1000000000000),
  denominations jsonb,
  explanation   text,
  counted_by    int REFERENCES platen.staff,
  counted_at    timestamptz,
  expected      bigint,
  closed_by     int REFERENCES platen.staff,
  closed_at     timestamptz,
  CONSTRAINT fee_shift_counted CHECK ((state = 'open') = (counted IS NULL) AND (counted IS NULL) = (counted_by IS NULL)),
  CONSTRAINT fee_shift_explained CHECK (counted = expected OR btrim (explanation) <> ''),
  CONSTRAINT fee_shift_closed CHECK ((state = 'closed') = (closed_by IS NOT NULL) AND (state <> 'closed' OR cash = 0)),
  CONSTRAINT fee_shift_four_eyes CHECK (closed_by <> staff_id AND closed_by <> counted_by)
);
CREATE UNIQUE INDEX fee_shift_one_drawer ON platen.fee_shift (office_code, workstation) WHERE state = 'open';
CREATE UNIQUE INDEX fee_shift_one_person ON platen.fee_shift (staff_id) WHERE state = 'open';
CREATE INDEX fee_shift_newest ON platen.fee_shift (office_code, id DESC);

CREATE TABLE platen.fee_movement (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office_code    text NOT NULL REFERENCES platen.office,
  at             timestamptz NOT NULL DEFAULT clock_timestamp(),
  day            date NOT NULL DEFAULT platen.today (),
  what           text NOT NULL CHECK (what IN ('float', 'charge', 'payment', 'waiver', 'void', 'refund', 'close')),
  currency       text NOT NULL REFERENCES platen.currency,
  application_id bigint REFERENCES platen.application,
  shift_id       bigint REFERENCES platen.fee_shift,
  staff_id       int NOT NULL REFERENCES platen.staff,
  second_id      int REFERENCES platen.staff CONSTRAINT fee_movement_four_eyes CHECK (second_id <> staff_id),
  workstation    text NOT NULL,
  reason         text CHECK (length (reason) <= 2000),
  made_in        xid8 NOT NULL DEFAULT pg_current_xact_id (),
  CONSTRAINT fee_movement_by_two CHECK (what NOT IN ('waiver', 'void', 'refund', 'close') OR second_id IS NOT NULL),
  CONSTRAINT fee_movement_says_why CHECK (what NOT IN ('waiver', 'void', 'refund') OR btrim (coalesce (reason, '')) <> ''),
  CONSTRAINT fee_movement_of CHECK ((what IN ('charge', 'payment', 'waiver', 'void', 'refund')) = (application_id IS NOT NULL)),
  UNIQUE (id, office_code)
);
CREATE INDEX fee_movement_application ON platen.fee_movement (application_id, what) WHERE application_id IS NOT NULL;
CREATE INDEX fee_movement_day ON platen.fee_movement (office_code, day, id);

-- Debits are above nothing, credits below.
CREATE TABLE platen.fee_posting (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  movement_id    bigint NOT NULL,
  office_code    text NOT NULL,
  account        text NOT NULL CHECK (account IN ('drawer', 'safe', 'card', 'bank', 'owed', 'revenue', 'waived', 'given_back', 'variance')),
  shift_id       bigint REFERENCES platen.fee_shift,
  application_id bigint REFERENCES platen.application,
  rule_code      text,
  amount         bigint NOT NULL CHECK (amount <> 0 AND amount BETWEEN -1000000000000 AND 1000000000000),
  FOREIGN KEY (movement_id, office_code) REFERENCES platen.fee_movement (id, office_code),
  CONSTRAINT fee_posting_account CHECK ((account = 'drawer') = (shift_id IS NOT NULL) AND (account = 'owed') = (application_id IS NOT NULL)
                                        AND (account = 'revenue') = (rule_code IS NOT NULL))
);
CREATE INDEX fee_posting_movement ON platen.fee_posting (movement_id);
CREATE INDEX fee_posting_application ON platen.fee_posting (application_id, movement_id) WHERE application_id IS NOT NULL;
CREATE INDEX fee_posting_shift ON platen.fee_posting (shift_id) WHERE shift_id IS NOT NULL;

-- What is proved to anybody: no office’s secret, and nobody’s name.
CREATE TABLE platen.receipt_seal (
  number   text PRIMARY KEY,
  of_number text REFERENCES platen.receipt_seal,
  what     text NOT NULL,
  currency text NOT NULL,
  amount   bigint NOT NULL,
  day      date NOT NULL,
  text     text NOT NULL,   -- what the code on the paper carries
  salt     bytea NOT NULL,
  previous bytea NOT NULL,
  seal     bytea NOT NULL
);
CREATE INDEX receipt_seal_of ON platen.receipt_seal (of_number) WHERE of_number IS NOT NULL;

-- The last number of each office and year, and the seal from which the next one follows.
CREATE TABLE platen.fee_counter (
  office_code text NOT NULL REFERENCES platen.office,
  year        int NOT NULL,
  last        int NOT NULL CHECK (last > 0),
  seal        bytea NOT NULL,
  PRIMARY KEY (office_code, year)
);

CREATE TABLE platen.fee_receipt (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number         text NOT NULL UNIQUE REFERENCES platen.receipt_seal,
  office_code    text NOT NULL REFERENCES platen.office,
  year           int NOT NULL,
  nth            int NOT NULL,
  what           text NOT NULL CHECK (what IN ('payment', 'waiver', 'void', 'refund')),
  of_id          bigint REFERENCES platen.fee_receipt,
  application_id bigint NOT NULL REFERENCES platen.application,
  movement_id    bigint NOT NULL UNIQUE REFERENCES platen.fee_movement,
  shift_id       bigint REFERENCES platen.fee_shift,
  method         text NOT NULL CHECK (method IN ('cash', 'card', 'bank', 'waiver')),
  reference      text,
  currency       text NOT NULL,
  amount         bigint NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000),
  tendered       bigint,
  key            uuid NOT NULL UNIQUE,
  lines          jsonb NOT NULL,   -- the quote as it was
  left_open      bigint NOT NULL,
  language       text NOT NULL CHECK (language ~ '^[a-z]{2}$'),
  staff_id       int NOT NULL REFERENCES platen.staff,
  second_id      int REFERENCES platen.staff,
  workstation    text NOT NULL,
  at             timestamptz NOT NULL DEFAULT clock_timestamp(),
  day            date NOT NULL DEFAULT platen.today (),
  UNIQUE (office_code, year, nth),
  CONSTRAINT fee_receipt_reverses CHECK ((what IN ('void', 'refund')) = (of_id IS NOT NULL)),
  CONSTRAINT fee_receipt_reference CHECK (what <> 'payment' OR (method IN ('card', 'bank')) = (reference IS NOT NULL)),
  CONSTRAINT fee_receipt_tendered CHECK (tendered IS NULL OR (method = 'cash' AND what = 'payment' AND tendered >= amount)),
  CONSTRAINT fee_receipt_drawer CHECK (method <> 'cash' OR shift_id IS NOT NULL)
);
CREATE INDEX fee_receipt_application ON platen.fee_receipt (application_id, id);
CREATE INDEX fee_receipt_of ON platen.fee_receipt (of_id) WHERE of_id IS NOT NULL;
CREATE INDEX fee_receipt_day ON platen.fee_receipt (office_code, day, id);
CREATE INDEX fee_receipt_shift ON platen.fee_receipt (shift_id) WHERE shift_id IS NOT NULL;
CREATE INDEX fee_receipt_reference ON platen.fee_receipt (office_code, method, reference) WHERE reference IS NOT NULL;

-- What one person wants and another has yet to approve.
CREATE TABLE platen.fee_proposal (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office_code    text NOT NULL REFERENCES platen.office,
  what           text NOT NULL CHECK (what IN ('waiver', 'void', 'refund')),
  application_id bigint NOT NULL REFERENCES platen.application,
  of_id          bigint REFERENCES platen.fee_receipt,
  amount         bigint NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000),
  method         text NOT NULL CHECK (method IN ('cash', 'card', 'bank', 'waiver')),
  reference      text,
  reason         text NOT NULL CHECK (btrim (reason) <> ''),
  proposed_by    int NOT NULL REFERENCES platen.staff,
  workstation    text NOT NULL,
  proposed_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  state          text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'refused')),
  decided_by     int REFERENCES platen.staff,
  decided_at     timestamptz,
  receipt_id     bigint REFERENCES platen.fee_receipt,
  CONSTRAINT fee_proposal_of CHECK ((what = 'waiver') = (of_id IS NULL)),
  CONSTRAINT fee_proposal_decided CHECK ((state = 'open') = (decided_by IS NULL) AND (state = 'approved') = (receipt_id IS NOT NULL)),
  CONSTRAINT fee_proposal_four_eyes CHECK (state <> 'approved' OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX fee_proposal_one_open ON platen.fee_proposal (application_id, what, coalesce (of_id, 0)) WHERE state = 'open';

DO $kept$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['fee_movement', 'fee_posting', 'fee_receipt', 'receipt_seal'] LOOP
    EXECUTE format ('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.%I FOR EACH STATEMENT EXECUTE FUNCTION'
                    ' platen.refuse_change ()', v_table || '_is_append_only', v_table);
  END LOOP;
  FOREACH v_table IN ARRAY ARRAY['fee_shift', 'fee_counter', 'fee_proposal'] LOOP
    EXECUTE format ('CREATE TRIGGER %I BEFORE DELETE OR TRUNCATE ON platen.%I FOR EACH STATEMENT EXECUTE FUNCTION'
                    ' platen.refuse_change ()', v_table || '_is_kept', v_table);
  END LOOP;
  FOREACH v_table IN ARRAY ARRAY['fee_shift', 'fee_movement', 'fee_posting', 'fee_counter', 'fee_receipt', 'fee_proposal'] LOOP
    EXECUTE format ('ALTER TABLE platen.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format ('CREATE POLICY own_office ON platen.%I USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]))', v_table);
  END LOOP;
END
$kept$;

-- ---- what no function can leave broken ----

CREATE FUNCTION platen.check_movement () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_movement bigint := CASE TG_TABLE_NAME WHEN 'fee_movement' THEN (to_jsonb (NEW) ->> 'id')::bigint ELSE (to_jsonb (NEW) ->> 'movement_id')::bigint END;
  v_sum      numeric;
  v_count    bigint;
BEGIN
  SELECT sum (p.amount), count (*) INTO v_sum, v_count FROM fee_posting p WHERE p.movement_id = v_movement;
  IF v_count < 2 OR v_sum <> 0 THEN
    PERFORM refuse ('P0001', 'BALANCE', format ('Nothing was booked, because the postings of movement %s are not two or more that together are nothing. Tell the'
                    ' administrator.', v_movement));
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER fee_movement_balances AFTER INSERT ON platen.fee_movement DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION platen.check_movement ();

-- A posting belongs to a movement of its own transaction, and cash of the drawer moves with it.
CREATE FUNCTION platen.post_fee () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM posted p JOIN fee_movement m ON m.id = p.movement_id WHERE m.made_in <> pg_current_xact_id ()) THEN
    PERFORM refuse ('42501', 'APPEND_ONLY', 'Nothing was booked, because a movement takes no posting after its own transaction. Write a new movement.');
  END IF;
  UPDATE fee_shift s SET cash = s.cash + p.amount
    FROM (SELECT shift_id, sum (amount)::bigint AS amount FROM posted WHERE account = 'drawer' GROUP BY shift_id) p
   WHERE s.id = p.shift_id AND s.state <> 'closed';
  IF NOT FOUND AND EXISTS (SELECT FROM posted WHERE account = 'drawer') THEN
    PERFORM refuse ('P0001', 'SHIFT', 'Nothing was booked, because the drawer is closed. Open a new shift.');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER fee_posting_moves AFTER INSERT ON platen.fee_posting REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION platen.post_fee ();

-- After SET CONSTRAINTS ALL IMMEDIATE a later posting would escape the check of its movement.
CREATE CONSTRAINT TRIGGER fee_posting_balances AFTER INSERT ON platen.fee_posting DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.amount < 0) EXECUTE FUNCTION platen.check_movement ();

CREATE FUNCTION platen.refuse_cash () RETURNS trigger
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM platen.refuse ('42501', 'APPEND_ONLY', 'Nothing was changed in the drawer, because only a posting moves its cash. Write one.');
  RETURN NULL;
END
$$;
CREATE TRIGGER fee_shift_by_the_ledger BEFORE UPDATE OF cash, office_code, staff_id, workstation, currency, day, opening_float ON platen.fee_shift
  FOR EACH ROW WHEN (pg_trigger_depth () = 0) EXECUTE FUNCTION platen.refuse_cash ();

-- ---- what is due ----

-- The day whose rules count: that of the first charge, and until then today.
CREATE FUNCTION platen.fee_day (p_application bigint) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce ((SELECT min (m.day) FROM fee_movement m WHERE m.application_id = p_application AND m.what = 'charge'),
                   today ())
$$;

CREATE FUNCTION platen.fee_lines_of (p_facts platen.facts, p_try bigint DEFAULT NULL)
RETURNS TABLE (line int, rule_id bigint, code text, effect text, base bigint, times int, amount bigint, proof text, counts boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT l.*
    FROM application a
   CROSS JOIN LATERAL fee_lines (a.office_code, CASE WHEN p_try IS NULL THEN fee_day (a.id)
                                                     ELSE greatest (fee_day (a.id), (SELECT r.valid_from FROM fee_rule r WHERE r.id = p_try)) END,
                                 p_try, a.type, to_jsonb (a) ->> 'cause', p_facts.codes, p_facts.birth_date, to_date_or_null (p_facts.driver ->> 'licence_expiry'),
                                 day_of (a.created_at), fee_proofs (a.id)) l
   WHERE a.id = p_facts.application_id
$$;

CREATE FUNCTION platen.fee_settled (p_application bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (- sum (p.amount), 0)::bigint
    FROM fee_posting p JOIN fee_movement m ON m.id = p.movement_id
   WHERE p.application_id = p_application AND m.what <> 'charge'
$$;

CREATE FUNCTION platen.fee_due (p_facts platen.facts) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF NOT fee_rules_of (p_facts.office_code) THEN
    RETURN 0;
  END IF;
  RETURN coalesce ((SELECT sum (l.amount) FROM fee_lines_of (p_facts) l), 0)::bigint - fee_settled (p_facts.application_id);
END
$$;

-- What the citizen has yet to pay; below nothing: what the office has yet to give back. Who was rejected or has withdrawn owes nothing more.
CREATE FUNCTION platen.application_due (p_application bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN NOT fee_rules_of (a.office_code) THEN 0 WHEN a.state IN ('rejected', 'withdrawn') THEN 0 ELSE fee_due (gather_facts (a.id)) END
    FROM application a WHERE a.id = p_application
$$;

-- ---- booking ----

CREATE FUNCTION platen.book (p_actor platen.actor, p_what text, p_application bigint, p_shift bigint, p_second int, p_reason text, p_postings jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_id bigint;
BEGIN
  INSERT INTO fee_movement (office_code, what, currency, application_id, shift_id, staff_id, second_id, workstation, reason)
  VALUES (p_actor.office_code, p_what, office_currency (p_actor.office_code), p_application, p_shift, p_actor.staff_id, p_second, p_actor.workstation, p_reason)
  RETURNING id INTO v_id;
  INSERT INTO fee_posting (movement_id, office_code, account, shift_id, application_id, rule_code, amount)
  SELECT v_id, p_actor.office_code, p.account, p.shift_id, p.application_id, p.rule_code, p.amount
    FROM jsonb_to_recordset (p_postings) p (account text, shift_id bigint, application_id bigint, rule_code text, amount bigint)
   WHERE p.amount <> 0;
  RETURN v_id;
END
$$;

-- Books what the quote says beyond what was charged already, rule by rule.
CREATE FUNCTION platen.charge_fee (p_actor platen.actor, p_application bigint, p_facts platen.facts) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_postings jsonb;
  v_sum      bigint;
BEGIN
  SELECT jsonb_agg (jsonb_build_object ('account', 'revenue', 'rule_code', d.code, 'amount', - d.amount)), sum (d.amount)::bigint INTO v_postings, v_sum
    FROM (SELECT x.code, sum (x.amount)::bigint AS amount
            FROM (SELECT l.code, l.amount FROM fee_lines_of (p_facts) l
                   UNION ALL
                  SELECT r.rule_code, r.amount FROM fee_movement m JOIN fee_posting r ON r.movement_id = m.id
                   WHERE m.application_id = p_application AND m.what = 'charge' AND r.account = 'revenue') x
           GROUP BY x.code HAVING sum (x.amount) <> 0 ORDER BY x.code) d;
  IF v_postings IS NOT NULL THEN
    PERFORM book (p_actor, 'charge', p_application, NULL, NULL, NULL,
                  v_postings || jsonb_build_object ('account', 'owed', 'application_id', p_application, 'amount', v_sum));
  END IF;
END
$$;

-- The next number without a gap, and its seal. Whoever asks holds the office’s numbers until the transaction ends.
CREATE FUNCTION platen.write_receipt (p_actor platen.actor, p_receipt platen.fee_receipt, p_application platen.application, p_of text) RETURNS platen.fee_receipt
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_receipt fee_receipt := p_receipt;
  v_seal    receipt_seal;
BEGIN
  v_receipt.year := extract (year FROM today ());
  v_receipt.day := today ();
  INSERT INTO fee_counter AS c (office_code, year, last, seal) VALUES (p_actor.office_code, v_receipt.year, 1, '')
    ON CONFLICT (office_code, year) DO UPDATE SET last = c.last + 1
    RETURNING c.last, c.seal INTO v_receipt.nth, v_seal.previous;
  IF v_receipt.what = 'payment' AND v_receipt.reference IS NOT NULL AND EXISTS (
       SELECT FROM fee_receipt r WHERE r.office_code = p_actor.office_code AND r.method = v_receipt.method AND r.reference = v_receipt.reference
                                   AND r.what = 'payment' AND receipt_rest (r) > 0) THEN
    PERFORM refuse ('P0001', 'REFERENCE', format ('Nothing was paid for application %s, because reference %s stands on another receipt. Look at the slip again.',
                    p_application.number, quote_literal (v_receipt.reference)));
  END IF;
  v_seal.number := format ('%s-%s-R%s', p_actor.office_code, lpad ((v_receipt.year % 100)::text, 2, '0'), lpad (v_receipt.nth::text, 6, '0'));
  v_seal.of_number := p_of;
  v_seal.what := v_receipt.what;
  v_seal.currency := v_receipt.currency;
  v_seal.amount := v_receipt.amount;
  v_seal.day := v_receipt.day;
  v_seal.salt := gen_random_bytes (16);
  v_seal.seal := seal_of (v_seal, p_application.number);
  v_seal.text := concat_ws (' ', 'PLATEN-RECEIPT 1', v_seal.number, v_seal.day, v_seal.what, coalesce (p_of, '-'), v_seal.currency, v_seal.amount,
                            p_application.number, base32 (substr (v_seal.seal, 1, 20)));
  INSERT INTO receipt_seal SELECT (v_seal).*;
  UPDATE fee_counter SET seal = v_seal.seal WHERE office_code = p_actor.office_code AND year = v_receipt.year;
  INSERT INTO fee_receipt (number, office_code, year, nth, what, of_id, application_id, movement_id, shift_id, method, reference, currency, amount, tendered, key,
                           lines, left_open, language, staff_id, second_id, workstation)
  VALUES (v_seal.number, p_actor.office_code, v_receipt.year, v_receipt.nth, v_receipt.what, v_receipt.of_id, p_application.id, v_receipt.movement_id,
          v_receipt.shift_id, v_receipt.method, v_receipt.reference, v_receipt.currency, v_receipt.amount, v_receipt.tendered, v_receipt.key, v_receipt.lines,
          v_receipt.left_open, v_receipt.language, p_actor.staff_id, v_receipt.second_id, p_actor.workstation)
  RETURNING * INTO v_receipt;
  RETURN v_receipt;
END
$$;

CREATE FUNCTION platen.seal_of (p_seal platen.receipt_seal, p_application text) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT sha256 (p_seal.previous || p_seal.salt || convert_to (jsonb_build_array (p_seal.number, to_char (p_seal.day, 'YYYY-MM-DD'), p_seal.what, p_seal.of_number,
                 p_seal.currency, p_seal.amount, p_application)::text, 'UTF8'))
$$;

-- What of a receipt was neither voided nor given back.
CREATE FUNCTION platen.receipt_rest (p_receipt platen.fee_receipt) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT (p_receipt.amount - coalesce (sum (r.amount), 0))::bigint FROM fee_receipt r WHERE r.of_id = p_receipt.id
$$;

CREATE FUNCTION platen.quote_json (p_facts platen.facts) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (jsonb_agg (jsonb_build_object ('rule', l.code, 'effect', l.effect, 'times', l.times, 'amount', l.amount, 'proof', l.proof, 'counts', l.counts,
                                                  'base', l.base, 'permille', r.permille, 'law', r.legal_reference, 'words', r.words) ORDER BY l.line), '[]')
    FROM fee_lines_of (p_facts) l JOIN fee_rule r ON r.id = l.rule_id
$$;

CREATE FUNCTION platen.citizen_language (p_application bigint, p_language text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce ((SELECT l FROM (VALUES (1, lower (left (btrim (p_language), 2))),
                                          (2, (SELECT left (p.language, 2) FROM prepared_application p WHERE p.application_id = $1)), (3, 'en')) v (n, l)
                     WHERE l ~ '^[a-z]{2}$' ORDER BY n LIMIT 1), 'en')
$$;

-- The drawer of who acts, at the desk where they sit; cash of yesterday is counted before there is any of today.
CREATE FUNCTION platen.hold_drawer (p_actor platen.actor, p_application text) RETURNS platen.fee_shift
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_shift fee_shift;
BEGIN
  SELECT * INTO v_shift FROM fee_shift s WHERE s.staff_id = p_actor.staff_id AND s.state = 'open' AND s.office_code = p_actor.office_code FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0001', 'SHIFT', format ('No money was moved for application %s, because you have no drawer open. Open a shift first.', p_application));
  ELSIF v_shift.workstation <> p_actor.workstation THEN
    PERFORM refuse ('P0001', 'SHIFT', format ('No money was moved for application %s, because your drawer is open at %s. Go there, or count it first.',
                    p_application, v_shift.workstation));
  ELSIF v_shift.day <> today () THEN
    PERFORM refuse ('P0001', 'SHIFT', format ('No money was moved for application %s, because your drawer is of %s. Count it, let a colleague confirm it, and open'
                    ' a new shift.', p_application, v_shift.day));
  END IF;
  RETURN v_shift;
END
$$;

CREATE FUNCTION platen.check_reference (p_method text, p_reference text, p_application text) RETURNS text
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
DECLARE
  v_reference text := nullif (btrim (p_reference), '');
BEGIN
  IF p_method IN ('card', 'bank') AND NOT coalesce (v_reference ~ '^[[:alnum:]][[:alnum:] ./:_-]{1,39}$', false) THEN
    PERFORM refuse ('P0001', 'REFERENCE', format ('No money was moved for application %s, because its reference is missing or no two to 40 letters and digits. Copy'
                    ' it from the slip of the terminal or the bank.', p_application));
  END IF;
  RETURN CASE WHEN p_method IN ('card', 'bank') THEN v_reference END;
END
$$;

-- ---- paying ----

-- @p_amount: NULL for all that is due. The same key again gives the same receipt and moves nothing. Who comes second is told who was first.
CREATE FUNCTION api.pay_fee (p_application bigint, p_key uuid, p_method text, p_amount bigint, p_reference text, p_tendered bigint, p_language text,
                             OUT receipt text, OUT amount bigint, OUT change bigint, OUT due bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor');
  v_application application := find_application (v_actor, p_application); -- two desks wait here for each other
  v_receipt     fee_receipt;
  v_facts       facts;
  v_shift       fee_shift;
  v_due         bigint;
BEGIN
  SELECT * INTO v_receipt FROM fee_receipt r WHERE r.key = p_key;
  IF FOUND AND v_receipt.application_id = p_application AND v_receipt.what = 'payment' AND v_receipt.method = p_method
     AND v_receipt.amount = coalesce (p_amount, v_receipt.amount) AND v_receipt.staff_id = v_actor.staff_id THEN
    receipt := v_receipt.number;
    amount := v_receipt.amount;
    change := v_receipt.tendered - v_receipt.amount;
    due := application_due (p_application);
    RETURN;
  ELSIF FOUND OR p_key IS NULL THEN
    PERFORM refuse ('P0001', 'KEY', format ('Nothing was paid for application %s, because its key belongs to another payment. Begin the payment anew.',
                    v_application.number));
  ELSIF coalesce (p_method NOT IN ('cash', 'card', 'bank'), true) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Nothing was paid for application %s, because it is paid in cash, by card or by bank. Say which.', v_application.number));
  ELSIF v_application.state IN ('rejected', 'withdrawn') THEN
    PERFORM refuse ('P0001', 'STATE', format ('Nothing was paid for application %s, because it is %s and owes nothing more.', v_application.number,
                    v_application.state));
  END IF;
  v_facts := gather_facts (p_application);
  v_due := fee_due (v_facts);
  IF v_due <= 0 THEN
    SELECT * INTO v_receipt FROM fee_receipt r WHERE r.application_id = p_application AND r.what IN ('payment', 'waiver') ORDER BY r.id DESC LIMIT 1;
    IF FOUND THEN
      PERFORM refuse ('P0001', 'PAID', format ('Nothing was paid for application %s, because nothing is due any more: %s wrote receipt %s at %s. Look at it.',
                      v_application.number, (SELECT s.name FROM staff s WHERE s.id = v_receipt.staff_id), v_receipt.number, to_char (v_receipt.at, 'HH24:MI')));
    END IF;
    PERFORM refuse ('P0001', 'PAID', format ('Nothing was paid for application %s, because it costs nothing.', v_application.number));
  ELSIF coalesce (p_amount, v_due) NOT BETWEEN 1 AND v_due THEN
    PERFORM refuse ('P0001', 'AMOUNT', format ('Nothing was paid for application %s, because %s are due and no less than nothing and no more than that can be taken.'
                    ' Write the amount again.', v_application.number, money_text (v_due, office_currency (v_actor.office_code))));
  ELSIF p_tendered IS NOT NULL AND (p_method <> 'cash' OR p_tendered NOT BETWEEN coalesce (p_amount, v_due) AND 1000000000000) THEN
    PERFORM refuse ('P0001', 'AMOUNT', format ('Nothing was paid for application %s, because what was handed over is less than %s, or was not cash. Count it again.',
                    v_application.number, money_text (coalesce (p_amount, v_due), office_currency (v_actor.office_code))));
  END IF;
  v_receipt := NULL;
  v_receipt.what := 'payment';
  v_receipt.key := p_key;
  v_receipt.method := p_method;
  v_receipt.reference := check_reference (p_method, p_reference, v_application.number);
  v_receipt.currency := office_currency (v_actor.office_code);
  v_receipt.amount := coalesce (p_amount, v_due);
  v_receipt.tendered := p_tendered;
  v_receipt.language := citizen_language (p_application, p_language);
  v_receipt.lines := quote_json (v_facts);
  v_receipt.left_open := v_due - v_receipt.amount;
  IF p_method <> 'bank' THEN
    v_shift := hold_drawer (v_actor, v_application.number);
    v_receipt.shift_id := v_shift.id;
  END IF;
  PERFORM charge_fee (v_actor, p_application, v_facts);
  v_receipt.movement_id := book (v_actor, 'payment', p_application, v_receipt.shift_id, NULL, NULL, jsonb_build_array (
    jsonb_build_object ('account', CASE p_method WHEN 'cash' THEN 'drawer' ELSE p_method END, 'shift_id', CASE p_method WHEN 'cash' THEN v_receipt.shift_id END,
                        'amount', v_receipt.amount),
    jsonb_build_object ('account', 'owed', 'application_id', p_application, 'amount', - v_receipt.amount)));
  v_receipt := write_receipt (v_actor, v_receipt, v_application, NULL);
  PERFORM evaluate_application (p_application);
  PERFORM record_event (v_actor, p_application, NULL, 'fee_paid', format ('%s took %s (%s), receipt %s.', v_actor.name,
                        money_text (v_receipt.amount, v_receipt.currency), p_method, v_receipt.number), NULL);
  receipt := v_receipt.number;
  amount := v_receipt.amount;
  change := v_receipt.tendered - v_receipt.amount;
  due := v_receipt.left_open;
END
$$;

-- Whether the payment of that key was made: after a lost connection, before anything is taken again.
CREATE FUNCTION api.find_payment (p_key uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('clerk', 'supervisor');
BEGIN
  RETURN (SELECT r.number FROM fee_receipt r WHERE r.key = p_key AND r.office_code = v_actor.office_code);
END
$$;

-- What was shown for a reduction or an exemption, or (@p_given false) that it was none.
CREATE FUNCTION api.note_fee_proof (p_application bigint, p_proof text, p_given boolean, p_reference text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor');
  v_application application := find_application (v_actor, p_application);
BEGIN
  IF NOT EXISTS (SELECT FROM fee_rules_on (v_actor.office_code, fee_day (p_application), NULL) r WHERE r.proof = p_proof) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Nothing was noted for application %s, because no fee rule asks for the proof %s. Look at the quote.',
                    v_application.number, quote_literal (left (coalesce (p_proof, ''), 40))));
  ELSIF length (btrim (coalesce (p_reference, ''))) NOT BETWEEN 2 AND 100 THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Nothing was noted for application %s, because it was not said what was seen. Write the document and how its number'
                    ' ends, in two to 100 characters.', v_application.number));
  ELSIF v_application.state IN ('issued', 'rejected', 'withdrawn') THEN
    PERFORM refuse ('P0001', 'STATE', format ('Nothing was noted for application %s, because it is %s. Propose a refund.', v_application.number, v_application.state));
  END IF;
  INSERT INTO fee_proof (application_id, office_code, proof, given, reference, staff_id, workstation)
  VALUES (p_application, v_actor.office_code, p_proof, coalesce (p_given, true), btrim (p_reference), v_actor.staff_id, v_actor.workstation);
  PERFORM evaluate_application (p_application);
  PERFORM record_event (v_actor, p_application, NULL, 'fee_proof', CASE WHEN coalesce (p_given, true)
                        THEN format ('%s saw the proof %s for the fee.', v_actor.name, p_proof)
                        ELSE format ('%s took the proof %s for the fee back.', v_actor.name, p_proof) END, btrim (p_reference));
  RETURN application_due (p_application);
END
$$;

-- ---- what takes two ----

CREATE FUNCTION platen.propose_fee (p_actor platen.actor, p_application platen.application, p_what text, p_of bigint, p_amount bigint, p_method text,
                                    p_reference text, p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_id bigint;
BEGIN
  IF p_reason IS NULL THEN
    PERFORM refuse ('P0001', 'REASON', format ('Nothing was proposed for application %s, because no reason was given. Say why.', p_application.number));
  END IF;
  SELECT p.id INTO v_id FROM fee_proposal p WHERE p.application_id = p_application.id AND p.what = p_what AND p.of_id IS NOT DISTINCT FROM p_of AND p.state = 'open';
  IF FOUND THEN
    PERFORM refuse ('P0001', 'STATE', format ('Nothing was proposed for application %s, because proposal %s for the same is open. Let a supervisor decide it.',
                    p_application.number, v_id));
  END IF;
  INSERT INTO fee_proposal (office_code, what, application_id, of_id, amount, method, reference, reason, proposed_by, workstation)
  VALUES (p_actor.office_code, p_what, p_application.id, p_of, p_amount, p_method, p_reference, p_reason, p_actor.staff_id, p_actor.workstation)
  RETURNING id INTO v_id;
  PERFORM record_event (p_actor, p_application.id, NULL, 'fee_proposed', format ('%s asked for a %s of %s.', p_actor.name, p_what,
                        money_text (p_amount, office_currency (p_actor.office_code))), p_reason);
  RETURN v_id;
END
$$;

-- @p_amount: NULL for all that is due.
CREATE FUNCTION api.waive_fee (p_application bigint, p_amount bigint, p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor');
  v_application application := find_application (v_actor, p_application);
  v_due         bigint := application_due (p_application);
BEGIN
  IF v_due <= 0 OR coalesce (p_amount, v_due) NOT BETWEEN 1 AND v_due THEN
    PERFORM refuse ('P0001', 'AMOUNT', format ('No waiver was proposed for application %s, because %s are due. Write an amount up to that.', v_application.number,
                    money_text (v_due, office_currency (v_actor.office_code))));
  END IF;
  RETURN propose_fee (v_actor, v_application, 'waiver', NULL, coalesce (p_amount, v_due), 'waiver', NULL, check_reason (p_reason));
END
$$;

CREATE FUNCTION platen.find_receipt (p_actor platen.actor, p_number text) RETURNS platen.fee_receipt
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_receipt fee_receipt;
BEGIN
  SELECT * INTO v_receipt FROM fee_receipt r WHERE r.number = upper (btrim (p_number)) AND r.office_code = p_actor.office_code;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was done, because office %s has no receipt %s. Read its number again.', p_actor.office_code,
                    quote_literal (left (coalesce (p_number, ''), 40))));
  END IF;
  RETURN v_receipt;
END
$$;

-- A payment that was a mistake, undone in the shift in which it was made; a waiver that was one, at any time. Always the whole of it.
CREATE FUNCTION api.void_fee (p_receipt text, p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor');
  v_receipt     fee_receipt := find_receipt (v_actor, p_receipt);
  v_application application := find_application (v_actor, v_receipt.application_id);
BEGIN
  PERFORM check_void (v_receipt);
  RETURN propose_fee (v_actor, v_application, 'void', v_receipt.id, v_receipt.amount, v_receipt.method, v_receipt.reference, check_reason (p_reason));
END
$$;

CREATE FUNCTION platen.check_void (p_receipt platen.fee_receipt) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF p_receipt.what NOT IN ('payment', 'waiver') OR receipt_rest (p_receipt) < p_receipt.amount THEN
    PERFORM refuse ('P0001', 'STATE', format ('Receipt %s was not voided, because it is no payment, or was voided or given back already. Look at it.',
                    p_receipt.number));
  ELSIF p_receipt.method <> 'waiver' AND p_receipt.day <> today () THEN
    PERFORM refuse ('P0001', 'SHIFT', format ('Receipt %s was not voided, because it is of another day. Propose a refund.', p_receipt.number));
  ELSIF p_receipt.shift_id IS NOT NULL AND NOT EXISTS (SELECT FROM fee_shift s WHERE s.id = p_receipt.shift_id AND s.state = 'open') THEN
    PERFORM refuse ('P0001', 'SHIFT', format ('Receipt %s was not voided, because its shift is over. Propose a refund.', p_receipt.number));
  END IF;
END
$$;

-- Money that is given back later, all or a part; in cash out of the drawer of who proposes it.
CREATE FUNCTION api.refund_fee (p_receipt text, p_amount bigint, p_method text, p_reference text, p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor');
  v_receipt     fee_receipt := find_receipt (v_actor, p_receipt);
  v_application application := find_application (v_actor, v_receipt.application_id);
  v_rest        bigint := receipt_rest (v_receipt);
  v_method      text := coalesce (p_method, v_receipt.method);
BEGIN
  IF v_receipt.what <> 'payment' OR v_rest = 0 THEN
    PERFORM refuse ('P0001', 'STATE', format ('Nothing of receipt %s was given back, because it is no payment, or nothing of it is left. Look at it.',
                    v_receipt.number));
  ELSIF coalesce (p_amount, v_rest) NOT BETWEEN 1 AND v_rest THEN
    PERFORM refuse ('P0001', 'AMOUNT', format ('Nothing of receipt %s was given back, because %s are left of it. Write an amount up to that.', v_receipt.number,
                    money_text (v_rest, v_receipt.currency)));
  ELSIF v_method NOT IN ('cash', 'card', 'bank') THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Nothing of receipt %s was given back, because it is given in cash, by card or by bank. Say which.', v_receipt.number));
  ELSIF v_method <> 'bank' THEN
    PERFORM hold_drawer (v_actor, v_application.number);
  END IF;
  RETURN propose_fee (v_actor, v_application, 'refund', v_receipt.id, coalesce (p_amount, v_rest), v_method,
                      check_reference (v_method, p_reference, v_application.number), check_reason (p_reason));
END
$$;

-- The actor as whom the money moves: who proposed it, at their desk; the approver is the second.
CREATE FUNCTION platen.proposer (p_actor platen.actor, p_proposal platen.fee_proposal) RETURNS platen.actor
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT ROW (p_actor.session_id, s.id, s.login, s.name, p_proposal.office_code, p_proposal.workstation, p_actor.last_used_at)::actor
    FROM staff s WHERE s.id = p_proposal.proposed_by
$$;

CREATE FUNCTION platen.hold_fee_proposal (p_actor platen.actor, p_proposal bigint) RETURNS platen.fee_proposal
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_proposal fee_proposal;
BEGIN
  -- The application first: whoever moves money of it comes that way.
  PERFORM find_application (p_actor, p.application_id) FROM fee_proposal p WHERE p.id = p_proposal AND p.office_code = p_actor.office_code;
  SELECT * INTO v_proposal FROM fee_proposal p WHERE p.id = p_proposal AND p.office_code = p_actor.office_code FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was decided, because office %s has no proposal %s. List the proposals again.', p_actor.office_code,
                    coalesce (p_proposal::text, '')));
  END IF;
  RETURN v_proposal;
END
$$;

-- By another person, of exactly what was proposed. Approved twice is approved once.
CREATE FUNCTION api.approve_fee (p_proposal bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('supervisor');
  v_proposal    fee_proposal := hold_fee_proposal (v_actor, p_proposal);
  v_application application;
  v_of          fee_receipt;
  v_receipt     fee_receipt;
  v_shift       fee_shift;
  v_by          actor := proposer (v_actor, v_proposal);
  v_facts       facts := gather_facts (v_proposal.application_id);
BEGIN
  SELECT * INTO v_of FROM fee_receipt r WHERE r.id = v_proposal.of_id;
  IF v_proposal.state = 'approved' AND v_proposal.decided_by = v_actor.staff_id THEN
    RETURN (SELECT r.number FROM fee_receipt r WHERE r.id = v_proposal.receipt_id);
  ELSIF v_proposal.state <> 'open' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Proposal %s was not approved, because it is %s. List the proposals again.', v_proposal.id, v_proposal.state));
  ELSIF v_actor.staff_id IN (v_proposal.proposed_by, v_of.staff_id) THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', format ('Proposal %s was not approved, because you made it or wrote its receipt yourself. Ask another supervisor.',
                    v_proposal.id));
  END IF;
  SELECT * INTO STRICT v_application FROM application WHERE id = v_proposal.application_id;
  IF v_proposal.what = 'waiver' AND v_proposal.amount > application_due (v_application.id) THEN
    PERFORM refuse ('PL409', 'STALE', format ('Proposal %s was not approved, because only %s are due now. Refuse it, and propose it anew.', v_proposal.id,
                    money_text (greatest (application_due (v_application.id), 0), office_currency (v_actor.office_code))));
  ELSIF v_proposal.what = 'void' THEN
    PERFORM FROM fee_shift s WHERE s.id = v_of.shift_id FOR UPDATE;
    PERFORM check_void (v_of);
    v_receipt.shift_id := v_of.shift_id;
  ELSIF v_proposal.what = 'refund' AND v_proposal.amount > receipt_rest (v_of) THEN
    PERFORM refuse ('PL409', 'STALE', format ('Proposal %s was not approved, because only %s are left of receipt %s. Refuse it, and propose it anew.', v_proposal.id,
                    money_text (receipt_rest (v_of), v_of.currency), v_of.number));
  ELSIF v_proposal.what = 'refund' AND v_proposal.method <> 'bank' THEN
    v_shift := hold_drawer (v_by, v_application.number);
    v_receipt.shift_id := v_shift.id;
  END IF;
  IF v_proposal.method = 'cash' AND v_proposal.amount > (SELECT s.cash FROM fee_shift s WHERE s.id = v_receipt.shift_id) THEN
    PERFORM refuse ('P0001', 'CASH', format ('Proposal %s was not approved, because the drawer does not have %s. Give it back by card or bank.', v_proposal.id,
                    money_text (v_proposal.amount, office_currency (v_actor.office_code))));
  END IF;
  v_receipt.what := v_proposal.what;
  v_receipt.of_id := v_of.id;
  v_receipt.key := gen_random_uuid ();
  v_receipt.method := v_proposal.method;
  v_receipt.reference := v_proposal.reference;
  v_receipt.currency := office_currency (v_actor.office_code);
  v_receipt.amount := v_proposal.amount;
  v_receipt.language := coalesce (v_of.language, citizen_language (v_application.id, NULL));
  v_receipt.lines := quote_json (v_facts);
  v_receipt.second_id := v_actor.staff_id;
  PERFORM charge_fee (v_by, v_application.id, v_facts);
  v_receipt.movement_id := book (v_by, v_proposal.what, v_application.id, v_receipt.shift_id, v_actor.staff_id, v_proposal.reason,
                                 proposal_postings (v_proposal, v_application, v_receipt.shift_id));
  v_receipt.left_open := application_due (v_application.id);
  v_receipt := write_receipt (v_by, v_receipt, v_application, v_of.number);
  UPDATE fee_proposal SET state = 'approved', decided_by = v_actor.staff_id, decided_at = clock_timestamp(), receipt_id = v_receipt.id WHERE id = p_proposal;
  PERFORM evaluate_application (v_application.id);
  PERFORM record_event (v_actor, v_application.id, NULL, 'fee_' || v_proposal.what, format ('%s approved a %s of %s, receipt %s.', v_actor.name, v_proposal.what,
                        money_text (v_receipt.amount, v_receipt.currency), v_receipt.number), v_proposal.reason);
  RETURN v_receipt.number;
END
$$;

-- Who was rejected or has withdrawn does not owe again what is given back.
CREATE FUNCTION platen.proposal_postings (p_proposal platen.fee_proposal, p_application platen.application, p_shift bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT CASE p_proposal.what WHEN 'waiver' THEN jsonb_build_array (
           jsonb_build_object ('account', 'waived', 'amount', p_proposal.amount),
           jsonb_build_object ('account', 'owed', 'application_id', p_application.id, 'amount', - p_proposal.amount))
         ELSE jsonb_build_array (
           jsonb_build_object ('account', CASE p_proposal.method WHEN 'cash' THEN 'drawer' WHEN 'waiver' THEN 'waived' ELSE p_proposal.method END,
                               'shift_id', CASE p_proposal.method WHEN 'cash' THEN p_shift END, 'amount', - p_proposal.amount),
           CASE WHEN p_proposal.what = 'refund' AND p_application.state IN ('rejected', 'withdrawn')
                THEN jsonb_build_object ('account', 'given_back', 'amount', p_proposal.amount)
                ELSE jsonb_build_object ('account', 'owed', 'application_id', p_application.id, 'amount', p_proposal.amount) END) END
$$;

-- By another person, or taken back by who made it.
CREATE FUNCTION api.refuse_fee (p_proposal bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor    actor := demand ('clerk', 'supervisor');
  v_proposal fee_proposal := hold_fee_proposal (v_actor, p_proposal);
BEGIN
  IF v_proposal.state <> 'open' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Proposal %s was not refused, because it is %s. List the proposals again.', v_proposal.id, v_proposal.state));
  ELSIF v_proposal.proposed_by <> v_actor.staff_id AND NOT has_role ('supervisor') THEN
    PERFORM refuse_role ('supervisor');
  END IF;
  UPDATE fee_proposal SET state = 'refused', decided_by = v_actor.staff_id, decided_at = clock_timestamp() WHERE id = p_proposal;
  PERFORM record_event (v_actor, v_proposal.application_id, NULL, 'fee_refused', format ('%s refused a %s of %s.', v_actor.name, v_proposal.what,
                        money_text (v_proposal.amount, office_currency (v_actor.office_code))), NULL);
END
$$;

-- ---- the drawer ----

CREATE FUNCTION api.open_shift (p_float bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('clerk', 'supervisor');
  v_shift fee_shift;
BEGIN
  PERFORM pg_advisory_xact_lock (hashtext ('fee_shift'), hashtext (v_actor.office_code));
  SELECT * INTO v_shift FROM fee_shift s
   WHERE s.office_code = v_actor.office_code AND s.state = 'open' AND (s.staff_id = v_actor.staff_id OR s.workstation = v_actor.workstation) LIMIT 1;
  IF FOUND THEN
    PERFORM refuse ('P0001', 'SHIFT', format ('No shift was opened, because shift %s of %s at %s is open. Count that drawer first.', v_shift.id,
                    (SELECT s.name FROM staff s WHERE s.id = v_shift.staff_id), v_shift.workstation));
  ELSIF NOT coalesce (p_float BETWEEN 0 AND 10000000000, false) THEN
    PERFORM refuse ('P0001', 'AMOUNT', 'No shift was opened, because the float is no amount from nothing on. Count what lies in the drawer.');
  END IF;
  INSERT INTO fee_shift (office_code, staff_id, workstation, currency, day, opening_float)
  VALUES (v_actor.office_code, v_actor.staff_id, v_actor.workstation, office_currency (v_actor.office_code), today (), p_float)
  RETURNING * INTO v_shift;
  IF p_float > 0 THEN
    PERFORM book (v_actor, 'float', NULL, v_shift.id, NULL, NULL, jsonb_build_array (
      jsonb_build_object ('account', 'drawer', 'shift_id', v_shift.id, 'amount', p_float), jsonb_build_object ('account', 'safe', 'amount', - p_float)));
  END IF;
  PERFORM note (v_actor, v_actor.office_code, 'shift_opened', 'fee_shift', v_shift.id::text, jsonb_build_object ('float', p_float));
  PERFORM pg_notify ('platen', concat_ws (' ', 'fee_shift', v_shift.id, v_actor.office_code));
  RETURN v_shift.id;
END
$$;

CREATE FUNCTION platen.hold_shift (p_actor platen.actor, p_shift bigint, p_state text) RETURNS platen.fee_shift
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_shift fee_shift;
BEGIN
  SELECT * INTO v_shift FROM fee_shift s WHERE s.id = p_shift AND s.office_code = p_actor.office_code FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was changed in the drawer, because office %s has no shift %s. List the shifts again.',
                    p_actor.office_code, coalesce (p_shift::text, '')));
  ELSIF v_shift.state <> p_state THEN
    PERFORM refuse ('P0001', 'SHIFT', format ('Nothing was changed in the drawer, because shift %s is %s and not %s. Look at it again.', v_shift.id, v_shift.state,
                    p_state));
  END IF;
  RETURN v_shift;
END
$$;

-- The sum of coins and notes, {"5000": 3, "200": 11}: each a denomination of the office, none twice, none below nothing.
CREATE FUNCTION platen.sum_denominations (p_office text, p_denominations jsonb) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_known bigint[] := (SELECT o.denominations FROM office o WHERE o.code = p_office);
  v_entry record;
  v_sum   bigint := 0;
BEGIN
  IF jsonb_typeof (p_denominations) IS DISTINCT FROM 'object' THEN
    PERFORM refuse ('P0001', 'FIELD', 'Nothing was counted, because the coins and notes were not named. Say of each how many there are.');
  END IF;
  FOR v_entry IN SELECT e.key, e.value FROM jsonb_each (p_denominations) e LOOP
    IF NOT coalesce (CASE WHEN v_entry.key ~ '^[1-9][0-9]{0,9}$' THEN v_entry.key::bigint = ANY (v_known) END, false)
       OR jsonb_typeof (v_entry.value) <> 'number' OR v_entry.value::text !~ '^[0-9]{1,6}$' THEN
      PERFORM refuse ('P0001', 'FIELD', format ('Nothing was counted, because %s is no coin or note of this office, or there are not nothing to 999999 of it. Count'
                      ' again.', quote_literal (left (v_entry.key, 20))));
    END IF;
    v_sum := v_sum + v_entry.key::bigint * v_entry.value::text::bigint;
  END LOOP;
  RETURN v_sum;
END
$$;

-- By whose drawer it is, or by a supervisor for who cannot. What was expected is said only after the count.
CREATE FUNCTION api.count_shift (p_shift bigint, p_denominations jsonb, p_explanation text, OUT counted bigint, OUT expected bigint, OUT variance bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('clerk', 'supervisor');
  v_shift fee_shift := hold_shift (v_actor, p_shift, 'open');
  v_why   text := check_reason (p_explanation);
BEGIN
  IF v_shift.staff_id <> v_actor.staff_id AND NOT has_role ('supervisor') THEN
    PERFORM refuse ('P0001', 'CUSTODY', format ('The drawer of shift %s was not counted, because it is of %s. Only they count it, or a supervisor.', v_shift.id,
                    (SELECT s.name FROM staff s WHERE s.id = v_shift.staff_id)));
  END IF;
  counted := sum_denominations (v_actor.office_code, p_denominations);
  expected := v_shift.cash;
  variance := counted - expected;
  IF variance <> 0 AND v_why IS NULL THEN
    PERFORM refuse ('P0001', 'REASON', format ('Shift %s was not counted, because %s lie there and %s should. Count again, or explain the difference.', v_shift.id,
                    money_text (counted, v_shift.currency), money_text (expected, v_shift.currency)));
  END IF;
  UPDATE fee_shift s SET state = 'counted', counted = count_shift.counted, denominations = p_denominations, explanation = v_why, counted_by = v_actor.staff_id,
                         counted_at = clock_timestamp(), expected = v_shift.cash
   WHERE s.id = p_shift;
  PERFORM note (v_actor, v_actor.office_code, 'shift_counted', 'fee_shift', p_shift::text, jsonb_build_object ('counted', counted, 'expected', expected,
                'denominations', p_denominations, 'why', v_why));
  PERFORM pg_notify ('platen', concat_ws (' ', 'fee_shift', p_shift, v_actor.office_code));
END
$$;

-- A second person counts along: the cash goes into the safe, and the difference stands in the books.
CREATE FUNCTION api.close_shift (p_shift bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('clerk', 'supervisor');
  v_shift fee_shift := hold_shift (v_actor, p_shift, 'counted');
  v_owner actor;
BEGIN
  IF v_actor.staff_id IN (v_shift.staff_id, v_shift.counted_by) THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', format ('Shift %s was not closed, because its drawer is yours or you counted it. Ask a colleague to count along.',
                    v_shift.id));
  END IF;
  v_owner := ROW (v_actor.session_id, v_shift.counted_by, v_actor.login, v_actor.name, v_shift.office_code, v_shift.workstation, v_actor.last_used_at)::actor;
  IF v_shift.cash > 0 OR v_shift.counted > 0 THEN
    PERFORM book (v_owner, 'close', NULL, v_shift.id, v_actor.staff_id, v_shift.explanation, jsonb_build_array (
      jsonb_build_object ('account', 'drawer', 'shift_id', v_shift.id, 'amount', - v_shift.cash),
      jsonb_build_object ('account', 'safe', 'amount', v_shift.counted),
      jsonb_build_object ('account', 'variance', 'amount', v_shift.cash - v_shift.counted)));
  END IF;
  UPDATE fee_shift SET state = 'closed', closed_by = v_actor.staff_id, closed_at = clock_timestamp() WHERE id = p_shift;
  PERFORM note (v_actor, v_actor.office_code, 'shift_closed', 'fee_shift', p_shift::text, jsonb_build_object ('counted', v_shift.counted, 'expected', v_shift.expected));
  PERFORM pg_notify ('platen', concat_ws (' ', 'fee_shift', p_shift, v_actor.office_code));
END
$$;

-- Counted wrongly: the drawer is open again, for another count.
CREATE FUNCTION api.recount_shift (p_shift bigint, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('clerk', 'supervisor');
  v_shift fee_shift := hold_shift (v_actor, p_shift, 'counted');
  v_why   text := check_reason (p_reason);
BEGIN
  IF v_why IS NULL THEN
    PERFORM refuse ('P0001', 'REASON', format ('Shift %s was not opened for another count, because no reason was given. Say why.', v_shift.id));
  ELSIF EXISTS (SELECT FROM fee_shift s WHERE s.office_code = v_shift.office_code AND s.state = 'open'
                                         AND (s.staff_id = v_shift.staff_id OR s.workstation = v_shift.workstation)) THEN
    PERFORM refuse ('P0001', 'SHIFT', format ('Shift %s was not opened for another count, because its person or its workstation has another drawer open. Count that'
                    ' first.', v_shift.id));
  END IF;
  UPDATE fee_shift SET state = 'open', counted = NULL, denominations = NULL, explanation = NULL, counted_by = NULL, counted_at = NULL, expected = NULL
   WHERE id = p_shift;
  PERFORM note (v_actor, v_actor.office_code, 'shift_recounted', 'fee_shift', p_shift::text, jsonb_build_object ('counted', v_shift.counted, 'why', v_why));
  PERFORM pg_notify ('platen', concat_ws (' ', 'fee_shift', p_shift, v_actor.office_code));
END
$$;

INSERT INTO platen.schema_version (version, title) VALUES (73, 'fee ledger');
