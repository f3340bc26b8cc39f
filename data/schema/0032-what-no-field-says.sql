-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the registries disagree on beyond single fields, as the domain's plt_reconcile_person() says it: both
-- pass one table of cases. And a rule of law that stops where a registry takes away what the driver register
-- still has: until now only the driver register's own word did.

SET LOCAL ROLE platen_owner;

-- Whether one of the withdrawn codes, or ALL, stands among the categories.
CREATE FUNCTION platen.has_withdrawn (p_categories text, p_codes text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT EXISTS (SELECT FROM parse_categories (p_categories) h, regexp_split_to_array (upper (coalesce (p_codes, '')), '[\s,;|]+') w (codes)
                  WHERE h.code = ANY (w.codes) OR 'ALL' = ANY (w.codes))
$$;

-- Which registries differ from the driver register on the right to drive; by a withdrawn category alone, or else.
CREATE FUNCTION platen.rights_against (p_facts platen.facts) RETURNS TABLE (source text, by_category boolean)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT v.source, NOT v.differs
    FROM (SELECT a.source, a.position,
                 EXISTS (SELECT FROM unnest (ARRAY['licence_number', 'licence_status', 'categories', 'suspended_until']) r (field)
                          WHERE a.answer ->> r.field <> p_facts.driver ->> r.field
                            AND btrim (a.answer ->> r.field) <> '' AND btrim (p_facts.driver ->> r.field) <> '')
                 OR (coalesce (to_date_or_null (a.answer ->> 'suspended_until') >= p_facts.today, false)
                     AND coalesce (btrim (p_facts.driver ->> 'suspended_until'), '') = ''
                     AND p_facts.driver ->> 'licence_status' = 'valid')
                 OR (coalesce (p_facts.driver ->> 'licence_status', '') <> 'withdrawn' AND a.answer ->> 'licence_status' = 'withdrawn'
                     AND has_withdrawn (p_facts.driver ->> 'categories', 'ALL')) IS TRUE AS differs,
                 coalesce (p_facts.driver ->> 'licence_status', '') <> 'withdrawn'
                 AND has_withdrawn (p_facts.driver ->> 'categories', a.answer ->> 'withdrawn_categories') AS withdrawn
            FROM answers (p_facts) a
           WHERE a.source <> 'driver') v
   WHERE v.differs OR v.withdrawn
   ORDER BY v.position
$$;

-- Each kind once, the weightiest first. A registry that did not answer has not said that it knows nobody, and
-- one that has a licence that was not withdrawn has not heard of a death.
CREATE FUNCTION platen.person_differences (p_facts platen.facts) RETURNS TABLE (kind text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT k.kind
    FROM difference_kind k
   WHERE CASE k.kind
           WHEN 'wrong_check_digit' THEN NOT is_id_number (p_facts.id_number)
           WHEN 'only_driver' THEN p_facts.identity_state = 'not_found' AND p_facts.driver_state = 'answered'
           WHEN 'only_infringement' THEN p_facts.identity_state = 'not_found' AND p_facts.driver_state <> 'answered'
                                         AND p_facts.infringement_state = 'answered'
           WHEN 'only_identity' THEN p_facts.identity_state = 'answered' AND p_facts.driver_state = 'not_found'
           WHEN 'dead_and_alive' THEN
             EXISTS (SELECT FROM answers (p_facts) a WHERE btrim (a.answer ->> 'death_date') <> '')
             AND EXISTS (SELECT FROM answers (p_facts) a
                          WHERE coalesce (btrim (a.answer ->> 'death_date'), '') = ''
                            AND ((a.source = 'identity' AND p_facts.identity_state = 'answered')
                                 OR coalesce (btrim (a.answer ->> 'licence_status'), 'withdrawn') NOT IN ('', 'withdrawn')))
           WHEN 'foreign_photo' THEN EXISTS (SELECT FROM rule_foreign_photo (p_facts, '{}'))
           WHEN 'category_withdrawn' THEN EXISTS (SELECT FROM rights_against (p_facts))
           ELSE false END
   ORDER BY k.position DESC
$$;

-- Whatever registry withdrew it.
CREATE OR REPLACE FUNCTION platen.rule_category_withdrawn (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('category', c.code), 'categories'::text
    FROM category c
   WHERE c.code = ANY (f.codes)
     AND EXISTS (SELECT FROM answers (f) a, regexp_split_to_array (upper (coalesce (a.answer ->> 'withdrawn_categories', '')), '[\s,;|]+') w (codes)
                  WHERE c.code = ANY (w.codes) OR 'ALL' = ANY (w.codes))
   ORDER BY c.position
$$;

-- What was withdrawn is told by category, and stops what is applied for. Here is the rest.
CREATE FUNCTION platen.rule_rights_differ (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT '{}'::jsonb, 'licence_status'::text FROM rights_against (f) r WHERE NOT r.by_category LIMIT 1
$$;

-- Two numbers of one person, linked by people, have one photo.
CREATE OR REPLACE FUNCTION platen.rule_foreign_photo (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('number', btrim (s.answer ->> 'portrait_of')), 'portrait_of'::text
    FROM answers (f) s
   WHERE btrim (coalesce (s.answer ->> 'portrait_of', '')) NOT IN ('', f.id_number)
     AND btrim (s.answer ->> 'portrait_of') <> ALL (same_person (f.id_number))
   LIMIT 1
$$;

INSERT INTO platen.rule (code, severity, legal_reference, valid_from, parameters) VALUES
  ('RIGHTS_DIFFER', 'hard', 'Road Traffic Act, s. 33', '2000-01-01', '{}');
INSERT INTO platen.rule_text (code, language, text, cure) VALUES
('RIGHTS_DIFFER', 'en', 'Another registry and the driver register disagree on what this person may drive.',
 'Do not continue. Ask which decision stands, and let the driver register be corrected.'),
('RIGHTS_DIFFER', 'fr', 'Un autre registre et celui des conducteurs se contredisent sur ce que cette personne peut conduire.',
 'N’allez pas plus loin. Demandez quelle décision vaut, et faites corriger le registre des conducteurs.');

INSERT INTO platen.schema_version (version, title) VALUES (32, 'what no field says');
