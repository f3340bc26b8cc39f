-- SPDX-License-Identifier: GPL-3.0-or-later
-- Print batches: of what a filter means a sample is printed first, the rest is held until every card of the sample was read back and a person (or,
-- where the batch says so, nobody) lets it go. And what the stock has for the queue: printer by printer for spoolers, and for every desk before it
-- promises a card.

SET LOCAL ROLE platen_owner;

ALTER TABLE platen.counter DROP CONSTRAINT counter_kind_check, ADD CHECK (kind IN ('application', 'card', 'batch', 'print_batch'));
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
                 CASE p_kind WHEN 'card' THEN 'C' WHEN 'batch' THEN 'B' WHEN 'print_batch' THEN 'P' ELSE '' END || lpad (v_last::text, 6, '0'));
END
$$;

-- ---- what is a sample ----

CREATE FUNCTION platen.refuse_sample (p_why text) RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM refuse ('P0001', 'SAMPLE', format ('No print batch was made, because %s. Say again what its sample is.', p_why));
END
$$;

-- How many of one kind of sample: a number, or true for one.
CREATE FUNCTION platen.sample_count (p_sample jsonb, p_name text) RETURNS int
LANGUAGE plpgsql IMMUTABLE SET search_path = platen, pg_temp AS $$
DECLARE
  v_text text := coalesce (p_sample ->> p_name, '0');
BEGIN
  IF v_text !~ '^(true|false|[0-9]{1,3})$' THEN
    PERFORM refuse_sample (format ('“%s” is no number of cards from 0 to 999', p_name));
  END IF;
  RETURN CASE v_text WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE v_text::int END;
END
$$;

-- As it is kept: each count, the seed of the lot (drawn now where none is given), and how the rest is let go.
CREATE FUNCTION platen.read_sample (p_sample jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
DECLARE
  v_sample jsonb := coalesce (p_sample, '{}');
  v_word   text;
BEGIN
  IF jsonb_typeof (v_sample) <> 'object' THEN
    PERFORM refuse_sample ('the sample is no JSON object');
  END IF;
  SELECT k INTO v_word FROM jsonb_object_keys (v_sample) k WHERE k NOT IN ('first', 'middle', 'last', 'random', 'seed', 'release') ORDER BY k LIMIT 1;
  IF FOUND THEN
    PERFORM refuse_sample (format ('a sample knows no “%s”', v_word));
  ELSIF v_sample ? 'seed' AND coalesce (v_sample ->> 'seed', '') !~ '^[0-9]{1,9}$' THEN
    PERFORM refuse_sample ('its seed is no whole number');
  ELSIF coalesce (v_sample ->> 'release', 'person') NOT IN ('person', 'automatic') THEN
    PERFORM refuse_sample ('“release” is person or automatic');
  END IF;
  RETURN jsonb_build_object ('first', sample_count (v_sample, 'first'), 'middle', sample_count (v_sample, 'middle'),
                             'last', sample_count (v_sample, 'last'), 'random', sample_count (v_sample, 'random'),
                             'seed', coalesce ((v_sample ->> 'seed')::int, floor (random () * 1000000000)::int),
                             'release', coalesce (v_sample ->> 'release', 'person'));
END
$$;

-- Which of these, in the order of the batch, and as what. By lot from what is left: those whose digest of seed and number is lowest, so that the
-- choice can be told again.
CREATE FUNCTION platen.choose_sample (p_orders bigint[], p_sample jsonb) RETURNS TABLE (application_id bigint, sample_as text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  WITH given AS (SELECT u.id, u.n, cardinality (p_orders) AS total, abs (2 * u.n - cardinality (p_orders) - 1) AS off_middle
                   FROM unnest (p_orders) WITH ORDINALITY u (id, n)),
       fixed AS (SELECT g.id, g.n, CASE WHEN g.n <= (p_sample ->> 'first')::int THEN 'first'
                                        WHEN g.n > g.total - (p_sample ->> 'last')::int THEN 'last'
                                        WHEN row_number () OVER (ORDER BY g.off_middle, g.n) <= (p_sample ->> 'middle')::int THEN 'middle' END AS sample_as
                   FROM given g),
       lot AS (SELECT f.id, row_number () OVER (ORDER BY md5 ((p_sample ->> 'seed') || ':' || a.number)) AS drawn
                 FROM fixed f JOIN application a ON a.id = f.id WHERE f.sample_as IS NULL)
  SELECT f.id, coalesce (f.sample_as, 'random')
    FROM fixed f LEFT JOIN lot l ON l.id = f.id
   WHERE f.sample_as IS NOT NULL OR l.drawn <= (p_sample ->> 'random')::int
   ORDER BY f.n
$$;

-- ---- a batch's life ----

-- Of those that a filter means: what is in no other batch and not just being printed. Without a sample nothing is held.
CREATE FUNCTION api.new_print_batch (p_name text, p_filter jsonb, p_sample jsonb DEFAULT NULL)
RETURNS TABLE (number text, cards int, samples text[], left_out int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor   actor := demand ('operator', 'supervisor');
  v_name    text := btrim (coalesce (p_name, ''));
  v_sample  jsonb := read_sample (p_sample);
  v_wanted  boolean := (v_sample ->> 'first')::int + (v_sample ->> 'middle')::int + (v_sample ->> 'last')::int + (v_sample ->> 'random')::int > 0;
  v_found   bigint[] := find_print_orders (v_actor, p_filter);
  v_members bigint[];
  v_free    bigint[];
  v_batch   print_batch;
  v_as      text;
BEGIN
  IF length (v_name) NOT BETWEEN 1 AND 100 THEN
    PERFORM refuse ('P0001', 'FIELD', 'No print batch was made, because its name has 1 to 100 letters. Give it one.');
  END IF;
  SELECT array_agg (l.application_id ORDER BY f.n), array_agg (l.application_id ORDER BY f.n) FILTER (WHERE l.ready AND a.stops = 0)
    INTO v_members, v_free
    FROM lock_print_orders (v_found) l JOIN unnest (v_found) WITH ORDINALITY f (id, n) ON f.id = l.application_id
    JOIN application a ON a.id = l.application_id LEFT JOIN print_batch b ON b.id = l.batch_id
   WHERE coalesce (b.state, 'cancelled') = 'cancelled' AND coalesce (l.leased_until, '-infinity') <= clock_timestamp();
  IF v_members IS NULL THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', 'No print batch was made, because nothing in the print queue fits that is in no batch yet. List the print'
                    ' queue again.');
  ELSIF v_wanted AND v_free IS NULL THEN
    PERFORM refuse ('P0001', 'SAMPLE', 'No print batch was made, because all of it is held and nothing can be its sample. Release some of it first.');
  END IF;
  INSERT INTO print_batch (number, office_code, name, state, filter, sample, by_itself, made_by, ended_by, ended_at)
  VALUES (next_number (v_actor.office_code, 'print_batch'), v_actor.office_code, v_name, CASE WHEN v_wanted THEN 'sample' ELSE 'released' END, p_filter,
          v_sample, v_sample ->> 'release' = 'automatic', v_actor.staff_id, CASE WHEN NOT v_wanted THEN v_actor.staff_id END,
          CASE WHEN NOT v_wanted THEN clock_timestamp() END)
  RETURNING * INTO v_batch;
  UPDATE print_order o SET batch_id = v_batch.id, batch_position = m.n, sample_as = s.sample_as, awaits_sample = v_wanted AND s.sample_as IS NULL
    FROM unnest (v_members) WITH ORDINALITY m (id, n) LEFT JOIN choose_sample (v_free, v_sample) s ON s.application_id = m.id
   WHERE o.application_id = m.id;
  FOR v_as IN SELECT DISTINCT coalesce (o.sample_as, '') FROM print_order o WHERE o.batch_id = v_batch.id ORDER BY 1 LOOP
    PERFORM note_print_orders (v_actor, (SELECT array_agg (o.application_id ORDER BY o.batch_position) FROM print_order o
                                          WHERE o.batch_id = v_batch.id AND coalesce (o.sample_as, '') = v_as), 'print_batched',
                               CASE v_as WHEN '' THEN format ('%s put the printing into print batch %s.', v_actor.name, v_batch.number)
                                    ELSE format ('%s put the printing into print batch %s as its sample (%s).', v_actor.name, v_batch.number, v_as) END, NULL,
                               jsonb_build_object ('batch', v_batch.number, 'filter', p_filter, 'sample', v_sample));
  END LOOP;
  RETURN QUERY SELECT v_batch.number, cardinality (v_members), (SELECT coalesce (array_agg (a.number ORDER BY o.batch_position), '{}')
                                                                  FROM print_order o JOIN application a ON a.id = o.application_id
                                                                 WHERE o.batch_id = v_batch.id AND o.sample_as IS NOT NULL),
                      cardinality (v_found) - cardinality (v_members);
END
$$;

CREATE FUNCTION platen.hold_print_batch (p_actor platen.actor, p_batch text) RETURNS platen.print_batch
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_batch print_batch;
BEGIN
  SELECT * INTO v_batch FROM print_batch WHERE number = p_batch AND office_code = p_actor.office_code FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was changed, because office %s has no print batch %s. List the print batches again.',
                    p_actor.office_code, coalesce (p_batch, '')));
  END IF;
  RETURN v_batch;
END
$$;

-- Where the application of a sample was withdrawn, the next that waits becomes a sample in its place.
CREATE FUNCTION platen.replace_lost_samples (p_actor platen.actor, p_batch platen.print_batch) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_lost print_order;
  v_next bigint;
BEGIN
  FOR v_lost IN SELECT o.* FROM print_order o JOIN application a ON a.id = o.application_id
                 WHERE o.batch_id = p_batch.id AND o.sample_as IS NOT NULL AND a.state IN ('withdrawn', 'rejected') ORDER BY o.application_id LOOP
    SELECT o.application_id INTO v_next FROM print_order o JOIN application a ON a.id = o.application_id
     WHERE o.batch_id = p_batch.id AND o.open AND o.awaits_sample AND o.held_at IS NULL AND a.stops = 0
     ORDER BY abs (o.batch_position - v_lost.batch_position), o.batch_position LIMIT 1 FOR UPDATE OF o SKIP LOCKED;
    UPDATE print_order SET sample_as = NULL WHERE application_id = v_lost.application_id;
    IF v_next IS NOT NULL THEN
      UPDATE print_order SET sample_as = 'instead', awaits_sample = false WHERE application_id = v_next;
      PERFORM note_print_orders (p_actor, ARRAY[v_next], 'print_batched',
                                 format ('It is a sample of print batch %s in the place of one that was withdrawn.', p_batch.number), NULL,
                                 jsonb_build_object ('batch', p_batch.number));
    END IF;
  END LOOP;
END
$$;

-- A card of the sample that was spoiled, or that lies in the tray, is not checked; its replacement is.
CREATE FUNCTION platen.unchecked_samples (p_batch bigint) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT count (*)::int FROM print_order o JOIN application a ON a.id = o.application_id
   WHERE o.batch_id = p_batch AND o.sample_as IS NOT NULL AND a.state NOT IN ('ready', 'issued')
$$;

CREATE FUNCTION platen.let_batch_go (p_actor platen.actor, p_batch platen.print_batch, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_orders bigint[] := (SELECT coalesce (array_agg (l.application_id), '{}')
                          FROM lock_print_orders (ARRAY (SELECT application_id FROM print_order WHERE batch_id = p_batch.id AND awaits_sample)) l);
BEGIN
  UPDATE print_order SET awaits_sample = false WHERE application_id = ANY (v_orders);
  UPDATE print_batch SET state = 'released', ended_by = p_actor.staff_id, ended_at = clock_timestamp(), reason = nullif (btrim (p_reason), '')
   WHERE id = p_batch.id;
  PERFORM note_print_orders (p_actor, v_orders, 'print_released', format ('Print batch %s was released.', p_batch.number), p_reason,
                             jsonb_build_object ('batch', p_batch.number, 'by_itself', p_batch.by_itself));
  RETURN cardinality (v_orders);
END
$$;

CREATE FUNCTION api.release_print_batch (p_batch text, p_reason text DEFAULT NULL) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator', 'supervisor');
  v_batch print_batch := hold_print_batch (v_actor, p_batch);
  v_left  int;
BEGIN
  PERFORM check_print_reason (p_reason, false);
  IF v_batch.state <> 'sample' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Print batch %s was not released, because it was %s already. List the print batches again.', v_batch.number,
                    v_batch.state));
  END IF;
  PERFORM replace_lost_samples (v_actor, v_batch);
  v_left := unchecked_samples (v_batch.id);
  IF v_left > 0 THEN
    PERFORM refuse ('P0001', 'SAMPLE', format ('Print batch %s was not released, because %s of its sample cards were not read back yet. Print them and read'
                    ' them back first.', v_batch.number, v_left));
  END IF;
  RETURN let_batch_go (v_actor, v_batch, p_reason);
END
$$;

-- What was not printed yet stands in the line again as if there had been no batch. How many that are.
CREATE FUNCTION api.cancel_print_batch (p_batch text, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('operator', 'supervisor');
  v_batch  print_batch := hold_print_batch (v_actor, p_batch);
  v_orders bigint[];
BEGIN
  PERFORM check_print_reason (p_reason, true);
  SELECT coalesce (array_agg (l.application_id), '{}') INTO v_orders
    FROM lock_print_orders (ARRAY (SELECT application_id FROM print_order WHERE batch_id = v_batch.id AND open)) l;
  IF v_batch.state = 'cancelled' OR v_orders = '{}' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Print batch %s was not cancelled, because nothing of it waits any more. List the print batches again.',
                    v_batch.number));
  END IF;
  UPDATE print_order SET batch_id = NULL, batch_position = NULL, sample_as = NULL, awaits_sample = false WHERE application_id = ANY (v_orders);
  UPDATE print_batch SET state = 'cancelled', ended_by = v_actor.staff_id, ended_at = clock_timestamp(), reason = btrim (p_reason) WHERE id = v_batch.id;
  PERFORM note_print_orders (v_actor, v_orders, 'print_unbatched', format ('Print batch %s was cancelled.', v_batch.number), p_reason,
                             jsonb_build_object ('batch', v_batch.number));
  RETURN cardinality (v_orders);
END
$$;

-- Whoever takes next lets go what may go by itself, before anything else is locked; one at a time is enough.
CREATE FUNCTION platen.settle_print_batches (p_actor platen.actor) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_batch print_batch;
BEGIN
  IF NOT EXISTS (SELECT FROM print_batch b WHERE b.office_code = p_actor.office_code AND b.state = 'sample')
     OR NOT pg_try_advisory_xact_lock (hashtext ('print_batch'), hashtext (p_actor.office_code)) THEN
    RETURN;
  END IF;
  FOR v_batch IN SELECT * FROM print_batch b WHERE b.office_code = p_actor.office_code AND b.state = 'sample' ORDER BY b.id FOR UPDATE SKIP LOCKED LOOP
    PERFORM replace_lost_samples (p_actor, v_batch);
    IF v_batch.by_itself AND unchecked_samples (v_batch.id) = 0 THEN
      PERFORM let_batch_go (p_actor, v_batch, NULL);
    END IF;
  END LOOP;
END
$$;

-- As in 0059, after the batches.
CREATE OR REPLACE FUNCTION api.take_print_order (p_spooler uuid, p_printers text[], p_seconds int)
RETURNS TABLE (application_id bigint, application_number text, printer text, card_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator');
BEGIN
  PERFORM check_lease (p_spooler, p_seconds);
  PERFORM settle_print_batches (v_actor);
  RETURN QUERY SELECT * FROM take_card_in_flight (v_actor, p_spooler, p_printers, p_seconds);
  IF NOT FOUND THEN
    RETURN QUERY SELECT * FROM take_next_order (v_actor, p_spooler, p_printers, p_seconds);
  END IF;
END
$$;

-- How far each batch is. A released one of which nothing is on its way any more is done.
CREATE VIEW api.print_batch WITH (security_barrier) AS
SELECT b.number, b.name, b.office_code,
       CASE WHEN b.state = 'sample' AND n.samples = n.samples_checked THEN 'checked'
            WHEN b.state = 'released' AND n.waiting + n.held + n.in_production = 0 THEN 'done' ELSE b.state END AS state,
       n.cards, n.samples, n.samples_checked, n.waiting, n.held, n.in_production, n.ready, n.issued, n.withdrawn,
       s.name AS made_by, b.made_at, t.name AS ended_by, b.ended_at, b.by_itself, b.filter, b.sample, b.reason
  FROM platen.print_batch b JOIN platen.staff s ON s.id = b.made_by LEFT JOIN platen.staff t ON t.id = b.ended_by
 CROSS JOIN LATERAL (SELECT count (*)::int AS cards, count (o.sample_as)::int AS samples,
                            (count (o.sample_as) FILTER (WHERE a.state IN ('ready', 'issued')))::int AS samples_checked,
                            (count (*) FILTER (WHERE o.ready AND a.stops = 0))::int AS waiting,
                            (count (*) FILTER (WHERE o.open AND NOT (o.ready AND a.stops = 0)))::int AS held,
                            (count (*) FILTER (WHERE a.state = 'in_production'))::int AS in_production,
                            (count (*) FILTER (WHERE a.state = 'ready'))::int AS ready, (count (*) FILTER (WHERE a.state = 'issued'))::int AS issued,
                            (count (*) FILTER (WHERE a.state = 'withdrawn'))::int AS withdrawn
                       FROM platen.print_order o JOIN platen.application a ON a.id = o.application_id
                      WHERE o.batch_id = b.id) n
 WHERE (SELECT platen.may_read_persons ('print_batch'));

-- ---- what the stock has for the queue ----

CREATE INDEX stock_ledger_drawn ON platen.stock_ledger (office_code, at) WHERE to_place = 'printer';
CREATE INDEX stock_ledger_given_back ON platen.stock_ledger (office_code, at) WHERE from_place = 'printer' AND to_place IN ('safe', 'loaded');

-- Each printer that the books, the queue or the cards know: what it still makes, what waits for it alone and what it is at. Blanks of a printer that
-- nobody loads by the books are those of the safe.
CREATE VIEW api.printer_load WITH (security_barrier) AS
SELECT p.office_code, p.printer, coalesce (t.by_load, false) AS by_load, k.blanks, r.ribbon_left, r.film_left,
       greatest (least (k.blanks, r.ribbon_left - c.in_flight, r.film_left - c.in_flight), 0) AS makes, o.assigned, c.in_flight,
       w.printer IS NOT NULL AS paused, w.reason AS pause_reason
  FROM (SELECT office_code, printer FROM platen.stock_printer
         UNION SELECT office_code, wanted FROM platen.print_order WHERE open AND wanted <> ''
         UNION SELECT office_code, printer FROM platen.card WHERE state IN ('reserved', 'rendered', 'sent', 'on_device')
         UNION SELECT office_code, printer FROM platen.print_pause WHERE printer <> '') p
  LEFT JOIN platen.stock_printer t ON t.office_code = p.office_code AND t.printer = p.printer
  LEFT JOIN platen.print_pause w ON w.office_code = p.office_code AND w.printer = p.printer
 CROSS JOIN LATERAL (SELECT CASE WHEN t.by_load THEN t.remaining
                                 ELSE (SELECT count (*)::int FROM platen.blank b WHERE b.office_code = p.office_code AND b.kind = 'blank' AND b.place = 'safe') END AS blanks) k
 CROSS JOIN LATERAL (SELECT min (greatest (b.capacity - b.used, 0)) FILTER (WHERE b.kind = 'ribbon') AS ribbon_left,
                            min (greatest (b.capacity - b.used, 0)) FILTER (WHERE b.kind = 'film') AS film_left
                       FROM platen.blank b
                      WHERE b.office_code = p.office_code AND b.kind IN ('ribbon', 'film') AND b.place = 'loaded' AND b.holder = p.printer) r
 CROSS JOIN LATERAL (SELECT count (*)::int AS assigned FROM platen.print_order o
                      WHERE o.office_code = p.office_code AND o.wanted = p.printer AND o.ready) o
 CROSS JOIN LATERAL (SELECT count (*)::int AS in_flight FROM platen.card c
                      WHERE c.office_code = p.office_code AND c.printer = p.printer AND c.state IN ('reserved', 'rendered', 'sent', 'on_device')) c
 WHERE (SELECT platen.may_read ());

-- For every desk: what there is, who will need one, and for how many working days it lasts as the last twenty went (those since the first card, in a
-- young office). A kind of roll that was never received is not counted. The warning is for whoever applies now.
CREATE VIEW api.stock_meets_queue WITH (security_barrier) AS
SELECT l.office_code, l.in_safe, l.in_printers, l.in_custody, l.in_safe + l.in_printers AS cards, l.ribbon, l.film, n.makes,
       q.in_queue, q.held, a.submitted, a.drafts, n.needed, greatest (n.needed - n.makes, 0) AS short,
       u.used, d.days AS used_in_days, round (n.makes * d.days / nullif (u.used, 0)::numeric, 1) AS lasts_days,
       CASE WHEN n.needed >= n.makes
            THEN platen.in_words ('stock', format ('%s people need a card, and there is stock for %s: who applies now waits for a delivery.', n.needed, n.makes))
       END AS warning
  FROM api.stock_left l
 CROSS JOIN LATERAL (SELECT count (*)::int AS in_queue, (count (*) FILTER (WHERE NOT o.ready))::int AS held
                       FROM platen.print_order o WHERE o.office_code = l.office_code AND o.open) q
 CROSS JOIN LATERAL (SELECT (count (*) FILTER (WHERE p.state IN ('submitted', 'waiting')))::int AS submitted,
                            (count (*) FILTER (WHERE p.state IN ('draft', 'returned')))::int AS drafts
                       FROM platen.application p WHERE p.office_code = l.office_code AND p.state IN ('submitted', 'waiting', 'draft', 'returned')) a
 CROSS JOIN LATERAL (SELECT least (l.in_safe + l.in_printers, l.ribbon, l.film) AS makes, q.in_queue + a.submitted + a.drafts AS needed) n
 CROSS JOIN LATERAL (SELECT ((SELECT count (*) FROM platen.stock_ledger s
                               WHERE s.office_code = l.office_code AND s.to_place = 'printer' AND s.at >= now () - interval '27 days')
                             - (SELECT count (*) FROM platen.stock_ledger s
                                 WHERE s.office_code = l.office_code AND s.from_place = 'printer' AND s.to_place IN ('safe', 'loaded')
                                   AND s.at >= now () - interval '27 days'))::int AS used,
                            (SELECT min (s.at)::date FROM platen.stock_ledger s WHERE s.office_code = l.office_code AND s.to_place = 'printer') AS since) u
 CROSS JOIN LATERAL (SELECT greatest (count (*), 1)::int AS days
                       FROM generate_series (greatest (u.since, platen.today () - 27)::timestamp, platen.today ()::timestamp, interval '1 day') g (day)
                      WHERE extract (isodow FROM g.day) <= 5) d;

GRANT EXECUTE ON FUNCTION platen.today () TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
ALTER FUNCTION platen.today () SET DateStyle = 'ISO, YMD';
ALTER FUNCTION platen.today () SET standard_conforming_strings = on;
GRANT SELECT ON api.print_batch, api.printer_load, api.stock_meets_queue
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION api.new_print_batch (text, jsonb, jsonb), api.release_print_batch (text, text), api.cancel_print_batch (text, text)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('stock', 'fr', '{needed} people need a card, and there is stock for {makes}: who applies now waits for a delivery.',
 E'{needed} personnes ont besoin d’une carte, et le stock suffit pour {makes}\u202f: qui fait une demande maintenant attend une livraison.'),
('refusal', 'fr', 'No print batch was made, because {sample}. Say again what its sample is.',
 E'Aucun lot d’impression n’a été fait\u202f: {sample}. Dites de nouveau quel est son échantillon.'),
('sample', 'fr', '“{word}” is no number of cards from 0 to 999', E'«\u202f{word}\u202f» n’est pas un nombre de cartes de 0 à 999'),
('sample', 'fr', 'the sample is no JSON object', 'l’échantillon n’est pas un objet JSON'),
('sample', 'fr', 'a sample knows no “{word}”', E'un échantillon ne connaît pas «\u202f{word}\u202f»'),
('sample', 'fr', 'its seed is no whole number', 'sa graine n’est pas un nombre entier'),
('sample', 'fr', '“release” is person or automatic', E'«\u202frelease\u202f» est person ou automatic'),
('refusal', 'fr', 'No print batch was made, because its name has 1 to 100 letters. Give it one.',
 'Aucun lot d’impression n’a été fait, car son nom a de 1 à 100 lettres. Donnez-lui-en un.'),
('refusal', 'fr', 'No print batch was made, because nothing in the print queue fits that is in no batch yet. List the print queue again.',
 'Aucun lot d’impression n’a été fait, car rien dans la file d’impression ne convient sans être déjà dans un lot. Affichez de nouveau la file.'),
('refusal', 'fr', 'No print batch was made, because all of it is held and nothing can be its sample. Release some of it first.',
 'Aucun lot d’impression n’a été fait, car tout est retenu et rien ne peut en être l’échantillon. Libérez-en d’abord une partie.'),
('refusal', 'fr', 'Nothing was changed, because office {office} has no print batch {batch}. List the print batches again.',
 'Rien n’a été modifié, car le bureau {office} n’a pas de lot d’impression {batch}. Affichez de nouveau les lots d’impression.'),
('refusal', 'fr', 'Print batch {batch} was not released, because it was {print_batch_state} already. List the print batches again.',
 'Le lot d’impression {batch} n’a pas été libéré, car il est déjà {print_batch_state}. Affichez de nouveau les lots d’impression.'),
('refusal', 'fr', 'Print batch {batch} was not released, because {n} of its sample cards were not read back yet. Print them and read them back first.',
 'Le lot d’impression {batch} n’a pas été libéré, car {n} des cartes de son échantillon n’ont pas encore été relues. Imprimez-les et relisez-les d’abord.'),
('refusal', 'fr', 'Print batch {batch} was not cancelled, because nothing of it waits any more. List the print batches again.',
 'Le lot d’impression {batch} n’a pas été annulé, car plus rien n’y attend. Affichez de nouveau les lots d’impression.'),
('print_batch_state', 'fr', 'released', 'libéré'), ('print_batch_state', 'fr', 'cancelled', 'annulé'),
('sample_as', 'fr', 'first', 'première'), ('sample_as', 'fr', 'middle', 'milieu'), ('sample_as', 'fr', 'last', 'dernière'),
('sample_as', 'fr', 'random', 'au sort'),
('event', 'fr', '{name} put the printing into print batch {batch}.', '{name} a mis l’impression dans le lot d’impression {batch}.'),
('event', 'fr', '{name} put the printing into print batch {batch} as its sample ({sample_as}).',
 '{name} a mis l’impression dans le lot d’impression {batch}, comme échantillon ({sample_as}).'),
('event', 'fr', 'It is a sample of print batch {batch} in the place of one that was withdrawn.',
 'C’est un échantillon du lot d’impression {batch}, à la place d’une demande retirée.'),
('event', 'fr', 'Print batch {batch} was released.', 'Le lot d’impression {batch} a été libéré.'),
('event', 'fr', 'Print batch {batch} was cancelled.', 'Le lot d’impression {batch} a été annulé.');

INSERT INTO platen.schema_version (version, title) VALUES (62, 'print batches');
