-- SPDX-License-Identifier: GPL-3.0-or-later
-- How a photograph came to be taken: what its checks measured, how often it failed, who allowed what the rules do not. The database cannot see
-- pixels; it keeps what was measured for which bytes, counts what failed, and lets nobody allow their own exception.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.photo_check (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at             timestamptz NOT NULL DEFAULT clock_timestamp(),
  office_code    text NOT NULL REFERENCES platen.office,
  application_id bigint NOT NULL REFERENCES platen.application,
  staff_id       int NOT NULL REFERENCES platen.staff,
  sha256         text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  origin         text NOT NULL CHECK (origin IN ('file', 'camera', 'clipboard', 'drop', 'registry', 'prepared', 'command')),
  verdict        text NOT NULL CHECK (verdict IN ('good', 'doubtful', 'bad')),
  bad            text[] NOT NULL,
  result         jsonb NOT NULL CHECK (jsonb_typeof (result) = 'object' AND length (result::text) <= 16384),
  CONSTRAINT photo_check_says_why CHECK ((verdict = 'bad') = (cardinality (bad) > 0))
);
CREATE INDEX photo_check_application ON platen.photo_check (application_id, id);
CREATE TRIGGER photo_check_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.photo_check
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();

-- 'photo': three photographs failed; opened by the third. Used once: the photograph that was stored under it.
CREATE TABLE platen.photo_exception (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office_code    text NOT NULL REFERENCES platen.office,
  application_id bigint NOT NULL REFERENCES platen.application,
  kind           text NOT NULL CHECK (kind IN ('photo', 'cannot_sign', 'head_cover')),
  reason         text NOT NULL CHECK (btrim (reason) <> ''),
  asked_by       int NOT NULL REFERENCES platen.staff,
  asked_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  state          text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'allowed', 'refused')),
  decided_by     int REFERENCES platen.staff,
  decided_at     timestamptz,
  decision       text,
  used_for       text CHECK (used_for ~ '^[0-9a-f]{64}$'),
  CONSTRAINT photo_exception_four_eyes CHECK (decided_by <> asked_by),
  CONSTRAINT photo_exception_decided CHECK ((state = 'open') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)
                                            AND (decided_by IS NULL) = (decision IS NULL))
);
CREATE UNIQUE INDEX photo_exception_one_open ON platen.photo_exception (application_id, kind) WHERE state = 'open';
CREATE INDEX photo_exception_application ON platen.photo_exception (application_id, id);

ALTER TABLE platen.photo_check ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.photo_check USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));
ALTER TABLE platen.photo_exception ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.photo_exception USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

-- How many different photographs failed since the last one that did not, or since a supervisor last decided.
CREATE FUNCTION platen.failed_photos (p_application bigint) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT count (DISTINCT c.sha256)::int FROM photo_check c
   WHERE c.application_id = p_application AND c.verdict = 'bad'
     AND c.id > coalesce ((SELECT max (g.id) FROM photo_check g WHERE g.application_id = p_application AND g.verdict <> 'bad'), 0)
     AND c.at > coalesce ((SELECT max (e.decided_at) FROM photo_exception e WHERE e.application_id = p_application AND e.kind = 'photo'),
                          '-infinity')
$$;

CREATE FUNCTION platen.has_exception (p_application bigint, p_kind text, p_state text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT EXISTS (SELECT FROM photo_exception e WHERE e.application_id = p_application AND e.kind = p_kind AND e.state = p_state)
$$;

CREATE FUNCTION platen.exception_name (p_kind text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT CASE p_kind WHEN 'photo' THEN 'a photograph that failed its checks' WHEN 'cannot_sign' THEN 'a holder who cannot sign'
                     WHEN 'head_cover' THEN 'a covered head' END
$$;

CREATE FUNCTION platen.open_exception (p_actor platen.actor, p_application platen.application, p_kind text, p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_id bigint;
BEGIN
  INSERT INTO photo_exception (office_code, application_id, kind, reason, asked_by)
  VALUES (p_application.office_code, p_application.id, p_kind, btrim (p_reason), p_actor.staff_id) RETURNING id INTO v_id;
  PERFORM record_event (p_actor, p_application.id, NULL, 'exception', format ('%s asked for an exception: %s.', p_actor.name,
                        exception_name (p_kind)), p_reason);
  RETURN v_id;
END
$$;

CREATE FUNCTION api.note_photo_check (p_application bigint, p_sha256 text, p_origin text, p_result jsonb)
RETURNS TABLE (failed int, waits boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := find_application (v_actor, p_application);
  v_verdict     text := p_result ->> 'verdict';
  v_bad         text[];
BEGIN
  PERFORM refuse_unless_editable (v_application);
  IF jsonb_typeof (p_result -> 'bad') = 'array' THEN
    v_bad := ARRAY (SELECT b FROM jsonb_array_elements_text (p_result -> 'bad') b);
  END IF;
  IF p_sha256 IS NULL OR p_sha256 !~ '^[0-9a-f]{64}$' OR p_origin IS NULL
     OR p_origin NOT IN ('file', 'camera', 'clipboard', 'drop', 'registry', 'prepared', 'command')
     OR v_verdict IS NULL OR v_verdict NOT IN ('good', 'doubtful', 'bad') OR v_bad IS NULL OR (v_verdict = 'bad') <> (cardinality (v_bad) > 0)
     OR length (p_result::text) > 16384 OR EXISTS (SELECT FROM unnest (v_bad) b WHERE b IS NULL OR b !~ '^[a-z_]{1,40}$') THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The checks of the photograph were not noted for application %s, because they are not well'
                    ' formed.', v_application.number));
  END IF;
  INSERT INTO photo_check (office_code, application_id, staff_id, sha256, origin, verdict, bad, result)
  VALUES (v_application.office_code, p_application, v_actor.staff_id, p_sha256, p_origin, v_verdict, v_bad, p_result);
  IF failed_photos (p_application) >= 3 AND NOT has_exception (p_application, 'photo', 'open') THEN
    PERFORM open_exception (v_actor, v_application, 'photo', array_to_string (v_bad, ', '));
  END IF;
  RETURN QUERY SELECT failed_photos (p_application), has_exception (p_application, 'photo', 'open');
END
$$;

-- What stands against these bytes as the portrait. One that was allowed is used up by the photograph that it was used for.
CREATE FUNCTION platen.admit_portrait (p_application platen.application, p_sha256 text) RETURNS boolean
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
  IF v_check.verdict IS DISTINCT FROM 'bad' THEN
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

CREATE OR REPLACE FUNCTION api.set_image (p_application bigint, p_row_version int, p_kind text, p_image bytea, p_media_type text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := hold_application (v_actor, p_application, p_row_version);
  v_is_what     text := CASE WHEN substr (p_image, 1, 3) = '\xffd8ff' THEN 'image/jpeg'
                             WHEN substr (p_image, 1, 8) = '\x89504e470d0a1a0a' THEN 'image/png' END;
  v_sha256      text := encode (sha256 (p_image), 'hex');
  v_excepted    boolean := false;
BEGIN
  PERFORM refuse_unless_editable (v_application);
  IF p_kind IS NULL OR p_kind NOT IN ('portrait', 'signature') OR v_is_what IS NULL
     OR v_is_what IS DISTINCT FROM p_media_type OR length (p_image) NOT BETWEEN 67 AND 2097152 THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The picture was not stored with application %s, because it is no JPEG or PNG of at most'
                    ' 2 MiB for a portrait or a signature. Choose another file.', v_application.number));
  END IF;
  IF p_kind = 'portrait' THEN
    v_excepted := admit_portrait (v_application, v_sha256);
  END IF;
  INSERT INTO application_image (application_id, office_code, kind, image, media_type, sha256)
  VALUES (p_application, v_actor.office_code, p_kind, p_image, p_media_type, v_sha256)
  ON CONFLICT (application_id, kind) DO UPDATE
    SET image = excluded.image, media_type = excluded.media_type, sha256 = excluded.sha256;
  UPDATE application
     SET has_portrait = has_portrait OR p_kind = 'portrait', has_signature = has_signature OR p_kind = 'signature'
   WHERE id = p_application;
  PERFORM record_event (v_actor, p_application, NULL, p_kind, CASE
                        WHEN v_excepted THEN format ('%s stored a photograph that failed its checks, as it was allowed.', v_actor.name)
                        ELSE format ('%s stored the %s.', v_actor.name, CASE p_kind WHEN 'portrait' THEN 'photograph' ELSE 'signature' END)
                        END, NULL);
  RETURN note_edit (v_actor, v_application);
END
$$;

CREATE FUNCTION api.ask_exception (p_application bigint, p_row_version int, p_kind text, p_reason text) RETURNS int
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
  RETURN note_edit (v_actor, v_application);
END
$$;

CREATE FUNCTION api.decide_exception (p_exception bigint, p_allow boolean, p_reason text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('supervisor');
  v_exception   photo_exception;
  v_application application;
BEGIN
  SELECT * INTO v_exception FROM photo_exception e WHERE e.id = p_exception AND e.office_code = v_actor.office_code FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was decided, because office %s has no exception with the record number %s. Search for'
                    ' it again.', v_actor.office_code, coalesce (p_exception::text, 'NULL')));
  END IF;
  v_application := find_application (v_actor, v_exception.application_id);
  IF v_exception.state <> 'open' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Nothing was decided, because the exception of application %s is %s already. Read it again.',
                    v_application.number, v_exception.state));
  END IF;
  IF v_exception.asked_by = v_actor.staff_id
     OR EXISTS (SELECT FROM application_editor e WHERE e.application_id = v_application.id AND e.staff_id = v_actor.staff_id) THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', format ('Nothing was decided on application %s, because you entered or changed it yourself. Ask another'
                    ' supervisor.', v_application.number));
  END IF;
  IF p_allow IS NULL THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Nothing was decided on application %s, because neither yes nor no was said.',
                    v_application.number));
  END IF;
  PERFORM refuse_without_reason (p_reason, 'Nothing was decided');
  UPDATE photo_exception SET state = CASE WHEN p_allow THEN 'allowed' ELSE 'refused' END, decided_by = v_actor.staff_id,
         decided_at = clock_timestamp(), decision = btrim (p_reason)
   WHERE id = p_exception RETURNING * INTO v_exception;
  PERFORM record_event (v_actor, v_application.id, NULL, 'exception', format (CASE WHEN p_allow THEN '%s allowed an exception: %s.'
                        ELSE '%s refused an exception: %s.' END, v_actor.name, exception_name (v_exception.kind)), p_reason);
  PERFORM evaluate_application (v_application.id);
  RETURN v_exception.state;
END
$$;

-- Whoever approves has decided what was asked first.
CREATE FUNCTION platen.refuse_open_exceptions () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM photo_exception e WHERE e.application_id = NEW.id AND e.state = 'open') THEN
    PERFORM refuse ('P0001', 'EXCEPTION', format ('Application %s was not approved, because an exception waits for a decision. Allow or refuse it'
                    ' first.', NEW.number));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER exceptions_are_decided BEFORE UPDATE OF state ON platen.application FOR EACH ROW
  WHEN (NEW.state = 'approved' AND OLD.state <> 'approved') EXECUTE FUNCTION platen.refuse_open_exceptions ();

CREATE OR REPLACE FUNCTION platen.rule_signature_missing (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT '{}'::jsonb, NULL::text WHERE NOT f.has_signature AND NOT has_exception (f.application_id, 'cannot_sign', 'allowed')
$$;

CREATE VIEW api.photo_check WITH (security_barrier) AS
SELECT c.id, c.application_id, c.at, t.name AS who, c.sha256, c.origin, c.verdict, c.bad, c.result
  FROM platen.photo_check c JOIN platen.staff t ON t.id = c.staff_id
 WHERE (SELECT platen.may_read_persons ('photo_check'))
 ORDER BY c.id DESC;

CREATE VIEW api.photo_exception WITH (security_barrier) AS
SELECT e.id, e.application_id, a.number AS application_number, a.holder_name, e.kind, e.reason, t.name AS asked_by, e.asked_at, e.state,
       d.name AS decided_by, e.decided_at, e.decision, e.used_for
  FROM platen.photo_exception e JOIN platen.application a ON a.id = e.application_id JOIN platen.staff t ON t.id = e.asked_by
  LEFT JOIN platen.staff d ON d.id = e.decided_by
 WHERE (SELECT platen.may_read_persons ('photo_exception'))
 ORDER BY e.id DESC;

-- The last three portraits of the same citizen in this office's other applications, newest first.
CREATE FUNCTION api.photo_history (p_application bigint)
RETURNS TABLE (application_number text, at timestamptz, state text, media_type text, image bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
BEGIN
  PERFORM may_read_persons ('photo_history');
  RETURN QUERY SELECT a.number, a.changed_at, a.state::text, i.media_type, i.image
    FROM application o JOIN application a ON a.id_number = o.id_number AND a.id <> o.id
    JOIN application_image i ON i.application_id = a.id AND i.kind = 'portrait'
   WHERE o.id = p_application ORDER BY a.created_at DESC LIMIT 3;
END
$$;

REVOKE ALL ON FUNCTION platen.failed_photos (bigint), platen.has_exception (bigint, text, text), platen.exception_name (text),
  platen.open_exception (platen.actor, platen.application, text, text), platen.admit_portrait (platen.application, text),
  platen.refuse_open_exceptions () FROM PUBLIC;
GRANT SELECT ON api.photo_check, api.photo_exception TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION api.note_photo_check (bigint, text, text, jsonb), api.ask_exception (bigint, int, text, text),
  api.decide_exception (bigint, boolean, text), api.photo_history (bigint)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('event', 'fr', '{name} asked for an exception: {exception}.', '{name} a demandé une exception : {exception}.'),
('event', 'fr', '{name} allowed an exception: {exception}.', '{name} a accordé une exception : {exception}.'),
('event', 'fr', '{name} refused an exception: {exception}.', '{name} a refusé une exception : {exception}.'),
('event', 'fr', '{name} stored a photograph that failed its checks, as it was allowed.',
 '{name} a enregistré une photo qui a échoué à ses contrôles, comme cela a été accordé.'),
('exception', 'fr', 'a photograph that failed its checks', 'une photo qui a échoué à ses contrôles'),
('exception', 'fr', 'a holder who cannot sign', 'un titulaire qui ne peut pas signer'),
('exception', 'fr', 'a covered head', 'une tête couverte'),
('exception_state', 'fr', 'allowed', 'accordée'),
('exception_state', 'fr', 'refused', 'refusée'),
('refusal', 'fr', 'The checks of the photograph were not noted for application {application}, because they are not well formed.',
 'Les contrôles de la photo n’ont pas été notés pour la demande {application}, car ils sont mal formés.'),
('refusal', 'fr', 'The photograph was not stored with application {application}, because three failed their checks and a supervisor has not'
                  ' decided yet. Ask the supervisor.',
 'La photo n’a pas été enregistrée avec la demande {application}, car trois ont échoué à leurs contrôles et un superviseur n’a pas encore tranché.'
 ' Adressez-vous au superviseur.'),
('refusal', 'fr', 'The photograph was not stored with application {application}, because it failed its checks ({checks}). Take another one; after'
                  ' three, a supervisor decides.',
 'La photo n’a pas été enregistrée avec la demande {application}, car elle a échoué à ses contrôles ({checks}). Prenez-en une autre ; après trois,'
 ' un superviseur tranche.'),
('refusal', 'fr', 'No exception was asked for application {application}, because there is none called {quoted}.',
 'Aucune exception n’a été demandée pour la demande {application}, car il n’y en a pas qui s’appelle {quoted}.'),
('sentence', 'fr', 'No exception was asked for application {application}', 'Aucune exception n’a été demandée pour la demande {application}'),
('refusal', 'fr', 'No exception was asked for application {application}, because the same one is open or allowed already.',
 'Aucune exception n’a été demandée pour la demande {application}, car la même est déjà ouverte ou accordée.'),
('refusal', 'fr', 'Nothing was decided, because office {office} has no exception with the record number {number}. Search for it again.',
 'Rien n’a été tranché, car le bureau {office} n’a pas d’exception au numéro {number}. Cherchez-la de nouveau.'),
('refusal', 'fr', 'Nothing was decided, because the exception of application {application} is {exception_state} already. Read it again.',
 'Rien n’a été tranché, car l’exception de la demande {application} est déjà {exception_state}. Relisez-la.'),
('refusal', 'fr', 'Nothing was decided on application {application}, because neither yes nor no was said.',
 'Rien n’a été tranché pour la demande {application}, car ni oui ni non n’a été dit.'),
('refusal', 'fr', 'Application {application} was not approved, because an exception waits for a decision. Allow or refuse it first.',
 'La demande {application} n’a pas été approuvée, car une exception attend une décision. Accordez-la ou refusez-la d’abord.');

INSERT INTO platen.schema_version (version, title) VALUES (40, 'photos and exceptions');
