-- SPDX-License-Identifier: GPL-3.0-or-later
-- A page of a gateway, another service's answer or a broken connection says nothing about the message that was sent: the office pauses
-- for the service, whatever it answers, and no message is set aside for it. One message that fails again and again while others are
-- taken is another matter: it holds nobody up, and in the end it is set aside too.

SET LOCAL ROLE platen_owner;

ALTER TABLE platen.outbox
  ADD COLUMN failed_at timestamptz,           -- the last failure that said nothing about it
  ADD COLUMN failures  int NOT NULL DEFAULT 0, -- such, since the service last took anything of the office: how long is paused
  ADD COLUMN outrun    int NOT NULL DEFAULT 0; -- such, after another had been taken since its last one

-- As before, but what has failed comes after what has not, so that one message does not stand in the way of all.
CREATE OR REPLACE FUNCTION api.take_message (p_not_since timestamptz)
RETURNS TABLE (id bigint, message_id uuid, code text, status text, happened_at timestamptz, lease uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor   actor := require_sender ();
  v_message outbox;
BEGIN
  SELECT o.* INTO v_message FROM outbox o
   WHERE o.office_code = v_actor.office_code AND o.state = 'waiting'
     AND CASE WHEN p_not_since IS NULL THEN o.next_at <= clock_timestamp() ELSE coalesce (o.tried_at < p_not_since, true) END
     AND NOT is_leased (o)
     AND NOT EXISTS (SELECT FROM outbox e
                      WHERE e.application_id = o.application_id AND e.id < o.id AND e.state IN ('waiting', 'set_aside'))
   ORDER BY o.failed_at NULLS FIRST, o.id
   LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  UPDATE outbox o
     SET lease = gen_random_uuid (), leased_until = clock_timestamp() + interval '2 minutes', leased_pid = pg_backend_pid (),
         leased_start = backend_start (), tries = o.tries + 1, tried_at = clock_timestamp()
   WHERE o.id = v_message.id
   RETURNING o.* INTO v_message;
  RETURN QUERY SELECT v_message.id, v_message.message_id, p.code, v_message.status, v_message.happened_at, v_message.lease
                 FROM prepared_application p WHERE p.application_id = v_message.application_id;
END
$$;

-- False, and nothing changed, for a lease of before.
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
     SET failures = 0, next_at = CASE WHEN o.refusals = 0 AND o.outrun = 0 THEN clock_timestamp() ELSE o.next_at END
   WHERE o.office_code = v_actor.office_code AND o.state = 'waiting' AND NOT is_leased (o);
  PERFORM note (v_actor, v_actor.office_code, 'message_sent', 'application', v_message.application_id::text,
                jsonb_build_object ('message', v_message.message_id, 'status', v_message.status, 'tries', v_message.tries));
  PERFORM pg_notify ('platen', format ('outbox %s %s', v_message.application_id, v_actor.office_code));
  RETURN true;
END
$$;

-- As before, with a reason for each of the two kinds.
CREATE OR REPLACE FUNCTION platen.set_message_aside (p_actor platen.actor, p_message platen.outbox, p_trouble text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  UPDATE outbox o SET state = 'set_aside' WHERE o.id = p_message.id;
  PERFORM record_event (p_actor, p_message.application_id, NULL, 'message_set_aside',
                        CASE WHEN p_message.refusals >= 3
                             THEN format ('The message “%s” was refused %s times by the pre-enrolment service and was set aside.',
                                          replace (p_message.status, '_', ' '), p_message.refusals)
                             ELSE format ('The message “%s” failed %s times while the pre-enrolment service took others, and was set aside.',
                                          replace (p_message.status, '_', ' '), p_message.outrun) END, p_trouble);
END
$$;

-- Whether the service took another message of the office since this one last failed without a word about it.
CREATE FUNCTION platen.is_outrun (p_message platen.outbox) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT EXISTS (SELECT FROM outbox o
                  WHERE o.office_code = p_message.office_code AND o.state = 'sent' AND o.ended_at > p_message.failed_at)
$$;
CREATE INDEX outbox_sent ON platen.outbox (office_code, ended_at) WHERE state = 'sent';

-- The service says something about this message: a minute, then two; the third time sets it aside.
CREATE FUNCTION platen.message_refused (p_actor platen.actor, p_message platen.outbox, p_trouble text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_message outbox;
BEGIN
  UPDATE outbox o
     SET lease = NULL, leased_until = NULL, trouble = p_trouble, refusals = o.refusals + 1,
         next_at = clock_timestamp() + make_interval (secs => 60 * 2 ^ least (o.refusals, 4) * (0.5 + random () / 2))
   WHERE o.id = p_message.id
   RETURNING o.* INTO v_message;
  IF v_message.refusals >= 3 THEN
    PERFORM set_message_aside (p_actor, v_message, p_trouble);
  END IF;
END
$$;

-- While others are taken it pauses alone, and the fifth time it is set aside.
CREATE FUNCTION platen.message_outrun (p_actor platen.actor, p_message platen.outbox, p_trouble text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_message outbox;
BEGIN
  UPDATE outbox o
     SET lease = NULL, leased_until = NULL, trouble = p_trouble, failed_at = clock_timestamp(), outrun = o.outrun + 1,
         next_at = clock_timestamp() + make_interval (secs => 60 * 2 ^ least (o.outrun, 4) * (0.5 + random () / 2))
   WHERE o.id = p_message.id
   RETURNING o.* INTO v_message;
  IF v_message.outrun >= 5 THEN
    PERFORM set_message_aside (p_actor, v_message, p_trouble);
  END IF;
END
$$;

-- It is the service's trouble: all messages of the office wait, longer with each that failed since it last took one.
CREATE FUNCTION platen.service_failed (p_message platen.outbox, p_trouble text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_failures int;
  v_until    timestamptz;
BEGIN
  UPDATE outbox o
     SET lease = NULL, leased_until = NULL, trouble = p_trouble, failed_at = clock_timestamp(), failures = o.failures + 1
   WHERE o.id = p_message.id;
  SELECT sum (o.failures) INTO v_failures FROM outbox o WHERE o.office_code = p_message.office_code AND o.state = 'waiting';
  v_until := clock_timestamp() + make_interval (secs => least (5 * 2 ^ least (v_failures, 10), 300) * (0.5 + random () / 2));
  UPDATE outbox o SET next_at = v_until
   WHERE o.office_code = p_message.office_code AND o.state = 'waiting' AND NOT is_leased (o) AND o.next_at < v_until;
END
$$;

-- p_kind: 'refused' is the service's word about this message; 'unreachable' says nothing about it, whatever was answered.
-- Gives the state in which it is then.
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
    PERFORM service_failed (v_message, v_trouble);
  END IF;
  PERFORM pg_notify ('platen', format ('outbox %s %s', v_message.application_id, v_actor.office_code));
  RETURN (SELECT o.state FROM outbox o WHERE o.id = p_message);
END
$$;

-- Sent again by a person: what it failed before counts no longer.
CREATE FUNCTION platen.forget_failures () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  NEW.failed_at := NULL;
  NEW.failures := 0;
  NEW.outrun := 0;
  RETURN NEW;
END
$$;
CREATE TRIGGER sent_again BEFORE UPDATE ON platen.outbox
  FOR EACH ROW WHEN (OLD.state = 'set_aside' AND NEW.state = 'waiting') EXECUTE FUNCTION platen.forget_failures ();

REVOKE ALL ON FUNCTION platen.is_outrun (platen.outbox), platen.message_refused (platen.actor, platen.outbox, text),
  platen.message_outrun (platen.actor, platen.outbox, text), platen.service_failed (platen.outbox, text), platen.forget_failures () FROM PUBLIC;

INSERT INTO platen.translation (context, language, english, text) VALUES
('event', 'fr', 'The message “{prepared_status}” failed {count} times while the pre-enrolment service took others, and was set aside.',
 'Le message « {prepared_status} » a échoué {count} fois alors que le service de préinscription en prenait d’autres, et a été mis de côté.');

INSERT INTO platen.schema_version (version, title) VALUES (36, 'messages that fail alone');
