-- SPDX-License-Identifier: GPL-3.0-or-later
-- Applications that were prepared at home. A code brings one to the office once; what the applicant stated is a
-- source of its own, which gives way to every registry and counts for nothing where none has a value. What becomes
-- of it is told to the pre-enrolment service by messages: they are written with the change itself, and sent by any
-- desk that may, each with one effect however often it is delivered (its id is the idempotency key).

SET LOCAL ROLE platen_owner;

-- ISO/IEC 7064 MOD 37,36 over 0-9 and A-Z.
CREATE FUNCTION platen.mod37_36 (p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = platen, pg_temp AS $$
DECLARE
  v_product int := 36;
  v_sum     int;
BEGIN
  FOR i IN 1 .. length (p_text) LOOP
    v_sum := (v_product + strpos ('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', substr (p_text, i, 1)) - 1) % 36;
    v_product := (CASE v_sum WHEN 0 THEN 36 ELSE v_sum END * 2) % 37;
  END LOOP;
  RETURN substr ('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', (37 - v_product) % 36 + 1, 1);
END
$$;

-- PE, seven letters or digits without I, L and O, and a check character.
CREATE FUNCTION platen.is_prepared_code (p_text text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (p_text ~ '^PE[0-9A-HJKMNP-Z]{8}$' AND right (p_text, 1) = mod37_36 (left (p_text, 9)), false)
$$;

CREATE FUNCTION platen.is_applicant (p_source text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (p_source = 'applicant', false)
$$;

CREATE TABLE platen.prepared_application (
  application_id bigint PRIMARY KEY REFERENCES platen.application,
  office_code    text NOT NULL REFERENCES platen.office,
  code           text NOT NULL UNIQUE CHECK (platen.is_prepared_code (code)),
  type           text NOT NULL,
  categories     text[],          -- codes as the applicant chose them; NULL: those held
  language       text CHECK (language ~ '^[a-z]{2,3}$'),
  email          text CHECK (length (email) <= 254),
  phone          text CHECK (length (phone) <= 40),
  prepared_at    timestamptz,
  expires_on     date,
  fetched_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  fetched_by     int NOT NULL REFERENCES platen.staff,
  row_version    int NOT NULL,    -- of the application when it was fetched: a higher one means that it is worked on
  reported       text             -- the last status for which a message was written
);

CREATE TABLE platen.outbox (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  message_id     uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(), -- the receiver does what it says once
  office_code    text NOT NULL REFERENCES platen.office,
  application_id bigint NOT NULL REFERENCES platen.prepared_application,
  status         text NOT NULL CHECK (status IN ('checked_in', 'in_progress', 'biometrics_complete', 'ready', 'completed', 'closed')),
  happened_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  state          text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'set_aside', 'discarded')),
  tries          int NOT NULL DEFAULT 0,
  refusals       int NOT NULL DEFAULT 0, -- by the service; not when it could not be reached
  tried_at       timestamptz,
  next_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  trouble        text,            -- the last one, in words
  lease          uuid,            -- whoever sends it just now says it again with the outcome
  leased_until   timestamptz,
  leased_pid     int,
  leased_start   timestamptz,     -- of that backend: a lease ends with the connection, too
  ended_at       timestamptz,
  ended_by       int REFERENCES platen.staff
);
CREATE INDEX outbox_unsent ON platen.outbox (office_code, id) WHERE state IN ('waiting', 'set_aside');
CREATE INDEX outbox_application ON platen.outbox (application_id, id);

CREATE TRIGGER outbox_is_kept BEFORE DELETE OR TRUNCATE ON platen.outbox
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();

DO $policies$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['prepared_application', 'outbox'] LOOP
    EXECUTE format ('ALTER TABLE platen.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format ('CREATE POLICY own_office ON platen.%I USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]))', v_table);
  END LOOP;
END
$policies$;

-- Where an application stands for the one who prepared it.
CREATE FUNCTION platen.status_of (p_application platen.application, p_prepared platen.prepared_application) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN p_application.state = 'issued' THEN 'completed'
              WHEN p_application.state IN ('rejected', 'withdrawn') THEN 'closed'
              WHEN p_application.state = 'ready' THEN 'ready'
              WHEN p_application.has_portrait AND p_application.has_signature THEN 'biometrics_complete'
              WHEN p_application.state <> 'draft' OR p_application.row_version > p_prepared.row_version THEN 'in_progress'
              ELSE 'checked_in' END
$$;

-- Writes the messages that are owed: every step between the last one told and where the application stands now,
-- or, when it went back (a card was spoiled), where it stands.
CREATE FUNCTION platen.report_status (p_application platen.application) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_order    text[] := '{checked_in,in_progress,biometrics_complete,ready,completed}';
  v_prepared prepared_application;
  v_status   text;
  v_from     int;
  v_to       int;
BEGIN
  SELECT p.* INTO v_prepared FROM prepared_application p WHERE p.application_id = p_application.id FOR UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  v_status := status_of (p_application, v_prepared);
  IF v_status = v_prepared.reported THEN
    RETURN;
  END IF;
  v_from := coalesce (array_position (v_order, v_prepared.reported), 0);
  v_to := array_position (v_order, v_status);
  INSERT INTO outbox (office_code, application_id, status)
  SELECT v_prepared.office_code, v_prepared.application_id, s.status
    FROM unnest (CASE WHEN v_to > v_from THEN v_order[v_from + 1 : v_to] ELSE ARRAY[v_status] END) WITH ORDINALITY s (status, n)
   ORDER BY s.n;
  UPDATE prepared_application p SET reported = v_status WHERE p.application_id = p_application.id;
  PERFORM pg_notify ('platen', format ('outbox %s %s', p_application.id, v_prepared.office_code));
END
$$;

CREATE FUNCTION platen.application_moved () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM report_status (NEW);
  RETURN NULL;
END
$$;
CREATE TRIGGER application_is_reported AFTER UPDATE ON platen.application
  FOR EACH ROW WHEN ((OLD.state, OLD.has_portrait, OLD.has_signature, OLD.row_version)
                     IS DISTINCT FROM (NEW.state, NEW.has_portrait, NEW.has_signature, NEW.row_version))
  EXECUTE FUNCTION platen.application_moved ();

CREATE FUNCTION platen.application_fetched () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_application application;
BEGIN
  SELECT a.* INTO STRICT v_application FROM application a WHERE a.id = NEW.application_id;
  PERFORM report_status (v_application);
  RETURN NULL;
END
$$;
CREATE TRIGGER fetched_is_reported AFTER INSERT ON platen.prepared_application
  FOR EACH ROW EXECUTE FUNCTION platen.application_fetched ();

-- What the applicant stated stands behind every registry, and alone it is nothing.
CREATE OR REPLACE FUNCTION platen.source_values (p_facts platen.facts, p_field text) RETURNS text[]
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN coalesce (bool_and (v.is_stated), true) THEN '{}'
              ELSE array_agg (v.value ORDER BY v.position, v.source) END
    FROM (SELECT normalize (btrim (a.value), NFC) AS value, min (a.position) AS position, min (a.source) AS source,
                 min (a.position) = 5 AS is_stated
            FROM (SELECT 1, 'identity', p_facts.identity ->> p_field
                  UNION ALL SELECT 2, 'driver', p_facts.driver ->> p_field
                  UNION ALL SELECT 3, 'infringement', p_facts.infringement ->> p_field
                  UNION ALL SELECT CASE WHEN is_applicant (o.key) THEN 5 ELSE 4 END, o.key, o.value ->> p_field
                              FROM jsonb_each (p_facts.others) o) a (position, source, value)
           WHERE btrim (a.value) <> ''
           GROUP BY 1) v
$$;

-- Of the applicant's statement only fetching it makes a record: nobody says it in their place.
ALTER FUNCTION api.record_source (bigint, text, text, timestamptz, text, text[], text[]) SET SCHEMA platen;
ALTER FUNCTION platen.record_source (bigint, text, text, timestamptz, text, text[], text[]) RENAME TO record_answer;
REVOKE EXECUTE ON FUNCTION platen.record_answer (bigint, text, text, timestamptz, text, text[], text[])
  FROM platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

CREATE FUNCTION api.record_source (p_application bigint, p_source text, p_state text, p_answered_at timestamptz, p_message text,
                                   p_fields text[], p_values text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF is_applicant (p_source) THEN
    PERFORM refuse ('P0001', 'FIELD', 'Nothing was recorded, because what the applicant stated comes with the prepared application'
                    ' only. Fetch it by its code.');
  END IF;
  PERFORM record_answer (p_application, p_source, p_state, p_answered_at, p_message, p_fields, p_values);
END
$$;

CREATE FUNCTION platen.refuse_prepared (p_office text, p_code text, p_office_code text, p_expires_on date, p_fields text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_unknown text;
BEGIN
  IF p_office_code IS DISTINCT FROM p_office THEN
    PERFORM refuse ('P0001', 'OTHER_OFFICE', format ('Prepared application %s was not fetched, because it is for office %s.'
                    ' Send the applicant there, or start an application by hand.', p_code, coalesce (p_office_code, 'unknown')));
  END IF;
  IF p_expires_on < today () THEN
    PERFORM refuse ('P0001', 'EXPIRED', format ('Prepared application %s was not fetched, because it expired on %s. Start an application'
                    ' by hand.', p_code, p_expires_on));
  END IF;
  SELECT s INTO v_unknown FROM unnest (p_fields) s
   WHERE NOT EXISTS (SELECT FROM field f WHERE f.field = s AND f.is_person AND f.field <> 'death_date') LIMIT 1;
  IF FOUND THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Prepared application %s was not fetched, because an applicant cannot state %s. Tell the'
                    ' people who run the pre-enrolment service.', p_code, coalesce (quote_literal (v_unknown), 'an empty text')));
  END IF;
END
$$;

CREATE FUNCTION platen.refuse_code (p_code text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = platen, pg_temp AS $$
BEGIN
  IF NOT is_prepared_code (p_code) THEN
    PERFORM refuse ('P0001', 'CODE', format ('No prepared application was fetched, because %s is no code of one: its last character must'
                    ' fit the others. Read the code again.', coalesce (quote_literal (p_code), 'an empty text')));
  END IF;
END
$$;

-- The citizen's draft that a clerk began by hand while the service was down, or a new one.
CREATE FUNCTION platen.draft_for_prepared (p_actor platen.actor, p_id_number text, p_type text, p_categories text[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_id bigint;
BEGIN
  SELECT a.id INTO v_id FROM application a
   WHERE a.office_code = p_actor.office_code AND a.id_number = p_id_number AND a.type = p_type AND a.state IN ('draft', 'returned')
     AND NOT EXISTS (SELECT FROM prepared_application p WHERE p.application_id = a.id);
  IF NOT FOUND THEN
    SELECT s.id INTO STRICT v_id FROM api.start_application (gen_random_uuid (), p_id_number, p_type, p_categories) s;
  END IF;
  RETURN v_id;
END
$$;

-- The picture that was prepared at home, unless the office has one already. A clerk and an approver look at it.
CREATE FUNCTION platen.take_prepared_portrait (p_actor platen.actor, p_application bigint, p_portrait bytea, p_media_type text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_version int;
BEGIN
  IF p_portrait IS NULL OR (SELECT a.has_portrait FROM application a WHERE a.id = p_application) THEN
    RETURN;
  END IF;
  SELECT a.row_version INTO v_version FROM application a WHERE a.id = p_application;
  PERFORM api.set_image (p_application, v_version, 'portrait', p_portrait, p_media_type);
END
$$;

-- Makes a draft of what the service has for this code, and says so to the service; the same code again gives the
-- same application. It is a look-up of the citizen, and is logged as one.
CREATE FUNCTION api.check_in (p_code text, p_office_code text, p_id_number text, p_type text, p_categories text[],
                              p_prepared_at timestamptz, p_expires_on date, p_language text, p_email text, p_phone text,
                              p_fields text[], p_values text[], p_portrait bytea, p_media_type text)
RETURNS TABLE (application_id bigint, number text, is_new boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_actor actor := demand ('clerk');
  v_id    bigint;
BEGIN
  PERFORM refuse_code (p_code);
  -- Whoever fetches the same one at the same moment waits here, and is given the application then.
  PERFORM pg_advisory_xact_lock (hashtext ('prepared_application'), hashtext (p_code));
  SELECT p.application_id INTO v_id FROM prepared_application p WHERE p.code = p_code AND p.office_code = v_actor.office_code;
  IF FOUND THEN
    RETURN QUERY SELECT a.id, a.number, false FROM application a WHERE a.id = v_id;
    RETURN;
  END IF;
  PERFORM refuse_prepared (v_actor.office_code, p_code, p_office_code, p_expires_on, p_fields);
  PERFORM api.note_lookup (p_id_number, 'pre-enrolment');
  v_id := draft_for_prepared (v_actor, p_id_number, p_type, p_categories);
  PERFORM record_answer (v_id, 'applicant', 'answered', least (coalesce (p_prepared_at, clock_timestamp()), clock_timestamp()), NULL,
                         p_fields, p_values);
  PERFORM take_prepared_portrait (v_actor, v_id, p_portrait, p_media_type);
  PERFORM record_event (v_actor, v_id, NULL, 'checked_in', format ('%s fetched prepared application %s.', v_actor.name, p_code), NULL);
  BEGIN
    INSERT INTO prepared_application (application_id, office_code, code, type, categories, language, email, phone, prepared_at,
                                      expires_on, fetched_by, row_version)
    SELECT v_id, v_actor.office_code, p_code, p_type, p_categories, nullif (lower (btrim (p_language)), ''), nullif (btrim (p_email), ''),
           nullif (btrim (p_phone), ''), p_prepared_at, p_expires_on, v_actor.staff_id, a.row_version
      FROM application a WHERE a.id = v_id;
  EXCEPTION WHEN unique_violation THEN
    PERFORM refuse ('P0001', 'CODE', format ('Prepared application %s was not fetched, because another office has fetched it already.'
                    ' Ask there, or start an application by hand.', p_code));
  END;
  RETURN QUERY SELECT a.id, a.number, true FROM application a WHERE a.id = v_id;
END
$$;

-- What a rule may choose between the registries of an application that was fetched. That is nobody's work on it yet,
-- so the row version stays.
CREATE FUNCTION api.choose_by_rules (p_application bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := find_application (v_actor, p_application);
BEGIN
  PERFORM refuse_unless_editable (v_application);
  PERFORM choose_by_rule (v_actor, p_application);
  PERFORM pg_notify ('platen', format ('application %s %s', p_application, v_actor.office_code));
END
$$;

-- Messages are sent by programs on behalf of those who answer for the office's work; that alone is nobody at work,
-- and the session goes on idling.
CREATE FUNCTION platen.require_sender () RETURNS platen.actor
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := require_session ();
BEGIN
  IF NOT has_role ('supervisor') AND NOT has_role ('operator') AND NOT has_role ('admin') THEN
    PERFORM refuse_role ('supervisor', 'operator', 'admin');
  END IF;
  RETURN v_actor;
END
$$;

-- The server shows a transaction the backends as they were when it first looked: one that came since must be seen.
CREATE FUNCTION platen.is_leased (p_message platen.outbox) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF p_message.lease IS NULL OR p_message.leased_until <= clock_timestamp() THEN
    RETURN false;
  END IF;
  PERFORM pg_stat_clear_snapshot ();
  RETURN EXISTS (SELECT FROM pg_stat_get_activity (p_message.leased_pid) b WHERE b.backend_start = p_message.leased_start);
END
$$;

-- Gives the oldest message that is due to whoever asks, for two minutes or as long as the connection lives. Messages
-- of one application go out in their order: one that is under way or set aside holds up those behind it, and nobody
-- else's. With p_not_since those are due that were not tried since then, whatever pause they are in.
CREATE FUNCTION api.take_message (p_not_since timestamptz)
RETURNS TABLE (id bigint, message_id uuid, code text, status text, happened_at timestamptz, lease uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
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
   ORDER BY o.id
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

-- The message that was taken under this lease; NULL when another has it by now, or it has its outcome.
CREATE FUNCTION platen.leased_message (p_actor platen.actor, p_message bigint, p_lease uuid) RETURNS platen.outbox
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT o.* FROM outbox o
   WHERE o.id = p_message AND o.office_code = p_actor.office_code AND o.state = 'waiting' AND o.lease = p_lease
     AND o.leased_pid = pg_backend_pid () AND o.leased_start = backend_start ()
   FOR UPDATE
$$;

-- False, and nothing changed, for a lease of before.
CREATE FUNCTION api.message_sent (p_message bigint, p_lease uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
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
  -- It answers again: what waited for that is due.
  UPDATE outbox o SET next_at = clock_timestamp()
   WHERE o.office_code = v_actor.office_code AND o.state = 'waiting' AND o.refusals = 0 AND NOT is_leased (o);
  PERFORM note (v_actor, v_actor.office_code, 'message_sent', 'application', v_message.application_id::text,
                jsonb_build_object ('message', v_message.message_id, 'status', v_message.status, 'tries', v_message.tries));
  PERFORM pg_notify ('platen', format ('outbox %s %s', v_message.application_id, v_actor.office_code));
  RETURN true;
END
$$;

-- The service refused this message so often that it is nothing that passes.
CREATE FUNCTION platen.set_message_aside (p_actor platen.actor, p_message platen.outbox, p_trouble text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  UPDATE outbox o SET state = 'set_aside' WHERE o.id = p_message.id;
  PERFORM record_event (p_actor, p_message.application_id, NULL, 'message_set_aside',
                        format ('The message “%s” was refused %s times by the pre-enrolment service and was set aside.',
                                replace (p_message.status, '_', ' '), p_message.refusals), p_trouble);
END
$$;

-- p_kind: 'unreachable' says nothing about the message, and the office pauses for the service; 'refused' is about
-- this message alone, and the third time sets it aside. Gives the state in which it is then.
CREATE FUNCTION api.message_failed (p_message bigint, p_lease uuid, p_kind text, p_trouble text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor   actor := require_sender ();
  v_message outbox := leased_message (v_actor, p_message, p_lease);
  v_refused boolean := p_kind = 'refused';
  v_pause   interval;
BEGIN
  IF v_message.id IS NULL THEN
    RETURN (SELECT o.state FROM outbox o WHERE o.id = p_message AND o.office_code = v_actor.office_code);
  END IF;
  v_pause := make_interval (secs => CASE WHEN v_refused THEN 60 * 2 ^ least (v_message.refusals, 4)
                                         ELSE least (5 * 2 ^ least (v_message.tries, 10), 300) END * (0.5 + random () / 2));
  UPDATE outbox o
     SET lease = NULL, leased_until = NULL, trouble = left (p_trouble, 500), next_at = clock_timestamp() + v_pause,
         refusals = CASE WHEN v_refused THEN o.refusals + 1 ELSE o.refusals END
   WHERE o.id = p_message
   RETURNING o.* INTO v_message;
  IF v_refused AND v_message.refusals >= 3 THEN
    PERFORM set_message_aside (v_actor, v_message, left (p_trouble, 500));
  ELSIF NOT coalesce (v_refused, false) THEN
    UPDATE outbox o SET next_at = clock_timestamp() + v_pause
     WHERE o.office_code = v_actor.office_code AND o.state = 'waiting' AND NOT is_leased (o) AND o.next_at < clock_timestamp() + v_pause;
  END IF;
  PERFORM pg_notify ('platen', format ('outbox %s %s', v_message.application_id, v_actor.office_code));
  RETURN (SELECT o.state FROM outbox o WHERE o.id = p_message);
END
$$;

-- A supervisor's or administrator's step with a message that was set aside.
CREATE FUNCTION platen.decide_message (p_message bigint, p_to text, p_text text, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor   actor := demand ('supervisor', 'admin');
  v_message outbox;
BEGIN
  SELECT o.* INTO v_message FROM outbox o WHERE o.id = p_message AND o.office_code = v_actor.office_code FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was changed, because office %s has no message %s. Read the list again.',
                    v_actor.office_code, coalesce (p_message::text, 'NULL')));
  END IF;
  IF v_message.state <> 'set_aside' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Message %s was not changed, because it is %s. Only one that was set aside can be sent again'
                    ' or discarded.', p_message, replace (v_message.state, '_', ' ')));
  END IF;
  IF btrim (coalesce (p_reason, '')) = '' THEN
    PERFORM refuse ('P0001', 'REASON', format ('Message %s was not changed, because no reason was given. Say why, so that the next person'
                    ' understands.', p_message));
  END IF;
  UPDATE outbox o
     SET state = p_to, refusals = 0, next_at = clock_timestamp(), tried_at = NULL,
         ended_at = CASE WHEN p_to = 'discarded' THEN clock_timestamp() END,
         ended_by = CASE WHEN p_to = 'discarded' THEN v_actor.staff_id END
   WHERE o.id = p_message;
  PERFORM record_event (v_actor, v_message.application_id, NULL, CASE p_to WHEN 'waiting' THEN 'message_retried' ELSE 'message_discarded' END,
                        format (p_text, v_actor.name, replace (v_message.status, '_', ' ')), p_reason);
  PERFORM pg_notify ('platen', format ('outbox %s %s', v_message.application_id, v_actor.office_code));
END
$$;

CREATE FUNCTION api.retry_message (p_message bigint, p_reason text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT decide_message (p_message, 'waiting', '%s has the message “%s” sent again.', p_reason)
$$;

CREATE FUNCTION api.discard_message (p_message bigint, p_reason text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT decide_message (p_message, 'discarded', '%s discarded the message “%s”, which was not sent.', p_reason)
$$;

CREATE VIEW api.prepared_application WITH (security_barrier) AS
SELECT p.application_id, a.number AS application_number, p.code, p.type, p.categories, p.language, p.email, p.phone, p.prepared_at,
       p.expires_on, p.fetched_at, t.name AS fetched_by, p.reported
  FROM platen.prepared_application p JOIN platen.application a ON a.id = p.application_id JOIN platen.staff t ON t.id = p.fetched_by
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.outbox WITH (security_barrier) AS
SELECT o.id, o.message_id, o.office_code, o.application_id, a.number AS application_number, p.code, o.status, o.happened_at, o.state,
       o.tries, o.refusals, o.tried_at, o.next_at, o.trouble, o.ended_at, t.name AS ended_by,
       (SELECT platen.in_words ('why', v.why) FROM platen.event v
         WHERE o.state = 'discarded' AND v.application_id = o.application_id AND v.what = 'message_discarded'
           AND v.at >= o.ended_at ORDER BY v.id LIMIT 1) AS reason
  FROM platen.outbox o
  JOIN platen.prepared_application p ON p.application_id = o.application_id
  JOIN platen.application a ON a.id = o.application_id
  LEFT JOIN platen.staff t ON t.id = o.ended_by
 WHERE (SELECT platen.may_read ())
 ORDER BY o.id;

GRANT SELECT ON api.prepared_application, api.outbox TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION api.record_source (bigint, text, text, timestamptz, text, text[], text[]),
                          api.check_in (text, text, text, text, text[], timestamptz, date, text, text, text, text[], text[], bytea, text),
                          api.choose_by_rules (bigint), api.take_message (timestamptz), api.message_sent (bigint, uuid), api.message_failed (bigint, uuid, text, text),
                          api.retry_message (bigint, text), api.discard_message (bigint, text)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

DO $settings$
DECLARE
  v_function regprocedure;
BEGIN
  FOR v_function IN
    SELECT oid FROM pg_proc WHERE pronamespace = 'api'::regnamespace
       AND proname IN ('record_source', 'check_in', 'choose_by_rules', 'take_message', 'message_sent', 'message_failed', 'retry_message', 'discard_message') LOOP
    EXECUTE format ('ALTER FUNCTION %s SET DateStyle = ''ISO, YMD'' SET standard_conforming_strings = on', v_function);
  END LOOP;
END
$settings$;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'Nothing was recorded, because what the applicant stated comes with the prepared application only. Fetch it by its code.',
 'Rien n’a été consigné, car les déclarations du demandeur ne viennent qu’avec la demande préparée. Récupérez-la par son code.'),
('refusal', 'fr', 'No prepared application was fetched, because {text} is no code of one: its last character must fit the others. Read the code'
                  ' again.',
 'Aucune demande préparée n’a été récupérée, car {text} n’en est pas un code : le dernier caractère doit concorder avec les autres. Relisez le'
 ' code.'),
('refusal', 'fr', 'Prepared application {code} was not fetched, because it is for office {office}. Send the applicant there, or start an'
                  ' application by hand.',
 'La demande préparée {code} n’a pas été récupérée, car elle est destinée au bureau {office}. Adressez-y le demandeur, ou saisissez une demande'
 ' à la main.'),
('refusal', 'fr', 'Prepared application {code} was not fetched, because it expired on {date}. Start an application by hand.',
 'La demande préparée {code} n’a pas été récupérée, car elle a expiré le {date}. Saisissez une demande à la main.'),
('refusal', 'fr', 'Prepared application {code} was not fetched, because an applicant cannot state {text}. Tell the people who run the'
                  ' pre-enrolment service.',
 'La demande préparée {code} n’a pas été récupérée, car un demandeur ne peut pas déclarer {text}. Prévenez les responsables du service de'
 ' préinscription.'),
('refusal', 'fr', 'Prepared application {code} was not fetched, because another office has fetched it already. Ask there, or start an application'
                  ' by hand.',
 'La demande préparée {code} n’a pas été récupérée, car un autre bureau l’a déjà récupérée. Renseignez-vous auprès de lui, ou saisissez une'
 ' demande à la main.'),
('refusal', 'fr', 'Nothing was changed, because office {office} has no message {number}. Read the list again.',
 'Rien n’a été modifié, car le bureau {office} n’a pas de message {number}. Relisez la liste.'),
('refusal', 'fr', 'Message {number} was not changed, because it is {message_state}. Only one that was set aside can be sent again or discarded.',
 'Le message {number} n’a pas été modifié, car il est à l’état « {message_state} ». Seul un message mis de côté peut être renvoyé ou abandonné.'),
('refusal', 'fr', 'Message {number} was not changed, because no reason was given. Say why, so that the next person understands.',
 'Le message {number} n’a pas été modifié, car aucun motif n’a été indiqué. Dites pourquoi, afin que la personne suivante comprenne.'),
('message_state', 'fr', 'waiting', 'en attente'),
('message_state', 'fr', 'sent', 'envoyé'),
('message_state', 'fr', 'set aside', 'mis de côté'),
('message_state', 'fr', 'discarded', 'abandonné'),
('prepared_status', 'fr', 'checked in', 'présenté'),
('prepared_status', 'fr', 'in progress', 'en cours'),
('prepared_status', 'fr', 'biometrics complete', 'biométrie complète'),
('prepared_status', 'fr', 'ready', 'prêt'),
('prepared_status', 'fr', 'completed', 'terminé'),
('prepared_status', 'fr', 'closed', 'clos'),
('event', 'fr', '{name} fetched prepared application {code}.', '{name} a récupéré la demande préparée {code}.'),
('event', 'fr', 'The message “{prepared_status}” was refused {count} times by the pre-enrolment service and was set aside.',
 'Le message « {prepared_status} » a été refusé {count} fois par le service de préinscription et mis de côté.'),
('event', 'fr', '{name} has the message “{prepared_status}” sent again.', '{name} fait renvoyer le message « {prepared_status} ».'),
('event', 'fr', '{name} discarded the message “{prepared_status}”, which was not sent.',
 '{name} a abandonné le message « {prepared_status} », qui n’a pas été envoyé.');

INSERT INTO platen.schema_version (version, title) VALUES (31, 'prepared applications');
