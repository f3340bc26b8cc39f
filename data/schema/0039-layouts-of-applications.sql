-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which layout an application gets: rules, which need two people as layouts do. A card is drawn with the newest approved
-- version that is valid on the day, from the very files that were approved; it keeps layout, version and digest.

SET LOCAL ROLE platen_owner;

-- Asked in the order of their position; the first that fits names the layout.
CREATE TABLE platen.layout_rule (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  position    int NOT NULL CHECK (position BETWEEN 1 AND 9999),
  type        text CHECK (type IN ('new', 'renewal', 'replacement', 'correction', 'upgrade')), -- NULL: any
  for_office  text REFERENCES platen.office,                                                   -- NULL: any
  min_age     int CHECK (min_age BETWEEN 0 AND 150), -- in whole years on the day of issue
  max_age     int CHECK (max_age BETWEEN 0 AND 150),
  layout      text NOT NULL CHECK (layout ~ '^[a-z][a-z0-9-]{0,62}$'),
  valid_from  date NOT NULL,
  valid_to    date,
  state       platen.layout_state NOT NULL DEFAULT 'proposed',
  proposed_by int REFERENCES platen.staff,           -- NULL: comes with the program
  approved_by int REFERENCES platen.staff,
  reason      text CHECK (length (reason) <= 2000),  -- of the last step
  changed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT rule_days_are_in_order CHECK (valid_to >= valid_from),
  CONSTRAINT ages_are_in_order CHECK (max_age >= min_age),
  CONSTRAINT rule_approval_is_by_another CHECK (approved_by <> proposed_by),
  CONSTRAINT rule_is_approved_by_somebody
    CHECK (proposed_by IS NULL OR (state IN ('approved', 'retired')) = (approved_by IS NOT NULL))
);
INSERT INTO platen.layout_rule (position, layout, valid_from, state, reason)
VALUES (9999, 'utopia-iso', '2000-01-01', 'approved', 'Comes with the program.');

CREATE TRIGGER layout_rule_is_kept BEFORE DELETE OR TRUNCATE ON platen.layout_rule
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();

ALTER TABLE platen.card ADD COLUMN layout_digest text CHECK (layout_digest ~ '^[0-9a-f]{64}$'); -- NULL: drawn before this upgrade

CREATE FUNCTION platen.note_layout_rule (p_actor platen.actor, p_rule platen.layout_rule, p_what text, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM note (p_actor, p_actor.office_code, 'layout_rule_' || p_what, 'layout_rule', p_rule.id::text,
                jsonb_build_object ('rule', to_jsonb (p_rule), 'why', p_reason));
  PERFORM tell_offices ('layout', 0);
END
$$;

CREATE FUNCTION platen.hold_layout_rule (p_rule bigint, p_from platen.layout_state) RETURNS platen.layout_rule
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_rule layout_rule;
BEGIN
  SELECT * INTO v_rule FROM layout_rule WHERE id = p_rule FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was changed, because there is no layout rule with the number %s. List the rules'
                    ' again.', coalesce (p_rule::text, 'NULL')));
  ELSIF v_rule.state NOT IN ('proposed', 'approved') OR v_rule.state <> coalesce (p_from, v_rule.state) THEN
    PERFORM refuse ('P0001', 'STATE', format ('Layout rule %s was not changed, because it is %s. List the rules again.', p_rule, v_rule.state));
  END IF;
  RETURN v_rule;
END
$$;

CREATE FUNCTION api.propose_layout_rule (p_position int, p_type text, p_office text, p_min_age int, p_max_age int, p_layout text,
                                         p_valid_from date, p_valid_to date, p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('admin', 'supervisor');
  v_reason text := check_reason (p_reason);
  v_rule   layout_rule;
BEGIN
  IF v_reason IS NULL THEN
    PERFORM refuse ('P0001', 'REASON', 'The layout rule was not proposed, because no reason was given. Say why.');
  ELSIF NOT EXISTS (SELECT FROM layout l WHERE l.layout = p_layout) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The layout rule was not proposed, because no version of layout %s was ever proposed. Propose'
                    ' the layout first.', coalesce (quote_literal (p_layout), 'NULL')));
  ELSIF p_valid_to < coalesce (p_valid_from, today ()) OR p_valid_to < today () THEN
    PERFORM refuse ('P0001', 'NOT_VALID', 'The layout rule was not proposed, because its days are over before it could be used. Correct its'
                    ' dates.');
  END IF;
  BEGIN
    INSERT INTO layout_rule (position, type, for_office, min_age, max_age, layout, valid_from, valid_to, proposed_by, reason)
    VALUES (p_position, p_type, p_office, p_min_age, p_max_age, p_layout, coalesce (p_valid_from, today ()), p_valid_to, v_actor.staff_id,
            v_reason) RETURNING * INTO v_rule;
  EXCEPTION WHEN check_violation OR not_null_violation OR foreign_key_violation THEN
    PERFORM refuse ('P0001', 'FIELD', 'The layout rule was not proposed, because its position (1 to 9999), kind of application, office or'
                    ' ages are none. Correct them.');
  END;
  PERFORM note_layout_rule (v_actor, v_rule, 'proposed', v_reason);
  RETURN v_rule.id;
END
$$;

CREATE FUNCTION api.approve_layout_rule (p_rule bigint, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('admin', 'supervisor');
  v_reason text := check_reason (p_reason);
  v_rule   layout_rule := hold_layout_rule (p_rule, 'proposed');
BEGIN
  IF v_rule.proposed_by = v_actor.staff_id THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', format ('Layout rule %s was not approved, because you proposed it yourself. Ask a colleague.', p_rule));
  ELSIF NOT EXISTS (SELECT FROM usable_layout (v_rule.layout, greatest (v_rule.valid_from, today ()))) THEN
    PERFORM refuse ('P0001', 'NO_LAYOUT', format ('Layout rule %s was not approved, because no approved version of layout %s is valid on its'
                    ' first day. Have one approved first.', p_rule, v_rule.layout));
  END IF;
  UPDATE layout_rule SET state = 'approved', approved_by = v_actor.staff_id, reason = coalesce (v_reason, reason),
                         changed_at = clock_timestamp() WHERE id = p_rule;
  PERFORM note_layout_rule (v_actor, v_rule, 'approved', v_reason);
END
$$;

-- A proposal is refused, an approved rule retired. The one that comes with the program stays: it is asked last.
CREATE FUNCTION api.end_layout_rule (p_rule bigint, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('admin', 'supervisor');
  v_reason text := check_reason (p_reason);
  v_rule   layout_rule := hold_layout_rule (p_rule, NULL);
  v_to     layout_state := CASE v_rule.state WHEN 'proposed' THEN 'refused' ELSE 'retired' END;
BEGIN
  IF v_reason IS NULL THEN
    PERFORM refuse ('P0001', 'REASON', format ('Layout rule %s was not ended, because no reason was given. Say why.', p_rule));
  ELSIF v_rule.proposed_by IS NULL THEN
    PERFORM refuse ('P0001', 'STATE', format ('Layout rule %s was not ended, because it comes with the program and is asked last. Propose one'
                    ' that is asked before it.', p_rule));
  END IF;
  UPDATE layout_rule SET state = v_to, reason = v_reason, changed_at = clock_timestamp() WHERE id = p_rule;
  PERFORM note_layout_rule (v_actor, v_rule, v_to, v_reason);
END
$$;

-- The layout of an application on a day, or no row.
CREATE FUNCTION platen.ruled_layout (p_application platen.application, p_birth_date date, p_day date) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT r.layout
    FROM layout_rule r,
         extract (year FROM age (coalesce (p_application.issue_date, p_day)::timestamp, p_birth_date::timestamp)) a (years)
   WHERE r.state = 'approved' AND r.valid_from <= p_day AND coalesce (r.valid_to >= p_day, true)
     AND (r.type IS NULL OR r.type = p_application.type)
     AND (r.for_office IS NULL OR r.for_office = p_application.office_code)
     AND (r.min_age IS NULL OR coalesce (a.years >= r.min_age, false))
     AND (r.max_age IS NULL OR coalesce (a.years <= r.max_age, false))
   ORDER BY r.position, r.id LIMIT 1
$$;

-- The version with which a card is drawn today; refused where there is none.
CREATE FUNCTION platen.choose_layout (p_application platen.application, p_birth_date date) RETURNS platen.layout
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_name   text := ruled_layout (p_application, p_birth_date, today ());
  v_layout layout;
BEGIN
  SELECT * INTO v_layout FROM usable_layout (v_name, today ());
  IF v_layout.id IS NULL THEN
    PERFORM refuse ('P0001', 'NO_LAYOUT', CASE WHEN v_name IS NULL
                    THEN format ('No card can be drawn for application %s, because no rule says which layout it gets. Have one approved.',
                                 p_application.number)
                    ELSE format ('No card can be drawn for application %s, because no approved version of layout %s is valid today. Have one'
                                 ' approved.', p_application.number, v_name) END);
  END IF;
  RETURN v_layout;
END
$$;

CREATE FUNCTION platen.refuse_without_layout () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_application application;
BEGIN
  SELECT * INTO STRICT v_application FROM application WHERE id = NEW.application_id;
  PERFORM choose_layout (v_application, (gather_facts (NEW.application_id)).birth_date);
  RETURN NEW;
END
$$;
-- Before a blank is taken for a card that cannot be drawn.
CREATE TRIGGER there_is_a_layout BEFORE INSERT ON platen.card FOR EACH ROW EXECUTE FUNCTION platen.refuse_without_layout ();

-- The layout of what is drawn now; of what was drawn and sent, the one with which it was.
CREATE FUNCTION platen.card_layout (p_application platen.application, p_birth_date date)
RETURNS TABLE (layout text, layout_version int, layout_digest text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_card   card;
  v_layout layout;
BEGIN
  SELECT * INTO v_card FROM card c WHERE c.application_id = p_application.id AND c.state NOT IN ('spoiled', 'cancelled', 'recalled');
  IF v_card.layout IS NOT NULL AND (v_card.state <> 'rendered' OR v_card.job_id IS NOT NULL) THEN
    RETURN QUERY SELECT v_card.layout, v_card.layout_version, v_card.layout_digest;
  ELSE
    v_layout := choose_layout (p_application, p_birth_date);
    RETURN QUERY SELECT v_layout.layout, v_layout.version, v_layout.digest;
  END IF;
END
$$;

-- As before, with the layout.
DROP FUNCTION api.card_data (bigint);
DROP FUNCTION platen.card_data (bigint);
CREATE FUNCTION api.card_data (p_application bigint)
RETURNS TABLE (family_name text, given_names text, family_name_native text, given_names_native text, birth_date date,
               birth_place text, sex text, nationality text, address text, death_date date,
               licence_number text, issue_date date, expiry_date date, categories text, authority text,
               portrait bytea, signature bytea, application_number text, card_number text,
               id_number text, card_serial text, approved boolean, layout text, layout_version int, layout_digest text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor', 'operator', 'auditor');
  v_application application;
  v_facts       facts;
BEGIN
  PERFORM may_read_persons ('card_data');
  SELECT * INTO v_application FROM application WHERE id = p_application;  -- an auditor's are all offices
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('The card was not drawn, because office %s has no application with the record'
                    ' number %s. Search for it again.', v_actor.office_code, coalesce (p_application::text, 'NULL')));
  END IF;
  v_facts := gather_facts (p_application);
  RETURN QUERY
  SELECT person_value (v_facts, 'family_name'), person_value (v_facts, 'given_names'),
         person_value (v_facts, 'family_name_native'), person_value (v_facts, 'given_names_native'), v_facts.birth_date,
         person_value (v_facts, 'birth_place'), person_value (v_facts, 'sex'), person_value (v_facts, 'nationality'),
         person_value (v_facts, 'address'), to_date_or_null (person_value (v_facts, 'death_date')),
         coalesce (v_application.licence_number, n.number, nullif (v_facts.driver ->> 'licence_number', '')),
         coalesce (v_application.issue_date, v_facts.today), coalesce (v_application.expiry_date, p.expiry_date),
         CASE WHEN v_application.issue_date IS NULL THEN p.categories ELSE v_application.categories END, o.name,
         (SELECT i.image FROM application_image i WHERE i.application_id = p_application AND i.kind = 'portrait'),
         (SELECT i.image FROM application_image i WHERE i.application_id = p_application AND i.kind = 'signature'),
         v_application.number, c.number, v_application.id_number, c.serial, v_application.issue_date IS NOT NULL,
         l.layout, l.layout_version, l.layout_digest
    FROM plan_categories (v_facts) p
    JOIN office o ON o.code = v_application.office_code
   CROSS JOIN LATERAL card_layout (v_application, v_facts.birth_date) l
    LEFT JOIN licence_number n ON n.id_number = v_application.id_number
    LEFT JOIN card c ON c.application_id = p_application AND c.state NOT IN ('spoiled', 'cancelled', 'recalled');
END
$$;

DROP FUNCTION api.card_rendered (bigint, text, int, text, text, text, bytea, text, bytea, text, jsonb);
CREATE FUNCTION api.card_rendered (p_card bigint, p_layout text, p_layout_version int, p_layout_digest text, p_front_sha256 text,
                                   p_back_sha256 text, p_file_sha256 text, p_file bytea, p_qr_text text, p_pdf417 bytea, p_mrz text,
                                   p_inputs jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('operator');
  v_card        card := hold_card (v_actor, p_card);
  v_application application;
  v_layout      layout;
BEGIN
  IF v_card.job_id IS NOT NULL AND v_card.state = 'rendered' THEN
    PERFORM refuse ('P0001', 'STATE', format ('The file of card %s was not replaced, because the print system has it already. Follow the'
                    ' print job.', v_card.number));
  END IF;
  IF coalesce (p_qr_text, '') = '' OR p_file IS NULL OR p_inputs IS NULL OR p_layout IS NULL OR p_layout_version IS NULL
     OR coalesce (p_file_sha256, '') <> encode (sha256 (p_file), 'hex')
     OR coalesce (p_front_sha256, '') !~ '^[0-9a-f]{64}$' OR coalesce (p_back_sha256, '') !~ '^[0-9a-f]{64}$' THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The file of card %s was not kept, because it is incomplete or its hash is wrong. Draw the'
                    ' card again.', v_card.number));
  END IF;
  INSERT INTO card_file (card_id, office_code, file, qr_text, pdf417, mrz, inputs)
  VALUES (p_card, v_actor.office_code, p_file, p_qr_text, p_pdf417, p_mrz, p_inputs)
  ON CONFLICT (card_id) DO UPDATE SET file = excluded.file, qr_text = excluded.qr_text, pdf417 = excluded.pdf417,
                                      mrz = excluded.mrz, inputs = excluded.inputs;
  IF v_card.state IN ('reserved', 'rendered') THEN
    SELECT * INTO STRICT v_application FROM application WHERE id = v_card.application_id;
    v_layout := choose_layout (v_application, (gather_facts (v_application.id)).birth_date);
    IF (p_layout, p_layout_version, p_layout_digest) IS DISTINCT FROM (v_layout.layout, v_layout.version, v_layout.digest)
       OR (p_inputs ->> 'layout', p_inputs ->> 'layout_version', p_inputs ->> 'layout_digest')
          IS DISTINCT FROM (v_layout.layout, v_layout.version::text, v_layout.digest) THEN
      PERFORM refuse ('P0001', 'LAYOUT', format ('The file of card %s was not kept, because it was not drawn with version %s of layout %s as it'
                      ' was approved. Draw the card again.', v_card.number, v_layout.version, v_layout.layout));
    END IF;
  END IF;
  UPDATE card SET layout = p_layout, layout_version = p_layout_version, layout_digest = p_layout_digest, front_sha256 = p_front_sha256,
                  back_sha256 = p_back_sha256, file_sha256 = p_file_sha256, changed_at = clock_timestamp() WHERE id = p_card;
  IF v_card.state <> 'rendered' THEN
    PERFORM move_card (v_actor, p_card, 'rendered', format ('Card %s was drawn.', v_card.number), NULL);
  END IF;
END
$$;

CREATE VIEW api.layout_rule WITH (security_barrier) AS
SELECT r.id, r.position, r.type, r.for_office, r.min_age, r.max_age, r.layout, r.valid_from, r.valid_to, r.state::text AS state,
       p.name AS proposed_by, p.login AS proposed_by_login, a.name AS approved_by, r.reason, r.changed_at
  FROM platen.layout_rule r
  LEFT JOIN platen.staff p ON p.id = r.proposed_by
  LEFT JOIN platen.staff a ON a.id = r.approved_by
 WHERE (SELECT platen.may_read ());

CREATE OR REPLACE VIEW api.card WITH (security_barrier) AS
SELECT c.id, c.number, c.serial, c.state::text AS state, c.application_id, a.number AS application_number, a.holder_name, c.printer,
       c.job_id, c.job_uuid, c.print_key, c.front_sha256, c.back_sha256, c.file_sha256, c.layout, c.layout_version, c.changed_at,
       platen.in_words ('why', c.reason) AS reason,
       c.state = 'doubtful'
         OR (c.state = 'out' AND c.found_at IS NULL
             AND c.changed_at <= clock_timestamp() - make_interval (mins => o.ask_after_minutes)) AS asked_about,
       c.layout_digest
  FROM platen.card c JOIN platen.application a ON a.id = c.application_id JOIN platen.office o ON o.code = c.office_code
 WHERE (SELECT platen.may_read_persons ('card'));

DO $grants$
DECLARE
  v_group text;
BEGIN
  FOREACH v_group IN ARRAY ARRAY['platen_clerk', 'platen_supervisor', 'platen_operator', 'platen_auditor', 'platen_admin'] LOOP
    EXECUTE format ('GRANT SELECT ON api.layout_rule TO %I', v_group);
    EXECUTE format ('GRANT EXECUTE ON FUNCTION api.card_data (bigint),'
                    ' api.card_rendered (bigint, text, int, text, text, text, text, bytea, text, bytea, text, jsonb),'
                    ' api.propose_layout_rule (int, text, text, int, int, text, date, date, text), api.approve_layout_rule (bigint, text),'
                    ' api.end_layout_rule (bigint, text) TO %I', v_group);
  END LOOP;
END
$grants$;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'Nothing was changed, because there is no layout rule with the number {id}. List the rules again.',
 'Rien n’a été modifié, car aucune règle de maquette n’a le numéro {id}. Affichez de nouveau la liste des règles.'),
('refusal', 'fr', 'Layout rule {id} was not changed, because it is {layout_state}. List the rules again.',
 'La règle de maquette {id} n’a pas été modifiée, car elle est {layout_state}. Affichez de nouveau la liste des règles.'),
('refusal', 'fr', 'The layout rule was not proposed, because no reason was given. Say why.',
 'La règle de maquette n’a pas été proposée, faute de motif. Dites pourquoi.'),
('refusal', 'fr', 'The layout rule was not proposed, because no version of layout {quoted} was ever proposed. Propose the layout first.',
 'La règle de maquette n’a pas été proposée, car aucune version de la maquette {quoted} n’a jamais été proposée. Proposez d’abord la maquette.'),
('refusal', 'fr', 'The layout rule was not proposed, because its days are over before it could be used. Correct its dates.',
 'La règle de maquette n’a pas été proposée, car sa validité prend fin avant qu’elle puisse servir. Corrigez ses dates.'),
('refusal', 'fr', 'The layout rule was not proposed, because its position (1 to 9999), kind of application, office or ages are none. Correct them.',
 'La règle de maquette n’a pas été proposée, car sa position (de 1 à 9999), son type de demande, son bureau ou ses âges n’en sont pas.'
 ' Corrigez-les.'),
('refusal', 'fr', 'Layout rule {id} was not approved, because you proposed it yourself. Ask a colleague.',
 'La règle de maquette {id} n’a pas été approuvée, car vous l’avez proposée vous-même. Demandez à un collègue.'),
('refusal', 'fr', 'Layout rule {id} was not approved, because no approved version of layout {layout} is valid on its first day. Have one approved'
                  ' first.',
 'La règle de maquette {id} n’a pas été approuvée, car aucune version approuvée de la maquette {layout} n’est valable à son premier jour.'
 ' Faites-en d’abord approuver une.'),
('refusal', 'fr', 'Layout rule {id} was not ended, because no reason was given. Say why.',
 'La règle de maquette {id} n’a pas pris fin, faute de motif. Dites pourquoi.'),
('refusal', 'fr', 'Layout rule {id} was not ended, because it comes with the program and is asked last. Propose one that is asked before it.',
 'La règle de maquette {id} n’a pas pris fin, car elle vient avec le programme et s’applique en dernier. Proposez-en une qui s’applique avant elle.'),
('refusal', 'fr', 'No card can be drawn for application {application}, because no rule says which layout it gets. Have one approved.',
 'Aucune carte ne peut être dessinée pour la demande {application}, car aucune règle ne dit quelle maquette elle reçoit. Faites-en approuver une.'),
('refusal', 'fr', 'No card can be drawn for application {application}, because no approved version of layout {layout} is valid today. Have one'
                  ' approved.',
 'Aucune carte ne peut être dessinée pour la demande {application}, car aucune version approuvée de la maquette {layout} n’est valable'
 ' aujourd’hui. Faites-en approuver une.'),
('refusal', 'fr', 'The file of card {card} was not kept, because it was not drawn with version {version} of layout {layout} as it was approved.'
                  ' Draw the card again.',
 'Le fichier de la carte {card} n’a pas été conservé, car il n’a pas été dessiné avec la version {version} de la maquette {layout} telle qu’elle a été'
 ' approuvée. Dessinez de nouveau la carte.');

UPDATE platen.translation
   SET text = regexp_replace (regexp_replace (text, ' ([:;!?»])', E'\u202F\\1', 'g'), '« ', E'«\u202F', 'g')
 WHERE language = 'fr';

INSERT INTO platen.schema_version (version, title) VALUES (39, 'layouts of applications');
