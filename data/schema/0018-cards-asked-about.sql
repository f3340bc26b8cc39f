-- SPDX-License-Identifier: GPL-3.0-or-later
-- Cards that must be asked about. "Completed" is what the scheduler says when it has done with a job, also when the
-- printer lost its power with the card inside: CUPS 2.4 asks the printer for the job, the printer knows of none, and
-- that counts as an end. It notes so among the reasons of the queue (cups-ipp-missing-job-history), where it stays.
-- So a card is doubtful when that was not noted as its job was made and is when it ends. And a card that is said to
-- be out and that nobody has read back for some time is asked about in any case; only the plastic proves itself.

SET LOCAL ROLE platen_owner;

ALTER TABLE platen.office ADD COLUMN ask_after_minutes int NOT NULL DEFAULT 15 CHECK (ask_after_minutes BETWEEN 1 AND 1440);
ALTER TABLE platen.card
  ADD COLUMN printer_forgets boolean NOT NULL DEFAULT false, -- noted of the queue before this card's job
  ADD COLUMN found_at timestamptz;                           -- a person said that it came out

CREATE OR REPLACE VIEW api.office WITH (security_barrier) AS
SELECT o.code, o.name, o.ask_after_minutes
  FROM platen.office o
 WHERE (SELECT platen.may_read ());

CREATE OR REPLACE VIEW api.card WITH (security_barrier) AS
SELECT c.id, c.number, c.serial, c.state::text AS state, c.application_id, a.number AS application_number, a.holder_name, c.printer,
       c.job_id, c.job_uuid, c.print_key, c.front_sha256, c.back_sha256, c.file_sha256, c.layout, c.layout_version, c.changed_at,
       platen.in_words ('why', c.reason) AS reason,
       c.state = 'doubtful'
         OR (c.state = 'out' AND c.found_at IS NULL
             AND c.changed_at <= clock_timestamp() - make_interval (mins => o.ask_after_minutes)) AS asked_about
  FROM platen.card c JOIN platen.application a ON a.id = c.application_id JOIN platen.office o ON o.code = c.office_code
 WHERE (SELECT platen.may_read ());

CREATE FUNCTION api.set_ask_after (p_minutes int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := demand ('admin');
BEGIN
  IF p_minutes IS NULL OR p_minutes NOT BETWEEN 1 AND 1440 THEN
    PERFORM refuse ('P0001', 'FIELD', 'The time after which a card is asked about was not changed, because it is 1 to 1440 minutes. Give another'
                    ' number.');
  END IF;
  UPDATE office SET ask_after_minutes = p_minutes WHERE code = v_actor.office_code;
  PERFORM note (v_actor, v_actor.office_code, 'set_ask_after', 'office', v_actor.office_code, jsonb_build_object ('minutes', p_minutes));
  PERFORM pg_notify ('platen', format ('card 0 %s', v_actor.office_code));
END
$$;

-- Whether the queue had noted lost jobs before: then it cannot tell of this one.
DROP FUNCTION api.card_sent (bigint, int, text);
CREATE FUNCTION api.card_sent (p_card bigint, p_job_id int, p_job_uuid text, p_printer_forgets boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := demand ('operator');
  v_card  card := hold_card (v_actor, p_card);
BEGIN
  IF v_card.job_id = p_job_id AND v_card.job_uuid IS NOT DISTINCT FROM p_job_uuid THEN
    RETURN;
  END IF;
  IF p_job_id IS NULL OR v_card.state <> 'rendered' OR v_card.job_id IS NOT NULL THEN
    PERFORM refuse ('P0001', CASE WHEN v_card.job_id IS NULL THEN 'STATE' ELSE 'IN_FLIGHT' END,
                    format ('Print job %s was not noted for card %s, because the card is %s%s. Look at the card in the print room.',
                    p_job_id, v_card.number, replace (v_card.state, '_', ' '),
                    coalesce (' and has print job ' || v_card.job_id, '')));
  END IF;
  UPDATE card SET job_id = p_job_id, job_uuid = p_job_uuid, printer_forgets = coalesce (p_printer_forgets, false),
                  changed_at = clock_timestamp() WHERE id = p_card;
  PERFORM record_event (v_actor, v_card.application_id, p_card, 'job', format ('Print job %s was made for card %s.', p_job_id, v_card.number), NULL);
END
$$;

-- The print system has done with the job, and the printer knows of none.
CREATE FUNCTION api.card_forgotten (p_card bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := demand ('operator');
  v_card  card := hold_card (v_actor, p_card);
BEGIN
  IF v_card.printer_forgets THEN
    PERFORM follow_card (v_actor, p_card, 'out', 'Card %1$s left printer %2$s.');
  ELSIF v_card.state <> 'doubtful' THEN
    PERFORM card_step_with_reason (v_actor, p_card, '{rendered,sent,on_device}', 'doubtful', 'Nobody can say whether card %1$s came out.',
                                   'The printer was switched off or restarted while it had the card.');
  END IF;
END
$$;

-- As before, but that the blank of a doubtful card can go back: a person has found it unprinted.
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
                                WHEN 'spoiled' THEN 'destroyed' WHEN 'recalled' THEN 'destroyed'
                                WHEN 'cancelled' THEN 'safe' ELSE 'printer' END, p_card);
  PERFORM record_event (p_actor, v_card.application_id, p_card, p_to, p_text, p_why);
  IF p_to IN ('spoiled', 'cancelled') THEN
    PERFORM move_application (p_actor, v_card.application_id, 'approved',
                              format ('Card %s was %s; a new one can be made.', v_card.number, p_to), p_why);
  END IF;
END
$$;

-- The same answer from two desks, or for a card that was asked about because it lay too long, is no error.
CREATE OR REPLACE FUNCTION api.card_came_out (p_card bigint, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := demand ('operator');
  v_card  card := hold_card (v_actor, p_card);
BEGIN
  IF v_card.state = 'out' AND v_card.found_at IS NULL AND btrim (coalesce (p_reason, '')) <> '' THEN
    UPDATE card SET found_at = clock_timestamp() WHERE id = p_card;
    PERFORM record_event (v_actor, v_card.application_id, p_card, 'found', format ('%s found card %s.', v_actor.name, v_card.number), p_reason);
  ELSIF v_card.state <> 'out' OR v_card.found_at IS NULL THEN
    PERFORM card_step_with_reason (v_actor, p_card, '{doubtful}', 'out', '%2$s found card %1$s.', p_reason);
  END IF;
END
$$;

-- A card that is asked about becomes doubtful on the way, so that its history says why its blank came back.
CREATE OR REPLACE FUNCTION api.cancel_card (p_card bigint, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := demand ('operator');
  v_card  card := hold_card (v_actor, p_card);
BEGIN
  IF v_card.state = 'out' AND btrim (coalesce (p_reason, '')) <> ''
     AND (SELECT c.asked_about FROM api.card c WHERE c.id = p_card) THEN
    PERFORM move_card (v_actor, p_card, 'doubtful', format ('Nobody can say whether card %s came out.', v_card.number), p_reason);
  END IF;
  PERFORM card_step_with_reason (v_actor, p_card, '{reserved,rendered,doubtful}', 'cancelled', '%2$s cancelled card %1$s.', p_reason);
END
$$;

-- As before, but that a doubtful card answers for itself: whoever reads it back has found it.
CREATE OR REPLACE FUNCTION api.check_card (p_card bigint, p_scanned text, p_serial text, OUT matched boolean, OUT text text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
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
    PERFORM move_application (v_actor, v_card.application_id, 'ready', format ('Card %s is ready to be handed over.', v_card.number), NULL);
  ELSE
    text := format ('Card %s does not match its record: %s differs. Read it again; if it differs again, spoil it.', v_card.number, v_differs);
    PERFORM record_event (v_actor, v_card.application_id, p_card, 'readback_differs', text, NULL);
  END IF;
  text := in_words ('event', text);
END
$$;

GRANT EXECUTE ON FUNCTION api.set_ask_after (int), api.card_sent (bigint, int, text, boolean), api.card_forgotten (bigint)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

-- The programs give the last four.
INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'The time after which a card is asked about was not changed, because it is 1 to 1440 minutes. Give another number.',
 'Le délai après lequel une carte fait l’objet d’une question n’a pas été modifié, car il est de 1 à 1440 minutes. Indiquez un autre nombre.'),
('why', 'fr', 'The printer was switched off or restarted while it had the card.',
 E'L’imprimante a été éteinte ou a redémarré pendant qu’elle avait la carte.'),
('why', 'fr', 'It was read back.', 'Elle a été relue.'),
('why', 'fr', 'The print job ended without the card being known to be out.', 'L’impression s’est terminée sans qu’on sache si la carte est sortie.'),
('why', 'fr', 'The print job is gone, and nobody can say whether the card was printed.',
 'Le travail d’impression a disparu, et personne ne peut dire si la carte a été imprimée.'),
('why', 'fr', 'Printing was interrupted before the card was sent.', 'L’impression a été interrompue avant l’envoi de la carte.'),
('why', 'fr', 'The card was found.', 'La carte a été trouvée.');

INSERT INTO platen.schema_version (version, title) VALUES (18, 'cards asked about');
