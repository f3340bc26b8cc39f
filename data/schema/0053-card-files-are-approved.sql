-- SPDX-License-Identifier: GPL-3.0-or-later
-- A second person may put a signature of their own behind the issuer's in a card's file. The issuer's bytes stay as they are and where they
-- are; what was added is kept beside them, with the hash of both together. It is never one of those who made the card: not who entered or
-- changed the application, not who approved it, not who reserved or drew the card, whatever their roles. That the added bytes are a
-- signature is looked at by the program, as with the file itself; the database holds that they stand behind that very file.
--
-- An office may demand it, of every card or of those of one layout, as a row: then no print job of such a card is noted before. By
-- itself it does not.
--
-- And what was scanned when a card was read back is kept, right or wrong, as it was typed: the third part of what an auditor lays side by
-- side. Print operators and auditors read it, and each reading leaves a row as any other.

SET LOCAL ROLE platen_owner;

ALTER TABLE platen.card_file ADD drawn_by int REFERENCES platen.staff;

CREATE FUNCTION platen.note_drawer () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF NOT is_installer () THEN
    NEW.drawn_by := (require_session ()).staff_id;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER file_has_a_drawer BEFORE INSERT OR UPDATE OF file ON platen.card_file FOR EACH ROW EXECUTE FUNCTION platen.note_drawer ();

-- The approver's key is one of those that signed the card, and stays published as long.
ALTER TABLE platen.card_key DROP CONSTRAINT card_key_part_check;
ALTER TABLE platen.card_key ADD CONSTRAINT card_key_part_check CHECK (part IN ('file', 'qr', 'pdf417', 'chip', 'mdl', 'approval'));

CREATE TABLE platen.card_file_approval (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  card_id            bigint NOT NULL REFERENCES platen.card,
  office_code        text NOT NULL REFERENCES platen.office,
  at                 timestamptz NOT NULL DEFAULT clock_timestamp(),
  staff_id           int NOT NULL REFERENCES platen.staff,
  workstation        text NOT NULL,
  base_sha256        text NOT NULL CHECK (base_sha256 ~ '^[0-9a-f]{64}$'), -- of the issuer's file
  added              bytea NOT NULL CHECK (octet_length (added) BETWEEN 1 AND 1048576), -- what stands behind it
  approved_sha256    text NOT NULL CHECK (approved_sha256 ~ '^[0-9a-f]{64}$'), -- of both
  key_id             text NOT NULL CHECK (btrim (key_id) <> ''),
  certificate_sha256 text NOT NULL CHECK (certificate_sha256 ~ '^[0-9a-f]{64}$'),
  UNIQUE (card_id, base_sha256)
);
CREATE TRIGGER card_file_approval_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.card_file_approval
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
ALTER TABLE platen.card_file_approval ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.card_file_approval USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

CREATE TABLE platen.file_approval_demand (
  office_code text NOT NULL REFERENCES platen.office,
  layout      text NOT NULL CHECK (btrim (layout) <> ''), -- '*': whichever
  since       timestamptz NOT NULL DEFAULT clock_timestamp(),
  staff_id    int NOT NULL REFERENCES platen.staff,
  PRIMARY KEY (office_code, layout)
);
ALTER TABLE platen.file_approval_demand ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.file_approval_demand USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

CREATE TABLE platen.card_reading (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  card_id        bigint NOT NULL REFERENCES platen.card,
  office_code    text NOT NULL REFERENCES platen.office,
  at             timestamptz NOT NULL DEFAULT clock_timestamp(),
  staff_id       int NOT NULL REFERENCES platen.staff,
  workstation    text NOT NULL,
  scanned        text NOT NULL CHECK (length (scanned) <= 8192), -- the beginning of what is longer
  scanned_sha256 text NOT NULL CHECK (scanned_sha256 ~ '^[0-9a-f]{64}$'), -- of the whole, UTF-8
  serial         text CHECK (length (serial) <= 64),
  matched        boolean NOT NULL
);
CREATE INDEX card_reading_card ON platen.card_reading (card_id, id);
CREATE TRIGGER card_reading_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.card_reading
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
ALTER TABLE platen.card_reading ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.card_reading USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

-- Everybody whose hands were in it. A file that was drawn before this upgrade has its drawer in the history.
CREATE FUNCTION platen.made_card (p_card platen.card, p_staff int) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT p_card.reserved_by = p_staff
      OR EXISTS (SELECT FROM application a WHERE a.id = p_card.application_id AND p_staff IN (a.entered_by, a.approved_by))
      OR EXISTS (SELECT FROM application_editor e WHERE e.application_id = p_card.application_id AND e.staff_id = p_staff)
      OR EXISTS (SELECT FROM card_file f WHERE f.card_id = p_card.id AND f.drawn_by = p_staff)
      OR EXISTS (SELECT FROM event e WHERE e.card_id = p_card.id AND e.what = 'rendered' AND e.staff_id = p_staff)
$$;

CREATE FUNCTION platen.lacks_file_approval (p_card platen.card) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT EXISTS (SELECT FROM file_approval_demand d WHERE d.office_code = p_card.office_code AND d.layout IN ('*', p_card.layout))
     AND NOT EXISTS (SELECT FROM card_file_approval a WHERE a.card_id = p_card.id AND a.base_sha256 = p_card.file_sha256)
$$;

CREATE FUNCTION platen.refuse_unapproved_file (p_card platen.card) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF lacks_file_approval (p_card) THEN
    PERFORM refuse ('P0001', 'FILE_APPROVAL', format ('Card %s was not printed, because this office demands that a second person approves its'
                    ' file first. It is drawn: let a supervisor or administrator who did not make it approve the file, then print it again.',
                    p_card.number));
  END IF;
END
$$;

-- For a program, before it makes a job.
CREATE FUNCTION api.card_may_be_sent (p_card bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
BEGIN
  PERFORM refuse_unapproved_file (hold_card (demand ('operator'), p_card));
END
$$;

-- For whoever does not ask. A card of which no job was ever noted is not talked past it by being found, either.
CREATE FUNCTION platen.check_file_approval () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM refuse_unapproved_file (NEW);
  RETURN NEW;
END
$$;
CREATE TRIGGER file_is_approved BEFORE UPDATE OF job_id, state ON platen.card FOR EACH ROW
  WHEN ((OLD.job_id IS NULL AND NEW.job_id IS NOT NULL) OR (NEW.job_id IS NULL AND NEW.state = 'checked' AND OLD.state <> 'checked'))
  EXECUTE FUNCTION platen.check_file_approval ();

-- The beginning must be the file that is kept, and the end that of a PDF: so nothing can be put in its place.
CREATE FUNCTION platen.added_to_file (p_card platen.card, p_file bytea) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET standard_conforming_strings = on AS $$
  SELECT substr (p_file, octet_length (f.file) + 1)
    FROM card_file f
   WHERE f.card_id = p_card.id AND octet_length (p_file) > octet_length (f.file) AND substr (p_file, 1, octet_length (f.file)) = f.file
     AND substr (p_file, octet_length (p_file) - 5) = '\x2525454f460a'::bytea
$$;

CREATE FUNCTION platen.check_approver (p_actor platen.actor, p_card platen.card) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF made_card (p_card, p_actor.staff_id) THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', format ('The file of card %s was not approved, because you entered, changed or approved its application,'
                    ' or drew it. Ask another supervisor or an administrator.', p_card.number));
  ELSIF p_card.state IN ('reserved', 'spoiled', 'cancelled', 'recalled') THEN
    PERFORM refuse ('P0001', 'STATE', format ('The file of card %s was not approved, because the card is %s. Only the file of a card that was drawn'
                    ' and not given up is approved.', p_card.number, replace (p_card.state, '_', ' ')));
  ELSIF EXISTS (SELECT FROM card_file_approval a WHERE a.card_id = p_card.id AND a.base_sha256 = p_card.file_sha256) THEN
    PERFORM refuse ('P0001', 'STATE', format ('The file of card %s was not approved again, because it has a second person’s approval already.',
                    p_card.number));
  END IF;
END
$$;

-- For a program, before it troubles a key with it.
CREATE FUNCTION api.may_approve_card_file (p_card bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('supervisor', 'admin');
BEGIN
  PERFORM check_approver (v_actor, hold_card (v_actor, p_card));
END
$$;

CREATE FUNCTION api.approve_card_file (p_card bigint, p_base_sha256 text, p_file bytea, p_key_id text, p_certificate_sha256 text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('supervisor', 'admin');
  v_card  card := hold_card (v_actor, p_card);
  v_added bytea;
  v_hash  text := encode (sha256 (p_file), 'hex');
BEGIN
  PERFORM check_approver (v_actor, v_card);
  IF p_base_sha256 IS DISTINCT FROM v_card.file_sha256 THEN
    PERFORM refuse ('PL409', 'STALE', format ('The file of card %s was not approved, because it was drawn anew since you read it. Approve it'
                    ' again.', v_card.number));
  END IF;
  v_added := added_to_file (v_card, p_file);
  IF v_added IS NULL OR octet_length (v_added) > 1048576 OR coalesce (p_key_id, '') !~ '^[!-~][ -~]{0,15}$'
     OR coalesce (p_certificate_sha256, '') !~ '^[0-9a-f]{64}$' THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The file of card %s was not approved, because what was given is not that file with a signature behind'
                    ' it. Approve it again.', v_card.number));
  END IF;
  INSERT INTO card_file_approval (card_id, office_code, staff_id, workstation, base_sha256, added, approved_sha256, key_id, certificate_sha256)
  VALUES (p_card, v_card.office_code, v_actor.staff_id, v_actor.workstation, v_card.file_sha256, v_added, v_hash, p_key_id,
          p_certificate_sha256);
  INSERT INTO card_key (card_id, part, office_code, issuer_key_id)
  SELECT p_card, 'approval', v_card.office_code, use_key (p_key_id, p_certificate_sha256, a.expiry_date)
    FROM application a WHERE a.id = v_card.application_id;
  PERFORM record_event (v_actor, v_card.application_id, p_card, 'file_approved', format ('%s approved the file of card %s.', v_actor.name,
                        v_card.number), NULL);
  RETURN v_hash;
END
$$;

-- NULL: of every layout.
CREATE FUNCTION api.demand_file_approval (p_layout text, p_demanded boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('admin');
  v_layout text := coalesce (nullif (btrim (p_layout), ''), '*');
BEGIN
  IF p_demanded IS NULL THEN
    PERFORM refuse ('P0001', 'FIELD', 'Whether card files must be approved was not changed, because neither yes nor no was said.');
  ELSIF v_layout <> '*' AND p_demanded AND NOT EXISTS (SELECT FROM layout l WHERE l.layout = v_layout) THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Whether card files must be approved was not changed, because no version of layout %s was ever'
                    ' proposed. Look at the name again.', quote_literal (v_layout)));
  END IF;
  IF p_demanded THEN
    INSERT INTO file_approval_demand (office_code, layout, staff_id) VALUES (v_actor.office_code, v_layout, v_actor.staff_id)
    ON CONFLICT DO NOTHING;
  ELSE
    DELETE FROM file_approval_demand d WHERE d.office_code = v_actor.office_code AND d.layout = v_layout;
  END IF;
  PERFORM note (v_actor, v_actor.office_code, 'demand_file_approval', 'office', v_actor.office_code,
                jsonb_build_object ('layout', v_layout, 'demanded', p_demanded));
END
$$;

-- What is compared stays where it was; what was scanned is kept whatever comes of it.
ALTER FUNCTION api.check_card (bigint, text, text) SET SCHEMA platen;
CREATE FUNCTION api.check_card (p_card bigint, p_scanned text, p_serial text, OUT matched boolean, OUT text text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator');
BEGIN
  SELECT c.matched, c.text INTO matched, text FROM check_card (p_card, p_scanned, p_serial) c;
  INSERT INTO card_reading (card_id, office_code, staff_id, workstation, scanned, scanned_sha256, serial, matched)
  SELECT c.id, c.office_code, v_actor.staff_id, v_actor.workstation, left (coalesce (p_scanned, ''), 8192),
         encode (sha256 (convert_to (coalesce (p_scanned, ''), 'UTF8')), 'hex'), left (p_serial, 64), matched
    FROM card c WHERE c.id = p_card;
END
$$;

CREATE VIEW api.card_file_approval WITH (security_barrier) AS
SELECT a.card_id, a.at, t.name AS approved_by, t.login AS approved_by_login, a.workstation, a.base_sha256, a.added, a.approved_sha256, a.key_id,
       a.certificate_sha256
  FROM platen.card_file_approval a
  JOIN platen.staff t ON t.id = a.staff_id
  JOIN platen.card c ON c.id = a.card_id AND c.file_sha256 = a.base_sha256
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.file_approval_demand WITH (security_barrier) AS
SELECT d.office_code, d.layout, d.since, t.name AS demanded_by
  FROM platen.file_approval_demand d JOIN platen.staff t ON t.id = d.staff_id
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.card_reading WITH (security_barrier) AS
SELECT r.id, r.card_id, r.at, t.name AS who, r.workstation, r.scanned, r.scanned_sha256, r.serial, r.matched
  FROM platen.card_reading r JOIN platen.staff t ON t.id = r.staff_id
 WHERE (SELECT platen.may_read ('operator', 'auditor')) AND (SELECT platen.may_read_persons ('card_reading'))
 ORDER BY r.id;

REVOKE ALL ON FUNCTION platen.check_card (bigint, text, text), platen.note_drawer (), platen.made_card (platen.card, int),
  platen.lacks_file_approval (platen.card), platen.refuse_unapproved_file (platen.card), platen.check_file_approval (),
  platen.added_to_file (platen.card, bytea), platen.check_approver (platen.actor, platen.card), api.may_approve_card_file (bigint),
  api.card_may_be_sent (bigint), api.approve_card_file (bigint, text, bytea, text, text),
  api.demand_file_approval (text, boolean), api.check_card (bigint, text, text) FROM PUBLIC;
DO $grants$
DECLARE
  v_group text;
BEGIN
  FOREACH v_group IN ARRAY ARRAY['platen_clerk', 'platen_supervisor', 'platen_operator', 'platen_auditor', 'platen_admin'] LOOP
    EXECUTE format ('REVOKE EXECUTE ON FUNCTION platen.check_card (bigint, text, text) FROM %I', v_group);
    EXECUTE format ('GRANT SELECT ON api.card_file_approval, api.file_approval_demand, api.card_reading TO %I', v_group);
    EXECUTE format ('GRANT EXECUTE ON FUNCTION api.check_card (bigint, text, text), api.card_may_be_sent (bigint), api.may_approve_card_file (bigint),'
                    ' api.approve_card_file (bigint, text, bytea, text, text), api.demand_file_approval (text, boolean) TO %I', v_group);
  END LOOP;
END
$grants$;

INSERT INTO platen.translation (context, language, english, text) VALUES
('event', 'fr', '{name} approved the file of card {card}.', '{name} a approuvé le fichier de la carte {card}.'),
('refusal', 'fr', 'Card {card} was not printed, because this office demands that a second person approves its file first. It is drawn: let a supervisor'
                  ' or administrator who did not make it approve the file, then print it again.',
 'La carte {card} n’a pas été imprimée, car ce service exige qu’une seconde personne en approuve d’abord le fichier. Elle est dessinée : faites approuver'
 ' le fichier par un responsable ou un administrateur qui ne l’a pas établie, puis imprimez-la de nouveau.'),
('refusal', 'fr', 'The file of card {card} was not approved, because you entered, changed or approved its application, or drew it. Ask another'
                  ' supervisor or an administrator.',
 'Le fichier de la carte {card} n’a pas été approuvé, car vous avez saisi, modifié ou approuvé sa demande, ou dessiné la carte. Adressez-vous à un autre'
 ' responsable ou à un administrateur.'),
('refusal', 'fr', 'The file of card {card} was not approved, because the card is {card_state}. Only the file of a card that was drawn and not given up is'
                  ' approved.',
 'Le fichier de la carte {card} n’a pas été approuvé, car elle est à l’état « {card_state} ». Seul le fichier d’une carte dessinée et non abandonnée peut'
 ' être approuvé.'),
('refusal', 'fr', 'The file of card {card} was not approved again, because it has a second person’s approval already.',
 'Le fichier de la carte {card} n’a pas été approuvé de nouveau, car il porte déjà l’approbation d’une seconde personne.'),
('refusal', 'fr', 'The file of card {card} was not approved, because it was drawn anew since you read it. Approve it again.',
 'Le fichier de la carte {card} n’a pas été approuvé, car il a été redessiné depuis que vous l’avez lu. Approuvez-le de nouveau.'),
('refusal', 'fr', 'The file of card {card} was not approved, because what was given is not that file with a signature behind it. Approve it again.',
 'Le fichier de la carte {card} n’a pas été approuvé, car ce qui a été fourni n’est pas ce fichier suivi d’une signature. Approuvez-le de nouveau.'),
('refusal', 'fr', 'Whether card files must be approved was not changed, because neither yes nor no was said.',
 'L’obligation d’approuver les fichiers de cartes n’a pas été modifiée, car ni oui ni non n’a été dit.'),
('refusal', 'fr', 'Whether card files must be approved was not changed, because no version of layout {quoted} was ever proposed. Look at the name again.',
 'L’obligation d’approuver les fichiers de cartes n’a pas été modifiée, car aucune version de la maquette {quoted} n’a jamais été proposée. Vérifiez'
 ' le nom.');

INSERT INTO platen.schema_version (version, title) VALUES (53, 'card files are approved');
