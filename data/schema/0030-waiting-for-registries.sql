-- SPDX-License-Identifier: GPL-3.0-or-later
-- An application that lacks the answer of a registry waits for it, by a person's explicit act, and goes on by
-- itself when that registry answers: any desk of the office asks again, one at a time.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.application_wait (
  application_id bigint NOT NULL REFERENCES platen.application,
  source         text NOT NULL CHECK (source ~ '^[a-z][a-z0-9_]{0,29}$'),
  office_code    text NOT NULL REFERENCES platen.office,
  resumes_as     text NOT NULL CHECK (resumes_as IN ('draft', 'returned', 'submitted')), -- the state in which it began to wait
  asked_by       int NOT NULL REFERENCES platen.staff,
  since          timestamptz NOT NULL DEFAULT clock_timestamp(),
  tries          int NOT NULL DEFAULT 0,
  next_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  lease          uuid,            -- whoever asks just now says it again with the answer
  leased_by      bigint REFERENCES platen.session,
  leased_until   timestamptz,
  PRIMARY KEY (application_id, source)
);
CREATE INDEX application_wait_oldest ON platen.application_wait (office_code, since, application_id);
ALTER TABLE platen.application_wait ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.application_wait USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

-- As in 0005, but a draft may wait, and what waited for registries waits no more once it has moved.
CREATE OR REPLACE FUNCTION platen.move_application (p_actor platen.actor, p_application bigint, p_to platen.application_state,
                                                    p_text text, p_why text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_from    text;
  v_number  text;
  v_version int;
BEGIN
  SELECT state, number INTO STRICT v_from, v_number FROM application WHERE id = p_application FOR UPDATE;
  IF NOT coalesce (p_to::text = ANY (CASE v_from
       WHEN 'draft'         THEN '{submitted,withdrawn,waiting}'::text[]
       WHEN 'returned'      THEN '{submitted,withdrawn,waiting}'
       WHEN 'submitted'     THEN '{approved,returned,rejected,withdrawn,waiting}'
       WHEN 'waiting'       THEN '{submitted,draft,returned,rejected,withdrawn}'
       WHEN 'approved'      THEN '{in_production,withdrawn}'
       WHEN 'in_production' THEN '{ready,approved}'       -- back when its card was spoiled or cancelled
       WHEN 'ready'         THEN '{issued,approved}'
     END), false) THEN
    PERFORM refuse ('P0001', 'STATE', format ('Application %s was not changed, because it is %s and cannot become %s.'
                    ' Read it again and take the step that is next.', v_number, replace (v_from, '_', ' '),
                    replace (p_to, '_', ' ')));
  END IF;
  DELETE FROM application_wait w WHERE w.application_id = p_application;
  UPDATE application
     SET state = p_to, row_version = row_version + 1, changed_at = clock_timestamp(), changed_by = p_actor.staff_id,
         reason = CASE WHEN p_to IN ('returned', 'rejected', 'withdrawn', 'waiting') THEN nullif (btrim (p_why), '') END
   WHERE id = p_application
   RETURNING row_version INTO v_version;
  PERFORM record_event (p_actor, p_application, NULL, p_to, p_text, p_why);
  RETURN v_version;
END
$$;

-- The registries that owe an answer: to a draft those of which nothing is known; to a submitted application
-- the identity registry, when it did not answer whoever asked it last.
CREATE FUNCTION platen.unanswered_sources (p_application platen.application) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (array_agg (s.source ORDER BY s.position), '{}')
    FROM (VALUES (1, 'identity'), (2, 'driver'), (3, 'infringement')) s (position, source)
   WHERE CASE p_application.state WHEN 'submitted' THEN
           s.source = 'identity'
           AND (SELECT r.state NOT IN ('answered', 'not_found') FROM application_source r
                 WHERE r.application_id = p_application.id AND r.source = s.source ORDER BY r.id DESC LIMIT 1)
         ELSE coalesce ((SELECT b.state FROM best_source (p_application.id, s.source) b), 'not asked')
                NOT IN ('answered', 'not_found') END
$$;

CREATE FUNCTION api.wait_for_registries (p_application bigint, p_row_version int, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor');
  v_application application := hold_application (v_actor, p_application, p_row_version);
  v_sources     text[];
  v_version     int;
BEGIN
  IF v_application.state NOT IN ('draft', 'returned', 'submitted') THEN
    PERFORM refuse ('P0001', 'STATE', format ('Application %s was not set aside, because it is %s. Only a draft, a returned or a'
                    ' submitted one can wait for a registry.', v_application.number, replace (v_application.state, '_', ' ')));
  END IF;
  IF v_application.state <> 'submitted' AND NOT has_role ('clerk') THEN
    PERFORM refuse_role ('clerk');
  END IF;
  v_sources := unanswered_sources (v_application);
  IF v_sources = '{}' THEN
    PERFORM refuse ('P0001', 'ANSWERED', format ('Application %s was not set aside, because no registry owes it an answer. Take the'
                    ' step that is next.', v_application.number));
  END IF;
  IF v_application.state <> 'submitted' THEN
    INSERT INTO application_editor (application_id, staff_id, office_code)
    VALUES (p_application, v_actor.staff_id, v_actor.office_code) ON CONFLICT DO NOTHING;
  END IF;
  v_version := move_application (v_actor, p_application, 'waiting', format ('%s lets the application wait for a registry.', v_actor.name),
                                 format ('Waits for an answer: %s.', array_to_string (v_sources, ', ')));
  INSERT INTO application_wait (application_id, source, office_code, resumes_as, asked_by)
  SELECT p_application, s, v_actor.office_code, v_application.state, v_actor.staff_id FROM unnest (v_sources) s;
  RETURN v_version;
END
$$;

-- As before a step for what is submitted, although a draft can wait now.
CREATE OR REPLACE FUNCTION api.wait_application (p_application bigint, p_row_version int, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor       actor := demand ('supervisor');
  v_application application := hold_application (v_actor, p_application, p_row_version);
BEGIN
  IF v_application.state <> 'submitted' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Application %s was not changed, because it is %s and cannot become %s.'
                    ' Read it again and take the step that is next.', v_application.number, replace (v_application.state, '_', ' '),
                    'waiting'));
  END IF;
  RETURN step_with_reason (v_actor, p_application, p_row_version, 'waiting', 'set aside', p_reason);
END
$$;

-- What a person set aside goes back to where it was; an application that was no more than a draft is none more.
CREATE OR REPLACE FUNCTION api.continue_application (p_application bigint, p_row_version int, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor');
  v_application application := hold_application (v_actor, p_application, p_row_version);
  v_to          text := coalesce ((SELECT w.resumes_as FROM application_wait w WHERE w.application_id = p_application LIMIT 1), 'submitted');
BEGIN
  IF v_to = 'submitted' AND NOT has_role ('supervisor') THEN
    PERFORM refuse_role ('supervisor');
  END IF;
  IF v_application.state <> 'waiting' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Application %s was not continued, because it is %s and does not wait.',
                    v_application.number, replace (v_application.state, '_', ' ')));
  END IF;
  RETURN move_application (v_actor, p_application, v_to, format ('%s continued the application.', v_actor.name), p_reason);
END
$$;

-- Windows ask again by themselves: that alone is nobody at work, and the session goes on idling.
CREATE FUNCTION platen.require_clerk_or_supervisor () RETURNS platen.actor
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := require_session ();
BEGIN
  IF NOT has_role ('clerk') AND NOT has_role ('supervisor') THEN
    PERFORM refuse_role ('clerk', 'supervisor');
  END IF;
  RETURN v_actor;
END
$$;

-- Gives the oldest application that is due to whoever asks for it, for a minute; p_source is due at once,
-- because it has just answered, or NULL. Nobody is given one of a registry that another desk asks already.
-- What is recorded makes its recorder an editor, so a supervisor is only given drafts of their own.
CREATE FUNCTION api.take_waiting (p_source text)
RETURNS TABLE (application_id bigint, number text, id_number text, source text, lease uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_actor       actor := require_clerk_or_supervisor ();
  v_is_clerk    boolean := has_role ('clerk');
  v_approves    boolean := has_role ('supervisor');
  v_wait        application_wait;
  v_application application;
  v_lookup      bigint;
BEGIN
  -- Whoever comes at the same moment is given nothing, and comes again.
  IF NOT pg_try_advisory_xact_lock (hashtext ('application_wait'), hashtext (v_actor.office_code)) THEN
    RETURN;
  END IF;
  SELECT w.* INTO v_wait FROM application_wait w
   WHERE w.office_code = v_actor.office_code
     AND (w.next_at <= clock_timestamp() OR w.source = p_source)
     AND coalesce (w.leased_until <= clock_timestamp(), true)
     AND (w.resumes_as = 'submitted'
          OR (v_is_clerk AND (NOT v_approves OR EXISTS (SELECT FROM application_editor e
                                                         WHERE e.application_id = w.application_id AND e.staff_id = v_actor.staff_id))))
     AND NOT EXISTS (SELECT FROM application_wait o
                      WHERE o.office_code = w.office_code AND o.source = w.source AND o.leased_until > clock_timestamp()
                        AND o.leased_by <> v_actor.session_id)
   ORDER BY w.since, w.application_id, w.source
   LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  UPDATE application_wait w
     SET lease = gen_random_uuid (), leased_by = v_actor.session_id, leased_until = clock_timestamp() + interval '1 minute',
         tries = w.tries + 1
   WHERE w.application_id = v_wait.application_id AND w.source = v_wait.source
   RETURNING w.* INTO v_wait;
  SELECT a.* INTO STRICT v_application FROM application a WHERE a.id = v_wait.application_id;
  INSERT INTO lookup (office_code, staff_id, workstation, id_number, purpose)
  VALUES (v_actor.office_code, v_actor.staff_id, v_actor.workstation, v_application.id_number, 'waiting') RETURNING id INTO v_lookup;
  PERFORM note (v_actor, v_actor.office_code, 'lookup', 'lookup', v_lookup::text,
                jsonb_build_object ('id_number', v_application.id_number, 'purpose', 'waiting'));
  RETURN QUERY SELECT v_application.id, v_application.number, v_application.id_number, v_wait.source, v_wait.lease;
END
$$;

-- It did not answer: nobody of this office asks it again before a pause that grows and is never the same.
CREATE FUNCTION platen.pause_waiting (p_wait platen.application_wait) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_pause interval := make_interval (secs => least (5 * 2 ^ least (p_wait.tries, 10), 300) * (0.5 + random () / 2));
BEGIN
  UPDATE application_wait w SET lease = NULL, leased_by = NULL, leased_until = NULL
   WHERE w.application_id = p_wait.application_id AND w.source = p_wait.source;
  UPDATE application_wait w SET next_at = clock_timestamp() + v_pause
   WHERE w.office_code = p_wait.office_code AND w.source = p_wait.source AND w.leased_until IS NULL;
END
$$;

-- What a program chooses when it starts an application, for the fields of which nothing is chosen any more.
CREATE FUNCTION platen.choose_by_rule (p_actor platen.actor, p_application bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_facts facts := gather_facts (p_application);
BEGIN
  INSERT INTO application_field (application_id, office_code, field, value, choice, rule, chosen_by)
  SELECT p_application, p_actor.office_code, f.field, CASE WHEN cardinality (v.given) > 1 THEN r.value ELSE v.given[1] END,
         CASE WHEN cardinality (v.given) > 1 THEN 'rule' WHEN n.answers > 1 THEN 'agreed' ELSE 'only' END,
         CASE WHEN cardinality (v.given) > 1 THEN field_difference (v_facts, f.field) END, p_actor.staff_id
    FROM field f
   CROSS JOIN LATERAL source_values (v_facts, f.field) v (given)
   CROSS JOIN LATERAL (SELECT CASE WHEN f.is_person AND cardinality (v.given) > 1 THEN rule_value (v_facts, f.field) END) r (value)
   CROSS JOIN LATERAL (SELECT count (*) FROM answers (v_facts) a WHERE btrim (a.answer ->> f.field) <> '') n (answers)
   WHERE f.is_person AND cardinality (v.given) > 0 AND (cardinality (v.given) = 1 OR r.value IS NOT NULL)
      ON CONFLICT (application_id, field) DO NOTHING;
  PERFORM refresh_application (p_application);
END
$$;

-- The last answer has come: back to where it was, and a draft on to the approvers, if nothing else stops it.
CREATE FUNCTION platen.resume_application (p_actor platen.actor, p_wait platen.application_wait) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_asker text := (SELECT t.name FROM staff t WHERE t.id = p_wait.asked_by);
  v_stops int;
BEGIN
  PERFORM evaluate_application (p_wait.application_id);
  SELECT a.stops INTO v_stops FROM application a WHERE a.id = p_wait.application_id;
  IF v_stops > 0 AND p_wait.resumes_as <> 'submitted' THEN
    PERFORM move_application (p_actor, p_wait.application_id, p_wait.resumes_as,
                              format ('The %s registry answered, but the findings stop the application.', p_wait.source), NULL);
    RETURN;
  END IF;
  PERFORM move_application (p_actor, p_wait.application_id, p_wait.resumes_as,
                            format ('The %s registry answered and the application goes on.', p_wait.source), NULL);
  IF p_wait.resumes_as <> 'submitted' THEN
    PERFORM move_application (p_actor, p_wait.application_id, 'submitted',
                              format ('The application was submitted as %s had asked.', v_asker), NULL);
  END IF;
END
$$;

-- The answer for an application that was taken; gives the state in which the application is then. A lease that
-- has run out and was given to another changes nothing, and so does the same answer said twice.
CREATE FUNCTION api.answer_waiting (p_application bigint, p_source text, p_lease uuid, p_state text, p_answered_at timestamptz,
                                    p_message text, p_fields text[], p_values text[]) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor       actor := require_clerk_or_supervisor ();
  v_application application := find_application (v_actor, p_application);
  v_wait        application_wait;
BEGIN
  SELECT w.* INTO v_wait FROM application_wait w
   WHERE w.application_id = p_application AND w.source = p_source AND w.lease = p_lease AND w.leased_by = v_actor.session_id;
  IF NOT FOUND OR v_application.state <> 'waiting' THEN
    RETURN v_application.state;
  END IF;
  IF p_state IS NULL OR p_state NOT IN ('answered', 'not_found') THEN
    PERFORM pause_waiting (v_wait);
    RETURN 'waiting';
  END IF;

  IF v_wait.resumes_as <> 'submitted' THEN
    -- For the length of this recording it is what it was; nobody sees it so.
    UPDATE application a SET state = v_wait.resumes_as WHERE a.id = p_application;
    PERFORM api.record_source (p_application, p_source, p_state, p_answered_at, p_message, p_fields, p_values);
    PERFORM choose_by_rule (v_actor, p_application);
    UPDATE application a SET state = 'waiting' WHERE a.id = p_application;
  END IF;
  DELETE FROM application_wait w WHERE w.application_id = p_application AND w.source = p_source;
  UPDATE application_wait w SET next_at = clock_timestamp(), tries = 0
   WHERE w.office_code = v_wait.office_code AND w.source = p_source AND w.leased_until IS NULL;
  IF NOT EXISTS (SELECT FROM application_wait w WHERE w.application_id = p_application) THEN
    PERFORM resume_application (v_actor, v_wait);
  END IF;
  RETURN (SELECT a.state FROM application a WHERE a.id = p_application);
END
$$;

CREATE VIEW api.application_wait WITH (security_barrier) AS
SELECT w.application_id, a.number AS application_number, w.source, w.since, w.tries, w.next_at, w.resumes_as, t.name AS asked_by
  FROM platen.application_wait w JOIN platen.application a ON a.id = w.application_id JOIN platen.staff t ON t.id = w.asked_by
 WHERE (SELECT platen.may_read ());

GRANT SELECT ON api.application_wait TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION api.wait_for_registries (bigint, int, text), api.take_waiting (text),
                          api.answer_waiting (bigint, text, uuid, text, timestamptz, text, text[], text[])
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

DO $settings$
DECLARE
  v_function text;
BEGIN
  FOREACH v_function IN ARRAY ARRAY['wait_for_registries (bigint, int, text)', 'take_waiting (text)', 'wait_application (bigint, int, text)',
                                    'continue_application (bigint, int, text)',
                                    'answer_waiting (bigint, text, uuid, text, timestamptz, text, text[], text[])'] LOOP
    EXECUTE format ('ALTER FUNCTION api.%s SET DateStyle = ''ISO, YMD'' SET standard_conforming_strings = on', v_function);
  END LOOP;
END
$settings$;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'Application {application} was not set aside, because it is {application_state}. Only a draft, a returned or a submitted one'
                  ' can wait for a registry.',
 'La demande {application} n’a pas été mise en attente, car elle est à l’état « {application_state} ». Seule une demande à l’état de brouillon,'
 ' renvoyée ou soumise peut attendre un registre.'),
('refusal', 'fr', 'Application {application} was not set aside, because no registry owes it an answer. Take the step that is next.',
 'La demande {application} n’a pas été mise en attente, car aucun registre ne lui doit de réponse. Passez à l’étape suivante.'),
('event', 'fr', '{name} lets the application wait for a registry.', '{name} laisse la demande attendre un registre.'),
('event', 'fr', 'The {source} registry answered and the application goes on.',
 'Le registre ({source}) a répondu et la demande suit son cours.'),
('event', 'fr', 'The {source} registry answered, but the findings stop the application.',
 'Le registre ({source}) a répondu, mais les constats arrêtent la demande.'),
('event', 'fr', 'The application was submitted as {name} had asked.', 'La demande a été soumise, comme {name} l’avait demandé.'),
('why', 'fr', 'Waits for an answer: {source}.', 'En attente d’une réponse : {source}.');

INSERT INTO platen.schema_version (version, title) VALUES (30, 'waiting for registries');
