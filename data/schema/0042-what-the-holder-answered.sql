-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the holder said when the card was shown: that everything is right, or that something is not. An answer holds for what was shown and for
-- nothing else: the database makes the digest of what will stand on the card from its own rows, refuses an answer to another card, and an answer
-- is void by itself as soon as the digest is another one. What the approval and the law fix (the number, the days of issue and expiry, the
-- authority, the layout) is no part of it, or each answer would be void at midnight.
--
-- Whether somebody must answer before an application is submitted and approved is the office's to say, as data. By itself it need not be: a renewal
-- by post has no holder at the counter. Once an answer was given, it counts in any office: one that no longer holds is a warning, and
-- a holder who said that something is wrong needs the approver's eye.

SET LOCAL ROLE platen_owner;

ALTER TABLE platen.office ADD COLUMN holder_confirms boolean NOT NULL DEFAULT false;

CREATE TABLE platen.holder_answer (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at             timestamptz NOT NULL DEFAULT clock_timestamp(),
  office_code    text NOT NULL REFERENCES platen.office,
  application_id bigint NOT NULL REFERENCES platen.application,
  staff_id       int NOT NULL REFERENCES platen.staff,  -- in whose session; at the screen the holder pressed it themselves
  workstation    text NOT NULL,
  verdict        text NOT NULL CHECK (verdict IN ('confirmed', 'objected')),
  given          text NOT NULL CHECK (given IN ('screen', 'counter')),
  reason         text CHECK (length (reason) <= 2000),
  changes        jsonb NOT NULL,                        -- the sentences that were shown: [{"title", "text"}]
  layout         text,                                  -- with which it was shown
  layout_version int,
  content_sha256 text NOT NULL CHECK (content_sha256 ~ '^[0-9a-f]{64}$'),
  shown_sha256   text NOT NULL CHECK (shown_sha256 ~ '^[0-9a-f]{64}$') -- of the content and the sentences
);
CREATE INDEX holder_answer_application ON platen.holder_answer (application_id, id);
CREATE TRIGGER holder_answer_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.holder_answer
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
ALTER TABLE platen.holder_answer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.holder_answer USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

-- What of a card is the holder's own, as plt_preview_dup_content() writes it: a line “name:bytes:value” each. The day of first
-- issue is told where it is older than this card.
CREATE FUNCTION platen.card_content (p_facts platen.facts) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  WITH planned AS (
    SELECT CASE WHEN a.issue_date IS NULL THEN p.categories ELSE a.categories END AS categories, coalesce (a.issue_date, p_facts.today) AS issued
      FROM application a, plan_categories (p_facts) p WHERE a.id = p_facts.application_id),
  entry AS (
    SELECT string_agg (concat_ws (';', e.code, CASE WHEN e.valid_from < p.issued THEN e.valid_from::text ELSE '' END, e.restrictions), '|'
                       ORDER BY c.position) AS entries
      FROM planned p CROSS JOIN LATERAL parse_categories (p.categories) e JOIN category c ON c.code = e.code)
  SELECT string_agg (format ('%s:%s:%s', v.name, octet_length (v.value), v.value), E'\n' ORDER BY v.position)
    FROM (SELECT f.position, f.name, coalesce (CASE f.name
                   WHEN 'birth_date' THEN p_facts.birth_date::text
                   WHEN 'categories' THEN (SELECT entries FROM entry)
                   WHEN 'portrait' THEN (SELECT i.sha256 FROM application_image i
                                          WHERE i.application_id = p_facts.application_id AND i.kind = 'portrait')
                   WHEN 'signature' THEN (SELECT i.sha256 FROM application_image i
                                           WHERE i.application_id = p_facts.application_id AND i.kind = 'signature')
                   ELSE person_value (p_facts, f.name) END, '') AS value
            FROM unnest (ARRAY['family_name', 'given_names', 'family_name_native', 'given_names_native', 'birth_date', 'birth_place', 'sex',
                               'nationality', 'address', 'categories', 'portrait', 'signature']) WITH ORDINALITY f (name, position)) v
$$;

CREATE FUNCTION platen.card_content_sha256 (p_facts platen.facts) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT encode (sha256 (convert_to (card_content (p_facts), 'UTF8')), 'hex')
$$;

CREATE FUNCTION platen.last_answer (p_application bigint) RETURNS platen.holder_answer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT h.* FROM holder_answer h WHERE h.application_id = p_application ORDER BY h.id DESC LIMIT 1
$$;

-- The last one, while the card still says what it was given to.
CREATE FUNCTION platen.answer_holds (p_answer bigint, p_application bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  SELECT coalesce (bool_and (h.id = p_answer AND h.content_sha256 = card_content_sha256 (gather_facts (p_application))), false)
    FROM last_answer (p_application) h WHERE h.id IS NOT NULL
$$;

-- The words are the window's; that they are words, and few, is all that can be looked at.
CREATE FUNCTION platen.are_changes (p_changes jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN jsonb_typeof (p_changes) IS DISTINCT FROM 'array' THEN false
              WHEN jsonb_array_length (p_changes) > 100 OR length (p_changes::text) > 32768 THEN false
              ELSE NOT EXISTS (SELECT FROM jsonb_array_elements (p_changes) c
                                WHERE jsonb_typeof (c -> 'title') IS DISTINCT FROM 'string'
                                   OR jsonb_typeof (c -> 'text') IS DISTINCT FROM 'string') END
$$;

CREATE FUNCTION api.note_holder_answer (p_application bigint, p_verdict text, p_given text, p_content_sha256 text, p_changes jsonb, p_reason text)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor', 'operator');
  v_application application := find_application (v_actor, p_application);
  v_facts       facts := gather_facts (p_application);
  v_content     text := card_content (v_facts);
  v_reason      text := check_reason (p_reason);
  v_last        holder_answer;
  v_layout      layout;
BEGIN
  IF coalesce (p_verdict, '') NOT IN ('confirmed', 'objected') OR coalesce (p_given, '') NOT IN ('screen', 'counter')
     OR NOT are_changes (p_changes) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The holder’s answer was not noted for application %s, because it is not well formed.',
                    v_application.number));
  ELSIF v_application.state NOT IN ('draft', 'returned', 'submitted', 'waiting', 'approved') THEN
    PERFORM refuse ('P0001', 'STATE', format ('The holder’s answer was not noted for application %s, because it is %s. Only what is not printed'
                    ' yet can be confirmed.', v_application.number, replace (v_application.state, '_', ' ')));
  ELSIF p_content_sha256 IS DISTINCT FROM encode (sha256 (convert_to (v_content, 'UTF8')), 'hex') THEN
    PERFORM refuse ('PL409', 'STALE', format ('The holder’s answer was not noted for application %s, because the card has changed since it was'
                    ' shown. Show it again.', v_application.number));
  END IF;
  -- Said again, or sent again because the answer to it was lost: once is enough.
  SELECT * INTO v_last FROM last_answer (p_application);
  IF (v_last.verdict, v_last.given, v_last.content_sha256, v_last.changes, v_last.reason)
     IS NOT DISTINCT FROM (p_verdict, p_given, p_content_sha256, p_changes, v_reason) THEN
    RETURN v_last.id;
  END IF;
  SELECT * INTO v_layout FROM usable_layout (ruled_layout (v_application, v_facts.birth_date, today ()), today ());
  INSERT INTO holder_answer (office_code, application_id, staff_id, workstation, verdict, given, reason, changes, layout, layout_version,
                             content_sha256, shown_sha256)
  VALUES (v_application.office_code, p_application, v_actor.staff_id, v_actor.workstation, p_verdict, p_given, v_reason, p_changes,
          v_layout.layout, v_layout.version, p_content_sha256,
          encode (sha256 (convert_to (v_content || E'\n' || p_changes::text, 'UTF8')), 'hex'))
  RETURNING * INTO v_last;
  PERFORM record_event (v_actor, p_application, NULL, p_verdict, CASE
                        WHEN p_verdict = 'confirmed' AND p_given = 'screen' THEN 'The holder confirmed the card on the screen.'
                        WHEN p_verdict = 'confirmed' THEN format ('%s noted that the holder confirmed the card.', v_actor.name)
                        WHEN p_given = 'screen' THEN 'The holder said on the screen that something on the card is wrong.'
                        ELSE format ('%s noted that the holder found something on the card wrong.', v_actor.name) END, v_reason);
  IF v_application.state <> 'approved' THEN
    PERFORM evaluate_application (p_application);
  END IF;
  RETURN v_last.id;
END
$$;

CREATE FUNCTION api.set_holder_confirms (p_confirms boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('admin');
BEGIN
  IF p_confirms IS NULL THEN
    PERFORM refuse ('P0001', 'FIELD', 'Whether holders must confirm their cards was not changed, because neither yes nor no was said.');
  END IF;
  UPDATE office SET holder_confirms = p_confirms WHERE code = v_actor.office_code;
  PERFORM note (v_actor, v_actor.office_code, 'set_holder_confirms', 'office', v_actor.office_code,
                jsonb_build_object ('confirms', p_confirms));
  PERFORM pg_notify ('platen', format ('application 0 %s', v_actor.office_code));
END
$$;

-- Whatever was approved: what the holder said is wrong is not printed before they say otherwise.
CREATE FUNCTION platen.refuse_objected () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF (SELECT h.verdict FROM last_answer (NEW.application_id) h) = 'objected' THEN
    PERFORM refuse ('P0001', 'HOLDER', format ('No card was reserved for application %s, because the holder said that something on it is wrong. Show'
                    ' the card to the holder again, or withdraw the application and correct it.',
                    (SELECT a.number FROM application a WHERE a.id = NEW.application_id)));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER holder_does_not_object BEFORE INSERT ON platen.card FOR EACH ROW EXECUTE FUNCTION platen.refuse_objected ();

-- Where the office asks for it: nobody has confirmed what the card says now.
CREATE FUNCTION platen.rule_card_unconfirmed (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT '{}'::jsonb, NULL::text
   WHERE (SELECT o.holder_confirms FROM office o WHERE o.code = f.office_code)
     AND NOT EXISTS (SELECT FROM last_answer (f.application_id) h
                      WHERE h.verdict = 'confirmed' AND h.content_sha256 = card_content_sha256 (f))
$$;

CREATE FUNCTION platen.rule_card_objected (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT '{}'::jsonb, NULL::text FROM last_answer (f.application_id) h
   WHERE h.verdict = 'objected' AND h.content_sha256 = card_content_sha256 (f)
$$;

CREATE FUNCTION platen.rule_card_changed_since (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT '{}'::jsonb, NULL::text FROM last_answer (f.application_id) h
   WHERE h.id IS NOT NULL AND h.content_sha256 <> card_content_sha256 (f)
$$;

INSERT INTO platen.rule (code, severity, legal_reference, valid_from, parameters) VALUES
  ('CARD_UNCONFIRMED',   'hard',    'Licence Regulations, reg. 12', '2000-01-01', '{}'),
  ('CARD_OBJECTED',      'soft',    'Licence Regulations, reg. 12', '2000-01-01', '{}'),
  ('CARD_CHANGED_SINCE', 'warning', 'Licence Regulations, reg. 12', '2000-01-01', '{}');
INSERT INTO platen.rule_text (code, language, text, cure) VALUES
('CARD_UNCONFIRMED', 'en', 'The holder has not confirmed what the card says.',
 'Open the preview, show the card to the holder, and let them confirm it.'),
('CARD_UNCONFIRMED', 'fr', 'Le titulaire n’a pas confirmé ce que dit la carte.',
 'Ouvrez l’aperçu, montrez la carte au titulaire et faites-la-lui confirmer.'),
('CARD_OBJECTED', 'en', 'The holder said that something on the card is wrong.',
 'Ask what is wrong and correct it, or show the card again and let the holder confirm it.'),
('CARD_OBJECTED', 'fr', 'Le titulaire a dit que quelque chose sur la carte est faux.',
 'Demandez ce qui est faux et corrigez-le, ou montrez de nouveau la carte et faites-la confirmer.'),
('CARD_CHANGED_SINCE', 'en', 'The card has changed since the holder saw it.',
 'Open the preview and show the card to the holder again.'),
('CARD_CHANGED_SINCE', 'fr', 'La carte a changé depuis que le titulaire l’a vue.',
 'Ouvrez l’aperçu et montrez de nouveau la carte au titulaire.');

CREATE VIEW api.holder_answer WITH (security_barrier) AS
SELECT h.id, h.application_id, a.number AS application_number, h.at, t.name AS who, h.workstation, h.verdict, h.given, h.reason, h.changes,
       h.layout, h.layout_version, h.content_sha256, h.shown_sha256, platen.answer_holds (h.id, h.application_id) AS holds
  FROM platen.holder_answer h JOIN platen.application a ON a.id = h.application_id JOIN platen.staff t ON t.id = h.staff_id
 WHERE (SELECT platen.may_read_persons ('holder_answer'))
 ORDER BY h.id DESC;

CREATE OR REPLACE VIEW api.office WITH (security_barrier) AS
SELECT o.code, o.name, o.ask_after_minutes, o.holder_confirms
  FROM platen.office o
 WHERE (SELECT platen.may_read ());

GRANT SELECT ON api.holder_answer TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION api.note_holder_answer (bigint, text, text, text, jsonb, text), api.set_holder_confirms (boolean),
  platen.answer_holds (bigint, bigint) TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('event', 'fr', 'The holder confirmed the card on the screen.', 'Le titulaire a confirmé la carte à l’écran.'),
('event', 'fr', '{name} noted that the holder confirmed the card.', '{name} a noté que le titulaire a confirmé la carte.'),
('event', 'fr', 'The holder said on the screen that something on the card is wrong.',
 'Le titulaire a dit à l’écran que quelque chose sur la carte est faux.'),
('event', 'fr', '{name} noted that the holder found something on the card wrong.',
 '{name} a noté que le titulaire a trouvé quelque chose de faux sur la carte.'),
('refusal', 'fr', 'The holder’s answer was not noted for application {application}, because it is not well formed.',
 'La réponse du titulaire n’a pas été notée pour la demande {application}, car elle est mal formée.'),
('refusal', 'fr', 'The holder’s answer was not noted for application {application}, because it is {application_state}. Only what is not printed yet'
                  ' can be confirmed.',
 'La réponse du titulaire n’a pas été notée pour la demande {application}, car elle est {application_state}. Seul ce qui n’est pas encore imprimé peut'
 ' être confirmé.'),
('refusal', 'fr', 'The holder’s answer was not noted for application {application}, because the card has changed since it was shown. Show it again.',
 'La réponse du titulaire n’a pas été notée pour la demande {application}, car la carte a changé depuis qu’elle a été montrée. Montrez-la de nouveau.'),
('refusal', 'fr', 'No card was reserved for application {application}, because the holder said that something on it is wrong. Show the card to the holder'
                  ' again, or withdraw the application and correct it.',
 'Aucune carte n’a été réservée pour la demande {application}, car le titulaire a dit que quelque chose y est faux. Montrez de nouveau la carte au'
 ' titulaire, ou retirez la demande et corrigez-la.'),
('refusal', 'fr', 'Whether holders must confirm their cards was not changed, because neither yes nor no was said.',
 'L’obligation pour les titulaires de confirmer leur carte n’a pas été modifiée, car ni oui ni non n’a été dit.');

UPDATE platen.translation
   SET text = regexp_replace (regexp_replace (text, ' ([:;!?»])', E'\u202F\\1', 'g'), '« ', E'«\u202F', 'g')
 WHERE language = 'fr';

INSERT INTO platen.schema_version (version, title) VALUES (42, 'what the holder answered');
