-- SPDX-License-Identifier: GPL-3.0-or-later
-- Where the service took nothing for a day, people are told: one message of the office is set aside, which a supervisor sees, and the others
-- wait. It may be that message or the service; as soon as another one is taken, it is sent again by itself, and fails alone or not at all.

SET LOCAL ROLE platen_owner;

ALTER TABLE platen.outbox ADD COLUMN failing_since timestamptz; -- the first failure that said nothing about it, since the service last took anything

-- Not by the service's word, nor because others were taken.
CREATE FUNCTION platen.is_given_up (p_message platen.outbox) RETURNS boolean
LANGUAGE sql IMMUTABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT p_message.state = 'set_aside' AND p_message.refusals < 3 AND p_message.outrun < 5
$$;

-- As before, with a reason for each of the three kinds.
CREATE OR REPLACE FUNCTION platen.set_message_aside (p_actor platen.actor, p_message platen.outbox, p_trouble text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_status text := replace (p_message.status, '_', ' ');
BEGIN
  UPDATE outbox o SET state = 'set_aside' WHERE o.id = p_message.id;
  PERFORM record_event (p_actor, p_message.application_id, NULL, 'message_set_aside',
                        CASE WHEN p_message.refusals >= 3
                             THEN format ('The message “%s” was refused %s times by the pre-enrolment service and was set aside.',
                                          v_status, p_message.refusals)
                             WHEN p_message.outrun >= 5
                             THEN format ('The message “%s” failed %s times while the pre-enrolment service took others, and was set aside.',
                                          v_status, p_message.outrun)
                             ELSE format ('The message “%s” failed %s times in more than a day in which the pre-enrolment service took none,'
                                          ' and was set aside.', v_status, p_message.failures) END, p_trouble);
END
$$;

-- As before; and after a day one message is set aside, and no second one until the service takes something.
CREATE FUNCTION platen.service_failed (p_actor platen.actor, p_message platen.outbox, p_trouble text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_message outbox;
BEGIN
  PERFORM service_failed (p_message, p_trouble);
  UPDATE outbox o SET failing_since = coalesce (o.failing_since, o.failed_at) WHERE o.id = p_message.id RETURNING o.* INTO v_message;
  IF v_message.failing_since <= clock_timestamp() - interval '1 day' AND v_message.failures >= 5
     AND NOT EXISTS (SELECT FROM outbox o WHERE o.office_code = v_message.office_code AND o.state = 'set_aside' AND is_given_up (o)) THEN
    PERFORM set_message_aside (p_actor, v_message, p_trouble);
  END IF;
END
$$;

-- The service takes messages again: what was given up goes with the others.
CREATE FUNCTION platen.resume_messages (p_actor platen.actor) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_message outbox;
BEGIN
  FOR v_message IN SELECT o.* FROM outbox o WHERE o.office_code = p_actor.office_code AND o.state = 'set_aside' AND is_given_up (o) ORDER BY o.id FOR UPDATE LOOP
    UPDATE outbox o SET state = 'waiting', next_at = clock_timestamp() WHERE o.id = v_message.id;
    PERFORM record_event (p_actor, v_message.application_id, NULL, 'message_retried',
                          format ('The message “%s” is sent again, because the pre-enrolment service takes messages again.',
                                  replace (v_message.status, '_', ' ')), NULL);
    PERFORM pg_notify ('platen', format ('outbox %s %s', v_message.application_id, v_message.office_code));
  END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION api.message_sent (p_message bigint, p_lease uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor   actor := require_sender ();
  v_message outbox := leased_message (v_actor, p_message, p_lease);
BEGIN
  IF v_message.id IS NULL THEN
    RETURN false;
  END IF;
  UPDATE outbox o
     SET state = 'sent', lease = NULL, leased_until = NULL, trouble = NULL, ended_at = clock_timestamp(), ended_by = v_actor.staff_id
   WHERE o.id = p_message;
  -- It answers again: what waited for that is due. What failed while others were taken keeps its own pause.
  UPDATE outbox o
     SET failures = 0, failing_since = NULL,
         next_at = CASE WHEN o.refusals = 0 AND o.outrun = 0 THEN clock_timestamp() ELSE o.next_at END
   WHERE o.office_code = v_actor.office_code AND o.state = 'waiting' AND NOT is_leased (o);
  PERFORM resume_messages (v_actor);
  PERFORM note (v_actor, v_actor.office_code, 'message_sent', 'application', v_message.application_id::text,
                jsonb_build_object ('message', v_message.message_id, 'status', v_message.status, 'tries', v_message.tries));
  PERFORM pg_notify ('platen', format ('outbox %s %s', v_message.application_id, v_actor.office_code));
  RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION api.message_failed (p_message bigint, p_lease uuid, p_kind text, p_trouble text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor   actor := require_sender ();
  v_message outbox := leased_message (v_actor, p_message, p_lease);
  v_trouble text := left (p_trouble, 500);
BEGIN
  IF v_message.id IS NULL THEN
    RETURN (SELECT o.state FROM outbox o WHERE o.id = p_message AND o.office_code = v_actor.office_code);
  END IF;
  IF p_kind = 'refused' THEN
    PERFORM message_refused (v_actor, v_message, v_trouble);
  ELSIF is_outrun (v_message) THEN
    PERFORM message_outrun (v_actor, v_message, v_trouble);
  ELSE
    PERFORM service_failed (v_actor, v_message, v_trouble);
  END IF;
  PERFORM pg_notify ('platen', format ('outbox %s %s', v_message.application_id, v_actor.office_code));
  RETURN (SELECT o.state FROM outbox o WHERE o.id = p_message);
END
$$;

CREATE OR REPLACE FUNCTION platen.forget_failures () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  NEW.failed_at := NULL;
  NEW.failing_since := NULL;
  NEW.failures := 0;
  NEW.outrun := 0;
  RETURN NEW;
END
$$;

REVOKE ALL ON FUNCTION platen.is_given_up (platen.outbox), platen.service_failed (platen.actor, platen.outbox, text),
  platen.resume_messages (platen.actor) FROM PUBLIC;

INSERT INTO platen.translation (context, language, english, text) VALUES
('event', 'fr', 'The message “{prepared_status}” failed {count} times in more than a day in which the pre-enrolment service took none, and was set aside.',
 'Le message « {prepared_status} » a échoué {count} fois en plus d’un jour pendant lequel le service de préinscription n’en a pris aucun, et a été mis de côté.'),
('event', 'fr', 'The message “{prepared_status}” is sent again, because the pre-enrolment service takes messages again.',
 'Le message « {prepared_status} » est renvoyé, car le service de préinscription prend de nouveau les messages.');

INSERT INTO platen.schema_version (version, title) VALUES (43, 'messages that nobody takes');
