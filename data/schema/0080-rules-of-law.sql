-- SPDX-License-Identifier: GPL-3.0-or-later
-- The rules of law, whole: each a row with its parameters, each finding with what is missing, from which day on it is possible, and which paper
-- cures it. What a rule needs and neither a registry nor a paper says is told as unknown and never taken as fulfilled. Ages, durations, terms,
-- implied categories and agreements with other countries are parameters, so that a change of law is a change of rows.

SET LOCAL ROLE platen_owner;

-- What registries say beyond the fields of before. Rows are separated by |, their values by ;.
INSERT INTO platen.field (field, position, is_person, is_date, by_rule, title, title_fr) VALUES
  ('resident_since',    22, false, true,  'never', 'residence since', 'résidence depuis'),
  ('residence_country', 23, false, false, 'never', 'country of residence', 'pays de résidence'),
  ('disqualified_until', 24, false, true, 'never', 'end of disqualification', 'fin de l’interdiction de conduire'),
  ('offences',          25, false, false, 'never', 'offences', 'infractions'),                 -- day;points;code
  ('tests',             26, false, false, 'never', 'driving tests', 'examens de conduite'),    -- category;theory|practical;day;passed|failed;examiner
  ('medicals',          27, false, false, 'never', 'medical certificates', 'certificats médicaux'); -- group;day;until;fit|unfit

ALTER TYPE platen.facts ADD ATTRIBUTE cause text;
ALTER TYPE platen.facts ADD ATTRIBUTE origin jsonb;    -- country, number, expiry of the foreign licence, ban_ended
ALTER TYPE platen.facts ADD ATTRIBUTE open jsonb;      -- the fields that are open, once they were looked for
ALTER TYPE platen.facts ADD ATTRIBUTE evidence jsonb;  -- papers that stand: kind, dated, reference, and what they say

CREATE FUNCTION platen.evidence (p_facts platen.facts, p_kind text) RETURNS SETOF jsonb
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT e FROM jsonb_array_elements (coalesce (p_facts.evidence, '[]')) e WHERE e ->> 'kind' = p_kind ORDER BY e ->> 'dated', e ->> 'reference'
$$;

CREATE FUNCTION platen.evidence_of (p_application bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT coalesce (jsonb_agg (e.details || jsonb_build_object ('kind', e.kind, 'dated', e.dated, 'reference', e.reference) ORDER BY e.id), '[]')
    FROM application_evidence e WHERE e.application_id = p_application AND e.withdrawn_at IS NULL
$$;

-- The parameters of a rule on a day; nothing where it was not in force.
CREATE FUNCTION platen.rule_params (p_code text, p_day date) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce ((SELECT r.parameters FROM rule r
                     WHERE r.code = p_code AND r.valid_from <= p_day AND coalesce (r.valid_to >= p_day, true)
                     ORDER BY r.valid_from DESC LIMIT 1), '{}')
$$;

CREATE FUNCTION platen.months_on (p_day date, p_months int) RETURNS date
LANGUAGE sql IMMUTABLE STRICT SET search_path = platen, pg_temp AS $$
  SELECT (p_day + make_interval (months => p_months))::date
$$;

CREATE FUNCTION platen.has_kind (p_facts platen.facts, p_params jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (p_params -> 'kinds' ? p_facts.type, true)
$$;

-- Codes with what they imply, by the rule IMPLIED of that day.
CREATE FUNCTION platen.with_implied (p_codes text[], p_day date) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_implies jsonb := rule_params ('IMPLIED', p_day) -> 'implies';
  v_codes   text[] := coalesce (p_codes, '{}');
  v_at      int := 1;
BEGIN
  WHILE v_at <= cardinality (v_codes) LOOP
    v_codes := v_codes || ARRAY (SELECT t FROM jsonb_array_elements_text (coalesce (v_implies -> v_codes[v_at], '[]')) t WHERE t <> ALL (v_codes));
    v_at := v_at + 1;
  END LOOP;
  RETURN v_codes;
END
$$;

CREATE FUNCTION platen.held_codes (p_facts platen.facts) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT with_implied (coalesce (array_agg (h.code), '{}'), p_facts.today) FROM held_categories (p_facts) h
$$;

-- Since when a category is held, itself or by one that implies it: of the registry, of the foreign licence, or by a paper.
CREATE FUNCTION platen.held_since (p_facts platen.facts, p_code text) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT min (v.since) FROM (
    SELECT h.code, h.valid_from FROM held_categories (p_facts) h
    UNION ALL SELECT e ->> 'category', to_date_or_null (e ->> 'since') FROM evidence (p_facts, 'held') e
    UNION ALL SELECT l.code, l.valid_from FROM evidence (p_facts, 'foreign_licence') e, parse_categories (e ->> 'categories') l) v (code, since)
   WHERE v.since IS NOT NULL AND p_code = ANY (with_implied (ARRAY[v.code], p_facts.today))
$$;

CREATE FUNCTION platen.tests (p_facts platen.facts) RETURNS TABLE (code text, part text, day date, passed boolean, examiner text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT split_part (t, ';', 1), split_part (t, ';', 2), to_date_or_null (split_part (t, ';', 3)), split_part (t, ';', 4) = 'passed', split_part (t, ';', 5)
    FROM string_to_table (nullif (p_facts.driver ->> 'tests', ''), '|') t
  UNION ALL
  SELECT e ->> 'category', replace (e ->> 'kind', '_test', ''), to_date_or_null (e ->> 'dated'), e ->> 'result' = 'passed', coalesce (e ->> 'examiner', '')
    FROM jsonb_array_elements (coalesce (p_facts.evidence, '[]')) e WHERE e ->> 'kind' IN ('theory_test', 'practical_test')
$$;

-- The last day on which somebody passed that part for a category, or for one that implies it.
CREATE FUNCTION platen.passed_on (p_facts platen.facts, p_code text, p_part text) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT max (t.day) FROM tests (p_facts) t
   WHERE t.passed AND t.part = p_part AND t.day <= p_facts.today
     AND (t.code = p_code OR p_code = ANY (with_implied (ARRAY[t.code], p_facts.today)))
$$;

-- Certificates; the driver register's own day stands for one of group 2 whose day is not known.
CREATE FUNCTION platen.medicals (p_facts platen.facts) RETURNS TABLE (grp int, dated date, until date, fit boolean)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT CASE split_part (t, ';', 1) WHEN '1' THEN 1 ELSE 2 END, coalesce (to_date_or_null (split_part (t, ';', 2)), '-infinity'), to_date_or_null (split_part (t, ';', 3)),
         split_part (t, ';', 4) <> 'unfit'
    FROM string_to_table (nullif (p_facts.driver ->> 'medicals', ''), '|') t WHERE split_part (t, ';', 1) IN ('1', '2')
  UNION ALL
  SELECT 2, '-infinity', to_date_or_null (p_facts.driver ->> 'medical_until'), true
   WHERE to_date_or_null (p_facts.driver ->> 'medical_until') IS NOT NULL
  UNION ALL
  SELECT (e ->> 'group')::int, to_date_or_null (e ->> 'dated'), to_date_or_null (e ->> 'until'), e ->> 'result' = 'fit'
    FROM evidence (p_facts, 'medical') e
$$;

-- Whether the last word of a doctor for a group is no; unfit for group 1 is unfit for both.
CREATE FUNCTION platen.is_unfit (p_facts platen.facts, p_group int) RETURNS boolean
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce ((SELECT NOT m.fit FROM medicals (p_facts) m
                     WHERE CASE WHEN m.fit THEN m.grp >= p_group ELSE m.grp <= p_group END AND m.dated <= p_facts.today
                     ORDER BY m.dated DESC, m.fit LIMIT 1), false)
$$;

-- Until when a doctor says fit for a group; NULL where none does. Fit for group 2 is fit for both.
CREATE FUNCTION platen.fit_until (p_facts platen.facts, p_group int) RETURNS date
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN NOT is_unfit (p_facts, p_group)
              THEN (SELECT max (m.until) FROM medicals (p_facts) m WHERE m.fit AND m.grp >= p_group AND m.dated <= p_facts.today) END
$$;

-- Whether a decision at hand gives back what was taken.
CREATE FUNCTION platen.is_lifted (p_facts platen.facts, p_what text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT EXISTS (SELECT FROM evidence (p_facts, 'lifting') e WHERE e ->> 'what' = p_what AND to_date_or_null (e ->> 'dated') <= p_facts.today)
$$;

-- How many days before or after a birthday count nothing: the law counts anniversaries.
CREATE FUNCTION platen.is_aged (p_facts platen.facts, p_years int) RETURNS boolean
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT p_facts.today >= anniversary (p_facts.birth_date, p_years)
$$;

-- When a first licence was given: not by the categories that the rule leaves out.
CREATE FUNCTION platen.first_issued (p_facts platen.facts, p_params jsonb) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT min (h.valid_from) FROM held_categories (p_facts) h WHERE NOT coalesce (p_params -> 'without' ? h.code, false)
$$;

-- Offences that count on the day: each until the day before its anniversary in months. In the probation, and the same again within the months of the
-- rule, they count more. p: the rule POINTS.
CREATE FUNCTION platen.counted_offences (p_facts platen.facts, p jsonb) RETURNS TABLE (day date, points int, ends date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  WITH offence AS (
    SELECT to_date_or_null (split_part (t, ';', 1)) AS day, CASE WHEN split_part (t, ';', 2) ~ '^[0-9]{1,3}$' THEN split_part (t, ';', 2)::int ELSE 0 END AS points,
           split_part (t, ';', 3) AS code, n
      FROM string_to_table (nullif (p_facts.infringement ->> 'offences', ''), '|') WITH ORDINALITY s (t, n))
  SELECT o.day,
         o.points * CASE WHEN o.day < months_on (first_issued (p_facts, rule_params ('PROBATION', p_facts.today)), (p ->> 'probation_months')::int)
                         THEN coalesce ((p ->> 'probation_factor')::int, 1) ELSE 1 END
                  * CASE WHEN o.code <> '' AND EXISTS (SELECT FROM offence e WHERE e.code = o.code AND (e.day, e.n) < (o.day, o.n)
                                                          AND months_on (e.day, (p ->> 'again_months')::int) > o.day)
                         THEN coalesce ((p ->> 'again_factor')::int, 1) ELSE 1 END,
         months_on (o.day, coalesce ((p ->> 'window_months')::int, 36))
    FROM offence o
   WHERE o.day <= p_facts.today AND o.points > 0 AND months_on (o.day, coalesce ((p ->> 'window_months')::int, 36)) > p_facts.today
$$;

-- The points, and the first day on which fewer than p_limit are left (NULL: nobody knows).
CREATE FUNCTION platen.points_of (p_facts platen.facts, p_limit int, OUT points int, OUT earliest date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  p        jsonb := rule_params ('POINTS', p_facts.today);
  v_course int;
  v_total  int;
BEGIN
  SELECT least (coalesce (sum ((e ->> 'points')::int), 0), coalesce ((p ->> 'course_most')::int, 0)) INTO v_course
    FROM evidence (p_facts, 'course') e
   WHERE months_on (to_date_or_null (e ->> 'dated'), coalesce ((p ->> 'window_months')::int, 36)) > p_facts.today;
  -- CASE, because a value that is known when the query is planned is converted then.
  SELECT max (CASE WHEN s.points ~ '^[0-9]{1,6}$' THEN s.points::int END) INTO v_total
    FROM (SELECT p_facts.infringement ->> 'points' WHERE coalesce (p_facts.infringement ->> 'offences', '') = ''
          UNION ALL SELECT p_facts.driver ->> 'points') s (points);
  SELECT sum (o.points) INTO points FROM counted_offences (p_facts, p) o;
  IF coalesce (points, 0) >= coalesce (v_total, 0) THEN
    SELECT min (o.ends) INTO earliest
      FROM counted_offences (p_facts, p) o
     WHERE (SELECT coalesce (sum (r.points), 0) FROM counted_offences (p_facts, p) r WHERE r.ends > o.ends) - v_course < p_limit;
  END IF;
  points := greatest (greatest (points, v_total) - v_course, 0);
END
$$;

CREATE OR REPLACE FUNCTION platen.gather_facts (p_application bigint, p_entered_only boolean) RETURNS platen.facts
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
DECLARE
  v_application  application;
  v_identity     application_source := best_source (p_application, 'identity', p_entered_only);
  v_driver       application_source := best_source (p_application, 'driver', p_entered_only);
  v_infringement application_source := best_source (p_application, 'infringement', p_entered_only);
  v_facts        facts;
BEGIN
  SELECT * INTO STRICT v_application FROM application WHERE id = p_application;
  v_facts.application_id := p_application;
  v_facts.office_code := v_application.office_code;
  v_facts.id_number := v_application.id_number;
  v_facts.type := v_application.type;
  v_facts.today := today ();
  v_facts.identity_state := coalesce (v_identity.state, 'not asked');
  v_facts.driver_state := coalesce (v_driver.state, 'not asked');
  v_facts.infringement_state := coalesce (v_infringement.state, 'not asked');
  v_facts.identity := CASE v_identity.state WHEN 'answered' THEN v_identity.answer ELSE '{}' END;
  v_facts.driver := CASE v_driver.state WHEN 'answered' THEN v_driver.answer ELSE '{}' END;
  v_facts.infringement := CASE v_infringement.state WHEN 'answered' THEN v_infringement.answer ELSE '{}' END;
  v_facts.others := other_answers (p_application, p_entered_only);
  v_facts.has_portrait := v_application.has_portrait;
  v_facts.has_signature := v_application.has_signature;
  -- From what it starts is said where the office's kinds of application ask for it.
  v_facts.cause := to_jsonb (v_application) ->> 'cause';
  v_facts.origin := (SELECT jsonb_strip_nulls (jsonb_build_object ('country', a -> 'foreign_country', 'number', a -> 'foreign_number',
                                                                   'expiry', a -> 'foreign_expiry', 'ban_ended', a -> 'ban_ended'))
                       FROM to_jsonb (v_application) a);
  v_facts.evidence := evidence_of (p_application);
  v_facts.birth_date := to_date_or_null (person_value (v_facts, 'birth_date'));
  -- Without codes of its own an application is for those held, an exchange for those of the foreign licence; an upgrade adds to them.
  SELECT coalesce (array_agg (c.code ORDER BY c.position), '{}') INTO v_facts.codes
    FROM category c
   WHERE c.code = ANY (v_application.requested)
      OR (v_application.requested IS NULL AND v_application.type = 'exchange'
          AND EXISTS (SELECT FROM evidence (v_facts, 'foreign_licence') e, parse_categories (e ->> 'categories') l WHERE l.code = c.code))
      OR ((v_application.requested IS NULL OR v_application.type = 'upgrade')
          AND EXISTS (SELECT FROM held_categories (v_facts) h WHERE h.code = c.code));
  RETURN v_facts;
END
$$;

-- How many years a category is good for at this age: the last step of the rule VALIDITY whose age is reached, of the category itself or else of its
-- group.
CREATE FUNCTION platen.years_valid (p_facts platen.facts, p_category platen.category, p_params jsonb) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce ((SELECT (s ->> 'years')::int
                      FROM jsonb_array_elements (coalesce (p_params -> p_category.code, p_params -> p_category.vehicle_group::text, '[]')) s
                     WHERE (s ->> 'from_age')::int = 0 OR is_aged (p_facts, (s ->> 'from_age')::int)
                     ORDER BY (s ->> 'from_age')::int DESC LIMIT 1),
                   (SELECT v.years FROM validity v WHERE v.vehicle_group = p_category.vehicle_group))
$$;

-- The day beyond which no card goes: that of the doctor's word. For group 1 where the law asks for one, or a paper at hand says it.
CREATE FUNCTION platen.medical_end (p_facts platen.facts, p_group int) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN p_group = 2 OR is_aged (p_facts, (rule_params ('MEDICAL_AGE', p_facts.today) ->> 'age')::int)
                   OR EXISTS (SELECT FROM evidence (p_facts, 'medical') e WHERE e ->> 'group' = '1') THEN fit_until (p_facts, p_group) END
$$;

-- The condition of the rule UNDER_AGE under which somebody younger may have a category, where it is the reason why they may.
CREATE FUNCTION platen.age_condition (p_facts platen.facts, p_category platen.category, p_params jsonb) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT c FROM jsonb_array_elements (p_params -> 'conditions') c
   WHERE c ->> 'category' = p_category.code AND is_aged (p_facts, (c ->> 'age')::int)
     AND EXISTS (SELECT FROM evidence (p_facts, c ->> 'needs') e
                  WHERE coalesce (e ->> 'category', p_category.code) = p_category.code
                    AND coalesce (to_date_or_null (e ->> 'until') >= p_facts.today, true))
     AND NOT coalesce (is_aged (p_facts, coalesce ((p_params -> 'ages' ->> p_category.code)::int, p_category.min_age)), true)
   ORDER BY (c ->> 'age')::int LIMIT 1
$$;

-- How long a kind of application gives: anew, as held, or for a number of months. The office's kinds say it where they are rows.
CREATE FUNCTION platen.kind_validity (p_type text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_validity text;
BEGIN
  IF to_regclass ('platen.application_kind') IS NOT NULL THEN
    EXECUTE 'SELECT CASE WHEN k.validity = ''months'' THEN k.validity_months::text WHEN k.validity IN (''held'', ''added'') THEN ''held'' ELSE ''anew'' END'
            ' FROM platen.application_kind k WHERE k.code = $1' INTO v_validity USING p_type;
  END IF;
  RETURN coalesce (v_validity, CASE WHEN p_type IN ('replacement', 'correction', 'upgrade') THEN 'held' WHEN p_type = 'international' THEN '36'
                                    WHEN p_type = 'temporary' THEN '2' ELSE 'anew' END);
END
$$;

-- The entries that the card will carry. The day of first issue survives; what is made again keeps its ends, and so does what was held before an
-- upgrade; a permit of some months ends with its licence. What is newly granted brings what it implies. Nothing outlives the doctor's word.
CREATE OR REPLACE FUNCTION platen.plan_categories (p_facts platen.facts, OUT categories text, OUT expiry_date date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
DECLARE
  v_terms    jsonb := rule_params ('VALIDITY', p_facts.today);
  v_ages     jsonb := rule_params ('UNDER_AGE', p_facts.today);
  v_code     text := CASE p_facts.type WHEN 'exchange' THEN rule_params ('EXCHANGE', p_facts.today) ->> 'restriction' END;
  v_ends     date[] := ARRAY[medical_end (p_facts, 1), medical_end (p_facts, 2)];
  v_validity text := kind_validity (p_facts.type);
  v_held     text[];
  v_granted  text[] := p_facts.codes;
BEGIN
  IF rule_params ('IMPLIED', p_facts.today) -> 'on_card' ? p_facts.type THEN
    SELECT array_agg (h.code) INTO v_held FROM held_categories (p_facts) h WHERE p_facts.type <> 'exchange';
    v_granted := v_granted || ARRAY (
      SELECT i FROM unnest (with_implied (ARRAY (SELECT unnest (p_facts.codes) EXCEPT SELECT unnest (v_held)), p_facts.today)) i
       WHERE i <> ALL (p_facts.codes) AND i <> ALL (coalesce (v_held, '{}')));
  END IF;
  SELECT coalesce (string_agg (format ('%s;%s;%s;%s', e.code, e.valid_from, e.valid_to, e.restrictions), '|' ORDER BY e.position), ''), min (e.valid_to)
    INTO categories, expiry_date
    FROM (SELECT c.code, c.position,
                 concat_ws (',', nullif (h.restrictions, ''), age_condition (p_facts, c, v_ages) ->> 'restriction', v_code) AS restrictions,
                 CASE WHEN p_facts.type = 'new' THEN p_facts.today ELSE coalesce (h.valid_from, p_facts.today) END AS valid_from,
                 least (CASE WHEN v_validity = 'held' AND h.valid_to IS NOT NULL THEN h.valid_to
                             WHEN v_validity ~ '^[0-9]+$' THEN least (months_on (p_facts.today, v_validity::int) - 1, h.valid_to)
                             ELSE anniversary (p_facts.today, years_valid (p_facts, c, v_terms)) - 1 END,
                        v_ends[c.vehicle_group]) AS valid_to
            FROM category c
            LEFT JOIN (SELECT h.code, h.valid_from, h.valid_to, h.restrictions FROM held_categories (p_facts) h WHERE p_facts.type <> 'exchange'
                       UNION ALL
                       SELECT l.code, min (l.valid_from), NULL, min (l.restrictions)
                         FROM evidence (p_facts, 'foreign_licence') e, parse_categories (e ->> 'categories') l
                        WHERE p_facts.type = 'exchange' GROUP BY l.code) h ON h.code = c.code
           WHERE c.code = ANY (v_granted)) e;
END
$$;

-- What the registries disagree on is looked for once, for both rules.
CREATE FUNCTION platen.found_open (p_facts platen.facts) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (jsonb_agg (jsonb_build_object ('field', o.field, 'values', array_to_string (o.given, ' / '), 'outcome', o.outcome) ORDER BY o.position), '[]')
    FROM open_fields (p_facts) o
$$;

CREATE OR REPLACE FUNCTION platen.rule_discrepancy_open (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT o - 'outcome', o ->> 'field' FROM jsonb_array_elements (coalesce (f.open, found_open (f))) o WHERE o ->> 'outcome' IS DISTINCT FROM 'stopped'
$$;

CREATE OR REPLACE FUNCTION platen.rule_discrepancy_stopped (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT o - 'outcome', o ->> 'field' FROM jsonb_array_elements (coalesce (f.open, found_open (f))) o WHERE o ->> 'outcome' = 'stopped'
$$;

-- Minimum age, by category and with conditions.
CREATE OR REPLACE FUNCTION platen.rule_under_age (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('category', c.code, 'age', v.age, 'date', anniversary (f.birth_date, v.age),
                             'unless', coalesce ((SELECT format (' or from %s with this paper: %s', greatest (anniversary (f.birth_date, (o ->> 'age')::int), f.today), k.title)
                                                    FROM jsonb_array_elements (p -> 'conditions') o JOIN evidence_kind k ON k.kind = o ->> 'needs'
                                                   WHERE o ->> 'category' = c.code ORDER BY (o ->> 'age')::int LIMIT 1), '')), 'birth_date'::text
    FROM category c CROSS JOIN LATERAL (SELECT coalesce ((p -> 'ages' ->> c.code)::int, c.min_age) AS age) v
   WHERE c.code = ANY (f.codes) AND f.today < anniversary (f.birth_date, v.age)
     AND (f.type NOT IN ('replacement', 'correction', 'international', 'temporary') OR NOT c.code = ANY ((SELECT held_codes (f))::text[]))
     AND age_condition (f, c, p) IS NULL
   ORDER BY c.position
$$;

CREATE OR REPLACE FUNCTION platen.rule_prerequisite (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('category', c.code, 'needed', c.prerequisite), 'categories'::text
    FROM category c, (SELECT with_implied (f.codes, f.today) || held_codes (f) AS codes) v
   WHERE c.code = ANY (f.codes) AND c.prerequisite <> ALL (v.codes)
   ORDER BY c.position
$$;

-- How long another category must have been held before; an age may do instead.
CREATE FUNCTION platen.rule_held_too_short (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('category', c.code, 'needed', d ->> 'held', 'months', d -> 'months', 'since', coalesce (v.since::text, 'unknown'),
                             'earliest', coalesce (least (months_on (v.since, (d ->> 'months')::int), anniversary (f.birth_date, (d ->> 'unless_age')::int))::text,
                                                   'the day that a proof of it gives')), 'categories'::text
    FROM jsonb_array_elements (p -> 'durations') d
    JOIN category c ON c.code = d ->> 'category'
   CROSS JOIN LATERAL (SELECT held_since (f, d ->> 'held') AS since) v
   WHERE has_kind (f, p) AND c.code = ANY (f.codes) AND NOT c.code = ANY ((SELECT held_codes (f))::text[])
     AND NOT coalesce (is_aged (f, (d ->> 'unless_age')::int), false)
     AND NOT coalesce (months_on (v.since, (d ->> 'months')::int) <= f.today, false)
   ORDER BY c.position
$$;

CREATE OR REPLACE FUNCTION platen.rule_not_held (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('category', c.code), 'categories'::text
    FROM category c
   WHERE f.type IN ('renewal', 'replacement', 'correction', 'international', 'temporary') AND f.driver_state IN ('answered', 'not_found')
     AND c.code = ANY (f.codes) AND NOT c.code = ANY ((SELECT held_codes (f))::text[])
   ORDER BY c.position
$$;

-- Rows that only carry parameters: terms, implied categories.
CREATE FUNCTION platen.rule_validity (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('category', string_agg (c.code, ', ' ORDER BY c.position), 'date', min (v.until)), 'birth_date'::text
    FROM category c
    JOIN validity t ON t.vehicle_group = c.vehicle_group
   CROSS JOIN LATERAL (SELECT anniversary (f.today, years_valid (f, c, p)) - 1 AS until) v
   WHERE c.code = ANY (f.codes) AND has_kind (f, p) AND years_valid (f, c, p) < t.years
  HAVING count (*) > 0
$$;

CREATE FUNCTION platen.rule_implied (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('category', string_agg (c.code, ', ' ORDER BY c.position)), 'categories'::text
    FROM category c
   WHERE p -> 'on_card' ? f.type AND c.code = ANY ((SELECT with_implied (ARRAY (SELECT unnest (f.codes) EXCEPT SELECT unnest (held_codes (f))), f.today))::text[])
     AND c.code <> ALL (f.codes) AND c.code <> ALL ((SELECT held_codes (f))::text[])
  HAVING count (*) > 0
$$;

-- One person, one licence: nobody is given a second one, of whatever country the first is.
CREATE OR REPLACE FUNCTION platen.rule_has_licence (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('number', v.number, 'date', coalesce (v.until::text, '?')), 'licence_number'::text
    FROM (SELECT l.number, l.expiry_date AS until FROM licence l
           WHERE l.id_number = ANY (same_person (f.id_number)) AND l.expiry_date >= f.today
             AND coalesce (f.driver ->> 'licence_status', '') <> 'withdrawn'
          UNION ALL
          SELECT coalesce (f.driver ->> 'licence_number', '?'), to_date_or_null (f.driver ->> 'licence_expiry')
           WHERE f.driver ->> 'licence_status' IN ('valid', 'suspended')
             AND coalesce (to_date_or_null (f.driver ->> 'licence_expiry') >= f.today, true)) v
   WHERE f.type IN ('new', 'exchange')
   LIMIT 1
$$;

CREATE FUNCTION platen.rule_foreign_licence (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('number', e ->> 'number', 'country', e ->> 'country'), 'licence_number'::text
    FROM evidence (f, 'foreign_licence') e
   WHERE f.type = 'new' AND coalesce (to_date_or_null (e ->> 'until') >= f.today, true)
$$;

-- Residence: where it is known to be elsewhere or too short, and where nobody knows.
CREATE FUNCTION platen.resident_since (p_facts platen.facts) RETURNS date
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce ((SELECT min (to_date_or_null (e ->> 'since')) FROM evidence (p_facts, 'residence') e
                     WHERE coalesce (to_date_or_null (e ->> 'until') >= p_facts.today, true)),
                   (SELECT min (to_date_or_null (a.answer ->> 'resident_since')) FROM answers (p_facts) a))
$$;

CREATE FUNCTION platen.rule_residence (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('since', coalesce (v.since::text, 'unknown'), 'days', p -> 'days', 'country', coalesce (v.country, p ->> 'country'),
                             'earliest', coalesce (CASE WHEN v.abroad THEN NULL ELSE v.since + (p ->> 'days')::int END::text,
                                                   'the day on which the residence here has lasted long enough')), 'resident_since'::text
    FROM (SELECT resident_since (f) AS since, r.country, coalesce (r.country <> p ->> 'country', false)
                 AND NOT EXISTS (SELECT FROM evidence (f, 'residence')) AS abroad
            FROM (SELECT (SELECT a.answer ->> 'residence_country' FROM answers (f) a WHERE btrim (a.answer ->> 'residence_country') <> '' LIMIT 1)) r (country)) v
   WHERE has_kind (f, p) AND (v.abroad OR v.since + (p ->> 'days')::int > f.today)
$$;

CREATE FUNCTION platen.rule_residence_unknown (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT '{}'::jsonb, 'resident_since'::text WHERE has_kind (f, p) AND f.identity_state = 'answered' AND resident_since (f) IS NULL
$$;

-- Medical fitness. Where group 2 falls away, what stays is offered.
CREATE FUNCTION platen.what_stays (p_facts platen.facts) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT string_agg (c.code, ', ' ORDER BY c.position) FROM category c
   WHERE c.code = ANY (p_facts.codes) AND NOT is_unfit (p_facts, c.vehicle_group)
     AND (c.vehicle_group = 1 OR fit_until (p_facts, 2) >= p_facts.today)
$$;

CREATE OR REPLACE FUNCTION platen.rule_medical_expired (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('category', string_agg (c.code, ', ' ORDER BY c.position), 'date', coalesce (min (v.until)::text, '—'),
                             'stays', coalesce (what_stays (f), 'none')), 'medical_until'::text
    FROM category c, (SELECT fit_until (f, 2) AS until) v
   WHERE c.vehicle_group = 2 AND c.code = ANY (f.codes) AND coalesce (v.until < f.today, true) AND NOT is_unfit (f, 2)
  HAVING count (*) > 0
$$;

CREATE FUNCTION platen.rule_unfit (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('category', string_agg (c.code, ', ' ORDER BY c.position), 'stays', coalesce (what_stays (f), 'none')), 'medical_until'::text
    FROM category c
   WHERE c.code = ANY (f.codes) AND is_unfit (f, c.vehicle_group)
  HAVING count (*) > 0
$$;

CREATE FUNCTION platen.rule_medical_age (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('category', string_agg (c.code, ', ' ORDER BY c.position), 'age', p -> 'age', 'date', coalesce (min (v.until)::text, '—')),
         'medical_until'::text
    FROM category c, (SELECT fit_until (f, 1) AS until) v
   WHERE c.vehicle_group = 1 AND c.code = ANY (f.codes) AND has_kind (f, p) AND is_aged (f, (p ->> 'age')::int)
     AND coalesce (v.until < f.today, true) AND NOT is_unfit (f, 1)
  HAVING count (*) > 0
$$;

CREATE FUNCTION platen.rule_beyond_medical (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
#variable_conflict use_column
DECLARE
  v_ends date[] := ARRAY[medical_end (f, 1), medical_end (f, 2)];
BEGIN
  IF has_kind (f, p) AND (v_ends[1] >= f.today OR v_ends[2] >= f.today) THEN
    RETURN QUERY
      SELECT jsonb_build_object ('category', string_agg (c.code, ', ' ORDER BY c.position), 'date', min (e.valid_to)), 'medical_until'::text
        FROM plan_categories (f) g
       CROSS JOIN LATERAL parse_categories (g.categories) e
        JOIN category c ON c.code = e.code
       WHERE e.valid_to = v_ends[c.vehicle_group] AND e.valid_to >= f.today
         AND e.valid_to < anniversary (f.today, years_valid (f, c, rule_params ('VALIDITY', f.today))) - 1
      HAVING count (*) > 0;
  END IF;
END
$$;

-- Points.
CREATE OR REPLACE FUNCTION platen.rule_points (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('points', v.points, 'limit', p -> 'limit', 'earliest', coalesce (v.earliest::text, 'an unknown day')), 'points'::text
    FROM points_of (f, (p ->> 'limit')::int) v
   WHERE v.points >= (p ->> 'limit')::int
     AND NOT coalesce (v.points >= (rule_params ('POINTS_STOP', f.today) ->> 'limit')::int, false)
$$;

CREATE FUNCTION platen.rule_points_stop (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('points', v.points, 'limit', p -> 'limit', 'earliest', coalesce (v.earliest::text, 'an unknown day')), 'points'::text
    FROM points_of (f, (p ->> 'limit')::int) v
   WHERE v.points >= (p ->> 'limit')::int
$$;

-- Probation of a first licence.
CREATE FUNCTION platen.rule_probation (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('since', v.since, 'date', months_on (v.since, (p ->> 'months')::int) - 1), 'categories'::text
    FROM (SELECT first_issued (f, p) AS since) v
   WHERE has_kind (f, p) AND v.since <= f.today AND f.today < months_on (v.since, (p ->> 'months')::int)
$$;

CREATE FUNCTION platen.rule_probation_points (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('points', v.points, 'limit', p -> 'limit', 'earliest',
                             least (v.earliest, months_on (first_issued (f, rule_params ('PROBATION', f.today)),
                                                           (rule_params ('PROBATION', f.today) ->> 'months')::int))), 'points'::text
    FROM points_of (f, (p ->> 'limit')::int) v
   WHERE v.points >= (p ->> 'limit')::int AND EXISTS (SELECT FROM rule_probation (f, rule_params ('PROBATION', f.today) - 'kinds'))
$$;

-- Suspension, withdrawal, disqualification; a decision that lifts them, and a supervisor who looks at it.
CREATE OR REPLACE FUNCTION platen.rule_suspended (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('date', coalesce (v.until::text, 'further notice'),
                             'earliest', coalesce ((v.until + 1)::text, 'the day on which the suspension ends')), 'licence_status'::text
    FROM (SELECT to_date_or_null (f.driver ->> 'suspended_until') AS until) v
   WHERE (v.until >= f.today OR (v.until IS NULL AND f.driver ->> 'licence_status' = 'suspended')) AND NOT is_lifted (f, 'suspension')
$$;

CREATE OR REPLACE FUNCTION platen.rule_withdrawn (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT '{}'::jsonb, 'licence_status'::text WHERE f.driver ->> 'licence_status' = 'withdrawn' AND NOT is_lifted (f, 'withdrawal')
$$;

CREATE OR REPLACE FUNCTION platen.rule_category_withdrawn (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('category', c.code), 'categories'::text
    FROM category c
   WHERE c.code = ANY (f.codes)
     AND EXISTS (SELECT FROM answers (f) a, regexp_split_to_array (upper (coalesce (a.answer ->> 'withdrawn_categories', '')), '[\s,;|]+') w (codes)
                  WHERE c.code = ANY (w.codes) OR 'ALL' = ANY (w.codes))
     AND NOT EXISTS (SELECT FROM evidence (f, 'lifting') e WHERE e ->> 'what' = 'withdrawal' AND coalesce (e ->> 'category', c.code) = c.code)
   ORDER BY c.position
$$;

CREATE FUNCTION platen.rule_disqualified (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('date', v.until, 'earliest', v.until + 1), 'licence_status'::text
    FROM (SELECT max (u) AS until
            FROM (SELECT to_date_or_null (a.answer ->> 'disqualified_until') FROM answers (f) a
                  UNION ALL SELECT to_date_or_null (e ->> 'until') FROM evidence (f, 'ban') e) b (u)) v
   WHERE v.until >= f.today AND NOT is_lifted (f, 'disqualification')
$$;

CREATE FUNCTION platen.rule_lifted (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('what', e ->> 'what', 'number', e ->> 'reference', 'date', e ->> 'dated'), 'licence_status'::text FROM evidence (f, 'lifting') e
$$;

-- Return after a ban: that it ended, by a decision.
CREATE FUNCTION platen.rule_ban_unproven (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT '{}'::jsonb, 'licence_status'::text WHERE f.type = 'return' AND NOT EXISTS (SELECT FROM evidence (f, 'lifting'))
$$;

CREATE FUNCTION platen.rule_ban_not_ended (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('date', v.ended, 'earliest', v.ended + 1), 'licence_status'::text
    FROM (SELECT to_date_or_null (f.origin ->> 'ban_ended') AS ended) v
   WHERE f.type = 'return' AND v.ended >= f.today
$$;

-- Fines: told from the first one, and from a sum on the approver decides. What a receipt at hand shows is paid.
CREATE FUNCTION platen.unpaid_fines (p_facts platen.facts) RETURNS bigint
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN p_facts.infringement ->> 'unpaid' ~ '^[0-9]{1,14}$'
              THEN greatest ((p_facts.infringement ->> 'unpaid')::bigint
                             - coalesce ((SELECT sum ((e ->> 'amount')::bigint) FROM evidence (p_facts, 'fine_receipt') e), 0), 0)::bigint END
$$;

CREATE OR REPLACE FUNCTION platen.rule_unpaid (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('amount', to_char (v.unpaid / 100.0, 'FM999999999999990.00')), 'unpaid'::text
    FROM unpaid_fines (f) v (unpaid)
   WHERE v.unpaid > 0 AND NOT coalesce (v.unpaid >= (rule_params ('FINES', f.today) ->> 'from_amount')::bigint, false)
$$;

CREATE FUNCTION platen.rule_fines (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('amount', to_char (v.unpaid / 100.0, 'FM999999999999990.00'),
                             'limit', to_char ((p ->> 'from_amount')::bigint / 100.0, 'FM999999999999990.00')), 'unpaid'::text
    FROM unpaid_fines (f) v (unpaid)
   WHERE has_kind (f, p) AND v.unpaid >= (p ->> 'from_amount')::bigint
$$;

-- Renewal: not long before the end; and long after it only with new tests.
CREATE FUNCTION platen.last_valid_day (p_facts platen.facts) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (min (h.valid_to), to_date_or_null (p_facts.driver ->> 'licence_expiry'))
    FROM held_categories (p_facts) h WHERE h.code = ANY (p_facts.codes)
$$;

CREATE FUNCTION platen.rule_renewal_early (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('date', v.until, 'months', p -> 'months', 'earliest', months_on (v.until, - (p ->> 'months')::int)), 'licence_expiry'::text
    FROM (SELECT last_valid_day (f) AS until) v
   WHERE f.type = 'renewal' AND f.today < months_on (v.until, - (p ->> 'months')::int)
$$;

CREATE FUNCTION platen.rule_retest (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('category', c.code, 'date', coalesce (v.since::text, 'unknown'), 'years', p -> 'years'), 'categories'::text
    FROM category c
    LEFT JOIN held_categories (f) h ON h.code = c.code
   CROSS JOIN LATERAL (SELECT CASE f.type WHEN 'return' THEN to_date_or_null (f.origin ->> 'ban_ended') ELSE h.valid_to END AS since) v
   WHERE c.code = ANY (f.codes)
     AND CASE f.type
           WHEN 'renewal' THEN anniversary (v.since, (p ->> 'years')::int) < f.today
           WHEN 'return' THEN NOT EXISTS (SELECT FROM evidence (f, 'lifting') e WHERE e ->> 'retest' = 'no')
           ELSE false END
     AND NOT coalesce (passed_on (f, c.code, 'theory') >= v.since AND passed_on (f, c.code, 'practical') >= v.since, false)
   ORDER BY c.position
$$;

-- Tests for what was not held before.
CREATE FUNCTION platen.rule_test_missing (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('category', c.code, 'test_part', t.part, 'months', p -> 'months'), 'categories'::text
    FROM category c, unnest ('{theory,practical}'::text[]) WITH ORDINALITY t (part, n)
   WHERE has_kind (f, p) AND c.code = ANY (f.codes) AND NOT c.code = ANY ((SELECT held_codes (f))::text[])
     AND NOT coalesce (p -> ('without_' || t.part) ? c.code, false)
     AND NOT coalesce (months_on (passed_on (f, c.code, t.part), (p ->> 'months')::int) > f.today, false)
   ORDER BY c.position, t.n
$$;

-- Exchange, by country and category.
CREATE FUNCTION platen.rule_exchange (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
#variable_conflict use_column
DECLARE
  v_paper   jsonb := (SELECT e FROM evidence (f, 'foreign_licence') e LIMIT 1);
  v_country text := coalesce (v_paper ->> 'country', f.origin ->> 'country');
  v_treaty  jsonb := p -> 'countries' -> v_country;
BEGIN
  IF f.type <> 'exchange' THEN
    RETURN;
  ELSIF v_paper IS NULL THEN
    RETURN QUERY VALUES (jsonb_build_object ('why', 'the foreign licence is not recorded', 'do', 'Record the foreign licence with its country, number and categories.'),
                         'licence_number'::text);
  ELSIF v_treaty IS NULL OR coalesce (to_date_or_null (v_treaty ->> 'until') < f.today, false) THEN
    RETURN QUERY VALUES (jsonb_build_object ('why', format ('there is no agreement with %s', v_country),
                                             'do', 'Withdraw this application and start a first licence, with the tests.'), 'licence_number'::text);
  ELSIF v_country <> f.origin ->> 'country' THEN
    RETURN QUERY VALUES (jsonb_build_object ('why', format ('its country is %s on the paper and %s in the application', v_country, f.origin ->> 'country'),
                                             'do', 'Correct the one that is wrong.'), 'licence_number'::text);
  ELSIF coalesce (to_date_or_null (v_paper ->> 'until'), to_date_or_null (f.origin ->> 'expiry')) < f.today THEN
    RETURN QUERY VALUES (jsonb_build_object ('why', format ('it ended on %s', coalesce (v_paper ->> 'until', f.origin ->> 'expiry')),
                                             'do', 'Ask for its renewal where it was issued, or start a first licence, with the tests.'), 'licence_number'::text);
  ELSE
    RETURN QUERY
      SELECT CASE WHEN NOT EXISTS (SELECT FROM unnest (with_implied (ARRAY (SELECT l.code FROM parse_categories (v_paper ->> 'categories') l), f.today)) l (code) WHERE l.code = c.code)
                  THEN jsonb_build_object ('why', format ('it does not give category %s', c.code), 'do', format ('Remove category %s.', c.code))
                  WHEN NOT v_treaty -> 'categories' ? c.code
                  THEN jsonb_build_object ('why', format ('the agreement with %s does not cover category %s', v_country, c.code),
                                           'do', format ('Remove category %s; it is acquired by the tests.', c.code))
                  ELSE jsonb_build_object ('why', format ('the agreement with %s asks for the driving test for category %s', v_country, c.code),
                                           'do', format ('Record the certificate of the driving test for category %s.', c.code)) END, 'categories'::text
        FROM category c
       WHERE c.code = ANY (f.codes)
         AND (NOT v_treaty -> 'categories' ? c.code
              OR NOT EXISTS (SELECT FROM unnest (with_implied (ARRAY (SELECT l.code FROM parse_categories (v_paper ->> 'categories') l), f.today)) l (code) WHERE l.code = c.code)
              OR (v_treaty -> 'test' ? c.code
                  AND NOT coalesce (months_on (passed_on (f, c.code, 'practical'), coalesce ((p ->> 'test_months')::int, 12)) > f.today, false)))
       ORDER BY c.position;
  END IF;
END
$$;

-- Cards of all offices that were made again, and why.
ALTER TABLE platen.known_card ADD COLUMN type text, ADD COLUMN cause text;
UPDATE platen.known_card k SET type = a.type, cause = to_jsonb (a) ->> 'cause' FROM platen.application a WHERE a.id = k.application_id;

CREATE OR REPLACE FUNCTION platen.know_card () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
BEGIN
  INSERT INTO known_card AS k (number, office_code, application_id, id_number, licence_number, issue_date, expiry_date, state, changed_at, card_id, type, cause)
  SELECT NEW.number, NEW.office_code, a.id, a.id_number, a.licence_number, a.issue_date, a.expiry_date, NEW.state, NEW.changed_at, NEW.id, a.type, to_jsonb (a) ->> 'cause'
    FROM application a WHERE a.id = NEW.application_id
  ON CONFLICT (number) DO UPDATE
     SET state = excluded.state, changed_at = excluded.changed_at, licence_number = excluded.licence_number,
         issue_date = excluded.issue_date, expiry_date = excluded.expiry_date;
  RETURN NULL;
END
$$;

CREATE FUNCTION platen.rule_replacement_limit (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('count', count (*), 'years', p -> 'years', 'most', p -> 'most',
                             'earliest', (array_agg (anniversary (k.issue_date, (p ->> 'years')::int) ORDER BY k.issue_date DESC))[(p ->> 'most')::int]), NULL::text
    FROM known_card k
   WHERE f.type = 'replacement' AND NOT coalesce (p -> 'not_counted' ? f.cause, false)
     AND k.id_number = ANY (same_person (f.id_number)) AND k.type = 'replacement' AND k.application_id <> f.application_id
     AND k.state IN ('issued', 'recalled') AND NOT coalesce (p -> 'not_counted' ? k.cause, false)
     AND anniversary (k.issue_date, (p ->> 'years')::int) > f.today
  HAVING count (*) >= (p ->> 'most')::int
$$;

-- Minors.
CREATE FUNCTION platen.rule_consent (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  SELECT jsonb_build_object ('age', p -> 'age', 'earliest', anniversary (f.birth_date, (p ->> 'age')::int)), 'birth_date'::text
   WHERE has_kind (f, p) AND f.today < anniversary (f.birth_date, (p ->> 'age')::int) AND NOT EXISTS (SELECT FROM evidence (f, 'consent'))
$$;

-- Who tested must not approve: nobody's finding before somebody approves.
CREATE FUNCTION platen.examiners (p_facts platen.facts) RETURNS text[]
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (array_agg (DISTINCT lower (btrim (t.examiner))) FILTER (WHERE btrim (t.examiner) <> ''), '{}') FROM tests (p_facts) t
$$;

CREATE FUNCTION platen.rule_examiner (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('name', s.name), NULL::text
    FROM application a JOIN staff s ON s.id = a.approved_by
   WHERE a.id = f.application_id AND (lower (s.login) = ANY (examiners (f)) OR lower (s.name) = ANY (examiners (f)))
$$;

CREATE FUNCTION platen.refuse_examiner () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_facts    facts;
  v_approver staff;
BEGIN
  IF EXISTS (SELECT FROM rule r WHERE r.code = 'EXAMINER' AND r.severity = 'hard' AND r.valid_from <= today () AND coalesce (r.valid_to >= today (), true)) THEN
    v_facts := gather_facts (NEW.id);
    SELECT * INTO v_approver FROM staff WHERE id = NEW.approved_by;
    IF lower (v_approver.login) = ANY (examiners (v_facts)) OR lower (v_approver.name) = ANY (examiners (v_facts)) THEN
      PERFORM refuse ('P0001', 'FOUR_EYES', format ('Application %s was not approved, because %s examined the applicant. Ask another supervisor to approve it.',
                      NEW.number, v_approver.name));
    END IF;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER application_examiner BEFORE UPDATE OF approved_by ON platen.application
  FOR EACH ROW WHEN (NEW.approved_by IS NOT NULL AND NEW.approved_by IS DISTINCT FROM OLD.approved_by) EXECUTE FUNCTION platen.refuse_examiner ();

-- A clerk's offered cure: what the doctor's word takes falls away, the rest goes on.
CREATE FUNCTION api.keep_fit_categories (p_application bigint, p_row_version int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := hold_application (v_actor, p_application, p_row_version);
  v_facts       facts := gather_facts (p_application);
  v_stays       text[] := string_to_array (what_stays (v_facts), ', ');
BEGIN
  PERFORM refuse_unless_editable (v_application);
  IF v_stays IS NULL OR v_stays = v_facts.codes THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The categories of application %s were not changed, because no doctor’s word takes some and leaves others.'
                    ' Choose them by hand.', v_application.number));
  END IF;
  UPDATE application SET requested = v_stays WHERE id = p_application;
  PERFORM refresh_application (p_application);
  PERFORM record_event (v_actor, p_application, NULL, 'categories', format ('%s set the categories: %s.', v_actor.name, array_to_string (v_stays, ' ')), NULL);
  RETURN note_edit (v_actor, v_application);
END
$$;
REVOKE ALL ON FUNCTION api.keep_fit_categories (bigint, int) FROM PUBLIC;

UPDATE platen.rule SET parameters = '{"ages": {"AM": 16, "A1": 16, "A2": 18, "A": 20, "B1": 16, "B": 18, "BE": 18, "C1": 18, "C1E": 18, "C": 21, "CE": 21,
  "D1": 21, "D1E": 21, "D": 24, "DE": 24}, "conditions": [{"category": "B", "age": 17, "needs": "accompaniment", "restriction": "195"},
  {"category": "BE", "age": 17, "needs": "accompaniment", "restriction": "195"}, {"category": "C", "age": 18, "needs": "professional", "restriction": "95"},
  {"category": "CE", "age": 18, "needs": "professional", "restriction": "95"}, {"category": "D1", "age": 18, "needs": "professional", "restriction": "95"},
  {"category": "D1E", "age": 18, "needs": "professional", "restriction": "95"}, {"category": "D", "age": 21, "needs": "professional", "restriction": "95"},
  {"category": "DE", "age": 21, "needs": "professional", "restriction": "95"}]}' WHERE code = 'UNDER_AGE';
UPDATE platen.rule SET parameters = '{"limit": 12, "window_months": 36, "probation_months": 24, "probation_factor": 2, "again_months": 12, "again_factor": 2,
  "course_most": 4}' WHERE code = 'POINTS';

INSERT INTO platen.rule (code, severity, legal_reference, valid_from, parameters) VALUES
  ('HELD_TOO_SHORT',    'hard', 'Licence Regulations, reg. 6(2)', '2000-01-01', '{"kinds": ["new", "upgrade"], "durations": [
     {"category": "A", "held": "A2", "months": 24, "unless_age": 24}, {"category": "D1", "held": "B", "months": 24}, {"category": "D", "held": "B", "months": 24}]}'),
  ('IMPLIED',           'warning', 'Licence Regulations, reg. 5', '2000-01-01', '{"implies": {"A1": ["AM"], "A2": ["A1"], "A": ["A2"], "B1": ["AM"], "B": ["B1"],
     "C1": [], "C": ["C1"], "C1E": ["BE"], "CE": ["C1E", "BE"], "D": ["D1"], "D1E": ["BE"], "DE": ["D1E", "BE"]},
     "on_card": ["new", "upgrade", "exchange", "return"]}'),
  ('VALIDITY',          'warning', 'Licence Regulations, reg. 10', '2000-01-01', '{"kinds": ["new", "renewal", "exchange", "return"],
     "1": [{"from_age": 0, "years": 10}, {"from_age": 70, "years": 5}, {"from_age": 80, "years": 2}],
     "2": [{"from_age": 0, "years": 5}, {"from_age": 65, "years": 1}]}'),
  ('FOREIGN_LICENCE',   'hard', 'Licence Regulations, reg. 8', '2000-01-01', '{}'),
  ('RESIDENCE',         'hard', 'Licence Regulations, reg. 3', '2000-01-01', '{"kinds": ["new", "renewal", "exchange", "return"], "days": 185, "country": "UTO"}'),
  ('RESIDENCE_UNKNOWN', 'soft', 'Licence Regulations, reg. 3', '2000-01-01', '{"kinds": ["new", "renewal", "exchange", "return"]}'),
  ('UNFIT',             'hard', 'Licence Regulations, reg. 7', '2000-01-01', '{}'),
  ('MEDICAL_AGE',       'soft', 'Licence Regulations, reg. 7(3)', '2000-01-01', '{"kinds": ["new", "renewal", "exchange", "return"], "age": 75}'),
  ('BEYOND_MEDICAL',    'warning', 'Licence Regulations, reg. 10(2)', '2000-01-01', '{"kinds": ["new", "renewal", "upgrade", "exchange", "return"]}'),
  ('POINTS_STOP',       'hard', 'Road Traffic Act, s. 32(2)', '2000-01-01', '{"limit": 18}'),
  ('PROBATION',         'warning', 'Road Traffic Act, s. 30', '2000-01-01', '{"months": 24, "without": ["AM"], "kinds": ["renewal", "upgrade", "replacement", "correction"]}'),
  ('PROBATION_POINTS',  'soft', 'Road Traffic Act, s. 30', '2000-01-01', '{"limit": 6}'),
  ('DISQUALIFIED',      'hard', 'Road Traffic Act, s. 34', '2000-01-01', '{}'),
  ('LIFTED',            'soft', 'Road Traffic Act, s. 35', '2000-01-01', '{}'),
  ('BAN_UNPROVEN',      'hard', 'Road Traffic Act, s. 35', '2000-01-01', '{}'),
  ('BAN_NOT_ENDED',     'hard', 'Road Traffic Act, s. 35', '2000-01-01', '{}'),
  ('FINES',             'soft', 'Fines Act, s. 6', '2000-01-01', '{"from_amount": 100000, "kinds": ["new", "renewal", "upgrade", "exchange", "return"]}'),
  ('RENEWAL_EARLY',     'warning', 'Licence Regulations, reg. 10(3)', '2000-01-01', '{"months": 12}'),
  ('RETEST',            'hard', 'Licence Regulations, reg. 10(4)', '2000-01-01', '{"years": 5}'),
  ('TEST_MISSING',      'soft', 'Licence Regulations, reg. 12', '2000-01-01', '{"kinds": ["new", "upgrade"], "months": 24,
     "without_theory": ["BE", "C1E", "CE", "D1E", "DE"], "without_practical": []}'),
  ('EXCHANGE',          'hard', 'Licence Regulations, reg. 15', '2000-01-01', '{"restriction": "70", "test_months": 12, "countries": {
     "SWE": {"categories": ["AM", "A1", "A2", "A", "B1", "B", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE"], "test": []},
     "DEU": {"categories": ["AM", "A1", "A2", "A", "B1", "B", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE"], "test": []},
     "FRA": {"categories": ["AM", "A1", "A2", "A", "B1", "B", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE"], "test": []},
     "GBR": {"categories": ["AM", "A1", "A2", "A", "B", "BE"], "test": []},
     "CHE": {"categories": ["A1", "A2", "A", "B", "BE"], "test": []},
     "JPN": {"categories": ["A", "B"], "test": []},
     "USA": {"categories": ["B"], "test": ["B"]}}}'),
  ('REPLACEMENT_LIMIT', 'soft', 'Licence Regulations, reg. 13(2)', '2000-01-01', '{"most": 2, "years": 5, "not_counted": ["not_received", "damaged"]}'),
  ('CONSENT',           'hard', 'Licence Regulations, reg. 4(3)', '2000-01-01', '{"age": 18, "kinds": ["new", "upgrade", "exchange", "renewal"]}'),
  ('EXAMINER',          'hard', 'Road Traffic Act, s. 16', '2000-01-01', '{}');

UPDATE platen.rule_text SET cure = 'Category {category} can be issued from {date}{unless}; until then remove it or let the application wait.'
 WHERE code = 'UNDER_AGE' AND language = 'en';
UPDATE platen.rule_text SET cure = 'La catégorie {category} peut être délivrée à partir du {date}{unless} ; d’ici là, retirez-la ou mettez la demande en attente.'
 WHERE code = 'UNDER_AGE' AND language = 'fr';
UPDATE platen.rule_text SET cure = 'Ask for a new medical certificate, or go on without it; these categories stay: {stays}.'
 WHERE code = 'MEDICAL_EXPIRED' AND language = 'en';
UPDATE platen.rule_text SET cure = 'Demandez un nouveau certificat médical, ou continuez sans ; ces catégories restent : {stays}.'
 WHERE code = 'MEDICAL_EXPIRED' AND language = 'fr';
UPDATE platen.rule_text SET cure = 'Look at the infringements before approving, and ask whether a course was ordered. Fewer than {limit} from: {earliest}.'
 WHERE code = 'POINTS' AND language = 'en';
UPDATE platen.rule_text SET cure = 'Examinez les infractions avant d’approuver et demandez si un stage a été ordonné. Moins de {limit} à partir de : {earliest}.'
 WHERE code = 'POINTS' AND language = 'fr';
UPDATE platen.rule_text SET cure = 'Ask for the court’s or the authority’s decision that gives the right to drive back, and record it.'
 WHERE code = 'WITHDRAWN' AND language = 'en';
UPDATE platen.rule_text SET cure = 'Demandez la décision du tribunal ou de l’autorité qui rend le droit de conduire, et enregistrez-la.'
 WHERE code = 'WITHDRAWN' AND language = 'fr';
UPDATE platen.rule_text SET cure = 'Tell the citizen; record the receipt if they were paid today.' WHERE code = 'UNPAID' AND language = 'en';
UPDATE platen.rule_text SET cure = 'Informez le citoyen ; enregistrez le reçu s’il les a payées aujourd’hui.' WHERE code = 'UNPAID' AND language = 'fr';

INSERT INTO platen.rule_text (code, language, text, cure) VALUES
('HELD_TOO_SHORT', 'en', 'Category {category} needs category {needed} held for {months} months; it is held since: {since}.',
 'Category {category} can be issued from: {earliest}. If it is held for longer, record the proof of it.'),
('HELD_TOO_SHORT', 'fr', 'La catégorie {category} exige la catégorie {needed} détenue depuis {months} mois ; elle l’est depuis : {since}.',
 'La catégorie {category} peut être délivrée à partir de : {earliest}. Si elle est détenue depuis plus longtemps, enregistrez-en la preuve.'),
('IMPLIED', 'en', 'What is applied for brings these categories with it: {category}.', 'Nothing is to be done; they will stand on the card.'),
('IMPLIED', 'fr', 'Ce qui est demandé apporte aussi ces catégories : {category}.', 'Il n’y a rien à faire ; elles figureront sur la carte.'),
('VALIDITY', 'en', 'For the applicant’s age these categories are given for a shorter time: {category}, until {date}.', 'Tell the citizen when to come again.'),
('VALIDITY', 'fr', 'En raison de l’âge du demandeur, ces catégories sont délivrées pour moins longtemps : {category}, jusqu’au {date}.',
 'Dites au citoyen quand revenir.'),
('FOREIGN_LICENCE', 'en', 'The applicant has a licence of another country already: {country}, {number}.', 'Withdraw this application and start an exchange.'),
('FOREIGN_LICENCE', 'fr', 'Le demandeur a déjà un permis d’un autre pays : {country}, {number}.', 'Retirez cette demande et ouvrez un échange.'),
('RESIDENCE', 'en', 'The applicant must have lived here for {days} days; the residence on record: {country}, since {since}.',
 'It is possible from: {earliest}. If the applicant has lived here for longer, record the proof of residence.'),
('RESIDENCE', 'fr', 'Le demandeur doit résider ici depuis {days} jours ; résidence enregistrée : {country}, depuis {since}.',
 'C’est possible à partir de : {earliest}. Si le demandeur réside ici depuis plus longtemps, enregistrez le justificatif de résidence.'),
('RESIDENCE_UNKNOWN', 'en', 'It is not known since when the applicant lives here: no registry says it.', 'Ask for a proof of residence and record it.'),
('RESIDENCE_UNKNOWN', 'fr', 'On ne sait pas depuis quand le demandeur réside ici : aucun registre ne le dit.', 'Demandez un justificatif de résidence et enregistrez-le.'),
('UNFIT', 'en', 'The last medical certificate says unfit for: {category}.',
 'Ask for a later certificate that says fit, or go on without them; these categories stay: {stays}.'),
('UNFIT', 'fr', 'Le dernier certificat médical déclare inapte pour : {category}.',
 'Demandez un certificat plus récent qui déclare apte, ou continuez sans elles ; ces catégories restent : {stays}.'),
('MEDICAL_AGE', 'en', 'From the age of {age} on, these categories need a medical certificate: {category}; the last one on record: {date}.',
 'Ask for a medical certificate of group 1 and record it.'),
('MEDICAL_AGE', 'fr', 'À partir de {age} ans, ces catégories exigent un certificat médical : {category} ; dernier certificat valable jusqu’au : {date}.',
 'Demandez un certificat médical du groupe 1 et enregistrez-le.'),
('BEYOND_MEDICAL', 'en', 'These categories end with the medical certificate: {category}, on {date}.',
 'A new certificate gives them for longer; tell the citizen when to come again.'),
('BEYOND_MEDICAL', 'fr', 'Ces catégories prennent fin avec le certificat médical : {category}, le {date}.',
 'Un nouveau certificat les prolonge ; dites au citoyen quand revenir.'),
('POINTS_STOP', 'en', 'The applicant has {points} penalty points; with {limit} no licence is issued.',
 'Fewer than {limit} are left from: {earliest}. If a course took some away, record its certificate.'),
('POINTS_STOP', 'fr', 'Le demandeur a {points} points de pénalité ; à partir de {limit}, aucun permis n’est délivré.',
 'Il en reste moins de {limit} à partir de : {earliest}. Si un stage en a retiré, enregistrez son attestation.'),
('PROBATION', 'en', 'This first licence, of {since}, is on probation until {date}.', 'Tell the citizen that offences count more until then.'),
('PROBATION', 'fr', 'Ce premier permis, du {since}, est probatoire jusqu’au {date}.', 'Dites au citoyen que les infractions comptent davantage d’ici là.'),
('PROBATION_POINTS', 'en', 'The applicant has {points} penalty points in the probation; from {limit} on the approver decides.',
 'Ask whether a course was ordered and record its certificate; without it, this is possible from: {earliest}.'),
('PROBATION_POINTS', 'fr', 'Le demandeur a {points} points de pénalité en période probatoire ; à partir de {limit}, l’approbateur décide.',
 'Demandez si un stage a été ordonné et enregistrez son attestation ; sans elle, c’est possible à partir de : {earliest}.'),
('DISQUALIFIED', 'en', 'The applicant is disqualified from driving until {date}.',
 'It is possible from {earliest}, by a return after a ban. If the decision was lifted, record the decision that lifts it.'),
('DISQUALIFIED', 'fr', 'Le demandeur est sous interdiction de conduire jusqu’au {date}.',
 'C’est possible à partir du {earliest}, par un retour après interdiction. Si la décision a été levée, enregistrez celle qui la lève.'),
('LIFTED', 'en', 'A decision gives back what was taken ({what}): number {number} of {date}.', 'Look at the decision itself before approving.'),
('LIFTED', 'fr', 'Une décision rend ce qui avait été retiré ({what}) : numéro {number} du {date}.', 'Examinez la décision elle-même avant d’approuver.'),
('BAN_UNPROVEN', 'en', 'No decision is recorded by which the ban ended.', 'Ask for the decision that gives the right to drive back, and record it.'),
('BAN_UNPROVEN', 'fr', 'Aucune décision mettant fin à l’interdiction n’est enregistrée.', 'Demandez la décision qui rend le droit de conduire, et enregistrez-la.'),
('BAN_NOT_ENDED', 'en', 'The ban lasts until {date}.', 'This application is possible from {earliest}; let it wait until then.'),
('BAN_NOT_ENDED', 'fr', 'L’interdiction dure jusqu’au {date}.', 'Cette demande est possible à partir du {earliest} ; mettez-la en attente d’ici là.'),
('FINES', 'en', 'Fines of {amount} are unpaid; from {limit} on the approver decides.', 'Let the citizen pay them, and record the receipt.'),
('FINES', 'fr', 'Des amendes de {amount} sont impayées ; à partir de {limit}, l’approbateur décide.', 'Faites-les payer par le citoyen et enregistrez le reçu.'),
('RENEWAL_EARLY', 'en', 'The licence is valid until {date}; it is renewed in its last {months} months.', 'Let the citizen come from {earliest} on, or say why it is renewed now.'),
('RENEWAL_EARLY', 'fr', 'Le permis est valable jusqu’au {date} ; il se renouvelle dans ses {months} derniers mois.',
 'Faites revenir le citoyen à partir du {earliest}, ou dites pourquoi il est renouvelé maintenant.'),
('RETEST', 'en', 'Category {category} may not be driven since: {date}. After {years} years, or a ban, the tests must be passed again.',
 'Record the certificates of the theory and the driving test, or remove category {category}.'),
('RETEST', 'fr', 'La catégorie {category} ne peut plus être conduite depuis : {date}. Après {years} ans, ou une interdiction, les examens sont à repasser.',
 'Enregistrez les attestations de l’examen théorique et de conduite, ou retirez la catégorie {category}.'),
('TEST_MISSING', 'en', 'It is not known that the applicant passed this test for category {category} in the last {months} months: {test_part}.',
 'Ask for its certificate and record it, or remove category {category}.'),
('TEST_MISSING', 'fr', 'On ne sait pas si le demandeur a réussi, dans les {months} derniers mois, cet examen pour la catégorie {category} : {test_part}.',
 'Demandez-en l’attestation et enregistrez-la, ou retirez la catégorie {category}.'),
('EXCHANGE', 'en', 'The foreign licence is not exchanged: {why}.', '{do}'),
('EXCHANGE', 'fr', 'Le permis étranger n’est pas échangé : {why}.', '{do}'),
('REPLACEMENT_LIMIT', 'en', 'The card was replaced {count} times in {years} years; after {most} the approver decides.',
 'Ask how it was lost, and say it to the approver; without that, this is possible from: {earliest}.'),
('REPLACEMENT_LIMIT', 'fr', 'La carte a été remplacée {count} fois en {years} ans ; après {most}, l’approbateur décide.',
 'Demandez comment elle a été perdue et dites-le à l’approbateur ; sans cela, c’est possible à partir de : {earliest}.'),
('CONSENT', 'en', 'The applicant is younger than {age}, and no consent of a parent or guardian is recorded.',
 'Ask for the written consent of a parent or guardian and record it; it is not needed from {earliest} on.'),
('CONSENT', 'fr', 'Le demandeur a moins de {age} ans, et aucun accord d’un parent ou tuteur n’est enregistré.',
 'Demandez l’accord écrit d’un parent ou tuteur et enregistrez-le ; il n’est plus nécessaire à partir du {earliest}.'),
('EXAMINER', 'en', '{name} examined the applicant and approved the application.', 'Return it; another supervisor approves it.'),
('EXAMINER', 'fr', '{name} a fait passer l’examen au demandeur et a approuvé la demande.', 'Renvoyez-la ; un autre superviseur l’approuvera.');

INSERT INTO platen.translation (context, language, english, text) VALUES
('unless', 'fr', ' or from {date} with this paper: {paper}', ' ou à partir du {date} avec ce document : {paper}'),
('since', 'fr', '{year}-{month}-{day}', '{day}/{month}/{year}'), ('since', 'fr', 'unknown', 'inconnu'), ('date', 'fr', 'unknown', 'inconnu'),
('earliest', 'fr', 'the day that a proof of it gives', 'jour que donnera une preuve'),
('earliest', 'fr', 'the day on which the residence here has lasted long enough', 'jour où la résidence ici aura duré assez longtemps'),
('earliest', 'fr', 'an unknown day', 'jour inconnu'), ('limit', 'fr', '{whole}.{cents}', '{whole},{cents}'),
('stays', 'fr', 'none', 'aucune'),
('what', 'fr', 'suspension', 'suspension'), ('what', 'fr', 'withdrawal', 'retrait'), ('what', 'fr', 'disqualification', 'interdiction'),
('test_part', 'fr', 'theory', 'examen théorique'), ('test_part', 'fr', 'practical', 'examen de conduite'),
('why', 'fr', 'the foreign licence is not recorded', 'le permis étranger n’est pas enregistré'),
('why', 'fr', 'there is no agreement with {country}', 'il n’y a pas d’accord avec {country}'),
('why', 'fr', 'its country is {country} on the paper and {other} in the application', 'son pays est {country} sur le document et {other} dans la demande'),
('why', 'fr', 'it ended on {date}', 'il a pris fin le {date}'),
('why', 'fr', 'it does not give category {category}', 'il ne donne pas la catégorie {category}'),
('why', 'fr', 'the agreement with {country} does not cover category {category}', 'l’accord avec {country} ne couvre pas la catégorie {category}'),
('why', 'fr', 'the agreement with {country} asks for the driving test for category {category}', 'l’accord avec {country} exige l’examen de conduite pour la catégorie {category}'),
('do', 'fr', 'Record the foreign licence with its country, number and categories.', 'Enregistrez le permis étranger avec son pays, son numéro et ses catégories.'),
('do', 'fr', 'Withdraw this application and start a first licence, with the tests.', 'Retirez cette demande et ouvrez un premier permis, avec les examens.'),
('do', 'fr', 'Correct the one that is wrong.', 'Corrigez celui qui est faux.'),
('do', 'fr', 'Ask for its renewal where it was issued, or start a first licence, with the tests.',
 'Demandez son renouvellement là où il a été délivré, ou ouvrez un premier permis, avec les examens.'),
('do', 'fr', 'Remove category {category}.', 'Retirez la catégorie {category}.'),
('do', 'fr', 'Remove category {category}; it is acquired by the tests.', 'Retirez la catégorie {category} ; elle s’acquiert par les examens.'),
('do', 'fr', 'Record the certificate of the driving test for category {category}.', 'Enregistrez l’attestation de l’examen de conduite pour la catégorie {category}.'),
('refusal', 'fr', 'Application {number} was not approved, because {name} examined the applicant. Ask another supervisor to approve it.',
 'La demande {number} n’a pas été approuvée, car {name} a fait passer l’examen au demandeur. Demandez à un autre superviseur de l’approuver.'),
('refusal', 'fr', 'The categories of application {number} were not changed, because no doctor’s word takes some and leaves others. Choose them by hand.',
 'Les catégories de la demande {number} n’ont pas été modifiées, car aucun avis médical n’en retire certaines en laissant les autres. Choisissez-les vous-même.')
ON CONFLICT DO NOTHING;

DO $grants$
DECLARE
  v_group text;
BEGIN
  FOREACH v_group IN ARRAY ARRAY['platen_clerk', 'platen_supervisor', 'platen_operator', 'platen_auditor', 'platen_admin'] LOOP
    EXECUTE format ('GRANT EXECUTE ON FUNCTION api.keep_fit_categories (bigint, int) TO %I', v_group);
  END LOOP;
END
$grants$;

-- An SQL function that has settings or its owner's rights is planned anew in each query that calls it; as PL/pgSQL its query is planned once in a
-- session. Fifty rules and what they ask are called for each application, so these are of that kind, with the words in which they are written.
CREATE FUNCTION platen.plan_once (p_function regprocedure) RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $once$
DECLARE
  v_function pg_proc;
  v_body     text;
  v_begin    text;
BEGIN
  SELECT * INTO STRICT v_function FROM pg_proc WHERE oid = p_function;
  v_body := rtrim (v_function.prosrc, E' \n;');
  v_begin := CASE WHEN v_function.proretset THEN 'RETURN QUERY' ELSE 'RETURN (' END;
  EXECUTE replace (replace (pg_get_functiondef (p_function), E'\n LANGUAGE sql', E'\n LANGUAGE plpgsql'), v_function.prosrc,
                   E'\n#variable_conflict use_column\nBEGIN\n  ' || v_begin || v_body || CASE WHEN v_function.proretset THEN '' ELSE ')' END || E';\nEND\n');
END
$once$;
REVOKE ALL ON FUNCTION platen.plan_once (regprocedure) FROM PUBLIC;

CREATE FUNCTION platen.plan_rules_once () RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $once$
DECLARE
  v_function regprocedure;
BEGIN
  FOR v_function IN
    SELECT f.oid FROM pg_proc f JOIN pg_language l ON l.oid = f.prolang
     WHERE f.pronamespace = 'platen'::regnamespace AND l.lanname = 'sql'
       AND (f.proname IN ('evidence', 'evidence_of', 'rule_params', 'held_codes', 'held_since', 'tests', 'passed_on', 'medicals',
              'is_unfit', 'fit_until', 'is_lifted', 'is_aged', 'first_issued', 'counted_offences', 'years_valid', 'medical_end', 'age_condition',
              'resident_since', 'what_stays', 'unpaid_fines', 'last_valid_day', 'examiners', 'held_categories', 'answers', 'source_values',
              'field_difference', 'has_difference_rule', 'field_outcome', 'choice_stands', 'open_fields', 'found_open', 'rights_against', 'same_person', 'has_kind',
              'parse_categories', 'anniversary', 'months_on', 'other_answers', 'has_withdrawn', 'without_source')
            OR (f.proname LIKE 'rule\_%' AND f.proargtypes[0] = 'platen.facts'::regtype AND f.proargtypes[1] = 'jsonb'::regtype AND f.pronargs = 2)) LOOP
    PERFORM plan_once (v_function);
  END LOOP;
END
$once$;
REVOKE ALL ON FUNCTION platen.plan_rules_once () FROM PUBLIC;
SELECT platen.plan_rules_once ();

-- The function of a rule CODE is rule_code. Which there are is written down as one function, so that the call of each is planned once, too; a rule
-- that came after is found by its name.
CREATE FUNCTION platen.name_rules () RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $once$
DECLARE
  v_calls text;
BEGIN
  SELECT string_agg (format (E'    WHEN %L THEN RETURN QUERY SELECT e.params, e.field FROM platen.%I (f, p) e;\n', upper (substr (c.proname, 6)), c.proname), ''
                     ORDER BY c.proname)
    INTO v_calls
    FROM pg_proc c
   WHERE c.pronamespace = 'platen'::regnamespace AND c.proname LIKE 'rule\_%' AND c.pronargs = 2
     AND c.proargtypes[0] = 'platen.facts'::regtype AND c.proargtypes[1] = 'jsonb'::regtype;
  EXECUTE 'CREATE OR REPLACE FUNCTION platen.apply_rule (p_code text, f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)'
          ' LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = ''ISO, YMD'' SET standard_conforming_strings = on'
          || E' AS $rule$\n#variable_conflict use_column\nBEGIN\n  CASE p_code\n' || v_calls
          || E'    ELSE RETURN QUERY EXECUTE format (''SELECT e.params, e.field FROM platen.%I ($1, $2) e'', ''rule_'' || lower (p_code)) USING f, p;\n'
          || E'  END CASE;\nEND\n$rule$';
  REVOKE ALL ON FUNCTION platen.apply_rule (text, platen.facts, jsonb) FROM PUBLIC;
END
$once$;
REVOKE ALL ON FUNCTION platen.name_rules () FROM PUBLIC;
SELECT platen.name_rules ();

-- As in 0007, all that is in force on the day of the facts; or by rows that are only proposed.
CREATE FUNCTION platen.apply_rules (p_facts platen.facts, p_rules platen.rule[])
RETURNS TABLE (rule text, severity text, legal_reference text, field text, params jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_rule rule;
BEGIN
  p_facts.open := coalesce (p_facts.open, found_open (p_facts));
  FOREACH v_rule IN ARRAY coalesce (p_rules, '{}') LOOP
    RETURN QUERY SELECT v_rule.code, v_rule.severity, v_rule.legal_reference, e.field, e.params FROM apply_rule (v_rule.code, p_facts, v_rule.parameters) e;
  END LOOP;
END
$$;

CREATE FUNCTION platen.rules_on (p_day date) RETURNS platen.rule[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT array_agg (r ORDER BY array_position (ARRAY['hard', 'soft', 'warning'], r.severity), r.code)
    FROM rule r WHERE r.valid_from <= p_day AND coalesce (r.valid_to >= p_day, true)
$$;

CREATE OR REPLACE FUNCTION platen.apply_rules (p_facts platen.facts)
RETURNS TABLE (rule text, severity text, legal_reference text, field text, params jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT * FROM apply_rules (p_facts, rules_on (p_facts.today));
END
$$;

INSERT INTO platen.schema_version (version, title) VALUES (80, 'rules of law');
