-- SPDX-License-Identifier: GPL-3.0-or-later
-- What may be applied for as rows: from what it starts, through which steps and with which documents it goes, how long it is good for, who
-- approves it, within what time, and whether a card is made of it. And the steps of an application's life as one table, like those of a card.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.application_kind (
  code            text PRIMARY KEY CHECK (code ~ '^[a-z]{2,20}$'),
  position        int NOT NULL UNIQUE,
  command         text NOT NULL UNIQUE CHECK (command ~ '^[A-Z]{3}$'),      -- the transaction code of the command bar
  title           text NOT NULL,                                           -- within a sentence; its French in the context rule_type
  base            text NOT NULL CHECK (base IN ('nothing', 'licence', 'foreign', 'ban')),
  causes          text[] NOT NULL DEFAULT '{}' CHECK (causes <@ '{lost,stolen,damaged,not_received,office,holder}'),
  validity        text NOT NULL CHECK (validity IN ('anew', 'held', 'added', 'months')),
  validity_months int CHECK (validity_months BETWEEN 1 AND 600),           -- and never beyond the licence that it goes with
  approvers       text[] NOT NULL DEFAULT '{supervisor}' CHECK (approvers <> '{}' AND approvers <@ '{clerk,supervisor,admin}'),
  card            boolean NOT NULL,
  target          interval NOT NULL CHECK (target > interval '0'),         -- from the start to the approval; what waits does not count
  CHECK ((validity = 'months') = (validity_months IS NOT NULL))
);

INSERT INTO platen.application_kind (code, position, command, title, base, causes, validity, validity_months, card, target) VALUES
('new',           1, 'NEW', 'first licence',                  'nothing', '{}', 'anew', NULL, true, '5 days'),
('renewal',       2, 'REN', 'renewal',                        'licence', '{}', 'anew', NULL, true, '2 days'),
('replacement',   3, 'REP', 'replacement',                    'licence', '{lost,stolen,damaged,not_received}', 'held', NULL, true, '1 day'),
('correction',    4, 'COR', 'correction',                     'licence', '{office,holder}', 'held', NULL, true, '1 day'),
('upgrade',       5, 'UPG', 'new category',                   'licence', '{}', 'added', NULL, true, '3 days'),
('exchange',      6, 'EXC', 'exchange of a foreign licence',  'foreign', '{}', 'anew', NULL, true, '20 days'),
('return',        7, 'RET', 'return after a ban',             'ban', '{}', 'anew', NULL, true, '10 days'),
('international', 8, 'IDP', 'international permit',            'licence', '{}', 'months', 36, false, '1 day'),
('temporary',     9, 'TMP', 'temporary permit',               'licence', '{}', 'months', 2, false, '2 hours');

CREATE TABLE platen.application_kind_step (
  kind     text NOT NULL REFERENCES platen.application_kind,
  position int NOT NULL,
  step     text NOT NULL CHECK (step IN ('person', 'origin', 'categories', 'test', 'medical', 'documents', 'photo', 'signature', 'fee', 'submit',
                                         'approve', 'card', 'paper', 'hand_over')),
  PRIMARY KEY (kind, position),
  UNIQUE (kind, step)
);

INSERT INTO platen.application_kind_step (kind, position, step)
SELECT k.kind, s.position, s.step
  FROM (VALUES ('new', '{person,categories,test,medical,documents,photo,signature,fee,submit,approve,card,hand_over}'::text[]),
               ('renewal', '{person,medical,documents,photo,signature,fee,submit,approve,card,hand_over}'),
               ('replacement', '{person,origin,documents,photo,signature,fee,submit,approve,card,hand_over}'),
               ('correction', '{person,origin,documents,photo,signature,fee,submit,approve,card,hand_over}'),
               ('upgrade', '{person,categories,test,medical,documents,photo,signature,fee,submit,approve,card,hand_over}'),
               ('exchange', '{person,origin,categories,medical,documents,photo,signature,fee,submit,approve,card,hand_over}'),
               ('return', '{person,origin,categories,test,medical,documents,photo,signature,fee,submit,approve,card,hand_over}'),
               ('international', '{person,documents,photo,signature,fee,submit,approve,paper,hand_over}'),
               ('temporary', '{person,documents,fee,submit,approve,paper,hand_over}')) k (kind, steps),
       unnest (k.steps) WITH ORDINALITY s (step, position);

-- What the citizen brings: always, or for a cause, below an age, or with a category of a vehicle group.
CREATE TABLE platen.application_kind_document (
  kind          text NOT NULL REFERENCES platen.application_kind,
  position      int NOT NULL,
  document      text NOT NULL CHECK (document ~ '^[a-z_]{3,40}$'),
  title         text NOT NULL,
  cause         text,
  below_age     int CHECK (below_age BETWEEN 1 AND 150),
  vehicle_group int CHECK (vehicle_group IN (1, 2)),
  PRIMARY KEY (kind, position)
);

INSERT INTO platen.application_kind_document (kind, position, document, title, cause, below_age, vehicle_group)
SELECT k.code, 1, 'identity_document', 'identity card or passport', NULL, NULL::int, NULL::int FROM platen.application_kind k
UNION ALL VALUES
('new', 2, 'residence_proof', 'proof of residence', NULL, NULL, NULL),
('new', 3, 'test_certificate', 'certificate of the driving test', NULL, NULL, NULL),
('new', 4, 'medical_certificate', 'medical certificate', NULL, NULL, 2),
('new', 5, 'parental_consent', 'consent of a parent or guardian', NULL, 18, NULL),
('renewal', 2, 'licence_card', 'card of the licence', NULL, NULL, NULL),
('renewal', 3, 'medical_certificate', 'medical certificate', NULL, NULL, 2),
('replacement', 2, 'loss_declaration', 'declaration of loss', 'lost', NULL, NULL),
('replacement', 3, 'police_report', 'police report of the theft', 'stolen', NULL, NULL),
('replacement', 4, 'licence_card', 'card of the licence', 'damaged', NULL, NULL),
('replacement', 5, 'non_receipt_declaration', 'declaration that nothing was received', 'not_received', NULL, NULL),
('correction', 2, 'licence_card', 'card of the licence', NULL, NULL, NULL),
('correction', 3, 'change_proof', 'proof of what has changed', 'holder', NULL, NULL),
('upgrade', 2, 'licence_card', 'card of the licence', NULL, NULL, NULL),
('upgrade', 3, 'test_certificate', 'certificate of the driving test', NULL, NULL, NULL),
('upgrade', 4, 'medical_certificate', 'medical certificate', NULL, NULL, 2),
('upgrade', 5, 'parental_consent', 'consent of a parent or guardian', NULL, 18, NULL),
('exchange', 2, 'foreign_licence', 'foreign licence', NULL, NULL, NULL),
('exchange', 3, 'residence_proof', 'proof of residence', NULL, NULL, NULL),
('exchange', 4, 'translation', 'certified translation of the foreign licence', NULL, NULL, NULL),
('exchange', 5, 'medical_certificate', 'medical certificate', NULL, NULL, 2),
('return', 2, 'ban_decision', 'decision that ended the ban', NULL, NULL, NULL),
('return', 3, 'medical_certificate', 'medical certificate', NULL, NULL, NULL),
('international', 2, 'licence_card', 'card of the licence', NULL, NULL, NULL);

-- The kind of an application is one of these; the check that named five goes.
ALTER TABLE platen.application DROP CONSTRAINT application_type_check,
  ADD CONSTRAINT application_kind_is_known FOREIGN KEY (type) REFERENCES platen.application_kind;
ALTER TABLE platen.layout_rule DROP CONSTRAINT layout_rule_type_check,
  ADD CONSTRAINT layout_rule_kind_is_known FOREIGN KEY (type) REFERENCES platen.application_kind;

-- From what it starts: why a card is made again or corrected, the foreign licence, the day on which the ban ended.
ALTER TABLE platen.application
  ADD COLUMN cause text CHECK (cause IN ('lost', 'stolen', 'damaged', 'not_received', 'office', 'holder')),
  ADD COLUMN foreign_country text CHECK (foreign_country ~ '^[A-Z]{3}$'),
  ADD COLUMN foreign_number text CHECK (length (foreign_number) BETWEEN 1 AND 40),
  ADD COLUMN foreign_expiry date,
  ADD COLUMN ban_ended date;

CREATE FUNCTION platen.application_kind (p_type text) RETURNS platen.application_kind
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT k FROM application_kind k WHERE k.code = p_type
$$;

CREATE OR REPLACE FUNCTION platen.type_in_words (p_type text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce ((SELECT k.title FROM application_kind k WHERE k.code = p_type), p_type)
$$;

-- What is wrong with the words that say from what an application of this kind starts; NULL where nothing is.
CREATE FUNCTION platen.wrong_origin (p_kind platen.application_kind, p_origin jsonb) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  SELECT CASE
    WHEN jsonb_typeof (p_origin) <> 'object' THEN 'it is no JSON object'
    WHEN u.member IS NOT NULL THEN format ('it knows no “%s”', u.member)
    WHEN p_origin ? 'cause' AND p_kind.causes = '{}' THEN format ('the kind %s has no cause', p_kind.title)
    WHEN p_origin ->> 'cause' IS NOT NULL AND p_origin ->> 'cause' <> ALL (p_kind.causes) THEN format ('“%s” is none of its causes: %s', p_origin ->> 'cause',
                                                                  array_to_string (p_kind.causes, ', '))
    WHEN (p_origin ?| '{country,number,expiry}') AND p_kind.base <> 'foreign' THEN format ('the kind %s starts from no foreign licence', p_kind.title)
    WHEN p_origin ->> 'country' !~ '^[A-Z]{3}$' THEN format ('“%s” is no country of three capital letters, as in a passport', p_origin ->> 'country')
    WHEN p_origin ->> 'number' !~ '^[^[:cntrl:]]{1,40}$' OR btrim (p_origin ->> 'number') = '' THEN 'the number of the foreign licence has not one to forty characters'
    WHEN p_origin ? 'ban_ended' AND p_kind.base <> 'ban' THEN format ('the kind %s starts from no ban', p_kind.title)
    WHEN d.bad IS NOT NULL THEN format ('“%s” is no date like 2026-01-31', d.bad)
    END
    FROM (SELECT min (k) AS member FROM jsonb_object_keys (CASE jsonb_typeof (p_origin) WHEN 'object' THEN p_origin ELSE '{}' END) k
           WHERE k NOT IN ('cause', 'country', 'number', 'expiry', 'ban_ended')) u,
         (SELECT min (v) AS bad FROM (VALUES (p_origin ->> 'expiry'), (p_origin ->> 'ban_ended')) d (v)
           WHERE v IS NOT NULL AND to_date_or_null (v) IS NULL) d
$$;

-- A member that is not there leaves what was said before; one that is null takes it away.
CREATE FUNCTION platen.put_origin (p_application bigint, p_origin jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  UPDATE application a
     SET cause = CASE WHEN p_origin ? 'cause' THEN p_origin ->> 'cause' ELSE a.cause END,
         foreign_country = CASE WHEN p_origin ? 'country' THEN p_origin ->> 'country' ELSE a.foreign_country END,
         foreign_number = CASE WHEN p_origin ? 'number' THEN btrim (p_origin ->> 'number') ELSE a.foreign_number END,
         foreign_expiry = CASE WHEN p_origin ? 'expiry' THEN to_date_or_null (p_origin ->> 'expiry') ELSE a.foreign_expiry END,
         ban_ended = CASE WHEN p_origin ? 'ban_ended' THEN to_date_or_null (p_origin ->> 'ban_ended') ELSE a.ban_ended END
   WHERE a.id = p_application
$$;

-- As api.start_application before, for each kind that there is, with what it starts from: {"cause": "lost"}, {"country": "DEU", "number": "B072",
-- "expiry": "2030-01-31"} or {"ban_ended": "2026-01-31"}. What of it is still missing is asked for before the application is submitted.
CREATE FUNCTION api.create_application (p_key uuid, p_id_number text, p_type text, p_categories text[], p_origin jsonb)
RETURNS TABLE (id bigint, number text, row_version int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application;
  v_kind        application_kind := application_kind (p_type);
  v_codes       text[];
  v_wrong       text;
  v_constraint  text;
BEGIN
  PERFORM refuse_id_number (p_id_number, 'The application was not started');
  IF p_key IS NULL OR v_kind.code IS NULL THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The application was not started, because %s is no kind of application. Choose one of these: %s.',
                    coalesce (quote_literal (p_type), 'an empty text'), (SELECT string_agg (k.code, ', ' ORDER BY k.position) FROM application_kind k)));
  END IF;
  v_codes := sorted_codes (p_categories, 'The application was not started');
  v_wrong := wrong_origin (v_kind, p_origin);
  IF v_wrong IS NOT NULL THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The application was not started, because of what it starts from: %s. Say it again.', v_wrong));
  END IF;

  SELECT * INTO v_application FROM application WHERE key = p_key;
  IF FOUND THEN
    PERFORM refuse_reused_key (v_actor, v_application, p_id_number, p_type);
    RETURN QUERY SELECT v_application.id, v_application.number, v_application.row_version;
    RETURN;
  END IF;

  BEGIN
    INSERT INTO application (number, key, office_code, type, id_number, requested, entered_by, changed_by)
    VALUES (next_number (v_actor.office_code, 'application'), p_key, v_actor.office_code, p_type, p_id_number, v_codes,
            v_actor.staff_id, v_actor.staff_id)
    RETURNING * INTO v_application;
  EXCEPTION WHEN unique_violation THEN
    GET STACKED DIAGNOSTICS v_constraint = CONSTRAINT_NAME;
    IF v_constraint NOT IN ('application_key_key', 'application_one_open_per_citizen') THEN
      RAISE;
    END IF;
    -- The other transaction has committed by now: it was this very request, or another one.
    SELECT * INTO v_application FROM application WHERE key = p_key;
    IF FOUND THEN
      PERFORM refuse_reused_key (v_actor, v_application, p_id_number, p_type);
      RETURN QUERY SELECT v_application.id, v_application.number, v_application.row_version;
      RETURN;
    END IF;
    SELECT * INTO v_application FROM application
     WHERE id_number = p_id_number AND state NOT IN ('issued', 'rejected', 'withdrawn');
    PERFORM refuse ('P0001', 'OPEN_APPLICATION', format ('The application was not started, because %s is open for this citizen'
                    ' already. Continue that one, or withdraw it first.',
                    coalesce ('application ' || v_application.number, 'an application in another office')));
  END;
  IF p_origin IS NOT NULL THEN
    PERFORM put_origin (v_application.id, p_origin);
  END IF;
  INSERT INTO application_editor (application_id, staff_id, office_code)
  VALUES (v_application.id, v_actor.staff_id, v_actor.office_code);
  PERFORM record_event (v_actor, v_application.id, NULL, 'draft', format ('%s started the application.', v_actor.name), NULL);
  RETURN QUERY SELECT v_application.id, v_application.number, v_application.row_version;
END
$$;

CREATE OR REPLACE FUNCTION api.start_application (p_key uuid, p_id_number text, p_type text, p_categories text[])
RETURNS TABLE (id bigint, number text, row_version int)
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  SELECT c.id, c.number, c.row_version FROM api.create_application (p_key, p_id_number, p_type, p_categories, NULL) c
$$;

CREATE FUNCTION api.set_origin (p_application bigint, p_row_version int, p_origin jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := hold_application (v_actor, p_application, p_row_version);
  v_wrong       text := wrong_origin (application_kind (v_application.type), coalesce (p_origin, 'null'));
BEGIN
  PERFORM refuse_unless_editable (v_application);
  IF v_wrong IS NOT NULL THEN
    PERFORM refuse ('P0001', 'FIELD', format ('What application %s starts from was not changed: %s. Say it again.', v_application.number, v_wrong));
  END IF;
  PERFORM put_origin (p_application, p_origin);
  PERFORM refresh_application (p_application);
  PERFORM record_event (v_actor, p_application, NULL, 'origin', format ('%s said what the application starts from.', v_actor.name), NULL);
  RETURN note_edit (v_actor, v_application);
END
$$;

-- What is not said yet of that from which it starts.
CREATE FUNCTION platen.missing_origin (p_application platen.application) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN k.base = 'foreign' AND p_application.foreign_country IS NULL THEN 'the country of the foreign licence is missing'
              WHEN k.base = 'foreign' AND p_application.foreign_number IS NULL THEN 'the number of the foreign licence is missing'
              WHEN k.base = 'ban' AND p_application.ban_ended IS NULL THEN 'the day on which the ban ended is missing'
              WHEN k.base = 'ban' AND p_application.ban_ended >= today () THEN 'the ban has not ended yet' END
    FROM application_kind k WHERE k.code = p_application.type
$$;

-- A permit on paper has no card, whoever asks for one.
CREATE FUNCTION platen.refuse_card_of_paper () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_application application;
BEGIN
  SELECT * INTO STRICT v_application FROM application a WHERE a.id = NEW.application_id;
  IF NOT (application_kind (v_application.type)).card THEN
    PERFORM refuse ('P0001', 'PAPER', format ('Application %s has no card, because it is for the kind %s, which is made on paper.', v_application.number,
                    type_in_words (v_application.type)));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER paper_has_no_card BEFORE INSERT ON platen.card FOR EACH ROW EXECUTE FUNCTION platen.refuse_card_of_paper ();
CREATE TRIGGER paper_has_no_order BEFORE INSERT ON platen.print_order FOR EACH ROW EXECUTE FUNCTION platen.refuse_card_of_paper ();

-- The steps of an application's life, as those of a card are in platen.card_step: whoever moves one reads it here and nowhere else.
CREATE TABLE platen.application_step (
  from_state platen.application_state NOT NULL,
  to_state   platen.application_state NOT NULL CHECK (to_state <> from_state),
  PRIMARY KEY (from_state, to_state)
);
INSERT INTO platen.application_step (from_state, to_state)
SELECT s.from_state, t FROM (VALUES
  ('draft', '{submitted,withdrawn,waiting}'::text[]),
  ('returned', '{submitted,withdrawn,waiting}'),
  ('submitted', '{approved,returned,rejected,withdrawn,waiting}'),
  ('waiting', '{submitted,draft,returned,rejected,withdrawn}'),
  ('approved', '{in_production,withdrawn}'),
  ('in_production', '{ready,approved}'),  -- back when its card was spoiled or cancelled
  ('ready', '{issued,approved}'),
  ('issued', '{approved}')) s (from_state, to_states), unnest (s.to_states) t;  -- its card was recalled
CREATE TRIGGER application_step_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.application_step
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();

CREATE OR REPLACE FUNCTION platen.move_application (p_actor platen.actor, p_application bigint, p_to platen.application_state,
                                                    p_text text, p_why text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_from    application_state;
  v_number  text;
  v_type    text;
  v_version int;
BEGIN
  SELECT state, number, type INTO STRICT v_from, v_number, v_type FROM application WHERE id = p_application FOR UPDATE;
  IF NOT EXISTS (SELECT FROM application_step s WHERE s.from_state = v_from AND s.to_state = p_to)
     OR (v_from = 'issued' AND EXISTS (SELECT FROM card c WHERE c.application_id = p_application
                                          AND c.state NOT IN ('spoiled', 'cancelled', 'recalled'))) THEN
    PERFORM refuse ('P0001', 'STATE', format ('Application %s was not changed, because it is %s and cannot become %s.'
                    ' Read it again and take the step that is next.', v_number, replace (v_from, '_', ' '),
                    replace (p_to, '_', ' ')));
  END IF;
  IF p_to = 'approved' AND NOT (application_kind (v_type)).card THEN
    PERFORM refuse ('P0001', 'PAPER', format ('Application %s was not approved, because it is for the kind %s, which is made on paper, and this version makes'
                    ' none yet. Let it wait, or withdraw it.', v_number, type_in_words (v_type)));
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

CREATE OR REPLACE VIEW api.application WITH (security_barrier) AS
SELECT a.id, a.number, a.type, a.state::text AS state, a.id_number, a.holder_name, a.categories, a.licence_number, a.issue_date,
       a.expiry_date, a.office_code, e.name AS entered_by, e.login AS entered_by_login, p.name AS approved_by, a.created_at,
       a.changed_at, a.row_version, a.has_portrait, a.has_signature, a.stops, a.reason, a.cause, a.foreign_country, a.foreign_number,
       a.foreign_expiry, a.ban_ended
  FROM platen.application a
  JOIN platen.staff e ON e.id = a.entered_by
  LEFT JOIN platen.staff p ON p.id = a.approved_by
 WHERE (SELECT platen.may_read_persons ('application'))
 ORDER BY a.changed_at DESC, a.id DESC;

CREATE VIEW api.application_kind WITH (security_barrier) AS
SELECT k.code, k.position, k.command, platen.in_words ('rule_type', k.title) AS title, k.base, k.causes, k.validity, k.validity_months, k.approvers,
       k.card, k.target,
       (SELECT array_agg (s.step ORDER BY s.position) FROM platen.application_kind_step s WHERE s.kind = k.code) AS steps
  FROM platen.application_kind k
 WHERE (SELECT platen.may_read ())
 ORDER BY k.position;

CREATE VIEW api.application_kind_document WITH (security_barrier) AS
SELECT d.kind, d.position, d.document, platen.in_words ('document', d.title) AS title, d.cause, d.below_age, d.vehicle_group
  FROM platen.application_kind_document d
 WHERE (SELECT platen.may_read ())
 ORDER BY d.kind, d.position;

-- What the citizen brings for this application, as its cause, categories and the holder's age have it; why says what a document hangs on.
CREATE FUNCTION api.documents_of (p_application bigint) RETURNS TABLE ("position" int, document text, title text, why text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor', 'operator');
  v_application application := find_application (v_actor, p_application);
  v_facts       facts := gather_facts (p_application);
BEGIN
  PERFORM may_read_persons ('documents_of');
  RETURN QUERY
  SELECT d.position, d.document, in_words ('document', d.title),
         in_words ('document', CASE WHEN d.cause IS NOT NULL THEN format ('because of its cause: %s', replace (d.cause, '_', ' '))
                                    WHEN d.below_age IS NOT NULL THEN format ('because the applicant is younger than %s years', d.below_age)
                                    WHEN d.vehicle_group IS NOT NULL THEN 'because of the categories of lorries and buses' END)
    FROM application_kind_document d
   WHERE d.kind = v_application.type
     AND (d.cause IS NULL OR d.cause = v_application.cause)
     AND (d.below_age IS NULL OR v_facts.today < anniversary (v_facts.birth_date, d.below_age))
     AND (d.vehicle_group IS NULL OR EXISTS (SELECT FROM category c WHERE c.code = ANY (v_facts.codes) AND c.vehicle_group = d.vehicle_group))
   ORDER BY d.position;
END
$$;

CREATE VIEW api.application_step WITH (security_barrier) AS
SELECT s.from_state::text AS from_state, s.to_state::text AS to_state
  FROM platen.application_step s
 WHERE (SELECT platen.may_read ());

GRANT SELECT ON api.application_kind, api.application_kind_document, api.application_step
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
REVOKE ALL ON FUNCTION platen.application_kind (text), platen.wrong_origin (platen.application_kind, jsonb), platen.put_origin (bigint, jsonb),
  platen.missing_origin (platen.application), platen.refuse_card_of_paper () FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.create_application (uuid, text, text, text[], jsonb), api.set_origin (bigint, int, jsonb),
                          api.documents_of (bigint)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

-- As in 0059, with the kinds that there are.
CREATE OR REPLACE FUNCTION platen.check_filter (p_filter jsonb) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_word text;
BEGIN
  IF p_filter IS NULL OR jsonb_typeof (p_filter) <> 'object' THEN
    PERFORM refuse_filter ('the filter is no JSON object');
  END IF;
  SELECT k INTO v_word FROM jsonb_object_keys (p_filter) k
   WHERE k NOT IN ('all', 'ids', 'numbers', 'batch', 'kind', 'category', 'printer', 'state', 'approved_before', 'approved_after', 'priority_from',
                   'priority_to', 'holder', 'limit') ORDER BY k LIMIT 1;
  IF FOUND THEN
    PERFORM refuse_filter (format ('the filter knows no “%s”', v_word));
  ELSIF p_filter ? 'all' AND jsonb_typeof (p_filter -> 'all') <> 'boolean' THEN
    PERFORM refuse_filter ('“all” is true or false');
  ELSIF p_filter - 'all' - 'limit' = '{}' AND NOT coalesce ((p_filter ->> 'all')::boolean, false) THEN
    PERFORM refuse_filter ('an empty filter is not all of them; all of them are {"all": true}');
  END IF;
  SELECT w INTO v_word FROM unnest (filter_words (p_filter, 'ids')) w WHERE w !~ '^[0-9]{1,18}$' LIMIT 1;
  IF FOUND THEN
    PERFORM refuse_filter (format ('“%s” is no record number of an application', v_word));
  END IF;
  SELECT w INTO v_word FROM unnest (filter_words (p_filter, 'kind')) w WHERE NOT EXISTS (SELECT FROM application_kind k WHERE k.code = w) LIMIT 1;
  IF FOUND THEN
    PERFORM refuse_filter (format ('there is no kind “%s”', v_word));
  END IF;
  SELECT w INTO v_word FROM unnest (filter_words (p_filter, 'state')) w WHERE w NOT IN ('waiting', 'held', 'sample', 'paused', 'leased', 'failed') LIMIT 1;
  IF FOUND THEN
    PERFORM refuse_filter (format ('there is no state “%s”', v_word));
  END IF;
  SELECT w INTO v_word FROM unnest (filter_words (p_filter, 'category')) w WHERE NOT EXISTS (SELECT FROM category c WHERE c.code = w) LIMIT 1;
  IF FOUND THEN
    PERFORM refuse_filter (format ('there is no category “%s”', v_word));
  ELSIF p_filter ->> 'batch' IS NOT NULL AND NOT EXISTS (SELECT FROM print_batch b WHERE b.number = p_filter ->> 'batch') THEN
    PERFORM refuse_filter (format ('there is no print batch “%s”', p_filter ->> 'batch'));
  ELSIF p_filter ? 'holder' AND fold_name (p_filter ->> 'holder') = '' THEN
    PERFORM refuse_filter ('“holder” is no part of a name');
  ELSIF filter_number (p_filter, 'limit') < 1 THEN
    PERFORM refuse_filter ('“limit” is less than one');
  END IF;
END
$$;

CREATE FUNCTION platen.rule_origin_missing (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('origin', m.missing), 'origin'::text
    FROM application a CROSS JOIN LATERAL missing_origin (a) m (missing)
   WHERE a.id = f.application_id AND m.missing IS NOT NULL
$$;

-- A cause says which documents are needed and whose error it was; nothing that is granted hangs on it, so it is asked for and stops nothing.
CREATE FUNCTION platen.rule_cause_missing (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT '{}'::jsonb, 'origin'::text
    FROM application a JOIN application_kind k ON k.code = a.type
   WHERE a.id = f.application_id AND a.cause IS NULL AND k.causes <> '{}'
$$;
REVOKE ALL ON FUNCTION platen.rule_origin_missing (platen.facts, jsonb), platen.rule_cause_missing (platen.facts, jsonb) FROM PUBLIC;
INSERT INTO platen.rule (code, severity, legal_reference, valid_from) VALUES
  ('ORIGIN_MISSING', 'hard', 'Licence Regulations, reg. 9', '2000-01-01'), ('CAUSE_MISSING', 'warning', 'Licence Regulations, reg. 13', '2000-01-01');
INSERT INTO platen.rule_text (code, language, text, cure) VALUES
('ORIGIN_MISSING', 'en', 'It is not said what this application starts from: {origin}.', 'Ask the citizen for the document that proves it, and say it with the application.'),
('ORIGIN_MISSING', 'fr', 'Il n’est pas dit de quoi part cette demande : {origin}.', 'Demandez au citoyen le document qui le prouve, puis indiquez-le dans la demande.');
INSERT INTO platen.rule_text (code, language, text, cure) VALUES
('CAUSE_MISSING', 'en', 'Nobody has said why the card is made again.', 'Ask the citizen, and say it with the application.'),
('CAUSE_MISSING', 'fr', 'Personne n’a dit pourquoi la carte est refaite.', 'Demandez-le au citoyen, puis indiquez-le dans la demande.');

INSERT INTO platen.translation (context, language, english, text) VALUES
('rule_type', 'fr', 'exchange of a foreign licence', 'échange d’un permis étranger'),
('rule_type', 'fr', 'return after a ban', 'retour après une interdiction'),
('rule_type', 'fr', 'international permit', 'permis international'),
('rule_type', 'fr', 'temporary permit', 'permis provisoire'),
('document', 'fr', 'identity card or passport', 'carte d’identité ou passeport'),
('document', 'fr', 'proof of residence', 'justificatif de domicile'),
('document', 'fr', 'certificate of the driving test', 'attestation de l’examen de conduite'),
('document', 'fr', 'medical certificate', 'certificat médical'),
('document', 'fr', 'consent of a parent or guardian', 'autorisation d’un parent ou du tuteur'),
('document', 'fr', 'card of the licence', 'carte du permis'),
('document', 'fr', 'declaration of loss', 'déclaration de perte'),
('document', 'fr', 'police report of the theft', 'déclaration de vol à la police'),
('document', 'fr', 'declaration that nothing was received', 'déclaration de non-réception'),
('document', 'fr', 'proof of what has changed', 'justificatif du changement'),
('document', 'fr', 'foreign licence', 'permis étranger'),
('document', 'fr', 'certified translation of the foreign licence', 'traduction certifiée du permis étranger'),
('document', 'fr', 'decision that ended the ban', 'décision qui a mis fin à l’interdiction'),
('document', 'fr', 'because of its cause: {cause}', 'à cause de son motif : {cause}'),
('document', 'fr', 'because the applicant is younger than {count} years', 'car le demandeur a moins de {count} ans'),
('document', 'fr', 'because of the categories of lorries and buses', 'à cause des catégories de poids lourds et d’autobus'),
('cause', 'fr', 'lost', 'perdue'), ('cause', 'fr', 'stolen', 'volée'), ('cause', 'fr', 'damaged', 'abîmée'),
('cause', 'fr', 'not received', 'non reçue'), ('cause', 'fr', 'office', 'erreur du bureau'), ('cause', 'fr', 'holder', 'changement chez le titulaire'),
('origin', 'fr', 'it is no JSON object', 'ce n’est pas un objet JSON'),
('origin', 'fr', 'it knows no “{text}”', '« {text} » est inconnu'),
('origin', 'fr', 'the kind {rule_type} has no cause', 'le type « {rule_type} » n’a pas de motif'),
('origin', 'fr', '“{text}” is none of its causes: {other}', '« {text} » n’est aucun de ses motifs : {other}'),
('origin', 'fr', 'the kind {rule_type} starts from no foreign licence', 'le type « {rule_type} » ne part pas d’un permis étranger'),
('origin', 'fr', '“{text}” is no country of three capital letters, as in a passport', '« {text} » n’est pas un pays en trois lettres capitales, comme dans un passeport'),
('origin', 'fr', 'the number of the foreign licence has not one to forty characters', 'le numéro du permis étranger n’a pas de un à quarante caractères'),
('origin', 'fr', 'the kind {rule_type} starts from no ban', 'le type « {rule_type} » ne part pas d’une interdiction'),
('origin', 'fr', '“{text}” is no date like 2026-01-31', '« {text} » n’est pas une date comme 2026-01-31'),
('origin', 'fr', 'the country of the foreign licence is missing', 'le pays du permis étranger manque'),
('origin', 'fr', 'the number of the foreign licence is missing', 'le numéro du permis étranger manque'),
('origin', 'fr', 'the day on which the ban ended is missing', 'le jour où l’interdiction a pris fin manque'),
('origin', 'fr', 'the ban has not ended yet', 'l’interdiction n’a pas encore pris fin'),
('event', 'fr', '{name} said what the application starts from.', '{name} a indiqué de quoi part la demande.'),
('refusal', 'fr', 'The application was not started, because {quoted} is no kind of application. Choose one of these: {other}.',
 'La demande n’a pas été ouverte, car {quoted} n’est pas un type de demande. Choisissez parmi : {other}.'),
('refusal', 'fr', 'The application was not started, because of what it starts from: {origin}. Say it again.',
 'La demande n’a pas été ouverte, à cause de ce dont elle part : {origin}. Indiquez-le de nouveau.'),
('refusal', 'fr', 'What application {application} starts from was not changed: {origin}. Say it again.',
 'Ce dont part la demande {application} n’a pas été modifié : {origin}. Indiquez-le de nouveau.'),
('refusal', 'fr', 'Application {application} has no card, because it is for the kind {rule_type}, which is made on paper.',
 'La demande {application} n’a pas de carte, car elle est du type « {rule_type} », établi sur papier.'),
('refusal', 'fr', 'Application {application} was not approved, because it is for the kind {rule_type}, which is made on paper, and this version makes'
                  ' none yet. Let it wait, or withdraw it.',
 'La demande {application} n’a pas été approuvée, car elle est du type « {rule_type} », établi sur papier, et cette version n’en établit pas encore.'
 ' Mettez-la en attente, ou retirez-la.');

INSERT INTO platen.schema_version (version, title) VALUES (77, 'kinds of application');
