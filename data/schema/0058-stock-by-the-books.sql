-- SPDX-License-Identifier: GPL-3.0-or-later
-- The stock by the books. One ledger for blanks, ribbons and films, in which each line takes a serial from one place and brings it to another:
-- received, safe, a person’s custody, loaded into a printer, used, spoiled, destroyed, missing, lost. Nothing but a line of the ledger moves
-- a serial, and each printer’s account balances at every moment: loaded = remaining + used + issued + spoiled + missing. What is gone for
-- good (destroyed, lost) takes two people. A run of serials that moves together is one entry, which says who, when and why.

SET LOCAL ROLE platen_owner;

ALTER DOMAIN platen.place DROP CONSTRAINT place_check;
ALTER DOMAIN platen.place ADD CONSTRAINT place_check CHECK (VALUE IN (
  'supplier', 'received', 'safe', 'custody', 'loaded', 'printer', 'tray', 'shelf', 'person', 'spoiled', 'destroyed', 'missing', 'lost'));

-- Ribbons and films are counted by the cards that they still make.
ALTER TABLE platen.blank DROP CONSTRAINT blank_serial_check;
ALTER TABLE platen.blank
  ADD CONSTRAINT blank_serial_check CHECK (serial ~ '^[BRF][0-9]{8}$'),
  ADD COLUMN kind text NOT NULL GENERATED ALWAYS AS (CASE left (serial, 1) WHEN 'R' THEN 'ribbon' WHEN 'F' THEN 'film' ELSE 'blank' END) STORED,
  ADD COLUMN holder text NOT NULL DEFAULT '', -- loaded, printer: the printer; custody: the login
  ADD COLUMN printer text,                    -- into whose account it was loaded, until it is back in the safe
  ADD COLUMN capacity int CHECK (capacity BETWEEN 1 AND 100000),
  ADD COLUMN used int NOT NULL DEFAULT 0 CHECK (used >= 0);
ALTER TABLE platen.blank
  ADD CONSTRAINT blank_capacity CHECK ((kind = 'blank') = (capacity IS NULL)),
  ADD CONSTRAINT blank_holder CHECK ((place IN ('custody', 'loaded', 'printer')) = (holder <> '')) NOT VALID,
  ADD CONSTRAINT blank_account CHECK (CASE WHEN place IN ('supplier', 'received', 'safe', 'custody') THEN printer IS NULL
                                           WHEN place IN ('loaded', 'printer') THEN printer = holder AND printer IS NOT NULL
                                           WHEN place IN ('tray', 'shelf', 'person') THEN printer IS NOT NULL
                                           ELSE true END) NOT VALID;
ALTER TABLE platen.card
  ADD CONSTRAINT card_serial_is_a_blank CHECK (serial LIKE 'B%'),
  ADD COLUMN by_hand boolean NOT NULL DEFAULT true; -- its blank came from the safe for this card alone
DROP INDEX platen.blank_place;
CREATE INDEX blank_place ON platen.blank (office_code, kind, place, holder, serial);
CREATE UNIQUE INDEX blank_one_roll ON platen.blank (office_code, holder, kind) WHERE place = 'loaded' AND kind <> 'blank';

-- What people did with a run of serials. Cards move their blanks without one: their own events tell of that.
CREATE TABLE platen.stock_entry (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at           timestamptz NOT NULL DEFAULT clock_timestamp(),
  office_code  text NOT NULL REFERENCES platen.office,
  what         text NOT NULL CHECK (what IN ('received', 'moved', 'loaded', 'unloaded', 'counted', 'explained', 'destroyed')),
  first_serial text NOT NULL,
  last_serial  text NOT NULL,
  items        int NOT NULL CHECK (items >= 0),
  staff_id     int NOT NULL REFERENCES platen.staff,
  second_id    int REFERENCES platen.staff CHECK (second_id <> staff_id),
  by_two       boolean NOT NULL GENERATED ALWAYS AS (second_id IS NOT NULL) STORED,
  workstation  text NOT NULL,
  reason       text CHECK (length (reason) <= 2000),
  reference    text CHECK (length (reference) <= 100), -- the delivery note
  UNIQUE (id, by_two),
  CONSTRAINT stock_entry_by_two CHECK (what NOT IN ('explained', 'destroyed') OR (second_id IS NOT NULL AND btrim (coalesce (reason, '')) <> ''))
);
CREATE INDEX stock_entry_newest ON platen.stock_entry (office_code, id DESC);

ALTER TABLE platen.stock_ledger DROP CONSTRAINT stock_ledger_check;
ALTER TABLE platen.stock_ledger
  ADD COLUMN from_holder text NOT NULL DEFAULT '',
  ADD COLUMN to_holder text NOT NULL DEFAULT '',
  ADD COLUMN from_printer text,           -- the account that it leaves, and the one in which it stands from here on; as blank.printer
  ADD COLUMN printer text,
  ADD COLUMN entry_id bigint,
  ADD COLUMN by_two boolean,
  ADD CONSTRAINT stock_ledger_moves CHECK ((from_place::text, from_holder) <> (to_place::text, to_holder)),
  ADD CONSTRAINT stock_ledger_entry FOREIGN KEY (entry_id, by_two) REFERENCES platen.stock_entry (id, by_two),
  ADD CONSTRAINT stock_ledger_entry_whole CHECK ((entry_id IS NULL) = (by_two IS NULL)),
  -- Before this upgrade a spoiled card counted as destroyed.
  ADD CONSTRAINT stock_ledger_gone_by_two CHECK (to_place NOT IN ('destroyed', 'lost') OR coalesce (by_two, false)) NOT VALID;
CREATE INDEX stock_ledger_of_entry ON platen.stock_ledger (entry_id) WHERE entry_id IS NOT NULL;

-- The account of each printer (a bureau is one, too). The check is the rule; no function can leave it broken.
CREATE TABLE platen.stock_printer (
  office_code text NOT NULL REFERENCES platen.office,
  printer     text NOT NULL,
  loaded      int NOT NULL CHECK (loaded >= 0),
  remaining   int NOT NULL CHECK (remaining >= 0), -- in its feeder
  used        int NOT NULL CHECK (used >= 0),      -- a card is made of it, or it lies ready
  issued      int NOT NULL CHECK (issued >= 0),
  spoiled     int NOT NULL CHECK (spoiled >= 0),   -- destroyed or yet to be
  missing     int NOT NULL CHECK (missing >= 0),   -- a count did not find it
  by_load     boolean NOT NULL DEFAULT false,      -- somebody loads it by the books: nothing is taken from the safe by hand
  PRIMARY KEY (office_code, printer),
  CONSTRAINT stock_printer_balances CHECK (loaded = remaining + used + issued + spoiled + missing)
);

-- Which ribbon and which film made a card, once per card however often it is asked about.
CREATE TABLE platen.card_roll (
  card_id     bigint NOT NULL REFERENCES platen.card,
  serial      text NOT NULL REFERENCES platen.blank,
  office_code text NOT NULL REFERENCES platen.office,
  PRIMARY KEY (card_id, serial)
);
CREATE INDEX card_roll_serial ON platen.card_roll (serial);

CREATE TABLE platen.stock_count (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  office_code text NOT NULL REFERENCES platen.office,
  staff_id    int NOT NULL REFERENCES platen.staff,
  workstation text NOT NULL,
  kind        text NOT NULL,
  place       platen.place NOT NULL,
  holder      text NOT NULL,
  expected    int NOT NULL,
  counted     int NOT NULL
);
CREATE TABLE platen.stock_difference (
  count_id      bigint NOT NULL REFERENCES platen.stock_count,
  serial        text NOT NULL,
  office_code   text NOT NULL REFERENCES platen.office,
  missing       boolean NOT NULL,  -- else it was found though the books have it elsewhere, or nowhere
  booked_place  platen.place,
  booked_holder text,
  PRIMARY KEY (count_id, serial)
);
CREATE TABLE platen.stock_explained (
  count_id    bigint NOT NULL,
  serial      text NOT NULL,
  office_code text NOT NULL REFERENCES platen.office,
  entry_id    bigint NOT NULL,
  by_two      boolean NOT NULL DEFAULT true CHECK (by_two),
  PRIMARY KEY (count_id, serial),
  FOREIGN KEY (count_id, serial) REFERENCES platen.stock_difference,
  FOREIGN KEY (entry_id, by_two) REFERENCES platen.stock_entry (id, by_two)
);

-- What one person wants and another has yet to confirm.
CREATE TABLE platen.stock_proposal (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office_code  text NOT NULL REFERENCES platen.office,
  what         text NOT NULL CHECK (what IN ('destroy', 'explain')),
  first_serial text NOT NULL,
  last_serial  text NOT NULL,
  items        int NOT NULL CHECK (items > 0),
  digest       text NOT NULL,     -- of the serials: the same when it is confirmed
  count_id     bigint REFERENCES platen.stock_count,
  right_is     text CHECK (right_is IN ('books', 'count')),
  reason       text NOT NULL CHECK (btrim (reason) <> ''),
  proposed_by  int NOT NULL REFERENCES platen.staff,
  proposed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  state        text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'confirmed', 'refused')),
  decided_by   int REFERENCES platen.staff,
  decided_at   timestamptz,
  CHECK ((what = 'explain') = (count_id IS NOT NULL AND right_is IS NOT NULL)),
  CHECK ((state = 'open') = (decided_by IS NULL)),
  CONSTRAINT stock_proposal_four_eyes CHECK (state <> 'confirmed' OR decided_by <> proposed_by)
);

DO $kept$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['stock_entry', 'stock_count', 'stock_difference', 'stock_explained', 'card_roll'] LOOP
    EXECUTE format ('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.%I FOR EACH STATEMENT EXECUTE FUNCTION'
                    ' platen.refuse_change ()', v_table || '_is_append_only', v_table);
  END LOOP;
  FOREACH v_table IN ARRAY ARRAY['blank', 'stock_printer', 'stock_proposal'] LOOP
    EXECUTE format ('CREATE TRIGGER %I BEFORE DELETE OR TRUNCATE ON platen.%I FOR EACH STATEMENT EXECUTE FUNCTION'
                    ' platen.refuse_change ()', v_table || '_is_kept', v_table);
  END LOOP;
  FOREACH v_table IN ARRAY ARRAY['stock_entry', 'stock_printer', 'card_roll', 'stock_count', 'stock_difference', 'stock_explained',
                                 'stock_proposal'] LOOP
    EXECUTE format ('ALTER TABLE platen.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format ('CREATE POLICY own_office ON platen.%I USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]))', v_table);
  END LOOP;
END
$kept$;

-- ---- what is there ----

INSERT INTO platen.stock_ledger (office_code, serial, from_place, to_place, to_holder, printer, card_id)
SELECT b.office_code, b.serial, b.place, b.place, c.printer, c.printer, c.id
  FROM platen.blank b JOIN platen.card c ON c.serial = b.serial AND c.state <> 'cancelled'
 WHERE b.place = 'printer';
UPDATE platen.blank b
   SET printer = c.printer, holder = CASE b.place WHEN 'printer' THEN c.printer ELSE '' END
  FROM platen.card c
 WHERE c.serial = b.serial AND c.state <> 'cancelled' AND b.place NOT IN ('supplier', 'safe');
INSERT INTO platen.stock_printer (office_code, printer, loaded, remaining, used, issued, spoiled, missing)
SELECT b.office_code, b.printer, count (*), 0, count (*) FILTER (WHERE b.place IN ('printer', 'tray', 'shelf')),
       count (*) FILTER (WHERE b.place = 'person'), count (*) FILTER (WHERE b.place = 'destroyed'), 0
  FROM platen.blank b
 WHERE b.printer IS NOT NULL
 GROUP BY b.office_code, b.printer;

-- ---- posting ----

-- Whoever moves stock of an office does so alone until the transaction ends, from before the first serial is locked: so however many
-- moves a transaction makes, and in whatever order, none waits crosswise for another. The audit log makes them wait for each other anyway.
CREATE FUNCTION platen.hold_stock (p_office text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT pg_advisory_xact_lock (hashtext ('stock'), hashtext (p_office))
$$;

-- Each new line moves its serial, if it is where the line takes it from, and both printers’ accounts with it.
CREATE FUNCTION platen.post_stock () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_side   record;
  v_posted int;
BEGIN
  FOR v_side IN
    SELECT s.office_code, s.printer, sum (s.n)::int AS loaded,
           coalesce (sum (s.n) FILTER (WHERE s.place = 'loaded'), 0)::int AS remaining,
           coalesce (sum (s.n) FILTER (WHERE s.place IN ('printer', 'tray', 'shelf')), 0)::int AS used,
           coalesce (sum (s.n) FILTER (WHERE s.place = 'person'), 0)::int AS issued,
           coalesce (sum (s.n) FILTER (WHERE s.place IN ('spoiled', 'destroyed')), 0)::int AS spoiled,
           coalesce (sum (s.n) FILTER (WHERE s.place IN ('missing', 'lost')), 0)::int AS missing
      FROM (SELECT p.office_code, p.from_printer AS printer, p.from_place::text AS place, -1 AS n
              FROM posted p WHERE p.serial LIKE 'B%' AND p.from_printer IS NOT NULL
             UNION ALL
            SELECT p.office_code, p.printer, p.to_place::text, 1 FROM posted p WHERE p.serial LIKE 'B%' AND p.printer IS NOT NULL) s
     GROUP BY s.office_code, s.printer ORDER BY s.office_code, s.printer LOOP
    UPDATE stock_printer t
       SET loaded = t.loaded + v_side.loaded, remaining = t.remaining + v_side.remaining, used = t.used + v_side.used,
           issued = t.issued + v_side.issued, spoiled = t.spoiled + v_side.spoiled, missing = t.missing + v_side.missing
     WHERE t.office_code = v_side.office_code AND t.printer = v_side.printer;
    IF NOT FOUND THEN
      INSERT INTO stock_printer AS t (office_code, printer, loaded, remaining, used, issued, spoiled, missing)
      VALUES (v_side.office_code, v_side.printer, v_side.loaded, v_side.remaining, v_side.used, v_side.issued, v_side.spoiled, v_side.missing)
      ON CONFLICT (office_code, printer) DO UPDATE
        SET loaded = t.loaded + excluded.loaded, remaining = t.remaining + excluded.remaining, used = t.used + excluded.used,
            issued = t.issued + excluded.issued, spoiled = t.spoiled + excluded.spoiled, missing = t.missing + excluded.missing;
    END IF;
  END LOOP;
  UPDATE blank b SET place = p.to_place, holder = p.to_holder, printer = p.printer
    FROM posted p
   WHERE b.serial = p.serial AND b.office_code = p.office_code AND b.place = p.from_place AND b.holder = p.from_holder
     AND b.printer IS NOT DISTINCT FROM p.from_printer;
  GET DIAGNOSTICS v_posted = ROW_COUNT;
  IF v_posted <> (SELECT count (*) FROM posted) THEN
    PERFORM refuse ('P0001', 'STATE', 'Nothing was changed in the stock, because something is not where the ledger takes it from. List the stock'
                    ' again.');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER stock_ledger_moves AFTER INSERT ON platen.stock_ledger REFERENCING NEW TABLE AS posted
  FOR EACH STATEMENT EXECUTE FUNCTION platen.post_stock ();

CREATE FUNCTION platen.refuse_unposted () RETURNS trigger
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM platen.refuse ('42501', 'APPEND_ONLY', 'Nothing was changed in the stock, because only a line of its ledger moves it. Write one.');
  RETURN NULL;
END
$$;
CREATE TRIGGER blank_moves_by_the_ledger BEFORE UPDATE OF place, holder, printer, serial, office_code ON platen.blank
  FOR EACH ROW WHEN (pg_trigger_depth () = 0) EXECUTE FUNCTION platen.refuse_unposted ();
CREATE TRIGGER stock_printer_by_the_ledger BEFORE INSERT OR UPDATE OF loaded, remaining, used, issued, spoiled, missing ON platen.stock_printer
  FOR EACH ROW WHEN (pg_trigger_depth () = 0) EXECUTE FUNCTION platen.refuse_unposted ();

-- ---- cards ----

-- What a printer made took something off its ribbon and its film.
CREATE FUNCTION platen.use_rolls (p_card platen.card) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_serial text;
BEGIN
  IF EXISTS (SELECT FROM card_roll r WHERE r.card_id = p_card.id) THEN
    RETURN;
  END IF;
  FOR v_serial IN
    SELECT b.serial FROM blank b
     WHERE b.office_code = p_card.office_code AND b.kind IN ('film', 'ribbon') AND b.place = 'loaded' AND b.holder = p_card.printer
     ORDER BY b.serial FOR UPDATE LOOP
    UPDATE blank b SET used = b.used + 1 WHERE b.serial = v_serial;
    INSERT INTO card_roll (card_id, serial, office_code) VALUES (p_card.id, v_serial, p_card.office_code);
  END LOOP;
END
$$;

-- As in 0006, by the books: a blank of which a card is made stands in its printer’s account.
CREATE OR REPLACE FUNCTION platen.stock_move (p_actor platen.actor, p_office text, p_serial text, p_to platen.place, p_card bigint)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_blank   blank;
  v_card    card;
  v_holder  text := '';
  v_printer text;
BEGIN
  PERFORM hold_stock (p_office);
  SELECT * INTO STRICT v_blank FROM blank WHERE serial = p_serial AND office_code = p_office FOR UPDATE;
  IF v_blank.place = p_to THEN
    RETURN;
  END IF;
  v_printer := v_blank.printer;
  IF p_to IN ('loaded', 'printer') OR v_blank.place = 'printer' OR v_printer IS NULL THEN
    SELECT * INTO STRICT v_card FROM card WHERE id = p_card;
    v_printer := coalesce (v_printer, v_card.printer);
  END IF;
  IF p_to IN ('loaded', 'printer') THEN
    v_holder := v_printer;
  ELSIF p_to = 'safe' THEN
    v_printer := NULL;
  ELSIF v_blank.place = 'printer' AND v_card.job_id IS NOT NULL THEN
    PERFORM use_rolls (v_card);
  END IF;
  INSERT INTO stock_ledger (office_code, serial, from_place, from_holder, from_printer, to_place, to_holder, printer, card_id, staff_id)
  VALUES (p_office, p_serial, v_blank.place, v_blank.holder, v_blank.printer, p_to, v_holder, v_printer, p_card, p_actor.staff_id);
END
$$;

-- As in 0018, but that a spoiled card is not destroyed yet, and a blank that was loaded goes back into its printer.
CREATE OR REPLACE FUNCTION platen.move_card (p_actor platen.actor, p_card bigint, p_to platen.card_state, p_text text, p_why text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_card card;
BEGIN
  SELECT * INTO STRICT v_card FROM card WHERE id = p_card FOR UPDATE;
  IF NOT coalesce (p_to::text = ANY (CASE v_card.state
       WHEN 'reserved'  THEN '{rendered,cancelled}'::text[]
       WHEN 'rendered'  THEN '{sent,doubtful,spoiled,cancelled}'
       WHEN 'sent'      THEN '{on_device,out,doubtful,spoiled}'
       WHEN 'on_device' THEN '{out,doubtful,spoiled}'
       WHEN 'doubtful'  THEN '{out,spoiled,cancelled}'
       WHEN 'out'       THEN '{checked,doubtful,spoiled}'
       WHEN 'checked'   THEN '{issued,spoiled}'
       WHEN 'issued'    THEN '{recalled}'
     END), false) THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not changed, because it is %s and cannot become %s. Look at'
                    ' the card in the print room and take the step that is next.', v_card.number,
                    replace (v_card.state, '_', ' '), replace (p_to, '_', ' ')));
  END IF;
  UPDATE card SET state = p_to, changed_at = clock_timestamp(), reason = nullif (btrim (p_why), ''),
                  found_at = CASE WHEN v_card.state = 'doubtful' AND p_to = 'out' THEN clock_timestamp() END
   WHERE id = p_card;
  PERFORM stock_move (p_actor, v_card.office_code, v_card.serial,
                      CASE p_to WHEN 'out' THEN 'tray' WHEN 'checked' THEN 'shelf' WHEN 'issued' THEN 'person'
                                WHEN 'spoiled' THEN 'spoiled' WHEN 'recalled' THEN 'spoiled'
                                WHEN 'cancelled' THEN CASE WHEN v_card.by_hand THEN 'safe' ELSE 'loaded' END ELSE 'printer' END, p_card);
  PERFORM record_event (p_actor, v_card.application_id, p_card, p_to, p_text, p_why);
  IF p_to IN ('spoiled', 'cancelled') THEN
    PERFORM move_application (p_actor, v_card.application_id, 'approved',
                              format ('Card %s was %s; a new one can be made.', v_card.number, p_to), p_why);
  END IF;
END
$$;

-- Of a printer that is loaded by the books what it has, else by hand from the safe. “None left” is said only where it is so: who has the
-- stock is waited for.
DROP FUNCTION platen.take_blank (platen.actor, platen.application);
CREATE FUNCTION platen.take_blank (p_actor platen.actor, p_application platen.application, p_printer text, OUT serial text, OUT by_hand boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_place  place;
  v_holder text;
BEGIN
  PERFORM hold_stock (p_actor.office_code);
  by_hand := NOT EXISTS (SELECT FROM stock_printer t WHERE t.office_code = p_actor.office_code AND t.printer = p_printer AND t.by_load);
  v_place := CASE WHEN by_hand THEN 'safe' ELSE 'loaded' END;
  v_holder := CASE WHEN by_hand THEN '' ELSE p_printer END;
  SELECT b.serial INTO serial FROM blank b
   WHERE b.office_code = p_actor.office_code AND b.kind = 'blank' AND b.place = v_place AND b.holder = v_holder
   ORDER BY b.serial LIMIT 1 FOR UPDATE;
  IF serial IS NULL AND by_hand THEN
    PERFORM refuse ('P0001', 'NO_STOCK', format ('No card was reserved for application %s, because office %s has no blank left. Add'
                    ' blanks to the stock first.', p_application.number, p_actor.office_code));
  ELSIF serial IS NULL THEN
    PERFORM refuse ('P0001', 'NO_STOCK', format ('No card was reserved for application %s, because no blank is left of those that were loaded'
                    ' into printer %s. Load some first.', p_application.number, p_printer));
  END IF;
END
$$;

CREATE OR REPLACE FUNCTION api.reserve_card (p_application bigint, p_print_key uuid, p_printer text)
RETURNS TABLE (card_id bigint, card_number text, serial text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor       actor := demand ('operator');
  v_application application := find_application (v_actor, p_application); -- two desks wait here for each other
  v_card        card;
  v_taken       record;
BEGIN
  SELECT * INTO v_card FROM card WHERE print_key = p_print_key;
  IF FOUND AND v_card.application_id = p_application THEN
    RETURN QUERY SELECT v_card.id, v_card.number, v_card.serial;
    RETURN;
  ELSIF FOUND OR p_print_key IS NULL THEN
    PERFORM refuse ('P0001', 'KEY', format ('No card was reserved for application %s, because its print key belongs to another card.'
                    ' Print it anew.', v_application.number));
  END IF;
  SELECT * INTO v_card FROM card WHERE application_id = p_application AND state NOT IN ('spoiled', 'cancelled', 'recalled');
  IF FOUND THEN
    PERFORM refuse ('P0001', 'IN_FLIGHT', format ('No second card was reserved for application %s, because card %s is %s. Finish, spoil or'
                    ' cancel that card first.', v_application.number, v_card.number, replace (v_card.state, '_', ' ')));
  END IF;
  IF v_application.state <> 'approved' THEN
    PERFORM refuse ('P0001', 'STATE', format ('No card was reserved for application %s, because it is %s. Only an approved application'
                    ' can be printed.', v_application.number, replace (v_application.state, '_', ' ')));
  END IF;
  IF btrim (coalesce (p_printer, '')) = '' THEN
    PERFORM refuse ('P0001', 'FIELD', format ('No card was reserved for application %s, because no printer was named. Choose one.',
                    v_application.number));
  END IF;
  PERFORM refuse_stops (v_application, 'printed');
  v_taken := take_blank (v_actor, v_application, p_printer);
  INSERT INTO card (number, application_id, office_code, serial, print_key, printer, reserved_by, by_hand)
  VALUES (next_number (v_actor.office_code, 'card'), p_application, v_actor.office_code, v_taken.serial, p_print_key, p_printer,
          v_actor.staff_id, v_taken.by_hand)
  RETURNING * INTO v_card;
  PERFORM stock_move (v_actor, v_actor.office_code, v_card.serial, 'printer', v_card.id);
  PERFORM record_event (v_actor, p_application, v_card.id, 'reserved', format ('%s reserved card %s on blank %s.', v_actor.name, v_card.number,
                        v_card.serial), NULL);
  PERFORM move_application (v_actor, p_application, 'in_production', format ('Card %s is being made.', v_card.number), NULL);
  RETURN QUERY SELECT v_card.id, v_card.number, v_card.serial;
END
$$;

-- A batch moves many cards in one transaction: it has them and the stock, in everybody’s order, before the first word of the audit log.
CREATE FUNCTION platen.hold_batch_cards () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM FROM application WHERE id IN (SELECT application_id FROM card WHERE batch_id = NEW.id) ORDER BY id FOR UPDATE;
  PERFORM FROM card WHERE batch_id = NEW.id ORDER BY id FOR UPDATE;
  PERFORM hold_stock (NEW.office_code);
  RETURN NEW;
END
$$;
CREATE TRIGGER batch_has_its_cards BEFORE UPDATE OF state ON platen.bureau_batch FOR EACH ROW EXECUTE FUNCTION platen.hold_batch_cards ();

-- ---- what people do ----

-- What a wish names, or a refusal.
CREATE FUNCTION platen.check_run (p_first text, p_last text) RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  IF NOT coalesce (p_first ~ '^[BRF][0-9]{8}$' AND p_last ~ '^[BRF][0-9]{8}$' AND left (p_first, 1) = left (p_last, 1)
                   AND substr (p_last, 2)::int - substr (p_first, 2)::int BETWEEN 0 AND 99999, false) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Nothing was changed in the stock, because %s to %s is no run of serials: B, R or F with eight digits each,'
                    ' the same letter, at most 100000. Read them again.', coalesce (p_first, ''), coalesce (p_last, '')));
  END IF;
END
$$;

CREATE FUNCTION platen.run_of (p_first text, p_last text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT left (p_first, 1) || lpad (i::text, 8, '0') FROM generate_series (substr (p_first, 2)::int, substr (p_last, 2)::int) i
$$;

CREATE FUNCTION platen.write_entry (p_actor platen.actor, p_what text, p_first text, p_last text, p_items int, p_reason text,
                                    p_reference text DEFAULT NULL, p_second int DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_id bigint;
BEGIN
  INSERT INTO stock_entry (office_code, what, first_serial, last_serial, items, staff_id, second_id, workstation, reason, reference)
  VALUES (p_actor.office_code, p_what, p_first, p_last, p_items, p_actor.staff_id, p_second, p_actor.workstation,
          nullif (left (btrim (p_reason), 2000), ''), nullif (left (btrim (p_reference), 100), ''))
  RETURNING id INTO v_id;
  RETURN v_id;
END
$$;

CREATE FUNCTION platen.note_stock (p_actor platen.actor, p_action text, p_subject text, p_detail jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM note (p_actor, p_actor.office_code, p_action, 'stock', p_subject, p_detail);
  PERFORM pg_notify ('platen', format ('stock 0 %s', p_actor.office_code));
END
$$;

CREATE FUNCTION platen.enter_stock (p_actor platen.actor, p_first text, p_last text, p_to platen.place, p_lot text, p_reference text, p_capacity int)
RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_count int := substr (p_last, 2)::int - substr (p_first, 2)::int + 1;
  v_entry bigint;
BEGIN
  PERFORM hold_stock (p_actor.office_code);
  PERFORM hold_stock (''); -- serials are of all offices: one delivery at a time
  -- The unique index sees the stock of all offices; the message must not.
  BEGIN
    INSERT INTO blank (serial, office_code, place, lot, capacity)
    SELECT r, p_actor.office_code, 'supplier', coalesce (btrim (p_lot), ''), p_capacity FROM run_of (p_first, p_last) r;
  EXCEPTION WHEN unique_violation THEN
    PERFORM refuse ('P0001', 'FIELD', format ('No blanks were added, because some of %s blanks from %s on are in the stock already. Compare'
                    ' the serials with the delivery note.', v_count, p_first));
  END;
  v_entry := write_entry (p_actor, 'received', p_first, p_last, v_count, NULL, p_reference);
  INSERT INTO stock_ledger (office_code, serial, from_place, to_place, staff_id, entry_id, by_two)
  SELECT p_actor.office_code, r, 'supplier', p_to, p_actor.staff_id, v_entry, false FROM run_of (p_first, p_last) r;
  RETURN v_count;
END
$$;

-- As in 0011: a delivery that goes into the safe at once.
CREATE OR REPLACE FUNCTION api.add_stock (p_first_serial text, p_count int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('admin', 'operator');
BEGIN
  IF coalesce (p_first_serial, '') !~ '^B[0-9]{8}$' OR p_count IS NULL OR p_count NOT BETWEEN 1 AND 100000
     OR substr (p_first_serial, 2)::int + p_count - 1 > 99999999 THEN
    PERFORM refuse ('P0001', 'FIELD', 'No blanks were added, because a serial is B with eight digits and a delivery has 1 to 100000 blanks.'
                    ' Read the first serial again.');
  END IF;
  PERFORM enter_stock (v_actor, p_first_serial, 'B' || lpad ((substr (p_first_serial, 2)::int + p_count - 1)::text, 8, '0'), 'safe', '', NULL, NULL);
  PERFORM note_stock (v_actor, 'add_stock', p_first_serial, jsonb_build_object ('count', p_count));
END
$$;

-- A delivery that lies before the safe: of blanks, or of ribbons or films that make so many cards each.
CREATE FUNCTION api.receive_stock (p_first text, p_last text, p_lot text, p_reference text, p_capacity int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('admin', 'operator', 'supervisor');
  v_count int;
BEGIN
  PERFORM check_run (p_first, p_last);
  IF length (btrim (p_lot)) > 40 THEN
    PERFORM refuse ('P0001', 'FIELD', 'The lot was not named, because its name has more than 40 letters. Give a shorter one.');
  ELSIF (left (p_first, 1) = 'B') <> (p_capacity IS NULL) OR p_capacity NOT BETWEEN 1 AND 100000 THEN
    PERFORM refuse ('P0001', 'FIELD', 'Nothing was received, because a ribbon or a film makes 1 to 100000 cards, and a blank is one. Say how many'
                    ' cards, or nothing.');
  END IF;
  v_count := enter_stock (v_actor, p_first, p_last, 'received', p_lot, p_reference, p_capacity);
  PERFORM note_stock (v_actor, 'stock_received', p_first, jsonb_build_object ('last', p_last, 'lot', p_lot, 'reference', p_reference,
                      'capacity', p_capacity));
  RETURN v_count;
END
$$;

-- All of a run from the places of p_from, or nothing. What is in custody only its holder gives away, or a supervisor.
CREATE FUNCTION platen.move_run (p_actor platen.actor, p_what text, p_first text, p_last text, p_from text[], p_printer text, p_to platen.place,
                                 p_holder text, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_count int := substr (p_last, 2)::int - substr (p_first, 2)::int + 1;
  v_other blank;
  v_entry bigint;
BEGIN
  PERFORM hold_stock (p_actor.office_code);
  PERFORM FROM blank WHERE office_code = p_actor.office_code AND serial BETWEEN p_first AND p_last ORDER BY serial FOR UPDATE;
  IF v_count <> (SELECT count (*) FROM blank WHERE office_code = p_actor.office_code AND serial BETWEEN p_first AND p_last) THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was changed in the stock, because office %s does not have all of %s to %s. Look at the serials'
                    ' again.', p_actor.office_code, p_first, p_last));
  END IF;
  SELECT * INTO v_other FROM blank b
   WHERE b.office_code = p_actor.office_code AND b.serial BETWEEN p_first AND p_last
     AND (b.place <> ALL (p_from) OR (b.place = 'loaded' AND b.holder <> coalesce (p_printer, b.holder)))
   ORDER BY b.serial LIMIT 1;
  IF FOUND AND v_other.place = ANY (p_from) THEN
    PERFORM refuse ('P0001', 'STATE', format ('Nothing was changed in the stock, because %s is loaded into printer %s. Name that one.',
                    v_other.serial, v_other.holder));
  ELSIF FOUND THEN
    PERFORM refuse ('P0001', 'STATE', format ('Nothing was changed in the stock, because the books have %s as %s; this step is for what they have as %s.'
                    ' List the stock again.', v_other.serial, v_other.place, array_to_string (p_from, ' or ')));
  END IF;
  SELECT * INTO v_other FROM blank b
   WHERE b.office_code = p_actor.office_code AND b.serial BETWEEN p_first AND p_last AND b.place = 'custody' AND b.holder <> p_actor.login
   ORDER BY b.serial LIMIT 1;
  IF FOUND AND NOT has_role ('supervisor') THEN
    PERFORM refuse ('P0001', 'CUSTODY', format ('Nothing was changed in the stock, because %s is in the custody of %s. Only they give it away, or a'
                    ' supervisor.', v_other.serial, v_other.holder));
  END IF;
  v_entry := write_entry (p_actor, p_what, p_first, p_last, v_count, p_reason);
  INSERT INTO stock_ledger (office_code, serial, from_place, from_holder, from_printer, to_place, to_holder, printer, staff_id, entry_id, by_two)
  SELECT b.office_code, b.serial, b.place, b.holder, b.printer, p_to, p_holder,
         CASE WHEN p_to = 'loaded' THEN p_holder WHEN p_to = 'spoiled' THEN b.printer END, p_actor.staff_id, v_entry, false
    FROM blank b
   WHERE b.office_code = p_actor.office_code AND b.serial BETWEEN p_first AND p_last;
  RETURN v_count;
END
$$;

-- Into the safe, into one’s own custody, or among what is spoiled and waits for its destruction.
CREATE FUNCTION api.move_stock (p_first text, p_last text, p_to text, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('admin', 'operator', 'supervisor');
  v_reason text := check_reason (p_reason);
  v_count  int;
BEGIN
  PERFORM check_run (p_first, p_last);
  IF p_to = 'safe' THEN
    v_count := move_run (v_actor, 'moved', p_first, p_last, '{received,custody}', NULL, 'safe', '', v_reason);
  ELSIF p_to = 'custody' THEN
    v_count := move_run (v_actor, 'moved', p_first, p_last, '{safe}', NULL, 'custody', v_actor.login, v_reason);
  ELSIF p_to = 'spoiled' AND v_reason IS NULL THEN
    PERFORM refuse ('P0001', 'REASON', 'Nothing was changed in the stock, because no reason was given. Say why.');
  ELSIF p_to = 'spoiled' THEN
    v_count := move_run (v_actor, 'moved', p_first, p_last, '{received,safe,custody,loaded}', NULL, 'spoiled', '', v_reason);
  ELSE
    PERFORM refuse ('P0001', 'FIELD', format ('Nothing was changed in the stock, because it is not moved to %s. Say safe, custody or spoiled.',
                    quote_literal (coalesce (p_to, ''))));
  END IF;
  PERFORM note_stock (v_actor, 'stock_moved', p_first, jsonb_build_object ('last', p_last, 'to', p_to, 'reason', v_reason));
  RETURN v_count;
END
$$;

-- From here on cards for this printer take what was loaded, until all of it is unloaded.
CREATE FUNCTION api.load_printer (p_printer text, p_first text, p_last text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator');
  v_roll  blank;
  v_count int;
BEGIN
  PERFORM check_run (p_first, p_last);
  IF btrim (coalesce (p_printer, '')) = '' OR length (p_printer) > 200 THEN
    PERFORM refuse ('P0001', 'FIELD', 'Nothing was loaded, because no printer was named. Choose one.');
  ELSIF p_first !~ '^B' AND p_first <> p_last THEN
    PERFORM refuse ('P0001', 'FIELD', 'Nothing was loaded, because a printer takes one ribbon and one film. Load a single one.');
  END IF;
  SELECT * INTO v_roll FROM blank b
   WHERE b.office_code = v_actor.office_code AND b.kind <> 'blank' AND left (b.serial, 1) = left (p_first, 1) AND b.place = 'loaded'
     AND b.holder = p_printer AND b.serial <> p_first;
  IF FOUND THEN
    PERFORM refuse ('P0001', 'STATE', format ('Nothing was loaded, because printer %s has %s already. Unload that first.', p_printer, v_roll.serial));
  END IF;
  v_count := move_run (v_actor, 'loaded', p_first, p_last, '{safe,custody}', NULL, 'loaded', p_printer, NULL);
  UPDATE stock_printer SET by_load = true WHERE office_code = v_actor.office_code AND printer = p_printer AND p_first ~ '^B';
  PERFORM note_stock (v_actor, 'printer_loaded', p_first, jsonb_build_object ('last', p_last, 'printer', p_printer));
  RETURN v_count;
END
$$;

CREATE FUNCTION api.unload_printer (p_printer text, p_first text, p_last text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator');
  v_count int;
BEGIN
  PERFORM check_run (p_first, p_last);
  v_count := move_run (v_actor, 'unloaded', p_first, p_last, '{loaded}', coalesce (p_printer, ''), 'safe', '', NULL);
  UPDATE stock_printer SET by_load = false WHERE office_code = v_actor.office_code AND printer = p_printer AND remaining = 0 AND p_first ~ '^B';
  PERFORM note_stock (v_actor, 'printer_unloaded', p_first, jsonb_build_object ('last', p_last, 'printer', p_printer));
  RETURN v_count;
END
$$;

-- As in 0044, with the stock held.
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
  PERFORM hold_stock (v_actor.office_code);
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

-- ---- counting ----

-- “B00000001-B00000040, B00000051” as serials.
CREATE FUNCTION platen.read_runs (p_text text) RETURNS text[]
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
DECLARE
  v_word  text;
  v_found text[] := '{}';
  v_ends  text[];
BEGIN
  FOREACH v_word IN ARRAY regexp_split_to_array (btrim (upper (coalesce (p_text, '')), E' ,;\t\r\n'), '[ ,;\t\r\n]+') LOOP
    CONTINUE WHEN v_word = '';
    v_ends := regexp_match (v_word, '^([BRF][0-9]{8})(?:-([BRF][0-9]{8}))?$');
    IF v_ends IS NULL OR cardinality (v_found) > 200000 THEN
      PERFORM refuse ('P0001', 'FIELD', format ('Nothing was counted, because %s is no serial and no run of serials. Write B00000001 or'
                      ' B00000001-B00000040.', quote_literal (v_word)));
    END IF;
    PERFORM check_run (v_ends[1], coalesce (v_ends[2], v_ends[1]));
    v_found := v_found || ARRAY (SELECT run_of (v_ends[1], coalesce (v_ends[2], v_ends[1])));
  END LOOP;
  RETURN ARRAY (SELECT DISTINCT f FROM unnest (v_found) f ORDER BY f);
END
$$;

-- What a person finds at a place, serial by serial. What is missing is out of reach at once; what became of it two people explain.
CREATE FUNCTION api.count_stock (p_kind text, p_place text, p_holder text, p_found text,
                                 OUT count_id bigint, OUT expected int, OUT counted int, OUT missing text[], OUT surplus text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('admin', 'operator', 'supervisor');
  v_found  text[] := read_runs (p_found);
  v_holder text := coalesce (p_holder, '');
  v_entry  bigint;
BEGIN
  IF NOT coalesce (p_kind IN ('blank', 'ribbon', 'film') AND p_place IN ('received', 'safe', 'custody', 'loaded', 'spoiled')
                   AND (p_place IN ('custody', 'loaded')) = (v_holder <> ''), false) THEN
    PERFORM refuse ('P0001', 'FIELD', 'Nothing was counted, because this is no place that is counted: received, safe, spoiled, custody with a login or'
                    ' loaded with a printer. Name one.');
  END IF;
  PERFORM hold_stock (v_actor.office_code);
  PERFORM FROM blank b
   WHERE b.office_code = v_actor.office_code
     AND ((b.kind = p_kind AND b.place = p_place AND b.holder = v_holder) OR b.serial = ANY (v_found)) ORDER BY b.serial FOR UPDATE;
  SELECT count (*), coalesce (array_agg (b.serial ORDER BY b.serial) FILTER (WHERE b.serial <> ALL (v_found)), '{}') INTO expected, missing
    FROM blank b WHERE b.office_code = v_actor.office_code AND b.kind = p_kind AND b.place = p_place AND b.holder = v_holder;
  surplus := ARRAY (SELECT f FROM unnest (v_found) f
                     WHERE NOT EXISTS (SELECT FROM blank b WHERE b.serial = f AND b.office_code = v_actor.office_code AND b.kind = p_kind
                                                             AND b.place = p_place AND b.holder = v_holder) ORDER BY f);
  counted := cardinality (v_found);
  INSERT INTO stock_count (office_code, staff_id, workstation, kind, place, holder, expected, counted)
  VALUES (v_actor.office_code, v_actor.staff_id, v_actor.workstation, p_kind, p_place, v_holder, expected, counted)
  RETURNING id INTO count_id;
  INSERT INTO stock_difference (count_id, serial, office_code, missing, booked_place, booked_holder)
  SELECT count_id, m, v_actor.office_code, true, p_place, v_holder FROM unnest (missing) m
   UNION ALL
  SELECT count_id, s, v_actor.office_code, false, b.place, b.holder
    FROM unnest (surplus) s LEFT JOIN blank b ON b.serial = s AND b.office_code = v_actor.office_code;
  IF cardinality (missing) > 0 THEN
    v_entry := write_entry (v_actor, 'counted', missing[1], missing[cardinality (missing)], cardinality (missing), NULL);
    INSERT INTO stock_ledger (office_code, serial, from_place, from_holder, from_printer, to_place, printer, staff_id, entry_id, by_two)
    SELECT b.office_code, b.serial, b.place, b.holder, b.printer, 'missing', b.printer, v_actor.staff_id, v_entry, false
      FROM blank b WHERE b.serial = ANY (missing) AND b.office_code = v_actor.office_code;
  END IF;
  PERFORM note_stock (v_actor, 'stock_counted', count_id::text, jsonb_build_object ('kind', p_kind, 'place', p_place, 'holder', nullif (v_holder, ''),
                      'expected', expected, 'counted', counted, 'missing', to_jsonb (missing), 'surplus', to_jsonb (surplus)));
END
$$;

-- ---- what takes two ----

CREATE FUNCTION platen.spoiled_run (p_office text, p_first text, p_last text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (array_agg (b.serial ORDER BY b.serial), '{}') FROM blank b
   WHERE b.office_code = p_office AND b.serial BETWEEN p_first AND p_last AND b.place = 'spoiled'
$$;

CREATE FUNCTION platen.open_differences (p_office text, p_count bigint) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (array_agg (d.serial ORDER BY d.serial), '{}') FROM stock_difference d
   WHERE d.office_code = p_office AND d.count_id = p_count
     AND NOT EXISTS (SELECT FROM stock_explained e WHERE e.count_id = d.count_id AND e.serial = d.serial)
$$;

CREATE FUNCTION platen.propose_stock (p_actor platen.actor, p_what text, p_serials text[], p_count bigint, p_right text, p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_id bigint;
BEGIN
  IF p_reason IS NULL THEN
    PERFORM refuse ('P0001', 'REASON', 'Nothing was changed in the stock, because no reason was given. Say why.');
  END IF;
  INSERT INTO stock_proposal (office_code, what, first_serial, last_serial, items, digest, count_id, right_is, reason, proposed_by)
  VALUES (p_actor.office_code, p_what, p_serials[1], p_serials[cardinality (p_serials)], cardinality (p_serials),
          encode (sha256 (convert_to (array_to_string (p_serials, ' '), 'UTF8')), 'hex'), p_count, p_right, p_reason, p_actor.staff_id)
  RETURNING id INTO v_id;
  PERFORM note_stock (p_actor, 'stock_proposed', v_id::text, jsonb_build_object ('what', p_what, 'serials', to_jsonb (p_serials), 'count', p_count,
                      'right', p_right, 'reason', p_reason));
  RETURN v_id;
END
$$;

-- Of a run what is spoiled, and nothing else.
CREATE FUNCTION api.destroy_stock (p_first text, p_last text, p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor   actor := demand ('admin', 'operator', 'supervisor');
  v_serials text[];
BEGIN
  PERFORM check_run (p_first, p_last);
  PERFORM hold_stock (v_actor.office_code);
  v_serials := spoiled_run (v_actor.office_code, p_first, p_last);
  IF v_serials = '{}' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Nothing was proposed, because none of %s to %s is spoiled. First move there what shall be destroyed.',
                    p_first, p_last));
  END IF;
  RETURN propose_stock (v_actor, 'destroy', v_serials, NULL, NULL, check_reason (p_reason));
END
$$;

-- Who was right, where they differ: the books (it was overlooked, or misread) or the count (it is lost, or lies where it was found).
CREATE FUNCTION api.explain_count (p_count bigint, p_right text, p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor   actor := demand ('admin', 'operator', 'supervisor');
  v_serials text[] := open_differences (v_actor.office_code, p_count);
BEGIN
  PERFORM hold_stock (v_actor.office_code);
  IF v_serials = '{}' THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was proposed, because no count %s has a difference that is not explained. List the counts'
                    ' again.', coalesce (p_count::text, '')));
  ELSIF NOT coalesce (p_right IN ('books', 'count'), false) THEN
    PERFORM refuse ('P0001', 'FIELD', 'Nothing was proposed, because either the books or the count are right. Say which.');
  END IF;
  RETURN propose_stock (v_actor, 'explain', v_serials, p_count, p_right, check_reason (p_reason));
END
$$;

CREATE FUNCTION platen.hold_proposal (p_actor platen.actor, p_proposal bigint) RETURNS platen.stock_proposal
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_proposal stock_proposal;
BEGIN
  PERFORM hold_stock (p_actor.office_code);
  SELECT * INTO v_proposal FROM stock_proposal WHERE id = p_proposal AND office_code = p_actor.office_code AND state = 'open' FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was changed in the stock, because no proposal %s is open. List the proposals again.',
                    coalesce (p_proposal::text, '')));
  END IF;
  RETURN v_proposal;
END
$$;

CREATE FUNCTION platen.post_explanation (p_actor platen.actor, p_proposal platen.stock_proposal, p_serials text[], p_entry bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_count stock_count;
  v_wrong record;
BEGIN
  SELECT * INTO STRICT v_count FROM stock_count WHERE id = p_proposal.count_id;
  SELECT d.serial, coalesce (b.place::text, 'supplier') AS place INTO v_wrong
    FROM stock_difference d LEFT JOIN blank b ON b.serial = d.serial AND b.office_code = d.office_code
   WHERE d.count_id = v_count.id AND d.serial = ANY (p_serials)
     AND CASE WHEN d.missing THEN b.place <> 'missing'
              ELSE p_proposal.right_is = 'count' AND (b.place IS NULL OR b.kind <> v_count.kind
                   OR b.place NOT IN ('received', 'safe', 'custody', 'loaded', 'spoiled', 'missing', 'lost')) END
   ORDER BY d.serial LIMIT 1;
  IF FOUND THEN
    PERFORM refuse ('P0001', 'STATE', format ('Proposal %s was not confirmed, because the books have %s as %s. Receive it first, or say that the books'
                    ' are right.', p_proposal.id, v_wrong.serial, v_wrong.place));
  END IF;
  INSERT INTO stock_ledger (office_code, serial, from_place, from_holder, from_printer, to_place, to_holder, printer, staff_id, entry_id, by_two)
  SELECT b.office_code, b.serial, b.place, b.holder, b.printer, t.place, t.holder,
         CASE WHEN t.place = 'loaded' THEN t.holder WHEN t.place IN ('spoiled', 'lost') THEN b.printer END, p_actor.staff_id, p_entry, true
    FROM stock_difference d JOIN blank b ON b.serial = d.serial AND b.office_code = d.office_code
   CROSS JOIN LATERAL (SELECT CASE WHEN NOT d.missing THEN v_count.place WHEN p_proposal.right_is = 'count' THEN 'lost' ELSE d.booked_place END AS place,
                              CASE WHEN NOT d.missing THEN v_count.holder WHEN p_proposal.right_is = 'count' THEN '' ELSE d.booked_holder END AS holder) t
   WHERE d.count_id = v_count.id AND d.serial = ANY (p_serials) AND (d.missing OR p_proposal.right_is = 'count')
     AND (b.place::text, b.holder) <> (t.place::text, t.holder);
  INSERT INTO stock_explained (count_id, serial, office_code, entry_id)
  SELECT v_count.id, s, p_actor.office_code, p_entry FROM unnest (p_serials) s;
END
$$;

-- By another person, of exactly what was proposed.
CREATE FUNCTION api.confirm_stock (p_proposal bigint) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor    actor := demand ('admin', 'operator', 'supervisor');
  v_proposal stock_proposal := hold_proposal (v_actor, p_proposal);
  v_serials  text[];
  v_entry    bigint;
BEGIN
  IF v_proposal.proposed_by = v_actor.staff_id THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', format ('Proposal %s was not confirmed, because you made it yourself. Ask a colleague.', v_proposal.id));
  END IF;
  v_serials := CASE v_proposal.what WHEN 'destroy' THEN spoiled_run (v_actor.office_code, v_proposal.first_serial, v_proposal.last_serial)
                                    ELSE open_differences (v_actor.office_code, v_proposal.count_id) END;
  IF encode (sha256 (convert_to (array_to_string (v_serials, ' '), 'UTF8')), 'hex') <> v_proposal.digest THEN
    PERFORM refuse ('PL409', 'STALE', format ('Proposal %s was not confirmed, because the stock is not what it was. Refuse it, and propose it anew.',
                    v_proposal.id));
  END IF;
  UPDATE stock_proposal SET state = 'confirmed', decided_by = v_actor.staff_id, decided_at = clock_timestamp() WHERE id = v_proposal.id;
  v_entry := write_entry (v_actor, CASE v_proposal.what WHEN 'destroy' THEN 'destroyed' ELSE 'explained' END, v_proposal.first_serial,
                          v_proposal.last_serial, v_proposal.items, v_proposal.reason, NULL, v_proposal.proposed_by);
  IF v_proposal.what = 'destroy' THEN
    INSERT INTO stock_ledger (office_code, serial, from_place, from_holder, from_printer, to_place, printer, staff_id, entry_id, by_two)
    SELECT b.office_code, b.serial, b.place, b.holder, b.printer, 'destroyed', b.printer, v_actor.staff_id, v_entry, true
      FROM blank b WHERE b.office_code = v_actor.office_code AND b.serial = ANY (v_serials);
  ELSE
    PERFORM post_explanation (v_actor, v_proposal, v_serials, v_entry);
  END IF;
  PERFORM note_stock (v_actor, 'stock_confirmed', v_proposal.id::text, jsonb_build_object ('what', v_proposal.what, 'serials', to_jsonb (v_serials)));
  RETURN v_proposal.items;
END
$$;

-- By another person, or taken back by who made it.
CREATE FUNCTION api.refuse_stock (p_proposal bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor    actor := demand ('admin', 'operator', 'supervisor');
  v_proposal stock_proposal := hold_proposal (v_actor, p_proposal);
BEGIN
  UPDATE stock_proposal SET state = 'refused', decided_by = v_actor.staff_id, decided_at = clock_timestamp() WHERE id = v_proposal.id;
  PERFORM note_stock (v_actor, 'stock_refused', v_proposal.id::text, jsonb_build_object ('what', v_proposal.what));
END
$$;

-- ---- reading ----

CREATE OR REPLACE VIEW api.stock WITH (security_barrier) AS
SELECT b.office_code, b.place::text AS place, count (*)::int AS blanks
  FROM platen.blank b
 WHERE b.kind = 'blank' AND (SELECT platen.may_read ())
 GROUP BY b.office_code, b.place;

-- Serials without a gap that lie together.
CREATE VIEW api.stock_run WITH (security_barrier) AS
SELECT s.office_code, s.kind, s.place, s.holder, s.lot, min (s.serial) AS first, max (s.serial) AS last, count (*)::int AS items,
       CASE WHEN s.kind <> 'blank' THEN sum (greatest (s.capacity - s.used, 0))::int END AS makes
  FROM (SELECT b.office_code, b.kind, b.place::text AS place, b.holder, b.lot, b.serial, b.capacity, b.used,
               substr (b.serial, 2)::int - row_number () OVER (PARTITION BY b.office_code, b.kind, b.place::text, b.holder, b.lot ORDER BY b.serial) AS run
          FROM platen.blank b
         WHERE (SELECT platen.may_read ())) s
 GROUP BY s.office_code, s.kind, s.place, s.holder, s.lot, s.run;

CREATE VIEW api.stock_printer WITH (security_barrier) AS
SELECT t.office_code, t.printer, t.loaded, t.remaining, t.used, t.issued, t.spoiled, t.missing, t.by_load,
       r.serial AS ribbon, r.lot AS ribbon_lot, CASE WHEN r.used > r.capacity THEN 0 ELSE r.capacity - r.used END AS ribbon_left,
       f.serial AS film, f.lot AS film_lot, CASE WHEN f.used > f.capacity THEN 0 ELSE f.capacity - f.used END AS film_left
  FROM platen.stock_printer t
  LEFT JOIN platen.blank r ON r.office_code = t.office_code AND r.kind = 'ribbon' AND r.place = 'loaded' AND r.holder = t.printer
  LEFT JOIN platen.blank f ON f.office_code = t.office_code AND f.kind = 'film' AND f.place = 'loaded' AND f.holder = t.printer
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.stock_entry WITH (security_barrier) AS
SELECT e.id, e.at, e.office_code, s.name AS who, t.name AS second, e.workstation, e.what, e.first_serial AS first, e.last_serial AS last, e.items,
       e.reason, e.reference
  FROM platen.stock_entry e JOIN platen.staff s ON s.id = e.staff_id LEFT JOIN platen.staff t ON t.id = e.second_id
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.stock_line WITH (security_barrier) AS
SELECT l.id, l.at, l.office_code, l.serial, l.from_place::text AS from_place, l.from_holder, l.to_place::text AS to_place, l.to_holder, l.printer,
       s.name AS who, l.entry_id, c.number AS card
  FROM platen.stock_ledger l LEFT JOIN platen.staff s ON s.id = l.staff_id LEFT JOIN platen.card c ON c.id = l.card_id
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.stock_count WITH (security_barrier) AS
SELECT c.id, c.at, c.office_code, s.name AS who, c.kind, c.place::text AS place, c.holder, c.expected, c.counted,
       (SELECT coalesce (array_agg (d.serial ORDER BY d.serial), '{}') FROM platen.stock_difference d WHERE d.count_id = c.id AND d.missing) AS missing,
       (SELECT coalesce (array_agg (d.serial ORDER BY d.serial), '{}') FROM platen.stock_difference d WHERE d.count_id = c.id AND NOT d.missing) AS surplus,
       (SELECT count (*)::int FROM platen.stock_difference d WHERE d.count_id = c.id
           AND NOT EXISTS (SELECT FROM platen.stock_explained e WHERE e.count_id = d.count_id AND e.serial = d.serial)) AS unexplained
  FROM platen.stock_count c JOIN platen.staff s ON s.id = c.staff_id
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.stock_proposal WITH (security_barrier) AS
SELECT p.id, p.office_code, p.what, p.first_serial AS first, p.last_serial AS last, p.items, p.count_id, p.right_is, p.reason, p.proposed_at,
       s.name AS proposed_by, p.state, d.name AS decided_by, p.decided_at
  FROM platen.stock_proposal p JOIN platen.staff s ON s.id = p.proposed_by LEFT JOIN platen.staff d ON d.id = p.decided_by
 WHERE (SELECT platen.may_read ());

-- The stock meets the queue: for whom who waits for a card there is one. A kind of roll that was never received is not counted.
CREATE VIEW api.stock_left WITH (security_barrier) AS
SELECT o.code AS office_code, b.cards, b.received, b.in_safe, b.in_custody, b.in_printers, r.ribbon, r.film, a.submitted, a.approved,
       a.submitted + a.approved AS waiting, least (b.cards, r.ribbon, r.film) AS makes,
       greatest (a.submitted + a.approved - least (b.cards, r.ribbon, r.film), 0) AS short,
       CASE WHEN a.submitted + a.approved > least (b.cards, r.ribbon, r.film)
            THEN platen.in_words ('stock', format ('%s people wait for a card, and there is stock for %s.', a.submitted + a.approved,
                                                   least (b.cards, r.ribbon, r.film))) END AS warning
  FROM platen.office o
 CROSS JOIN LATERAL (SELECT count (*) FILTER (WHERE k.place <> 'received')::int AS cards, count (*) FILTER (WHERE k.place = 'received')::int AS received,
                            count (*) FILTER (WHERE k.place = 'safe')::int AS in_safe, count (*) FILTER (WHERE k.place = 'custody')::int AS in_custody,
                            count (*) FILTER (WHERE k.place = 'loaded')::int AS in_printers
                       FROM platen.blank k
                      WHERE k.office_code = o.code AND k.kind = 'blank' AND k.place IN ('received', 'safe', 'custody', 'loaded')) b
 CROSS JOIN LATERAL (SELECT (sum (greatest (k.capacity - k.used, 0)) FILTER (WHERE k.kind = 'ribbon' AND k.place IN ('safe', 'custody', 'loaded')))::int
                              AS ribbon_there, bool_or (k.kind = 'ribbon') AS has_ribbon,
                            (sum (greatest (k.capacity - k.used, 0)) FILTER (WHERE k.kind = 'film' AND k.place IN ('safe', 'custody', 'loaded')))::int
                              AS film_there, bool_or (k.kind = 'film') AS has_film
                       FROM platen.blank k WHERE k.office_code = o.code AND k.kind IN ('ribbon', 'film')) k
 CROSS JOIN LATERAL (SELECT CASE WHEN k.has_ribbon THEN coalesce (k.ribbon_there, 0) END AS ribbon,
                            CASE WHEN k.has_film THEN coalesce (k.film_there, 0) END AS film) r
 CROSS JOIN LATERAL (SELECT count (*) FILTER (WHERE p.state = 'submitted')::int AS submitted, count (*) FILTER (WHERE p.state = 'approved')::int AS approved
                       FROM platen.application p WHERE p.office_code = o.code AND p.state IN ('submitted', 'approved')) a
 WHERE (SELECT platen.may_read ()) AND o.code = ANY ((SELECT platen.visible_offices ())::text[]);

REVOKE ALL ON FUNCTION platen.hold_stock (text), platen.post_stock (), platen.refuse_unposted (), platen.use_rolls (platen.card), platen.hold_batch_cards (),
  platen.take_blank (platen.actor, platen.application, text), platen.check_run (text, text), platen.run_of (text, text),
  platen.write_entry (platen.actor, text, text, text, int, text, text, int), platen.note_stock (platen.actor, text, text, jsonb),
  platen.enter_stock (platen.actor, text, text, platen.place, text, text, int),
  platen.move_run (platen.actor, text, text, text, text[], text, platen.place, text, text), platen.read_runs (text),
  platen.spoiled_run (text, text, text), platen.open_differences (text, bigint),
  platen.propose_stock (platen.actor, text, text[], bigint, text, text), platen.hold_proposal (platen.actor, bigint),
  platen.post_explanation (platen.actor, platen.stock_proposal, text[], bigint),
  api.receive_stock (text, text, text, text, int), api.move_stock (text, text, text, text), api.load_printer (text, text, text),
  api.unload_printer (text, text, text), api.count_stock (text, text, text, text), api.destroy_stock (text, text, text),
  api.explain_count (bigint, text, text), api.confirm_stock (bigint), api.refuse_stock (bigint) FROM PUBLIC;
GRANT SELECT ON api.stock_run, api.stock_printer, api.stock_entry, api.stock_line, api.stock_count, api.stock_proposal, api.stock_left
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION api.receive_stock (text, text, text, text, int), api.move_stock (text, text, text, text), api.load_printer (text, text, text),
  api.unload_printer (text, text, text), api.count_stock (text, text, text, text), api.destroy_stock (text, text, text),
  api.explain_count (bigint, text, text), api.confirm_stock (bigint), api.refuse_stock (bigint)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('stock', 'fr', '{waiting} people wait for a card, and there is stock for {makes}.',
 '{waiting} personnes attendent une carte, et le stock suffit pour {makes}.'),
('refusal', 'fr', 'Nothing was changed in the stock, because something is not where the ledger takes it from. List the stock again.',
 'Rien n’a été modifié dans le stock, car un élément n’est pas là où le registre le prend. Affichez de nouveau le stock.'),
('refusal', 'fr', 'Nothing was changed in the stock, because only a line of its ledger moves it. Write one.',
 'Rien n’a été modifié dans le stock, car seule une ligne de son registre le déplace. Écrivez-en une.'),
('refusal', 'fr', 'No card was reserved for application {application}, because no blank is left of those that were loaded into printer {printer}. Load'
                  ' some first.',
 'Aucune carte n’a été réservée pour la demande {application}, car il ne reste aucun des supports chargés dans l’imprimante {printer}. Chargez-en'
 ' d’abord.'),
('refusal', 'fr', 'Nothing was changed in the stock, because {serial} to {serial2} is no run of serials: B, R or F with eight digits each, the same letter,'
                  ' at most 100000. Read them again.',
 E'Rien n’a été modifié dans le stock, car de {serial} à {serial2} n’est pas une suite de numéros\u202f: B, R ou F et huit chiffres chacun, la même lettre,'
 ' au plus 100000. Relisez-les.'),
('refusal', 'fr', 'Nothing was received, because a ribbon or a film makes 1 to 100000 cards, and a blank is one. Say how many cards, or nothing.',
 'Rien n’a été reçu, car un ruban ou un film fait de 1 à 100000 cartes, et un support en est une. Dites combien de cartes, ou rien.'),
('refusal', 'fr', 'Nothing was changed in the stock, because office {office} does not have all of {serial} to {serial2}. Look at the serials again.',
 'Rien n’a été modifié dans le stock, car le bureau {office} n’a pas tout de {serial} à {serial2}. Regardez à nouveau les numéros.'),
('refusal', 'fr', 'Nothing was changed in the stock, because the books have {serial} as {stock_place}; this step is for what they have as {stock_place2}. List'
                  ' the stock again.',
 E'Rien n’a été modifié dans le stock, car les livres ont {serial} à l’état «\u202f{stock_place}\u202f»\u202f; cette opération vaut pour l’état\u202f: {stock_place2}.'
 ' Affichez de nouveau le stock.'),
('refusal', 'fr', 'Nothing was changed in the stock, because {serial} is loaded into printer {printer}. Name that one.',
 'Rien n’a été modifié dans le stock, car {serial} est chargé dans l’imprimante {printer}. Nommez celle-là.'),
('refusal', 'fr', 'Nothing was changed in the stock, because {serial} is in the custody of {login}. Only they give it away, or a supervisor.',
 'Rien n’a été modifié dans le stock, car {serial} est sous la garde de {login}. Seule cette personne le rend, ou un superviseur.'),
('refusal', 'fr', 'Nothing was changed in the stock, because no reason was given. Say why.',
 'Rien n’a été modifié dans le stock, faute de motif. Dites pourquoi.'),
('refusal', 'fr', 'Nothing was changed in the stock, because it is not moved to {quoted}. Say safe, custody or spoiled.',
 'Rien n’a été modifié dans le stock, car on ne le déplace pas vers {quoted}. Dites safe (coffre), custody (garde) ou spoiled (gâché).'),
('refusal', 'fr', 'Nothing was loaded, because no printer was named. Choose one.',
 'Rien n’a été chargé, car aucune imprimante n’a été nommée. Choisissez-en une.'),
('refusal', 'fr', 'Nothing was loaded, because a printer takes one ribbon and one film. Load a single one.',
 'Rien n’a été chargé, car une imprimante prend un ruban et un film. N’en chargez qu’un.'),
('refusal', 'fr', 'Nothing was loaded, because printer {printer} has {serial} already. Unload that first.',
 'Rien n’a été chargé, car l’imprimante {printer} a déjà {serial}. Déchargez-le d’abord.'),
('refusal', 'fr', 'Nothing was counted, because {quoted} is no serial and no run of serials. Write B00000001 or B00000001-B00000040.',
 'Rien n’a été compté, car {quoted} n’est ni un numéro ni une suite de numéros. Écrivez B00000001 ou B00000001-B00000040.'),
('refusal', 'fr', 'Nothing was counted, because this is no place that is counted: received, safe, spoiled, custody with a login or loaded with a printer. Name'
                  ' one.',
 E'Rien n’a été compté, car ce lieu ne se compte pas\u202f: received (reçu), safe (coffre), spoiled (gâché), custody (garde) avec un identifiant ou loaded'
 ' (chargé) avec une imprimante. Nommez-en un.'),
('refusal', 'fr', 'Nothing was proposed, because none of {serial} to {serial2} is spoiled. First move there what shall be destroyed.',
 'Rien n’a été proposé, car rien de {serial} à {serial2} n’est gâché. Mettez d’abord à cet état ce qui doit être détruit.'),
('refusal', 'fr', 'Nothing was proposed, because no count {id} has a difference that is not explained. List the counts again.',
 'Rien n’a été proposé, car aucun comptage {id} n’a d’écart inexpliqué. Affichez de nouveau les comptages.'),
('refusal', 'fr', 'Nothing was proposed, because either the books or the count are right. Say which.',
 'Rien n’a été proposé, car ce sont les livres ou le comptage qui ont raison. Dites lesquels.'),
('refusal', 'fr', 'Nothing was changed in the stock, because no proposal {id} is open. List the proposals again.',
 'Rien n’a été modifié dans le stock, car aucune proposition {id} n’est ouverte. Affichez de nouveau les propositions.'),
('refusal', 'fr', 'Proposal {id} was not confirmed, because the books have {serial} as {stock_place}. Receive it first, or say that the books are right.',
 E'La proposition {id} n’a pas été confirmée, car les livres ont {serial} à l’état «\u202f{stock_place}\u202f». Recevez-le d’abord, ou dites que les livres'
 ' ont raison.'),
('refusal', 'fr', 'Proposal {id} was not confirmed, because you made it yourself. Ask a colleague.',
 'La proposition {id} n’a pas été confirmée, car vous l’avez faite vous-même. Demandez à un collègue.'),
('refusal', 'fr', 'Proposal {id} was not confirmed, because the stock is not what it was. Refuse it, and propose it anew.',
 'La proposition {id} n’a pas été confirmée, car le stock n’est plus ce qu’il était. Refusez-la, et proposez-la de nouveau.'),
('stock_place', 'fr', 'supplier', 'chez le fournisseur'), ('stock_place', 'fr', 'received', 'reçu'), ('stock_place', 'fr', 'safe', 'au coffre'),
('stock_place', 'fr', 'custody', 'sous garde'), ('stock_place', 'fr', 'loaded', 'chargé'), ('stock_place', 'fr', 'printer', 'dans l’imprimante'),
('stock_place', 'fr', 'tray', 'au bac de sortie'), ('stock_place', 'fr', 'shelf', 'au casier'), ('stock_place', 'fr', 'person', 'remis'),
('stock_place', 'fr', 'spoiled', 'gâché'), ('stock_place', 'fr', 'destroyed', 'détruit'), ('stock_place', 'fr', 'missing', 'manquant'),
('stock_place', 'fr', 'lost', 'perdu');

INSERT INTO platen.schema_version (version, title) VALUES (58, 'stock by the books');
