-- SPDX-License-Identifier: GPL-3.0-or-later
-- From an approved application to the card in the hand.

SET LOCAL ROLE platen_owner;

-- Everything that is printed. Before the approval licence number, dates and categories are the plan, so
-- that a draft can be previewed.
CREATE FUNCTION api.card_data (p_application bigint)
RETURNS TABLE (family_name text, given_names text, family_name_native text, given_names_native text, birth_date date,
               birth_place text, sex text, nationality text, address text, death_date date,
               licence_number text, issue_date date, expiry_date date, categories text, authority text,
               portrait bytea, signature bytea, application_number text, card_number text,
               id_number text, card_serial text, approved boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor', 'operator', 'auditor');
  v_application application;
  v_facts       facts;
BEGIN
  SELECT * INTO v_application FROM application WHERE id = p_application;  -- an auditor's are all offices
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('The card was not drawn, because office %s has no application with the record'
                    ' number %s. Search for it again.', v_actor.office_code, coalesce (p_application::text, 'NULL')));
  END IF;
  v_facts := gather_facts (p_application);
  RETURN QUERY
  SELECT person_value (v_facts, 'family_name'), person_value (v_facts, 'given_names'),
         person_value (v_facts, 'family_name_native'), person_value (v_facts, 'given_names_native'), v_facts.birth_date,
         person_value (v_facts, 'birth_place'), person_value (v_facts, 'sex'), person_value (v_facts, 'nationality'),
         person_value (v_facts, 'address'), to_date_or_null (person_value (v_facts, 'death_date')),
         coalesce (v_application.licence_number, n.number, nullif (v_facts.driver ->> 'licence_number', '')),
         coalesce (v_application.issue_date, v_facts.today), coalesce (v_application.expiry_date, p.expiry_date),
         CASE WHEN v_application.issue_date IS NULL THEN p.categories ELSE v_application.categories END, o.name,
         (SELECT i.image FROM application_image i WHERE i.application_id = p_application AND i.kind = 'portrait'),
         (SELECT i.image FROM application_image i WHERE i.application_id = p_application AND i.kind = 'signature'),
         v_application.number, c.number, v_application.id_number, c.serial, v_application.issue_date IS NOT NULL
    FROM plan_categories (v_facts) p
    JOIN office o ON o.code = v_application.office_code
    LEFT JOIN licence_number n ON n.id_number = v_application.id_number
    LEFT JOIN card c ON c.application_id = p_application AND c.state NOT IN ('spoiled', 'cancelled', 'recalled');
END
$$;

CREATE FUNCTION platen.take_blank (p_actor platen.actor, p_application platen.application) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_serial text;
BEGIN
  SELECT serial INTO v_serial FROM blank WHERE office_code = p_actor.office_code AND place = 'safe'
   ORDER BY serial LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    PERFORM refuse ('P0001', 'NO_STOCK', format ('No card was reserved for application %s, because office %s has no blank left. Add'
                    ' blanks to the stock first.', p_application.number, p_actor.office_code));
  END IF;
  RETURN v_serial;
END
$$;

CREATE FUNCTION api.reserve_card (p_application bigint, p_print_key uuid, p_printer text)
RETURNS TABLE (card_id bigint, card_number text, serial text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_actor       actor := demand ('operator');
  v_application application := find_application (v_actor, p_application); -- two desks wait here for each other
  v_card        card;
  v_serial      text;
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
  v_serial := take_blank (v_actor, v_application);
  INSERT INTO card (number, application_id, office_code, serial, print_key, printer, reserved_by)
  VALUES (next_number (v_actor.office_code, 'card'), p_application, v_actor.office_code, v_serial, p_print_key, p_printer, v_actor.staff_id)
  RETURNING * INTO v_card;
  PERFORM stock_move (v_actor, v_actor.office_code, v_serial, 'printer', v_card.id);
  PERFORM record_event (v_actor, p_application, v_card.id, 'reserved', format ('%s reserved card %s on blank %s.', v_actor.name, v_card.number,
                        v_serial), NULL);
  PERFORM move_application (v_actor, p_application, 'in_production', format ('Card %s is being made.', v_card.number), NULL);
  RETURN QUERY SELECT v_card.id, v_card.number, v_card.serial;
END
$$;

-- Again until the print system has the job: drawing it once more after a crash replaces the file.
CREATE FUNCTION api.card_rendered (p_card bigint, p_layout text, p_layout_version int, p_front_sha256 text, p_back_sha256 text,
                                   p_file_sha256 text, p_file bytea, p_qr_text text, p_pdf417 bytea, p_mrz text, p_inputs jsonb)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := demand ('operator');
  v_card  card := hold_card (v_actor, p_card);
BEGIN
  IF v_card.job_id IS NOT NULL AND v_card.state = 'rendered' THEN
    PERFORM refuse ('P0001', 'STATE', format ('The file of card %s was not replaced, because the print system has it already. Follow the'
                    ' print job.', v_card.number));
  END IF;
  IF coalesce (p_qr_text, '') = '' OR p_file IS NULL OR p_inputs IS NULL OR p_layout IS NULL OR p_layout_version IS NULL
     OR coalesce (p_file_sha256, '') <> encode (sha256 (p_file), 'hex')
     OR coalesce (p_front_sha256, '') !~ '^[0-9a-f]{64}$' OR coalesce (p_back_sha256, '') !~ '^[0-9a-f]{64}$' THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The file of card %s was not kept, because it is incomplete or its hash is wrong. Draw the'
                    ' card again.', v_card.number));
  END IF;
  INSERT INTO card_file (card_id, office_code, file, qr_text, pdf417, mrz, inputs)
  VALUES (p_card, v_actor.office_code, p_file, p_qr_text, p_pdf417, p_mrz, p_inputs)
  ON CONFLICT (card_id) DO UPDATE SET file = excluded.file, qr_text = excluded.qr_text, pdf417 = excluded.pdf417,
                                      mrz = excluded.mrz, inputs = excluded.inputs;
  UPDATE card SET layout = p_layout, layout_version = p_layout_version, front_sha256 = p_front_sha256, back_sha256 = p_back_sha256,
                  file_sha256 = p_file_sha256, changed_at = clock_timestamp() WHERE id = p_card;
  IF v_card.state <> 'rendered' THEN
    PERFORM move_card (v_actor, p_card, 'rendered', format ('Card %s was drawn.', v_card.number), NULL);
  END IF;
END
$$;

CREATE FUNCTION api.card_sent (p_card bigint, p_job_id int, p_job_uuid text) RETURNS void
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
  UPDATE card SET job_id = p_job_id, job_uuid = p_job_uuid, changed_at = clock_timestamp() WHERE id = p_card;
  PERFORM record_event (v_actor, v_card.application_id, p_card, 'job', format ('Print job %s was made for card %s.', p_job_id, v_card.number), NULL);
END
$$;

CREATE FUNCTION api.card_released (p_card bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := demand ('operator');
  v_card  card := hold_card (v_actor, p_card);
BEGIN
  IF v_card.state = 'sent' THEN
    RETURN;
  END IF;
  IF v_card.job_id IS NULL AND v_card.state = 'rendered' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not sent, because no print job was noted for it. Print it again.', v_card.number));
  END IF;
  PERFORM move_card (v_actor, p_card, 'sent', format ('Card %s was sent to %s.', v_card.number, v_card.printer), NULL);
END
$$;

-- What the print system says is asked for every second by every desk that watches: the same news twice
-- is no error.
CREATE FUNCTION platen.follow_card (p_actor platen.actor, p_card bigint, p_to platen.card_state, p_text text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_card card := hold_card (p_actor, p_card);
BEGIN
  IF v_card.state = 'doubtful' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not changed, because it is doubtful: a person must say whether it came out.'
                    ' Answer for it in the print room.', v_card.number));
  ELSIF v_card.state <> p_to THEN
    PERFORM move_card (p_actor, p_card, p_to, format (p_text, v_card.number, v_card.printer), NULL);
  END IF;
END
$$;

CREATE FUNCTION api.card_on_device (p_card bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT follow_card (demand ('operator'), p_card, 'on_device', 'Printer %2$s works on card %1$s.')
$$;

CREATE FUNCTION api.card_out (p_card bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT follow_card (demand ('operator'), p_card, 'out', 'Card %1$s left printer %2$s.')
$$;

-- For the steps that a person answers for: a reason is needed.
CREATE FUNCTION platen.card_step_with_reason (p_actor platen.actor, p_card bigint, p_from text[], p_to platen.card_state, p_text text,
                                              p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_card card := hold_card (p_actor, p_card);
BEGIN
  IF btrim (coalesce (p_reason, '')) = '' THEN
    PERFORM refuse ('P0001', 'REASON', format ('Card %s was not changed, because no reason was given. Say what happened to it.', v_card.number));
  END IF;
  IF v_card.state <> ALL (p_from) THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not changed, because it is %s; this step is for a card that is %s.', v_card.number,
                    replace (v_card.state, '_', ' '), replace (array_to_string (p_from, ' or '), '_', ' ')));
  END IF;
  PERFORM move_card (p_actor, p_card, p_to, format (p_text, v_card.number, p_actor.name), p_reason);
END
$$;

CREATE FUNCTION api.card_doubtful (p_card bigint, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := demand ('operator');
BEGIN
  IF (hold_card (v_actor, p_card)).state <> 'doubtful' THEN
    PERFORM card_step_with_reason (v_actor, p_card, '{rendered,sent,on_device,out}', 'doubtful',
                                   'Nobody can say whether card %1$s came out.', p_reason);
  END IF;
END
$$;

CREATE FUNCTION api.card_came_out (p_card bigint, p_reason text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT card_step_with_reason (demand ('operator'), p_card, '{doubtful}', 'out', '%2$s found card %1$s.', p_reason)
$$;

CREATE FUNCTION api.spoil_card (p_card bigint, p_reason text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT card_step_with_reason (demand ('operator'), p_card, '{rendered,sent,on_device,out,checked,doubtful}', 'spoiled',
                                '%2$s spoiled card %1$s.', p_reason)
$$;

CREATE FUNCTION api.cancel_card (p_card bigint, p_reason text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT card_step_with_reason (demand ('operator'), p_card, '{reserved,rendered}', 'cancelled', '%2$s cancelled card %1$s.', p_reason)
$$;

-- A scanner in keyboard mode ends with a line break; nothing else may differ.
CREATE FUNCTION platen.is_code_of (p_card bigint, p_scanned text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce ((SELECT f.qr_text = rtrim (p_scanned, E'\r\n\t') FROM card_file f WHERE f.card_id = p_card), false)
$$;

-- A card that does not match leaves an event, so this answers instead of raising.
CREATE FUNCTION api.check_card (p_card bigint, p_scanned text, p_serial text, OUT matched boolean, OUT text text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor   actor := demand ('operator');
  v_card    card := hold_card (v_actor, p_card);
  v_differs text;
BEGIN
  IF v_card.state <> 'out' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not checked, because it is %s. Only a card that left the printer can be read back.',
                    v_card.number, replace (v_card.state, '_', ' ')));
  END IF;
  v_differs := concat_ws (' and ', CASE WHEN NOT is_code_of (p_card, p_scanned) THEN 'its code' END,
                          CASE WHEN upper (btrim (p_serial, E' \r\n\t')) IS DISTINCT FROM v_card.serial THEN 'its serial' END);
  matched := v_differs = '';
  IF matched THEN
    text := format ('Card %s on blank %s was read back and matches.', v_card.number, v_card.serial);
    UPDATE card SET checked_in = v_actor.session_id WHERE id = p_card;
    PERFORM move_card (v_actor, p_card, 'checked', text, NULL);
    PERFORM move_application (v_actor, v_card.application_id, 'ready', format ('Card %s is ready to be handed over.', v_card.number), NULL);
  ELSE
    text := format ('Card %s does not match its record: %s differs. Read it again; if it differs again, spoil it.', v_card.number, v_differs);
    PERFORM record_event (v_actor, v_card.application_id, p_card, 'readback_differs', text, NULL);
  END IF;
END
$$;

CREATE FUNCTION api.issue_card (p_card bigint, p_scanned text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
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
  PERFORM move_application (v_actor, v_card.application_id, 'issued', 'The citizen has the card.', NULL);
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

INSERT INTO platen.schema_version (version, title) VALUES (10, 'api: cards');
