-- SPDX-License-Identifier: GPL-3.0-or-later
-- How the rules are evaluated: the facts of an application, gathered once, and one function per rule that
-- gives a row of parameters for each time the rule stops it.

SET LOCAL ROLE platen_owner;

CREATE TYPE platen.facts AS (
  application_id     bigint,
  office_code        text,
  id_number          text,
  type               text,
  today              date,
  birth_date         date,
  codes              text[],  -- applied for, in the order of a card
  identity_state     text,
  driver_state       text,
  infringement_state text,
  identity           jsonb,   -- empty objects where a registry did not answer
  driver             jsonb,
  infringement       jsonb,
  has_portrait       boolean,
  has_signature      boolean
);

-- The answer that counts: the newest that is one, else the newest failure. A later failure does not
-- make an earlier answer unknown; its age is shown.
CREATE FUNCTION platen.best_source (p_application bigint, p_source text) RETURNS platen.application_source
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT s.* FROM application_source s
   WHERE s.application_id = p_application AND s.source = p_source
     AND (p_source <> 'identity' OR NOT s.for_approval)
   ORDER BY s.state IN ('answered', 'not_found') DESC, s.id DESC
   LIMIT 1
$$;

-- The different values that the registries gave for one field, spelled as they came.
CREATE FUNCTION platen.source_values (p_facts platen.facts, p_field text) RETURNS text[]
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (array_agg (v.value ORDER BY v.position), '{}')
    FROM (SELECT normalize (btrim (a.value), NFC) AS value, min (a.position) AS position
            FROM (VALUES (1, p_facts.identity ->> p_field), (2, p_facts.driver ->> p_field),
                         (3, p_facts.infringement ->> p_field)) a (position, value)
           WHERE btrim (a.value) <> ''
           GROUP BY 1) v
$$;

-- Whether a choice recorded for a field holds against what the registries say now.
CREATE FUNCTION platen.choice_holds (p_field text, p_value text, p_choice text, p_values text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (CASE p_choice
           WHEN 'none' THEN p_values = '{}' AND coalesce (p_value, '') = ''
           WHEN 'open' THEN true
           WHEN 'only' THEN ARRAY[normalize (btrim (p_value), NFC)] = p_values
           WHEN 'person' THEN normalize (btrim (p_value), NFC) = ANY (p_values)
           -- What agrees but for spelling may be told apart only where a rule may choose.
           ELSE normalize (btrim (p_value), NFC) = ANY (p_values)
                AND (cardinality (p_values) = 1
                     OR (SELECT f.by_rule = 'always' OR (f.by_rule = 'same_name' AND same_name (p_values))
                           FROM field f WHERE f.field = p_field))
         END, false)
$$;

-- The value of a person field: chosen, or agreed, or (while it is open) the identity registry's.
CREATE FUNCTION platen.person_value (p_facts platen.facts, p_field text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_values text[] := source_values (p_facts, p_field);
  v_field  application_field;
BEGIN
  IF cardinality (v_values) > 1 THEN
    SELECT * INTO v_field FROM application_field
     WHERE application_id = p_facts.application_id AND field = p_field AND choice IN ('rule', 'person', 'agreed');
    IF FOUND AND choice_holds (p_field, v_field.value, v_field.choice, v_values) THEN
      RETURN normalize (btrim (v_field.value), NFC);
    END IF;
  END IF;
  RETURN v_values[1];
END
$$;

CREATE FUNCTION platen.held_categories (p_facts platen.facts)
RETURNS TABLE (code text, valid_from date, valid_to date, restrictions text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT h.code, h.valid_from, h.valid_to, h.restrictions
    FROM parse_categories (p_facts.driver ->> 'categories') h JOIN category c ON c.code = h.code
$$;

CREATE FUNCTION platen.gather_facts (p_application bigint) RETURNS platen.facts
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_application  application;
  v_identity     application_source := best_source (p_application, 'identity');
  v_driver       application_source := best_source (p_application, 'driver');
  v_infringement application_source := best_source (p_application, 'infringement');
  v_facts        facts;
BEGIN
  SELECT * INTO STRICT v_application FROM application WHERE id = p_application;
  v_facts.application_id := p_application;
  v_facts.office_code := v_application.office_code;
  v_facts.id_number := v_application.id_number;
  v_facts.type := v_application.type;
  v_facts.today := current_date;
  v_facts.identity_state := coalesce (v_identity.state, 'not asked');
  v_facts.driver_state := coalesce (v_driver.state, 'not asked');
  v_facts.infringement_state := coalesce (v_infringement.state, 'not asked');
  v_facts.identity := CASE v_identity.state WHEN 'answered' THEN v_identity.answer ELSE '{}' END;
  v_facts.driver := CASE v_driver.state WHEN 'answered' THEN v_driver.answer ELSE '{}' END;
  v_facts.infringement := CASE v_infringement.state WHEN 'answered' THEN v_infringement.answer ELSE '{}' END;
  v_facts.has_portrait := v_application.has_portrait;
  v_facts.has_signature := v_application.has_signature;
  v_facts.birth_date := to_date_or_null (person_value (v_facts, 'birth_date'));
  -- Without codes of its own an application is for those held; an upgrade adds to them.
  SELECT coalesce (array_agg (c.code ORDER BY c.position), '{}') INTO v_facts.codes
    FROM category c
   WHERE c.code = ANY (v_application.requested)
      OR ((v_application.requested IS NULL OR v_application.type = 'upgrade')
          AND EXISTS (SELECT FROM held_categories (v_facts) h WHERE h.code = c.code));
  RETURN v_facts;
END
$$;

-- The entries that the card will carry. The day of first issue survives; a replacement or correction
-- keeps its ends too, and so does what was held before an upgrade.
CREATE FUNCTION platen.plan_categories (p_facts platen.facts, OUT categories text, OUT expiry_date date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  WITH planned AS (
    SELECT c.code, c.position, coalesce (h.restrictions, '') AS restrictions,
           CASE WHEN p_facts.type = 'new' THEN p_facts.today ELSE coalesce (h.valid_from, p_facts.today) END AS valid_from,
           CASE WHEN p_facts.type IN ('replacement', 'correction', 'upgrade') AND h.valid_to IS NOT NULL THEN h.valid_to
                WHEN c.vehicle_group = 2 THEN least (anniversary (p_facts.today, v.years) - 1,
                                                     to_date_or_null (p_facts.driver ->> 'medical_until'))
                ELSE anniversary (p_facts.today, v.years) - 1 END AS valid_to
      FROM unnest (p_facts.codes) asked (code)
      JOIN category c ON c.code = asked.code
      JOIN validity v ON v.vehicle_group = c.vehicle_group
      LEFT JOIN held_categories (p_facts) h ON h.code = c.code)
  SELECT coalesce (string_agg (format ('%s;%s;%s;%s', code, valid_from, valid_to, restrictions), '|' ORDER BY position), ''),
         min (valid_to)
    FROM planned
$$;

CREATE FUNCTION platen.rule_no_category (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT '{}'::jsonb, NULL::text WHERE f.codes = '{}'
$$;

CREATE FUNCTION platen.rule_identity_missing (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('state', replace (f.identity_state, '_', ' ')), NULL::text WHERE f.identity_state <> 'answered'
$$;

CREATE FUNCTION platen.rule_discrepancy_open (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('field', d.field, 'values', array_to_string (v.given, ' / ')), d.field
    FROM field d CROSS JOIN LATERAL source_values (f, d.field) v (given)
   WHERE d.is_person AND cardinality (v.given) > 1
     AND NOT EXISTS (SELECT FROM application_field c
                      WHERE c.application_id = f.application_id AND c.field = d.field AND c.choice <> 'open'
                        AND choice_holds (c.field, c.value, c.choice, v.given))
   ORDER BY d.position
$$;

CREATE FUNCTION platen.rule_deceased (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('source', s.source, 'date', s.answer ->> 'death_date'), 'death_date'::text
    FROM (VALUES ('identity', f.identity), ('driver', f.driver), ('infringement', f.infringement)) s (source, answer)
   WHERE btrim (s.answer ->> 'death_date') <> ''
   LIMIT 1
$$;

CREATE FUNCTION platen.rule_under_age (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('category', c.code, 'age', c.min_age, 'date', anniversary (f.birth_date, c.min_age)), 'birth_date'::text
    FROM category c
   WHERE c.code = ANY (f.codes) AND f.today < anniversary (f.birth_date, c.min_age)
   ORDER BY c.position
$$;

CREATE FUNCTION platen.rule_prerequisite (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('category', c.code, 'needed', c.prerequisite), 'categories'::text
    FROM category c
   WHERE c.code = ANY (f.codes) AND c.prerequisite <> ALL (f.codes)
     AND NOT EXISTS (SELECT FROM held_categories (f) h WHERE h.code = c.prerequisite)
   ORDER BY c.position
$$;

-- While the driver registry has not answered nobody knows; DRIVER_UNANSWERED says so.
CREATE FUNCTION platen.rule_not_held (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('category', c.code), 'categories'::text
    FROM category c
   WHERE f.type IN ('renewal', 'replacement', 'correction') AND f.driver_state IN ('answered', 'not_found')
     AND c.code = ANY (f.codes) AND NOT EXISTS (SELECT FROM held_categories (f) h WHERE h.code = c.code)
   ORDER BY c.position
$$;

CREATE FUNCTION platen.rule_has_licence (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('number', v.number, 'date', coalesce (v.until::text, '?')), 'licence_number'::text
    FROM (SELECT l.number, l.expiry_date AS until FROM licence l
           WHERE l.id_number = f.id_number AND l.expiry_date >= f.today
          UNION ALL
          SELECT coalesce (f.driver ->> 'licence_number', '?'), to_date_or_null (f.driver ->> 'licence_expiry')
           WHERE f.driver ->> 'licence_status' IN ('valid', 'suspended')
             AND coalesce (to_date_or_null (f.driver ->> 'licence_expiry') >= f.today, true)) v
   WHERE f.type = 'new'
   LIMIT 1
$$;

CREATE FUNCTION platen.rule_expired (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('category', h.code, 'date', h.valid_to), 'categories'::text
    FROM held_categories (f) h JOIN category c ON c.code = h.code
   WHERE f.type IN ('replacement', 'correction', 'upgrade') AND h.code = ANY (f.codes) AND h.valid_to < f.today
   ORDER BY c.position
$$;

CREATE FUNCTION platen.rule_suspended (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('date', coalesce (v.until::text, 'further notice'),
                             'earliest', coalesce ((v.until + 1)::text, 'the day on which the suspension ends')), 'licence_status'::text
    FROM (SELECT to_date_or_null (f.driver ->> 'suspended_until') AS until) v
   WHERE v.until >= f.today OR (v.until IS NULL AND f.driver ->> 'licence_status' = 'suspended')
$$;

CREATE FUNCTION platen.rule_withdrawn (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT '{}'::jsonb, 'licence_status'::text WHERE f.driver ->> 'licence_status' = 'withdrawn'
$$;

CREATE FUNCTION platen.rule_medical_expired (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('category', string_agg (c.code, ', ' ORDER BY c.position), 'date', coalesce (min (v.until)::text, '—')),
         'medical_until'::text
    FROM category c, (SELECT to_date_or_null (f.driver ->> 'medical_until') AS until) v
   WHERE c.vehicle_group = 2 AND c.code = ANY (f.codes) AND coalesce (v.until < f.today, true)
  HAVING count (*) > 0
$$;

CREATE FUNCTION platen.rule_photo_missing (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT '{}'::jsonb, NULL::text WHERE NOT f.has_portrait
$$;

CREATE FUNCTION platen.rule_signature_missing (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT '{}'::jsonb, NULL::text WHERE NOT f.has_signature
$$;

-- "Knows nobody" is an answer of these two registries.
CREATE FUNCTION platen.rule_driver_unanswered (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('state', replace (f.driver_state, '_', ' ')), NULL::text
   WHERE f.driver_state NOT IN ('answered', 'not_found')
$$;

CREATE FUNCTION platen.rule_infringement_unanswered (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('state', replace (f.infringement_state, '_', ' ')), NULL::text
   WHERE f.infringement_state NOT IN ('answered', 'not_found')
$$;

CREATE FUNCTION platen.rule_points (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('points', v.points, 'limit', p -> 'limit'), 'points'::text
    FROM (SELECT max (s.points::int) AS points
            FROM (VALUES (f.infringement ->> 'points'), (f.driver ->> 'points')) s (points)
           WHERE s.points ~ '^[0-9]{1,6}$') v
   WHERE v.points >= (p ->> 'limit')::int
$$;

CREATE FUNCTION platen.rule_unpaid (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('amount', to_char (v.unpaid / 100.0, 'FM999999999999990.00')), 'unpaid'::text
    FROM (SELECT (f.infringement ->> 'unpaid')::bigint AS unpaid WHERE f.infringement ->> 'unpaid' ~ '^[0-9]{1,14}$') v
   WHERE v.unpaid > 0
$$;

CREATE FUNCTION platen.rule_open_card (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('number', l.card_number, 'date', l.expiry_date), NULL::text
    FROM licence l
   WHERE l.id_number = f.id_number AND l.expiry_date >= f.today AND l.application_id <> f.application_id
$$;

-- Runs every rule that is in force on the day of the facts. A rule's function is rule_CODE; a row of
-- platen.rule without one is a fault of the installation and is told as such.
CREATE FUNCTION platen.apply_rules (p_facts platen.facts)
RETURNS TABLE (rule text, severity text, legal_reference text, field text, params jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_rule rule;
BEGIN
  FOR v_rule IN
    SELECT r.* FROM rule r
     WHERE r.valid_from <= p_facts.today AND coalesce (r.valid_to >= p_facts.today, true)
     ORDER BY array_position (ARRAY['hard', 'soft', 'warning'], r.severity), r.code
  LOOP
    RETURN QUERY EXECUTE format ('SELECT $3, $4, $5, e.field, e.params FROM platen.%I ($1, $2) e', 'rule_' || lower (v_rule.code))
      USING p_facts, v_rule.parameters, v_rule.code, v_rule.severity, v_rule.legal_reference;
  END LOOP;
END
$$;

-- Stores what follows from the facts: holder's name, planned categories, findings. Before the approval
-- the categories are a plan; from then on they are fixed.
CREATE FUNCTION platen.refresh_application (p_application bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_facts facts := gather_facts (p_application);
  v_name  text := nullif (concat_ws (' ', person_value (v_facts, 'given_names'), person_value (v_facts, 'family_name')), '');
BEGIN
  UPDATE application a SET holder_name = v_name, categories = p.categories
    FROM plan_categories (v_facts) p
   WHERE a.id = p_application AND a.state IN ('draft', 'returned')
     AND (a.holder_name, a.categories) IS DISTINCT FROM (v_name, p.categories);
END
$$;

CREATE FUNCTION platen.evaluate_application (p_application bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_facts facts := gather_facts (p_application);
BEGIN
  DELETE FROM finding WHERE application_id = p_application;
  INSERT INTO finding (application_id, office_code, position, rule, severity, legal_reference, field, params)
  SELECT p_application, v_facts.office_code, row_number () OVER (), r.rule, r.severity, r.legal_reference, r.field, r.params
    FROM apply_rules (v_facts) r;
  UPDATE application a SET stops = v.stops
    FROM (SELECT count (*) AS stops FROM finding WHERE application_id = p_application AND severity = 'hard') v
   WHERE a.id = p_application AND a.stops <> v.stops;
END
$$;

-- Evaluates anew and refuses, listing each hard stop with its cure.
CREATE FUNCTION platen.refuse_stops (p_application platen.application, p_undone text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_stops text;
BEGIN
  PERFORM evaluate_application (p_application.id);
  SELECT string_agg (rule_words (f.rule, 'text', f.params) || ' ' || rule_words (f.rule, 'cure', f.params), E'\n' ORDER BY f.position)
    INTO v_stops FROM finding f WHERE f.application_id = p_application.id AND f.severity = 'hard';
  IF v_stops IS NOT NULL THEN
    PERFORM refuse ('P0001', 'FINDINGS', format (E'Application %s was not %s, because:\n%s', p_application.number, p_undone, v_stops));
  END IF;
END
$$;

INSERT INTO platen.schema_version (version, title) VALUES (7, 'findings');
