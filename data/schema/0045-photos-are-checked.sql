-- SPDX-License-Identifier: GPL-3.0-or-later
-- No portrait without its checks, whoever stores it and however it came; no card without a signature unless two people say that the holder cannot
-- sign; and a covered head is said with the photograph, judged by what a covered head can show, and allowed by another person.

SET LOCAL ROLE platen_owner;

ALTER TABLE platen.photo_check ADD COLUMN covered boolean NOT NULL DEFAULT false;

CREATE OR REPLACE VIEW api.photo_check WITH (security_barrier) AS
SELECT c.id, c.application_id, c.at, t.name AS who, c.sha256, c.origin, c.verdict, c.bad, c.result, c.covered
  FROM platen.photo_check c JOIN platen.staff t ON t.id = c.staff_id
 WHERE (SELECT platen.may_read_persons ('photo_check'))
 ORDER BY c.id DESC;

CREATE OR REPLACE FUNCTION api.note_photo_check (p_application bigint, p_sha256 text, p_origin text, p_result jsonb)
RETURNS TABLE (failed int, waits boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := find_application (v_actor, p_application);
  v_verdict     text := p_result ->> 'verdict';
  v_covered     boolean := coalesce (p_result -> 'covered' = 'true', false);
  v_bad         text[];
BEGIN
  PERFORM refuse_unless_editable (v_application);
  IF jsonb_typeof (p_result -> 'bad') = 'array' THEN
    v_bad := ARRAY (SELECT b FROM jsonb_array_elements_text (p_result -> 'bad') b);
  END IF;
  IF p_sha256 IS NULL OR p_sha256 !~ '^[0-9a-f]{64}$' OR p_origin IS NULL
     OR p_origin NOT IN ('file', 'camera', 'clipboard', 'drop', 'registry', 'prepared', 'command')
     OR v_verdict IS NULL OR v_verdict NOT IN ('good', 'doubtful', 'bad') OR v_bad IS NULL OR (v_verdict = 'bad') <> (cardinality (v_bad) > 0)
     OR jsonb_typeof (coalesce (p_result -> 'covered', 'false')) <> 'boolean'
     OR length (p_result::text) > 16384 OR EXISTS (SELECT FROM unnest (v_bad) b WHERE b IS NULL OR b !~ '^[a-z_]{1,40}$') THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The checks of the photograph were not noted for application %s, because they are not well'
                    ' formed.', v_application.number));
  END IF;
  IF v_covered AND v_verdict <> 'bad' AND NOT has_exception (p_application, 'head_cover', 'open')
     AND NOT has_exception (p_application, 'head_cover', 'allowed') THEN
    PERFORM refuse ('P0001', 'HEAD_COVER', format ('The checks of the photograph were not noted for application %s, because the head is covered'
                    ' and nobody asked for the exception. Ask for it, with the reason.', v_application.number));
  END IF;
  INSERT INTO photo_check (office_code, application_id, staff_id, sha256, origin, verdict, bad, result, covered)
  VALUES (v_application.office_code, p_application, v_actor.staff_id, p_sha256, p_origin, v_verdict, v_bad, p_result, v_covered);
  IF failed_photos (p_application) >= 3 AND NOT has_exception (p_application, 'photo', 'open') THEN
    PERFORM open_exception (v_actor, v_application, 'photo', array_to_string (v_bad, ', '));
  END IF;
  RETURN QUERY SELECT failed_photos (p_application), has_exception (p_application, 'photo', 'open');
END
$$;

-- What stands against these bytes as the portrait: that nobody noted what was measured on them, too.
CREATE OR REPLACE FUNCTION platen.admit_portrait (p_application platen.application, p_sha256 text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_check     photo_check;
  v_exception photo_exception;
BEGIN
  IF has_exception (p_application.id, 'photo', 'open') THEN
    PERFORM refuse ('P0001', 'SUPERVISOR', format ('The photograph was not stored with application %s, because three failed their checks and a'
                    ' supervisor has not decided yet. Ask the supervisor.', p_application.number));
  END IF;
  SELECT * INTO v_check FROM photo_check c WHERE c.application_id = p_application.id AND c.sha256 = p_sha256 ORDER BY c.id DESC LIMIT 1;
  IF NOT FOUND THEN
    PERFORM refuse ('P0001', 'UNCHECKED', format ('The photograph was not stored with application %s, because its checks were not noted before.'
                    ' Check it first.', p_application.number));
  END IF;
  IF v_check.verdict <> 'bad' THEN
    RETURN false;
  END IF;
  SELECT * INTO v_exception FROM photo_exception e
   WHERE e.application_id = p_application.id AND e.kind = 'photo' AND e.state = 'allowed' AND coalesce (e.used_for = p_sha256, true)
   ORDER BY e.id DESC LIMIT 1;
  IF NOT FOUND THEN
    PERFORM refuse ('P0001', 'PHOTO', format ('The photograph was not stored with application %s, because it failed its checks (%s). Take'
                    ' another one; after three, a supervisor decides.', p_application.number, array_to_string (v_check.bad, ', ')));
  END IF;
  UPDATE photo_exception SET used_for = p_sha256 WHERE id = v_exception.id;
  RETURN true;
END
$$;

-- The covered head was asked for, and refused: what is stored must not be printed.
CREATE FUNCTION platen.rule_head_covered (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT '{}'::jsonb, NULL::text
    FROM application_image i
   CROSS JOIN LATERAL (SELECT c.covered FROM photo_check c WHERE c.application_id = i.application_id AND c.sha256 = i.sha256
                        ORDER BY c.id DESC LIMIT 1) c
   WHERE i.application_id = f.application_id AND i.kind = 'portrait' AND c.covered
     AND NOT has_exception (f.application_id, 'head_cover', 'open') AND NOT has_exception (f.application_id, 'head_cover', 'allowed')
$$;

-- While it is asked, it is the supervisor's turn, who approves nothing before it is decided.
CREATE OR REPLACE FUNCTION platen.rule_signature_missing (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT '{}'::jsonb, NULL::text WHERE NOT f.has_signature AND NOT has_exception (f.application_id, 'cannot_sign', 'allowed')
                                   AND NOT has_exception (f.application_id, 'cannot_sign', 'open')
$$;

-- As before; and what stood in its way does so no longer, at once.
CREATE OR REPLACE FUNCTION api.ask_exception (p_application bigint, p_row_version int, p_kind text, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := hold_application (v_actor, p_application, p_row_version);
BEGIN
  PERFORM refuse_unless_editable (v_application);
  IF p_kind IS NULL OR p_kind NOT IN ('cannot_sign', 'head_cover') THEN
    PERFORM refuse ('P0001', 'FIELD', format ('No exception was asked for application %s, because there is none called %s.',
                    v_application.number, coalesce (quote_literal (p_kind), 'NULL')));
  END IF;
  PERFORM refuse_without_reason (p_reason, format ('No exception was asked for application %s', v_application.number));
  IF has_exception (p_application, p_kind, 'open') OR has_exception (p_application, p_kind, 'allowed') THEN
    PERFORM refuse ('P0001', 'STATE', format ('No exception was asked for application %s, because the same one is open or allowed already.',
                    v_application.number));
  END IF;
  PERFORM open_exception (v_actor, v_application, p_kind, p_reason);
  PERFORM evaluate_application (p_application);
  RETURN note_edit (v_actor, v_application);
END
$$;

UPDATE platen.rule SET severity = 'hard' WHERE code = 'SIGNATURE_MISSING';
INSERT INTO platen.rule (code, severity, legal_reference, valid_from) VALUES ('HEAD_COVERED', 'hard', 'Licence Regulations, reg. 11', '2000-01-01');
UPDATE platen.rule_text SET cure = 'Take the signature, or ask for the exception that the holder cannot sign, with the reason.'
 WHERE code = 'SIGNATURE_MISSING' AND language = 'en';
UPDATE platen.rule_text SET cure = 'Recueillez la signature, ou demandez l’exception « ne peut pas signer », avec le motif.'
 WHERE code = 'SIGNATURE_MISSING' AND language = 'fr';
INSERT INTO platen.rule_text (code, language, text, cure) VALUES
('HEAD_COVERED', 'en', 'The head is covered on the photograph, and no exception allows it.',
 'Take a photograph of the uncovered head, or ask for the exception again, with the reason.'),
('HEAD_COVERED', 'fr', 'La tête est couverte sur la photographie, et aucune exception ne l’autorise.',
 'Prenez une photographie tête nue, ou demandez de nouveau l’exception, avec le motif.');

-- Also for what was approved before this was a rule.
CREATE FUNCTION platen.refuse_unsigned_card () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM application_image i WHERE i.application_id = NEW.application_id AND i.kind = 'signature')
     AND NOT has_exception (NEW.application_id, 'cannot_sign', 'allowed') THEN
    PERFORM refuse ('P0001', 'SIGNATURE', format ('No card was reserved for application %s, because it has no signature and nobody allowed that the'
                    ' holder cannot sign. Return it to the clerk.', (SELECT a.number FROM application a WHERE a.id = NEW.application_id)));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER cards_are_signed BEFORE INSERT ON platen.card FOR EACH ROW EXECUTE FUNCTION platen.refuse_unsigned_card ();

-- The picture that was prepared at home, with what its checks measured here. One that fails them is a try like others and is not stored; the
-- applicant is served all the same.
DROP FUNCTION platen.take_prepared_portrait (platen.actor, bigint, bytea, text);
CREATE FUNCTION platen.take_prepared_portrait (p_actor platen.actor, p_application bigint, p_portrait bytea, p_media_type text, p_check jsonb)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_version int;
BEGIN
  IF p_portrait IS NULL OR (SELECT a.has_portrait FROM application a WHERE a.id = p_application) THEN
    RETURN;
  END IF;
  IF p_check IS NOT NULL THEN
    PERFORM api.note_photo_check (p_application, encode (sha256 (p_portrait), 'hex'), 'prepared', p_check);
  END IF;
  IF p_check ->> 'verdict' = 'bad' THEN
    PERFORM record_event (p_actor, p_application, NULL, 'portrait', 'The photograph prepared at home was not stored, because it failed its checks.',
                          NULL);
    RETURN;
  END IF;
  SELECT a.row_version INTO v_version FROM application a WHERE a.id = p_application;
  PERFORM api.set_image (p_application, v_version, 'portrait', p_portrait, p_media_type);
END
$$;

DROP FUNCTION api.check_in (text, text, text, text, text[], timestamptz, date, text, text, text, text[], text[], bytea, text);
CREATE FUNCTION api.check_in (p_code text, p_office_code text, p_id_number text, p_type text, p_categories text[],
                              p_prepared_at timestamptz, p_expires_on date, p_language text, p_email text, p_phone text,
                              p_fields text[], p_values text[], p_portrait bytea, p_media_type text, p_check jsonb DEFAULT NULL)
RETURNS TABLE (application_id bigint, number text, is_new boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor actor := demand ('clerk');
  v_id    bigint;
BEGIN
  PERFORM refuse_code (p_code);
  -- Whoever fetches the same one at the same moment waits here, and is given the application then.
  PERFORM pg_advisory_xact_lock (hashtext ('prepared_application'), hashtext (p_code));
  SELECT p.application_id INTO v_id FROM prepared_application p WHERE p.code = p_code AND p.office_code = v_actor.office_code;
  IF FOUND THEN
    RETURN QUERY SELECT a.id, a.number, false FROM application a WHERE a.id = v_id;
    RETURN;
  END IF;
  PERFORM refuse_prepared (v_actor.office_code, p_code, p_office_code, p_expires_on, p_fields);
  PERFORM api.note_lookup (p_id_number, 'pre-enrolment');
  v_id := draft_for_prepared (v_actor, p_id_number, p_type, p_categories);
  PERFORM record_answer (v_id, 'applicant', 'answered', least (coalesce (p_prepared_at, clock_timestamp()), clock_timestamp()), NULL,
                         p_fields, p_values);
  PERFORM take_prepared_portrait (v_actor, v_id, p_portrait, p_media_type, p_check);
  PERFORM record_event (v_actor, v_id, NULL, 'checked_in', format ('%s fetched prepared application %s.', v_actor.name, p_code), NULL);
  BEGIN
    INSERT INTO prepared_application (application_id, office_code, code, type, categories, language, email, phone, prepared_at,
                                      expires_on, fetched_by, row_version)
    SELECT v_id, v_actor.office_code, p_code, p_type, p_categories, nullif (lower (btrim (p_language)), ''), nullif (btrim (p_email), ''),
           nullif (btrim (p_phone), ''), p_prepared_at, p_expires_on, v_actor.staff_id, a.row_version
      FROM application a WHERE a.id = v_id;
  EXCEPTION WHEN unique_violation THEN
    PERFORM refuse ('P0001', 'CODE', format ('Prepared application %s was not fetched, because another office has fetched it already.'
                    ' Ask there, or start an application by hand.', p_code));
  END;
  RETURN QUERY SELECT a.id, a.number, true FROM application a WHERE a.id = v_id;
END
$$;

REVOKE ALL ON FUNCTION platen.rule_head_covered (platen.facts, jsonb), platen.refuse_unsigned_card (),
  platen.take_prepared_portrait (platen.actor, bigint, bytea, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.check_in (text, text, text, text, text[], timestamptz, date, text, text, text, text[], text[], bytea, text, jsonb)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'The checks of the photograph were not noted for application {application}, because the head is covered and nobody asked for the'
                  ' exception. Ask for it, with the reason.',
 'Les contrôles de la photo n’ont pas été notés pour la demande {application}, car la tête est couverte et personne n’a demandé l’exception.'
 ' Demandez-la, avec le motif.'),
('refusal', 'fr', 'The photograph was not stored with application {application}, because its checks were not noted before. Check it first.',
 'La photo n’a pas été enregistrée avec la demande {application}, car ses contrôles n’ont pas été notés auparavant. Contrôlez-la d’abord.'),
('refusal', 'fr', 'No card was reserved for application {application}, because it has no signature and nobody allowed that the holder cannot sign.'
                  ' Return it to the clerk.',
 'Aucune carte n’a été réservée pour la demande {application}, car elle n’a pas de signature et personne n’a admis que le titulaire ne peut pas signer.'
 ' Renvoyez-la à l’agent.'),
('event', 'fr', 'The photograph prepared at home was not stored, because it failed its checks.',
 'La photo préparée à la maison n’a pas été enregistrée, car elle a échoué à ses contrôles.');

UPDATE platen.translation
   SET text = regexp_replace (regexp_replace (text, ' ([:;!?»])', E'\u202F\\1', 'g'), '« ', E'«\u202F', 'g')
 WHERE language = 'fr';

INSERT INTO platen.schema_version (version, title) VALUES (45, 'photos are checked');
