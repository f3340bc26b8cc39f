-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a login could still bend with psql: the day, the spelling of dates and of strings in the functions' own
-- text (settings are the caller's to choose), what a supervisor alone could record of the driver registry, and
-- how much is stored.

-- A large object belongs to whoever makes it and stays; nothing here needs one.
DO $large_objects$
DECLARE
  v_function regprocedure;
BEGIN
  FOR v_function IN SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
                       AND proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put', 'lo_open', 'lowrite') LOOP
    EXECUTE format ('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', v_function);
  END LOOP;
END
$large_objects$;

SET LOCAL ROLE platen_owner;

-- The office's day, in the time zone in which this upgrade ran and not in the caller's.
CREATE FUNCTION platen.today () RETURNS date
LANGUAGE sql STABLE SET search_path = platen, pg_temp SET TimeZone FROM CURRENT AS $$
  SELECT current_date
$$;

CREATE OR REPLACE FUNCTION platen.next_number (p_office text, p_kind text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_year int := extract (year FROM today ());
  v_last int;
BEGIN
  INSERT INTO counter AS c (office_code, year, kind, last) VALUES (p_office, v_year, p_kind, 1)
    ON CONFLICT (office_code, year, kind) DO UPDATE SET last = c.last + 1
    RETURNING last INTO v_last;
  RETURN format ('%s-%s-%s', p_office, lpad ((v_year % 100)::text, 2, '0'),
                 CASE p_kind WHEN 'card' THEN 'C' || lpad (v_last::text, 6, '0') ELSE lpad (v_last::text, 6, '0') END);
END
$$;

-- A transaction with an old picture would not see that its session was ended.
CREATE OR REPLACE FUNCTION platen.require_session () RETURNS platen.actor
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor  actor;
  v_locked boolean;
BEGIN
  IF current_setting ('transaction_isolation') NOT LIKE 'read%' THEN
    PERFORM refuse ('P0001', 'ISOLATION', 'Nothing was read or changed, because this transaction does not see what others do meanwhile.'
                    ' Begin it with READ COMMITTED.');
  END IF;
  SELECT s.id, t.id, t.login, t.name, t.office_code, s.workstation, s.last_used_at
    INTO v_actor
    FROM session_backend b
    JOIN session s ON s.id = b.session_id
    JOIN staff t ON t.id = s.staff_id
   WHERE b.pid = pg_backend_pid () AND b.backend_start = backend_start ()
     AND t.login = session_user AND t.active
     AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()
     AND s.last_used_at > clock_timestamp() - interval '30 minutes';
  IF NOT FOUND THEN
    PERFORM refuse ('PL401', 'NO_SESSION', 'Nothing was read or changed, because nobody is signed in'
                    ' on this connection or the session has ended. Sign in again.');
  END IF;
  SELECT s.locked_at IS NOT NULL INTO v_locked FROM session s WHERE s.id = v_actor.session_id;
  IF v_locked THEN
    PERFORM refuse ('PL401', 'SESSION_LOCKED', format ('Nothing was read or changed, because the session'
                    ' of %s is locked. Unlock it by signing in with a new code.', v_actor.name));
  END IF;
  RETURN v_actor;
END
$$;

CREATE OR REPLACE FUNCTION platen.record_event (p_actor platen.actor, p_application bigint, p_card bigint, p_what text,
                                     p_text text, p_why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_subject text := CASE WHEN p_card IS NULL THEN 'application' ELSE 'card' END;
BEGIN
  IF length (p_why) > 2000 THEN
    PERFORM refuse ('P0001', 'REASON', 'Nothing was changed, because the reason is longer than 2000 characters. Say it in fewer words.');
  END IF;
  INSERT INTO event (office_code, staff_id, workstation, subject, application_id, card_id, what, text, why)
  VALUES (p_actor.office_code, p_actor.staff_id, p_actor.workstation, v_subject, p_application, p_card,
          p_what, p_text, nullif (btrim (p_why), ''));
  PERFORM note (p_actor, p_actor.office_code, p_what, v_subject, coalesce (p_card, p_application)::text,
                jsonb_build_object ('text', p_text, 'why', nullif (btrim (p_why), '')));
  PERFORM pg_notify ('platen', format ('%s %s %s', v_subject, coalesce (p_card, p_application), p_actor.office_code));
END
$$;

-- The answer that counts among all, or among those recorded before an approver asked.
CREATE FUNCTION platen.best_source (p_application bigint, p_source text, p_entered_only boolean) RETURNS platen.application_source
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT s.* FROM application_source s
   WHERE s.application_id = p_application AND s.source = p_source
     AND NOT ((p_source = 'identity' OR p_entered_only) AND s.for_approval)
   ORDER BY s.state IN ('answered', 'not_found') DESC, s.id DESC
   LIMIT 1
$$;

CREATE FUNCTION platen.other_answers (p_application bigint, p_entered_only boolean) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (jsonb_object_agg (o.source, b.answer) FILTER (WHERE b.state = 'answered'), '{}')
    FROM (SELECT DISTINCT s.source FROM application_source s
           WHERE s.application_id = p_application AND s.source NOT IN ('identity', 'driver', 'infringement')) o
   CROSS JOIN LATERAL best_source (p_application, o.source, p_entered_only) b
$$;

CREATE FUNCTION platen.gather_facts (p_application bigint, p_entered_only boolean) RETURNS platen.facts
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
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

CREATE OR REPLACE FUNCTION platen.gather_facts (p_application bigint) RETURNS platen.facts
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT gather_facts (p_application, false)
$$;
DROP FUNCTION platen.other_answers (bigint);

-- What the approver heard may stop an application; it must not change what is granted and printed. So a forged
-- answer would need two people, whichever registry it is said to come from.
CREATE FUNCTION platen.refuse_unless_sources_agree (p_application platen.application) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_entered facts := gather_facts (p_application.id, true);
  v_now     facts := gather_facts (p_application.id, false);
  v_differs text;
BEGIN
  SELECT string_agg (f.title, ', ' ORDER BY f.position) INTO v_differs
    FROM field f
   WHERE CASE f.field
           WHEN 'categories' THEN plan_categories (v_entered) IS DISTINCT FROM plan_categories (v_now)
           WHEN 'licence_number' THEN coalesce (v_entered.driver ->> 'licence_number', '') <> coalesce (v_now.driver ->> 'licence_number', '')
           ELSE f.is_person AND person_value (v_entered, f.field) IS DISTINCT FROM person_value (v_now, f.field) END;
  IF v_differs IS NOT NULL THEN
    PERFORM refuse ('P0001', 'SOURCES_CHANGED', format ('Application %s was not approved, because the registries now say something else than'
                    ' what was recorded: %s. Return it to the clerk.', p_application.number, v_differs));
  END IF;
END
$$;

CREATE OR REPLACE FUNCTION api.approve_application (p_application bigint, p_row_version int, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor       actor := demand ('supervisor');
  v_application application := hold_application (v_actor, p_application, p_row_version);
  v_facts       facts;
BEGIN
  IF EXISTS (SELECT FROM application_editor e WHERE e.application_id = p_application AND e.staff_id = v_actor.staff_id) THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', format ('Application %s was not approved, because you entered or changed it yourself.'
                    ' Ask another supervisor to approve it.', v_application.number));
  END IF;
  IF v_application.state <> 'submitted' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Application %s was not approved, because it is %s. Only a submitted application can be'
                    ' approved.', v_application.number, replace (v_application.state, '_', ' ')));
  END IF;
  PERFORM refuse_unless_asked_again (v_actor, v_application);
  PERFORM refuse_stops (v_application, 'approved');
  PERFORM refuse_unless_sources_agree (v_application);
  v_facts := gather_facts (p_application);
  UPDATE application a
     SET approved_by = v_actor.staff_id, issue_date = v_facts.today, categories = p.categories, expiry_date = p.expiry_date,
         licence_number = licence_number_for (a.id_number, v_facts.driver ->> 'licence_number')
    FROM plan_categories (v_facts) p
   WHERE a.id = p_application;
  RETURN move_application (v_actor, p_application, 'approved', format ('%s approved the application.', v_actor.name), p_reason);
END
$$;

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

CREATE OR REPLACE FUNCTION platen.licence_number_for (p_id_number text, p_registered text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_number text;
BEGIN
  SELECT number INTO v_number FROM licence_number WHERE id_number = p_id_number;
  IF v_number IS NOT NULL THEN
    RETURN v_number;
  END IF;
  v_number := nullif (btrim (p_registered), '');
  IF v_number IS NULL THEN
    v_number := next_licence_number ();
  ELSIF v_number !~ '^[!-~]([ -~]{0,23}[!-~])?$' THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The application was not approved, because the licence number that the driver registry gave'
                    ' (%s) does not fit on a card. Ask the registry to correct it.', left (v_number, 40)));
  ELSIF EXISTS (SELECT FROM licence_number WHERE number = v_number) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The application was not approved, because licence number %s of the driver'
                    ' registry belongs to somebody else here. Ask the registry to correct it.', v_number));
  END IF;
  INSERT INTO licence_number (id_number, number) VALUES (p_id_number, v_number);
  RETURN v_number;
END
$$;

-- Without these nobody could say how old the applicant is, or draw the card.
CREATE FUNCTION platen.rule_data_missing (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('field', d.field), d.field
    FROM field d
   WHERE f.identity_state = 'answered'
     AND ((d.field = 'birth_date' AND f.birth_date IS NULL)
          OR (d.field = 'family_name' AND coalesce (person_value (f, d.field), '') = ''))
   ORDER BY d.position
$$;
INSERT INTO platen.rule (code, severity, legal_reference, valid_from)
VALUES ('DATA_MISSING', 'hard', 'Road Traffic Act, s. 14(1)', '2000-01-01');
INSERT INTO platen.rule_text (code, language, text, cure) VALUES
('DATA_MISSING', 'en', 'No registry gives this person’s {field_title}.',
 'Have the entry completed at the civil registry, then ask the registries again.'),
('DATA_MISSING', 'fr', 'Aucun registre n’indique pour cette personne : {field_title}.',
 'Faites compléter l’inscription à l’état civil, puis interrogez de nouveau les registres.');

-- Far above what is needed.
ALTER TABLE platen.application_field ADD CONSTRAINT words_are_short CHECK (length (reason) <= 2000 AND length (rule) <= 100) NOT VALID;
ALTER TABLE platen.card ADD CONSTRAINT names_are_short
  CHECK (length (printer) <= 300 AND length (job_uuid) <= 300 AND length (layout) <= 300) NOT VALID;
ALTER TABLE platen.card_file ADD CONSTRAINT parts_are_small
  CHECK (length (file) <= 16777216 AND length (qr_text) <= 8000 AND length (pdf417) <= 4000 AND length (mrz) <= 1000
         AND length (inputs::text) <= 8388608) NOT VALID;
ALTER TABLE platen.office ADD CONSTRAINT name_is_short CHECK (length (name) <= 300) NOT VALID;
ALTER TABLE platen.staff ADD CONSTRAINT name_is_short CHECK (length (name) <= 300) NOT VALID;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'Nothing was read or changed, because this transaction does not see what others do meanwhile. Begin it with READ COMMITTED.',
 'Rien n’a été lu ni modifié, car cette transaction ne voit pas ce que font les autres entre-temps. Commencez-la avec READ COMMITTED.'),
('refusal', 'fr', 'Nothing was changed, because the reason is longer than 2000 characters. Say it in fewer words.',
 'Rien n’a été modifié, car le motif dépasse 2000 caractères. Dites-le en moins de mots.'),
('refusal', 'fr', 'Application {application} was not approved, because the registries now say something else than what was recorded: {field}.'
                  ' Return it to the clerk.',
 'La demande {application} n’a pas été approuvée, car les registres disent maintenant autre chose que ce qui a été consigné (différence : {field}).'
 ' Renvoyez-la à l’agent.'),
('refusal', 'fr', 'The application was not approved, because the licence number that the driver registry gave ({licence}) does not fit on a card.'
                  ' Ask the registry to correct it.',
 'La demande n’a pas été approuvée, car le numéro de permis donné par le registre des conducteurs ({licence}) ne tient pas sur une carte.'
 ' Demandez au registre de le corriger.');

-- At every door: those of api, and what its views and policies call. What they call in turn follows.
DO $settings$
DECLARE
  v_function regprocedure;
BEGIN
  FOR v_function IN
    SELECT oid FROM pg_proc
     WHERE pronamespace = 'api'::regnamespace
        OR (pronamespace = 'platen'::regnamespace
            AND proname IN ('may_read', 'visible_offices', 'has_role', 'roles_of', 'rule_words', 'in_words')) LOOP
    EXECUTE format ('ALTER FUNCTION %s SET DateStyle = ''ISO, YMD'' SET standard_conforming_strings = on', v_function);
  END LOOP;
END
$settings$;

INSERT INTO platen.schema_version (version, title) VALUES (28, 'what a login cannot bend');
