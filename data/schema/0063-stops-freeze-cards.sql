-- SPDX-License-Identifier: GPL-3.0-or-later
-- A stop that arrives while a card is being made freezes it: it may still come out, be doubted, spoiled or given up, but it is neither sent nor
-- read back nor handed over until the stop is lifted. A stop is about a person: a registry says that the holder died or that the licence is
-- suspended or withdrawn (by the rules of law, as they judge an application), the rules find something new in the application, or somebody says
-- so. It holds in every office. What a registry or the rules said is lifted when they say otherwise.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.person_stop (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_number      text NOT NULL,
  office_code    text NOT NULL REFERENCES platen.office,   -- where it came to light
  source         text NOT NULL CHECK (source <> ''),       -- the registry's word, rules, person
  application_id bigint,                                   -- rules, person: of no other
  card_id        bigint,                                   -- recall: of this card alone, another may be made
  rule           text,
  params         jsonb,
  reason         text CHECK (length (reason) BETWEEN 1 AND 2000),
  answered_at    timestamptz,
  made_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  made_by        int REFERENCES platen.staff,
  lifted_at      timestamptz,
  lifted_by      int REFERENCES platen.staff,
  lifted_why     text,
  CONSTRAINT person_stop_says_why CHECK (CASE source WHEN 'person' THEN reason IS NOT NULL AND application_id IS NOT NULL
                                                     WHEN 'recall' THEN reason IS NOT NULL AND card_id IS NOT NULL
                                                     WHEN 'rules' THEN application_id IS NOT NULL ELSE rule IS NOT NULL END)
);
CREATE INDEX person_stop_open ON platen.person_stop (id_number) WHERE lifted_at IS NULL;
CREATE UNIQUE INDEX person_stop_once ON platen.person_stop (id_number, source, coalesce (application_id, 0), coalesce (card_id, 0), coalesce (rule, ''))
  WHERE lifted_at IS NULL AND source <> 'person';
CREATE TRIGGER person_stop_is_kept BEFORE DELETE OR TRUNCATE ON platen.person_stop FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
ALTER TABLE platen.person_stop ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY stopped_everywhere ON platen.person_stop USING (true);
-- Its cards' histories say so, also those of another office.
CREATE POLICY stopped_everywhere ON platen.event FOR INSERT WITH CHECK (what IN ('frozen', 'unfrozen'));

ALTER TABLE platen.known_card ADD COLUMN card_id bigint;
UPDATE platen.known_card k SET card_id = c.id FROM platen.card c WHERE c.number = k.number;
CREATE INDEX known_card_person ON platen.known_card (id_number);

CREATE OR REPLACE FUNCTION platen.know_card () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
BEGIN
  INSERT INTO known_card AS k (number, office_code, application_id, id_number, licence_number, issue_date, expiry_date, state, changed_at, card_id)
  SELECT NEW.number, NEW.office_code, a.id, a.id_number, a.licence_number, a.issue_date, a.expiry_date, NEW.state, NEW.changed_at, NEW.id
    FROM application a WHERE a.id = NEW.application_id
  ON CONFLICT (number) DO UPDATE
     SET state = excluded.state, changed_at = excluded.changed_at, licence_number = excluded.licence_number,
         issue_date = excluded.issue_date, expiry_date = excluded.expiry_date;
  RETURN NULL;
END
$$;

CREATE FUNCTION platen.is_being_made (p_state text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT p_state IN ('reserved', 'rendered', 'sent', 'on_device', 'out', 'doubtful', 'checked')
$$;

-- In the reader's language.
CREATE FUNCTION platen.stop_words (p_stop platen.person_stop) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  SELECT CASE p_stop.source
         WHEN 'person' THEN concat_ws (': ', (SELECT name FROM staff WHERE id = p_stop.made_by), p_stop.reason)
         WHEN 'recall' THEN in_words ('why', format ('It is recalled: %s', p_stop.reason))
         WHEN 'rules' THEN coalesce ((SELECT string_agg (rule_words (f.rule, 'text', f.params), ' ' ORDER BY f.position) FROM finding f
                                       WHERE f.application_id = p_stop.application_id AND f.severity = 'hard'),
                                     in_words ('why', 'The rules stop its application.'))
         ELSE rule_words (p_stop.rule, 'text', p_stop.params) END
$$;

CREATE FUNCTION platen.open_stops (p_id_number text, p_application bigint, p_card bigint) RETURNS SETOF platen.person_stop
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT s.* FROM person_stop s
   WHERE s.id_number = p_id_number AND s.lifted_at IS NULL AND (s.application_id IS NULL OR s.application_id = p_application)
     AND (s.card_id IS NULL OR s.card_id = p_card)
   ORDER BY s.id
$$;

-- Who moves a card and who stops it wait here for each other: after a stop is committed no step is that began before it.
CREATE FUNCTION platen.hold_person (p_id_number text, p_alone boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF p_alone THEN
    PERFORM pg_advisory_xact_lock (hashtext ('stop'), hashtext (p_id_number));
  ELSE
    PERFORM pg_advisory_xact_lock_shared (hashtext ('stop'), hashtext (p_id_number));
  END IF;
END
$$;

CREATE FUNCTION platen.tell_cards (p_actor platen.actor, p_stop platen.person_stop, p_what text, p_text text, p_why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_card known_card;
BEGIN
  FOR v_card IN
    SELECT k.* FROM known_card k
     WHERE k.id_number = p_stop.id_number AND is_being_made (k.state) AND (p_stop.application_id IS NULL OR k.application_id = p_stop.application_id)
       AND (p_stop.card_id IS NULL OR k.card_id = p_stop.card_id)
     ORDER BY k.office_code, k.number LOOP
    p_actor.office_code := v_card.office_code;
    PERFORM record_event (p_actor, v_card.application_id, v_card.card_id, p_what, format (p_text, v_card.number), p_why);
  END LOOP;
END
$$;

-- What is told of a stop is kept in English, as every event.
CREATE FUNCTION platen.stop_in_english (p_stop platen.person_stop) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_language text := coalesce (current_setting ('platen.language', true), '');
  v_words    text;
BEGIN
  PERFORM set_config ('platen.language', 'en', true);
  v_words := left (stop_words (p_stop), 2000);
  PERFORM set_config ('platen.language', v_language, true);
  RETURN v_words;
END
$$;

CREATE FUNCTION platen.stop_person (p_actor platen.actor, p_stop platen.person_stop) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_stop person_stop;
BEGIN
  PERFORM hold_person (p_stop.id_number, true);
  INSERT INTO person_stop (id_number, office_code, source, application_id, card_id, rule, params, reason, answered_at, made_by)
  VALUES (p_stop.id_number, p_actor.office_code, p_stop.source, p_stop.application_id, p_stop.card_id, p_stop.rule, p_stop.params, p_stop.reason, p_stop.answered_at,
          p_actor.staff_id)
  ON CONFLICT DO NOTHING RETURNING * INTO v_stop;
  IF FOUND THEN
    PERFORM tell_cards (p_actor, v_stop, 'frozen', 'Card %s was frozen.', stop_in_english (v_stop));
  END IF;
  RETURN v_stop.id;
END
$$;

CREATE FUNCTION platen.lift_stop (p_actor platen.actor, p_stop platen.person_stop, p_why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM hold_person (p_stop.id_number, true);
  UPDATE person_stop SET lifted_at = clock_timestamp(), lifted_by = p_actor.staff_id, lifted_why = p_why
   WHERE id = p_stop.id AND lifted_at IS NULL RETURNING * INTO p_stop;
  IF FOUND THEN
    PERFORM tell_cards (p_actor, p_stop, 'unfrozen', 'A stop of card %s was lifted.', p_why);
  END IF;
END
$$;

-- ---- what stops ----

-- The rules of law that are about the person and not about what was handed in.
CREATE FUNCTION platen.stops_of_answer (p_source text, p_answer jsonb) RETURNS TABLE (rule text, params jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_facts facts;
  v_rule  rule;
BEGIN
  v_facts.today := today ();
  v_facts.identity := CASE p_source WHEN 'identity' THEN p_answer ELSE '{}' END;
  v_facts.driver := CASE p_source WHEN 'driver' THEN p_answer ELSE '{}' END;
  v_facts.infringement := CASE p_source WHEN 'infringement' THEN p_answer ELSE '{}' END;
  v_facts.others := CASE WHEN p_source IN ('identity', 'driver', 'infringement') THEN '{}' ELSE jsonb_build_object (p_source, p_answer) END;
  FOR v_rule IN
    SELECT r.* FROM rule r
     WHERE r.code IN ('DECEASED', 'SUSPENDED', 'WITHDRAWN') AND r.severity = 'hard'
       AND r.valid_from <= v_facts.today AND coalesce (r.valid_to >= v_facts.today, true) LOOP
    RETURN QUERY EXECUTE format ('SELECT $3, e.params FROM platen.%I ($1, $2) e', 'rule_' || lower (v_rule.code))
      USING v_facts, v_rule.parameters, v_rule.code;
  END LOOP;
END
$$;

CREATE FUNCTION platen.heed_answer (p_id_number text, p_source text, p_answered_at timestamptz, p_answer jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_stop person_stop;
  v_rules text[];
BEGIN
  IF is_applicant (p_source) OR is_installer ()
     OR NOT (EXISTS (SELECT FROM person_stop s WHERE s.id_number = p_id_number AND s.lifted_at IS NULL AND s.source = p_source)
             OR EXISTS (SELECT FROM known_card k WHERE k.id_number = p_id_number AND is_being_made (k.state))
             OR EXISTS (SELECT FROM application a WHERE a.id_number = p_id_number AND a.state = 'approved')) THEN
    RETURN;
  END IF;
  v_rules := ARRAY (SELECT r.rule FROM stops_of_answer (p_source, p_answer) r);
  FOR v_stop IN
    SELECT * FROM person_stop s
     WHERE s.id_number = p_id_number AND s.lifted_at IS NULL AND s.source = p_source AND s.rule <> ALL (v_rules)
       AND coalesce (s.answered_at <= p_answered_at, true) ORDER BY s.id LOOP
    PERFORM lift_stop (require_session (), v_stop, 'The registry does not say so any more.');
  END LOOP;
  FOR v_stop.rule, v_stop.params IN SELECT r.rule, r.params FROM stops_of_answer (p_source, p_answer) r LOOP
    v_stop.id_number := p_id_number;
    v_stop.source := p_source;
    v_stop.answered_at := p_answered_at;
    v_stop.application_id := NULL;
    v_stop.card_id := NULL;
    v_stop.reason := NULL;
    PERFORM stop_person (require_session (), v_stop);
  END LOOP;
END
$$;

CREATE FUNCTION platen.heed_last_answer () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM heed_answer (NEW.id_number, NEW.source, NEW.answered_at, jsonb_object (NEW.fields, NEW.field_values));
  RETURN NULL;
END
$$;
CREATE TRIGGER last_answer_is_heeded AFTER INSERT OR UPDATE ON platen.last_answer FOR EACH ROW WHEN (NEW.state = 'answered')
  EXECUTE FUNCTION platen.heed_last_answer ();

CREATE FUNCTION platen.heed_source () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM heed_answer ((SELECT a.id_number FROM application a WHERE a.id = NEW.application_id), NEW.source, NEW.answered_at,
                       jsonb_object (NEW.fields, NEW.field_values));
  RETURN NULL;
END
$$;
CREATE TRIGGER source_is_heeded AFTER INSERT ON platen.application_source FOR EACH ROW WHEN (NEW.state = 'answered')
  EXECUTE FUNCTION platen.heed_source ();

-- The rules found something new in an application whose card is being made, or find it no more.
CREATE FUNCTION platen.heed_rules () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_stop person_stop;
BEGIN
  IF is_installer () THEN
    RETURN NULL;
  ELSIF NEW.stops = 0 THEN
    FOR v_stop IN SELECT * FROM open_stops (NEW.id_number, NEW.id, NULL) s WHERE s.source = 'rules' LOOP
      PERFORM lift_stop (require_session (), v_stop, 'The rules do not say so any more.');
    END LOOP;
  ELSIF NEW.state IN ('in_production', 'ready') THEN
    v_stop.id_number := NEW.id_number;
    v_stop.source := 'rules';
    v_stop.application_id := NEW.id;
    PERFORM stop_person (require_session (), v_stop);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER rules_are_heeded AFTER UPDATE OF stops ON platen.application FOR EACH ROW WHEN (OLD.stops <> NEW.stops)
  EXECUTE FUNCTION platen.heed_rules ();

CREATE FUNCTION api.freeze_card (p_card bigint, p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('clerk', 'supervisor', 'operator');
  v_card  card := hold_card (v_actor, p_card);
  v_stop  person_stop;
BEGIN
  IF btrim (coalesce (p_reason, '')) = '' THEN
    PERFORM refuse ('P0001', 'REASON', format ('Card %s was not frozen, because no reason was given. Say why it must go no further.', v_card.number));
  ELSIF NOT is_being_made (v_card.state) THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not frozen, because it is %s. Only a card that is being made can be frozen; one that was handed'
                    ' over is recalled.', v_card.number, replace (v_card.state, '_', ' ')));
  END IF;
  SELECT a.id_number INTO v_stop.id_number FROM application a WHERE a.id = v_card.application_id;
  v_stop.source := 'person';
  v_stop.application_id := v_card.application_id;
  v_stop.reason := btrim (p_reason);
  RETURN stop_person (v_actor, v_stop);
END
$$;

-- Lifts what people said. What a registry or the rules say they lift themselves.
CREATE FUNCTION api.unfreeze_card (p_card bigint, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('supervisor');
  v_card  card := hold_card (v_actor, p_card);
  v_id    text := (SELECT a.id_number FROM application a WHERE a.id = v_card.application_id);
  v_stop  person_stop;
  v_found boolean := false;
BEGIN
  IF btrim (coalesce (p_reason, '')) = '' THEN
    PERFORM refuse ('P0001', 'REASON', format ('The stop of card %s was not lifted, because no reason was given. Say why it may go on.', v_card.number));
  END IF;
  FOR v_stop IN SELECT * FROM open_stops (v_id, v_card.application_id, p_card) s WHERE s.source = 'person' LOOP
    PERFORM lift_stop (v_actor, v_stop, btrim (p_reason));
    v_found := true;
  END LOOP;
  IF NOT v_found THEN
    PERFORM refuse ('P0001', 'STATE', format ('No stop of card %s was lifted, because no person stopped it. What a registry or the rules say is lifted'
                    ' when they say otherwise: ask them again.', v_card.number));
  END IF;
END
$$;

-- Of this office, by what people say; refused where there is none.
CREATE FUNCTION api.find_card (p_number text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := require_session ();
  v_id    bigint := (SELECT c.id FROM card c WHERE c.number = upper (btrim (p_number)) AND c.office_code = v_actor.office_code);
BEGIN
  IF v_id IS NULL THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was changed, because office %s has no card %s. Search for it again.', v_actor.office_code,
                    quote_literal (coalesce (p_number, ''))));
  END IF;
  RETURN v_id;
END
$$;

-- ---- what is stopped ----

CREATE FUNCTION platen.refuse_frozen () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_id    text := (SELECT a.id_number FROM application a WHERE a.id = NEW.application_id);
  v_stops text;
BEGIN
  PERFORM hold_person (v_id, false);
  SELECT string_agg (stop_words (s), ' ') INTO v_stops FROM open_stops (v_id, NEW.application_id, NEW.id) s;
  IF v_stops IS NOT NULL AND TG_OP = 'INSERT' THEN
    PERFORM refuse ('P0001', 'FROZEN', format (E'No card was reserved for application %s, because its holder is stopped:\n%s',
                    (SELECT a.number FROM application a WHERE a.id = NEW.application_id), v_stops));
  ELSIF v_stops IS NOT NULL THEN
    PERFORM refuse ('P0001', 'FROZEN', format (E'Card %s goes no further, because it is frozen; it goes on when the stop is lifted, else spoil it:\n%s', NEW.number,
                    v_stops));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER frozen_card_stays BEFORE UPDATE OF state, job_id ON platen.card FOR EACH ROW
  WHEN ((NEW.state <> OLD.state AND NEW.state IN ('sent', 'checked', 'issued')) OR (OLD.job_id IS NULL AND NEW.job_id IS NOT NULL))
  EXECUTE FUNCTION platen.refuse_frozen ();
CREATE TRIGGER frozen_person_gets_no_card BEFORE INSERT ON platen.card FOR EACH ROW EXECUTE FUNCTION platen.refuse_frozen ();

-- As in 0054, and whether a card is frozen.
CREATE OR REPLACE VIEW api.card WITH (security_barrier) AS
SELECT c.id, c.number, c.serial, c.state::text AS state, c.application_id, a.number AS application_number, a.holder_name, c.printer,
       c.job_id, c.job_uuid, c.print_key, c.front_sha256, c.back_sha256, c.file_sha256, c.layout, c.layout_version, c.changed_at,
       platen.in_words ('why', c.reason) AS reason,
       c.state = 'doubtful'
         OR (c.state = 'out' AND c.found_at IS NULL
             AND c.changed_at <= clock_timestamp() - CASE WHEN c.batch_id IS NULL THEN make_interval (mins => o.ask_after_minutes)
                                                          ELSE interval '14 days' END) AS asked_about,
       c.layout_digest, b.number AS batch, c.batch_position, s.frozen_at, s.frozen_why
  FROM platen.card c JOIN platen.application a ON a.id = c.application_id JOIN platen.office o ON o.code = c.office_code
  LEFT JOIN platen.bureau_batch b ON b.id = c.batch_id
  LEFT JOIN LATERAL (SELECT min (s.made_at) AS frozen_at, string_agg (platen.stop_words (s), ' ' ORDER BY s.id) AS frozen_why
                       FROM platen.person_stop s
                      WHERE s.id_number = a.id_number AND s.lifted_at IS NULL AND (s.application_id IS NULL OR s.application_id = a.id)
                        AND (s.card_id IS NULL OR s.card_id = c.id)
                        AND c.state NOT IN ('issued', 'spoiled', 'cancelled', 'recalled')) s ON true
 WHERE (SELECT platen.may_read_persons ('card'));

-- Of those whose cards or applications this office has, and those that came to light here.
CREATE VIEW api.person_stop WITH (security_barrier) AS
SELECT s.id, s.id_number, s.office_code, s.source, s.application_id, s.card_id, platen.stop_words (s) AS why, s.made_at, m.name AS made_by, s.lifted_at,
       l.name AS lifted_by, platen.in_words ('why', s.lifted_why) AS lifted_why
  FROM platen.person_stop s LEFT JOIN platen.staff m ON m.id = s.made_by LEFT JOIN platen.staff l ON l.id = s.lifted_by
 WHERE (SELECT platen.may_read_persons ('person_stop'))
   AND (s.office_code = ANY ((SELECT platen.visible_offices ())::text[])
        OR EXISTS (SELECT FROM platen.application a WHERE a.id_number = s.id_number));

REVOKE ALL ON FUNCTION platen.is_being_made (text), platen.stop_words (platen.person_stop), platen.open_stops (text, bigint, bigint),
  platen.hold_person (text, boolean), platen.tell_cards (platen.actor, platen.person_stop, text, text, text),
  platen.stop_in_english (platen.person_stop), platen.stop_person (platen.actor, platen.person_stop),
  platen.lift_stop (platen.actor, platen.person_stop, text), platen.stops_of_answer (text, jsonb),
  platen.heed_answer (text, text, timestamptz, jsonb), platen.heed_last_answer (), platen.heed_source (), platen.heed_rules (),
  platen.refuse_frozen (), api.freeze_card (bigint, text), api.unfreeze_card (bigint, text), api.find_card (text) FROM PUBLIC;
GRANT SELECT ON api.person_stop TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION platen.stop_words (platen.person_stop), api.freeze_card (bigint, text), api.unfreeze_card (bigint, text),
  api.find_card (text) TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('event', 'fr', 'Card {card} was frozen.', 'La carte {card} a été bloquée.'),
('event', 'fr', 'A stop of card {card} was lifted.', 'Un blocage de la carte {card} a été levé.'),
('refusal', 'fr', 'Nothing was changed, because office {office} has no card {quoted}. Search for it again.',
 'Rien n’a été modifié, car le bureau {office} n’a pas de carte {quoted}. Recherchez-la de nouveau.'),
('why', 'fr', 'It is recalled: {reason}', E'Elle est rappelée\u202f: {reason}'),
('why', 'fr', 'The rules stop its application.', 'Les règles arrêtent sa demande.'),
('why', 'fr', 'The registry does not say so any more.', 'Le registre ne l’indique plus.'),
('why', 'fr', 'The rules do not say so any more.', 'Les règles ne l’indiquent plus.'),
('refusal', 'fr', 'Card {card} was not frozen, because no reason was given. Say why it must go no further.',
 'La carte {card} n’a pas été bloquée, faute de motif. Dites pourquoi elle ne doit pas aller plus loin.'),
('refusal', 'fr', 'Card {card} was not frozen, because it is {card_state}. Only a card that is being made can be frozen; one that was handed over is'
                  ' recalled.',
 E'La carte {card} n’a pas été bloquée, car elle est à l’état «\u202f{card_state}\u202f». Seule une carte en cours d’établissement peut être bloquée\u202f; une'
 ' carte remise est rappelée.'),
('refusal', 'fr', 'The stop of card {card} was not lifted, because no reason was given. Say why it may go on.',
 'Le blocage de la carte {card} n’a pas été levé, faute de motif. Dites pourquoi elle peut continuer.'),
('refusal', 'fr', 'No stop of card {card} was lifted, because no person stopped it. What a registry or the rules say is lifted when they say otherwise: ask'
                  ' them again.',
 E'Aucun blocage de la carte {card} n’a été levé, car personne ne l’a bloquée. Ce que dit un registre ou une règle est levé quand il dit autre chose\u202f:'
 ' interrogez-le de nouveau.'),
('refusal', 'fr', E'No card was reserved for application {application}, because its holder is stopped:\n{stop}',
 E'Aucune carte n’a été réservée pour la demande {application}, car son titulaire est bloqué\u202f:\n{stop}'),
('refusal', 'fr', E'Card {card} goes no further, because it is frozen; it goes on when the stop is lifted, else spoil it:\n{stop}',
 E'La carte {card} ne va pas plus loin, car elle est bloquée\u202f; elle continue quand le blocage est levé, sinon mettez-la au rebut\u202f:\n{stop}');

INSERT INTO platen.schema_version (version, title) VALUES (63, 'stops freeze cards');
