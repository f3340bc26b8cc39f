-- SPDX-License-Identifier: GPL-3.0-or-later
-- What people decide where the registries differ: a clerk chooses what is proposed, parks what stops, a
-- supervisor decides that; everything is kept, can be undone, and becomes a rule when it is always the same.

SET LOCAL ROLE platen_owner;

-- Never changed. "before_" is what stood there, so that it can be put back.
CREATE TABLE platen.decision (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at             timestamptz NOT NULL DEFAULT clock_timestamp(),
  office_code    text NOT NULL REFERENCES platen.office,
  application_id bigint NOT NULL REFERENCES platen.application,
  staff_id       int NOT NULL REFERENCES platen.staff,
  act            text NOT NULL CHECK (act IN ('chosen', 'decided', 'parked', 'undone')),
  field          text NOT NULL REFERENCES platen.field,
  kind           text NOT NULL REFERENCES platen.difference_kind,
  value          text,
  reason         text NOT NULL CHECK (btrim (reason) <> ''),
  answers        jsonb NOT NULL,  -- source → its value
  differs        text,            -- the source whose value gave way
  overruled      text,            -- the rule that had chosen
  before_value   text,
  before_choice  text,
  before_rule    text,
  before_reason  text,
  before_by      int REFERENCES platen.staff,
  before_by_supervisor boolean,
  undoes         bigint REFERENCES platen.decision
);
CREATE INDEX decision_application ON platen.decision (application_id, id);
CREATE INDEX decision_kind ON platen.decision (office_code, kind, field, at);
CREATE TRIGGER decision_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.decision
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
ALTER TABLE platen.decision ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.decision USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

-- The one source without which the rest is spelling and says what was chosen; NULL if there is no such.
CREATE FUNCTION platen.source_that_gave_way (p_facts platen.facts, p_field text, p_value text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_source text;
  v_values text[];
BEGIN
  FOR v_source IN SELECT a.source FROM answers (p_facts) a WHERE btrim (a.answer ->> p_field) <> '' ORDER BY a.position DESC LOOP
    v_values := source_values (without_source (p_facts, v_source), p_field);
    IF v_values <> source_values (p_facts, p_field) AND v_values[1] = normalize (btrim (p_value), NFC)
       AND (SELECT k.outcome = 'resolved' FROM difference_kind k WHERE k.kind = field_difference (p_facts, p_field, v_source)) THEN
      RETURN v_source;
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;

CREATE FUNCTION platen.keep_decision (p_actor platen.actor, p_facts platen.facts, p_act text, p_field text, p_value text, p_reason text,
                                      p_before platen.application_field, p_undoes bigint DEFAULT NULL) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  INSERT INTO decision (office_code, application_id, staff_id, act, field, kind, value, reason, answers, differs, overruled, before_value, before_choice, before_rule, before_reason, before_by,
                        before_by_supervisor, undoes)
  VALUES (p_facts.office_code, p_facts.application_id, p_actor.staff_id, p_act, p_field, field_difference (p_facts, p_field),
          nullif (normalize (btrim (p_value), NFC), ''), btrim (p_reason),
          (SELECT coalesce (jsonb_object_agg (a.source, a.answer ->> p_field) FILTER (WHERE a.answer ->> p_field <> ''), '{}')
             FROM answers (p_facts) a),
          CASE WHEN p_act IN ('chosen', 'decided') THEN source_that_gave_way (p_facts, p_field, p_value) END,
          CASE WHEN p_before.choice = 'rule' AND p_act IN ('chosen', 'decided') THEN coalesce (p_before.rule, 'rule') END,
          p_before.value, p_before.choice, p_before.rule, p_before.reason, p_before.chosen_by, p_before.by_supervisor, p_undoes)
$$;

CREATE FUNCTION platen.find_choice (p_application bigint, p_field text) RETURNS platen.application_field
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT c FROM application_field c WHERE c.application_id = p_application AND c.field = p_field
$$;

CREATE FUNCTION platen.store_choice (p_actor platen.actor, p_application platen.application, p_field text, p_value text, p_choice text,
                                     p_rule text, p_reason text, p_by_supervisor boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  INSERT INTO application_field AS c (application_id, office_code, field, value, choice, rule, reason, chosen_by, by_supervisor)
  VALUES (p_application.id, p_actor.office_code, p_field, normalize (btrim (p_value), NFC), p_choice, p_rule,
          nullif (btrim (p_reason), ''), p_actor.staff_id, p_by_supervisor)
  ON CONFLICT (application_id, field) DO UPDATE
    SET value = excluded.value, choice = excluded.choice, rule = excluded.rule, reason = excluded.reason,
        chosen_by = excluded.chosen_by, by_supervisor = excluded.by_supervisor, chosen_at = clock_timestamp();
  PERFORM refresh_application (p_application.id);
END
$$;

CREATE FUNCTION platen.refuse_without_reason (p_reason text, p_undone text) RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  IF btrim (coalesce (p_reason, '')) = '' THEN
    PERFORM refuse ('P0001', 'REASON', format ('%s, because no reason was given. Say which document proves it.', p_undone));
  END IF;
END
$$;

CREATE FUNCTION platen.find_person_field (p_application platen.application, p_field text) RETURNS platen.field
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_field field;
BEGIN
  SELECT * INTO v_field FROM field f WHERE f.field = p_field AND f.is_person;
  IF v_field IS NULL THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Application %s was not changed, because %s is no field that is chosen.',
                    p_application.number, coalesce (quote_literal (p_field), 'an empty text')));
  END IF;
  RETURN v_field;
END
$$;

CREATE OR REPLACE FUNCTION api.set_field (p_application bigint, p_row_version int, p_field text, p_value text, p_choice text, p_rule text,
                                          p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := hold_application (v_actor, p_application, p_row_version);
  v_field       field;
  v_facts       facts;
  v_before      application_field := find_choice (p_application, p_field);
BEGIN
  PERFORM refuse_unless_editable (v_application);
  SELECT * INTO v_field FROM field WHERE field = p_field;
  IF v_field IS NULL OR p_choice IS NULL OR p_choice NOT IN ('none', 'only', 'agreed', 'rule', 'person', 'open') THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Application %s was not changed, because it has no field %s with a choice %s.',
                    v_application.number, coalesce (quote_literal (p_field), 'NULL'), coalesce (quote_literal (p_choice), 'NULL')));
  END IF;
  IF p_choice = 'person' THEN
    PERFORM refuse_without_reason (p_reason, format ('The %s of application %s was not chosen', v_field.title, v_application.number));
  END IF;
  v_facts := gather_facts (p_application);
  IF p_choice = 'person' AND field_outcome (v_facts, p_field) = 'stopped' THEN
    PERFORM refuse ('P0001', 'SUPERVISOR', format ('The %s of application %s was not chosen, because the registries differ so much that this'
                    ' may be another person. Park it with what you know; a supervisor decides.', v_field.title, v_application.number));
  END IF;
  IF v_before.by_supervisor AND p_choice <> 'person' THEN
    PERFORM refuse ('P0001', 'SUPERVISOR', format ('The %s of application %s was not changed, because a supervisor decided it.',
                    v_field.title, v_application.number));
  END IF;
  IF NOT choice_stands (v_facts, p_field, p_value, p_choice, false) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The %s of application %s was not chosen, because %s. Choose one of the values that'
                    ' the registries gave, and say why.', v_field.title, v_application.number,
                    CASE WHEN p_choice = 'rule' THEN 'no rule may choose between these values'
                         WHEN p_choice = 'person' THEN 'no registry gave this value'
                         ELSE 'the registries do not agree on this value' END));
  END IF;
  PERFORM store_choice (v_actor, v_application, p_field, p_value, p_choice, p_rule, p_reason, false);
  IF p_choice = 'person' THEN
    PERFORM keep_decision (v_actor, v_facts, 'chosen', p_field, p_value, p_reason, v_before);
    PERFORM record_event (v_actor, p_application, NULL, 'field', format (CASE v_before.choice
                          WHEN 'rule' THEN '%s overruled the rule and chose the %s.' ELSE '%s chose the %s.' END,
                          v_actor.name, v_field.title), p_reason);
  END IF;
  RETURN note_edit (v_actor, v_application);
END
$$;

-- Set aside for a supervisor, with the value that the clerk thinks right (any value, or none).
CREATE FUNCTION api.park_field (p_application bigint, p_row_version int, p_field text, p_value text, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := hold_application (v_actor, p_application, p_row_version);
  v_field       field;
BEGIN
  PERFORM refuse_unless_editable (v_application);
  v_field := find_person_field (v_application, p_field);
  PERFORM refuse_without_reason (p_reason, format ('The %s of application %s was not parked', v_field.title, v_application.number));
  PERFORM keep_decision (v_actor, gather_facts (p_application), 'parked', p_field, p_value, p_reason, find_choice (p_application, p_field));
  PERFORM record_event (v_actor, p_application, NULL, 'parked', format ('%s parked the %s for a supervisor.', v_actor.name, v_field.title),
                        p_reason);
  RETURN note_edit (v_actor, v_application);
END
$$;

-- A supervisor without a part in the application decides what stops it, also a value that no registry has.
-- Deciding is not entering: the same supervisor may approve later, since a clerk entered the rest.
CREATE FUNCTION api.decide_field (p_application bigint, p_row_version int, p_field text, p_value text, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor       actor := demand ('supervisor');
  v_application application := hold_application (v_actor, p_application, p_row_version);
  v_field       field;
  v_value       text := normalize (btrim (coalesce (p_value, '')), NFC);
  v_version     int;
BEGIN
  IF EXISTS (SELECT FROM application_editor e WHERE e.application_id = p_application AND e.staff_id = v_actor.staff_id) THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', format ('Nothing was decided on application %s, because you entered or changed it yourself.'
                    ' Ask another supervisor.', v_application.number));
  END IF;
  PERFORM refuse_unless_editable (v_application);
  v_field := find_person_field (v_application, p_field);
  PERFORM refuse_without_reason (p_reason, format ('The %s of application %s was not decided', v_field.title, v_application.number));
  IF p_field = 'death_date' OR v_value = '' OR length (v_value) > 2000
     OR (p_field = 'birth_date' AND NOT birth_is_possible (v_value))
     OR (p_field = 'sex' AND v_value NOT IN ('M', 'F', 'X')) OR (p_field = 'nationality' AND v_value !~ '^[A-Z]{3}$') THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The %s of application %s was not decided, because %s. %s', v_field.title, v_application.number,
                    CASE p_field WHEN 'death_date' THEN 'only the population register can say that somebody lives'
                                 ELSE 'this is no value for it' END,
                    CASE p_field WHEN 'death_date' THEN 'Ask for the correction of its entry.'
                                 ELSE 'Type it as the document says.' END));
  END IF;
  PERFORM keep_decision (v_actor, gather_facts (p_application), 'decided', p_field, v_value, p_reason, find_choice (p_application, p_field));
  PERFORM store_choice (v_actor, v_application, p_field, v_value, 'person', NULL, p_reason, true);
  PERFORM record_event (v_actor, p_application, NULL, 'field', format ('%s decided the %s.', v_actor.name, v_field.title), p_reason);
  UPDATE application SET row_version = row_version + 1, changed_at = clock_timestamp(), changed_by = v_actor.staff_id
   WHERE id = p_application RETURNING row_version INTO v_version;
  RETURN v_version;
END
$$;

-- Puts back what stood before the last decision on a field. A clerk undoes what a clerk chose.
CREATE FUNCTION api.undo_field (p_application bigint, p_row_version int, p_field text, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor');
  v_application application := hold_application (v_actor, p_application, p_row_version);
  v_field       field;
  v_last        decision;
  v_version     int;
BEGIN
  PERFORM refuse_unless_editable (v_application);
  v_field := find_person_field (v_application, p_field);
  SELECT d.* INTO v_last FROM decision d
   WHERE d.application_id = p_application AND d.field = p_field AND d.act <> 'undone'
     AND NOT EXISTS (SELECT FROM decision u WHERE u.undoes = d.id)
   ORDER BY d.id DESC LIMIT 1;
  IF v_last IS NULL THEN
    PERFORM refuse ('P0001', 'STATE', format ('Nothing was undone, because nobody has decided the %s of application %s.', v_field.title,
                    v_application.number));
  END IF;
  IF NOT has_role (CASE v_last.act WHEN 'decided' THEN 'supervisor' ELSE 'clerk' END) THEN
    PERFORM refuse_role (CASE v_last.act WHEN 'decided' THEN 'supervisor' ELSE 'clerk' END);
  END IF;
  PERFORM keep_decision (v_actor, gather_facts (p_application), 'undone', p_field, v_last.before_value,
                         coalesce (nullif (btrim (p_reason), ''), '—'), find_choice (p_application, p_field), v_last.id);
  IF v_last.act <> 'parked' THEN
    DELETE FROM application_field WHERE application_id = p_application AND field = p_field;
    IF v_last.before_choice IS NOT NULL THEN
      INSERT INTO application_field (application_id, office_code, field, value, choice, rule, reason, chosen_by, by_supervisor)
      VALUES (p_application, v_actor.office_code, p_field, v_last.before_value, v_last.before_choice, v_last.before_rule,
              v_last.before_reason, v_last.before_by, coalesce (v_last.before_by_supervisor, false));
    END IF;
    PERFORM refresh_application (p_application);
  END IF;
  PERFORM record_event (v_actor, p_application, NULL, 'undone', format ('%s undid the decision on the %s.', v_actor.name, v_field.title),
                        p_reason);
  IF v_last.act = 'decided' THEN
    UPDATE application SET row_version = row_version + 1, changed_at = clock_timestamp(), changed_by = v_actor.staff_id
     WHERE id = p_application RETURNING row_version INTO v_version;
    RETURN v_version;
  END IF;
  RETURN note_edit (v_actor, v_application);
END
$$;

-- As before; what stands is judged by the facts and not by the values alone.
CREATE OR REPLACE FUNCTION api.record_source (p_application bigint, p_source text, p_state text, p_answered_at timestamptz, p_message text,
                                              p_fields text[], p_values text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor        actor := demand ('clerk', 'supervisor');
  v_application  application := find_application (v_actor, p_application);
  v_for_approval boolean := v_application.state = 'submitted';
  v_has_choices  boolean;
  v_before       facts;
  v_after        facts;
BEGIN
  IF v_for_approval AND NOT has_role ('supervisor') THEN
    PERFORM refuse_role ('supervisor');
  ELSIF NOT v_for_approval THEN
    PERFORM refuse_unless_editable (v_application);
    IF NOT has_role ('clerk') THEN
      PERFORM refuse_role ('clerk');
    END IF;
  END IF;
  p_fields := coalesce (p_fields, '{}');
  p_values := coalesce (p_values, '{}');
  PERFORM refuse_bad_answer (v_application, p_source, p_state, p_answered_at, p_fields, p_values);

  v_has_choices := EXISTS (SELECT FROM application_field c WHERE c.application_id = p_application);
  IF v_has_choices THEN
    v_before := gather_facts (p_application);
  END IF;
  INSERT INTO application_source (application_id, office_code, source, state, answered_at, message, fields, field_values,
                                  asked_by, for_approval)
  VALUES (p_application, v_actor.office_code, p_source, p_state, p_answered_at, left (p_message, 500), p_fields, p_values,
          v_actor.staff_id, v_for_approval);
  IF NOT v_for_approval AND v_has_choices THEN
    -- A choice was made between the values of its time; other values must be chosen from anew.
    v_after := gather_facts (p_application);
    DELETE FROM application_field c
     WHERE c.application_id = p_application
       AND source_values (v_before, c.field) IS DISTINCT FROM source_values (v_after, c.field)
       AND (c.choice = 'person' OR NOT choice_stands (v_after, c.field, c.value, c.choice, c.by_supervisor));
  END IF;
  IF NOT v_for_approval THEN
    INSERT INTO application_editor (application_id, staff_id, office_code)
    VALUES (p_application, v_actor.staff_id, v_actor.office_code) ON CONFLICT DO NOTHING;
    PERFORM refresh_application (p_application);
  END IF;
  PERFORM note (v_actor, v_actor.office_code, 'source', 'application', p_application::text,
                jsonb_build_object ('source', p_source, 'state', p_state, 'for_approval', v_for_approval,
                                    'sha256', encode (sha256 (convert_to (jsonb_object (p_fields, p_values)::text, 'UTF8')), 'hex')));
  PERFORM pg_notify ('platen', format ('application %s %s', p_application, v_actor.office_code));
END
$$;
DROP FUNCTION platen.choice_holds (text, text, text, text[]);

CREATE VIEW api.decision WITH (security_barrier) AS
SELECT d.id, d.at, d.application_id, a.number AS application_number, t.name AS who, d.act, d.field, d.kind, d.value, d.reason,
       d.answers::text AS answers, d.differs, d.overruled, d.before_value, d.before_choice,
       EXISTS (SELECT FROM platen.decision u WHERE u.undoes = d.id) AS undone
  FROM platen.decision d JOIN platen.staff t ON t.id = d.staff_id JOIN platen.application a ON a.id = d.application_id
 WHERE (SELECT platen.may_read ());

GRANT SELECT ON api.decision TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION api.park_field (bigint, int, text, text, text), api.decide_field (bigint, int, text, text, text),
                          api.undo_field (bigint, int, text, text)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.schema_version (version, title) VALUES (21, 'decisions');
