-- SPDX-License-Identifier: GPL-3.0-or-later
-- What registries say to the rules of law: offences, tests and medical certificates come in rows from whichever registry has them, and where two of
-- them do not say the same, the stricter counts and the approver is told who says what. And a person is judged in a few milliseconds: what is held and
-- which offences count is gathered once for all rules, a rule of another kind of application is not called, and nothing is compiled to be run once.

SET LOCAL ROLE platen_owner;

-- The server took the loop over all abbreviations for a million rows and compiled it, at half a second a call.
CREATE OR REPLACE FUNCTION platen.address_key (p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = platen, pg_temp AS $$
DECLARE
  v_forms jsonb := '{"st": "street", "str": "street", "strasse": "street", "rd": "road", "ave": "avenue", "av": "avenue",
    "ln": "lane", "dr": "drive", "sq": "square", "blvd": "boulevard", "bd": "boulevard", "cl": "close", "gdn": "garden",
    "gr": "grove", "grv": "grove", "mkt": "market", "wy": "way", "qy": "quay", "ct": "court", "pl": "place", "ter": "terrace",
    "hl": "hill", "saint": "street", "apt": "", "flat": "", "no": "", "nr": "", "house": "", "unit": "", "app": ""}';
  v_words text[] := '{}';
  v_word  text;
BEGIN
  FOREACH v_word IN ARRAY coalesce (regexp_split_to_array (p_text, '[\s.,;:/()#\u00A0\u002D\u2010-\u2015]+'), '{}') LOOP
    v_word := fold_name (v_word);
    v_word := coalesce (v_forms ->> v_word, v_word);
    IF v_word <> '' THEN
      v_words := v_words || v_word;
    END IF;
  END LOOP;
  RETURN (SELECT coalesce (string_agg (w, ' ' ORDER BY w COLLATE "C"), '') FROM unnest (v_words) w);
END
$$;

-- Without an exception to be caught, of which each begins a transaction of its own.
CREATE OR REPLACE FUNCTION platen.to_date_or_null (p_text text) RETURNS date
LANGUAGE plpgsql IMMUTABLE SET search_path = platen, pg_temp AS $$
DECLARE
  v_year  int;
  v_month int;
  v_day   int;
  v_last  int;
BEGIN
  IF p_text IS NULL OR p_text !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN
    RETURN NULL;
  END IF;
  v_year := left (p_text, 4);
  v_month := substr (p_text, 6, 2);
  v_day := right (p_text, 2);
  v_last := CASE WHEN v_month <> 2 THEN 30 + (v_month + v_month / 8) % 2
                 WHEN v_year % 4 = 0 AND (v_year % 100 <> 0 OR v_year % 400 = 0) THEN 29 ELSE 28 END;
  IF v_year = 0 OR v_month NOT BETWEEN 1 AND 12 OR v_day NOT BETWEEN 1 AND v_last THEN
    RETURN NULL;
  END IF;
  RETURN make_date (v_year, v_month, v_day);
END
$$;

CREATE OR REPLACE FUNCTION platen.answers (p_facts platen.facts) RETURNS TABLE ("position" int, source text, answer jsonb)
LANGUAGE plpgsql STABLE ROWS 3 SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY VALUES (1, 'identity', p_facts.identity), (2, 'driver', p_facts.driver), (3, 'infringement', p_facts.infringement);
  IF p_facts.others <> '{}' THEN
    RETURN QUERY SELECT 3 + row_number () OVER (ORDER BY o.key)::int, o.key, o.value
                   FROM jsonb_each (CASE jsonb_typeof (p_facts.others) WHEN 'object' THEN p_facts.others ELSE '{}' END) o;
  END IF;
END
$$;

CREATE TYPE platen.held_right AS (code text, valid_from date, valid_to date, restrictions text);
CREATE TYPE platen.counted_offence AS (day date, points int, ends date);
ALTER TYPE platen.facts ADD ATTRIBUTE held platen.held_right[];
ALTER TYPE platen.facts ADD ATTRIBUTE codes_held text[];
ALTER TYPE platen.facts ADD ATTRIBUTE counted platen.counted_offence[];


CREATE OR REPLACE FUNCTION platen.held_categories (p_facts platen.facts) RETURNS TABLE (code text, valid_from date, valid_to date, restrictions text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF p_facts.held IS NOT NULL THEN
    RETURN QUERY SELECT h.code, h.valid_from, h.valid_to, h.restrictions FROM unnest (p_facts.held) h;
  ELSE
    RETURN QUERY SELECT h.code, h.valid_from, h.valid_to, h.restrictions
                   FROM parse_categories (p_facts.driver ->> 'categories') h JOIN category c ON c.code = h.code;
  END IF;
END
$$;

CREATE OR REPLACE FUNCTION platen.held_codes (p_facts platen.facts) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF p_facts.codes_held IS NOT NULL THEN
    RETURN p_facts.codes_held;
  END IF;
  RETURN with_implied (ARRAY (SELECT h.code FROM held_categories (p_facts) h), p_facts.today);
END
$$;


-- Each offence once, of whichever registry; each counts until the day before its anniversary in months.
CREATE OR REPLACE FUNCTION platen.counted_offences (p_facts platen.facts, p jsonb) RETURNS TABLE (day date, points int, ends date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_window    int := coalesce ((p ->> 'window_months')::int, 36);
  v_probation date;
BEGIN
  IF p_facts.counted IS NOT NULL THEN
    RETURN QUERY SELECT c.day, c.points, c.ends FROM unnest (p_facts.counted) c;
    RETURN;
  END IF;
  IF NOT EXISTS (SELECT FROM answers (p_facts) a WHERE a.answer ->> 'offences' <> '') THEN
    RETURN;
  END IF;
  v_probation := months_on (first_issued (p_facts, rule_params ('PROBATION', p_facts.today)), (p ->> 'probation_months')::int);
  RETURN QUERY
    WITH offence AS MATERIALIZED (
      -- The same offence of two registries is one; two of one registry are two.
      SELECT DISTINCT s.day, s.points, s.code, s.nth
        FROM (SELECT to_date_or_null (split_part (t, ';', 1)) AS day, CASE WHEN split_part (t, ';', 2) ~ '^[0-9]{1,3}$' THEN split_part (t, ';', 2)::int ELSE 0 END AS points,
                     split_part (t, ';', 3) AS code, row_number () OVER (PARTITION BY a.source, t) AS nth
                FROM answers (p_facts) a, string_to_table (nullif (a.answer ->> 'offences', ''), '|') t) s)
    SELECT o.day,
           o.points * CASE WHEN o.day < v_probation THEN coalesce ((p ->> 'probation_factor')::int, 1) ELSE 1 END
                    * CASE WHEN o.code <> '' AND EXISTS (SELECT FROM offence e WHERE e.code = o.code AND (e.day, e.points, e.nth) < (o.day, o.points, o.nth)
                                                            AND months_on (e.day, (p ->> 'again_months')::int) > o.day)
                           THEN coalesce ((p ->> 'again_factor')::int, 1) ELSE 1 END,
           months_on (o.day, v_window)
      FROM offence o
     WHERE o.day <= p_facts.today AND o.points > 0 AND months_on (o.day, v_window) > p_facts.today;
END
$$;

CREATE OR REPLACE FUNCTION platen.points_of (p_facts platen.facts, p_limit int, OUT points int, OUT earliest date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  p         jsonb := rule_params ('POINTS', p_facts.today);
  v_counted counted_offence[] := ARRAY (SELECT ROW (o.day, o.points, o.ends)::counted_offence FROM counted_offences (p_facts, p) o);
  v_course  int;
  v_total   int;
BEGIN
  SELECT least (coalesce (sum ((e ->> 'points')::int), 0), coalesce ((p ->> 'course_most')::int, 0)) INTO v_course
    FROM evidence (p_facts, 'course') e
   WHERE months_on (to_date_or_null (e ->> 'dated'), coalesce ((p ->> 'window_months')::int, 36)) > p_facts.today;
  -- CASE, because a value that is known when the query is planned is converted then.
  SELECT max (CASE WHEN a.answer ->> 'points' ~ '^[0-9]{1,6}$' THEN (a.answer ->> 'points')::int END) INTO v_total
    FROM answers (p_facts) a WHERE coalesce (a.answer ->> 'offences', '') = '';
  SELECT sum (o.points) INTO points FROM unnest (v_counted) o;
  IF coalesce (points, 0) >= coalesce (v_total, 0) THEN
    SELECT min (o.ends) INTO earliest
      FROM unnest (v_counted) o
     WHERE (SELECT coalesce (sum (r.points), 0) FROM unnest (v_counted) r WHERE r.ends > o.ends) - v_course < p_limit;
  END IF;
  points := greatest (greatest (points, v_total) - v_course, 0);
END
$$;


CREATE OR REPLACE FUNCTION platen.tests (p_facts platen.facts) RETURNS TABLE (code text, part text, day date, passed boolean, examiner text)
LANGUAGE plpgsql STABLE SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT split_part (t, ';', 1), split_part (t, ';', 2), to_date_or_null (split_part (t, ';', 3)), split_part (t, ';', 4) = 'passed', split_part (t, ';', 5)
      FROM answers (p_facts) a, string_to_table (nullif (a.answer ->> 'tests', ''), '|') t
    UNION ALL
    SELECT e ->> 'category', replace (e ->> 'kind', '_test', ''), to_date_or_null (e ->> 'dated'), e ->> 'result' = 'passed', coalesce (e ->> 'examiner', '')
      FROM jsonb_array_elements (coalesce (p_facts.evidence, '[]')) e WHERE e ->> 'kind' IN ('theory_test', 'practical_test');
END
$$;

-- The last day on which somebody passed; a part of which another registry says on the same day that it was failed was not passed.
CREATE OR REPLACE FUNCTION platen.passed_on (p_facts platen.facts, p_code text, p_part text) RETURNS date
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  RETURN (SELECT max (t.day)
            FROM (SELECT s.code, s.day FROM tests (p_facts) s WHERE s.part = p_part AND s.day <= p_facts.today
                   GROUP BY s.code, s.day HAVING bool_and (s.passed)) t
           WHERE t.code = p_code OR p_code = ANY (with_implied (ARRAY[t.code], p_facts.today)));
END
$$;

CREATE OR REPLACE FUNCTION platen.medicals (p_facts platen.facts) RETURNS TABLE (grp int, dated date, until date, fit boolean)
LANGUAGE plpgsql STABLE SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT CASE split_part (t, ';', 1) WHEN '1' THEN 1 ELSE 2 END, coalesce (to_date_or_null (split_part (t, ';', 2)), '-infinity'), to_date_or_null (split_part (t, ';', 3)),
           split_part (t, ';', 4) <> 'unfit'
      FROM answers (p_facts) a, string_to_table (nullif (a.answer ->> 'medicals', ''), '|') t WHERE split_part (t, ';', 1) IN ('1', '2')
    UNION ALL
    SELECT 2, '-infinity', v.until, true FROM (SELECT to_date_or_null (p_facts.driver ->> 'medical_until')) v (until) WHERE v.until IS NOT NULL
    UNION ALL
    SELECT (e ->> 'group')::int, to_date_or_null (e ->> 'dated'), to_date_or_null (e ->> 'until'), e ->> 'result' = 'fit'
      FROM evidence (p_facts, 'medical') e;
END
$$;

-- Of all registries; the latest counts.
CREATE FUNCTION platen.suspended_until (p_facts platen.facts) RETURNS date
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT max (to_date_or_null (a.answer ->> 'suspended_until')) FROM answers (p_facts) a
$$;

CREATE OR REPLACE FUNCTION platen.rule_suspended (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('date', coalesce (v.until::text, 'further notice'),
                             'earliest', coalesce ((v.until + 1)::text, 'the day on which the suspension ends')), 'licence_status'::text
    FROM (SELECT suspended_until (f) AS until) v
   WHERE (v.until >= f.today OR (v.until IS NULL AND f.driver ->> 'licence_status' = 'suspended')) AND NOT is_lifted (f, 'suspension')
$$;

-- What registries say differently of the same thing, and who says what. Lists may be longer in one than in another: what stands against each other
-- is the same test with another result, the same examination with another end or result, the same offence with other points.
CREATE FUNCTION platen.unlike_answers (p_facts platen.facts) RETURNS TABLE (field text, given text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT v.field, string_agg (DISTINCT v.source || ': ' || v.value, ' / ')
    FROM (SELECT k AS field, '' AS what, btrim (a.answer ->> k) AS value, a.source
            FROM answers (p_facts) a, unnest (ARRAY['resident_since', 'residence_country', 'disqualified_until', 'medical_until']) k
          UNION ALL
          SELECT 'tests', array_to_string (t.parts[1:3], ';'), t.parts[4], a.source
            FROM answers (p_facts) a, string_to_table (nullif (a.answer ->> 'tests', ''), '|') r, string_to_array (r, ';') t (parts)
          UNION ALL
          SELECT 'medicals', array_to_string (t.parts[1:2], ';'), array_to_string (t.parts[3:4], ' '), a.source
            FROM answers (p_facts) a, string_to_table (nullif (a.answer ->> 'medicals', ''), '|') r, string_to_array (r, ';') t (parts)
           WHERE t.parts[2] <> ''
          UNION ALL
          SELECT 'offences', t.parts[1] || ';' || t.parts[3], string_agg (t.parts[2], '+' ORDER BY t.parts[2]), a.source
            FROM answers (p_facts) a, string_to_table (nullif (a.answer ->> 'offences', ''), '|') r, string_to_array (r, ';') t (parts)
           GROUP BY a.source, t.parts[1], t.parts[3]) v
   WHERE v.value <> ''
   GROUP BY v.field, v.what
  HAVING count (DISTINCT v.value) > 1 AND count (DISTINCT v.source) > 1
$$;

CREATE FUNCTION platen.rule_registries_differ (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' AS $$
  -- What only one registry has is not compared.
  SELECT jsonb_build_object ('field', u.field, 'values', string_agg (u.given, '; ' ORDER BY u.given)), u.field
    FROM unlike_answers (f) u JOIN field d ON d.field = u.field
   WHERE EXISTS (SELECT FROM answers (f) a, jsonb_object_keys (a.answer) k
                  WHERE k = ANY (ARRAY['resident_since', 'residence_country', 'disqualified_until', 'medical_until', 'tests', 'medicals', 'offences'])
                  GROUP BY k HAVING count (*) > 1)
   GROUP BY u.field, d.position ORDER BY d.position
$$;
REVOKE ALL ON FUNCTION platen.suspended_until (platen.facts), platen.unlike_answers (platen.facts), platen.rule_registries_differ (platen.facts, jsonb) FROM PUBLIC;

INSERT INTO platen.rule (code, severity, legal_reference, valid_from, parameters) VALUES
  ('REGISTRIES_DIFFER', 'soft', 'Registers Act, s. 9', '2000-01-01', '{}');
INSERT INTO platen.rule_text (code, language, text, cure) VALUES
('REGISTRIES_DIFFER', 'en', 'The registries do not say the same ({field_title}): {values}.',
 'The stricter one counts until then. Ask which is right, let the other be corrected, and record the paper that shows it.'),
('REGISTRIES_DIFFER', 'fr', 'Les registres ne disent pas la même chose ({field_title}) : {values}.',
 'D’ici là, le plus strict l’emporte. Demandez lequel est exact, faites corriger l’autre et enregistrez le document qui le montre.');
INSERT INTO platen.translation (context, language, english, text) VALUES
('law', 'fr', 'Registers Act, s. 9', 'Loi sur les registres, art. 9')
ON CONFLICT DO NOTHING;

-- What comes in rows is as long as a life on the road, and has the shape that the rules read.
CREATE FUNCTION platen.check_rows_text (p_field text, p_text text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_day   text := '[0-9]{4}-[0-9]{2}-[0-9]{2}';
  v_shape text := CASE p_field WHEN 'offences' THEN format ('^(%s);[0-9]{1,3};[^;|[:cntrl:]]{0,60}$', v_day)
                               WHEN 'tests' THEN format ('^[A-Z0-9]{1,4};(?:theory|practical);(%s);(?:passed|failed);[^;|[:cntrl:]]{0,60}$', v_day)
                               WHEN 'medicals' THEN format ('^[12];(?:%s)?;(%s);(?:fit|unfit)$', v_day, v_day) END;
BEGIN
  IF v_shape IS NULL OR coalesce (p_text, '') = '' THEN
    RETURN true;
  END IF;
  RETURN (SELECT count (*) <= 500 AND coalesce (bool_and (r ~ v_shape AND to_date_or_null (substring (r FROM v_shape)) IS NOT NULL), true)
            FROM string_to_table (p_text, '|') r);
END
$$;
REVOKE ALL ON FUNCTION platen.check_rows_text (text, text) FROM PUBLIC;

CREATE OR REPLACE FUNCTION platen.refuse_bad_answer (p_application platen.application, p_source text, p_state text,
                                                     p_answered_at timestamptz, p_fields text[], p_values text[]) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_wrong text;
BEGIN
  SELECT CASE
    WHEN NOT is_source (p_source) THEN 'its source is unknown'
    WHEN p_state IS NULL OR p_state NOT IN ('answered', 'not_found', 'timed_out', 'unreachable', 'refused', 'nonsense', 'cancelled')
      THEN 'its state is unknown'
    WHEN cardinality (p_fields) IS DISTINCT FROM cardinality (p_values) OR array_ndims (p_fields) > 1 OR array_ndims (p_values) > 1
      THEN 'it has not one value for each field'
    WHEN p_state <> 'answered' AND cardinality (p_fields) > 0 THEN 'it has values although the registry did not answer'
    WHEN p_state IN ('answered', 'not_found') AND p_answered_at IS NULL THEN 'it has no time'
    WHEN p_answered_at > clock_timestamp() + interval '1 minute' THEN 'its time lies in the future; set this computer’s clock'
    END INTO v_wrong;
  IF v_wrong IS NULL THEN
    SELECT CASE
      WHEN f.field IS NULL THEN format ('%s is no field', coalesce (quote_literal (a.field), 'an empty text'))
      WHEN count (*) OVER (PARTITION BY a.field) > 1 THEN format ('the %s is given twice', f.title)
      WHEN length (a.value) > CASE WHEN f.field IN ('offences', 'tests', 'medicals') THEN 100000 ELSE 2000 END THEN format ('the %s is too long', f.title)
      WHEN f.is_date AND a.value <> '' AND to_date_or_null (a.value) IS NULL THEN format ('the %s is no date', f.title)
      WHEN f.field = 'categories' AND NOT check_categories_text (a.value) THEN 'the categories are not well formed'
      WHEN NOT check_rows_text (f.field, a.value) THEN format ('the %s are not well formed', f.title)
      END AS wrong INTO v_wrong
      FROM unnest (p_fields, p_values) a (field, value) LEFT JOIN field f ON f.field = a.field
     ORDER BY 1 NULLS LAST LIMIT 1;
  END IF;
  IF v_wrong IS NOT NULL THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The answer of the %s registry was not recorded for application %s, because %s.'
                    ' Ask the registry again.', coalesce (p_source, 'unknown'), p_application.number, v_wrong));
  END IF;
END
$$;

CREATE OR REPLACE FUNCTION api.note_answer (p_id_number text, p_source text, p_state text, p_answered_at timestamptz,
                                 p_fields text[], p_values text[], p_keep int) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor   actor := demand ('clerk', 'supervisor', 'operator', 'auditor');
  v_expires timestamptz := p_answered_at + make_interval (secs => least (p_keep, 366 * 86400));
BEGIN
  DELETE FROM last_answer l
   WHERE l.ctid IN (SELECT o.ctid FROM last_answer o WHERE o.expires_at < clock_timestamp() LIMIT 20);
  IF NOT is_source (p_source) OR coalesce (p_state, '') NOT IN ('answered', 'not_found')
     OR p_answered_at IS NULL OR p_answered_at > clock_timestamp() + interval '1 minute'
     OR coalesce (v_expires, '-infinity') <= clock_timestamp()
     OR coalesce (cardinality (p_fields), -1) <> coalesce (cardinality (p_values), -2) OR cardinality (p_fields) > 100
     OR EXISTS (SELECT FROM unnest (p_fields, p_values) a (field, value)
                 WHERE length (a.value) > CASE WHEN a.field IN ('offences', 'tests', 'medicals') THEN 100000 ELSE 2000 END
                    OR NOT EXISTS (SELECT FROM field f WHERE f.field = a.field))
     OR NOT has_looked_up (v_actor, p_id_number) THEN
    RETURN false;
  END IF;
  INSERT INTO last_answer AS l (office_code, id_number, source, state, answered_at, expires_at, fields, field_values, noted_by)
  VALUES (v_actor.office_code, p_id_number, p_source, p_state, p_answered_at, v_expires, p_fields, p_values, v_actor.staff_id)
  ON CONFLICT (office_code, id_number, source) DO UPDATE
     SET state = excluded.state, answered_at = excluded.answered_at, expires_at = excluded.expires_at,
         fields = excluded.fields, field_values = excluded.field_values, noted_by = excluded.noted_by
   WHERE l.answered_at < excluded.answered_at;
  RETURN FOUND;
END
$$;

-- The generic plan is the only one that is good for every person, and planning for each takes as long as the rules.
CREATE OR REPLACE FUNCTION platen.apply_rules (p_facts platen.facts, p_rules platen.rule[])
RETURNS TABLE (rule text, severity text, legal_reference text, field text, params jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on
SET jit = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  v_rule rule;
BEGIN
  p_facts.held := coalesce (p_facts.held, ARRAY (SELECT ROW (h.code, h.valid_from, h.valid_to, h.restrictions)::held_right FROM held_categories (p_facts) h));
  p_facts.codes_held := coalesce (p_facts.codes_held, held_codes (p_facts));
  p_facts.counted := coalesce (p_facts.counted, ARRAY (SELECT ROW (o.day, o.points, o.ends)::counted_offence
                                                         FROM counted_offences (p_facts, rule_params ('POINTS', p_facts.today)) o));
  p_facts.open := coalesce (p_facts.open, found_open (p_facts));
  FOREACH v_rule IN ARRAY coalesce (p_rules, '{}') LOOP
    CONTINUE WHEN NOT has_kind (p_facts, v_rule.parameters);
    RETURN QUERY SELECT v_rule.code, v_rule.severity, v_rule.legal_reference, e.field, e.params FROM apply_rule (v_rule.code, p_facts, v_rule.parameters) e;
  END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION platen.plan_rules_once () RETURNS void
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
              'parse_categories', 'anniversary', 'months_on', 'other_answers', 'has_withdrawn', 'without_source',
              'fold_name', 'fold_name_written_out', 'is_same_spelling', 'name_pattern', 'is_native', 'name_words', 'without_particles', 'is_misspelt', 'consonants',
              'is_in_other_script', 'names_are_swapped', 'birth_is_possible', 'is_applicant', 'has_exception', 'card_content', 'card_content_sha256',
              'is_latin', 'language', 'unlike_answers', 'suspended_until')
            OR (f.proname LIKE 'rule\_%' AND f.proargtypes[0] = 'platen.facts'::regtype AND f.proargtypes[1] = 'jsonb'::regtype AND f.pronargs = 2)) LOOP
    PERFORM plan_once (v_function);
  END LOOP;
END
$once$;
SELECT platen.plan_rules_once (), platen.name_rules ();

INSERT INTO platen.translation (context, language, english, text) VALUES
('clause', 'fr', 'the {field} are not well formed', 'les {field} sont mal formés')
ON CONFLICT DO NOTHING;

INSERT INTO platen.schema_version (version, title) VALUES (84, 'what registries say to the rules');
