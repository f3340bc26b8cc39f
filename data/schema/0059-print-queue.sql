-- SPDX-License-Identifier: GPL-3.0-or-later
-- The print queue: one order for each approved application, made as it is approved, out of the queue as it leaves that state, and there again
-- with its priority when its card was spoiled. The line goes by priority and age; who waits for too long goes ahead of all but those for whom
-- a reason was given. Spoolers take orders under a lease that lapses by itself; people hold, release, move, prioritise and pause. The database
-- is the only authority: api.reserve_card makes no card of what is held, paused or taken by another, whoever asks.

SET LOCAL ROLE platen_owner;

ALTER TABLE platen.office ADD COLUMN fair_after_hours int NOT NULL DEFAULT 72 CHECK (fair_after_hours BETWEEN 1 AND 8760);

CREATE OR REPLACE VIEW api.office WITH (security_barrier) AS
SELECT o.code, o.name, o.ask_after_minutes, o.holder_confirms, o.fair_after_hours
  FROM platen.office o
 WHERE (SELECT platen.may_read ());

CREATE TABLE platen.print_batch (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number      text NOT NULL UNIQUE,
  office_code text NOT NULL REFERENCES platen.office,
  name        text NOT NULL CHECK (length (name) BETWEEN 1 AND 100),
  state       text NOT NULL DEFAULT 'sample' CHECK (state IN ('sample', 'released', 'cancelled')),
  filter      jsonb NOT NULL,
  sample      jsonb NOT NULL,          -- how many of which, and the seed of those that were drawn by lot
  by_itself   boolean NOT NULL,        -- released as soon as its sample is checked
  made_by     int NOT NULL REFERENCES platen.staff,
  made_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_by    int REFERENCES platen.staff,
  ended_at    timestamptz,             -- released or cancelled
  reason      text CHECK (length (reason) <= 2000)
);
CREATE INDEX print_batch_newest ON platen.print_batch (office_code, id DESC);
CREATE INDEX print_batch_in_sample ON platen.print_batch (office_code, id) WHERE state = 'sample';

CREATE TABLE platen.print_order (
  application_id bigint PRIMARY KEY REFERENCES platen.application,
  office_code    text NOT NULL REFERENCES platen.office,
  open           boolean NOT NULL DEFAULT true,   -- its application is approved
  approved_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  priority       int NOT NULL DEFAULT 0 CHECK (priority BETWEEN -100 AND 100),
  wanted         text NOT NULL DEFAULT '' CHECK (length (wanted) <= 127), -- a printer or a class of printers; '': any
  held_by        int REFERENCES platen.staff,
  held_at        timestamptz,
  hold_reason    text CHECK (length (hold_reason) <= 2000),
  batch_id       bigint REFERENCES platen.print_batch,
  batch_position int,
  sample_as      text CHECK (sample_as IN ('first', 'middle', 'last', 'random', 'instead')),
  awaits_sample  boolean NOT NULL DEFAULT false,
  spooler        uuid,                            -- who has taken it, also while its card is being made
  spooler_session bigint REFERENCES platen.session,
  leased_until   timestamptz,
  attempts       int NOT NULL DEFAULT 0,
  last_error     text CHECK (length (last_error) <= 500),
  next_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  ready          boolean NOT NULL GENERATED ALWAYS AS (open AND held_at IS NULL AND NOT awaits_sample AND attempts < 3) STORED,
  CHECK ((held_at IS NULL) = (held_by IS NULL) AND (held_at IS NULL) = (hold_reason IS NULL)),
  CHECK ((spooler IS NULL) = (leased_until IS NULL) AND (spooler IS NULL) = (spooler_session IS NULL)),
  CHECK (sample_as IS NULL OR batch_id IS NOT NULL),
  CHECK (NOT awaits_sample OR (batch_id IS NOT NULL AND sample_as IS NULL))
);
CREATE INDEX print_order_line ON platen.print_order (office_code, wanted, priority DESC, approved_at, application_id) WHERE ready;
CREATE INDEX print_order_age ON platen.print_order (office_code, wanted, approved_at, application_id) WHERE ready;
CREATE INDEX print_order_open ON platen.print_order (office_code, application_id) WHERE open;
CREATE INDEX print_order_of_batch ON platen.print_order (batch_id, batch_position) WHERE batch_id IS NOT NULL;
CREATE INDEX print_order_in_flight ON platen.print_order (office_code, leased_until) WHERE spooler IS NOT NULL AND NOT open;
CREATE INDEX print_order_of_spooler ON platen.print_order (spooler) WHERE spooler IS NOT NULL;

CREATE TABLE platen.print_pause (
  office_code text NOT NULL REFERENCES platen.office,
  printer     text NOT NULL CHECK (length (printer) <= 127), -- '': all of the office
  reason      text NOT NULL CHECK (btrim (reason) <> '' AND length (reason) <= 2000),
  staff_id    int NOT NULL REFERENCES platen.staff,
  workstation text NOT NULL,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (office_code, printer)
);

DO $policies$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['print_batch', 'print_order', 'print_pause'] LOOP
    EXECUTE format ('ALTER TABLE platen.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format ('CREATE POLICY own_office ON platen.%I USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]))', v_table);
  END LOOP;
END
$policies$;

-- ---- an order's life ----

-- Who waits for a card that was spoiled has waited since the first approval. A lease outlives the card that was made under it: its spooler
-- has yet to say how it ended.
CREATE FUNCTION platen.follow_application () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF NEW.state = 'approved' THEN
    INSERT INTO print_order (application_id, office_code) VALUES (NEW.id, NEW.office_code)
    ON CONFLICT (application_id) DO UPDATE SET open = true;
  ELSIF NEW.state IN ('ready', 'issued', 'withdrawn') THEN
    UPDATE print_order SET open = false, attempts = 0, last_error = NULL, spooler = NULL, spooler_session = NULL, leased_until = NULL
     WHERE application_id = NEW.id AND (open OR spooler IS NOT NULL OR attempts > 0);
  ELSE
    UPDATE print_order SET open = false WHERE application_id = NEW.id AND open;
  END IF;
  IF 'approved' IN (NEW.state, OLD.state) OR NEW.state = 'ready' THEN
    PERFORM pg_notify ('platen', concat_ws (' ', 'print_queue', NEW.id, NEW.office_code));
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER application_has_its_order AFTER UPDATE OF state ON platen.application
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION platen.follow_application ();
CREATE TRIGGER approved_application_has_its_order AFTER INSERT ON platen.application
  FOR EACH ROW WHEN (NEW.state = 'approved') EXECUTE FUNCTION platen.follow_application ();

INSERT INTO platen.print_order (application_id, office_code, approved_at)
SELECT a.id, a.office_code, coalesce ((SELECT min (e.at) FROM platen.event e WHERE e.application_id = a.id AND e.what = 'approved'), a.changed_at)
  FROM platen.application a
 WHERE a.state = 'approved';

-- Before anything is written of a new card. A waiting order of which no other session has the lease may be printed by hand, also one that failed.
CREATE FUNCTION platen.refuse_unready_order () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_number text := (SELECT number FROM application WHERE id = NEW.application_id);
  v_order  print_order;
  v_pause  print_pause;
BEGIN
  SELECT * INTO v_order FROM print_order WHERE application_id = NEW.application_id FOR UPDATE;
  IF v_order.held_at IS NOT NULL THEN
    PERFORM refuse ('P0001', 'HELD', format ('No card was reserved for application %s, because %s holds its printing (%s). Release it in the print'
                    ' queue first.', v_number, (SELECT name FROM staff WHERE id = v_order.held_by), v_order.hold_reason));
  ELSIF v_order.awaits_sample THEN
    PERFORM refuse ('P0001', 'HELD', format ('No card was reserved for application %s, because it waits for the sample of print batch %s. Read the'
                    ' sample cards back and release the batch.', v_number, (SELECT number FROM print_batch WHERE id = v_order.batch_id)));
  ELSIF v_order.leased_until > clock_timestamp() AND NOT is_installer ()
        AND v_order.spooler_session IS DISTINCT FROM (require_session ()).session_id THEN
    PERFORM refuse ('P0001', 'LEASED', format ('No card was reserved for application %s, because a spooler at %s is just printing it. Look at the'
                    ' print queue.', v_number, (SELECT workstation FROM session WHERE id = v_order.spooler_session)));
  END IF;
  SELECT * INTO v_pause FROM print_pause WHERE office_code = NEW.office_code AND printer IN ('', NEW.printer) ORDER BY printer LIMIT 1;
  IF v_pause.printer = '' THEN
    PERFORM refuse ('P0001', 'PAUSED', format ('No card was reserved for application %s, because printing is paused (%s). Resume it first.', v_number,
                    v_pause.reason));
  ELSIF FOUND THEN
    PERFORM refuse ('P0001', 'PAUSED', format ('No card was reserved for application %s, because printer %s is paused (%s). Resume it first, or'
                    ' take another one.', v_number, v_pause.printer, v_pause.reason));
  END IF;
  -- By hand, after a spooler that is gone: nobody else may take this card for one of that spooler's.
  IF v_order.leased_until <= clock_timestamp() THEN
    UPDATE print_order SET spooler = NULL, spooler_session = NULL, leased_until = NULL WHERE application_id = NEW.application_id;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER card_has_its_order BEFORE INSERT ON platen.card FOR EACH ROW EXECUTE FUNCTION platen.refuse_unready_order ();

-- ---- the line ----

-- What is shown of an order, and by what it goes. From the first that applies; the words are those of the reader.
CREATE VIEW api.print_queue WITH (security_barrier) AS
SELECT q.application_id, q.application_number, q.holder_name, q.kind, q.categories, q.approved_at, q.priority,
       CASE WHEN q.state IN ('waiting', 'leased', 'paused')
            THEN (row_number () OVER (PARTITION BY q.office_code, q.state IN ('waiting', 'leased', 'paused')
                                      ORDER BY q.rank DESC, q.approved_at, q.application_id))::int END AS place,
       q.state,
       CASE q.state
         WHEN 'held' THEN coalesce (q.hold_reason, (SELECT string_agg (platen.rule_words (f.rule, 'text', f.params), ' ' ORDER BY f.position)
                                                      FROM platen.finding f WHERE f.application_id = q.application_id AND f.severity = 'hard'))
         WHEN 'sample' THEN platen.in_words ('print_outcome', format ('It waits for the sample of print batch %s.', q.batch))
         WHEN 'failed' THEN q.last_error
         WHEN 'paused' THEN q.pause_reason
         WHEN 'waiting' THEN CASE WHEN q.next_at > clock_timestamp() THEN q.last_error END
       END AS reason,
       q.printer, q.batch, q.sample_as, q.leased_by, q.leased_until, q.attempts, q.last_error, q.next_at, q.held_by, q.held_at, q.overdue, q.office_code
  FROM (SELECT o.application_id, o.office_code, a.number AS application_number, a.holder_name, a.type AS kind, a.categories, o.approved_at,
               o.priority, o.hold_reason, o.last_error, o.attempts, o.next_at, o.held_at, h.name AS held_by, b.number AS batch, o.sample_as,
               nullif (o.wanted, '') AS printer, coalesce (everything.reason, one.reason) AS pause_reason,
               o.approved_at <= clock_timestamp() - make_interval (hours => f.fair_after_hours) AS overdue,
               CASE WHEN o.approved_at <= clock_timestamp() - make_interval (hours => f.fair_after_hours) THEN greatest (o.priority, 50)
                    ELSE o.priority END AS rank,
               CASE WHEN o.held_at IS NOT NULL OR a.stops > 0 THEN 'held' WHEN o.awaits_sample THEN 'sample' WHEN o.attempts >= 3 THEN 'failed'
                    WHEN o.leased_until > clock_timestamp() THEN 'leased'
                    WHEN everything.printer IS NOT NULL OR one.printer IS NOT NULL THEN 'paused' ELSE 'waiting' END AS state,
               CASE WHEN o.leased_until > clock_timestamp() THEN s.workstation || ' · ' || t.login END AS leased_by,
               CASE WHEN o.leased_until > clock_timestamp() THEN o.leased_until END AS leased_until
          FROM platen.print_order o
          JOIN platen.application a ON a.id = o.application_id
          JOIN platen.office f ON f.code = o.office_code
          LEFT JOIN platen.staff h ON h.id = o.held_by
          LEFT JOIN platen.print_batch b ON b.id = o.batch_id
          LEFT JOIN platen.session s ON s.id = o.spooler_session
          LEFT JOIN platen.staff t ON t.id = s.staff_id
          LEFT JOIN platen.print_pause everything ON everything.office_code = o.office_code AND everything.printer = ''
          LEFT JOIN platen.print_pause one ON one.office_code = o.office_code AND one.printer = o.wanted AND o.wanted <> ''
         WHERE o.open AND (SELECT platen.may_read_persons ('print_queue'))) q;

CREATE VIEW api.print_pause WITH (security_barrier) AS
SELECT p.office_code, nullif (p.printer, '') AS printer, p.reason, s.name AS who, p.workstation, p.at
  FROM platen.print_pause p JOIN platen.staff s ON s.id = p.staff_id
 WHERE (SELECT platen.may_read ());

-- The first of the line that one of these may have: those above 50, then who has waited for too long, then by priority; each by age. Each
-- printer's own orders, and those that any may print, are read from an index; how the planner thinks of a table that grows by thousands in a minute
-- must not matter.
CREATE FUNCTION platen.next_print_order (p_office text, p_printers text[], p_left_out bigint[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  v_now  timestamptz := clock_timestamp();
  v_long timestamptz := v_now - (SELECT make_interval (hours => fair_after_hours) FROM office WHERE code = p_office);
  v_id   bigint;
BEGIN
  SELECT n.application_id INTO v_id
    FROM unnest (p_printers || ''::text) w (wanted)
   CROSS JOIN LATERAL (SELECT o.application_id, o.priority, o.approved_at FROM print_order o
                        WHERE o.office_code = p_office AND o.wanted = w.wanted AND o.ready AND o.priority > 50 AND o.next_at <= v_now
                          AND coalesce (o.leased_until, '-infinity') <= v_now AND o.application_id <> ALL (p_left_out)
                          AND (SELECT a.stops FROM application a WHERE a.id = o.application_id) = 0
                        ORDER BY o.priority DESC, o.approved_at, o.application_id LIMIT 1) n
   ORDER BY n.priority DESC, n.approved_at, n.application_id LIMIT 1;
  IF NOT FOUND THEN
    SELECT n.application_id INTO v_id
      FROM unnest (p_printers || ''::text) w (wanted)
     CROSS JOIN LATERAL (SELECT o.application_id, o.approved_at FROM print_order o
                          WHERE o.office_code = p_office AND o.wanted = w.wanted AND o.ready AND o.approved_at <= v_long AND o.next_at <= v_now
                            AND coalesce (o.leased_until, '-infinity') <= v_now AND o.application_id <> ALL (p_left_out)
                            AND (SELECT a.stops FROM application a WHERE a.id = o.application_id) = 0
                          ORDER BY o.approved_at, o.application_id LIMIT 1) n
     ORDER BY n.approved_at, n.application_id LIMIT 1;
  END IF;
  IF NOT FOUND THEN
    SELECT n.application_id INTO v_id
      FROM unnest (p_printers || ''::text) w (wanted)
     CROSS JOIN LATERAL (SELECT o.application_id, o.priority, o.approved_at FROM print_order o
                          WHERE o.office_code = p_office AND o.wanted = w.wanted AND o.ready AND o.next_at <= v_now
                            AND coalesce (o.leased_until, '-infinity') <= v_now AND o.application_id <> ALL (p_left_out)
                            AND (SELECT a.stops FROM application a WHERE a.id = o.application_id) = 0
                          ORDER BY o.priority DESC, o.approved_at, o.application_id LIMIT 1) n
     ORDER BY n.priority DESC, n.approved_at, n.application_id LIMIT 1;
  END IF;
  RETURN v_id;
END
$$;

-- ---- leases ----

-- Those of them that are not paused, in their order, once each.
CREATE FUNCTION platen.usable_printers (p_office text, p_printers text[]) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (array_agg (g.printer ORDER BY g.n), '{}')
    FROM (SELECT btrim (p) AS printer, min (n) AS n FROM unnest (p_printers) WITH ORDINALITY u (p, n) WHERE btrim (p) <> '' GROUP BY 1) g
   WHERE NOT EXISTS (SELECT FROM print_pause s WHERE s.office_code = p_office AND s.printer IN ('', g.printer))
$$;

CREATE FUNCTION platen.check_lease (p_spooler uuid, p_seconds int) RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  IF p_spooler IS NULL OR NOT coalesce (p_seconds BETWEEN 1 AND 3600, false) THEN
    PERFORM refuse ('P0001', 'FIELD', 'Nothing was taken from the print queue, because a spooler has an identifier and takes for 1 to 3600 seconds. Give'
                    ' both.');
  END IF;
END
$$;

-- Whoever made this lease did not keep it.
CREATE FUNCTION platen.lease_order (p_actor platen.actor, p_order platen.print_order, p_spooler uuid, p_seconds int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  UPDATE print_order
     SET spooler = p_spooler, spooler_session = p_actor.session_id, leased_until = clock_timestamp() + make_interval (secs => p_seconds)
   WHERE application_id = p_order.application_id;
  IF p_order.spooler <> p_spooler THEN
    PERFORM record_event (p_actor, p_order.application_id, NULL, 'print_taken_over', format ('%s took the printing over from workstation %s.',
                          p_actor.name, (SELECT workstation FROM session WHERE id = p_order.spooler_session)), NULL);
  END IF;
  PERFORM pg_notify ('platen', concat_ws (' ', 'print_queue', p_order.application_id, p_order.office_code));
END
$$;

-- A card in the middle of being made whose spooler is gone comes first: it is gone on with, never made anew. Of a paused printer only what is on
-- its way already.
CREATE FUNCTION platen.take_card_in_flight (p_actor platen.actor, p_spooler uuid, p_printers text[], p_seconds int)
RETURNS TABLE (application_id bigint, application_number text, printer text, card_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_usable text[] := usable_printers (p_actor.office_code, p_printers);
  v_order  print_order;
  v_card   card;
BEGIN
  SELECT o.* INTO v_order
    FROM print_order o JOIN application a ON a.id = o.application_id JOIN card c ON c.application_id = o.application_id
   WHERE o.office_code = p_actor.office_code AND NOT o.open AND o.spooler IS NOT NULL AND o.leased_until <= clock_timestamp()
     AND (c.state IN ('sent', 'on_device') AND c.printer = ANY (p_printers) OR c.state IN ('reserved', 'rendered') AND c.printer = ANY (v_usable))
   ORDER BY o.leased_until LIMIT 1 FOR UPDATE OF o, a SKIP LOCKED;
  IF FOUND THEN
    SELECT * INTO STRICT v_card FROM card c
     WHERE c.application_id = v_order.application_id AND c.state NOT IN ('spoiled', 'cancelled', 'recalled');
    PERFORM lease_order (p_actor, v_order, p_spooler, p_seconds);
    RETURN QUERY SELECT a.id, a.number, v_card.printer, v_card.id FROM application a WHERE a.id = v_order.application_id;
  END IF;
END
$$;

-- The next of the line. Its rules are asked again: what a stop froze meanwhile is passed over and shown with its reason.
CREATE FUNCTION platen.take_next_order (p_actor platen.actor, p_spooler uuid, p_printers text[], p_seconds int)
RETURNS TABLE (application_id bigint, application_number text, printer text, card_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_usable   text[] := usable_printers (p_actor.office_code, p_printers);
  v_left_out bigint[] := '{}';
  v_id       bigint;
  v_order    print_order;
BEGIN
  WHILE v_usable <> '{}' LOOP
    v_id := next_print_order (p_actor.office_code, v_usable, v_left_out);
    EXIT WHEN v_id IS NULL;
    v_left_out := v_left_out || v_id;
    -- Others take at the same moment; who has locked it or has changed it since is not waited for.
    SELECT o.* INTO v_order FROM print_order o JOIN application a ON a.id = o.application_id
     WHERE o.application_id = v_id AND o.ready AND coalesce (o.leased_until, '-infinity') <= clock_timestamp()
       AND (o.wanted = '' OR o.wanted = ANY (v_usable))
       FOR UPDATE SKIP LOCKED;
    CONTINUE WHEN NOT FOUND;
    PERFORM evaluate_application (v_id);
    CONTINUE WHEN (SELECT a.stops FROM application a WHERE a.id = v_id) > 0;
    PERFORM lease_order (p_actor, v_order, p_spooler, p_seconds);
    RETURN QUERY SELECT a.id, a.number, coalesce (nullif (v_order.wanted, ''), v_usable[1]), NULL::bigint FROM application a WHERE a.id = v_id;
    RETURN;
  END LOOP;
END
$$;

CREATE FUNCTION api.take_print_order (p_spooler uuid, p_printers text[], p_seconds int)
RETURNS TABLE (application_id bigint, application_number text, printer text, card_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator');
BEGIN
  PERFORM check_lease (p_spooler, p_seconds);
  RETURN QUERY SELECT * FROM take_card_in_flight (v_actor, p_spooler, p_printers, p_seconds);
  IF NOT FOUND THEN
    RETURN QUERY SELECT * FROM take_next_order (v_actor, p_spooler, p_printers, p_seconds);
  END IF;
END
$$;

-- How many it still has. What is held meanwhile is not kept. A row that somebody just changes keeps the time that it had.
CREATE FUNCTION api.keep_print_orders (p_spooler uuid, p_seconds int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator');
  v_until timestamptz := clock_timestamp() + make_interval (secs => p_seconds);
BEGIN
  PERFORM check_lease (p_spooler, p_seconds);
  UPDATE print_order o SET leased_until = v_until, spooler_session = v_actor.session_id
   WHERE o.application_id IN (SELECT f.application_id FROM print_order f
                               WHERE f.spooler = p_spooler AND f.office_code = v_actor.office_code AND (f.ready OR NOT f.open) FOR UPDATE SKIP LOCKED);
  RETURN (SELECT count (*) FROM print_order o
           WHERE o.spooler = p_spooler AND o.office_code = v_actor.office_code AND (o.ready OR NOT o.open) AND o.leased_until > clock_timestamp());
END
$$;

-- Whether the lease was still its own. An order that failed comes again after half a minute, then after two; then a person looks at it.
CREATE FUNCTION api.end_print_order (p_spooler uuid, p_application bigint, p_error text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('operator');
  v_application application := find_application (v_actor, p_application); -- before its order, as everybody
  v_error       text := nullif (left (btrim (p_error), 500), '');
  v_order       print_order;
BEGIN
  SELECT * INTO v_order FROM print_order WHERE application_id = p_application FOR UPDATE;
  IF v_order.spooler IS DISTINCT FROM p_spooler OR p_spooler IS NULL THEN
    RETURN false;
  END IF;
  UPDATE print_order
     SET spooler = NULL, spooler_session = NULL, leased_until = NULL, last_error = coalesce (v_error, last_error),
         attempts = attempts + (v_error IS NOT NULL)::int,
         next_at = CASE WHEN v_error IS NULL THEN next_at ELSE clock_timestamp() + make_interval (secs => 30 * 4 ^ least (attempts, 2)) END
   WHERE application_id = p_application;
  IF v_error IS NOT NULL THEN
    PERFORM record_event (v_actor, p_application, NULL, 'print_failed', format ('Printing failed (attempt %s of 3).', least (v_order.attempts + 1, 3)),
                          v_error);
  END IF;
  PERFORM pg_notify ('platen', concat_ws (' ', 'print_queue', p_application, v_actor.office_code));
  RETURN true;
END
$$;

-- ---- which of them ----

CREATE FUNCTION platen.refuse_filter (p_why text) RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM refuse ('P0001', 'FILTER', format ('Nothing was changed in the print queue, because %s. Say again which are meant.', p_why));
END
$$;

-- The words of a member that is one word or a list of them; NULL where there is none.
CREATE FUNCTION platen.filter_words (p_filter jsonb, p_name text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE SET search_path = platen, pg_temp AS $$
DECLARE
  v_value jsonb := p_filter -> p_name;
BEGIN
  IF v_value IS NULL THEN
    RETURN NULL;
  ELSIF jsonb_typeof (v_value) IN ('string', 'number') THEN
    RETURN ARRAY[btrim (v_value #>> '{}')];
  ELSIF jsonb_typeof (v_value) <> 'array' OR EXISTS (SELECT FROM jsonb_array_elements (v_value) e WHERE jsonb_typeof (e) NOT IN ('string', 'number')) THEN
    PERFORM refuse_filter (format ('“%s” is neither a word nor a list of words', p_name));
  END IF;
  RETURN (SELECT coalesce (array_agg (btrim (e)), '{}') FROM jsonb_array_elements_text (v_value) e);
END
$$;

CREATE FUNCTION platen.filter_number (p_filter jsonb, p_name text) RETURNS int
LANGUAGE plpgsql IMMUTABLE SET search_path = platen, pg_temp AS $$
BEGIN
  IF p_filter ? p_name AND coalesce (p_filter ->> p_name, '') !~ '^-?[0-9]{1,9}$' THEN
    PERFORM refuse_filter (format ('“%s” is no whole number', p_name));
  END IF;
  RETURN (p_filter ->> p_name)::int;
END
$$;

-- Without a zone it is that in which this upgrade ran.
CREATE FUNCTION platen.filter_time (p_filter jsonb, p_name text) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET TimeZone FROM CURRENT AS $$
BEGIN
  IF p_filter ? p_name AND coalesce (p_filter ->> p_name, '') !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9:.]+ ?(Z|[+-][0-9:]+)?)?$' THEN
    PERFORM refuse_filter (format ('“%s” is no time; one is written 2026-11-22 or 2026-11-22T13:30', p_name));
  END IF;
  RETURN (p_filter ->> p_name)::timestamptz;
EXCEPTION WHEN datetime_field_overflow OR invalid_datetime_format THEN
  PERFORM refuse_filter (format ('“%s” is no time; one is written 2026-11-22 or 2026-11-22T13:30', p_name));
END
$$;

CREATE FUNCTION platen.check_filter (p_filter jsonb) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_word text;
BEGIN
  IF p_filter IS NULL OR jsonb_typeof (p_filter) <> 'object' THEN
    PERFORM refuse_filter ('the filter is no JSON object');
  END IF;
  SELECT k INTO v_word FROM jsonb_object_keys (p_filter) k
   WHERE k NOT IN ('all', 'ids', 'numbers', 'batch', 'kind', 'category', 'printer', 'state', 'approved_before', 'approved_after', 'priority_from',
                   'priority_to', 'holder', 'limit') ORDER BY k LIMIT 1;
  IF FOUND THEN
    PERFORM refuse_filter (format ('the filter knows no “%s”', v_word));
  ELSIF p_filter ? 'all' AND jsonb_typeof (p_filter -> 'all') <> 'boolean' THEN
    PERFORM refuse_filter ('“all” is true or false');
  ELSIF p_filter - 'all' - 'limit' = '{}' AND NOT coalesce ((p_filter ->> 'all')::boolean, false) THEN
    PERFORM refuse_filter ('an empty filter is not all of them; all of them are {"all": true}');
  END IF;
  SELECT w INTO v_word FROM unnest (filter_words (p_filter, 'ids')) w WHERE w !~ '^[0-9]{1,18}$' LIMIT 1;
  IF FOUND THEN
    PERFORM refuse_filter (format ('“%s” is no record number of an application', v_word));
  END IF;
  SELECT w INTO v_word FROM unnest (filter_words (p_filter, 'kind')) w WHERE w NOT IN ('new', 'renewal', 'replacement', 'correction', 'upgrade') LIMIT 1;
  IF FOUND THEN
    PERFORM refuse_filter (format ('there is no kind “%s”', v_word));
  END IF;
  SELECT w INTO v_word FROM unnest (filter_words (p_filter, 'state')) w WHERE w NOT IN ('waiting', 'held', 'sample', 'paused', 'leased', 'failed') LIMIT 1;
  IF FOUND THEN
    PERFORM refuse_filter (format ('there is no state “%s”', v_word));
  END IF;
  SELECT w INTO v_word FROM unnest (filter_words (p_filter, 'category')) w WHERE NOT EXISTS (SELECT FROM category c WHERE c.code = w) LIMIT 1;
  IF FOUND THEN
    PERFORM refuse_filter (format ('there is no category “%s”', v_word));
  ELSIF p_filter ->> 'batch' IS NOT NULL AND NOT EXISTS (SELECT FROM print_batch b WHERE b.number = p_filter ->> 'batch') THEN
    PERFORM refuse_filter (format ('there is no print batch “%s”', p_filter ->> 'batch'));
  ELSIF p_filter ? 'holder' AND fold_name (p_filter ->> 'holder') = '' THEN
    PERFORM refuse_filter ('“holder” is no part of a name');
  ELSIF filter_number (p_filter, 'limit') < 1 THEN
    PERFORM refuse_filter ('“limit” is less than one');
  END IF;
END
$$;

CREATE FUNCTION platen.print_order_state (p_order platen.print_order) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN p_order.held_at IS NOT NULL OR (SELECT a.stops FROM application a WHERE a.id = p_order.application_id) > 0 THEN 'held'
              WHEN p_order.awaits_sample THEN 'sample' WHEN p_order.attempts >= 3 THEN 'failed' WHEN p_order.leased_until > clock_timestamp() THEN 'leased'
              WHEN EXISTS (SELECT FROM print_pause s WHERE s.office_code = p_order.office_code AND s.printer IN ('', p_order.wanted)) THEN 'paused'
              ELSE 'waiting' END
$$;

-- The orders of the queue that a filter means, in the order of the line. All members apply together.
CREATE FUNCTION platen.find_print_orders (p_actor platen.actor, p_filter jsonb) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  v_ids        bigint[];
  v_numbers    text[] := filter_words (p_filter, 'numbers');
  v_kinds      text[] := filter_words (p_filter, 'kind');
  v_states     text[] := filter_words (p_filter, 'state');
  v_categories text[] := filter_words (p_filter, 'category');
  v_after      timestamptz := filter_time (p_filter, 'approved_after');
  v_before     timestamptz := filter_time (p_filter, 'approved_before');
  v_from       int := filter_number (p_filter, 'priority_from');
  v_to         int := filter_number (p_filter, 'priority_to');
  v_holder     text := fold_name (p_filter ->> 'holder');
  v_long       timestamptz;
BEGIN
  PERFORM check_filter (p_filter);
  v_ids := filter_words (p_filter, 'ids')::bigint[];
  v_long := clock_timestamp() - (SELECT make_interval (hours => fair_after_hours) FROM office WHERE code = p_actor.office_code);
  RETURN (SELECT coalesce (array_agg (l.application_id ORDER BY l.rank DESC, l.approved_at, l.application_id), '{}')
            FROM (SELECT o.application_id, o.approved_at,
                         CASE WHEN o.approved_at <= v_long THEN greatest (o.priority, 50) ELSE o.priority END AS rank
                    FROM print_order o JOIN application a ON a.id = o.application_id
                   WHERE o.office_code = p_actor.office_code AND o.open
                     AND (v_ids IS NULL OR o.application_id = ANY (v_ids))
                     AND (v_numbers IS NULL OR a.number = ANY (v_numbers))
                     AND (NOT p_filter ? 'batch' OR o.batch_id IS NOT DISTINCT FROM (SELECT b.id FROM print_batch b WHERE b.number = p_filter ->> 'batch'))
                     AND (v_kinds IS NULL OR a.type = ANY (v_kinds))
                     AND (v_categories IS NULL OR EXISTS (SELECT FROM string_to_table (a.categories, '|') e WHERE split_part (e, ';', 1) = ANY (v_categories)))
                     AND (NOT p_filter ? 'printer' OR o.wanted = coalesce (btrim (p_filter ->> 'printer'), ''))
                     AND (v_after IS NULL OR o.approved_at >= v_after) AND (v_before IS NULL OR o.approved_at < v_before)
                     AND (v_from IS NULL OR o.priority >= v_from) AND (v_to IS NULL OR o.priority <= v_to)
                     AND (v_holder = '' OR strpos (fold_name (a.holder_name), v_holder) > 0)
                     AND (v_states IS NULL OR print_order_state (o) = ANY (v_states))
                   ORDER BY 3 DESC, 2, 1
                   LIMIT filter_number (p_filter, 'limit')) l);
END
$$;

-- For whoever lists them.
CREATE FUNCTION api.match_print_orders (p_filter jsonb) RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('clerk', 'operator', 'supervisor', 'auditor', 'admin');
BEGIN
  IF p_filter ? 'holder' THEN
    PERFORM may_read_persons ('print_queue');
  END IF;
  RETURN find_print_orders (v_actor, p_filter);
END
$$;

-- ---- what people do ----

-- The history of each, the audit log of the whole, and the other desks.
CREATE FUNCTION platen.note_print_orders (p_actor platen.actor, p_orders bigint[], p_what text, p_text text, p_why text, p_detail jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF p_orders = '{}' THEN
    RETURN;
  END IF;
  INSERT INTO event (office_code, staff_id, workstation, subject, application_id, what, text, why)
  SELECT p_actor.office_code, p_actor.staff_id, p_actor.workstation, 'application', o, p_what, p_text, nullif (btrim (p_why), '')
    FROM unnest (p_orders) o;
  PERFORM note (p_actor, p_actor.office_code, p_what, 'print_queue', NULL,
                p_detail || jsonb_build_object ('why', nullif (btrim (p_why), ''), 'orders', cardinality (p_orders), 'applications', to_jsonb (p_orders)));
  PERFORM pg_notify ('platen', concat_ws (' ', 'print_queue', 0, p_actor.office_code));
END
$$;

CREATE FUNCTION platen.check_print_reason (p_reason text, p_needed boolean) RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  IF p_needed AND btrim (coalesce (p_reason, '')) = '' THEN
    PERFORM refuse ('P0001', 'REASON', 'Nothing was changed in the print queue, because no reason was given. Say why.');
  ELSIF length (p_reason) > 2000 THEN
    PERFORM refuse ('P0001', 'REASON', 'Nothing was changed, because the reason is longer than 2000 characters. Say it in fewer words.');
  END IF;
END
$$;

CREATE FUNCTION platen.check_printer_name (p_printer text) RETURNS text
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  IF length (p_printer) > 127 OR p_printer ~ '[[:cntrl:]]' THEN
    PERFORM refuse ('P0001', 'FIELD', 'Nothing was changed in the print queue, because this is no name of a printer. Choose one.');
  END IF;
  RETURN coalesce (btrim (p_printer), '');
END
$$;

-- What was asked for and what came of each: those that were found, with why not or NULL, and those that were named and are not in the queue.
CREATE FUNCTION platen.print_outcome (p_actor platen.actor, p_filter jsonb, p_orders bigint[], p_whys text[])
RETURNS TABLE (application_id bigint, application_number text, done boolean, why text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT a.id, a.number, u.why IS NULL, in_words ('print_outcome', u.why)
    FROM unnest (p_orders, p_whys) WITH ORDINALITY u (id, why, n) JOIN application a ON a.id = u.id
   UNION ALL
  SELECT a.id, n.number, false, in_words ('print_outcome', 'It is not in the print queue, or the rest of the filter leaves it out.')
    FROM unnest (filter_words (p_filter, 'numbers')) n (number)
    LEFT JOIN application a ON a.number = n.number AND a.office_code = p_actor.office_code
   WHERE NOT coalesce (a.id = ANY (p_orders), false)
   UNION ALL
  SELECT i.id::bigint, a.number, false, in_words ('print_outcome', 'It is not in the print queue, or the rest of the filter leaves it out.')
    FROM unnest (filter_words (p_filter, 'ids')) i (id)
    LEFT JOIN application a ON a.id = i.id::bigint AND a.office_code = p_actor.office_code
   WHERE NOT coalesce (i.id::bigint = ANY (p_orders), false)
$$;

-- One after the other of two people who mean the same orders, and in one order of rows. What is locked here is in the queue, so that nobody has
-- the audit log already and waits for it.
CREATE FUNCTION platen.lock_print_orders (p_orders bigint[]) RETURNS SETOF platen.print_order
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT o.* FROM print_order o WHERE o.application_id = ANY (p_orders) AND o.open ORDER BY o.application_id FOR UPDATE
$$;

-- Those that may be done, and all with why not.
CREATE FUNCTION platen.those_without (p_orders bigint[], p_whys text[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (array_agg (id), '{}') FROM unnest (p_orders, p_whys) u (id, why) WHERE why IS NULL
$$;

-- Also what a spooler has just taken: its card is not reserved any more.
CREATE FUNCTION api.hold_print_orders (p_filter jsonb, p_reason text)
RETURNS TABLE (application_id bigint, application_number text, done boolean, why text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor  actor := demand ('operator', 'supervisor');
  v_orders bigint[];
  v_whys   text[];
  v_done   bigint[];
BEGIN
  PERFORM check_print_reason (p_reason, true);
  SELECT array_agg (l.application_id), array_agg (CASE WHEN l.held_at IS NOT NULL THEN 'It is held already.' END)
    INTO v_orders, v_whys FROM lock_print_orders (find_print_orders (v_actor, p_filter)) l;
  v_done := those_without (v_orders, v_whys);
  UPDATE print_order o SET held_by = v_actor.staff_id, held_at = clock_timestamp(), hold_reason = btrim (p_reason) WHERE o.application_id = ANY (v_done);
  PERFORM note_print_orders (v_actor, v_done, 'print_held', format ('%s held the printing.', v_actor.name), p_reason,
                             jsonb_build_object ('filter', p_filter));
  RETURN QUERY SELECT * FROM print_outcome (v_actor, p_filter, v_orders, v_whys);
END
$$;

-- What is held goes on, and what failed is tried anew. What the rules stop is asked again; what waits for a sample waits for it.
CREATE FUNCTION platen.why_not_released (p_order platen.print_order) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF (SELECT a.stops FROM application a WHERE a.id = p_order.application_id) > 0 THEN
    PERFORM evaluate_application (p_order.application_id);
    RETURN (SELECT string_agg (rule_words (f.rule, 'text', f.params) || ' ' || rule_words (f.rule, 'cure', f.params), ' ' ORDER BY f.position)
              FROM finding f WHERE f.application_id = p_order.application_id AND f.severity = 'hard');
  END IF;
  RETURN CASE WHEN p_order.held_at IS NOT NULL OR p_order.attempts > 0 THEN NULL
              WHEN p_order.awaits_sample THEN format ('It waits for the sample of print batch %s.', (SELECT number FROM print_batch WHERE id = p_order.batch_id))
              ELSE 'Nothing holds it.' END;
END
$$;

CREATE FUNCTION api.release_print_orders (p_filter jsonb, p_reason text DEFAULT NULL)
RETURNS TABLE (application_id bigint, application_number text, done boolean, why text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor  actor := demand ('operator', 'supervisor');
  v_found  bigint[];
  v_orders bigint[];
  v_whys   text[];
  v_done   bigint[];
BEGIN
  PERFORM check_print_reason (p_reason, false);
  v_found := find_print_orders (v_actor, p_filter);
  -- Asking the rules again changes an application: before its order, as everybody.
  PERFORM FROM application a WHERE a.id = ANY (v_found) AND a.stops > 0 ORDER BY a.id FOR UPDATE;
  SELECT array_agg (l.application_id), array_agg (why_not_released (l)) INTO v_orders, v_whys FROM lock_print_orders (v_found) l;
  v_done := those_without (v_orders, v_whys);
  UPDATE print_order o SET held_by = NULL, held_at = NULL, hold_reason = NULL, attempts = 0, next_at = clock_timestamp()
   WHERE o.application_id = ANY (v_done);
  PERFORM note_print_orders (v_actor, v_done, 'print_released', format ('%s released the printing.', v_actor.name), p_reason,
                             jsonb_build_object ('filter', p_filter));
  RETURN QUERY SELECT * FROM print_outcome (v_actor, p_filter, v_orders, v_whys);
END
$$;

-- To a printer or a class of printers; NULL is any.
CREATE FUNCTION api.move_print_orders (p_filter jsonb, p_printer text, p_reason text DEFAULT NULL)
RETURNS TABLE (application_id bigint, application_number text, done boolean, why text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor  actor := demand ('operator', 'supervisor');
  v_wanted text := check_printer_name (p_printer);
  v_orders bigint[];
  v_whys   text[];
  v_done   bigint[];
BEGIN
  PERFORM check_print_reason (p_reason, false);
  SELECT array_agg (l.application_id), array_agg (CASE WHEN l.wanted = v_wanted THEN 'It is for this printer already.'
                                                       WHEN l.leased_until > clock_timestamp() THEN 'A spooler is just printing it.' END)
    INTO v_orders, v_whys FROM lock_print_orders (find_print_orders (v_actor, p_filter)) l;
  v_done := those_without (v_orders, v_whys);
  UPDATE print_order o SET wanted = v_wanted WHERE o.application_id = ANY (v_done);
  PERFORM note_print_orders (v_actor, v_done, 'print_moved',
                             CASE WHEN v_wanted = '' THEN format ('%s moved the printing to any printer.', v_actor.name)
                                  ELSE format ('%s moved the printing to printer %s.', v_actor.name, v_wanted) END, p_reason,
                             jsonb_build_object ('filter', p_filter, 'printer', nullif (v_wanted, '')));
  RETURN QUERY SELECT * FROM print_outcome (v_actor, p_filter, v_orders, v_whys);
END
$$;

-- Above 50 an order goes ahead even of those that have waited for too long: somebody has to say why.
CREATE FUNCTION api.prioritise_print_orders (p_filter jsonb, p_priority int, p_reason text DEFAULT NULL)
RETURNS TABLE (application_id bigint, application_number text, done boolean, why text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor  actor := demand ('operator', 'supervisor');
  v_orders bigint[];
  v_whys   text[];
  v_done   bigint[];
BEGIN
  IF NOT coalesce (p_priority BETWEEN -100 AND 100, false) THEN
    PERFORM refuse ('P0001', 'FIELD', 'Nothing was changed in the print queue, because a priority is -100 to 100. Give another number.');
  END IF;
  PERFORM check_print_reason (p_reason, p_priority > 50);
  SELECT array_agg (l.application_id), array_agg (CASE WHEN l.priority = p_priority THEN 'It has this priority already.' END)
    INTO v_orders, v_whys FROM lock_print_orders (find_print_orders (v_actor, p_filter)) l;
  v_done := those_without (v_orders, v_whys);
  UPDATE print_order o SET priority = p_priority WHERE o.application_id = ANY (v_done);
  PERFORM note_print_orders (v_actor, v_done, 'print_prioritised', format ('%s gave the printing priority %s.', v_actor.name, p_priority), p_reason,
                             jsonb_build_object ('filter', p_filter, 'priority', p_priority));
  RETURN QUERY SELECT * FROM print_outcome (v_actor, p_filter, v_orders, v_whys);
END
$$;

-- All printing of the office (NULL), or that of one printer. Whether that changed anything; the reason that was given first stays.
CREATE FUNCTION api.pause_printing (p_printer text, p_reason text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor   actor := demand ('operator', 'supervisor');
  v_printer text := check_printer_name (p_printer);
BEGIN
  PERFORM check_print_reason (p_reason, true);
  INSERT INTO print_pause (office_code, printer, reason, staff_id, workstation)
  VALUES (v_actor.office_code, v_printer, btrim (p_reason), v_actor.staff_id, v_actor.workstation) ON CONFLICT DO NOTHING;
  IF FOUND THEN
    PERFORM note (v_actor, v_actor.office_code, 'print_paused', 'print_queue', nullif (v_printer, ''), jsonb_build_object ('why', btrim (p_reason)));
    PERFORM pg_notify ('platen', concat_ws (' ', 'print_queue', 0, v_actor.office_code));
    RETURN true;
  END IF;
  RETURN false;
END
$$;

CREATE FUNCTION api.resume_printing (p_printer text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor   actor := demand ('operator', 'supervisor');
  v_printer text := check_printer_name (p_printer);
BEGIN
  DELETE FROM print_pause WHERE office_code = v_actor.office_code AND printer = v_printer;
  IF FOUND THEN
    PERFORM note (v_actor, v_actor.office_code, 'print_resumed', 'print_queue', nullif (v_printer, ''));
    PERFORM pg_notify ('platen', concat_ws (' ', 'print_queue', 0, v_actor.office_code));
    RETURN true;
  END IF;
  RETURN false;
END
$$;

-- After how many hours an order goes ahead of all priorities up to 50.
CREATE FUNCTION api.set_fair_after (p_hours int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('supervisor', 'admin');
BEGIN
  IF NOT coalesce (p_hours BETWEEN 1 AND 8760, false) THEN
    PERFORM refuse ('P0001', 'FIELD', 'The time after which an order of the print queue goes ahead was not changed, because it is 1 to 8760 hours. Give'
                    ' another number.');
  END IF;
  UPDATE office SET fair_after_hours = p_hours WHERE code = v_actor.office_code;
  PERFORM note (v_actor, v_actor.office_code, 'set_fair_after', 'office', v_actor.office_code, jsonb_build_object ('hours', p_hours));
  PERFORM pg_notify ('platen', concat_ws (' ', 'print_queue', 0, v_actor.office_code));
END
$$;

GRANT SELECT ON api.print_queue, api.print_pause TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION api.take_print_order (uuid, text[], int), api.keep_print_orders (uuid, int), api.end_print_order (uuid, bigint, text),
  api.match_print_orders (jsonb), api.hold_print_orders (jsonb, text), api.release_print_orders (jsonb, text), api.move_print_orders (jsonb, text, text),
  api.prioritise_print_orders (jsonb, int, text), api.pause_printing (text, text), api.resume_printing (text), api.set_fair_after (int)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'No card was reserved for application {application}, because {name} holds its printing ({quoted}). Release it in the print queue first.',
 'Aucune carte n’a été réservée pour la demande {application}, car {name} retient son impression ({quoted}). Libérez-la d’abord dans la file d’impression.'),
('refusal', 'fr', 'No card was reserved for application {application}, because it waits for the sample of print batch {batch}. Read the sample cards back and'
                  ' release the batch.',
 'Aucune carte n’a été réservée pour la demande {application}, car elle attend l’échantillon du lot d’impression {batch}. Relisez les cartes de'
 ' l’échantillon et libérez le lot.'),
('refusal', 'fr', 'No card was reserved for application {application}, because a spooler at {name} is just printing it. Look at the print queue.',
 'Aucune carte n’a été réservée pour la demande {application}, car un service d’impression de {name} l’imprime en ce moment. Regardez la file d’impression.'),
('refusal', 'fr', 'No card was reserved for application {application}, because printing is paused ({quoted}). Resume it first.',
 'Aucune carte n’a été réservée pour la demande {application}, car l’impression est suspendue ({quoted}). Reprenez-la d’abord.'),
('refusal', 'fr', 'No card was reserved for application {application}, because printer {printer} is paused ({quoted}). Resume it first, or take another one.',
 'Aucune carte n’a été réservée pour la demande {application}, car l’imprimante {printer} est suspendue ({quoted}). Reprenez-la d’abord, ou prenez-en une'
 ' autre.'),
('refusal', 'fr', 'Nothing was taken from the print queue, because a spooler has an identifier and takes for 1 to 3600 seconds. Give both.',
 'Rien n’a été pris dans la file d’impression, car un service d’impression a un identifiant et prend pour 1 à 3600 secondes. Indiquez les deux.'),
('refusal', 'fr', 'Nothing was changed in the print queue, because {filter}. Say again which are meant.',
 E'Rien n’a été modifié dans la file d’impression\u202f: {filter}. Dites de nouveau lesquelles.'),
('refusal', 'fr', 'Nothing was changed in the print queue, because no reason was given. Say why.',
 'Rien n’a été modifié dans la file d’impression, faute de motif. Dites pourquoi.'),
('refusal', 'fr', 'Nothing was changed in the print queue, because this is no name of a printer. Choose one.',
 'Rien n’a été modifié dans la file d’impression, car ce n’est pas un nom d’imprimante. Choisissez-en une.'),
('refusal', 'fr', 'Nothing was changed in the print queue, because a priority is -100 to 100. Give another number.',
 'Rien n’a été modifié dans la file d’impression, car une priorité va de -100 à 100. Indiquez un autre nombre.'),
('refusal', 'fr', 'The time after which an order of the print queue goes ahead was not changed, because it is 1 to 8760 hours. Give another number.',
 'Le délai après lequel une impression passe devant n’a pas été modifié, car il est de 1 à 8760 heures. Indiquez un autre nombre.'),
('filter', 'fr', '“{word}” is neither a word nor a list of words', E'«\u202f{word}\u202f» n’est ni un mot ni une liste de mots'),
('filter', 'fr', '“{word}” is no whole number', E'«\u202f{word}\u202f» n’est pas un nombre entier'),
('filter', 'fr', '“{word}” is no time; one is written 2026-11-22 or 2026-11-22T13:30',
 E'«\u202f{word}\u202f» n’est pas un moment\u202f; on écrit 2026-11-22 ou 2026-11-22T13:30'),
('filter', 'fr', 'the filter is no JSON object', 'le filtre n’est pas un objet JSON'),
('filter', 'fr', 'the filter knows no “{word}”', E'le filtre ne connaît pas «\u202f{word}\u202f»'),
('filter', 'fr', '“all” is true or false', E'«\u202fall\u202f» est true ou false'),
('filter', 'fr', 'an empty filter is not all of them; all of them are {"all": true}', E'un filtre vide n’est pas toutes\u202f; toutes s’écrit {«\u202fall\u202f»\u202f: true}'),
('filter', 'fr', '“{word}” is no record number of an application', E'«\u202f{word}\u202f» n’est pas un numéro d’enregistrement de demande'),
('filter', 'fr', 'there is no kind “{word}”', E'il n’y a pas de type «\u202f{word}\u202f»'),
('filter', 'fr', 'there is no state “{word}”', E'il n’y a pas d’état «\u202f{word}\u202f»'),
('filter', 'fr', 'there is no category “{word}”', E'il n’y a pas de catégorie «\u202f{word}\u202f»'),
('filter', 'fr', 'there is no print batch “{word}”', E'il n’y a pas de lot d’impression «\u202f{word}\u202f»'),
('filter', 'fr', '“holder” is no part of a name', E'«\u202fholder\u202f» n’est pas une partie de nom'),
('filter', 'fr', '“limit” is less than one', E'«\u202flimit\u202f» est inférieur à un'),
('print_outcome', 'fr', 'It waits for the sample of print batch {batch}.', 'Elle attend l’échantillon du lot d’impression {batch}.'),
('print_outcome', 'fr', 'It is not in the print queue, or the rest of the filter leaves it out.',
 'Elle n’est pas dans la file d’impression, ou le reste du filtre l’écarte.'),
('print_outcome', 'fr', 'It is held already.', 'Elle est déjà retenue.'),
('print_outcome', 'fr', 'Nothing holds it.', 'Rien ne la retient.'),
('print_outcome', 'fr', 'It is for this printer already.', 'Elle est déjà pour cette imprimante.'),
('print_outcome', 'fr', 'A spooler is just printing it.', 'Un service d’impression l’imprime en ce moment.'),
('print_outcome', 'fr', 'It has this priority already.', 'Elle a déjà cette priorité.'),
('event', 'fr', '{name} took the printing over from workstation {quoted}.', '{name} a repris l’impression du poste {quoted}.'),
('event', 'fr', 'Printing failed (attempt {n} of 3).', 'L’impression a échoué (tentative {n} sur 3).'),
('event', 'fr', '{name} held the printing.', '{name} a retenu l’impression.'),
('event', 'fr', '{name} released the printing.', '{name} a libéré l’impression.'),
('event', 'fr', '{name} moved the printing to any printer.', '{name} a confié l’impression à n’importe quelle imprimante.'),
('event', 'fr', '{name} moved the printing to printer {printer}.', '{name} a confié l’impression à l’imprimante {printer}.'),
('event', 'fr', '{name} gave the printing priority {n}.', '{name} a donné à l’impression la priorité {n}.');

INSERT INTO platen.schema_version (version, title) VALUES (59, 'print queue');
