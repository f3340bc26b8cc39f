-- SPDX-License-Identifier: GPL-3.0-or-later
-- A registry is attached by an adapter file alone: its answers are recorded under a word of its own, shown,
-- and compared for the person's fields. Which registry says what may be driven stays as the rules know it.

SET LOCAL ROLE platen_owner;

CREATE FUNCTION platen.is_source (p_source text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (p_source ~ '^[a-z][a-z0-9_]{0,29}$', false)
$$;

ALTER TABLE platen.application_source DROP CONSTRAINT application_source_source_check;
ALTER TABLE platen.application_source ADD CONSTRAINT application_source_source_check CHECK (platen.is_source (source));

-- As in 0009, but for the sources.
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
    WHEN cardinality (p_fields) IS DISTINCT FROM cardinality (p_values) THEN 'it has not one value for each field'
    WHEN p_state <> 'answered' AND cardinality (p_fields) > 0 THEN 'it has values although the registry did not answer'
    WHEN p_state IN ('answered', 'not_found') AND p_answered_at IS NULL THEN 'it has no time'
    WHEN p_answered_at > clock_timestamp() + interval '1 minute' THEN 'its time lies in the future; set this computer’s clock'
    END INTO v_wrong;
  IF v_wrong IS NULL THEN
    SELECT CASE
      WHEN f.field IS NULL THEN format ('%s is no field', coalesce (quote_literal (a.field), 'an empty text'))
      WHEN count (*) OVER (PARTITION BY a.field) > 1 THEN format ('the %s is given twice', f.title)
      WHEN length (a.value) > 2000 THEN format ('the %s is too long', f.title)
      WHEN f.is_date AND a.value <> '' AND to_date_or_null (a.value) IS NULL THEN format ('the %s is no date', f.title)
      WHEN f.field = 'categories' AND NOT check_categories_text (a.value) THEN 'the categories are not well formed'
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

-- What the registries beside the three said: source → answer, of those that answered.
ALTER TYPE platen.facts ADD ATTRIBUTE others jsonb;

CREATE FUNCTION platen.other_answers (p_application bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (jsonb_object_agg (o.source, b.answer) FILTER (WHERE b.state = 'answered'), '{}')
    FROM (SELECT DISTINCT s.source FROM application_source s
           WHERE s.application_id = p_application AND s.source NOT IN ('identity', 'driver', 'infringement')) o
   CROSS JOIN LATERAL best_source (p_application, o.source) b
$$;

-- As in 0007, with the others.
CREATE OR REPLACE FUNCTION platen.gather_facts (p_application bigint) RETURNS platen.facts
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
  v_facts.others := other_answers (p_application);
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

CREATE OR REPLACE FUNCTION platen.source_values (p_facts platen.facts, p_field text) RETURNS text[]
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (array_agg (v.value ORDER BY v.position, v.source), '{}')
    FROM (SELECT normalize (btrim (a.value), NFC) AS value, min (a.position) AS position, min (a.source) AS source
            FROM (SELECT 1, 'identity', p_facts.identity ->> p_field
                  UNION ALL SELECT 2, 'driver', p_facts.driver ->> p_field
                  UNION ALL SELECT 3, 'infringement', p_facts.infringement ->> p_field
                  UNION ALL SELECT 4, o.key, o.value ->> p_field FROM jsonb_each (p_facts.others) o) a (position, source, value)
           WHERE btrim (a.value) <> ''
           GROUP BY 1) v
$$;

CREATE OR REPLACE FUNCTION platen.rule_deceased (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('source', s.source, 'date', s.answer ->> 'death_date'), 'death_date'::text
    FROM (SELECT 1, 'identity', f.identity UNION ALL SELECT 2, 'driver', f.driver
          UNION ALL SELECT 3, 'infringement', f.infringement
          UNION ALL SELECT 4, o.key, o.value FROM jsonb_each (f.others) o) s (position, source, answer)
   WHERE btrim (s.answer ->> 'death_date') <> ''
   ORDER BY s.position, s.source
   LIMIT 1
$$;

INSERT INTO platen.schema_version (version, title) VALUES (27, 'registries of any number');
