-- SPDX-License-Identifier: GPL-3.0-or-later
-- Why a card was spoiled is one of a list, in words of the reader's language, and says whether the holder's data can be read on it. Another card is
-- made by itself inside limits that the office sets; beyond them, and for one whose card was recalled, a supervisor allows it who neither reserved
-- nor spoiled a card of it. A card that was handed over is recalled before another is made; its blank stays cancelled for good.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.spoil_reason (
  code          text PRIMARY KEY CHECK (code ~ '^[a-z][a-z_]{1,29}$'),
  position      int NOT NULL UNIQUE,
  text          text NOT NULL,
  data_readable boolean NOT NULL -- on the plastic: it is destroyed as what it is
);
INSERT INTO platen.spoil_reason VALUES
('jam', 1, 'It was bent or torn in the printer.', true),
('misprint', 2, 'It is misaligned, faint or striped.', true),
('colour', 3, 'Its colours are wrong.', true),
('one_side', 4, 'One side was not printed.', true),
('code', 5, 'Its code cannot be read.', true),
('data', 6, 'What it says differs from the record.', true),
('double_feed', 7, 'Two cards came at once, this one empty.', false),
('blank', 8, 'The blank was damaged before it was printed.', false),
('lost', 9, 'It cannot be found.', true),
('stopped', 10, 'Its holder is stopped.', true),
('recalled', 11, 'It was recalled before it was handed over.', true),
('fault', 12, 'The holder found it faulty.', true),
('other', 13, 'Another reason.', true);

ALTER TABLE platen.card
  ADD COLUMN spoil_code text REFERENCES platen.spoil_reason,
  ADD COLUMN spoil_note text CHECK (length (spoil_note) <= 2000),
  ADD COLUMN replaces bigint REFERENCES platen.card,
  ADD COLUMN reserved_at timestamptz DEFAULT clock_timestamp();
UPDATE platen.card c SET reserved_at = (SELECT min (e.at) FROM platen.event e WHERE e.card_id = c.id AND e.what = 'reserved');

-- What an office sets for its cards; without a row what stands here.
CREATE TABLE platen.card_rules (
  office_code        text PRIMARY KEY REFERENCES platen.office,
  again              int NOT NULL DEFAULT 5 CHECK (again BETWEEN 0 AND 100),             -- of one application, after the first
  again_by_operator  int CHECK (again_by_operator BETWEEN 0 AND 10000)                  -- by one person in a day; NULL: no limit
);
ALTER TABLE platen.card_rules ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.card_rules USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

CREATE TABLE platen.again_allowed (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  application_id bigint NOT NULL REFERENCES platen.application,
  office_code    text NOT NULL REFERENCES platen.office,
  reason         text NOT NULL CHECK (btrim (reason) <> '' AND length (reason) <= 2000),
  allowed_by     int NOT NULL REFERENCES platen.staff,
  allowed_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  used_by        bigint -- the card
);
CREATE UNIQUE INDEX again_allowed_once ON platen.again_allowed (application_id) WHERE used_by IS NULL;
ALTER TABLE platen.again_allowed ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.again_allowed USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

CREATE FUNCTION platen.rules_of_cards (p_office text) RETURNS platen.card_rules
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_rules card_rules;
BEGIN
  SELECT * INTO v_rules FROM card_rules WHERE office_code = p_office;
  v_rules.office_code := p_office;
  v_rules.again := coalesce (v_rules.again, 5);
  RETURN v_rules;
END
$$;

-- NULL: as it is; a limit of -1 for one person: none.
CREATE FUNCTION api.set_again_limits (p_again int, p_by_operator int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('admin');
BEGIN
  IF NOT (coalesce (p_again BETWEEN 0 AND 100, true) AND coalesce (p_by_operator BETWEEN -1 AND 10000, true)) THEN
    PERFORM refuse ('P0001', 'FIELD', 'How often a card may be made again was not changed, because that is 0 to 100 times for one application and 0 to'
                    ' 10000 by one person in a day. Give another number.');
  END IF;
  INSERT INTO card_rules (office_code) VALUES (v_actor.office_code) ON CONFLICT DO NOTHING;
  UPDATE card_rules SET again = coalesce (p_again, again),
         again_by_operator = CASE WHEN p_by_operator IS NULL THEN again_by_operator WHEN p_by_operator >= 0 THEN p_by_operator END
   WHERE office_code = v_actor.office_code;
  PERFORM note (v_actor, v_actor.office_code, 'set_again_limits', 'office', v_actor.office_code,
                jsonb_build_object ('again', p_again, 'by_operator', p_by_operator));
END
$$;

-- ---- spoiled ----

-- @p_reason: a code, also with words of one's own behind it (“jam: the second today”), or words alone.
CREATE OR REPLACE FUNCTION api.spoil_card (p_card bigint, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('operator');
  v_parts  text[] := regexp_match (btrim (p_reason), '^([a-z][a-z_]*)(?:: *(.*))?$');
  v_reason spoil_reason;
  v_note   text := nullif (btrim (p_reason), '');
BEGIN
  SELECT * INTO v_reason FROM spoil_reason r WHERE r.code = v_parts[1];
  IF FOUND THEN
    v_note := nullif (btrim (v_parts[2]), '');
  END IF;
  PERFORM card_step_with_reason (v_actor, p_card, '{rendered,sent,on_device,out,checked,doubtful}', 'spoiled', '%2$s spoiled card %1$s.',
                                 coalesce (v_reason.text || coalesce (' ' || v_note, ''), v_note));
  UPDATE card SET spoil_code = coalesce (v_reason.code, 'other'), spoil_note = v_note WHERE id = p_card;
END
$$;

-- ---- made again ----

CREATE FUNCTION platen.count_again () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_rules  card_rules := rules_of_cards (NEW.office_code);
  v_number text := (SELECT number FROM application WHERE id = NEW.application_id);
  v_last   card;
  v_gone   int := (SELECT count (*) FROM card c WHERE c.application_id = NEW.application_id AND c.state IN ('spoiled', 'recalled'));
  v_today  int;
BEGIN
  SELECT * INTO v_last FROM card c WHERE c.application_id = NEW.application_id AND c.state IN ('spoiled', 'recalled') ORDER BY c.id DESC LIMIT 1;
  IF NOT FOUND THEN
    RETURN NEW;
  END IF;
  NEW.replaces := v_last.id;
  v_today := (SELECT count (*) FROM card c WHERE c.office_code = NEW.office_code AND c.reserved_by = NEW.reserved_by AND c.replaces IS NOT NULL
                 AND c.state <> 'cancelled' AND c.reserved_at >= today ());
  IF v_gone <= v_rules.again AND v_last.state = 'spoiled' AND coalesce (v_today < v_rules.again_by_operator, true) THEN
    RETURN NEW;
  END IF;
  UPDATE again_allowed SET used_by = NEW.id WHERE application_id = NEW.application_id AND used_by IS NULL;
  IF NOT FOUND AND v_last.state = 'recalled' THEN
    PERFORM refuse ('P0001', 'REPRINT', format ('No card was reserved for application %s, because its card %s was recalled. Let a supervisor allow another'
                    ' one.', v_number, v_last.number));
  ELSIF NOT FOUND AND v_gone > v_rules.again THEN
    PERFORM refuse ('P0001', 'REPRINT', format ('No card was reserved for application %s, because %s cards of it were spoiled and this office makes'
                    ' %s again by itself. Let a supervisor who made none of them allow another one.', v_number, v_gone, v_rules.again));
  ELSIF NOT FOUND THEN
    PERFORM refuse ('P0001', 'REPRINT', format ('No card was reserved for application %s, because you made %s cards again today and this office lets one'
                    ' person make %s. Let a colleague print it, or a supervisor allow it.', v_number, v_today, v_rules.again_by_operator));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER again_is_counted BEFORE INSERT ON platen.card FOR EACH ROW EXECUTE FUNCTION platen.count_again ();

-- A cancelled card was never made: what was allowed for it is good for the next.
CREATE FUNCTION platen.give_allowance_back () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  UPDATE again_allowed SET used_by = NULL WHERE application_id = NEW.application_id AND used_by = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER allowance_comes_back AFTER UPDATE OF state ON platen.card FOR EACH ROW WHEN (NEW.state = 'cancelled' AND OLD.state <> 'cancelled')
  EXECUTE FUNCTION platen.give_allowance_back ();

-- As in 0030, but that an application whose card was recalled can have another.
CREATE OR REPLACE FUNCTION platen.move_application (p_actor platen.actor, p_application bigint, p_to platen.application_state,
                                                    p_text text, p_why text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_from    text;
  v_number  text;
  v_version int;
BEGIN
  SELECT state, number INTO STRICT v_from, v_number FROM application WHERE id = p_application FOR UPDATE;
  IF NOT coalesce (p_to::text = ANY (CASE v_from
       WHEN 'draft'         THEN '{submitted,withdrawn,waiting}'::text[]
       WHEN 'returned'      THEN '{submitted,withdrawn,waiting}'
       WHEN 'submitted'     THEN '{approved,returned,rejected,withdrawn,waiting}'
       WHEN 'waiting'       THEN '{submitted,draft,returned,rejected,withdrawn}'
       WHEN 'approved'      THEN '{in_production,withdrawn}'
       WHEN 'in_production' THEN '{ready,approved}'       -- back when its card was spoiled or cancelled
       WHEN 'ready'         THEN '{issued,approved}'
       WHEN 'issued'        THEN '{approved}'             -- its card was recalled
     END), false)
     OR (v_from = 'issued' AND EXISTS (SELECT FROM card c WHERE c.application_id = p_application
                                          AND c.state NOT IN ('spoiled', 'cancelled', 'recalled'))) THEN
    PERFORM refuse ('P0001', 'STATE', format ('Application %s was not changed, because it is %s and cannot become %s.'
                    ' Read it again and take the step that is next.', v_number, replace (v_from, '_', ' '),
                    replace (p_to, '_', ' ')));
  END IF;
  DELETE FROM application_wait w WHERE w.application_id = p_application;
  UPDATE application
     SET state = p_to, row_version = row_version + 1, changed_at = clock_timestamp(), changed_by = p_actor.staff_id,
         reason = CASE WHEN p_to IN ('returned', 'rejected', 'withdrawn', 'waiting') THEN nullif (btrim (p_why), '') END
   WHERE id = p_application
   RETURNING row_version INTO v_version;
  PERFORM record_event (p_actor, p_application, NULL, p_to, p_text, p_why);
  RETURN v_version;
END
$$;

CREATE FUNCTION api.allow_reprint (p_application bigint, p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('supervisor');
  v_application application := find_application (v_actor, p_application);
  v_last        card;
  v_id          bigint;
BEGIN
  SELECT * INTO v_last FROM card c WHERE c.application_id = p_application AND c.state <> 'cancelled' ORDER BY c.id DESC LIMIT 1;
  IF btrim (coalesce (p_reason, '')) = '' THEN
    PERFORM refuse ('P0001', 'REASON', format ('No other card was allowed for application %s, because no reason was given. Say why it is needed.',
                    v_application.number));
  ELSIF coalesce (v_last.state NOT IN ('spoiled', 'recalled'), true) OR v_application.state NOT IN ('approved', 'issued') THEN
    PERFORM refuse ('P0001', 'STATE', format ('No other card was allowed for application %s, because none of it was spoiled or recalled last. Recall a card'
                    ' that was handed over first.', v_application.number));
  ELSIF EXISTS (SELECT FROM card c WHERE c.application_id = p_application AND c.reserved_by = v_actor.staff_id)
        OR EXISTS (SELECT FROM event e JOIN card c ON c.id = e.card_id WHERE c.application_id = p_application AND e.what = 'spoiled'
                      AND e.staff_id = v_actor.staff_id) THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', format ('No other card was allowed for application %s, because you printed or spoiled one of it yourself. Ask'
                    ' another supervisor.', v_application.number));
  END IF;
  INSERT INTO again_allowed (application_id, office_code, reason, allowed_by)
  VALUES (p_application, v_application.office_code, btrim (p_reason), v_actor.staff_id)
  ON CONFLICT DO NOTHING RETURNING id INTO v_id;
  IF v_id IS NULL THEN
    RETURN (SELECT a.id FROM again_allowed a WHERE a.application_id = p_application AND a.used_by IS NULL);
  END IF;
  PERFORM record_event (v_actor, p_application, NULL, 'reprint_allowed', format ('%s allowed another card.', v_actor.name), p_reason);
  IF v_application.state = 'issued' THEN
    PERFORM move_application (v_actor, p_application, 'approved', format ('Card %s was %s; a new one can be made.', v_last.number, v_last.state), p_reason);
  END IF;
  RETURN v_id;
END
$$;

-- ---- recalled ----

-- One card that was handed over; where its holder has brought it, it is taken out of use at once. The licence stays valid.
CREATE FUNCTION api.recall_card (p_card bigint, p_reason text, p_returned boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('supervisor');
BEGIN
  PERFORM hold_card (v_actor, p_card);
  PERFORM card_step_with_reason (v_actor, p_card, '{issued}', 'recalled', '%2$s recalled card %1$s.', p_reason);
  IF p_returned THEN
    PERFORM api.card_returned (p_card, NULL);
  END IF;
END
$$;

-- It was brought back or seized, and lies with what is to be destroyed.
CREATE FUNCTION api.card_returned (p_card bigint, p_note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('clerk', 'supervisor', 'operator');
  v_card  card := hold_card (v_actor, p_card);
BEGIN
  IF v_card.state <> 'recalled' THEN
    PERFORM refuse ('P0001', 'STATE', format ('The return of card %s was not noted, because it is %s and not recalled. Recall it first.', v_card.number,
                    replace (v_card.state, '_', ' ')));
  ELSIF (SELECT b.place FROM blank b WHERE b.serial = v_card.serial) <> 'person' THEN
    RETURN;
  END IF;
  PERFORM stock_move (v_actor, v_card.office_code, v_card.serial, 'spoiled', p_card);
  PERFORM record_event (v_actor, v_card.application_id, p_card, 'returned', format ('Card %s was brought back.', v_card.number), p_note);
END
$$;

-- As in 0063; the reason of a card that was spoiled is in the reader's words.
CREATE OR REPLACE VIEW api.card WITH (security_barrier) AS
SELECT c.id, c.number, c.serial, c.state::text AS state, c.application_id, a.number AS application_number, a.holder_name, c.printer,
       c.job_id, c.job_uuid, c.print_key, c.front_sha256, c.back_sha256, c.file_sha256, c.layout, c.layout_version, c.changed_at,
       CASE WHEN c.state = 'spoiled' AND c.spoil_code <> 'other' THEN concat_ws (' ', platen.in_words ('why', r.text), c.spoil_note)
            ELSE platen.in_words ('why', c.reason) END AS reason,
       c.state = 'doubtful'
         OR (c.state = 'out' AND c.found_at IS NULL
             AND c.changed_at <= clock_timestamp() - CASE WHEN c.batch_id IS NULL THEN make_interval (mins => o.ask_after_minutes)
                                                          ELSE interval '14 days' END) AS asked_about,
       c.layout_digest, b.number AS batch, c.batch_position, s.frozen_at, s.frozen_why, c.spoil_code,
       CASE WHEN c.state = 'spoiled' THEN coalesce (r.data_readable, true) END AS data_readable,
       (SELECT p.number FROM platen.card p WHERE p.id = c.replaces) AS replaces
  FROM platen.card c JOIN platen.application a ON a.id = c.application_id JOIN platen.office o ON o.code = c.office_code
  LEFT JOIN platen.bureau_batch b ON b.id = c.batch_id
  LEFT JOIN platen.spoil_reason r ON r.code = c.spoil_code
  LEFT JOIN LATERAL (SELECT min (s.made_at) AS frozen_at, string_agg (platen.stop_words (s), ' ' ORDER BY s.id) AS frozen_why
                       FROM platen.person_stop s
                      WHERE s.id_number = a.id_number AND s.lifted_at IS NULL AND (s.application_id IS NULL OR s.application_id = a.id)
                        AND (s.card_id IS NULL OR s.card_id = c.id)
                        AND c.state NOT IN ('issued', 'spoiled', 'cancelled', 'recalled')) s ON true
 WHERE (SELECT platen.may_read_persons ('card'));

CREATE VIEW api.spoil_reason WITH (security_barrier) AS
SELECT r.code, r.position, platen.in_words ('why', r.text) AS text, r.data_readable
  FROM platen.spoil_reason r
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.again_limits WITH (security_barrier) AS
SELECT o.code AS office_code, (platen.rules_of_cards (o.code)).again, (platen.rules_of_cards (o.code)).again_by_operator
  FROM platen.office o
 WHERE (SELECT platen.may_read ()) AND o.code = ANY ((SELECT platen.visible_offices ())::text[]);

REVOKE ALL ON FUNCTION platen.rules_of_cards (text), platen.count_again (), platen.give_allowance_back (), api.set_again_limits (int, int),
  api.allow_reprint (bigint, text), api.recall_card (bigint, text, boolean), api.card_returned (bigint, text) FROM PUBLIC;
GRANT SELECT ON api.spoil_reason, api.again_limits TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION platen.rules_of_cards (text), api.set_again_limits (int, int), api.allow_reprint (bigint, text),
  api.recall_card (bigint, text, boolean), api.card_returned (bigint, text)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('why', 'fr', 'It was bent or torn in the printer.', 'Elle a été pliée ou déchirée dans l’imprimante.'),
('why', 'fr', 'It is misaligned, faint or striped.', 'Elle est décalée, pâle ou rayée.'),
('why', 'fr', 'Its colours are wrong.', 'Ses couleurs sont fausses.'),
('why', 'fr', 'One side was not printed.', 'Une face n’a pas été imprimée.'),
('why', 'fr', 'Its code cannot be read.', 'Son code ne peut pas être lu.'),
('why', 'fr', 'What it says differs from the record.', 'Ce qu’elle indique diffère du dossier.'),
('why', 'fr', 'Two cards came at once, this one empty.', 'Deux cartes sont sorties à la fois, celle-ci vierge.'),
('why', 'fr', 'The blank was damaged before it was printed.', 'Le support était abîmé avant l’impression.'),
('why', 'fr', 'It cannot be found.', 'Elle est introuvable.'),
('why', 'fr', 'Its holder is stopped.', 'Son titulaire est bloqué.'),
('why', 'fr', 'It was recalled before it was handed over.', 'Elle a été rappelée avant d’être remise.'),
('why', 'fr', 'The holder found it faulty.', 'Le titulaire l’a trouvée défectueuse.'),
('why', 'fr', 'Another reason.', 'Un autre motif.'),
('event', 'fr', '{name} allowed another card.', '{name} a autorisé une autre carte.'),
('event', 'fr', '{name} recalled card {card}.', '{name} a rappelé la carte {card}.'),
('event', 'fr', 'Card {card} was brought back.', 'La carte {card} a été rapportée.'),
('refusal', 'fr', 'How often a card may be made again was not changed, because that is 0 to 100 times for one application and 0 to 10000 by one person in'
                  ' a day. Give another number.',
 'Le nombre de cartes refaites n’a pas été modifié, car c’est de 0 à 100 fois pour une demande et de 0 à 10000 par personne et par jour. Indiquez un autre'
 ' nombre.'),
('refusal', 'fr', 'No card was reserved for application {application}, because its card {card} was recalled. Let a supervisor allow another one.',
 'Aucune carte n’a été réservée pour la demande {application}, car sa carte {card} a été rappelée. Faites-en autoriser une autre par un superviseur.'),
('refusal', 'fr', 'No card was reserved for application {application}, because {n} cards of it were spoiled and this office makes {m} again by itself. Let a'
                  ' supervisor who made none of them allow another one.',
 'Aucune carte n’a été réservée pour la demande {application}, car {n} cartes en ont été mises au rebut et ce bureau en refait {m} de lui-même. Faites-en'
 ' autoriser une autre par un superviseur qui n’en a fait aucune.'),
('refusal', 'fr', 'No card was reserved for application {application}, because you made {n} cards again today and this office lets one person make {m}. Let a'
                  ' colleague print it, or a supervisor allow it.',
 'Aucune carte n’a été réservée pour la demande {application}, car vous avez refait {n} cartes aujourd’hui et ce bureau en permet {m} par personne. Faites-la'
 ' imprimer par un collègue, ou autoriser par un superviseur.'),
('refusal', 'fr', 'No other card was allowed for application {application}, because no reason was given. Say why it is needed.',
 'Aucune autre carte n’a été autorisée pour la demande {application}, faute de motif. Dites pourquoi il en faut une.'),
('refusal', 'fr', 'No other card was allowed for application {application}, because none of it was spoiled or recalled last. Recall a card that was handed over'
                  ' first.',
 'Aucune autre carte n’a été autorisée pour la demande {application}, car la dernière n’a été ni mise au rebut ni rappelée. Rappelez d’abord une carte'
 ' remise.'),
('refusal', 'fr', 'No other card was allowed for application {application}, because you printed or spoiled one of it yourself. Ask another supervisor.',
 'Aucune autre carte n’a été autorisée pour la demande {application}, car vous en avez vous-même imprimé ou mis une au rebut. Demandez à un autre'
 ' superviseur.'),
('refusal', 'fr', 'The return of card {card} was not noted, because it is {card_state} and not recalled. Recall it first.',
 E'Le retour de la carte {card} n’a pas été noté, car elle est à l’état «\u202f{card_state}\u202f» et non rappelée. Rappelez-la d’abord.');

INSERT INTO platen.schema_version (version, title) VALUES (64, 'spoil and make again');
