-- SPDX-License-Identifier: GPL-3.0-or-later
-- Recalls. A supervisor lists the cards that a printer, a time, a layout, a lot of ribbon or film, a run of blanks or a person had in common,
-- whatever became of each, with what must be done about it; another person confirms the list, and then it takes effect as it stands: what was
-- handed over is recalled, what is being made or lies ready is frozen. How far it has come is told card by card. The licences stay valid.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.recall (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office_code  text NOT NULL REFERENCES platen.office,
  filter       jsonb NOT NULL,
  reason       text NOT NULL CHECK (btrim (reason) <> '' AND length (reason) <= 1900),
  state        text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'confirmed', 'refused')),
  proposed_by  int NOT NULL REFERENCES platen.staff,
  proposed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  decided_by   int REFERENCES platen.staff,
  decided_at   timestamptz,
  CHECK ((state = 'proposed') = (decided_by IS NULL)),
  CONSTRAINT recall_four_eyes CHECK (state <> 'confirmed' OR decided_by <> proposed_by)
);
CREATE TABLE platen.recalled_card (
  recall_id   bigint NOT NULL REFERENCES platen.recall,
  card_id     bigint NOT NULL REFERENCES platen.card,
  office_code text NOT NULL REFERENCES platen.office,
  listed_as   platen.card_state NOT NULL,
  outcome     text CHECK (outcome IN ('returned', 'destroyed', 'not_found')),
  note        text CHECK (length (note) <= 2000),
  done_by     int REFERENCES platen.staff,
  done_at     timestamptz,
  PRIMARY KEY (recall_id, card_id),
  CHECK ((outcome IS NULL) = (done_by IS NULL))
);
CREATE INDEX recalled_card_card ON platen.recalled_card (card_id);

DO $kept$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['recall', 'recalled_card'] LOOP
    EXECUTE format ('CREATE TRIGGER %I BEFORE DELETE OR TRUNCATE ON platen.%I FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ()',
                    v_table || '_is_kept', v_table);
    EXECUTE format ('ALTER TABLE platen.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format ('CREATE POLICY own_office ON platen.%I USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]))', v_table);
  END LOOP;
END
$kept$;

CREATE FUNCTION platen.refuse_recall (p_why text) RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM refuse ('P0001', 'FILTER', format ('No card was listed for a recall, because %s. Say again which are meant.', p_why));
END
$$;

CREATE FUNCTION platen.check_recall_filter (p_filter jsonb) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_key   text;
  v_value text;
BEGIN
  IF jsonb_typeof (p_filter) IS DISTINCT FROM 'object' OR p_filter = '{}' THEN
    PERFORM refuse_recall ('nothing was said of what they have in common');
  END IF;
  FOR v_key, v_value IN SELECT e.key, e.value #>> '{}' FROM jsonb_each (p_filter) e LOOP
    IF v_key NOT IN ('printer', 'from', 'to', 'layout', 'layout_version', 'lot', 'roll', 'first', 'last', 'operator') THEN
      PERFORM refuse_recall (format ('nothing is called %s', quote_literal (v_key)));
    ELSIF jsonb_typeof (p_filter -> v_key) NOT IN ('string', 'number') OR btrim (v_value) = '' OR length (v_value) > 200
          OR (v_key = 'layout_version' AND v_value !~ '^[0-9]{1,6}$') OR (v_key IN ('first', 'last') AND v_value !~ '^B[0-9]{8}$')
          OR (v_key = 'roll' AND v_value !~ '^[RF][0-9]{8}$')
          OR (v_key IN ('from', 'to') AND v_value !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?$') THEN
      PERFORM refuse_recall (format ('%s is not written as it must be', quote_literal (v_key)));
    END IF;
  END LOOP;
  PERFORM (p_filter ->> 'from')::timestamptz, (p_filter ->> 'to')::timestamptz;
EXCEPTION WHEN datetime_field_overflow OR invalid_datetime_format OR invalid_text_representation THEN
  PERFORM refuse_recall ('a day or a time cannot be');
END
$$;

-- The time is that at which a printer or a bureau had it, as far as that is known, else when its blank was taken. A day as the end is all of it.
CREATE FUNCTION platen.cards_in_common (p_office text, p_filter jsonb) RETURNS SETOF platen.card
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on
SET TimeZone FROM CURRENT AS $$
  SELECT c.* FROM card c
   WHERE c.office_code = p_office
     AND coalesce (c.printer = p_filter ->> 'printer', true)
     AND coalesce (c.layout = p_filter ->> 'layout', true) AND (c.layout IS NOT NULL OR NOT p_filter ? 'layout')
     AND coalesce (c.layout_version = (p_filter ->> 'layout_version')::int, NOT p_filter ? 'layout_version')
     AND coalesce (c.serial >= p_filter ->> 'first', true) AND coalesce (c.serial <= p_filter ->> 'last', true)
     AND (NOT p_filter ? 'operator' OR EXISTS (SELECT FROM staff s WHERE s.id = c.reserved_by AND s.login = p_filter ->> 'operator'))
     AND (NOT (p_filter ? 'lot' OR p_filter ? 'roll')
          OR EXISTS (SELECT FROM card_roll r JOIN blank b ON b.serial = r.serial
                      WHERE r.card_id = c.id AND coalesce (b.lot = p_filter ->> 'lot', true) AND coalesce (b.serial = p_filter ->> 'roll', true))
          OR (NOT p_filter ? 'roll' AND EXISTS (SELECT FROM blank b WHERE b.serial = c.serial AND b.lot = p_filter ->> 'lot')))
     AND (NOT (p_filter ? 'from' OR p_filter ? 'to')
          OR EXISTS (SELECT FROM (SELECT e.at FROM event e WHERE e.card_id = c.id AND e.what IN ('sent', 'on_device', 'out')
                                  UNION ALL SELECT c.reserved_at) t
                      WHERE coalesce (t.at >= (p_filter ->> 'from')::timestamptz, true)
                        AND coalesce (t.at < (p_filter ->> 'to')::timestamptz
                                      + CASE WHEN length (p_filter ->> 'to') = 10 THEN interval '1 day' ELSE interval '1 second' END, true)))
   ORDER BY c.id
$$;

-- What must be done about a card that is recalled, by where it is now.
CREATE FUNCTION platen.recall_todo (p_state text, p_place text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  SELECT CASE WHEN p_state IN ('issued', 'recalled') AND p_place = 'person' THEN 'write'
              WHEN p_state IN ('out', 'checked') THEN 'spoil'
              WHEN p_state IN ('reserved', 'rendered', 'sent', 'on_device', 'doubtful') THEN 'freeze'
              WHEN p_place = 'spoiled' THEN 'destroy' ELSE 'nothing' END
$$;

-- Before anything is proposed: the list as it would be.
CREATE FUNCTION api.preview_recall (p_filter jsonb)
RETURNS TABLE (card_number text, serial text, state text, holder_name text, printer text, todo text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('supervisor', 'auditor', 'admin');
BEGIN
  PERFORM check_recall_filter (p_filter);
  PERFORM may_read_persons ('preview_recall');
  RETURN QUERY SELECT c.number, c.serial, c.state::text, a.holder_name, c.printer, recall_todo (c.state, b.place)
                 FROM cards_in_common (v_actor.office_code, p_filter) c JOIN application a ON a.id = c.application_id JOIN blank b ON b.serial = c.serial
                ORDER BY c.id;
END
$$;

CREATE FUNCTION api.new_recall (p_filter jsonb, p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('supervisor');
  v_id    bigint;
BEGIN
  PERFORM check_recall_filter (p_filter);
  IF btrim (coalesce (p_reason, '')) = '' OR length (p_reason) > 1900 THEN
    PERFORM refuse ('P0001', 'REASON', 'No card was listed for a recall, because no reason was given, or one that is too long. Say why.');
  ELSIF NOT EXISTS (SELECT FROM cards_in_common (v_actor.office_code, p_filter)) THEN
    PERFORM refuse_recall ('none of this office is such a card');
  END IF;
  INSERT INTO recall (office_code, filter, reason, proposed_by) VALUES (v_actor.office_code, p_filter, btrim (p_reason), v_actor.staff_id)
  RETURNING id INTO v_id;
  INSERT INTO recalled_card (recall_id, card_id, office_code, listed_as)
  SELECT v_id, c.id, c.office_code, c.state FROM cards_in_common (v_actor.office_code, p_filter) c;
  PERFORM note (v_actor, v_actor.office_code, 'recall_proposed', 'recall', v_id::text,
                jsonb_build_object ('filter', p_filter, 'reason', btrim (p_reason), 'cards', (SELECT count (*) FROM recalled_card r WHERE r.recall_id = v_id)));
  PERFORM pg_notify ('platen', format ('card 0 %s', v_actor.office_code));
  RETURN v_id;
END
$$;

CREATE FUNCTION platen.find_recall (p_actor platen.actor, p_recall bigint, p_state text) RETURNS platen.recall
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_recall recall;
BEGIN
  SELECT * INTO v_recall FROM recall r WHERE r.id = p_recall AND r.office_code = p_actor.office_code FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was recalled, because office %s has no recall %s. List them again.', p_actor.office_code,
                    coalesce (p_recall::text, 'NULL')));
  ELSIF v_recall.state <> p_state THEN
    PERFORM refuse ('P0001', 'STATE', format ('Recall %s was not changed, because it is %s. List them again.', p_recall, v_recall.state));
  END IF;
  RETURN v_recall;
END
$$;

-- All of it, in everybody's order of the locks: applications, cards, stock.
CREATE FUNCTION api.confirm_recall (p_recall bigint, OUT recalled int, OUT frozen int, OUT others int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('supervisor', 'admin');
  v_recall recall := find_recall (v_actor, p_recall, 'proposed');
  v_card   card;
  v_stop   person_stop;
BEGIN
  IF v_recall.proposed_by = v_actor.staff_id THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', format ('Recall %s was not confirmed, because you proposed it yourself. Ask a colleague.', p_recall));
  END IF;
  PERFORM FROM application a WHERE a.id IN (SELECT c.application_id FROM recalled_card r JOIN card c ON c.id = r.card_id WHERE r.recall_id = p_recall)
    ORDER BY a.id FOR UPDATE;
  PERFORM FROM card c WHERE c.id IN (SELECT r.card_id FROM recalled_card r WHERE r.recall_id = p_recall) ORDER BY c.id FOR UPDATE;
  PERFORM hold_person (v.id_number, true)
     FROM (SELECT DISTINCT a.id_number FROM recalled_card r JOIN card c ON c.id = r.card_id JOIN application a ON a.id = c.application_id
            WHERE r.recall_id = p_recall ORDER BY 1) v;
  recalled := 0;
  frozen := 0;
  others := 0;
  UPDATE recall SET state = 'confirmed', decided_by = v_actor.staff_id, decided_at = clock_timestamp() WHERE id = p_recall;
  FOR v_card IN SELECT c.* FROM recalled_card r JOIN card c ON c.id = r.card_id WHERE r.recall_id = p_recall ORDER BY c.id LOOP
    IF v_card.state = 'issued' THEN
      PERFORM move_card (v_actor, v_card.id, 'recalled', format ('%s recalled card %s.', v_actor.name, v_card.number), v_recall.reason);
      recalled := recalled + 1;
    ELSIF is_being_made (v_card.state) THEN
      SELECT a.id_number INTO v_stop.id_number FROM application a WHERE a.id = v_card.application_id;
      v_stop.source := 'recall';
      v_stop.application_id := v_card.application_id;
      v_stop.card_id := v_card.id;
      v_stop.reason := v_recall.reason;
      PERFORM stop_person (v_actor, v_stop);
      frozen := frozen + 1;
    ELSE
      others := others + 1;
    END IF;
  END LOOP;
  PERFORM note (v_actor, v_actor.office_code, 'recall_confirmed', 'recall', p_recall::text,
                jsonb_build_object ('recalled', recalled, 'frozen', frozen, 'others', others));
END
$$;

CREATE FUNCTION api.refuse_recall (p_recall bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('supervisor', 'admin');
BEGIN
  PERFORM find_recall (v_actor, p_recall, 'proposed');
  UPDATE recall SET state = 'refused', decided_by = v_actor.staff_id, decided_at = clock_timestamp() WHERE id = p_recall;
  PERFORM note (v_actor, v_actor.office_code, 'recall_refused', 'recall', p_recall::text);
END
$$;

-- What became of one of its cards. “Destroyed” is what the books of the stock say, by two persons; nobody says it here in their place.
CREATE FUNCTION api.recall_done (p_recall bigint, p_card bigint, p_outcome text, p_note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('clerk', 'supervisor', 'operator');
  v_card   card := hold_card (v_actor, p_card);
  v_recall recall := find_recall (v_actor, p_recall, 'confirmed');
  v_place  text := (SELECT b.place FROM blank b WHERE b.serial = v_card.serial);
BEGIN
  IF NOT EXISTS (SELECT FROM recalled_card r WHERE r.recall_id = p_recall AND r.card_id = p_card) THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was noted, because card %s is not in recall %s. Look at its list again.', v_card.number, p_recall));
  ELSIF coalesce (p_outcome NOT IN ('returned', 'destroyed', 'not_found'), true) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Nothing was noted of card %s, because it is said to be neither returned nor destroyed nor not_found. Say'
                    ' one of them.', v_card.number));
  ELSIF p_outcome = 'not_found' AND btrim (coalesce (p_note, '')) = '' THEN
    PERFORM refuse ('P0001', 'REASON', format ('Nothing was noted of card %s, because a card that is not found needs words on what was tried. Say them.',
                    v_card.number));
  ELSIF p_outcome = 'destroyed' AND v_place <> 'destroyed' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not noted as destroyed, because the books of the stock do not say so. Have blank %s destroyed'
                    ' there by two persons first.', v_card.number, v_card.serial));
  ELSIF p_outcome = 'returned' AND v_card.state = 'recalled' THEN
    PERFORM api.card_returned (p_card, p_note);
  ELSIF p_outcome = 'returned' THEN
    PERFORM refuse ('P0001', 'STATE', format ('The return of card %s was not noted, because it is %s and not recalled. Recall it first.', v_card.number,
                    replace (v_card.state, '_', ' ')));
  END IF;
  UPDATE recalled_card SET outcome = p_outcome, note = nullif (btrim (p_note), ''), done_by = v_actor.staff_id, done_at = clock_timestamp()
   WHERE recall_id = p_recall AND card_id = p_card;
  PERFORM note (v_actor, v_actor.office_code, 'recall_done', 'recall', p_recall::text,
                jsonb_build_object ('card', v_card.number, 'outcome', p_outcome, 'note', nullif (btrim (p_note), '')));
  PERFORM pg_notify ('platen', concat_ws (' ', 'card', p_card, v_card.office_code));
END
$$;

CREATE VIEW api.recall_card WITH (security_barrier) AS
SELECT r.recall_id, c.id AS card_id, c.number AS card_number, c.serial, a.number AS application_number, a.holder_name, a.id_number, r.listed_as::text AS listed_as,
       c.state::text AS state, b.place::text AS place, platen.recall_todo (c.state, b.place) AS todo,
       CASE WHEN b.place = 'destroyed' THEN 'destroyed' ELSE r.outcome END AS outcome, r.note, s.name AS done_by, r.done_at
  FROM platen.recalled_card r JOIN platen.card c ON c.id = r.card_id JOIN platen.application a ON a.id = c.application_id
  JOIN platen.blank b ON b.serial = c.serial LEFT JOIN platen.staff s ON s.id = r.done_by
 WHERE (SELECT platen.may_read_persons ('recall_card'));

CREATE VIEW api.recall WITH (security_barrier) AS
SELECT r.id, r.office_code, r.filter, r.reason, r.state, p.name AS proposed_by, r.proposed_at, d.name AS decided_by, r.decided_at, n.cards, n.with_holders,
       n.returned, n.destroyed, n.not_found
  FROM platen.recall r JOIN platen.staff p ON p.id = r.proposed_by LEFT JOIN platen.staff d ON d.id = r.decided_by
 CROSS JOIN LATERAL (SELECT count (*)::int AS cards, count (*) FILTER (WHERE b.place = 'person')::int AS with_holders,
                            count (*) FILTER (WHERE x.outcome = 'returned' AND b.place <> 'destroyed')::int AS returned,
                            count (*) FILTER (WHERE b.place = 'destroyed')::int AS destroyed,
                            count (*) FILTER (WHERE x.outcome = 'not_found' AND b.place <> 'destroyed')::int AS not_found
                       FROM platen.recalled_card x JOIN platen.card c ON c.id = x.card_id JOIN platen.blank b ON b.serial = c.serial
                      WHERE x.recall_id = r.id) n
 WHERE (SELECT platen.may_read ());

REVOKE ALL ON FUNCTION platen.refuse_recall (text), platen.check_recall_filter (jsonb), platen.cards_in_common (text, jsonb),
  platen.recall_todo (text, text), platen.find_recall (platen.actor, bigint, text), api.preview_recall (jsonb), api.new_recall (jsonb, text),
  api.confirm_recall (bigint), api.refuse_recall (bigint), api.recall_done (bigint, bigint, text, text) FROM PUBLIC;
GRANT SELECT ON api.recall, api.recall_card TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION platen.recall_todo (text, text), api.preview_recall (jsonb), api.new_recall (jsonb, text), api.confirm_recall (bigint),
  api.refuse_recall (bigint), api.recall_done (bigint, bigint, text, text)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'No card was listed for a recall, because {recall_filter}. Say again which are meant.',
 'Aucune carte n’a été inscrite à un rappel, car {recall_filter}. Redites lesquelles.'),
('recall_filter', 'fr', 'nothing was said of what they have in common', 'rien n’a été dit de ce qu’elles ont en commun'),
('recall_filter', 'fr', 'nothing is called {quoted}', 'rien ne s’appelle {quoted}'),
('recall_filter', 'fr', '{quoted} is not written as it must be', '{quoted} n’est pas écrit comme il faut'),
('recall_filter', 'fr', 'a day or a time cannot be', 'un jour ou une heure n’existe pas'),
('recall_filter', 'fr', 'none of this office is such a card', 'aucune carte de ce bureau n’est ainsi'),
('recall_state', 'fr', 'proposed', 'proposé'), ('recall_state', 'fr', 'confirmed', 'confirmé'), ('recall_state', 'fr', 'refused', 'refusé'),
('refusal', 'fr', 'No card was listed for a recall, because no reason was given, or one that is too long. Say why.',
 'Aucune carte n’a été inscrite à un rappel, faute de motif, ou parce qu’il est trop long. Dites pourquoi.'),
('refusal', 'fr', 'Nothing was recalled, because office {office} has no recall {id}. List them again.',
 'Rien n’a été rappelé, car le bureau {office} n’a pas de rappel {id}. Affichez-les de nouveau.'),
('refusal', 'fr', 'Recall {id} was not changed, because it is {recall_state}. List them again.',
 E'Le rappel {id} n’a pas été modifié, car il est à l’état «\u202f{recall_state}\u202f». Affichez-les de nouveau.'),
('refusal', 'fr', 'Recall {id} was not confirmed, because you proposed it yourself. Ask a colleague.',
 'Le rappel {id} n’a pas été confirmé, car vous l’avez proposé vous-même. Demandez à un collègue.'),
('refusal', 'fr', 'Nothing was noted, because card {card} is not in recall {id}. Look at its list again.',
 'Rien n’a été noté, car la carte {card} n’est pas dans le rappel {id}. Regardez de nouveau sa liste.'),
('refusal', 'fr', 'Nothing was noted of card {card}, because it is said to be neither returned nor destroyed nor not_found. Say one of them.',
 'Rien n’a été noté pour la carte {card}, car elle n’est dite ni returned (rapportée), ni destroyed (détruite), ni not_found (introuvable). Dites l’un d’eux.'),
('refusal', 'fr', 'Nothing was noted of card {card}, because a card that is not found needs words on what was tried. Say them.',
 'Rien n’a été noté pour la carte {card}, car une carte introuvable demande quelques mots sur ce qui a été tenté. Dites-les.'),
('refusal', 'fr', 'Card {card} was not noted as destroyed, because the books of the stock do not say so. Have blank {serial} destroyed there by two persons'
                  ' first.',
 'La carte {card} n’a pas été notée comme détruite, car les livres du stock ne le disent pas. Faites-y d’abord détruire le support {serial} par deux'
 ' personnes.');

INSERT INTO platen.schema_version (version, title) VALUES (65, 'recalls');
