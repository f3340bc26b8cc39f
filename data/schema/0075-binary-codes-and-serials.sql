-- SPDX-License-Identifier: GPL-3.0-or-later
-- Both that is read of a card. A scanner in serial mode gives the bytes of the PDF417, which come here as hexadecimal digits, with what it puts
-- behind them; and the code alone checks no card: what is printed on a blank out of the wrong hopper is right, too.

SET LOCAL ROLE platen_owner;

-- NULL where @p_scanned stands for no bytes.
CREATE FUNCTION platen.is_binary_code (p_pdf417 bytea, p_scanned text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp SET standard_conforming_strings = on AS $$
  SELECT length (p_pdf417) > 0 AND left (lower (p_scanned), 2 * length (p_pdf417)) = encode (p_pdf417, 'hex')
         AND substr (lower (p_scanned), 2 * length (p_pdf417) + 1) ~ '^(0d|0a|09|03)*$'
$$;

CREATE OR REPLACE FUNCTION platen.is_code_of (p_card bigint, p_scanned text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce ((SELECT f.qr_text = rtrim (p_scanned, E'\r\n\t')
                           OR coalesce (aamva_text (f.pdf417) = typed_lines (p_scanned), false)
                           OR is_binary_code (f.pdf417, rtrim (p_scanned, E'\r\n\t'))
                      FROM card_file f WHERE f.card_id = p_card), false)
$$;

-- As in 0060; what was not read is not said to differ.
CREATE OR REPLACE FUNCTION platen.check_card (p_card bigint, p_scanned text, p_serial text, OUT matched boolean, OUT text text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor   actor := demand ('operator');
  v_card    card := hold_card (v_actor, p_card);
  v_serial  text := nullif (upper (btrim (p_serial, E' \r\n\t')), '');
  v_differs text;
BEGIN
  IF v_card.state NOT IN ('out', 'doubtful') THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not checked, because it is %s. Only a card that left the printer can be read back.',
                    v_card.number, replace (v_card.state, '_', ' ')));
  END IF;
  v_differs := concat_ws (' and ', CASE WHEN NOT is_code_of (p_card, p_scanned) THEN 'its code' END,
                          CASE WHEN v_serial <> v_card.serial THEN 'its serial' END);
  IF v_differs = '' AND v_serial IS NULL THEN
    PERFORM refuse ('P0001', 'SERIAL', format ('Card %s was not checked yet: its code is right, and the serial of its blank was not read. Read that,'
                    ' too.', v_card.number));
  END IF;
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

-- As in 0010. Whoever watches the printer may have seen the card in it, or out of it, before the spooler that let its job go says so: that is no
-- failure of the printing.
CREATE OR REPLACE FUNCTION api.card_released (p_card bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator');
  v_card  card := hold_card (v_actor, p_card);
BEGIN
  IF v_card.state IN ('sent', 'on_device', 'out') THEN
    RETURN;
  END IF;
  IF v_card.job_id IS NULL AND v_card.state = 'rendered' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not sent, because no print job was noted for it. Print it again.', v_card.number));
  END IF;
  PERFORM move_card (v_actor, p_card, 'sent', format ('Card %s was sent to %s.', v_card.number, v_card.printer), NULL);
END
$$;

REVOKE ALL ON FUNCTION platen.is_binary_code (bytea, text) FROM PUBLIC;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'Card {card} was not checked yet: its code is right, and the serial of its blank was not read. Read that, too.',
 E'La carte {card} n’a pas encore été contrôlée\u202f: son code est bon, et le numéro de série de son support n’a pas été lu. Lisez-le aussi.');

INSERT INTO platen.schema_version (version, title) VALUES (75, 'binary codes and serials');
