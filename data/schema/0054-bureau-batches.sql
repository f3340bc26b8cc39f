-- SPDX-License-Identifier: GPL-3.0-or-later
-- Cards that a central bureau makes: two people enrol the bureau's certificate, an operator sends it a batch, and its signed receipt says
-- what became of each card. From the moment a card is in a batch, nothing but the batch moves it until the receipt is there; then it goes
-- the way of every card that left a printer, and only reading it back counts. The database cannot verify a signature: the program does,
-- and says with whose certificate; whoever lies about that gains a card that is still to be read back.

SET LOCAL ROLE platen_owner;

-- Bureaus belong to no office.
CREATE TABLE platen.bureau (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code        text NOT NULL CHECK (code ~ '^[A-Z][A-Z0-9]{1,7}$'),
  name        text NOT NULL CHECK (btrim (name) <> '' AND length (name) <= 100),
  certificate bytea NOT NULL CHECK (length (certificate) BETWEEN 100 AND 8192), -- X.509, DER
  state       text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'retired')),
  proposed_by int NOT NULL REFERENCES platen.staff,
  approved_by int REFERENCES platen.staff CHECK (approved_by <> proposed_by),
  changed_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX bureau_one_certificate ON platen.bureau (code) WHERE state = 'approved';

CREATE TABLE platen.bureau_batch (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number          text NOT NULL UNIQUE,
  office_code     text NOT NULL REFERENCES platen.office,
  bureau          text NOT NULL,
  batch_key       uuid NOT NULL UNIQUE,
  state           text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'sent', 'received', 'cancelled', 'lost')),
  made_by         int NOT NULL REFERENCES platen.staff,
  made_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- What was sent, to the byte: it can be written again, and never otherwise.
  manifest        text,
  signature       bytea,
  manifest_sha256 text CHECK (manifest_sha256 ~ '^[0-9a-f]{64}$'),
  package_sha256  text CHECK (package_sha256 ~ '^[0-9a-f]{64}$'),
  sent_at         timestamptz,
  receipt         bytea,
  ended_at        timestamptz,
  ended_by        int REFERENCES platen.staff,
  CHECK ((state IN ('sent', 'received', 'lost')) = (manifest IS NOT NULL)),
  CHECK ((state = 'received') = (receipt IS NOT NULL))
);
CREATE INDEX bureau_batch_newest ON platen.bureau_batch (office_code, id DESC);
ALTER TABLE platen.bureau_batch ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.bureau_batch USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

ALTER TABLE platen.card ADD COLUMN batch_id bigint REFERENCES platen.bureau_batch, ADD COLUMN batch_position int;
CREATE UNIQUE INDEX card_of_batch ON platen.card (batch_id, batch_position) WHERE batch_id IS NOT NULL;

ALTER TABLE platen.counter DROP CONSTRAINT counter_kind_check, ADD CHECK (kind IN ('application', 'card', 'batch'));
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
                 CASE p_kind WHEN 'card' THEN 'C' WHEN 'batch' THEN 'B' ELSE '' END || lpad (v_last::text, 6, '0'));
END
$$;

-- Nothing is made twice: while a batch is open its cards can only be drawn, and while it is away nothing but its end moves them.
CREATE FUNCTION platen.refuse_card_of_batch () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_batch bureau_batch;
BEGIN
  SELECT * INTO STRICT v_batch FROM bureau_batch WHERE id = OLD.batch_id;
  IF v_batch.state IN ('open', 'sent') AND (NEW.job_id IS NOT NULL OR (NEW.state <> OLD.state
      AND NOT (v_batch.state = 'open' AND NEW.state = 'rendered') AND NOT (v_batch.state = 'sent' AND OLD.state = 'rendered'))) THEN
    PERFORM refuse ('P0001', 'BATCH', format ('Card %s was not changed, because it is in batch %s for bureau %s. Wait for its receipt, or have the'
                    ' batch cancelled.', OLD.number, v_batch.number, v_batch.bureau));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER card_of_batch_is_elsewhere BEFORE UPDATE OF state, job_id ON platen.card FOR EACH ROW WHEN (OLD.batch_id IS NOT NULL)
  EXECUTE FUNCTION platen.refuse_card_of_batch ();
CREATE TRIGGER layout_may_be_sent_away BEFORE UPDATE OF state ON platen.card FOR EACH ROW
  WHEN (NEW.batch_id IS NOT NULL AND OLD.state = 'rendered' AND NEW.state = 'sent' AND NEW.layout_digest IS NOT NULL)
  EXECUTE FUNCTION platen.refuse_stale_layout ();

CREATE TRIGGER file_sent_away_is_approved BEFORE UPDATE OF state ON platen.card FOR EACH ROW
  WHEN (NEW.batch_id IS NOT NULL AND OLD.state = 'rendered' AND NEW.state = 'sent') EXECUTE FUNCTION platen.check_file_approval ();

CREATE VIEW api.bureau WITH (security_barrier) AS
SELECT b.id, b.code, b.name, b.certificate, encode (sha256 (b.certificate), 'hex') AS sha256, b.state, p.name AS proposed_by,
       a.name AS approved_by, b.changed_at
  FROM platen.bureau b JOIN platen.staff p ON p.id = b.proposed_by LEFT JOIN platen.staff a ON a.id = b.approved_by
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.bureau_batch WITH (security_barrier) AS
SELECT b.id, b.number, b.office_code, b.bureau, b.state, b.made_at, m.name AS made_by, b.sent_at, b.ended_at, e.name AS ended_by,
       b.manifest_sha256, b.package_sha256,
       (SELECT count (*) FROM platen.card c WHERE c.batch_id = b.id) AS cards,
       (SELECT count (*) FROM platen.card c WHERE c.batch_id = b.id AND b.state = 'received' AND c.state NOT IN ('spoiled', 'cancelled')) AS made
  FROM platen.bureau_batch b JOIN platen.staff m ON m.id = b.made_by LEFT JOIN platen.staff e ON e.id = b.ended_by
 WHERE (SELECT platen.may_read ());

-- What was signed and sent; it names no holder.
CREATE VIEW api.bureau_batch_file WITH (security_barrier) AS
SELECT b.number, b.manifest, b.signature, b.package_sha256, b.receipt
  FROM platen.bureau_batch b
 WHERE (SELECT platen.may_read ());

-- A card of a bureau travels: it is asked about when it has not come for a fortnight.
CREATE OR REPLACE VIEW api.card WITH (security_barrier) AS
SELECT c.id, c.number, c.serial, c.state::text AS state, c.application_id, a.number AS application_number, a.holder_name, c.printer,
       c.job_id, c.job_uuid, c.print_key, c.front_sha256, c.back_sha256, c.file_sha256, c.layout, c.layout_version, c.changed_at,
       platen.in_words ('why', c.reason) AS reason,
       c.state = 'doubtful'
         OR (c.state = 'out' AND c.found_at IS NULL
             AND c.changed_at <= clock_timestamp() - CASE WHEN c.batch_id IS NULL THEN make_interval (mins => o.ask_after_minutes)
                                                          ELSE interval '14 days' END) AS asked_about,
       c.layout_digest, b.number AS batch, c.batch_position
  FROM platen.card c JOIN platen.application a ON a.id = c.application_id JOIN platen.office o ON o.code = c.office_code
  LEFT JOIN platen.bureau_batch b ON b.id = c.batch_id
 WHERE (SELECT platen.may_read_persons ('card'));

-- ---- enrolment ----

CREATE FUNCTION api.propose_bureau (p_code text, p_name text, p_certificate bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('admin', 'supervisor');
  v_id    bigint;
BEGIN
  IF NOT coalesce (p_code ~ '^[A-Z][A-Z0-9]{1,7}$' AND btrim (p_name) <> '' AND length (p_name) <= 100
                   AND length (p_certificate) BETWEEN 100 AND 8192, false) THEN
    PERFORM refuse ('P0001', 'FIELD', 'The bureau was not proposed, because its code (two to eight capitals and digits), its name or its certificate'
                    ' cannot be used. Give them again.');
  END IF;
  INSERT INTO bureau (code, name, certificate, proposed_by) VALUES (p_code, btrim (p_name), p_certificate, v_actor.staff_id)
  RETURNING id INTO v_id;
  PERFORM note (v_actor, v_actor.office_code, 'bureau_proposed', 'bureau', p_code,
                jsonb_build_object ('certificate', encode (sha256 (p_certificate), 'hex')));
  RETURN v_id;
END
$$;

CREATE FUNCTION platen.hold_bureau (p_bureau bigint) RETURNS platen.bureau
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_bureau bureau;
BEGIN
  SELECT * INTO v_bureau FROM bureau WHERE id = p_bureau FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was changed, because there is no bureau with the number %s. List the bureaus again.',
                    coalesce (p_bureau::text, 'NULL')));
  END IF;
  RETURN v_bureau;
END
$$;

-- By another person, who has the fingerprint from the bureau and not from the screen. It takes the place of the certificate of before.
CREATE FUNCTION api.approve_bureau (p_bureau bigint, p_sha256 text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('admin', 'supervisor');
  v_bureau bureau := hold_bureau (p_bureau);
BEGIN
  IF v_bureau.state <> 'proposed' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Bureau %s was not approved, because this certificate is not proposed any more. List the bureaus'
                    ' again.', v_bureau.code));
  ELSIF v_bureau.proposed_by = v_actor.staff_id THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', format ('Bureau %s was not approved, because you proposed it yourself. Ask a colleague.', v_bureau.code));
  ELSIF lower (regexp_replace (coalesce (p_sha256, ''), '[ :]', '', 'g')) <> encode (sha256 (v_bureau.certificate), 'hex') THEN
    PERFORM refuse ('P0001', 'DIGEST', format ('Bureau %s was not approved, because the fingerprint is not that of its certificate. Ask the bureau'
                    ' for it by telephone.', v_bureau.code));
  END IF;
  UPDATE bureau SET state = 'retired', changed_at = clock_timestamp() WHERE code = v_bureau.code AND state = 'approved';
  UPDATE bureau SET state = 'approved', approved_by = v_actor.staff_id, changed_at = clock_timestamp() WHERE id = p_bureau;
  PERFORM note (v_actor, v_actor.office_code, 'bureau_approved', 'bureau', v_bureau.code,
                jsonb_build_object ('certificate', encode (sha256 (v_bureau.certificate), 'hex')));
END
$$;

CREATE FUNCTION api.retire_bureau (p_bureau bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('admin', 'supervisor');
  v_bureau bureau := hold_bureau (p_bureau);
BEGIN
  IF v_bureau.state <> 'retired' THEN
    UPDATE bureau SET state = 'retired', changed_at = clock_timestamp() WHERE id = p_bureau;
    PERFORM note (v_actor, v_actor.office_code, 'bureau_retired', 'bureau', v_bureau.code,
                  jsonb_build_object ('certificate', encode (sha256 (v_bureau.certificate), 'hex')));
  END IF;
END
$$;

-- ---- sending ----

-- The same key again gives the same batch.
CREATE FUNCTION api.open_batch (p_key uuid, p_bureau text) RETURNS TABLE (batch text, state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor actor := demand ('operator');
  v_batch bureau_batch;
BEGIN
  SELECT * INTO v_batch FROM bureau_batch WHERE batch_key = p_key;
  IF FOUND AND (v_batch.office_code <> v_actor.office_code OR v_batch.bureau IS DISTINCT FROM p_bureau) OR p_key IS NULL THEN
    PERFORM refuse ('P0001', 'KEY', 'No batch was made, because its key belongs to another one. Send it anew.');
  ELSIF v_batch.id IS NULL THEN
    IF NOT EXISTS (SELECT FROM bureau WHERE code = p_bureau AND bureau.state = 'approved') THEN
      PERFORM refuse ('P0002', 'NOT_FOUND', format ('No batch was made, because no bureau %s is approved. List the bureaus.', coalesce (p_bureau, '')));
    END IF;
    INSERT INTO bureau_batch (number, office_code, bureau, batch_key, made_by)
    VALUES (next_number (v_actor.office_code, 'batch'), v_actor.office_code, p_bureau, p_key, v_actor.staff_id)
    RETURNING * INTO v_batch;
    PERFORM note (v_actor, v_actor.office_code, 'batch_opened', 'bureau_batch', v_batch.number, jsonb_build_object ('bureau', p_bureau));
  END IF;
  RETURN QUERY SELECT v_batch.number, v_batch.state;
END
$$;

CREATE FUNCTION platen.hold_batch (p_actor platen.actor, p_batch text) RETURNS platen.bureau_batch
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_batch bureau_batch;
BEGIN
  SELECT * INTO v_batch FROM bureau_batch WHERE number = p_batch AND office_code = p_actor.office_code FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was changed, because office %s has no batch %s. List the batches again.',
                    p_actor.office_code, coalesce (p_batch, '')));
  END IF;
  RETURN v_batch;
END
$$;

-- Reserves the application's card for the batch; one that is in it already is in it.
CREATE FUNCTION api.batch_card (p_batch text, p_application bigint) RETURNS TABLE (card_id bigint, card_number text, serial text, state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor    actor := demand ('operator');
  v_batch    bureau_batch := hold_batch (v_actor, p_batch);
  v_card     card;
  v_position int := (SELECT coalesce (max (batch_position), 0) + 1 FROM card WHERE batch_id = v_batch.id);
  v_id       bigint;
BEGIN
  SELECT * INTO v_card FROM card c WHERE c.batch_id = v_batch.id AND c.application_id = p_application;
  IF NOT FOUND THEN
    IF v_batch.state <> 'open' OR v_position > 5000 THEN
      PERFORM refuse ('P0001', 'STATE', format ('No card was added to batch %s, because it is not open any more or full. Make another batch.',
                      v_batch.number));
    END IF;
    SELECT r.card_id INTO v_id FROM api.reserve_card (p_application, gen_random_uuid (), 'bureau ' || v_batch.bureau) r;
    UPDATE card SET batch_id = v_batch.id, batch_position = v_position WHERE id = v_id RETURNING * INTO v_card;
  END IF;
  RETURN QUERY SELECT v_card.id, v_card.number, v_card.serial, v_card.state::text;
END
$$;

-- What goes out is kept first: the list, its signature and the hash of the archive. From here on the batch is away, whether or not the
-- file was written; it can be written again, to the byte.
CREATE FUNCTION api.seal_batch (p_batch text, p_manifest text, p_signature bytea, p_package_sha256 text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator');
  v_batch bureau_batch := hold_batch (v_actor, p_batch);
  v_list  jsonb := p_manifest::jsonb;
  v_card  card;
BEGIN
  IF v_batch.state = 'sent' AND v_batch.manifest = p_manifest THEN
    RETURN;
  ELSIF v_batch.state <> 'open' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Batch %s was not sent, because it is not open any more. List the batches again.', v_batch.number));
  END IF;
  IF (v_list ->> 'batch', v_list ->> 'bureau', v_list ->> 'office') IS DISTINCT FROM (v_batch.number, v_batch.bureau, v_batch.office_code)
     OR coalesce (length (p_signature), 0) = 0 OR coalesce (p_package_sha256, '') !~ '^[0-9a-f]{64}$'
     OR NOT EXISTS (SELECT FROM card WHERE batch_id = v_batch.id)
     OR (SELECT array_agg (concat_ws (' ', j ->> 'card', j ->> 'serial', f ->> 'sha256', 'rendered') ORDER BY n)
           FROM jsonb_array_elements (v_list -> 'jobs') WITH ORDINALITY x (j, n)
           LEFT JOIN LATERAL (SELECT e FROM jsonb_array_elements (j -> 'files') e WHERE e ->> 'kind' = 'card-file') y (f) ON true)
        IS DISTINCT FROM
        (SELECT array_agg (concat_ws (' ', c.number, c.serial, c.file_sha256, c.state) ORDER BY c.batch_position)
           FROM card c WHERE c.batch_id = v_batch.id) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Batch %s was not sent, because its list is not that of its cards as they were drawn. Send it again.',
                    v_batch.number));
  END IF;
  UPDATE bureau_batch SET state = 'sent', manifest = p_manifest, signature = p_signature, package_sha256 = p_package_sha256,
                          manifest_sha256 = encode (sha256 (convert_to (p_manifest, 'UTF8')), 'hex'), sent_at = clock_timestamp()
   WHERE id = v_batch.id;
  FOR v_card IN SELECT * FROM card WHERE batch_id = v_batch.id ORDER BY batch_position LOOP
    PERFORM hold_card (v_actor, v_card.id);
    PERFORM move_card (v_actor, v_card.id, 'sent', format ('Card %s was sent to %s.', v_card.number, v_card.printer), NULL);
  END LOOP;
  PERFORM note (v_actor, v_actor.office_code, 'batch_sent', 'bureau_batch', v_batch.number,
                jsonb_build_object ('bureau', v_batch.bureau, 'package', p_package_sha256));
END
$$;

-- An open batch is given up by an operator: its blanks come back. One that is away, by a supervisor: nobody can say what became of its
-- cards, and each is asked about.
CREATE FUNCTION api.cancel_batch (p_batch text, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('operator', 'supervisor');
  v_reason text := check_reason (p_reason);
  v_batch  bureau_batch := hold_batch (v_actor, p_batch);
  v_card   card;
BEGIN
  IF v_batch.state NOT IN ('open', 'sent') THEN
    PERFORM refuse ('P0001', 'STATE', format ('Batch %s was not cancelled, because it has ended. List the batches again.', v_batch.number));
  ELSIF v_reason IS NULL THEN
    PERFORM refuse ('P0001', 'REASON', format ('Batch %s was not cancelled, because no reason was given. Say why.', v_batch.number));
  ELSIF v_batch.state = 'sent' THEN
    PERFORM demand ('supervisor');
  END IF;
  UPDATE bureau_batch SET state = CASE v_batch.state WHEN 'open' THEN 'cancelled' ELSE 'lost' END, ended_at = clock_timestamp(),
                          ended_by = v_actor.staff_id WHERE id = v_batch.id;
  FOR v_card IN SELECT * FROM card WHERE batch_id = v_batch.id ORDER BY batch_position LOOP
    PERFORM hold_card (v_actor, v_card.id);
    IF v_batch.state = 'sent' THEN
      PERFORM move_card (v_actor, v_card.id, 'doubtful', format ('Nobody can say whether card %s came out.', v_card.number), v_reason);
    ELSE
      PERFORM move_card (v_actor, v_card.id, 'cancelled', format ('%s cancelled card %s.', v_actor.name, v_card.number), v_reason);
    END IF;
  END LOOP;
  PERFORM note (v_actor, v_actor.office_code, 'batch_cancelled', 'bureau_batch', v_batch.number, jsonb_build_object ('reason', v_reason));
END
$$;

-- ---- the receipt ----

CREATE FUNCTION platen.refuse_receipt (p_batch text, p_rule text, p_why text) RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM refuse ('P0001', p_rule, format ('The receipt of batch %s was not taken, because %s. Nothing was changed; ask the bureau.', p_batch, p_why));
END
$$;

-- Whether the receipt as a whole answers this batch, for the first time.
CREATE FUNCTION platen.check_receipt (p_batch platen.bureau_batch, p_bureau text, p_signer_sha256 text, p_receipt bytea,
                                      p_manifest_sha256 text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF p_bureau IS DISTINCT FROM p_batch.bureau OR NOT EXISTS (
       SELECT FROM bureau b WHERE b.code = p_batch.bureau AND b.state = 'approved'
          AND encode (sha256 (b.certificate), 'hex') = p_signer_sha256) THEN
    PERFORM refuse_receipt (p_batch.number, 'SIGNER', 'it is not signed by the bureau that has the batch');
  ELSIF p_batch.state = 'received' AND p_batch.receipt = p_receipt THEN
    PERFORM refuse_receipt (p_batch.number, 'REPLAYED', 'this very receipt was taken already');
  ELSIF p_batch.state = 'received' THEN
    PERFORM refuse_receipt (p_batch.number, 'REPLAYED', 'the batch has another receipt already');
  ELSIF p_batch.state <> 'sent' THEN
    PERFORM refuse_receipt (p_batch.number, 'STATE', 'the batch is not away');
  ELSIF p_manifest_sha256 IS DISTINCT FROM p_batch.manifest_sha256 OR p_receipt IS NULL THEN
    PERFORM refuse_receipt (p_batch.number, 'DIGEST', 'it answers another list than the one that was sent');
  END IF;
END
$$;

-- Each line against the card of which it speaks, and that there is one for each card.
CREATE FUNCTION platen.check_receipt_lines (p_batch platen.bureau_batch, p_cards text[], p_serials text[], p_sha256s text[],
                                            p_outcomes text[], p_reasons text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_card    card;
  v_missing text;
BEGIN
  FOR i IN 1 .. coalesce (cardinality (p_cards), 0) LOOP
    SELECT * INTO v_card FROM card WHERE batch_id = p_batch.id AND number = p_cards[i];
    IF NOT FOUND THEN
      PERFORM refuse_receipt (p_batch.number, 'LINES', format ('card %s is not in the batch', coalesce (p_cards[i], '')));
    ELSIF p_cards[i] = ANY (p_cards[:i - 1]) THEN
      PERFORM refuse_receipt (p_batch.number, 'LINES', format ('it speaks of card %s twice', p_cards[i]));
    ELSIF p_serials[i] = ANY (p_serials[:i - 1]) THEN
      PERFORM refuse_receipt (p_batch.number, 'LINES', format ('it names blank %s for two cards', p_serials[i]));
    ELSIF p_serials[i] IS DISTINCT FROM v_card.serial THEN
      PERFORM refuse_receipt (p_batch.number, 'LINES', format ('card %s was to be made on blank %s and not on %s', v_card.number, v_card.serial,
                              coalesce (p_serials[i], '')));
    ELSIF p_sha256s[i] IS DISTINCT FROM v_card.file_sha256 THEN
      PERFORM refuse_receipt (p_batch.number, 'LINES', format ('card %s was made from another card file than the one that was sent', v_card.number));
    ELSIF NOT coalesce (p_outcomes[i] IN ('made', 'failed'), false) OR (p_outcomes[i] = 'failed' AND btrim (coalesce (p_reasons[i], '')) = '') THEN
      PERFORM refuse_receipt (p_batch.number, 'LINES', format ('it does not say what became of card %s, or not why it failed', v_card.number));
    END IF;
  END LOOP;
  SELECT number INTO v_missing FROM card WHERE batch_id = p_batch.id AND number <> ALL (coalesce (p_cards, '{}')) ORDER BY batch_position LIMIT 1;
  IF FOUND THEN
    PERFORM refuse_receipt (p_batch.number, 'LINES', format ('it says nothing of card %s', v_missing));
  END IF;
END
$$;

-- All of it or nothing. A card that was made is out, as if a printer had said so: it is read back when it arrives.
CREATE FUNCTION api.receive_batch (p_batch text, p_bureau text, p_signer_sha256 text, p_receipt bytea, p_manifest_sha256 text, p_cards text[],
                                   p_serials text[], p_sha256s text[], p_outcomes text[], p_reasons text[], OUT made int, OUT failed int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator', 'supervisor');
  v_batch bureau_batch := hold_batch (v_actor, p_batch);
  v_card  card;
BEGIN
  PERFORM check_receipt (v_batch, p_bureau, p_signer_sha256, p_receipt, p_manifest_sha256);
  PERFORM check_receipt_lines (v_batch, p_cards, p_serials, p_sha256s, p_outcomes, p_reasons);
  UPDATE bureau_batch SET state = 'received', receipt = p_receipt, ended_at = clock_timestamp(), ended_by = v_actor.staff_id WHERE id = v_batch.id;
  made := 0;
  failed := 0;
  FOR v_card IN SELECT * FROM card WHERE batch_id = v_batch.id ORDER BY batch_position LOOP
    PERFORM hold_card (v_actor, v_card.id);
    IF p_outcomes[array_position (p_cards, v_card.number)] = 'made' THEN
      PERFORM move_card (v_actor, v_card.id, 'out', format ('Bureau %s made card %s.', v_batch.bureau, v_card.number), NULL);
      made := made + 1;
    ELSE
      PERFORM move_card (v_actor, v_card.id, 'spoiled', format ('Bureau %s could not make card %s.', v_batch.bureau, v_card.number),
                         left (p_reasons[array_position (p_cards, v_card.number)], 2000));
      failed := failed + 1;
    END IF;
  END LOOP;
  PERFORM note (v_actor, v_actor.office_code, 'batch_received', 'bureau_batch', v_batch.number,
                jsonb_build_object ('bureau', v_batch.bureau, 'made', made, 'failed', failed, 'receipt', encode (sha256 (p_receipt), 'hex')));
END
$$;

REVOKE ALL ON FUNCTION api.propose_bureau (text, text, bytea), api.approve_bureau (bigint, text), api.retire_bureau (bigint),
  api.open_batch (uuid, text), api.batch_card (text, bigint), api.seal_batch (text, text, bytea, text), api.cancel_batch (text, text),
  api.receive_batch (text, text, text, bytea, text, text[], text[], text[], text[], text[]) FROM PUBLIC;
DO $grants$
DECLARE
  v_group text;
BEGIN
  FOREACH v_group IN ARRAY ARRAY['platen_clerk', 'platen_supervisor', 'platen_operator', 'platen_auditor', 'platen_admin'] LOOP
    EXECUTE format ('GRANT SELECT ON api.bureau, api.bureau_batch, api.bureau_batch_file TO %I', v_group);
    EXECUTE format ('GRANT EXECUTE ON FUNCTION api.propose_bureau (text, text, bytea), api.approve_bureau (bigint, text), api.retire_bureau (bigint),'
                    ' api.open_batch (uuid, text), api.batch_card (text, bigint), api.seal_batch (text, text, bytea, text),'
                    ' api.cancel_batch (text, text),'
                    ' api.receive_batch (text, text, text, bytea, text, text[], text[], text[], text[], text[]) TO %I', v_group);
  END LOOP;
END
$grants$;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'Card {card} was not changed, because it is in batch {batch} for bureau {bureau}. Wait for its receipt, or have the batch cancelled.',
 'La carte {card} n’a pas été modifiée, car elle est dans le lot {batch} du centre {bureau}. Attendez son récépissé, ou faites annuler le lot.'),
('refusal', 'fr', 'The bureau was not proposed, because its code (two to eight capitals and digits), its name or its certificate cannot be used. Give'
 ' them again.',
 'Le centre n’a pas été proposé, car son code (deux à huit majuscules et chiffres), son nom ou son certificat est inutilisable. Redonnez-les.'),
('refusal', 'fr', 'Nothing was changed, because there is no bureau with the number {id}. List the bureaus again.',
 'Rien n’a été modifié, car aucun centre n’a le numéro {id}. Affichez de nouveau la liste des centres.'),
('refusal', 'fr', 'Bureau {bureau} was not approved, because this certificate is not proposed any more. List the bureaus again.',
 'Le centre {bureau} n’a pas été approuvé, car ce certificat n’est plus proposé. Affichez de nouveau la liste des centres.'),
('refusal', 'fr', 'Bureau {bureau} was not approved, because you proposed it yourself. Ask a colleague.',
 'Le centre {bureau} n’a pas été approuvé, car vous l’avez proposé vous-même. Demandez à un collègue.'),
('refusal', 'fr', 'Bureau {bureau} was not approved, because the fingerprint is not that of its certificate. Ask the bureau for it by telephone.',
 'Le centre {bureau} n’a pas été approuvé, car l’empreinte n’est pas celle de son certificat. Demandez-la au centre par téléphone.'),
('refusal', 'fr', 'No batch was made, because its key belongs to another one. Send it anew.',
 'Aucun lot n’a été fait, car sa clé appartient à un autre. Envoyez-le de nouveau.'),
('refusal', 'fr', 'No batch was made, because no bureau {bureau} is approved. List the bureaus.',
 'Aucun lot n’a été fait, car aucun centre {bureau} n’est approuvé. Affichez la liste des centres.'),
('refusal', 'fr', 'Nothing was changed, because office {office} has no batch {batch}. List the batches again.',
 'Rien n’a été modifié, car le bureau {office} n’a pas de lot {batch}. Affichez de nouveau la liste des lots.'),
('refusal', 'fr', 'No card was added to batch {batch}, because it is not open any more or full. Make another batch.',
 'Aucune carte n’a été ajoutée au lot {batch}, car il n’est plus ouvert ou il est plein. Faites un autre lot.'),
('refusal', 'fr', 'Batch {batch} was not sent, because it is not open any more. List the batches again.',
 'Le lot {batch} n’a pas été envoyé, car il n’est plus ouvert. Affichez de nouveau la liste des lots.'),
('refusal', 'fr', 'Batch {batch} was not sent, because its list is not that of its cards as they were drawn. Send it again.',
 'Le lot {batch} n’a pas été envoyé, car sa liste n’est pas celle de ses cartes telles qu’elles ont été dessinées. Envoyez-le de nouveau.'),
('refusal', 'fr', 'Batch {batch} was not cancelled, because it has ended. List the batches again.',
 'Le lot {batch} n’a pas été annulé, car il est terminé. Affichez de nouveau la liste des lots.'),
('refusal', 'fr', 'Batch {batch} was not cancelled, because no reason was given. Say why.',
 'Le lot {batch} n’a pas été annulé, faute de motif. Dites pourquoi.'),
('refusal', 'fr', 'The receipt of batch {batch} was not taken, because {receipt}. Nothing was changed; ask the bureau.',
 E'Le récépissé du lot {batch} n’a pas été pris\u202f: {receipt}. Rien n’a été modifié\u202f; demandez au centre.'),
('receipt', 'fr', 'it is not signed by the bureau that has the batch', 'il n’est pas signé par le centre qui a le lot'),
('receipt', 'fr', 'this very receipt was taken already', 'ce récépissé même a déjà été pris'),
('receipt', 'fr', 'the batch has another receipt already', 'le lot a déjà un autre récépissé'),
('receipt', 'fr', 'the batch is not away', 'le lot n’est pas parti'),
('receipt', 'fr', 'it answers another list than the one that was sent', 'il répond à une autre liste que celle qui a été envoyée'),
('receipt', 'fr', 'card {card} is not in the batch', 'la carte {card} n’est pas dans le lot'),
('receipt', 'fr', 'it speaks of card {card} twice', 'il parle deux fois de la carte {card}'),
('receipt', 'fr', 'it names blank {serial} for two cards', 'il nomme le support {serial} pour deux cartes'),
('receipt', 'fr', 'card {card} was to be made on blank {serial} and not on {serial2}', 'la carte {card} devait être faite sur le support {serial} et non sur {serial2}'),
('receipt', 'fr', 'card {card} was made from another card file than the one that was sent',
 'la carte {card} a été faite d’un autre fichier de carte que celui qui a été envoyé'),
('receipt', 'fr', 'it does not say what became of card {card}, or not why it failed', 'il ne dit pas ce qu’est devenue la carte {card}, ou pas pourquoi elle a échoué'),
('receipt', 'fr', 'it says nothing of card {card}', 'il ne dit rien de la carte {card}'),
('event', 'fr', 'Bureau {bureau} made card {card}.', 'Le centre {bureau} a fait la carte {card}.'),
('event', 'fr', 'Bureau {bureau} could not make card {card}.', 'Le centre {bureau} n’a pas pu faire la carte {card}.');

INSERT INTO platen.schema_version (version, title) VALUES (54, 'bureau batches');
