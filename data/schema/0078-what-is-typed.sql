-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the citizen says and a clerk types into an application: fields as rows, one value each, saved while it is typed. Each value has a version
-- of its own, so that two fields are never in each other's way, and what somebody else typed meanwhile is never overwritten.
--
-- Who edits an application is written down for as long as that desk is there, and goes over to another one only when it is given, when nobody
-- answers for half a minute, or when nobody is at that desk.
--
-- The key of the journals of one person at one workstation: the journals lie on that machine, their key only here.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.form_field (
  code       text PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9_]{0,39}$'),
  position   int NOT NULL UNIQUE,
  kinds      text[],                    -- of application; NULL: all
  input      text NOT NULL CHECK (input IN ('line', 'lines', 'date', 'phone', 'email', 'country')),
  required   boolean NOT NULL DEFAULT false,
  past       boolean NOT NULL DEFAULT false, -- of a date: today or before
  max_length int NOT NULL DEFAULT 200 CHECK (max_length BETWEEN 1 AND 2000),
  title      text NOT NULL,
  hint       text NOT NULL
);
INSERT INTO platen.form_field (code, position, kinds, input, past, max_length, title, hint) VALUES
('phone', 10, NULL, 'phone', false, 30, 'Telephone', 'With + and the code of the country, such as +44 20 7946 0018.'),
('email', 20, NULL, 'email', false, 200, 'E-mail', 'Where the office may write that the card is ready.'),
('lost_on', 30, '{replacement}', 'date', true, 10, 'Lost or stolen on', 'As year, month and day, such as 2026-03-15.'),
('lost_where', 40, '{replacement}', 'line', false, 200, 'Where', 'Place or street, as the citizen says it.'),
('police_report', 50, '{replacement}', 'line', false, 60, 'Number of the police report', 'If there is one.'),
('foreign_country', 60, '{exchange}', 'country', false, 3, 'Country of the foreign licence', 'Its three capital letters, such as FRA.'),
('foreign_number', 70, '{exchange}', 'line', false, 40, 'Number of the foreign licence', 'As it stands in field 5 of the licence.'),
('foreign_issued_on', 80, '{exchange}', 'date', true, 10, 'Foreign licence issued on', 'Field 4a, as year, month and day.'),
('correction', 90, '{correction}', 'lines', false, 500, 'What is to be corrected', 'What stands on the card, and what is right.'),
('remark', 200, NULL, 'lines', false, 1000, 'Remark', 'For whoever decides. The citizen may ask to read it.');

CREATE TABLE platen.application_form (
  application_id bigint NOT NULL REFERENCES platen.application,
  office_code    text NOT NULL REFERENCES platen.office,
  field          text NOT NULL REFERENCES platen.form_field,
  value          text NOT NULL,
  version        int NOT NULL DEFAULT 1,
  changed_by     int NOT NULL REFERENCES platen.staff,
  changed_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  workstation    text NOT NULL,
  PRIMARY KEY (application_id, field)
);

CREATE TABLE platen.application_hold (
  application_id    bigint PRIMARY KEY REFERENCES platen.application,
  office_code       text NOT NULL REFERENCES platen.office,
  staff_id          int NOT NULL REFERENCES platen.staff,
  session_id        bigint NOT NULL REFERENCES platen.session,
  workstation       text NOT NULL,
  since             timestamptz NOT NULL DEFAULT clock_timestamp(),
  asked_by          int REFERENCES platen.staff,
  asked_session     bigint REFERENCES platen.session,
  asked_workstation text,
  asked_at          timestamptz,
  refused_at        timestamptz
);

CREATE TABLE platen.journal_key (
  staff_id    int NOT NULL REFERENCES platen.staff,
  workstation text NOT NULL,
  id          uuid NOT NULL UNIQUE DEFAULT gen_random_uuid (),
  key         bytea NOT NULL CHECK (length (key) = 32),
  made_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (staff_id, workstation)
);

DO $$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['application_form', 'application_hold'] LOOP
    EXECUTE format ('ALTER TABLE platen.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format ('CREATE POLICY own_office ON platen.%I USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]))', v_table);
  END LOOP;
END
$$;

-- Everybody's own, which only api.journal_key () reads.
ALTER TABLE platen.journal_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_key ON platen.journal_key USING (staff_id = (platen.require_session ()).staff_id);

-- Whether a value is as its field has to be; src/licence/plt-form-field.c says the same while it is typed. Empty is right unless it is required.
CREATE FUNCTION platen.is_form_value (p_field platen.form_field, p_value text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_value text := btrim (coalesce (p_value, ''), E' \n');
BEGIN
  IF v_value = '' THEN
    RETURN NOT p_field.required;
  ELSIF length (v_value) > p_field.max_length THEN
    RETURN false;
  END IF;
  RETURN CASE p_field.input
    WHEN 'phone' THEN v_value ~ '^[+]?[0-9 ()/.-]+$' AND length (regexp_replace (v_value, '[^0-9]', '', 'g')) BETWEEN 5 AND 15
    WHEN 'email' THEN v_value ~ '^[^[:space:]@]+@[^[:space:]@.]+([.][^[:space:]@.]+)+$'
    WHEN 'country' THEN v_value ~ '^[A-Z]{3}$'
    WHEN 'date' THEN coalesce (v_value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND to_date_or_null (v_value) IS NOT NULL
                               AND (NOT p_field.past OR to_date_or_null (v_value) <= today ()), false)
    ELSE true END;
END
$$;

-- Nobody is there who could be asked: signed out, locked, or their window is gone.
CREATE FUNCTION platen.is_at_desk (p_session bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
BEGIN
  PERFORM pg_stat_clear_snapshot ();
  RETURN EXISTS (SELECT FROM session s JOIN session_backend b ON b.session_id = s.id
                         CROSS JOIN LATERAL pg_stat_get_activity (b.pid) a
                  WHERE s.id = p_session AND s.ended_at IS NULL AND s.locked_at IS NULL AND s.expires_at > clock_timestamp()
                    AND s.last_used_at > clock_timestamp() - interval '30 minutes' AND a.backend_start = b.backend_start);
END
$$;

CREATE FUNCTION platen.see_application (p_actor platen.actor, p_application bigint) RETURNS platen.application
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_application application;
BEGIN
  SELECT * INTO v_application FROM application WHERE id = p_application AND office_code = p_actor.office_code;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was changed, because office %s has no application with the'
                    ' record number %s. Search for it again.', p_actor.office_code, coalesce (p_application::text, 'NULL')));
  END IF;
  RETURN v_application;
END
$$;

CREATE FUNCTION platen.refuse_if_held (p_actor platen.actor, p_application platen.application) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_hold application_hold;
BEGIN
  SELECT * INTO v_hold FROM application_hold h WHERE h.application_id = p_application.id;
  IF FOUND AND v_hold.session_id <> p_actor.session_id AND is_at_desk (v_hold.session_id) THEN
    PERFORM refuse ('P0001', 'EDITING', format ('Application %s was not changed, because %s edits it at %s. Ask there to take it over.',
                    p_application.number, (SELECT name FROM staff WHERE id = v_hold.staff_id), v_hold.workstation));
  END IF;
END
$$;

-- @p_versions: those that were read, 0 for what nobody has typed yet. All is saved or nothing. Empty is a value.
CREATE FUNCTION api.save_form (p_application bigint, p_fields text[], p_values text[], p_versions int[])
RETURNS TABLE (field text, version int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := find_application (v_actor, p_application);
  v_field       form_field;
  v_now         application_form;
BEGIN
  PERFORM refuse_unless_editable (v_application);
  PERFORM refuse_if_held (v_actor, v_application);
  FOR i IN 1 .. coalesce (cardinality (p_fields), 0) LOOP
    SELECT * INTO v_field FROM form_field f
     WHERE f.code = p_fields[i] AND (f.kinds IS NULL OR v_application.type::text = ANY (f.kinds));
    IF NOT FOUND OR p_values[i] IS NULL OR length (p_values[i]) > 4000 THEN
      PERFORM refuse ('P0001', 'FIELD', format ('What was typed in application %s was not saved, because it has no field %s or the text is longer'
                      ' than 4000 characters. Type less.', v_application.number, coalesce (quote_literal (p_fields[i]), 'NULL')));
    END IF;
    SELECT * INTO v_now FROM application_form a WHERE a.application_id = p_application AND a.field = p_fields[i] FOR UPDATE;
    IF FOUND AND v_now.value = p_values[i] THEN
      CONTINUE;
    ELSIF coalesce (v_now.version, 0) IS DISTINCT FROM p_versions[i] THEN
      PERFORM refuse ('PL409', 'STALE', format ('What was typed in application %s was not saved, because %s changed “%s” at %s. Compare both and'
                      ' choose.', v_application.number, coalesce ((SELECT name FROM staff WHERE id = v_now.changed_by), '—'), v_field.title,
                      to_char (coalesce (v_now.changed_at, clock_timestamp()), 'HH24:MI')));
    END IF;
    INSERT INTO application_form AS a (application_id, office_code, field, value, changed_by, workstation)
    VALUES (p_application, v_application.office_code, p_fields[i], p_values[i], v_actor.staff_id, v_actor.workstation)
    ON CONFLICT (application_id, field) DO UPDATE
      SET value = excluded.value, version = a.version + 1, changed_by = excluded.changed_by, changed_at = clock_timestamp(),
          workstation = excluded.workstation;
  END LOOP;
  INSERT INTO application_editor (application_id, staff_id, office_code)
  VALUES (p_application, v_actor.staff_id, v_actor.office_code) ON CONFLICT DO NOTHING;
  -- A history of letters helps nobody: who typed is told once in ten minutes.
  IF NOT EXISTS (SELECT FROM event e WHERE e.application_id = p_application AND e.what = 'form' AND e.staff_id = v_actor.staff_id
                                       AND e.at > clock_timestamp() - interval '10 minutes') THEN
    PERFORM record_event (v_actor, p_application, NULL, 'form', format ('%s filled in the details.', v_actor.name), NULL);
  END IF;
  PERFORM pg_notify ('platen', concat_ws (' ', 'form', p_application, v_actor.office_code));
  RETURN QUERY SELECT a.field, a.version FROM application_form a WHERE a.application_id = p_application AND a.field = ANY (p_fields);
END
$$;

-- What is typed wrongly may stand in a draft, and goes no further.
CREATE FUNCTION platen.check_form () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_title text;
BEGIN
  SELECT f.title INTO v_title
    FROM form_field f LEFT JOIN application_form a ON a.application_id = NEW.id AND a.field = f.code
   WHERE (f.kinds IS NULL OR NEW.type::text = ANY (f.kinds)) AND NOT is_form_value (f, a.value)
   ORDER BY f.position LIMIT 1;
  IF FOUND THEN
    PERFORM refuse ('P0001', 'FORM', format ('Application %s was not submitted, because “%s” is missing or not as it has to be. Correct it'
                    ' first.', NEW.number, v_title));
  END IF;
  DELETE FROM application_hold h WHERE h.application_id = NEW.id;
  RETURN NEW;
END
$$;
CREATE TRIGGER form_is_right BEFORE UPDATE OF state ON platen.application FOR EACH ROW
  WHEN (NEW.state = 'submitted' AND OLD.state IN ('draft', 'returned')) EXECUTE FUNCTION platen.check_form ();

CREATE FUNCTION api.journal_key () RETURNS TABLE (id uuid, key bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor actor := demand ('clerk', 'supervisor', 'operator', 'auditor', 'admin');
BEGIN
  INSERT INTO journal_key (staff_id, workstation, key) VALUES (v_actor.staff_id, v_actor.workstation, gen_random_bytes (32)) ON CONFLICT DO NOTHING;
  RETURN QUERY SELECT k.id, k.key FROM journal_key k WHERE k.staff_id = v_actor.staff_id AND k.workstation = v_actor.workstation;
END
$$;

-- Begins to edit, or says who does. A desk that is gone leaves what it held; @was says who that was.
CREATE FUNCTION api.edit_application (p_application bigint)
RETURNS TABLE (mine boolean, who text, workstation text, since timestamptz, at_desk boolean, was text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := see_application (v_actor, p_application);
  v_hold        application_hold;
  v_was         text;
BEGIN
  PERFORM refuse_unless_editable (v_application);
  INSERT INTO application_hold (application_id, office_code, staff_id, session_id, workstation)
  VALUES (p_application, v_application.office_code, v_actor.staff_id, v_actor.session_id, v_actor.workstation)
  ON CONFLICT DO NOTHING;
  SELECT * INTO v_hold FROM application_hold h WHERE h.application_id = p_application FOR UPDATE;
  IF v_hold.session_id <> v_actor.session_id AND NOT is_at_desk (v_hold.session_id) THEN
    v_was := CASE WHEN v_hold.staff_id <> v_actor.staff_id OR v_hold.workstation <> v_actor.workstation
                  THEN (SELECT name FROM staff WHERE staff.id = v_hold.staff_id) END;
    UPDATE application_hold h
       SET staff_id = v_actor.staff_id, session_id = v_actor.session_id, workstation = v_actor.workstation, since = clock_timestamp(),
           asked_by = NULL, asked_session = NULL, asked_workstation = NULL, asked_at = NULL, refused_at = NULL
     WHERE h.application_id = p_application;
    SELECT * INTO v_hold FROM application_hold h WHERE h.application_id = p_application;
    PERFORM pg_notify ('platen', concat_ws (' ', 'hold', p_application, v_actor.office_code));
  END IF;
  RETURN QUERY SELECT v_hold.session_id = v_actor.session_id, s.name, v_hold.workstation, v_hold.since, is_at_desk (v_hold.session_id), v_was
                 FROM staff s WHERE s.id = v_hold.staff_id;
END
$$;

CREATE FUNCTION api.leave_application (p_application bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := see_application (v_actor, p_application);
BEGIN
  DELETE FROM application_hold h WHERE h.application_id = v_application.id AND h.session_id = v_actor.session_id;
  IF FOUND THEN
    PERFORM pg_notify ('platen', concat_ws (' ', 'hold', p_application, v_actor.office_code));
  END IF;
END
$$;

CREATE FUNCTION platen.pass_hold (p_actor platen.actor, p_hold platen.application_hold) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
BEGIN
  UPDATE application_hold h
     SET staff_id = p_hold.asked_by, session_id = p_hold.asked_session, workstation = p_hold.asked_workstation, since = clock_timestamp(),
         asked_by = NULL, asked_session = NULL, asked_workstation = NULL, asked_at = NULL, refused_at = NULL
   WHERE h.application_id = p_hold.application_id;
  PERFORM record_event (p_actor, p_hold.application_id, NULL, 'taken_over', format ('%s took the application over from %s.',
                        (SELECT name FROM staff WHERE id = p_hold.asked_by), (SELECT name FROM staff WHERE id = p_hold.staff_id)), NULL);
  PERFORM pg_notify ('platen', concat_ws (' ', 'hold', p_hold.application_id, p_actor.office_code));
END
$$;

-- Asks whoever edits it. @wait_s: how long for an answer before api.take_over_application () may be called; 0 when nobody is there.
CREATE FUNCTION api.ask_for_application (p_application bigint) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := see_application (v_actor, p_application);
  v_hold        application_hold;
BEGIN
  PERFORM refuse_unless_editable (v_application);
  SELECT * INTO v_hold FROM application_hold h WHERE h.application_id = p_application FOR UPDATE;
  IF NOT FOUND OR v_hold.session_id = v_actor.session_id OR NOT is_at_desk (v_hold.session_id) THEN
    RETURN 0;
  ELSIF v_hold.asked_session <> v_actor.session_id AND is_at_desk (v_hold.asked_session)
        AND v_hold.asked_at > clock_timestamp() - interval '1 minute' THEN
    PERFORM refuse ('P0001', 'EDITING', format ('Application %s was not asked for, because %s asks for it just now. Try again in a minute.',
                    v_application.number, (SELECT name FROM staff WHERE id = v_hold.asked_by)));
  END IF;
  UPDATE application_hold h
     SET asked_by = v_actor.staff_id, asked_session = v_actor.session_id, asked_workstation = v_actor.workstation,
         asked_at = clock_timestamp(), refused_at = NULL
   WHERE h.application_id = p_application;
  PERFORM pg_notify ('platen', concat_ws (' ', 'hold', p_application, v_actor.office_code));
  RETURN 30;
END
$$;

CREATE FUNCTION api.answer_for_application (p_application bigint, p_give boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := see_application (v_actor, p_application);
  v_hold        application_hold;
BEGIN
  SELECT * INTO v_hold FROM application_hold h WHERE h.application_id = p_application FOR UPDATE;
  IF NOT FOUND OR v_hold.session_id <> v_actor.session_id OR v_hold.asked_at IS NULL THEN
    PERFORM refuse ('P0001', 'EDITING', format ('Nothing was answered, because nobody asks you for application %s any more. Look who edits it.',
                    v_application.number));
  ELSIF p_give THEN
    PERFORM pass_hold (v_actor, v_hold);
  ELSE
    UPDATE application_hold h SET refused_at = clock_timestamp() WHERE h.application_id = p_application;
    PERFORM pg_notify ('platen', concat_ws (' ', 'hold', p_application, v_actor.office_code));
  END IF;
END
$$;

-- Without an answer after half a minute, or when nobody is there.
CREATE FUNCTION api.take_over_application (p_application bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := see_application (v_actor, p_application);
  v_hold        application_hold;
BEGIN
  PERFORM refuse_unless_editable (v_application);
  SELECT * INTO v_hold FROM application_hold h WHERE h.application_id = p_application FOR UPDATE;
  IF NOT FOUND OR v_hold.session_id = v_actor.session_id THEN
    RETURN;
  ELSIF is_at_desk (v_hold.session_id)
        AND (v_hold.asked_session IS DISTINCT FROM v_actor.session_id OR v_hold.refused_at IS NOT NULL
             OR v_hold.asked_at > clock_timestamp() - interval '30 seconds') THEN
    PERFORM refuse ('P0001', 'EDITING', format ('Application %s was not taken over, because %s edits it at %s and has not given it away. Ask first,'
                    ' and wait half a minute for the answer.', v_application.number, (SELECT name FROM staff WHERE id = v_hold.staff_id),
                    v_hold.workstation));
  END IF;
  v_hold.asked_by := v_actor.staff_id;
  v_hold.asked_session := v_actor.session_id;
  v_hold.asked_workstation := v_actor.workstation;
  PERFORM pass_hold (v_actor, v_hold);
END
$$;

CREATE FUNCTION platen.my_session () RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
BEGIN
  RETURN (require_session ()).session_id;
END
$$;

CREATE VIEW api.application_form WITH (security_barrier) AS
SELECT p.id AS application_id, p.number AS application_number, f.code AS field, f.position, f.input, f.required, f.past, f.max_length,
       platen.in_words ('form', f.title) AS title, platen.in_words ('form', f.hint) AS hint, coalesce (a.value, '') AS value,
       coalesce (a.version, 0) AS version, s.name AS who, a.changed_at, a.workstation
  FROM platen.application p JOIN platen.form_field f ON f.kinds IS NULL OR p.type::text = ANY (f.kinds)
  LEFT JOIN platen.application_form a ON a.application_id = p.id AND a.field = f.code LEFT JOIN platen.staff s ON s.id = a.changed_by
 WHERE (SELECT platen.may_read_persons ('application_form'));

CREATE VIEW api.application_hold WITH (security_barrier) AS
SELECT h.application_id, p.number AS application_number, s.name AS who, s.login, h.workstation, h.since, platen.is_at_desk (h.session_id) AS at_desk,
       h.session_id = (SELECT platen.my_session ()) AS mine, t.name AS asked_by, h.asked_workstation, h.asked_at, h.refused_at,
       h.asked_session = (SELECT platen.my_session ()) AS asked_by_me
  FROM platen.application_hold h JOIN platen.application p ON p.id = h.application_id JOIN platen.staff s ON s.id = h.staff_id
  LEFT JOIN platen.staff t ON t.id = h.asked_by
 WHERE (SELECT platen.may_read_persons ('application_hold'));

REVOKE ALL ON FUNCTION platen.is_form_value (platen.form_field, text), platen.is_at_desk (bigint), platen.my_session (), platen.see_application (platen.actor, bigint),
  platen.refuse_if_held (platen.actor, platen.application), platen.check_form (), platen.pass_hold (platen.actor, platen.application_hold),
  api.save_form (bigint, text[], text[], int[]), api.journal_key (), api.edit_application (bigint), api.leave_application (bigint),
  api.ask_for_application (bigint), api.answer_for_application (bigint, boolean), api.take_over_application (bigint) FROM PUBLIC;
GRANT SELECT ON api.application_form, api.application_hold TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION platen.is_at_desk (bigint), platen.my_session (), api.save_form (bigint, text[], text[], int[]), api.journal_key (), api.edit_application (bigint),
  api.leave_application (bigint), api.ask_for_application (bigint), api.answer_for_application (bigint, boolean),
  api.take_over_application (bigint) TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('event', 'fr', '{name} filled in the details.', '{name} a rempli les détails.'),
('event', 'fr', '{name} took the application over from {name2}.', '{name} a repris la demande de {name2}.'),
('form', 'fr', 'Telephone', 'Téléphone'),
('form', 'fr', 'With + and the code of the country, such as +44 20 7946 0018.', 'Avec + et l’indicatif du pays, par exemple +33 1 99 00 12 34.'),
('form', 'fr', 'E-mail', 'Adresse électronique'),
('form', 'fr', 'Where the office may write that the card is ready.', 'Où le bureau peut écrire que la carte est prête.'),
('form', 'fr', 'Lost or stolen on', 'Perdue ou volée le'),
('form', 'fr', 'As year, month and day, such as 2026-03-15.',
 'En année, mois et jour, par exemple 2026-03-15.'),
('form', 'fr', 'Where', 'Où'),
('form', 'fr', 'Place or street, as the citizen says it.', 'Lieu ou rue, comme le citoyen le dit.'),
('form', 'fr', 'Number of the police report', 'Numéro de la déclaration à la police'),
('form', 'fr', 'If there is one.', 'S’il y en a une.'),
('form', 'fr', 'Country of the foreign licence', 'Pays du permis étranger'),
('form', 'fr', 'Its three capital letters, such as FRA.', 'Ses trois lettres majuscules, par exemple FRA.'),
('form', 'fr', 'Number of the foreign licence', 'Numéro du permis étranger'),
('form', 'fr', 'As it stands in field 5 of the licence.', 'Comme dans le champ 5 du permis.'),
('form', 'fr', 'Foreign licence issued on', 'Permis étranger délivré le'),
('form', 'fr', 'Field 4a, as year, month and day.', 'Champ 4a, en année, mois et jour.'),
('form', 'fr', 'What is to be corrected', 'Ce qui est à corriger'),
('form', 'fr', 'What stands on the card, and what is right.', 'Ce qui figure sur la carte, et ce qui est juste.'),
('form', 'fr', 'Remark', 'Remarque'),
('form', 'fr', 'For whoever decides. The citizen may ask to read it.', 'Pour la personne qui décide. Le citoyen peut demander à la lire.'),
('refusal', 'fr', 'What was typed in application {application} was not saved, because it has no field {quoted} or the text is longer than 4000 characters.'
                  ' Type less.',
 'Ce qui a été saisi dans la demande {application} n’a pas été enregistré, car elle n’a pas de champ {quoted} ou le texte dépasse 4000 caractères. Saisissez'
 ' moins.'),
('refusal', 'fr', 'What was typed in application {application} was not saved, because {name} changed “{form}” at {time}. Compare both and choose.',
 E'Ce qui a été saisi dans la demande {application} n’a pas été enregistré, car {name} a modifié «\u202f{form}\u202f» à {time}. Comparez et choisissez.'),
('refusal', 'fr', 'Application {application} was not submitted, because “{form}” is missing or not as it has to be. Correct it first.',
 E'La demande {application} n’a pas été soumise, car «\u202f{form}\u202f» manque ou n’est pas comme il faut. Corrigez d’abord.'),
('refusal', 'fr', 'Application {application} was not changed, because {name} edits it at {workstation}. Ask there to take it over.',
 'La demande {application} n’a pas été modifiée, car {name} la traite à {workstation}. Demandez-y de la reprendre.'),
('refusal', 'fr', 'Application {application} was not asked for, because {name} asks for it just now. Try again in a minute.',
 'La demande {application} n’a pas été demandée, car {name} la demande en ce moment. Réessayez dans une minute.'),
('refusal', 'fr', 'Nothing was answered, because nobody asks you for application {application} any more. Look who edits it.',
 'Rien n’a été répondu, car plus personne ne vous demande la demande {application}. Regardez qui la traite.'),
('refusal', 'fr', 'Application {application} was not taken over, because {name} edits it at {workstation} and has not given it away. Ask first, and wait half'
                  ' a minute for the answer.',
 'La demande {application} n’a pas été reprise, car {name} la traite à {workstation} et ne l’a pas cédée. Demandez d’abord et attendez la réponse une'
 ' demi-minute.');

INSERT INTO platen.schema_version (version, title) VALUES (78, 'what is typed');
