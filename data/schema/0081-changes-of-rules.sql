-- SPDX-License-Identifier: GPL-3.0-or-later
-- A change of the rules of law: one person proposes it with its first day and a reason, another sees what it would do to applications that are open
-- and to those of before, and approves it. Nothing else changes a rule, and nothing changes what a rule was on the days before.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.rule_change (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office      text NOT NULL REFERENCES platen.office,   -- of who proposed it; the rules are the state’s
  effective   date NOT NULL,
  rules       jsonb NOT NULL CHECK (jsonb_typeof (rules) = 'array' AND length (rules::text) <= 200000),
  reason      text NOT NULL CHECK (length (reason) BETWEEN 1 AND 2000),
  state       text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'refused')),
  proposed_by int NOT NULL REFERENCES platen.staff,
  proposed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  workstation text NOT NULL,
  decided_by  int REFERENCES platen.staff,
  decided_at  timestamptz,
  decided_in  xid8,
  decision    text CHECK (length (decision) <= 2000),
  preview     jsonb,                                    -- what the approver saw
  CONSTRAINT rule_change_is_approved_by_another CHECK (state <> 'approved' OR decided_by <> proposed_by),
  CONSTRAINT rule_change_is_decided_by_somebody CHECK ((state = 'proposed') = (decided_by IS NULL))
);
CREATE INDEX rule_change_in ON platen.rule_change (decided_in);
CREATE TRIGGER rule_change_is_kept BEFORE DELETE OR TRUNCATE ON platen.rule_change
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();

-- Nobody approves what they have not seen.
CREATE TABLE platen.rule_change_seen (
  rule_change_id bigint NOT NULL REFERENCES platen.rule_change,
  staff_id       int NOT NULL REFERENCES platen.staff,
  at             timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (rule_change_id, staff_id)
);

-- Words, too, begin on a day.
ALTER TABLE platen.rule_text ADD COLUMN valid_from date NOT NULL DEFAULT '2000-01-01';
ALTER TABLE platen.rule_text DROP CONSTRAINT rule_text_pkey, ADD PRIMARY KEY (code, language, valid_from);

CREATE OR REPLACE FUNCTION platen.rule_words (p_code text, p_part text, p_params jsonb) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  SELECT fill_in (CASE p_part WHEN 'cure' THEN t.cure ELSE t.text END,
                  (SELECT coalesce (jsonb_object_agg (p.key, say (t.language, p.key, p.value)), '{}')
                     FROM jsonb_each_text (p_params) p)
                  || coalesce ((SELECT jsonb_build_object ('field_title', CASE t.language WHEN 'fr' THEN f.title_fr ELSE f.title END)
                                  FROM field f WHERE f.field = p_params ->> 'field'), '{}'))
    FROM rule_text t
   WHERE t.code = p_code AND t.language IN (language (), 'en') AND t.valid_from <= today ()
   ORDER BY t.language = language () DESC, t.valid_from DESC
   LIMIT 1
$$;

SELECT platen.plan_once ('platen.rule_words (text, text, jsonb)');

-- Rules change by an approved proposal or by an upgrade of the schema, which writes its number; looked at when the transaction ends, whoever it is.
CREATE FUNCTION platen.keep_rules () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM rule_change c WHERE c.decided_in = pg_current_xact_id () AND c.state = 'approved' AND c.decided_by <> c.proposed_by)
     AND NOT EXISTS (SELECT FROM schema_version v WHERE v.xmin = pg_current_xact_id ()::xid) THEN
    PERFORM refuse ('42501', 'FOUR_EYES', 'No rule was changed, because a rule is changed by one person’s proposal and another’s approval. Propose the change.');
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER rule_is_kept AFTER INSERT OR UPDATE OR DELETE ON platen.rule DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION platen.keep_rules ();
CREATE CONSTRAINT TRIGGER rule_text_is_kept AFTER INSERT OR UPDATE OR DELETE ON platen.rule_text DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION platen.keep_rules ();
CREATE TRIGGER rule_is_not_emptied BEFORE TRUNCATE ON platen.rule FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
CREATE TRIGGER rule_text_is_not_emptied BEFORE TRUNCATE ON platen.rule_text FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();

-- A file of proposed rules: {"effective": day, "reason": text, "rules": [{"code", "end": true} or {"code", "severity", "legal_reference", "parameters",
-- "texts": {"en": {"text", "cure"}}}]}; what is left out stays as it is.
CREATE FUNCTION platen.proposed_rule (p_item jsonb, p_day date) RETURNS platen.rule
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
DECLARE
  v_rule rule;
BEGIN
  SELECT * INTO v_rule FROM rule r WHERE r.code = p_item ->> 'code' AND r.valid_from <= p_day ORDER BY r.valid_from DESC LIMIT 1;
  v_rule.code := p_item ->> 'code';
  v_rule.severity := coalesce (p_item ->> 'severity', v_rule.severity);
  v_rule.legal_reference := coalesce (p_item ->> 'legal_reference', v_rule.legal_reference);
  v_rule.parameters := coalesce (v_rule.parameters, '{}') || coalesce (p_item -> 'parameters', '{}');
  v_rule.valid_from := p_day;
  v_rule.valid_to := NULL;
  RETURN v_rule;
END
$$;

-- A rule is tried on facts of each kind of application: what its parameters cannot be is found before anybody is judged by it.
CREATE FUNCTION platen.try_rule (p_rule platen.rule) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
DECLARE
  v_facts facts;
  v_type  text;
BEGIN
  FOREACH v_type IN ARRAY '{new,renewal,replacement,correction,upgrade,exchange,return,international,temporary}'::text[] LOOP
    v_facts.type := v_type;
    v_facts.application_id := 0;
    v_facts.office_code := '';
    v_facts.id_number := '00000000000';
    v_facts.today := today ();
    v_facts.birth_date := today () - 6000;
    v_facts.codes := ARRAY (SELECT c.code FROM category c ORDER BY c.position);
    v_facts.identity_state := 'answered'; v_facts.driver_state := 'answered'; v_facts.infringement_state := 'answered';
    v_facts.identity := jsonb_build_object ('resident_since', today ());
    v_facts.driver := jsonb_build_object ('categories', format ('B;%s;%s;', today () - 100, today () + 5000));
    v_facts.infringement := jsonb_build_object ('offences', format ('%s;90;X', today () - 1), 'unpaid', '99999999');
    v_facts.others := '{}'; v_facts.has_portrait := true; v_facts.has_signature := true; v_facts.origin := '{}'; v_facts.open := '[]';
    v_facts.evidence := jsonb_build_array (jsonb_build_object ('kind', 'foreign_licence', 'country', 'SWE', 'number', '1', 'categories', 'B;2010-01-01;;',
                                                                'dated', today ()));
    PERFORM FROM apply_rule (p_rule.code, v_facts, p_rule.parameters);
  END LOOP;
  RETURN NULL;
EXCEPTION WHEN others THEN
  RETURN SQLERRM;
END
$$;

-- What is wrong with a proposal, a line each.
CREATE FUNCTION platen.wrong_rules (p_change jsonb, p_day date) RETURNS TABLE (code text, wrong text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_item jsonb;
  v_now  rule;
  v_new  rule;
  v_code text;
BEGIN
  IF coalesce (jsonb_typeof (p_change) <> 'object' OR jsonb_typeof (p_change -> 'rules') <> 'array' OR p_change -> 'rules' = '[]', true) THEN
    RETURN QUERY VALUES ('', in_words ('wrong_rule', 'there is no list of rules'));
    RETURN;
  END IF;
  RETURN QUERY SELECT '', in_words ('wrong_rule', format ('“%s” is no member of a proposal', k)) FROM jsonb_object_keys (p_change) k
                WHERE k NOT IN ('effective', 'reason', 'rules');
  RETURN QUERY SELECT i ->> 'code', in_words ('wrong_rule', 'it stands there twice') FROM jsonb_array_elements (p_change -> 'rules') i
                GROUP BY i ->> 'code' HAVING count (*) > 1;
  FOR v_item IN SELECT i FROM jsonb_array_elements (p_change -> 'rules') i LOOP
    v_code := v_item ->> 'code';
    IF jsonb_typeof (v_item) <> 'object' OR coalesce (v_code, '') !~ '^[A-Z][A-Z_]*$' OR to_regprocedure (format ('platen.rule_%s (platen.facts, jsonb)', lower (v_code))) IS NULL THEN
      RETURN QUERY VALUES (coalesce (v_code, ''), in_words ('wrong_rule', 'there is no such rule; rule list shows all'));
      CONTINUE;
    END IF;
    RETURN QUERY SELECT v_code, in_words ('wrong_rule', format ('“%s” is no member of a rule', k)) FROM jsonb_object_keys (v_item) k
                  WHERE k NOT IN ('code', 'severity', 'legal_reference', 'parameters', 'texts', 'end');
    SELECT * INTO v_now FROM rule r WHERE r.code = v_code AND r.valid_from <= p_day ORDER BY r.valid_from DESC LIMIT 1;
    v_new := proposed_rule (v_item, p_day);
    IF coalesce (v_new.severity, '') NOT IN ('hard', 'soft', 'warning') THEN
      RETURN QUERY VALUES (v_code, in_words ('wrong_rule', 'its severity is none of hard, soft, warning'));
    END IF;
    IF coalesce (btrim (v_new.legal_reference), '') = '' THEN
      RETURN QUERY VALUES (v_code, in_words ('wrong_rule', 'its legal reference is missing'));
    END IF;
    RETURN QUERY SELECT v_code, in_words ('wrong_rule', format ('it has no parameter “%s”', k.key))
                   FROM jsonb_each (CASE jsonb_typeof (v_item -> 'parameters') WHEN 'object' THEN v_item -> 'parameters' ELSE '{}' END) k
                  WHERE v_now.code IS NOT NULL AND NOT v_now.parameters ? k.key;
    RETURN QUERY SELECT v_code, in_words ('wrong_rule', format ('its parameter “%s” is of another kind than before', k.key))
                   FROM jsonb_each (CASE jsonb_typeof (v_item -> 'parameters') WHEN 'object' THEN v_item -> 'parameters' ELSE '{}' END) k
                  WHERE jsonb_typeof (v_now.parameters -> k.key) <> jsonb_typeof (k.value)
                     OR (jsonb_typeof (k.value) = 'number' AND (k.value::text !~ '^[0-9]{1,9}$'));
    RETURN QUERY SELECT v_code, in_words ('wrong_rule', format ('its words in “%s” are not complete', t.key))
                   FROM jsonb_each (CASE jsonb_typeof (v_item -> 'texts') WHEN 'object' THEN v_item -> 'texts' ELSE '{}' END) t
                  WHERE t.key !~ '^[a-z]{2}$' OR btrim (coalesce (t.value ->> 'text', '')) = '' OR btrim (coalesce (t.value ->> 'cure', '')) = '';
    IF EXISTS (SELECT FROM rule r WHERE r.code = v_code AND r.valid_from >= p_day) THEN
      RETURN QUERY VALUES (v_code, in_words ('wrong_rule', 'it changes on that day or later already'));
    END IF;
    IF coalesce ((v_item ->> 'end')::boolean, false) THEN
      IF v_now.code IS NULL OR v_now.valid_to < p_day THEN
        RETURN QUERY VALUES (v_code, in_words ('wrong_rule', 'it is not in force then and cannot end'));
      END IF;
    ELSIF try_rule (v_new) IS NOT NULL THEN
      RETURN QUERY VALUES (v_code, in_words ('wrong_rule', format ('it cannot be evaluated: %s', try_rule (v_new))));
    END IF;
  END LOOP;
EXCEPTION WHEN invalid_text_representation OR invalid_parameter_value OR datatype_mismatch THEN
  RETURN QUERY VALUES (coalesce (v_code, ''), SQLERRM);
END
$$;

-- The rules as they are, when there is no proposal: a function, words in both languages and one row a day for each.
CREATE FUNCTION api.check_rules (p_change jsonb DEFAULT NULL) RETURNS TABLE (code text, wrong text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor actor := demand ('clerk', 'supervisor', 'operator', 'auditor', 'admin');
BEGIN
  IF p_change IS NOT NULL THEN
    RETURN QUERY SELECT w.code, w.wrong FROM wrong_rules (p_change, coalesce (to_date_or_null (p_change ->> 'effective'), today () + 1)) w;
    RETURN;
  END IF;
  RETURN QUERY
    SELECT r.code, in_words ('wrong_rule', 'it has no function') FROM rule r
     WHERE to_regprocedure (format ('platen.rule_%s (platen.facts, jsonb)', lower (r.code))) IS NULL
    UNION ALL
    SELECT DISTINCT r.code, in_words ('wrong_rule', format ('its words in “%s” are not complete', l)) FROM rule r, unnest ('{en,fr}'::text[]) l
     WHERE NOT EXISTS (SELECT FROM rule_text t WHERE t.code = r.code AND t.language = l)
    UNION ALL
    SELECT DISTINCT a.code, in_words ('wrong_rule', 'two of its rows hold on one day') FROM rule a JOIN rule b ON b.code = a.code AND b.valid_from > a.valid_from
     WHERE coalesce (a.valid_to >= b.valid_from, true)
    UNION ALL
    SELECT r.code, in_words ('wrong_rule', format ('it cannot be evaluated: %s', t.wrong)) FROM rule r CROSS JOIN LATERAL try_rule (r) t (wrong)
     WHERE t.wrong IS NOT NULL AND coalesce (r.valid_to >= today (), true);
END
$$;

-- The rows of a change: each follows on the one before it.
CREATE FUNCTION platen.put_rules (p_rules jsonb, p_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
DECLARE
  v_item jsonb;
  v_new  rule;
BEGIN
  FOR v_item IN SELECT i FROM jsonb_array_elements (p_rules) i LOOP
    v_new := proposed_rule (v_item, p_day);
    UPDATE rule r SET valid_to = p_day - 1 WHERE r.code = v_new.code AND r.valid_from < p_day AND coalesce (r.valid_to >= p_day, true);
    IF NOT coalesce ((v_item ->> 'end')::boolean, false) THEN
      INSERT INTO rule SELECT (v_new).*;
      INSERT INTO rule_text (code, language, text, cure, valid_from)
      SELECT v_new.code, t.key, t.value ->> 'text', t.value ->> 'cure', p_day FROM jsonb_each (coalesce (v_item -> 'texts', '{}')) t;
    END IF;
  END LOOP;
END
$$;

CREATE FUNCTION platen.findings_now (p_facts platen.facts) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (jsonb_agg (DISTINCT jsonb_build_object ('rule', a.rule, 'severity', a.severity, 'category', a.params ->> 'category')), '[]') FROM apply_rules (p_facts) a
$$;

-- What would change, with nothing changed: the rules are put in a part of the transaction that is always taken back. Open applications are judged as of
-- today, those of before as of the day on which they were approved. The newest p_most of each are looked at.
CREATE FUNCTION platen.simulate (p_rules jsonb, p_most int) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_ids    bigint[];
  v_facts  facts[] := '{}';
  v_fact   facts;
  v_before jsonb[] := '{}';
  v_after  jsonb[] := '{}';
  v_total  jsonb;
  v_list   jsonb;
BEGIN
  SELECT jsonb_build_object ('open', count (*) FILTER (WHERE state NOT IN ('issued', 'rejected', 'withdrawn')), 'past', count (*) FILTER (WHERE state = 'issued'))
    INTO v_total FROM application;
  SELECT array_agg (v.id ORDER BY v.id) INTO v_ids
    FROM ((SELECT a.id FROM application a WHERE a.state NOT IN ('issued', 'rejected', 'withdrawn') ORDER BY a.id DESC LIMIT p_most)
          UNION ALL (SELECT a.id FROM application a WHERE a.state = 'issued' ORDER BY a.id DESC LIMIT p_most)) v;
  FOR v_at IN 1 .. coalesce (cardinality (v_ids), 0) LOOP
    v_fact := gather_facts (v_ids[v_at]);
    v_fact.today := coalesce ((SELECT a.issue_date FROM application a WHERE a.id = v_ids[v_at] AND a.state = 'issued'), v_fact.today);
    v_fact.open := found_open (v_fact);
    v_facts := v_facts || v_fact;
    v_before := v_before || findings_now (v_fact);
  END LOOP;
  BEGIN
    DELETE FROM rule r USING jsonb_array_elements (p_rules) i WHERE r.code = i ->> 'code' AND coalesce ((i ->> 'end')::boolean, false);
    FOR v_at IN 0 .. jsonb_array_length (p_rules) - 1 LOOP
      IF NOT coalesce ((p_rules -> v_at ->> 'end')::boolean, false) THEN
        INSERT INTO rule SELECT r.code, r.severity, r.legal_reference, '-infinity', NULL, r.parameters FROM proposed_rule (p_rules -> v_at, today ()) r;
        DELETE FROM rule r WHERE r.code = p_rules -> v_at ->> 'code' AND r.valid_from <> '-infinity';
      END IF;
    END LOOP;
    FOR v_at IN 1 .. coalesce (cardinality (v_ids), 0) LOOP
      v_after := v_after || findings_now (v_facts[v_at]);
    END LOOP;
    RAISE EXCEPTION USING ERRCODE = 'PL000', MESSAGE = 'TAKEN_BACK';
  EXCEPTION WHEN SQLSTATE 'PL000' THEN
    NULL;
  END;
  WITH looked AS (
    SELECT a.number, a.state, a.type, a.holder_name, CASE a.state WHEN 'issued' THEN 'past' ELSE 'open' END AS which,
           (SELECT jsonb_agg (n ORDER BY n::text) FROM jsonb_array_elements (v_after[i.at]) n WHERE NOT v_before[i.at] @> jsonb_build_array (n)) AS found,
           (SELECT jsonb_agg (n ORDER BY n::text) FROM jsonb_array_elements (v_before[i.at]) n WHERE NOT v_after[i.at] @> jsonb_build_array (n)) AS gone,
           v_before[i.at] @> '[{"severity": "hard"}]' AS was_stopped, v_after[i.at] @> '[{"severity": "hard"}]' AS is_stopped
      FROM unnest (v_ids) WITH ORDINALITY i (id, at) JOIN application a ON a.id = i.id),
  counted AS (
    SELECT w.which, count (l.number) AS looked, count (*) FILTER (WHERE l.found IS NOT NULL OR l.gone IS NOT NULL) AS changed,
           count (*) FILTER (WHERE l.is_stopped AND NOT l.was_stopped) AS stopped, count (*) FILTER (WHERE l.was_stopped AND NOT l.is_stopped) AS freed
      FROM (VALUES ('open'), ('past')) w (which) LEFT JOIN looked l ON l.which = w.which GROUP BY w.which)
  SELECT (SELECT jsonb_object_agg (c.which, jsonb_build_object ('all', v_total -> c.which, 'looked', c.looked, 'changed', c.changed, 'stopped', c.stopped,
                                                                 'freed', c.freed)) FROM counted c)
         || jsonb_build_object ('applications', coalesce (jsonb_agg (jsonb_build_object ('number', l.number, 'state', l.state, 'type', l.type,
              'holder', l.holder_name, 'found', coalesce (l.found, '[]'), 'gone', coalesce (l.gone, '[]')) ORDER BY l.number), '[]'))
    INTO v_list FROM looked l WHERE l.found IS NOT NULL OR l.gone IS NOT NULL;
  RETURN v_list;
END
$$;

CREATE FUNCTION platen.refuse_wrong_rules (p_change jsonb, p_day date, p_undone text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_wrong text := (SELECT string_agg (concat_ws (': ', nullif (w.code, ''), w.wrong), '; ') FROM wrong_rules (p_change, p_day) w);
BEGIN
  IF v_wrong IS NOT NULL THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The change of rules was not %s, because of this: %s. Correct the file.', p_undone, v_wrong));
  END IF;
END
$$;

CREATE FUNCTION api.simulate_rules (p_change jsonb, p_most int DEFAULT 200) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('supervisor', 'auditor', 'admin');
BEGIN
  PERFORM refuse_wrong_rules (p_change, coalesce (to_date_or_null (p_change ->> 'effective'), today () + 1), 'simulated');
  PERFORM may_read_persons ('simulate_rules');
  RETURN simulate (p_change -> 'rules', least (greatest (coalesce (p_most, 200), 1), 100000));
END
$$;

CREATE FUNCTION api.propose_rules (p_change jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('supervisor', 'admin');
  v_reason text := check_reason (p_change ->> 'reason');
  v_day    date := to_date_or_null (p_change ->> 'effective');
  v_id     bigint;
BEGIN
  IF v_reason IS NULL THEN
    PERFORM refuse ('P0001', 'REASON', 'The change of rules was not proposed, because no reason was given. Say which law changes.');
  ELSIF v_day IS NULL OR v_day < today () THEN
    PERFORM refuse ('P0001', 'NOT_VALID', 'The change of rules was not proposed, because its first day is missing or over. Give a day to come.');
  END IF;
  PERFORM refuse_wrong_rules (p_change, v_day, 'proposed');
  INSERT INTO rule_change (office, effective, rules, reason, proposed_by, workstation)
  VALUES (v_actor.office_code, v_day, p_change -> 'rules', v_reason, v_actor.staff_id, v_actor.workstation) RETURNING id INTO v_id;
  PERFORM note (v_actor, v_actor.office_code, 'rules_proposed', 'rule_change', v_id::text,
                jsonb_build_object ('effective', v_day, 'rules', p_change -> 'rules', 'why', v_reason));
  RETURN v_id;
END
$$;

CREATE FUNCTION platen.hold_rule_change (p_change bigint, p_undone text) RETURNS platen.rule_change
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_change rule_change;
BEGIN
  SELECT * INTO v_change FROM rule_change WHERE id = p_change FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was changed, because there is no change of rules with the number %s. List the changes again.',
                    coalesce (p_change::text, 'NULL')));
  ELSIF v_change.state <> 'proposed' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Change %s of the rules was not %s, because it is %s. List the changes again.', p_change, p_undone, v_change.state));
  END IF;
  RETURN v_change;
END
$$;

CREATE FUNCTION api.preview_rule_change (p_change bigint, p_most int DEFAULT 200) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('supervisor', 'admin');
  v_change rule_change := hold_rule_change (p_change, 'previewed');
  v_effect jsonb;
BEGIN
  PERFORM may_read_persons ('simulate_rules');
  v_effect := simulate (v_change.rules, least (greatest (coalesce (p_most, 200), 1), 100000));
  INSERT INTO rule_change_seen (rule_change_id, staff_id) VALUES (p_change, v_actor.staff_id) ON CONFLICT DO NOTHING;
  UPDATE rule_change SET preview = v_effect - 'applications' WHERE id = p_change;
  RETURN v_effect;
END
$$;

CREATE FUNCTION api.approve_rule_change (p_change bigint, p_reason text) RETURNS date
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('supervisor', 'admin');
  v_reason text := check_reason (p_reason);
  v_change rule_change;
BEGIN
  -- One change at a time, so that no two of one rule hold on one day.
  LOCK TABLE rule IN SHARE ROW EXCLUSIVE MODE;
  v_change := hold_rule_change (p_change, 'approved');
  IF v_change.proposed_by = v_actor.staff_id THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', format ('Change %s of the rules was not approved, because you proposed it yourself. Ask a colleague to look at it.', p_change));
  ELSIF NOT EXISTS (SELECT FROM rule_change_seen s WHERE s.rule_change_id = p_change AND s.staff_id = v_actor.staff_id) THEN
    PERFORM refuse ('P0001', 'PREVIEW', format ('Change %s of the rules was not approved, because you have not seen its effect. Look at its preview first.', p_change));
  ELSIF v_change.effective < today () THEN
    PERFORM refuse ('P0001', 'NOT_VALID', format ('Change %s of the rules was not approved, because its first day is over. Propose it with another day.', p_change));
  END IF;
  PERFORM refuse_wrong_rules (jsonb_build_object ('rules', v_change.rules), v_change.effective, 'approved');
  PERFORM put_rules (v_change.rules, v_change.effective);
  UPDATE rule_change SET state = 'approved', decided_by = v_actor.staff_id, decided_at = clock_timestamp(), decided_in = pg_current_xact_id (), decision = v_reason
   WHERE id = p_change;
  PERFORM note (v_actor, v_actor.office_code, 'rules_approved', 'rule_change', p_change::text,
                jsonb_build_object ('effective', v_change.effective, 'rules', v_change.rules, 'preview', v_change.preview, 'why', v_reason));
  RETURN v_change.effective;
END
$$;

CREATE FUNCTION api.refuse_rule_change (p_change bigint, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('supervisor', 'admin');
  v_reason text := check_reason (p_reason);
  v_change rule_change := hold_rule_change (p_change, 'refused');
BEGIN
  IF v_reason IS NULL THEN
    PERFORM refuse ('P0001', 'REASON', format ('Change %s of the rules was not refused, because no reason was given. Say why.', p_change));
  END IF;
  UPDATE rule_change SET state = 'refused', decided_by = v_actor.staff_id, decided_at = clock_timestamp(), decided_in = pg_current_xact_id (), decision = v_reason
   WHERE id = p_change;
  PERFORM note (v_actor, v_actor.office_code, 'rules_refused', 'rule_change', p_change::text, jsonb_build_object ('why', v_reason));
END
$$;

-- Each rule in force, and what it says of an application now: the same evaluation as for the window, with what is fulfilled.
CREATE FUNCTION api.explain_rules (p_application bigint)
RETURNS TABLE (rule text, severity text, outcome text, text text, cure text, legal_reference text, field text, parameters jsonb, valid_from date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor', 'operator', 'auditor');
  v_application application := find_application (v_actor, p_application);
  v_facts       facts := gather_facts (p_application);
BEGIN
  PERFORM may_read_persons ('explain_rules');
  -- What was decided is explained by the rules of its day.
  v_facts.today := CASE WHEN v_application.state IN ('issued', 'rejected', 'withdrawn') THEN coalesce (v_application.issue_date, v_facts.today) ELSE v_facts.today END;
  RETURN QUERY
    SELECT r.code, r.severity, CASE WHEN a.rule IS NULL THEN 'fulfilled' ELSE 'found' END, rule_words (r.code, 'text', a.params), rule_words (r.code, 'cure', a.params),
           in_words ('law', r.legal_reference), a.field, r.parameters, r.valid_from
      FROM unnest (rules_on (v_facts.today)) WITH ORDINALITY u (code, severity, legal_reference, valid_from, valid_to, parameters, n)
      JOIN rule r ON r.code = u.code AND r.valid_from = u.valid_from
      LEFT JOIN apply_rules (v_facts) a ON a.rule = r.code
     ORDER BY a.rule IS NULL, u.n;
END
$$;

-- With the parameters' names in braces, as it is written.
CREATE FUNCTION platen.rule_sentence (p_code text, p_part text, p_day date) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  SELECT CASE p_part WHEN 'cure' THEN t.cure ELSE t.text END
    FROM rule_text t
   WHERE t.code = p_code AND t.language IN (language (), 'en') AND t.valid_from <= greatest (p_day, today ())
   ORDER BY t.language = language () DESC, t.valid_from DESC LIMIT 1
$$;

CREATE VIEW api.rule WITH (security_barrier) AS
SELECT r.code, r.severity, platen.in_words ('law', r.legal_reference) AS legal_reference, r.valid_from, r.valid_to, r.parameters,
       platen.rule_sentence (r.code, 'text', r.valid_from) AS text, platen.rule_sentence (r.code, 'cure', r.valid_from) AS cure,
       CASE WHEN r.valid_from > platen.today () THEN 'to_come' WHEN r.valid_to < platen.today () THEN 'over' ELSE 'in_force' END AS state
  FROM platen.rule r
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.rule_change WITH (security_barrier) AS
SELECT c.id, c.office, c.effective, c.rules, c.reason, c.state, p.name AS proposed_by, p.login AS proposed_by_login, c.proposed_at, d.name AS decided_by,
       d.login AS decided_by_login, c.decided_at, c.decision, c.preview
  FROM platen.rule_change c
  JOIN platen.staff p ON p.id = c.proposed_by
  LEFT JOIN platen.staff d ON d.id = c.decided_by
 WHERE (SELECT platen.may_read ());

DO $grants$
DECLARE
  v_group text;
BEGIN
  FOREACH v_group IN ARRAY ARRAY['platen_clerk', 'platen_supervisor', 'platen_operator', 'platen_auditor', 'platen_admin'] LOOP
    EXECUTE format ('GRANT SELECT ON api.rule, api.rule_change TO %I', v_group);
    EXECUTE format ('GRANT EXECUTE ON FUNCTION platen.rule_sentence (text, text, date), api.check_rules (jsonb), api.simulate_rules (jsonb, int), api.propose_rules (jsonb),'
                    ' api.preview_rule_change (bigint, int), api.approve_rule_change (bigint, text), api.refuse_rule_change (bigint, text),'
                    ' api.explain_rules (bigint) TO %I', v_group);
  END LOOP;
END
$grants$;
REVOKE ALL ON FUNCTION platen.keep_rules (), platen.rule_sentence (text, text, date), platen.proposed_rule (jsonb, date), platen.try_rule (platen.rule), platen.wrong_rules (jsonb, date),
  api.check_rules (jsonb), platen.put_rules (jsonb, date), platen.findings_now (platen.facts), platen.simulate (jsonb, int),
  platen.refuse_wrong_rules (jsonb, date, text), api.simulate_rules (jsonb, int), api.propose_rules (jsonb), platen.hold_rule_change (bigint, text),
  api.preview_rule_change (bigint, int), api.approve_rule_change (bigint, text), api.refuse_rule_change (bigint, text), api.explain_rules (bigint) FROM PUBLIC;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'No rule was changed, because a rule is changed by one person’s proposal and another’s approval. Propose the change.',
 'Aucune règle n’a été modifiée, car une règle se modifie par la proposition d’une personne et l’approbation d’une autre. Proposez la modification.'),
('refusal', 'fr', 'The change of rules was not {rules_undone}, because of this: {wrong}. Correct the file.',
 'La modification des règles n’a pas été {rules_undone}, pour ceci : {wrong}. Corrigez le fichier.'),
('refusal', 'fr', 'The change of rules was not proposed, because no reason was given. Say which law changes.',
 'La modification des règles n’a pas été proposée, car aucun motif n’a été donné. Dites quelle loi change.'),
('refusal', 'fr', 'The change of rules was not proposed, because its first day is missing or over. Give a day to come.',
 'La modification des règles n’a pas été proposée, car son premier jour manque ou est passé. Donnez un jour à venir.'),
('refusal', 'fr', 'Nothing was changed, because there is no change of rules with the number {number}. List the changes again.',
 'Rien n’a été modifié, car il n’y a aucune modification des règles portant le numéro {number}. Affichez de nouveau les modifications.'),
('refusal', 'fr', 'Change {number} of the rules was not {rules_undone}, because it is {rules_undone2}. List the changes again.',
 'La modification {number} des règles n’a pas été {rules_undone}, car elle est déjà {rules_undone2}. Affichez de nouveau les modifications.'),
('refusal', 'fr', 'Change {number} of the rules was not approved, because you proposed it yourself. Ask a colleague to look at it.',
 'La modification {number} des règles n’a pas été approuvée, car vous l’avez proposée vous-même. Demandez à un collègue de l’examiner.'),
('refusal', 'fr', 'Change {number} of the rules was not approved, because you have not seen its effect. Look at its preview first.',
 'La modification {number} des règles n’a pas été approuvée, car vous n’avez pas vu son effet. Regardez d’abord son aperçu.'),
('refusal', 'fr', 'Change {number} of the rules was not approved, because its first day is over. Propose it with another day.',
 'La modification {number} des règles n’a pas été approuvée, car son premier jour est passé. Proposez-la avec un autre jour.'),
('refusal', 'fr', 'Change {number} of the rules was not refused, because no reason was given. Say why.',
 'La modification {number} des règles n’a pas été refusée, car aucun motif n’a été donné. Dites pourquoi.'),
('rules_undone', 'fr', 'simulated', 'simulée'), ('rules_undone', 'fr', 'proposed', 'proposée'), ('rules_undone', 'fr', 'approved', 'approuvée'),
('rules_undone', 'fr', 'refused', 'refusée'), ('rules_undone', 'fr', 'previewed', 'montrée'),
('wrong_rule', 'fr', 'there is no list of rules', 'il n’y a pas de liste de règles'),
('wrong_rule', 'fr', '“{member}” is no member of a proposal', '« {member} » n’est pas un élément d’une proposition'),
('wrong_rule', 'fr', 'it stands there twice', 'elle s’y trouve deux fois'),
('wrong_rule', 'fr', 'there is no such rule; rule list shows all', 'cette règle n’existe pas ; rule list les montre toutes'),
('wrong_rule', 'fr', '“{member}” is no member of a rule', '« {member} » n’est pas un élément d’une règle'),
('wrong_rule', 'fr', 'its severity is none of hard, soft, warning', 'sa sévérité n’est ni hard, ni soft, ni warning'),
('wrong_rule', 'fr', 'its legal reference is missing', 'sa référence légale manque'),
('wrong_rule', 'fr', 'it has no parameter “{member}”', 'elle n’a pas de paramètre « {member} »'),
('wrong_rule', 'fr', 'its parameter “{member}” is of another kind than before', 'son paramètre « {member} » est d’un autre genre qu’avant'),
('wrong_rule', 'fr', 'its words in “{language}” are not complete', 'ses textes en « {language} » ne sont pas complets'),
('wrong_rule', 'fr', 'it changes on that day or later already', 'elle change déjà ce jour-là ou plus tard'),
('wrong_rule', 'fr', 'it is not in force then and cannot end', 'elle n’est pas en vigueur ce jour-là et ne peut pas prendre fin'),
('wrong_rule', 'fr', 'it cannot be evaluated: {wrong}', 'elle ne peut pas être évaluée : {wrong}'),
('wrong_rule', 'fr', 'it has no function', 'elle n’a pas de fonction'),
('wrong_rule', 'fr', 'two of its rows hold on one day', 'deux de ses lignes valent le même jour');

INSERT INTO platen.schema_version (version, title) VALUES (81, 'changes of rules');
