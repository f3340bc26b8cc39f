-- SPDX-License-Identifier: GPL-3.0-or-later
-- What an application costs. Fee rules are rows of an office: for which kinds, causes, categories, ages and delays they hold, from when to when, with
-- which amount or share, by which law, in which words. A rule is never changed: another version of its code takes its place from its day on,
-- and one person proposes it while another approves it, having seen what it would do to real applications. An office without rules asks for nothing.
-- Money is a whole number of the currency’s smallest unit, everywhere.

SET LOCAL ROLE platen_owner;

-- ISO 4217: how many digits stand behind the point. XTS is the code that belongs to no state.
CREATE TABLE platen.currency (
  code   text PRIMARY KEY CHECK (code ~ '^[A-Z]{3}$'),
  digits int NOT NULL CHECK (digits BETWEEN 0 AND 4)
);
INSERT INTO platen.currency (code, digits)
SELECT c, 2 FROM string_to_table ('AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK'
  ' DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD'
  ' MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP'
  ' SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XTS YER ZAR ZMW', ' ') c
UNION ALL SELECT c, 0 FROM string_to_table ('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF', ' ') c
UNION ALL SELECT c, 3 FROM string_to_table ('BHD IQD JOD KWD LYD OMR TND', ' ') c
UNION ALL SELECT c, 4 FROM string_to_table ('CLF UYW', ' ') c;

-- The office’s money, and what lies in its drawers: the coins and notes by which they are counted.
ALTER TABLE platen.office
  ADD COLUMN currency text NOT NULL DEFAULT 'XTS' REFERENCES platen.currency,
  ADD COLUMN denominations bigint[] NOT NULL DEFAULT '{20000,10000,5000,2000,1000,500,200,100,50,20,10,5,2,1}'
    CONSTRAINT office_denominations CHECK (cardinality (denominations) BETWEEN 1 AND 40 AND 0 < ALL (denominations) AND 1000000000 >= ALL (denominations));

CREATE TABLE platen.fee_rule (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office_code   text NOT NULL REFERENCES platen.office,
  code          text NOT NULL CHECK (code ~ '^[A-Z][A-Z0-9_]{1,39}$'),
  effect        text NOT NULL CHECK (effect IN ('fee', 'surcharge', 'reduction', 'exemption', 'none')), -- none: from here on there is no rule of this code
  kinds         text[],   -- NULL, here and below: any
  causes        text[],
  categories    text[],   -- one of them is enough
  per_category  boolean NOT NULL DEFAULT false, -- the amount counts for each of them
  min_age       int CHECK (min_age BETWEEN 0 AND 150),
  max_age       int CHECK (max_age BETWEEN 0 AND 150),
  min_days_late int CHECK (min_days_late BETWEEN 1 AND 36500), -- days since the licence that is held ended
  max_days_late int CHECK (max_days_late BETWEEN 1 AND 36500),
  proof         text CHECK (proof ~ '^[a-z][a-z0-9_]{1,39}$'), -- what the citizen has to show for it
  amount        bigint CHECK (amount BETWEEN 1 AND 10000000000),
  permille      int CHECK (permille BETWEEN 1 AND 1000),
  currency      text NOT NULL REFERENCES platen.currency,
  valid_from    date NOT NULL,
  valid_to      date CHECK (valid_to >= valid_from),
  legal_reference text NOT NULL CHECK (length (legal_reference) BETWEEN 1 AND 200),
  words         jsonb NOT NULL,
  reason        text NOT NULL,
  state         text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'refused')),
  proposed_by   int NOT NULL REFERENCES platen.staff,
  proposed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  decided_by    int REFERENCES platen.staff,
  decided_at    timestamptz,
  CONSTRAINT fee_rule_how_much CHECK (CASE effect WHEN 'fee' THEN amount IS NOT NULL AND permille IS NULL
                                        WHEN 'surcharge' THEN num_nonnulls (amount, permille) = 1
                                        WHEN 'reduction' THEN num_nonnulls (amount, permille) = 1
                                        ELSE num_nonnulls (amount, permille) = 0 END),
  CONSTRAINT fee_rule_each_category CHECK (NOT per_category OR (effect IN ('fee', 'surcharge') AND amount IS NOT NULL)),
  CONSTRAINT fee_rule_ages CHECK (min_age <= max_age),
  CONSTRAINT fee_rule_days CHECK (min_days_late <= max_days_late),
  CONSTRAINT fee_rule_decided CHECK ((state = 'proposed') = (decided_by IS NULL)),
  CONSTRAINT fee_rule_four_eyes CHECK (state <> 'approved' OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX fee_rule_one_from_a_day ON platen.fee_rule (office_code, code, valid_from) WHERE state = 'approved';

-- What a citizen showed for a reduction; the latest word on each proof counts.
CREATE TABLE platen.fee_proof (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  application_id bigint NOT NULL REFERENCES platen.application,
  office_code    text NOT NULL REFERENCES platen.office,
  proof          text NOT NULL,
  given          boolean NOT NULL,
  reference      text NOT NULL CHECK (length (btrim (reference)) BETWEEN 2 AND 100),
  staff_id       int NOT NULL REFERENCES platen.staff,
  workstation    text NOT NULL,
  at             timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX fee_proof_application ON platen.fee_proof (application_id, proof, id DESC);

CREATE TRIGGER fee_proof_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.fee_proof FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
CREATE TRIGGER fee_rule_is_kept BEFORE DELETE OR TRUNCATE ON platen.fee_rule FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
-- Of a version only the decision is written later, and once.
CREATE TRIGGER fee_rule_stays BEFORE UPDATE ON platen.fee_rule FOR EACH ROW
  WHEN (OLD.state <> 'proposed' OR to_jsonb (NEW) - '{state,decided_by,decided_at}'::text[] <> to_jsonb (OLD) - '{state,decided_by,decided_at}'::text[])
  EXECUTE FUNCTION platen.refuse_change ();

DO $kept$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['fee_rule', 'fee_proof'] LOOP
    EXECUTE format ('ALTER TABLE platen.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format ('CREATE POLICY own_office ON platen.%I USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]))', v_table);
  END LOOP;
END
$kept$;

-- ---- money in words ----

-- “45.00 XTS”, and with a comma where that is the custom.
CREATE FUNCTION platen.money_text (p_amount bigint, p_currency text, p_language text DEFAULT 'en') RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN p_amount < 0 THEN '-' ELSE '' END
         || CASE c.digits WHEN 0 THEN abs (p_amount)::text
              ELSE (abs (p_amount) / (10 ^ c.digits)::bigint) || CASE p_language WHEN 'fr' THEN ',' ELSE '.' END
                   || lpad ((abs (p_amount) % (10 ^ c.digits)::bigint)::text, c.digits, '0') END || ' ' || c.code
    FROM currency c WHERE c.code = p_currency
$$;

CREATE FUNCTION platen.office_currency (p_office text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT o.currency FROM office o WHERE o.code = p_office
$$;

-- What a person typed, “45”, “45.5” or “45,50”, as a whole number of the smallest unit; never rounded.
CREATE FUNCTION platen.read_money (p_text text, p_currency text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_digits int := (SELECT c.digits FROM currency c WHERE c.code = p_currency);
  v_parts  text[] := regexp_match (btrim (p_text), '^([0-9]{1,9})(?:[.,]([0-9]{1,4}))?$');
BEGIN
  IF p_text IS NULL THEN
    RETURN NULL;
  ELSIF v_parts IS NULL OR length (coalesce (v_parts[2], '')) > v_digits THEN
    PERFORM refuse ('P0001', 'AMOUNT', format ('Nothing was paid or changed, because %s is no amount in %s with at most %s digits behind the point. Write'
                    ' it again.', quote_literal (left (p_text, 40)), p_currency, v_digits));
  END IF;
  RETURN v_parts[1]::bigint * (10 ^ v_digits)::bigint + coalesce (nullif (rpad (coalesce (v_parts[2], ''), v_digits, '0'), '')::bigint, 0);
END
$$;

CREATE FUNCTION api.read_money (p_text text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('clerk', 'supervisor', 'operator', 'auditor', 'admin');
BEGIN
  RETURN read_money (p_text, office_currency (v_actor.office_code));
END
$$;

CREATE FUNCTION api.set_currency (p_currency text, p_denominations bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('admin');
  v_now   text := (SELECT o.currency FROM office o WHERE o.code = v_actor.office_code FOR UPDATE);
BEGIN
  IF NOT EXISTS (SELECT FROM currency c WHERE c.code = p_currency) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The currency was not changed, because ISO 4217 has no %s. Write its three letters.',
                    quote_literal (left (coalesce (p_currency, ''), 10))));
  ELSIF p_currency <> v_now AND EXISTS (SELECT FROM fee_rule r WHERE r.office_code = v_actor.office_code AND r.state <> 'refused') THEN
    PERFORM refuse ('P0001', 'CURRENCY', format ('The currency was not changed, because office %s has fee rules in %s. An office keeps its currency from its'
                    ' first fee rule on.', v_actor.office_code, v_now));
  ELSIF NOT coalesce (cardinality (p_denominations) BETWEEN 1 AND 40 AND 0 < ALL (p_denominations) AND 1000000000 >= ALL (p_denominations), p_denominations IS NULL)
        OR cardinality (p_denominations) <> (SELECT count (DISTINCT d) FROM unnest (p_denominations) d) THEN
    PERFORM refuse ('P0001', 'FIELD', 'The currency was not changed, because its coins and notes are one to 40 different amounts above nothing. Write them'
                    ' again.');
  END IF;
  UPDATE office SET currency = p_currency,
                    denominations = coalesce ((SELECT array_agg (d ORDER BY d DESC) FROM unnest (p_denominations) d), denominations)
   WHERE code = v_actor.office_code;
  PERFORM note (v_actor, v_actor.office_code, 'currency_set', 'office', v_actor.office_code, jsonb_build_object ('currency', p_currency,
                'denominations', to_jsonb (p_denominations)));
END
$$;

-- The kinds of application: rows, where this office has them.
CREATE FUNCTION platen.fee_kinds () RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_kinds text[] := '{new,renewal,replacement,correction,upgrade}';
BEGIN
  IF to_regclass ('platen.application_kind') IS NOT NULL THEN
    EXECUTE 'SELECT array_agg (k.code ORDER BY k.position) FROM platen.application_kind k' INTO v_kinds;
  END IF;
  RETURN v_kinds;
END
$$;

-- ---- the quote ----

-- The versions that count on a day: of each code the last that was approved to begin by then. @p_try counts as if it were approved.
CREATE FUNCTION platen.fee_rules_on (p_office text, p_day date, p_try bigint) RETURNS SETOF platen.fee_rule
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT v.*
    FROM (SELECT DISTINCT ON (r.code) r.*
            FROM fee_rule r
           WHERE r.office_code = p_office AND (r.state = 'approved' OR r.id = p_try) AND r.valid_from <= p_day
           ORDER BY r.code, r.valid_from DESC, (r.id = p_try) DESC) v
   WHERE v.effect <> 'none' AND coalesce (v.valid_to >= p_day, true)
$$;

-- Half a smallest unit counts as a whole one.
CREATE FUNCTION platen.share_of (p_amount bigint, p_permille int) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT SET search_path = platen, pg_temp AS $$
  SELECT (p_amount * p_permille + 500) / 1000
$$;

CREATE FUNCTION platen.fee_rule_fits (r platen.fee_rule, p_type text, p_cause text, p_codes text[], p_birth date, p_ended date, p_since date)
RETURNS boolean
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce ((r.kinds IS NULL OR p_type = ANY (r.kinds)) AND (r.causes IS NULL OR p_cause = ANY (r.causes))
                   AND (r.categories IS NULL OR r.categories && p_codes)
                   AND (r.min_age IS NULL OR anniversary (p_birth, r.min_age) <= p_since)
                   AND (r.max_age IS NULL OR anniversary (p_birth, r.max_age + 1) > p_since)
                   AND (r.min_days_late IS NULL OR p_since - p_ended >= r.min_days_late)
                   AND (r.max_days_late IS NULL OR p_since - p_ended <= r.max_days_late), false)
$$;

-- Line by line: fees, surcharges (a share is one of all fees), then exemptions and reductions of what is left, each in the order of their codes; never
-- below nothing. What would need a proof that is missing is named and not counted. Age and delay are those of @p_since, the rules those of @p_day.
CREATE FUNCTION platen.fee_lines (p_office text, p_day date, p_try bigint, p_type text, p_cause text, p_codes text[], p_birth date, p_ended date,
                                  p_since date, p_proofs text[])
RETURNS TABLE (line int, rule_id bigint, code text, effect text, base bigint, times int, amount bigint, proof text, counts boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_rule fee_rule;
  v_fees bigint := 0;
  v_left bigint := 0;
BEGIN
  line := 0;
  FOR v_rule IN
    SELECT r.* FROM fee_rules_on (p_office, p_day, p_try) r
     WHERE fee_rule_fits (r, p_type, p_cause, p_codes, p_birth, p_ended, p_since)
     ORDER BY array_position (ARRAY['fee', 'surcharge', 'exemption', 'reduction'], r.effect), r.code
  LOOP
    line := line + 1;
    rule_id := v_rule.id;
    code := v_rule.code;
    effect := v_rule.effect;
    proof := v_rule.proof;
    counts := v_rule.proof IS NULL OR v_rule.proof = ANY (p_proofs);
    times := 1;
    IF v_rule.effect IN ('fee', 'surcharge') THEN
      base := CASE WHEN v_rule.permille IS NULL THEN v_rule.amount ELSE v_fees END;
      IF v_rule.per_category THEN
        times := (SELECT count (*) FROM unnest (p_codes) c WHERE v_rule.categories IS NULL OR c = ANY (v_rule.categories));
      END IF;
      amount := coalesce (share_of (v_fees, v_rule.permille), v_rule.amount * times);
    ELSE
      base := v_left;
      amount := - CASE WHEN v_rule.effect = 'exemption' THEN v_left ELSE least (v_left, coalesce (share_of (v_left, v_rule.permille), v_rule.amount)) END;
    END IF;
    IF NOT counts THEN
      amount := 0;
    END IF;
    v_left := v_left + amount;
    v_fees := v_fees + CASE v_rule.effect WHEN 'fee' THEN amount ELSE 0 END;
    RETURN NEXT;
  END LOOP;
END
$$;

-- The day on which an application was begun, in the office’s time zone.
CREATE FUNCTION platen.day_of (p_at timestamptz) RETURNS date
LANGUAGE sql STABLE SET search_path = platen, pg_temp SET TimeZone FROM CURRENT AS $$
  SELECT p_at::date
$$;

CREATE FUNCTION platen.fee_proofs (p_application bigint) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (array_agg (p.proof) FILTER (WHERE p.given), '{}')
    FROM (SELECT DISTINCT ON (f.proof) f.proof, f.given FROM fee_proof f WHERE f.application_id = p_application ORDER BY f.proof, f.id DESC) p
$$;

CREATE FUNCTION platen.fee_rules_of (p_office text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT EXISTS (SELECT FROM fee_rule r WHERE r.office_code = p_office AND r.state = 'approved')
$$;

-- ---- rules are changed by two ----

CREATE FUNCTION platen.refuse_fee_rule (p_why text) RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM refuse ('P0001', 'FIELD', format ('The fee rule was not proposed, because %s. Correct it, and propose it again.', p_why));
END
$$;

CREATE FUNCTION platen.fee_rule_number (p_rule jsonb, p_member text, p_least bigint, p_most bigint) RETURNS bigint
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  IF p_rule -> p_member IS NULL OR p_rule -> p_member = 'null' THEN
    RETURN NULL;
  ELSIF jsonb_typeof (p_rule -> p_member) <> 'number' OR p_rule ->> p_member !~ '^[0-9]{1,11}$' OR (p_rule ->> p_member)::bigint NOT BETWEEN p_least AND p_most THEN
    PERFORM refuse_fee_rule (format ('“%s” is no whole number from %s to %s', p_member, p_least, p_most));
  END IF;
  RETURN (p_rule ->> p_member)::bigint;
END
$$;

CREATE FUNCTION platen.fee_rule_list (p_rule jsonb, p_member text, p_known text[]) RETURNS text[]
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
DECLARE
  v_list text[];
BEGIN
  IF p_rule -> p_member IS NULL OR p_rule -> p_member = 'null' THEN
    RETURN NULL;
  ELSIF jsonb_typeof (p_rule -> p_member) = 'array' THEN
    v_list := ARRAY (SELECT DISTINCT e FROM jsonb_array_elements_text (p_rule -> p_member) e ORDER BY e);
  END IF;
  IF NOT coalesce (v_list <> '{}' AND v_list <@ p_known, false) THEN
    PERFORM refuse_fee_rule (format ('“%s” is no list of these: %s', p_member, array_to_string (p_known, ' ')));
  END IF;
  RETURN v_list;
END
$$;

CREATE FUNCTION platen.fee_rule_text (p_rule jsonb, p_member text, p_pattern text) RETURNS text
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
DECLARE
  v_text text := btrim (p_rule ->> p_member);
BEGIN
  IF v_text !~ p_pattern OR jsonb_typeof (p_rule -> p_member) NOT IN ('string', 'null') THEN
    PERFORM refuse_fee_rule (format ('“%s” is not written as it must be', p_member));
  END IF;
  RETURN v_text;
END
$$;

-- Who says what a rule is, member by member: code, effect, kinds, causes, categories, per_category, min_age, max_age, min_days_late, max_days_late,
-- proof, amount, permille, from, to, law, words.
CREATE FUNCTION platen.read_fee_rule (p_actor platen.actor, p_rule jsonb) RETURNS platen.fee_rule
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_rule  fee_rule;
  v_other text;
BEGIN
  IF jsonb_typeof (p_rule) IS DISTINCT FROM 'object' THEN
    PERFORM refuse_fee_rule ('it is no JSON object');
  END IF;
  SELECT k INTO v_other FROM jsonb_object_keys (p_rule) k
   WHERE k NOT IN ('code', 'effect', 'kinds', 'causes', 'categories', 'per_category', 'min_age', 'max_age', 'min_days_late', 'max_days_late', 'proof', 'amount',
                   'permille', 'from', 'to', 'law', 'words') LIMIT 1;
  IF FOUND THEN
    PERFORM refuse_fee_rule (format ('no rule has a member “%s”', v_other));
  END IF;
  v_rule.office_code := p_actor.office_code;
  v_rule.currency := office_currency (p_actor.office_code);
  v_rule.code := fee_rule_text (p_rule, 'code', '^[A-Z][A-Z0-9_]{1,39}$');
  v_rule.effect := fee_rule_text (p_rule, 'effect', '^(fee|surcharge|reduction|exemption|none)$');
  v_rule.kinds := fee_rule_list (p_rule, 'kinds', fee_kinds ());
  v_rule.causes := fee_rule_list (p_rule, 'causes', '{lost,stolen,damaged,not_received,office,holder}');
  v_rule.categories := fee_rule_list (p_rule, 'categories', ARRAY (SELECT c.code FROM category c ORDER BY c.position));
  v_rule.per_category := coalesce (fee_rule_text (jsonb_build_object ('per_category', p_rule ->> 'per_category'), 'per_category', '^(true|false)$') = 'true', false);
  v_rule.min_age := fee_rule_number (p_rule, 'min_age', 0, 150);
  v_rule.max_age := fee_rule_number (p_rule, 'max_age', 0, 150);
  v_rule.min_days_late := fee_rule_number (p_rule, 'min_days_late', 1, 36500);
  v_rule.max_days_late := fee_rule_number (p_rule, 'max_days_late', 1, 36500);
  v_rule.proof := fee_rule_text (p_rule, 'proof', '^[a-z][a-z0-9_]{1,39}$');
  v_rule.amount := fee_rule_number (p_rule, 'amount', 1, 10000000000);
  v_rule.permille := fee_rule_number (p_rule, 'permille', 1, 1000);
  v_rule.legal_reference := fee_rule_text (p_rule, 'law', '^.{1,200}$');
  v_rule.valid_from := to_date_or_null (p_rule ->> 'from');
  v_rule.valid_to := to_date_or_null (p_rule ->> 'to');
  v_rule.words := coalesce (p_rule -> 'words', '{}');
  v_rule.proposed_by := p_actor.staff_id;
  SELECT CASE
    WHEN v_rule.code IS NULL OR v_rule.effect IS NULL OR v_rule.legal_reference IS NULL OR v_rule.valid_from IS NULL
      THEN 'it needs a code, an effect, a law and a day from which it holds'
    WHEN p_rule ->> 'to' IS NOT NULL AND v_rule.valid_to IS NULL OR v_rule.valid_to < v_rule.valid_from THEN 'its last day is none, or lies before the first'
    WHEN v_rule.valid_from < today () THEN 'it would hold from a day that has passed'
    WHEN NOT CASE v_rule.effect WHEN 'fee' THEN v_rule.amount IS NOT NULL AND v_rule.permille IS NULL
               WHEN 'surcharge' THEN num_nonnulls (v_rule.amount, v_rule.permille) = 1 WHEN 'reduction' THEN num_nonnulls (v_rule.amount, v_rule.permille) = 1
               ELSE num_nonnulls (v_rule.amount, v_rule.permille) = 0 END
      THEN 'a fee has an amount, a surcharge or a reduction an amount or a share, and nothing else has either'
    WHEN v_rule.per_category AND (v_rule.effect NOT IN ('fee', 'surcharge') OR v_rule.amount IS NULL) THEN 'only an amount is counted for each category'
    WHEN v_rule.min_age > v_rule.max_age OR v_rule.min_days_late > v_rule.max_days_late THEN 'its least is more than its most'
    WHEN v_rule.effect <> 'none' AND NOT coalesce ((SELECT jsonb_typeof (v_rule.words) = 'object'
           AND count (*) FILTER (WHERE w.key IN ('en', 'fr') AND length (btrim (w.value)) BETWEEN 1 AND 200) = 2 AND bool_and (w.key ~ '^[a-z]{2}$')
           FROM jsonb_each_text (CASE jsonb_typeof (v_rule.words) WHEN 'object' THEN v_rule.words ELSE '{}' END) w), false)
      THEN 'its words are missing in English or in French'
    END INTO v_other;
  IF v_other IS NOT NULL THEN
    PERFORM refuse_fee_rule (v_other);
  END IF;
  RETURN v_rule;
END
$$;

CREATE FUNCTION api.propose_fee_rule (p_rule jsonb, p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('admin', 'supervisor');
  v_rule   fee_rule := read_fee_rule (v_actor, p_rule);
  v_reason text := check_reason (p_reason);
  v_id     bigint;
BEGIN
  IF v_reason IS NULL THEN
    PERFORM refuse ('P0001', 'REASON', 'The fee rule was not proposed, because no reason was given. Say why.');
  END IF;
  INSERT INTO fee_rule (office_code, code, effect, kinds, causes, categories, per_category, min_age, max_age, min_days_late, max_days_late, proof, amount,
                        permille, currency, valid_from, valid_to, legal_reference, words, reason, proposed_by)
  VALUES (v_rule.office_code, v_rule.code, v_rule.effect, v_rule.kinds, v_rule.causes, v_rule.categories, v_rule.per_category, v_rule.min_age, v_rule.max_age,
          v_rule.min_days_late, v_rule.max_days_late, v_rule.proof, v_rule.amount, v_rule.permille, v_rule.currency, v_rule.valid_from, v_rule.valid_to,
          v_rule.legal_reference, v_rule.words, v_reason, v_actor.staff_id)
  RETURNING id INTO v_id;
  PERFORM note (v_actor, v_actor.office_code, 'fee_rule_proposed', 'fee_rule', v_id::text, p_rule || jsonb_build_object ('reason', v_reason));
  RETURN v_id;
END
$$;

CREATE FUNCTION platen.hold_fee_rule (p_actor platen.actor, p_rule bigint) RETURNS platen.fee_rule
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_rule fee_rule;
BEGIN
  SELECT * INTO v_rule FROM fee_rule WHERE id = p_rule AND office_code = p_actor.office_code AND state = 'proposed' FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was decided, because no fee rule %s is proposed. List the fee rules again.',
                    coalesce (p_rule::text, '')));
  END IF;
  RETURN v_rule;
END
$$;

CREATE FUNCTION api.approve_fee_rule (p_rule bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('admin', 'supervisor');
  v_rule  fee_rule := hold_fee_rule (v_actor, p_rule);
BEGIN
  IF v_rule.proposed_by = v_actor.staff_id THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', format ('Fee rule %s was not approved, because you proposed it yourself. Ask a colleague.', v_rule.id));
  ELSIF v_rule.valid_from < today () THEN
    PERFORM refuse ('P0001', 'STALE', format ('Fee rule %s was not approved, because the day from which it holds has passed. Refuse it, and propose it anew.',
                    v_rule.id));
  ELSIF EXISTS (SELECT FROM fee_rule r WHERE r.office_code = v_rule.office_code AND r.code = v_rule.code AND r.valid_from = v_rule.valid_from
                   AND r.state = 'approved') THEN
    PERFORM refuse ('P0001', 'STATE', format ('Fee rule %s was not approved, because another version of %s holds from that day. Choose another day.',
                    v_rule.id, v_rule.code));
  END IF;
  UPDATE fee_rule SET state = 'approved', decided_by = v_actor.staff_id, decided_at = clock_timestamp() WHERE id = p_rule;
  PERFORM note (v_actor, v_actor.office_code, 'fee_rule_approved', 'fee_rule', p_rule::text, jsonb_build_object ('code', v_rule.code, 'from', v_rule.valid_from));
END
$$;

CREATE FUNCTION api.refuse_fee_rule (p_rule bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('admin', 'supervisor');
  v_rule  fee_rule := hold_fee_rule (v_actor, p_rule);
BEGIN
  UPDATE fee_rule SET state = 'refused', decided_by = v_actor.staff_id, decided_at = clock_timestamp() WHERE id = p_rule;
  PERFORM note (v_actor, v_actor.office_code, 'fee_rule_refused', 'fee_rule', p_rule::text, jsonb_build_object ('code', v_rule.code));
END
$$;

INSERT INTO platen.schema_version (version, title) VALUES (72, 'fee rules');
