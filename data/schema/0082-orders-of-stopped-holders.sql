-- SPDX-License-Identifier: GPL-3.0-or-later
-- An order whose holder is stopped is held, and says by what. It was waiting, and taken and given back without end.

SET LOCAL ROLE platen_owner;

-- What stops the holder of an application before there is a card, in the reader's language; null: nothing does.
CREATE FUNCTION platen.stops_of_order (p_application bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT string_agg (stop_words (s), ' ')
    FROM application a CROSS JOIN LATERAL open_stops (a.id_number, a.id, NULL) s
   WHERE a.id = p_application
$$;

CREATE OR REPLACE FUNCTION platen.print_order_state (p_order platen.print_order) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN p_order.held_at IS NOT NULL OR (SELECT a.stops FROM application a WHERE a.id = p_order.application_id) > 0
                OR stops_of_order (p_order.application_id) IS NOT NULL THEN 'held'
              WHEN p_order.awaits_sample THEN 'sample' WHEN p_order.attempts >= 3 THEN 'failed' WHEN p_order.leased_until > clock_timestamp() THEN 'leased'
              WHEN EXISTS (SELECT FROM print_pause s WHERE s.office_code = p_order.office_code AND s.printer IN ('', p_order.wanted)) THEN 'paused'
              ELSE 'waiting' END
$$;

CREATE OR REPLACE FUNCTION platen.take_next_order (p_actor platen.actor, p_spooler uuid, p_printers text[], p_seconds int)
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
    CONTINUE WHEN stops_of_order (v_id) IS NOT NULL;
    PERFORM evaluate_application (v_id);
    CONTINUE WHEN (SELECT a.stops FROM application a WHERE a.id = v_id) > 0;
    PERFORM lease_order (p_actor, v_order, p_spooler, p_seconds);
    RETURN QUERY SELECT a.id, a.number, coalesce (nullif (v_order.wanted, ''), v_usable[1]), NULL::bigint FROM application a WHERE a.id = v_id;
    RETURN;
  END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION platen.why_not_released (p_order platen.print_order) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_stops text;
BEGIN
  IF (SELECT a.stops FROM application a WHERE a.id = p_order.application_id) > 0 THEN
    PERFORM evaluate_application (p_order.application_id);
    RETURN (SELECT string_agg (rule_words (f.rule, 'text', f.params) || ' ' || rule_words (f.rule, 'cure', f.params), ' ' ORDER BY f.position)
              FROM finding f WHERE f.application_id = p_order.application_id AND f.severity = 'hard');
  END IF;
  v_stops := stops_of_order (p_order.application_id);
  IF v_stops IS NOT NULL THEN
    RETURN format ('Its holder is stopped: %s', v_stops);
  END IF;
  RETURN CASE WHEN p_order.held_at IS NOT NULL OR p_order.attempts > 0 THEN NULL
              WHEN p_order.awaits_sample THEN format ('It waits for the sample of print batch %s.', (SELECT number FROM print_batch WHERE id = p_order.batch_id))
              ELSE 'Nothing holds it.' END;
END
$$;

CREATE OR REPLACE VIEW api.print_queue WITH (security_barrier) AS
SELECT q.application_id, q.application_number, q.holder_name, q.kind, q.categories, q.approved_at, q.priority,
       CASE WHEN q.state IN ('waiting', 'leased', 'paused')
            THEN (row_number () OVER (PARTITION BY q.office_code, q.state IN ('waiting', 'leased', 'paused')
                                      ORDER BY q.rank DESC, q.approved_at, q.application_id))::int END AS place,
       q.state,
       CASE q.state
         WHEN 'held' THEN coalesce (q.hold_reason, (SELECT string_agg (platen.rule_words (f.rule, 'text', f.params), ' ' ORDER BY f.position)
                                                      FROM platen.finding f WHERE f.application_id = q.application_id AND f.severity = 'hard'),
                                    (SELECT string_agg (platen.stop_words (p), ' ' ORDER BY p.id) FROM platen.person_stop p
                                       WHERE p.id_number = q.id_number AND p.lifted_at IS NULL AND p.card_id IS NULL
                                         AND (p.application_id IS NULL OR p.application_id = q.application_id)))
         WHEN 'sample' THEN platen.in_words ('print_outcome', format ('It waits for the sample of print batch %s.', q.batch))
         WHEN 'failed' THEN q.last_error
         WHEN 'paused' THEN q.pause_reason
         WHEN 'waiting' THEN CASE WHEN q.next_at > clock_timestamp() THEN q.last_error END
       END AS reason,
       q.printer, q.batch, q.sample_as, q.leased_by, q.leased_until, q.attempts, q.last_error, q.next_at, q.held_by, q.held_at, q.overdue, q.office_code
  FROM (SELECT o.application_id, o.office_code, a.number AS application_number, a.holder_name, a.id_number, a.type AS kind, a.categories, o.approved_at,
               o.priority, o.hold_reason, o.last_error, o.attempts, o.next_at, o.held_at, h.name AS held_by, b.number AS batch, o.sample_as,
               nullif (o.wanted, '') AS printer, coalesce (everything.reason, one.reason) AS pause_reason,
               o.approved_at <= clock_timestamp() - make_interval (hours => f.fair_after_hours) AS overdue,
               CASE WHEN o.approved_at <= clock_timestamp() - make_interval (hours => f.fair_after_hours) THEN greatest (o.priority, 50)
                    ELSE o.priority END AS rank,
               CASE WHEN o.held_at IS NOT NULL OR a.stops > 0
                      OR EXISTS (SELECT FROM platen.person_stop p WHERE p.id_number = a.id_number AND p.lifted_at IS NULL AND p.card_id IS NULL
                                    AND (p.application_id IS NULL OR p.application_id = a.id)) THEN 'held'
                    WHEN o.awaits_sample THEN 'sample' WHEN o.attempts >= 3 THEN 'failed'
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

REVOKE ALL ON FUNCTION platen.stops_of_order (bigint) FROM PUBLIC;

INSERT INTO platen.translation (context, language, english, text) VALUES
('print_outcome', 'fr', 'Its holder is stopped: {stop}', E'Son titulaire est bloqué\u202f: {stop}');

INSERT INTO platen.schema_version (version, title) VALUES (82, 'orders of stopped holders');
