-- SPDX-License-Identifier: GPL-3.0-or-later
-- Two transactions that lock the same rows in different orders wait for each other until the server ends one with “deadlock detected”.
-- What one statement locks it locks in the order in which it reads, and that differs between transactions; so what touches several rows
-- of others either goes one at a time, or has them all before anything else, or leaves out what another just has.

SET LOCAL ROLE platen_owner;

-- Whoever takes a message of the office or says what became of one does so alone, until the transaction ends: before any row of the outbox
-- is locked. Changes of applications write new rows and do not wait here.
CREATE FUNCTION platen.hold_outbox (p_office text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT pg_advisory_xact_lock (hashtext ('outbox'), hashtext (p_office))
$$;

-- As in 0036, one at a time.
CREATE OR REPLACE FUNCTION api.take_message (p_not_since timestamptz)
RETURNS TABLE (id bigint, message_id uuid, code text, status text, happened_at timestamptz, lease uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor   actor := require_sender ();
  v_message outbox;
BEGIN
  PERFORM hold_outbox (v_actor.office_code);
  UPDATE outbox m
     SET lease = gen_random_uuid (), leased_until = clock_timestamp() + interval '2 minutes', leased_pid = pg_backend_pid (),
         leased_start = backend_start (), tries = m.tries + 1, tried_at = clock_timestamp()
   WHERE m.id = (
     SELECT o.id FROM outbox o
      WHERE o.office_code = v_actor.office_code AND o.state = 'waiting'
        AND CASE WHEN p_not_since IS NULL THEN o.next_at <= clock_timestamp() ELSE coalesce (o.tried_at < p_not_since, true) END
        AND NOT is_leased (o)
        AND NOT EXISTS (SELECT FROM outbox e
                         WHERE e.application_id = o.application_id AND e.id < o.id AND e.state IN ('waiting', 'set_aside'))
      ORDER BY o.failed_at NULLS FIRST, o.id
      LIMIT 1)
   RETURNING m.* INTO v_message;
  RETURN QUERY SELECT v_message.id, v_message.message_id, p.code, v_message.status, v_message.happened_at, v_message.lease
                 FROM prepared_application p WHERE p.application_id = v_message.application_id;
END
$$;

-- As in 0043, but that a message which another is just sending is due again too, should its sender be lost; and a row is written only
-- where that says something new.
CREATE OR REPLACE FUNCTION api.message_sent (p_message bigint, p_lease uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor   actor := require_sender ();
  v_message outbox;
BEGIN
  PERFORM hold_outbox (v_actor.office_code);
  v_message := leased_message (v_actor, p_message, p_lease);
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
   WHERE o.office_code = v_actor.office_code AND o.state = 'waiting'
     AND (o.failures > 0 OR o.failing_since IS NOT NULL OR o.refusals = 0 AND o.outrun = 0 AND o.next_at > clock_timestamp());
  PERFORM resume_messages (v_actor);
  PERFORM note (v_actor, v_actor.office_code, 'message_sent', 'application', v_message.application_id::text,
                jsonb_build_object ('message', v_message.message_id, 'status', v_message.status, 'tries', v_message.tries));
  PERFORM pg_notify ('platen', format ('outbox %s %s', v_message.application_id, v_actor.office_code));
  RETURN true;
END
$$;

-- As in 0043, one at a time.
CREATE OR REPLACE FUNCTION api.message_failed (p_message bigint, p_lease uuid, p_kind text, p_trouble text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor   actor := require_sender ();
  v_trouble text := left (p_trouble, 500);
  v_message outbox;
BEGIN
  PERFORM hold_outbox (v_actor.office_code);
  v_message := leased_message (v_actor, p_message, p_lease);
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

-- As in 0031, one at a time with the senders.
CREATE OR REPLACE FUNCTION api.retry_message (p_message bigint, p_reason text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  SELECT hold_outbox ((demand ('supervisor', 'admin')).office_code);
  SELECT decide_message (p_message, 'waiting', '%s has the message “%s” sent again.', p_reason)
$$;

CREATE OR REPLACE FUNCTION api.discard_message (p_message bigint, p_reason text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  SELECT hold_outbox ((demand ('supervisor', 'admin')).office_code);
  SELECT decide_message (p_message, 'discarded', '%s discarded the message “%s”, which was not sent.', p_reason)
$$;

-- The registry's answers that applications wait for: whoever moves such an application just now takes it out of the wait, whoever asks
-- for it has its own pause; neither is waited for by one who already writes the audit log, which they need next.
CREATE FUNCTION platen.free_waits (p_office text, p_source text) RETURNS SETOF platen.application_wait
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT w.* FROM application_wait w
   WHERE w.office_code = p_office AND w.source = p_source AND w.leased_until IS NULL
   FOR UPDATE SKIP LOCKED
$$;

CREATE OR REPLACE FUNCTION platen.pause_waiting (p_wait platen.application_wait) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_pause interval := make_interval (secs => least (5 * 2 ^ least (p_wait.tries, 10), 300) * (0.5 + random () / 2));
BEGIN
  UPDATE application_wait w SET lease = NULL, leased_by = NULL, leased_until = NULL
   WHERE w.application_id = p_wait.application_id AND w.source = p_wait.source;
  UPDATE application_wait w SET next_at = clock_timestamp() + v_pause
    FROM free_waits (p_wait.office_code, p_wait.source) f
   WHERE w.application_id = f.application_id AND w.source = f.source;
END
$$;

-- As in 0030, with the free waits.
CREATE OR REPLACE FUNCTION api.answer_waiting (p_application bigint, p_source text, p_lease uuid, p_state text, p_answered_at timestamptz,
                                               p_message text, p_fields text[], p_values text[]) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
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
    FROM free_waits (v_wait.office_code, p_source) f
   WHERE w.application_id = f.application_id AND w.source = f.source;
  IF NOT EXISTS (SELECT FROM application_wait w WHERE w.application_id = p_application) THEN
    PERFORM resume_application (v_actor, v_wait);
  END IF;
  RETURN (SELECT a.state FROM application a WHERE a.id = p_application);
END
$$;

-- The drafts that a rule may choose in, all of them held before the first word of the audit log: whoever saves one of them has it, and
-- needs the log next. What was chosen while we waited is seen below, by a look of its own.
CREATE FUNCTION platen.hold_open_drafts (p_office text, p_kind text, p_field text) RETURNS bigint[]
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (array_agg (d.id), '{}') FROM (
    SELECT a.id FROM application a CROSS JOIN LATERAL gather_facts (a.id) f CROSS JOIN LATERAL open_fields (f) o
     WHERE a.office_code = p_office AND a.state IN ('draft', 'returned') AND o.field = p_field AND field_difference (f, p_field) = p_kind
     ORDER BY a.id FOR UPDATE OF a) d
$$;

-- As in 0037, on what is held.
CREATE OR REPLACE FUNCTION platen.settle_drafts (p_actor platen.actor, p_kind text, p_field text, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_title text := (SELECT f.title FROM field f WHERE f.field = p_field);
  v_held  bigint[] := hold_open_drafts (p_actor.office_code, p_kind, p_field);
  v_count int := 0;
  v_draft record;
BEGIN
  FOR v_draft IN
    SELECT a, rule_value (f, p_field) AS value
      FROM application a CROSS JOIN LATERAL gather_facts (a.id) f CROSS JOIN LATERAL open_fields (f) o
     WHERE a.id = ANY (v_held) AND a.state IN ('draft', 'returned') AND o.field = p_field
       AND field_difference (f, p_field) = p_kind AND NOT is_parked (a.id, p_field)
     ORDER BY a.id LOOP
    CONTINUE WHEN v_draft.value IS NULL;
    PERFORM store_choice (p_actor, v_draft.a, p_field, v_draft.value, 'rule', p_kind, NULL, false);
    PERFORM record_event (p_actor, (v_draft.a).id, NULL, 'field', format ('%s accepted a rule, which chose the %s.', p_actor.name, v_title),
                          p_reason);
    PERFORM pg_notify ('platen', format ('application %s %s', (v_draft.a).id, p_actor.office_code));
    v_count := v_count + 1;
  END LOOP;
  RETURN v_count;
END
$$;

-- As in 0010, but while somebody has all of them (names their lot, takes the last one), it is waited for: “no blank left” is said only
-- where it is so.
CREATE OR REPLACE FUNCTION platen.take_blank (p_actor platen.actor, p_application platen.application) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_serial text;
BEGIN
  SELECT serial INTO v_serial FROM blank WHERE office_code = p_actor.office_code AND place = 'safe'
   ORDER BY serial LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    SELECT serial INTO v_serial FROM blank WHERE office_code = p_actor.office_code AND place = 'safe'
     ORDER BY serial LIMIT 1 FOR UPDATE;
  END IF;
  IF v_serial IS NULL THEN
    PERFORM refuse ('P0001', 'NO_STOCK', format ('No card was reserved for application %s, because office %s has no blank left. Add'
                    ' blanks to the stock first.', p_application.number, p_actor.office_code));
  END IF;
  RETURN v_serial;
END
$$;

-- As in 0041, the blanks in their order.
CREATE OR REPLACE FUNCTION api.name_stock_lot (p_first text, p_last text, p_lot text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator', 'supervisor');
  v_lot   text := btrim (coalesce (p_lot, ''));
  v_count int;
BEGIN
  IF length (v_lot) > 40 THEN
    PERFORM refuse ('P0001', 'FIELD', 'The lot was not named, because its name has more than 40 letters. Give a shorter one.');
  END IF;
  PERFORM FROM blank WHERE office_code = v_actor.office_code AND serial BETWEEN p_first AND p_last ORDER BY serial FOR UPDATE;
  UPDATE blank SET lot = v_lot WHERE office_code = v_actor.office_code AND serial BETWEEN p_first AND p_last;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count = 0 THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('The lot %s was not named, because this office has no blank from %s to %s. Look at the'
                    ' serials again.', v_lot, p_first, p_last));
  END IF;
  PERFORM note (v_actor, v_actor.office_code, 'stock_lot_named', 'stock', p_first,
                jsonb_build_object ('last', p_last, 'lot', v_lot, 'blanks', v_count));
  RETURN v_count;
END
$$;

REVOKE ALL ON FUNCTION platen.hold_outbox (text), platen.free_waits (text, text), platen.hold_open_drafts (text, text, text) FROM PUBLIC;

INSERT INTO platen.schema_version (version, title) VALUES (44, 'rows in one order');
