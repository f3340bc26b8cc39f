-- SPDX-License-Identifier: GPL-3.0-or-later
-- Why a card gets its layout, in words: which rule said so and why the others did not, which version is drawn and why no other is. A card keeps
-- the rule beside the version; and what may not be used any more is not sent to a printer, though it was drawn when it might be.

SET LOCAL ROLE platen_owner;

ALTER TABLE platen.card ADD COLUMN layout_rule bigint REFERENCES platen.layout_rule; -- NULL: drawn before this upgrade

-- Why a rule is not for this application on that day; NULL where it fits. Asked of each rule whenever a layout is chosen and whenever it is told why.
CREATE FUNCTION platen.layout_misfit (p_rule platen.layout_rule, p_application platen.application, p_years numeric, p_day date) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN p_rule.state <> 'approved' THEN 'state'
              WHEN p_rule.valid_from > p_day THEN 'early'
              WHEN p_rule.valid_to < p_day THEN 'late'
              WHEN p_rule.type <> p_application.type THEN 'type'
              WHEN p_rule.for_office <> p_application.office_code THEN 'office'
              WHEN p_rule.min_age IS NOT NULL AND coalesce (p_years < p_rule.min_age, true)
                OR p_rule.max_age IS NOT NULL AND coalesce (p_years > p_rule.max_age, true) THEN 'age' END
$$;

-- In whole years on the day of issue; NULL where the date of birth is not known.
CREATE FUNCTION platen.years_at_issue (p_application platen.application, p_birth_date date, p_day date) RETURNS numeric
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT extract (year FROM age (coalesce (p_application.issue_date, p_day)::timestamp, p_birth_date::timestamp))
$$;

-- The rule that says the layout; no row where none does.
CREATE FUNCTION platen.ruling_layout_rule (p_application platen.application, p_birth_date date, p_day date) RETURNS SETOF platen.layout_rule
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT * FROM layout_rule r
   WHERE layout_misfit (r, p_application, years_at_issue (p_application, p_birth_date, p_day), p_day) IS NULL
   ORDER BY r.position, r.id LIMIT 1
$$;

CREATE OR REPLACE FUNCTION platen.ruled_layout (p_application platen.application, p_birth_date date, p_day date) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT r.layout FROM ruling_layout_rule (p_application, p_birth_date, p_day) r
$$;

CREATE FUNCTION platen.keep_layout_rule () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_application application;
BEGIN
  SELECT * INTO STRICT v_application FROM application WHERE id = NEW.application_id;
  NEW.layout_rule := (SELECT r.id FROM ruling_layout_rule (v_application, (gather_facts (NEW.application_id)).birth_date, today ()) r);
  RETURN NEW;
END
$$;
CREATE TRIGGER layout_rule_is_kept BEFORE UPDATE OF layout ON platen.card FOR EACH ROW
  WHEN (NEW.state IN ('reserved', 'rendered')) EXECUTE FUNCTION platen.keep_layout_rule ();

-- Drawn yesterday, on its last day, or before it was retired or replaced: then the card is drawn again.
CREATE FUNCTION platen.refuse_stale_layout () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM layout l WHERE (l.layout, l.version, l.digest) = (NEW.layout, NEW.layout_version, NEW.layout_digest)
                    AND l.state = 'approved' AND l.valid_from <= today () AND coalesce (l.valid_to >= today (), true)) THEN
    PERFORM refuse ('P0001', 'LAYOUT', format ('Card %s was not sent, because version %s of layout %s, with which it was drawn, may not be used any'
                    ' more. Cancel the card and print it again.', NEW.number, NEW.layout_version, NEW.layout));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER layout_may_be_sent BEFORE UPDATE OF job_id ON platen.card FOR EACH ROW
  WHEN (OLD.job_id IS NULL AND NEW.job_id IS NOT NULL AND NEW.layout_digest IS NOT NULL) EXECUTE FUNCTION platen.refuse_stale_layout ();

CREATE FUNCTION platen.type_in_words (p_type text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT CASE p_type WHEN 'new' THEN 'first licence' WHEN 'upgrade' THEN 'new category' ELSE p_type END
$$;

-- 16 to 20 years, and so on.
CREATE FUNCTION platen.ages_in_words (p_min int, p_max int) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN p_min IS NULL AND p_max IS NULL THEN 'any age'
              WHEN p_max IS NULL THEN format ('from %s years on', p_min)
              WHEN p_min IS NULL THEN format ('up to %s years', p_max)
              ELSE format ('from %s to %s years', p_min, p_max) END
$$;

CREATE FUNCTION platen.why_not_rule (p_rule platen.layout_rule, p_ruling bigint, p_application platen.application, p_years numeric, p_day date)
RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT CASE layout_misfit (p_rule, p_application, p_years, p_day)
         WHEN 'state' THEN format ('%s proposed it, and nobody has approved it yet', (SELECT s.name FROM staff s WHERE s.id = p_rule.proposed_by))
         WHEN 'early' THEN format ('it is not valid before %s', p_rule.valid_from)
         WHEN 'late' THEN format ('its last day was %s', p_rule.valid_to)
         WHEN 'type' THEN format ('it is for the type %s, and this application is of the type %s', type_in_words (p_rule.type),
                                    type_in_words (p_application.type))
         WHEN 'office' THEN format ('it is for office %s, and this application is of office %s', p_rule.for_office, p_application.office_code)
         WHEN 'age' THEN CASE WHEN p_years IS NULL THEN format ('it is for holders %s, and the date of birth is not known',
                                                                ages_in_words (p_rule.min_age, p_rule.max_age))
                              ELSE format ('it is for holders %s, and this one is %s years old on the day of issue',
                                           ages_in_words (p_rule.min_age, p_rule.max_age), p_years) END
         ELSE format ('rule %s fits as well and is asked before it', p_ruling) END
$$;

-- What a person wrote stays as it was written; what the program says is in the reader's language.
CREATE FUNCTION platen.rule_reason (p_rule platen.layout_rule) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN p_rule.proposed_by IS NULL THEN in_words ('layout_choice', p_rule.reason) ELSE p_rule.reason END
$$;

-- @p_used: the version that is drawn today, where there is one.
CREATE FUNCTION platen.why_not_version (p_layout platen.layout, p_used platen.layout, p_day date) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET TimeZone FROM CURRENT AS $$
  SELECT CASE WHEN p_layout.state = 'proposed'
              THEN format ('%s proposed it, and nobody has approved it yet', (SELECT s.name FROM staff s WHERE s.id = p_layout.proposed_by))
              WHEN p_layout.state = 'refused' THEN format ('it was refused on %s', s.at::date)
              WHEN s.what = 'replaced' THEN format ('other files of the same version took its place on %s', s.at::date)
              WHEN p_layout.state = 'retired' THEN format ('it was retired on %s', s.at::date)
              WHEN p_layout.valid_from > p_day THEN format ('it is not valid before %s', p_layout.valid_from)
              WHEN p_layout.valid_to < p_day THEN format ('its last day was %s', p_layout.valid_to)
              ELSE format ('version %s is newer', p_used.version) END
    FROM layout_step s WHERE s.layout_id = p_layout.id ORDER BY s.id DESC LIMIT 1
$$;

-- Who reads this learns the holder's age: it is noted as each reading is. The sentences come in the order in which a person would say them: the card
-- that keeps its layout, the rule and its version, the rules before and behind it, the other versions, newest first.
CREATE FUNCTION api.layout_choice (p_application bigint)
RETURNS TABLE (what text, chosen boolean, rule bigint, layout text, version int, text text, reason text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor', 'operator', 'auditor', 'admin');
  v_application application;
  v_card        card;
  v_birth_date  date;
  v_years       numeric;
  v_rule        layout_rule;
  v_used        layout;
BEGIN
  PERFORM may_read_persons ('layout_choice');
  SELECT * INTO v_application FROM application WHERE id = p_application;  -- an auditor's are all offices
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was read, because office %s has no application with the record number %s. Search for it'
                    ' again.', v_actor.office_code, coalesce (p_application::text, 'NULL')));
  END IF;
  v_birth_date := (gather_facts (p_application)).birth_date;
  v_years := years_at_issue (v_application, v_birth_date, today ());
  SELECT * INTO v_rule FROM ruling_layout_rule (v_application, v_birth_date, today ());
  SELECT * INTO v_used FROM usable_layout (v_rule.layout, today ());
  SELECT * INTO v_card FROM card c WHERE c.application_id = p_application AND c.state NOT IN ('spoiled', 'cancelled', 'recalled');

  IF v_card.layout IS NOT NULL AND (v_card.state <> 'rendered' OR v_card.job_id IS NOT NULL) THEN
    RETURN QUERY SELECT 'card', true, v_card.layout_rule, v_card.layout, v_card.layout_version, in_words ('layout_choice',
      CASE WHEN v_card.layout_rule IS NULL
           THEN format ('Card %s keeps version %s of layout %s, with which it was drawn. What follows is of a card that would be drawn today.',
                        v_card.number, v_card.layout_version, v_card.layout)
           ELSE format ('Card %s keeps version %s of layout %s, with which it was drawn, because rule %s said so. What follows is of a card that would'
                        ' be drawn today.', v_card.number, v_card.layout_version, v_card.layout, v_card.layout_rule) END), NULL::text;
  END IF;

  RETURN QUERY SELECT 'rule', v_rule.id IS NOT NULL, v_rule.id, v_rule.layout, NULL::int, in_words ('layout_choice',
    CASE WHEN v_rule.id IS NULL THEN 'No rule says which layout this application gets, so no card can be drawn. Have a rule approved.'
         ELSE format ('Rule %s, asked at position %s, says layout %s. It is for: %s; %s; %s.', v_rule.id, v_rule.position, v_rule.layout,
                      coalesce (type_in_words (v_rule.type), 'any type of application'), coalesce ('office ' || v_rule.for_office, 'any office'),
                      ages_in_words (v_rule.min_age, v_rule.max_age)) END), rule_reason (v_rule);
  IF v_rule.id IS NOT NULL THEN
    RETURN QUERY SELECT 'version', v_used.id IS NOT NULL, v_rule.id, v_rule.layout, v_used.version, in_words ('layout_choice',
      CASE WHEN v_used.id IS NULL
           THEN format ('No approved version of layout %s is valid today, so no card can be drawn. Have one approved.', v_rule.layout)
           ELSE format ('Version %s is drawn, the newest that is approved and valid today: %s proposed it, %s approved it.', v_used.version,
                        (SELECT s.name FROM staff s WHERE s.id = v_used.proposed_by),
                        (SELECT s.name FROM staff s WHERE s.id = v_used.approved_by)) END),
      (SELECT s.reason FROM layout_step s WHERE s.layout_id = v_used.id ORDER BY s.id DESC LIMIT 1);
  END IF;
  RETURN QUERY SELECT 'rule', false, r.id, r.layout, NULL::int, in_words ('layout_choice',
      format ('Rule %s (position %s, layout %s) does not decide: %s.', r.id, r.position, r.layout,
              why_not_rule (r, v_rule.id, v_application, v_years, today ()))), rule_reason (r)
    FROM layout_rule r WHERE r.id IS DISTINCT FROM v_rule.id AND r.state IN ('proposed', 'approved') ORDER BY r.position, r.id;
  -- Of each version what is in use or waits, else what became of its last files; and which files were replaced.
  RETURN QUERY SELECT 'version', false, NULL::bigint, l.layout, l.version, in_words ('layout_choice',
      format ('Version %s of layout %s is not drawn: %s.', l.version, l.layout, why_not_version (l, v_used, today ()))),
      (SELECT s.reason FROM layout_step s WHERE s.layout_id = l.id ORDER BY s.id DESC LIMIT 1)
    FROM layout l
   WHERE l.layout = v_rule.layout AND l.id IS DISTINCT FROM v_used.id
     AND (l.state IN ('proposed', 'approved')
          OR l.id = (SELECT max (o.id) FROM layout o WHERE o.layout = l.layout AND o.version = l.version AND o.state IN ('refused', 'retired')))
   ORDER BY l.version DESC, l.id DESC LIMIT 50;
END
$$;

DO $grants$
DECLARE
  v_group text;
BEGIN
  FOREACH v_group IN ARRAY ARRAY['platen_clerk', 'platen_supervisor', 'platen_operator', 'platen_auditor', 'platen_admin'] LOOP
    EXECUTE format ('GRANT EXECUTE ON FUNCTION api.layout_choice (bigint) TO %I', v_group);
  END LOOP;
END
$grants$;
REVOKE ALL ON FUNCTION platen.layout_misfit (platen.layout_rule, platen.application, numeric, date),
  platen.years_at_issue (platen.application, date, date), platen.ruling_layout_rule (platen.application, date, date), platen.keep_layout_rule (),
  platen.refuse_stale_layout (), platen.type_in_words (text), platen.ages_in_words (int, int),
  platen.why_not_rule (platen.layout_rule, bigint, platen.application, numeric, date),
  platen.rule_reason (platen.layout_rule), platen.why_not_version (platen.layout, platen.layout, date), api.layout_choice (bigint) FROM PUBLIC;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'Card {card} was not sent, because version {version} of layout {layout}, with which it was drawn, may not be used any more. Cancel'
                  ' the card and print it again.',
 'La carte {card} n’a pas été envoyée, car la version {version} de la maquette {layout}, avec laquelle elle a été dessinée, ne peut plus servir.'
 ' Annulez la carte et relancez l’impression.'),
('refusal', 'fr', 'Nothing was read, because office {office} has no application with the record number {id}. Search for it again.',
 'Rien n’a été lu, car le bureau {office} n’a pas de demande enregistrée sous le numéro {id}. Cherchez-la de nouveau.'),
('layout_choice', 'fr', 'Card {card} keeps version {version} of layout {layout}, with which it was drawn. What follows is of a card that would be drawn'
                        ' today.',
 'La carte {card} garde la version {version} de la maquette {layout}, avec laquelle elle a été dessinée. Ce qui suit vaut pour une carte qui serait'
 ' dessinée aujourd’hui.'),
('layout_choice', 'fr', 'Card {card} keeps version {version} of layout {layout}, with which it was drawn, because rule {id} said so. What follows is of a'
                        ' card that would be drawn today.',
 'La carte {card} garde la version {version} de la maquette {layout}, avec laquelle elle a été dessinée, car la règle {id} le voulait. Ce qui suit vaut'
 ' pour une carte qui serait dessinée aujourd’hui.'),
('layout_choice', 'fr', 'No rule says which layout this application gets, so no card can be drawn. Have a rule approved.',
 'Aucune règle ne dit quelle maquette reçoit cette demande ; aucune carte ne peut donc être dessinée. Faites approuver une règle.'),
('layout_choice', 'fr', 'Rule {id}, asked at position {position}, says layout {layout}. It is for: {rule_type}; {rule_office}; {rule_ages}.',
 'La règle {id}, appliquée en position {position}, dit la maquette {layout}. Elle vaut pour : {rule_type} ; {rule_office} ; {rule_ages}.'),
('layout_choice', 'fr', 'No approved version of layout {layout} is valid today, so no card can be drawn. Have one approved.',
 'Aucune version approuvée de la maquette {layout} n’est valable aujourd’hui ; aucune carte ne peut donc être dessinée. Faites-en approuver une.'),
('layout_choice', 'fr', 'Version {version} is drawn, the newest that is approved and valid today: {name} proposed it, {name2} approved it.',
 'La version {version} est dessinée, la plus récente qui soit approuvée et valable aujourd’hui : proposée par {name}, approuvée par {name2}.'),
('layout_choice', 'fr', 'Rule {id} (position {position}, layout {layout}) does not decide: {layout_not}.',
 'La règle {id} (position {position}, maquette {layout}) ne décide pas : {layout_not}.'),
('layout_choice', 'fr', 'Version {version} of layout {layout} is not drawn: {layout_not}.',
 'La version {version} de la maquette {layout} n’est pas dessinée : {layout_not}.'),
('layout_choice', 'fr', 'Comes with the program.', 'Fournie avec le programme.'),
('layout_not', 'fr', '{name} proposed it, and nobody has approved it yet', '{name} l’a proposée et personne ne l’a encore approuvée'),
('layout_not', 'fr', 'it is not valid before {date}', 'elle n’est pas valable avant le {date}'),
('layout_not', 'fr', 'its last day was {date}', 'son dernier jour était le {date}'),
('layout_not', 'fr', 'it is for the type {rule_type}, and this application is of the type {rule_type2}',
 'elle vaut pour le type « {rule_type} », et cette demande est du type « {rule_type2} »'),
('layout_not', 'fr', 'it is for office {office}, and this application is of office {office2}',
 'elle vaut pour le bureau {office}, et cette demande est du bureau {office2}'),
('layout_not', 'fr', 'it is for holders {rule_ages}, and the date of birth is not known',
 'elle vaut pour les titulaires {rule_ages}, et la date de naissance n’est pas connue'),
('layout_not', 'fr', 'it is for holders {rule_ages}, and this one is {years} years old on the day of issue',
 'elle vaut pour les titulaires {rule_ages}, et celui-ci a {years} ans le jour de la délivrance'),
('layout_not', 'fr', 'rule {id} fits as well and is asked before it', 'la règle {id} convient aussi et s’applique avant elle'),
('layout_not', 'fr', 'it was refused on {date}', 'elle a été refusée le {date}'),
('layout_not', 'fr', 'other files of the same version took its place on {date}', 'd’autres fichiers de la même version l’ont remplacée le {date}'),
('layout_not', 'fr', 'it was retired on {date}', 'elle a été retirée le {date}'),
('layout_not', 'fr', 'version {version} is newer', 'la version {version} est plus récente'),
('rule_type', 'fr', 'any type of application', 'tout type de demande'), ('rule_type', 'fr', 'first licence', 'premier permis'),
('rule_type', 'fr', 'renewal', 'renouvellement'), ('rule_type', 'fr', 'replacement', 'duplicata'),
('rule_type', 'fr', 'correction', 'rectification'), ('rule_type', 'fr', 'new category', 'nouvelle catégorie'),
('rule_office', 'fr', 'any office', 'tout bureau'), ('rule_office', 'fr', 'office {office}', 'bureau {office}'),
('rule_ages', 'fr', 'any age', 'de tout âge'), ('rule_ages', 'fr', 'from {years} years on', 'à partir de {years} ans'),
('rule_ages', 'fr', 'up to {years} years', 'jusqu’à {years} ans'), ('rule_ages', 'fr', 'from {years} to {years2} years', 'de {years} à {years2} ans');

UPDATE platen.translation
   SET text = regexp_replace (regexp_replace (text, ' ([:;!?»])', E'\u202F\\1', 'g'), '« ', E'«\u202F', 'g')
 WHERE language = 'fr';

INSERT INTO platen.schema_version (version, title) VALUES (47, 'why this layout');
