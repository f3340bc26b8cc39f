-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the record says of a card that somebody holds up: whether it is the licence's card today, or was recalled, replaced, spoiled, never handed
-- out. A card is known in every office, whichever made it, but of another office's only what stands in the licence, which is for life (0015). Each
-- question is written to the log of who read whom, with the card's number; a card that nobody knows is nobody's.
--
-- Whether a licence is suspended is the driver register's to say. What is kept of its last answer is told with its age; the program asks it anew.

SET LOCAL ROLE platen_owner;

-- Every card of every office: what its plastic can be told by, and its state. No names. Kept by a trigger; no view shows it.
CREATE TABLE platen.known_card (
  number         text PRIMARY KEY,
  office_code    text NOT NULL REFERENCES platen.office,
  application_id bigint NOT NULL,
  id_number      text NOT NULL,
  licence_number text,
  issue_date     date,
  expiry_date    date,
  state          platen.card_state NOT NULL,
  changed_at     timestamptz NOT NULL
);
CREATE INDEX known_card_licence ON platen.known_card (licence_number, issue_date DESC);

ALTER TABLE platen.known_card ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY known_everywhere ON platen.known_card USING (true);

CREATE FUNCTION platen.know_card () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
BEGIN
  INSERT INTO known_card AS k (number, office_code, application_id, id_number, licence_number, issue_date, expiry_date, state, changed_at)
  SELECT NEW.number, NEW.office_code, a.id, a.id_number, a.licence_number, a.issue_date, a.expiry_date, NEW.state, NEW.changed_at
    FROM application a WHERE a.id = NEW.application_id
  ON CONFLICT (number) DO UPDATE
     SET state = excluded.state, changed_at = excluded.changed_at, licence_number = excluded.licence_number,
         issue_date = excluded.issue_date, expiry_date = excluded.expiry_date;
  RETURN NULL;
END
$$;
CREATE TRIGGER card_is_known AFTER INSERT OR UPDATE OF state ON platen.card FOR EACH ROW EXECUTE FUNCTION platen.know_card ();

INSERT INTO platen.known_card (number, office_code, application_id, id_number, licence_number, issue_date, expiry_date, state, changed_at)
SELECT c.number, c.office_code, a.id, a.id_number, a.licence_number, a.issue_date, a.expiry_date, c.state, c.changed_at
  FROM platen.card c JOIN platen.application a ON a.id = c.application_id;

-- The card that is meant: by its own number, else the licence's of that day of issue, else the one that the licence names now.
CREATE FUNCTION platen.meant_card (p_card text, p_licence text, p_issue_date date) RETURNS platen.known_card
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT k.* FROM known_card k LEFT JOIN licence l ON l.number = k.licence_number
   WHERE CASE WHEN btrim (p_card) <> '' THEN k.number = upper (btrim (p_card))
              ELSE k.licence_number = upper (btrim (p_licence)) AND (p_issue_date IS NULL OR k.issue_date = p_issue_date) END
   ORDER BY k.number = l.card_number DESC NULLS LAST, k.state NOT IN ('spoiled', 'cancelled') DESC, k.issue_date DESC NULLS LAST, k.number DESC
   LIMIT 1
$$;

-- What the driver register said last, of what this office has kept.
CREATE FUNCTION platen.last_driver_answer (p_id_number text, p_office text)
RETURNS TABLE (status text, suspended_until date, answered_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  SELECT v.answer ->> 'licence_status', to_date_or_null (v.answer ->> 'suspended_until'), v.answered_at
    FROM (SELECT jsonb_object (l.fields, l.field_values) AS answer, l.answered_at
            FROM last_answer l
           WHERE l.office_code = p_office AND l.id_number = p_id_number AND l.source = 'driver' AND l.state = 'answered'
           UNION ALL
          SELECT s.answer, s.answered_at
            FROM application_source s JOIN application a ON a.id = s.application_id
           WHERE a.id_number = p_id_number AND s.source = 'driver' AND s.state = 'answered') v
   ORDER BY v.answered_at DESC NULLS LAST LIMIT 1
$$;

-- In one word. The driver register comes after what is certain here.
CREATE FUNCTION platen.card_standing (p_card platen.known_card, p_current text, p_status text, p_suspended_until date, p_expiry date) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN p_card.state IN ('recalled', 'spoiled', 'cancelled') THEN p_card.state::text
              WHEN p_card.state <> 'issued' THEN 'not_handed_out'
              WHEN p_current IS DISTINCT FROM p_card.number THEN 'replaced'
              WHEN p_status = 'withdrawn' THEN 'withdrawn'
              WHEN p_suspended_until >= today () OR (p_status = 'suspended' AND p_suspended_until IS NULL) THEN 'suspended'
              WHEN p_expiry < today () THEN 'expired'
              ELSE 'issued' END
$$;

-- Nothing comes back of a card that is not known. Of another office's card the names are those of the licence, in one text, and what no
-- licence holds is NULL.
CREATE FUNCTION api.verify_card (p_card text, p_licence text, p_issue_date date, p_form text)
RETURNS TABLE (card_number text, state text, standing text, changed_at timestamptz, office_name text, current_card text, id_number text,
               licence_number text, holder_name text, family_name text, given_names text, birth_date date, birth_place text, sex text,
               nationality text, address text, issue_date date, expiry_date date, categories text, file_sha256 text, portrait_sha256 text,
               licence_status text, suspended_until date, answered_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor', 'operator', 'auditor');
  v_card        known_card;
  v_application application;
  v_licence     licence;
  v_facts       facts;
  v_lookup      bigint;
  v_purpose     text;
BEGIN
  IF btrim (coalesce (p_card, '') || coalesce (p_licence, '')) = '' THEN
    PERFORM refuse ('P0001', 'FIELD', 'No card was looked up, because neither its number nor that of the licence was read. Read another code'
                    ' of the card.');
  ELSIF coalesce (p_form, '') !~ '^[a-z0-9-]{1,20}$' THEN
    PERFORM refuse ('P0001', 'FIELD', 'No card was looked up, because what was read of it was not said.');
  END IF;
  v_card := meant_card (p_card, p_licence, p_issue_date);
  IF v_card.number IS NULL THEN
    RETURN;
  END IF;
  v_purpose := concat_ws (' ', 'verify', p_form, v_card.number);
  INSERT INTO lookup (office_code, staff_id, workstation, id_number, purpose)
  VALUES (v_actor.office_code, v_actor.staff_id, v_actor.workstation, v_card.id_number, v_purpose)
  RETURNING id INTO v_lookup;
  PERFORM note (v_actor, v_actor.office_code, 'lookup', 'lookup', v_lookup::text,
                jsonb_build_object ('id_number', v_card.id_number, 'purpose', v_purpose));
  PERFORM may_read_persons ('verify_card');
  SELECT * INTO v_licence FROM licence WHERE number = v_card.licence_number;
  SELECT * INTO v_application FROM application WHERE id = v_card.application_id; -- of this office, or none
  IF FOUND THEN
    v_facts := gather_facts (v_application.id);
  END IF;
  RETURN QUERY
  SELECT v_card.number, v_card.state::text,
         card_standing (v_card, v_licence.card_number, d.status, d.suspended_until, coalesce (v_card.expiry_date, v_licence.expiry_date)),
         v_card.changed_at, o.name, v_licence.card_number, v_card.id_number, v_card.licence_number,
         CASE WHEN v_application.id IS NULL AND v_licence.card_number = v_card.number THEN v_licence.holder_name END,
         CASE WHEN v_application.id IS NOT NULL THEN person_value (v_facts, 'family_name') END,
         CASE WHEN v_application.id IS NOT NULL THEN person_value (v_facts, 'given_names') END,
         v_facts.birth_date,
         CASE WHEN v_application.id IS NOT NULL THEN person_value (v_facts, 'birth_place') END,
         CASE WHEN v_application.id IS NOT NULL THEN person_value (v_facts, 'sex') END,
         CASE WHEN v_application.id IS NOT NULL THEN person_value (v_facts, 'nationality') END,
         CASE WHEN v_application.id IS NOT NULL THEN person_value (v_facts, 'address') END,
         v_card.issue_date, v_card.expiry_date,
         CASE WHEN v_application.id IS NOT NULL THEN v_application.categories
              WHEN v_licence.card_number = v_card.number THEN v_licence.categories END,
         (SELECT c.file_sha256 FROM card c WHERE c.number = v_card.number),
         (SELECT i.sha256 FROM application_image i WHERE i.application_id = v_application.id AND i.kind = 'portrait'),
         d.status, d.suspended_until, d.answered_at
    FROM office o LEFT JOIN last_driver_answer (v_card.id_number, v_actor.office_code) d ON true
   WHERE o.code = v_card.office_code;
END
$$;

GRANT EXECUTE ON FUNCTION api.verify_card (text, text, date, text)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'No card was looked up, because neither its number nor that of the licence was read. Read another code of the card.',
 'Aucune carte n’a été recherchée, car ni son numéro ni celui du permis n’a été lu. Lisez un autre code de la carte.'),
('refusal', 'fr', 'No card was looked up, because what was read of it was not said.',
 'Aucune carte n’a été recherchée, car ce qui en a été lu n’a pas été indiqué.');

INSERT INTO platen.schema_version (version, title) VALUES (48, 'cards are verified');
