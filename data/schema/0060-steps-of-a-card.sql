-- SPDX-License-Identifier: GPL-3.0-or-later
-- The steps of a card's life as one table: from which state to which, where its blank goes and what its application becomes. Whoever moves a
-- card reads it here and nowhere else; the program, the manual and the tests compare theirs with it. A step that is no row is refused.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.card_step (
  from_state  platen.card_state NOT NULL,
  to_state    platen.card_state NOT NULL CHECK (to_state <> from_state),
  place       text CHECK (place IN ('printer', 'tray', 'shelf', 'person', 'spoiled', 'back')), -- back: whence it was taken; NULL: stays
  application platen.application_state,                                                      -- NULL: stays
  PRIMARY KEY (from_state, to_state)
);

INSERT INTO platen.card_step (from_state, to_state, place, application) VALUES
('reserved', 'rendered', 'printer', NULL), ('reserved', 'cancelled', 'back', 'approved'),
('rendered', 'sent', 'printer', NULL), ('rendered', 'doubtful', 'printer', NULL), ('rendered', 'spoiled', 'spoiled', 'approved'),
('rendered', 'cancelled', 'back', 'approved'),
('sent', 'on_device', 'printer', NULL), ('sent', 'out', 'tray', NULL), ('sent', 'doubtful', 'printer', NULL),
('sent', 'spoiled', 'spoiled', 'approved'),
('on_device', 'out', 'tray', NULL), ('on_device', 'doubtful', 'printer', NULL), ('on_device', 'spoiled', 'spoiled', 'approved'),
('doubtful', 'out', 'tray', NULL), ('doubtful', 'spoiled', 'spoiled', 'approved'), ('doubtful', 'cancelled', 'back', 'approved'),
('out', 'checked', 'shelf', 'ready'), ('out', 'doubtful', 'printer', NULL), ('out', 'spoiled', 'spoiled', 'approved'),
('checked', 'issued', 'person', 'issued'), ('checked', 'spoiled', 'spoiled', 'approved'),
('issued', 'recalled', NULL, NULL); -- it is with the holder until it is brought back

CREATE TRIGGER card_step_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.card_step
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();

CREATE VIEW api.card_step WITH (security_barrier) AS
SELECT s.from_state::text AS from_state, s.to_state::text AS to_state, s.place, s.application::text AS application
  FROM platen.card_step s
 WHERE (SELECT platen.may_read ());
GRANT SELECT ON api.card_step TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

-- What the application's own history says of it.
CREATE FUNCTION platen.card_step_words (p_card platen.card, p_to text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT CASE p_to WHEN 'checked' THEN format ('Card %s is ready to be handed over.', p_card.number)
                   WHEN 'issued' THEN 'The citizen has the card.'
                   ELSE format ('Card %s was %s; a new one can be made.', p_card.number, p_to) END
$$;

-- As in 0058, by the table: card, blank and application go together.
CREATE OR REPLACE FUNCTION platen.move_card (p_actor platen.actor, p_card bigint, p_to platen.card_state, p_text text, p_why text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_card card;
  v_step card_step;
BEGIN
  SELECT * INTO STRICT v_card FROM card WHERE id = p_card FOR UPDATE;
  SELECT * INTO v_step FROM card_step s WHERE s.from_state = v_card.state AND s.to_state = p_to;
  IF NOT FOUND THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not changed, because it is %s and cannot become %s. Look at'
                    ' the card in the print room and take the step that is next.', v_card.number,
                    replace (v_card.state, '_', ' '), replace (p_to, '_', ' ')));
  END IF;
  UPDATE card SET state = p_to, changed_at = clock_timestamp(), reason = nullif (btrim (p_why), ''),
                  found_at = CASE WHEN v_card.state = 'doubtful' AND p_to = 'out' THEN clock_timestamp() END
   WHERE id = p_card;
  IF v_step.place IS NOT NULL THEN
    PERFORM stock_move (p_actor, v_card.office_code, v_card.serial,
                        CASE WHEN v_step.place <> 'back' THEN v_step.place WHEN v_card.by_hand THEN 'safe' ELSE 'loaded' END, p_card);
  END IF;
  PERFORM record_event (p_actor, v_card.application_id, p_card, p_to, p_text, p_why);
  IF v_step.application IS NOT NULL THEN
    PERFORM move_application (p_actor, v_card.application_id, v_step.application, card_step_words (v_card, p_to),
                              CASE WHEN p_to IN ('spoiled', 'cancelled') THEN p_why END);
  END IF;
END
$$;

-- As in 0018; the application goes with the card.
CREATE OR REPLACE FUNCTION platen.check_card (p_card bigint, p_scanned text, p_serial text, OUT matched boolean, OUT text text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor   actor := demand ('operator');
  v_card    card := hold_card (v_actor, p_card);
  v_differs text;
BEGIN
  IF v_card.state NOT IN ('out', 'doubtful') THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not checked, because it is %s. Only a card that left the printer can be read back.',
                    v_card.number, replace (v_card.state, '_', ' ')));
  END IF;
  v_differs := concat_ws (' and ', CASE WHEN NOT is_code_of (p_card, p_scanned) THEN 'its code' END,
                          CASE WHEN upper (btrim (p_serial, E' \r\n\t')) IS DISTINCT FROM v_card.serial THEN 'its serial' END);
  matched := v_differs = '';
  IF matched THEN
    IF v_card.state = 'doubtful' THEN
      PERFORM move_card (v_actor, p_card, 'out', format ('%s found card %s.', v_actor.name, v_card.number), 'It was read back.');
    END IF;
    text := format ('Card %s on blank %s was read back and matches.', v_card.number, v_card.serial);
    UPDATE card SET checked_in = v_actor.session_id WHERE id = p_card;
    PERFORM move_card (v_actor, p_card, 'checked', text, NULL);
  ELSE
    text := format ('Card %s does not match its record: %s differs. Read it again; if it differs again, spoil it.', v_card.number, v_differs);
    PERFORM record_event (v_actor, v_card.application_id, p_card, 'readback_differs', text, NULL);
  END IF;
  text := in_words ('event', text);
END
$$;

-- As in 0010; the application goes with the card.
CREATE OR REPLACE FUNCTION api.issue_card (p_card bigint, p_scanned text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator', 'clerk');
  v_card  card := hold_card (v_actor, p_card);
BEGIN
  IF v_card.state <> 'checked' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not handed over, because it is %s. Only a card that was read back can be handed'
                    ' over.', v_card.number, replace (v_card.state, '_', ' ')));
  END IF;
  IF (CASE WHEN p_scanned IS NULL THEN v_card.checked_in IS DISTINCT FROM v_actor.session_id
           ELSE NOT is_code_of (p_card, p_scanned) END) THEN
    PERFORM refuse ('P0001', 'READBACK_DIFFERS', format ('Card %s was not handed over, because %s. Scan the code on the card that is in'
                    ' your hand.', v_card.number, CASE WHEN p_scanned IS NULL THEN 'it was not read back in this session'
                    ELSE 'what was scanned is not its code' END));
  END IF;
  PERFORM move_card (v_actor, p_card, 'issued', format ('%s handed card %s over.', v_actor.name, v_card.number), NULL);
  INSERT INTO licence AS l (number, id_number, office_code, holder_name, categories, issue_date, expiry_date, card_number, application_id)
  SELECT a.licence_number, a.id_number, a.office_code, coalesce (a.holder_name, ''), a.categories, a.issue_date, a.expiry_date,
         v_card.number, a.id
    FROM application a WHERE a.id = v_card.application_id
  ON CONFLICT (number) DO UPDATE
    SET office_code = excluded.office_code, holder_name = excluded.holder_name, categories = excluded.categories,
        issue_date = excluded.issue_date, expiry_date = excluded.expiry_date, card_number = excluded.card_number,
        application_id = excluded.application_id;
END
$$;

REVOKE ALL ON FUNCTION platen.card_step_words (platen.card, text) FROM PUBLIC;

INSERT INTO platen.schema_version (version, title) VALUES (60, 'steps of a card');
