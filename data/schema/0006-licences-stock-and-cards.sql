-- SPDX-License-Identifier: GPL-3.0-or-later
-- Licence numbers and licences, blanks and where each of them is, cards and the one function that moves
-- a card along its life.

SET LOCAL ROLE platen_owner;

-- A licence number is given once, for life, whichever office gives it.
CREATE TABLE platen.licence_number (
  id_number text PRIMARY KEY,
  number    text NOT NULL UNIQUE
);
CREATE SEQUENCE platen.licence_running MINVALUE 1 MAXVALUE 9999999;

CREATE TABLE platen.licence (
  number         text PRIMARY KEY REFERENCES platen.licence_number (number),
  id_number      text NOT NULL UNIQUE,
  office_code    text NOT NULL REFERENCES platen.office,
  holder_name    text NOT NULL,
  categories     text NOT NULL,
  issue_date     date NOT NULL,
  expiry_date    date NOT NULL,
  card_number    text NOT NULL,
  application_id bigint NOT NULL REFERENCES platen.application
);

CREATE DOMAIN platen.place AS text CHECK (VALUE IN ('supplier', 'safe', 'printer', 'tray', 'shelf', 'person', 'destroyed'));

-- Where each blank is now. The ledger below says how it came there.
CREATE TABLE platen.blank (
  serial      text PRIMARY KEY CHECK (serial ~ '^B[0-9]{8}$'),
  office_code text NOT NULL REFERENCES platen.office,
  place       platen.place NOT NULL
);
CREATE INDEX blank_place ON platen.blank (office_code, place, serial);

CREATE TABLE platen.stock_ledger (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  office_code text NOT NULL REFERENCES platen.office,
  serial      text NOT NULL REFERENCES platen.blank,
  from_place  platen.place NOT NULL,
  to_place    platen.place NOT NULL CHECK (to_place <> from_place),
  card_id     bigint,
  staff_id    int REFERENCES platen.staff
);
CREATE INDEX stock_ledger_serial ON platen.stock_ledger (serial, id);
CREATE TRIGGER stock_ledger_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.stock_ledger
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();

-- Double entry: what one place loses the other gains, in one row and one update.
CREATE FUNCTION platen.stock_move (p_actor platen.actor, p_office text, p_serial text, p_to platen.place, p_card bigint)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_from place;
BEGIN
  SELECT place INTO STRICT v_from FROM blank WHERE serial = p_serial AND office_code = p_office FOR UPDATE;
  IF v_from <> p_to THEN
    INSERT INTO stock_ledger (office_code, serial, from_place, to_place, card_id, staff_id)
    VALUES (p_office, p_serial, v_from, p_to, p_card, p_actor.staff_id);
    UPDATE blank SET place = p_to WHERE serial = p_serial;
  END IF;
END
$$;

CREATE DOMAIN platen.card_state AS text CHECK (VALUE IN (
  'reserved', 'rendered', 'sent', 'on_device', 'out', 'checked', 'issued', 'doubtful', 'spoiled', 'cancelled', 'recalled'));

CREATE TABLE platen.card (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number         text NOT NULL UNIQUE,
  application_id bigint NOT NULL REFERENCES platen.application,
  office_code    text NOT NULL REFERENCES platen.office,
  serial         text NOT NULL REFERENCES platen.blank,
  state          platen.card_state NOT NULL DEFAULT 'reserved',
  print_key      uuid NOT NULL UNIQUE,
  printer        text NOT NULL CHECK (btrim (printer) <> ''),
  job_id         int,
  job_uuid       text,
  front_sha256   text CHECK (front_sha256 ~ '^[0-9a-f]{64}$'),
  back_sha256    text CHECK (back_sha256 ~ '^[0-9a-f]{64}$'),
  file_sha256    text CHECK (file_sha256 ~ '^[0-9a-f]{64}$'),
  layout         text,
  layout_version int,
  reserved_by    int NOT NULL REFERENCES platen.staff,
  checked_in     bigint REFERENCES platen.session, -- the session that read it back
  changed_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  reason         text
);
-- What keeps two desks from printing one application twice, whatever they do at the same moment.
CREATE UNIQUE INDEX card_one_in_flight ON platen.card (application_id)
  WHERE state NOT IN ('spoiled', 'cancelled', 'recalled');
CREATE UNIQUE INDEX card_one_per_blank ON platen.card (serial) WHERE state <> 'cancelled';
CREATE INDEX card_application ON platen.card (application_id, id);
CREATE INDEX card_newest ON platen.card (office_code, state, changed_at DESC);

CREATE TABLE platen.card_file (
  card_id     bigint PRIMARY KEY REFERENCES platen.card,
  office_code text NOT NULL,
  file        bytea NOT NULL,
  qr_text     text NOT NULL CHECK (qr_text <> ''),
  pdf417      bytea,
  mrz         text,
  inputs      jsonb NOT NULL
);
ALTER TABLE platen.card_file ALTER COLUMN file SET STORAGE EXTERNAL;

CREATE FUNCTION platen.hold_card (p_actor platen.actor, p_card bigint) RETURNS platen.card
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_card card;
BEGIN
  -- The application first, as everywhere, so that two desks never wait for each other crosswise.
  PERFORM FROM application WHERE id = (SELECT application_id FROM card
                                        WHERE id = p_card AND office_code = p_actor.office_code) FOR UPDATE;
  SELECT * INTO v_card FROM card WHERE id = p_card AND office_code = p_actor.office_code FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was changed, because office %s has no card with the record'
                    ' number %s. Search for it again.', p_actor.office_code, coalesce (p_card::text, 'NULL')));
  END IF;
  RETURN v_card;
END
$$;

-- Every transition of a card's life, and nothing else, is made here; the blank goes with it.
CREATE FUNCTION platen.move_card (p_actor platen.actor, p_card bigint, p_to platen.card_state, p_text text, p_why text)
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
       WHEN 'doubtful'  THEN '{out,spoiled}'
       WHEN 'out'       THEN '{checked,doubtful,spoiled}'
       WHEN 'checked'   THEN '{issued,spoiled}'
       WHEN 'issued'    THEN '{recalled}'
     END), false) THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not changed, because it is %s and cannot become %s. Look at'
                    ' the card in the print room and take the step that is next.', v_card.number,
                    replace (v_card.state, '_', ' '), replace (p_to, '_', ' ')));
  END IF;
  UPDATE card SET state = p_to, changed_at = clock_timestamp(), reason = nullif (btrim (p_why), '') WHERE id = p_card;
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

CREATE FUNCTION platen.next_licence_number () RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_digits text;
  v_number text;
BEGIN
  LOOP
    v_digits := lpad (nextval ('licence_running')::text, 7, '0');
    v_number := 'U' || v_digits || mod11_10 (v_digits);
    EXIT WHEN NOT EXISTS (SELECT FROM licence_number WHERE number = v_number);
  END LOOP;
  RETURN v_number;
END
$$;

-- The number this citizen has for life: the one given here before, else the one that the driver registry
-- knows, unless somebody else holds it, else a new one.
CREATE FUNCTION platen.licence_number_for (p_id_number text, p_registered text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_number text;
BEGIN
  SELECT number INTO v_number FROM licence_number WHERE id_number = p_id_number;
  IF v_number IS NOT NULL THEN
    RETURN v_number;
  END IF;
  v_number := nullif (btrim (p_registered), '');
  IF v_number IS NULL THEN
    v_number := next_licence_number ();
  ELSIF EXISTS (SELECT FROM licence_number WHERE number = v_number) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The application was not approved, because licence number %s of the driver'
                    ' registry belongs to somebody else here. Ask the registry to correct it.', v_number));
  END IF;
  INSERT INTO licence_number (id_number, number) VALUES (p_id_number, v_number);
  RETURN v_number;
END
$$;

INSERT INTO platen.schema_version (version, title) VALUES (6, 'licences, stock and cards');
