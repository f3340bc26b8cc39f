-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which blank a card is made of is decided when its print job leaves, because a feeder gives its blanks one after another. Cards that were
-- drawn ahead, given up, or taken over from a spooler that died, leave in another order than that in which they were reserved; each would be
-- printed on its neighbour’s blank, and no card would match its serial any more. One job at a time is on its way to a printer.

SET LOCAL ROLE platen_owner;

-- As card_one_per_blank of 0006, but that two cards can change blanks in one statement; and a blank that was booked as spoiled and that two
-- people found in a feeder is one like any other.
DROP INDEX platen.card_one_per_blank;
ALTER TABLE platen.card
  ADD CONSTRAINT card_one_per_blank EXCLUDE USING btree (serial WITH =) WHERE (state NOT IN ('cancelled', 'spoiled')) DEFERRABLE INITIALLY IMMEDIATE;

-- A card that is being sent has two seconds; what takes longer has died, or the print server is slow, and then the read-back tells.
-- Whoever waits holds nothing else.
CREATE FUNCTION platen.wait_for_turn (p_card bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_card card;
BEGIN
  SELECT * INTO v_card FROM card WHERE id = p_card;
  IF NOT FOUND OR v_card.by_hand THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock (hashtext ('turn'), hashtext (v_card.office_code || ' ' || v_card.printer));
  WHILE EXISTS (SELECT FROM card c
                 WHERE c.office_code = v_card.office_code AND c.printer = v_card.printer AND c.state = 'rendered' AND c.job_id IS NOT NULL
                   AND c.id <> p_card AND c.changed_at > clock_timestamp() - interval '2 s') LOOP
    PERFORM pg_sleep (0.02);
  END LOOP;
END
$$;

-- The first blank of the printer that no job has left for: another card’s, which gets this one’s, or one that lies in the feeder again. A card
-- that somebody holds just now is not waited for, because whoever holds a card may wait for the stock.
CREATE FUNCTION platen.take_next_blank (p_actor platen.actor, p_card platen.card) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_lot   text;
  v_next  text;
  v_other card;
BEGIN
  PERFORM hold_stock (p_card.office_code);
  SELECT b.lot INTO STRICT v_lot FROM blank b WHERE b.serial = p_card.serial;
  SELECT min (b.serial) INTO v_next FROM blank b
   WHERE b.office_code = p_card.office_code AND b.kind = 'blank' AND b.place = 'loaded' AND b.holder = p_card.printer AND b.lot = v_lot
     AND b.serial < p_card.serial;
  SELECT c.* INTO v_other FROM card c JOIN blank b ON b.serial = c.serial
   WHERE c.office_code = p_card.office_code AND c.printer = p_card.printer AND c.state IN ('reserved', 'rendered') AND c.job_id IS NULL
     AND NOT c.by_hand AND b.lot = v_lot AND c.serial < least (p_card.serial, v_next)
   ORDER BY c.serial LIMIT 1 FOR UPDATE OF c SKIP LOCKED;
  IF v_other.id IS NOT NULL THEN
    v_next := v_other.serial;
    UPDATE card c SET serial = CASE c.id WHEN p_card.id THEN v_other.serial ELSE p_card.serial END WHERE c.id IN (p_card.id, v_other.id);
  ELSIF v_next IS NOT NULL THEN
    PERFORM stock_move (p_actor, p_card.office_code, p_card.serial, 'loaded', p_card.id);
    UPDATE card c SET serial = v_next WHERE c.id = p_card.id;
    PERFORM stock_move (p_actor, p_card.office_code, v_next, 'printer', p_card.id);
  ELSE
    RETURN;
  END IF;
  PERFORM record_event (p_actor, p_card.application_id, p_card.id, 'job',
                        format ('Card %s is made of blank %s, which is next in the feeder.', p_card.number, v_next), NULL);
END
$$;

-- As in 0018, in its turn and on the blank that is next.
CREATE OR REPLACE FUNCTION api.card_sent (p_card bigint, p_job_id int, p_job_uuid text, p_printer_forgets boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator');
  v_card  card;
BEGIN
  PERFORM wait_for_turn (p_card);
  v_card := hold_card (v_actor, p_card);
  IF v_card.job_id = p_job_id AND v_card.job_uuid IS NOT DISTINCT FROM p_job_uuid THEN
    RETURN;
  END IF;
  IF p_job_id IS NULL OR v_card.state <> 'rendered' OR v_card.job_id IS NOT NULL THEN
    PERFORM refuse ('P0001', CASE WHEN v_card.job_id IS NULL THEN 'STATE' ELSE 'IN_FLIGHT' END,
                    format ('Print job %s was not noted for card %s, because the card is %s%s. Look at the card in the print room.',
                    p_job_id, v_card.number, replace (v_card.state, '_', ' '),
                    coalesce (' and has print job ' || v_card.job_id, '')));
  END IF;
  IF NOT v_card.by_hand THEN
    PERFORM take_next_blank (v_actor, v_card);
  END IF;
  UPDATE card SET job_id = p_job_id, job_uuid = p_job_uuid, printer_forgets = coalesce (p_printer_forgets, false),
                  changed_at = clock_timestamp() WHERE id = p_card;
  PERFORM record_event (v_actor, v_card.application_id, p_card, 'job', format ('Print job %s was made for card %s.', p_job_id, v_card.number), NULL);
END
$$;

REVOKE ALL ON FUNCTION platen.wait_for_turn (bigint), platen.take_next_blank (platen.actor, platen.card) FROM PUBLIC;

INSERT INTO platen.translation (context, language, english, text) VALUES
('event', 'fr', 'Card {card} is made of blank {serial}, which is next in the feeder.',
 'La carte {card} est faite du support {serial}, qui est le suivant dans le chargeur.');

INSERT INTO platen.schema_version (version, title) VALUES (67, 'blanks in the order of the feeder');
