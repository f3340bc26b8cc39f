-- SPDX-License-Identifier: GPL-3.0-or-later
-- From the read-back to the holder: a place on a shelf, from one person's hands into another's, then over the counter to whoever showed who they
-- are, or by post in the letter that was matched with the card. What the office demands (identity, receipt, custody, post) holds for every call
-- that hands a card over, also the old one.

SET LOCAL ROLE platen_owner;

ALTER TABLE platen.card_rules
  ADD COLUMN identity boolean NOT NULL DEFAULT false, -- nothing is handed over before an identity document was seen
  ADD COLUMN receipt boolean NOT NULL DEFAULT false,  -- nor before the holder signed for it
  ADD COLUMN custody boolean NOT NULL DEFAULT false,  -- only by whom a colleague gave it to
  ADD COLUMN post boolean NOT NULL DEFAULT false;     -- cards may be posted
ALTER TABLE platen.card
  ADD COLUMN shelf text CHECK (length (shelf) BETWEEN 1 AND 40),
  ADD COLUMN custodian int REFERENCES platen.staff,
  ADD COLUMN offered_to int REFERENCES platen.staff,
  ADD COLUMN offered_by int REFERENCES platen.staff;

CREATE TABLE platen.card_letter (
  number      text PRIMARY KEY,
  card_id     bigint NOT NULL UNIQUE REFERENCES platen.card,
  office_code text NOT NULL REFERENCES platen.office,
  made_by     int NOT NULL REFERENCES platen.staff,
  made_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE platen.card_handover (
  card_id     bigint PRIMARY KEY REFERENCES platen.card,
  office_code text NOT NULL REFERENCES platen.office,
  staff_id    int NOT NULL REFERENCES platen.staff,
  workstation text NOT NULL,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  how         text NOT NULL CHECK (how IN ('counter', 'post')),
  document    text CHECK (document IN ('national_id', 'passport', 'residence_permit', 'old_licence', 'known_person')),
  number_end  text CHECK (number_end ~ '^[A-Z0-9]{2,4}$'), -- of the document; no more of it is kept
  receipt     bytea CHECK (length (receipt) BETWEEN 67 AND 1048576
                           AND (substr (receipt, 1, 3) = '\xffd8ff' OR substr (receipt, 1, 8) = '\x89504e470d0a1a0a')),
  letter      text REFERENCES platen.card_letter,
  reference   text CHECK (length (reference) BETWEEN 1 AND 60),
  CHECK ((how = 'post') = (letter IS NOT NULL AND reference IS NOT NULL)),
  CHECK ((number_end IS NOT NULL) = (coalesce (document <> 'known_person', false)))
);

DO $kept$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['card_letter', 'card_handover'] LOOP
    EXECUTE format ('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.%I FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ()',
                    v_table || '_is_append_only', v_table);
    EXECUTE format ('ALTER TABLE platen.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format ('CREATE POLICY own_office ON platen.%I USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]))', v_table);
  END LOOP;
END
$kept$;

-- NULL: as it is.
CREATE FUNCTION api.set_handover_rules (p_identity boolean, p_receipt boolean, p_custody boolean, p_post boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('admin');
BEGIN
  INSERT INTO card_rules (office_code) VALUES (v_actor.office_code) ON CONFLICT DO NOTHING;
  UPDATE card_rules SET identity = coalesce (p_identity, identity), receipt = coalesce (p_receipt, receipt), custody = coalesce (p_custody, custody),
                        post = coalesce (p_post, post)
   WHERE office_code = v_actor.office_code;
  PERFORM note (v_actor, v_actor.office_code, 'set_handover_rules', 'office', v_actor.office_code,
                jsonb_build_object ('identity', p_identity, 'receipt', p_receipt, 'custody', p_custody, 'post', p_post));
END
$$;

CREATE FUNCTION platen.hold_ready_card (p_actor platen.actor, p_card bigint) RETURNS platen.card
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_card card := hold_card (p_actor, p_card);
BEGIN
  IF v_card.state <> 'checked' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not changed, because it is %s; this step is for a card that is %s.', v_card.number,
                    replace (v_card.state, '_', ' '), 'checked'));
  END IF;
  RETURN v_card;
END
$$;

CREATE FUNCTION api.shelve_card (p_card bigint, p_place text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator', 'clerk', 'supervisor');
  v_card  card := hold_ready_card (v_actor, p_card);
  v_place text := btrim (coalesce (p_place, ''));
BEGIN
  IF length (v_place) NOT BETWEEN 1 AND 40 OR v_place ~ '[[:cntrl:]]' THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Card %s was not put on a shelf, because its place is one to 40 characters. Name it as it is written on the'
                    ' shelf.', v_card.number));
  ELSIF v_card.shelf IS DISTINCT FROM v_place THEN
    UPDATE card SET shelf = v_place WHERE id = p_card;
    PERFORM record_event (v_actor, v_card.application_id, p_card, 'shelved', format ('Card %s lies in %s.', v_card.number, v_place), NULL);
  END IF;
END
$$;

-- From one person's hands into another's: who has it gives it, the other takes it; until then it is the giver's.
CREATE FUNCTION api.give_card (p_card bigint, p_login text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator', 'clerk', 'supervisor');
  v_card  card := hold_ready_card (v_actor, p_card);
  v_to    staff;
BEGIN
  SELECT * INTO v_to FROM staff s WHERE s.login = btrim (p_login) AND s.office_code = v_actor.office_code AND s.active;
  IF NOT FOUND OR v_to.id = v_actor.staff_id THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Card %s was not given, because %s is no colleague who is at work in this office. Name another.', v_card.number,
                    quote_literal (coalesce (p_login, ''))));
  ELSIF v_card.custodian IS NOT NULL AND v_card.custodian <> v_actor.staff_id THEN
    PERFORM refuse ('P0001', 'CUSTODY', format ('Card %s was not given, because %s has it. Only they give it away.', v_card.number,
                    (SELECT s.name FROM staff s WHERE s.id = v_card.custodian)));
  END IF;
  UPDATE card SET offered_to = v_to.id, offered_by = v_actor.staff_id WHERE id = p_card;
  PERFORM record_event (v_actor, v_card.application_id, p_card, 'given', format ('%s gave card %s to %s.', v_actor.name, v_card.number, v_to.name), NULL);
END
$$;

CREATE FUNCTION api.take_card (p_card bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator', 'clerk', 'supervisor');
  v_card  card := hold_ready_card (v_actor, p_card);
BEGIN
  IF v_card.offered_to IS DISTINCT FROM v_actor.staff_id THEN
    PERFORM refuse ('P0001', 'CUSTODY', format ('Card %s was not taken, because nobody gave it to you. Let whoever has it give it.', v_card.number));
  END IF;
  UPDATE card SET custodian = v_actor.staff_id, offered_to = NULL, offered_by = NULL, shelf = NULL WHERE id = p_card;
  PERFORM record_event (v_actor, v_card.application_id, p_card, 'taken', format ('%s took card %s.', v_actor.name, v_card.number), NULL);
END
$$;

-- As in 0060, for whoever hands it over.
CREATE FUNCTION platen.issue_checked_card (p_actor platen.actor, p_card bigint, p_scanned text, p_text text, p_why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_card card := hold_card (p_actor, p_card);
BEGIN
  IF v_card.state <> 'checked' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not handed over, because it is %s. Only a card that was read back can be handed'
                    ' over.', v_card.number, replace (v_card.state, '_', ' ')));
  END IF;
  IF (CASE WHEN p_scanned IS NULL THEN v_card.checked_in IS DISTINCT FROM p_actor.session_id
           ELSE NOT is_code_of (p_card, p_scanned) END) THEN
    PERFORM refuse ('P0001', 'READBACK_DIFFERS', format ('Card %s was not handed over, because %s. Scan the code on the card that is in'
                    ' your hand.', v_card.number, CASE WHEN p_scanned IS NULL THEN 'it was not read back in this session'
                    ELSE 'what was scanned is not its code' END));
  END IF;
  PERFORM move_card (p_actor, p_card, 'issued', format (p_text, p_actor.name, v_card.number), p_why);
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

CREATE OR REPLACE FUNCTION api.issue_card (p_card bigint, p_scanned text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
BEGIN
  PERFORM issue_checked_card (demand ('operator', 'clerk'), p_card, p_scanned, '%s handed card %s over.', NULL);
END
$$;

-- What the office demands of each hand-over, whoever calls whatever.
CREATE FUNCTION platen.check_handover () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_rules card_rules;
  v_over  card_handover;
BEGIN
  SELECT * INTO v_rules FROM card_rules r WHERE r.office_code = NEW.office_code;
  SELECT * INTO v_over FROM card_handover h WHERE h.card_id = NEW.id;
  IF v_over.how = 'post' AND NOT coalesce (v_rules.post, false) THEN
    PERFORM refuse ('P0001', 'POST', format ('Card %s was not posted, because this office hands its cards over at the counter. Ask an administrator.',
                    NEW.number));
  ELSIF v_rules.custody AND NEW.custodian IS DISTINCT FROM (require_session ()).staff_id THEN
    PERFORM refuse ('P0001', 'CUSTODY', format ('Card %s was not handed over, because this office demands that a colleague gives it to you first and you take'
                    ' it.', NEW.number));
  ELSIF v_over.how = 'post' THEN
    NULL;
  ELSIF v_rules.identity AND v_over.document IS NULL THEN
    PERFORM refuse ('P0001', 'IDENTITY', format ('Card %s was not handed over, because this office demands that the holder shows who they are. Say which'
                    ' document you saw and how its number ends.', NEW.number));
  ELSIF v_rules.receipt AND v_over.receipt IS NULL THEN
    PERFORM refuse ('P0001', 'RECEIPT', format ('Card %s was not handed over, because this office demands that the holder signs for it. Take the signature'
                    ' first.', NEW.number));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER handover_is_as_demanded BEFORE UPDATE OF state ON platen.card FOR EACH ROW WHEN (NEW.state = 'issued' AND OLD.state <> 'issued')
  EXECUTE FUNCTION platen.check_handover ();

-- Over the counter. @p_number_end: the last two to four characters of the document's number; of a person who is known there is none.
CREATE FUNCTION api.hand_over_card (p_card bigint, p_scanned text, p_document text, p_number_end text, p_receipt bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator', 'clerk');
  v_card  card := hold_ready_card (v_actor, p_card);
  v_end   text := upper (nullif (btrim (p_number_end), ''));
BEGIN
  IF coalesce (p_document NOT IN ('national_id', 'passport', 'residence_permit', 'old_licence', 'known_person'), true)
     OR (p_document = 'known_person') <> (v_end IS NULL) OR coalesce (v_end !~ '^[A-Z0-9]{2,4}$', false) THEN
    PERFORM refuse ('P0001', 'IDENTITY', format ('Card %s was not handed over, because it was not said which document was shown and how its number ends: two to'
                    ' four letters and digits, or a person whom you know. Say it again.', v_card.number));
  ELSIF length (p_receipt) NOT BETWEEN 67 AND 1048576
        OR NOT (substr (p_receipt, 1, 3) = '\xffd8ff' OR substr (p_receipt, 1, 8) = '\x89504e470d0a1a0a') THEN
    PERFORM refuse ('P0001', 'RECEIPT', format ('Card %s was not handed over, because the receipt is no JPEG or PNG picture of at most 1 MB. Take the signature'
                    ' again.', v_card.number));
  END IF;
  INSERT INTO card_handover (card_id, office_code, staff_id, workstation, how, document, number_end, receipt)
  VALUES (p_card, v_card.office_code, v_actor.staff_id, v_actor.workstation, 'counter', p_document, v_end, p_receipt);
  PERFORM issue_checked_card (v_actor, p_card, p_scanned, '%s handed card %s over.', NULL);
END
$$;

-- The letter in which it goes. Its number stands on the sheet as a code, and nothing else about the card.
CREATE FUNCTION api.letter_for_card (p_card bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('operator', 'clerk');
  v_card   card := hold_ready_card (v_actor, p_card);
  v_number text := (SELECT l.number FROM card_letter l WHERE l.card_id = p_card);
BEGIN
  IF v_number IS NULL THEN
    v_number := 'L' || upper (encode (gen_random_bytes (6), 'hex'));
    INSERT INTO card_letter (number, card_id, office_code, made_by) VALUES (v_number, p_card, v_card.office_code, v_actor.staff_id);
    PERFORM record_event (v_actor, v_card.application_id, p_card, 'letter', format ('A letter was made for card %s.', v_card.number), NULL);
  END IF;
  RETURN v_number;
END
$$;

-- Both codes are scanned: the letter's and the card's. Posted is handed over.
CREATE FUNCTION api.match_letter (p_letter text, p_scanned text, p_reference text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('operator', 'clerk');
  v_letter card_letter;
  v_card   card;
BEGIN
  SELECT * INTO v_letter FROM card_letter l WHERE l.number = upper (btrim (p_letter, E' \r\n\t'));
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('No card was posted, because office %s has no letter %s. Scan its code again.', v_actor.office_code,
                    quote_literal (left (coalesce (p_letter, ''), 40))));
  END IF;
  v_card := hold_ready_card (v_actor, v_letter.card_id);
  IF NOT is_code_of (v_card.id, p_scanned) THEN
    PERFORM refuse ('P0001', 'LETTER_DIFFERS', format ('Letter %s was not closed, because the card that was scanned is not the one for it. Put each card into'
                    ' its own letter.', v_letter.number));
  ELSIF length (btrim (coalesce (p_reference, ''))) NOT BETWEEN 1 AND 60 THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Letter %s was not closed, because the number under which it is posted is missing or longer than 60'
                    ' characters. Scan it.', v_letter.number));
  END IF;
  INSERT INTO card_handover (card_id, office_code, staff_id, workstation, how, letter, reference)
  VALUES (v_card.id, v_card.office_code, v_actor.staff_id, v_actor.workstation, 'post', v_letter.number, btrim (p_reference));
  PERFORM issue_checked_card (v_actor, v_card.id, p_scanned, '%s posted card %s.', NULL);
  RETURN v_card.number;
END
$$;

CREATE VIEW api.card_handover WITH (security_barrier) AS
SELECT h.card_id, c.number AS card_number, h.at, s.name AS who, h.workstation, h.how, h.document, h.number_end, h.letter, h.reference,
       encode (sha256 (h.receipt), 'hex') AS receipt_sha256, h.receipt
  FROM platen.card_handover h JOIN platen.card c ON c.id = h.card_id JOIN platen.staff s ON s.id = h.staff_id
 WHERE (SELECT platen.may_read_persons ('card_handover'));

CREATE VIEW api.handover_rules WITH (security_barrier) AS
SELECT o.code AS office_code, coalesce (r.identity, false) AS identity, coalesce (r.receipt, false) AS receipt, coalesce (r.custody, false) AS custody,
       coalesce (r.post, false) AS post
  FROM platen.office o LEFT JOIN platen.card_rules r ON r.office_code = o.code
 WHERE (SELECT platen.may_read ()) AND o.code = ANY ((SELECT platen.visible_offices ())::text[]);

-- Where a card that is ready is: on which shelf, or in whose hands.
CREATE VIEW api.card_place WITH (security_barrier) AS
SELECT c.id AS card_id, c.number AS card_number, c.shelf, h.name AS custodian, t.name AS offered_to, l.number AS letter
  FROM platen.card c LEFT JOIN platen.staff h ON h.id = c.custodian LEFT JOIN platen.staff t ON t.id = c.offered_to
  LEFT JOIN platen.card_letter l ON l.card_id = c.id
 WHERE (SELECT platen.may_read ()) AND c.state = 'checked';

REVOKE ALL ON FUNCTION platen.hold_ready_card (platen.actor, bigint), platen.issue_checked_card (platen.actor, bigint, text, text, text),
  platen.check_handover (), api.set_handover_rules (boolean, boolean, boolean, boolean), api.shelve_card (bigint, text), api.give_card (bigint, text),
  api.take_card (bigint), api.hand_over_card (bigint, text, text, text, bytea), api.letter_for_card (bigint), api.match_letter (text, text, text) FROM PUBLIC;
GRANT SELECT ON api.card_handover, api.handover_rules, api.card_place TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION api.set_handover_rules (boolean, boolean, boolean, boolean), api.shelve_card (bigint, text), api.give_card (bigint, text),
  api.take_card (bigint), api.hand_over_card (bigint, text, text, text, bytea), api.letter_for_card (bigint), api.match_letter (text, text, text)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('event', 'fr', 'Card {card} lies in {shelf}.', 'La carte {card} est rangée en {shelf}.'),
('event', 'fr', '{name} gave card {card} to {name2}.', '{name} a donné la carte {card} à {name2}.'),
('event', 'fr', '{name} took card {card}.', '{name} a pris la carte {card}.'),
('event', 'fr', '{name} posted card {card}.', '{name} a posté la carte {card}.'),
('event', 'fr', 'A letter was made for card {card}.', 'Une lettre a été faite pour la carte {card}.'),
('refusal', 'fr', 'Card {card} was not put on a shelf, because its place is one to 40 characters. Name it as it is written on the shelf.',
 'La carte {card} n’a pas été rangée, car sa place a de un à 40 caractères. Nommez-la comme elle est écrite sur le casier.'),
('refusal', 'fr', 'Card {card} was not given, because {quoted} is no colleague who is at work in this office. Name another.',
 'La carte {card} n’a pas été donnée, car {quoted} n’est pas un collègue en fonction dans ce bureau. Nommez-en un autre.'),
('refusal', 'fr', 'Card {card} was not given, because {name} has it. Only they give it away.',
 'La carte {card} n’a pas été donnée, car {name} l’a. Seule cette personne la donne.'),
('refusal', 'fr', 'Card {card} was not taken, because nobody gave it to you. Let whoever has it give it.',
 'La carte {card} n’a pas été prise, car personne ne vous l’a donnée. Demandez à qui l’a de la donner.'),
('refusal', 'fr', 'Card {card} was not posted, because this office hands its cards over at the counter. Ask an administrator.',
 'La carte {card} n’a pas été postée, car ce bureau remet ses cartes au guichet. Adressez-vous à un administrateur.'),
('refusal', 'fr', 'Card {card} was not handed over, because this office demands that a colleague gives it to you first and you take it.',
 'La carte {card} n’a pas été remise, car ce bureau exige qu’un collègue vous la donne d’abord et que vous la preniez.'),
('refusal', 'fr', 'Card {card} was not handed over, because this office demands that the holder shows who they are. Say which document you saw and how its'
                  ' number ends.',
 'La carte {card} n’a pas été remise, car ce bureau exige que le titulaire justifie de son identité. Dites quel document vous avez vu et comment son numéro'
 ' se termine.'),
('refusal', 'fr', 'Card {card} was not handed over, because this office demands that the holder signs for it. Take the signature first.',
 'La carte {card} n’a pas été remise, car ce bureau exige que le titulaire signe. Prenez d’abord la signature.'),
('refusal', 'fr', 'Card {card} was not handed over, because it was not said which document was shown and how its number ends: two to four letters and digits, or'
                  ' a person whom you know. Say it again.',
 E'La carte {card} n’a pas été remise, car il n’a pas été dit quel document a été montré et comment son numéro se termine\u202f: de deux à quatre lettres et'
 ' chiffres, ou une personne que vous connaissez. Dites-le de nouveau.'),
('refusal', 'fr', 'Card {card} was not handed over, because the receipt is no JPEG or PNG picture of at most 1 MB. Take the signature again.',
 'La carte {card} n’a pas été remise, car le reçu n’est pas une image JPEG ou PNG d’au plus 1 Mo. Reprenez la signature.'),
('refusal', 'fr', 'No card was posted, because office {office} has no letter {quoted}. Scan its code again.',
 'Aucune carte n’a été postée, car le bureau {office} n’a pas de lettre {quoted}. Scannez de nouveau son code.'),
('refusal', 'fr', 'Letter {letter} was not closed, because the card that was scanned is not the one for it. Put each card into its own letter.',
 'La lettre {letter} n’a pas été fermée, car la carte scannée n’est pas la sienne. Mettez chaque carte dans sa propre lettre.'),
('refusal', 'fr', 'Letter {letter} was not closed, because the number under which it is posted is missing or longer than 60 characters. Scan it.',
 'La lettre {letter} n’a pas été fermée, car le numéro sous lequel elle est postée manque ou dépasse 60 caractères. Scannez-le.');

INSERT INTO platen.schema_version (version, title) VALUES (68, 'cards to their holders');
