-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which of the issuer's keys signed which part of a card: a retired key stays published until the last card that it signed has expired, and no
-- longer. Of cards that were made before nobody knows; as long as one of them is good, every key may have signed it.

SET LOCAL ROLE platen_owner;

-- The keys belong to the issuer, not to an office. last_expiry only grows: a card that is given up counts still. The key without a name stands
-- for those that were not noted.
CREATE TABLE platen.issuer_key (
  id                 int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name               text NOT NULL CHECK (name ~ '^[ -~]{0,16}$'),
  certificate_sha256 text CHECK (certificate_sha256 ~ '^[0-9a-f]{64}$'), -- NULL: it has none
  last_expiry        date NOT NULL,
  CONSTRAINT issuer_key_once UNIQUE NULLS NOT DISTINCT (name, certificate_sha256)
);
ALTER TABLE platen.issuer_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY known_everywhere ON platen.issuer_key USING (true);

CREATE TABLE platen.card_key (
  card_id       bigint NOT NULL REFERENCES platen.card,
  part          text NOT NULL CHECK (part IN ('file', 'qr', 'pdf417', 'chip', 'mdl')),
  office_code   text NOT NULL REFERENCES platen.office,
  issuer_key_id int NOT NULL REFERENCES platen.issuer_key,
  PRIMARY KEY (card_id, part)
);
ALTER TABLE platen.card_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.card_key USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

CREATE FUNCTION platen.use_key (p_name text, p_certificate_sha256 text, p_expiry date) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_id int;
BEGIN
  -- Most cards of a day expire on one day: only the first of them waits for the others that use the key.
  SELECT id INTO v_id FROM issuer_key
   WHERE name = p_name AND certificate_sha256 IS NOT DISTINCT FROM p_certificate_sha256 AND last_expiry >= p_expiry;
  IF NOT FOUND THEN
    INSERT INTO issuer_key AS k (name, certificate_sha256, last_expiry) VALUES (p_name, p_certificate_sha256, p_expiry)
    ON CONFLICT ON CONSTRAINT issuer_key_once DO UPDATE SET last_expiry = greatest (k.last_expiry, excluded.last_expiry)
    RETURNING id INTO v_id;
  END IF;
  RETURN v_id;
END
$$;

-- A file that takes the place of another was signed anew.
CREATE FUNCTION platen.forget_card_keys () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  DELETE FROM card_key WHERE card_id = NEW.card_id;
  RETURN NEW;
END
$$;
CREATE TRIGGER keys_of_another_file BEFORE UPDATE OF file ON platen.card_file FOR EACH ROW EXECUTE FUNCTION platen.forget_card_keys ();

-- At the end of the transaction, whichever way the file came in.
CREATE FUNCTION platen.note_unknown_keys () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM card_key WHERE card_id = NEW.card_id) THEN
    PERFORM use_key ('', NULL, coalesce (to_date_or_null (NEW.inputs #>> '{values,expiry_date}'), 'infinity'));
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER keys_are_noted AFTER INSERT OR UPDATE OF file ON platen.card_file DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION platen.note_unknown_keys ();

INSERT INTO platen.issuer_key (name, last_expiry)
SELECT '', max (coalesce (expiry_date, 'infinity')) FROM platen.known_card WHERE state NOT IN ('reserved', 'cancelled') HAVING count (*) > 0;

-- p_keys: [{"part": "file", "key": "UTO-PDF-1", "certificate": "…"}, …]; the certificate by its SHA-256, absent where the key has none.
CREATE FUNCTION api.card_rendered (p_card bigint, p_layout text, p_layout_version int, p_layout_digest text, p_front_sha256 text,
                                   p_back_sha256 text, p_file_sha256 text, p_file bytea, p_qr_text text, p_pdf417 bytea, p_mrz text,
                                   p_inputs jsonb, p_unsigned_sha256 text, p_keys jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_card card;
  v_keys jsonb := CASE jsonb_typeof (p_keys) WHEN 'array' THEN p_keys ELSE '[]' END;
  v_key  record;
BEGIN
  PERFORM api.card_rendered (p_card, p_layout, p_layout_version, p_layout_digest, p_front_sha256, p_back_sha256, p_file_sha256, p_file,
                             p_qr_text, p_pdf417, p_mrz, p_inputs, p_unsigned_sha256);
  SELECT * INTO STRICT v_card FROM card WHERE id = p_card;
  IF (SELECT count (DISTINCT k ->> 'part') FROM jsonb_array_elements (v_keys) k WHERE k ->> 'part' IN ('file', 'qr')) <> 2
     OR EXISTS (SELECT FROM jsonb_array_elements (v_keys) k
                 WHERE coalesce (k ->> 'part', '') NOT IN ('file', 'qr', 'pdf417', 'chip', 'mdl')
                    OR coalesce (k ->> 'key', '') !~ '^[ -~]{1,16}$'
                    OR coalesce (k ->> 'certificate', repeat ('0', 64)) !~ '^[0-9a-f]{64}$')
     OR (SELECT count (DISTINCT k ->> 'part') FROM jsonb_array_elements (v_keys) k) <> jsonb_array_length (v_keys) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The file of card %s was not kept, because it was not said which keys signed it. Draw the card'
                    ' again.', v_card.number));
  END IF;
  -- In one order, so that two desks never wait for each other crosswise.
  FOR v_key IN SELECT k ->> 'part' AS part, k ->> 'key' AS name, k ->> 'certificate' AS certificate
                 FROM jsonb_array_elements (v_keys) k ORDER BY 2, 3, 1 LOOP
    INSERT INTO card_key (card_id, part, office_code, issuer_key_id)
    VALUES (p_card, v_key.part, v_card.office_code,
            use_key (v_key.name, v_key.certificate, coalesce (to_date_or_null (p_inputs #>> '{values,expiry_date}'), 'infinity')));
  END LOOP;
END
$$;

CREATE VIEW api.card_key WITH (security_barrier) AS
SELECT c.card_id, c.part, k.name AS key, k.certificate_sha256
  FROM platen.card_key c JOIN platen.issuer_key k ON k.id = c.issuer_key_id
 WHERE (SELECT platen.may_read ());

-- A card is good for the whole of its last day.
CREATE VIEW api.issuer_key WITH (security_barrier) AS
SELECT nullif (k.name, '') AS key, k.certificate_sha256, k.last_expiry, k.last_expiry >= platen.today () AS in_use
  FROM platen.issuer_key k
 WHERE (SELECT platen.may_read ());

REVOKE ALL ON FUNCTION platen.use_key (text, text, date), platen.forget_card_keys (), platen.note_unknown_keys (),
  api.card_rendered (bigint, text, int, text, text, text, text, bytea, text, bytea, text, jsonb, text, jsonb) FROM PUBLIC;
DO $grants$
DECLARE
  v_group text;
BEGIN
  FOREACH v_group IN ARRAY ARRAY['platen_clerk', 'platen_supervisor', 'platen_operator', 'platen_auditor', 'platen_admin'] LOOP
    EXECUTE format ('GRANT EXECUTE ON FUNCTION'
                    ' api.card_rendered (bigint, text, int, text, text, text, text, bytea, text, bytea, text, jsonb, text, jsonb) TO %I', v_group);
    EXECUTE format ('GRANT SELECT ON api.card_key, api.issuer_key TO %I', v_group);
  END LOOP;
END
$grants$;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'The file of card {card} was not kept, because it was not said which keys signed it. Draw the card again.',
 'Le fichier de la carte {card} n’a pas été conservé, car il n’est pas dit quelles clés l’ont signé. Dessinez de nouveau la carte.');

INSERT INTO platen.schema_version (version, title) VALUES (51, 'keys of cards');
