-- SPDX-License-Identifier: GPL-3.0-or-later
-- What no registry knows and a paper proves: recorded at the desk with the paper's day, who made it and its reference, by whom. The rules of law
-- read it beside the registries' answers. It is never changed, only taken back with a reason; who records it may not approve the application.

SET LOCAL ROLE platen_owner;

-- members: what may be said; demanded: what must be. Dates: since, until. The rest is checked by its name.
CREATE TABLE platen.evidence_kind (
  kind     text PRIMARY KEY CHECK (kind ~ '^[a-z][a-z_]{2,30}$'),
  position int NOT NULL UNIQUE,
  title    text NOT NULL,                -- within a sentence
  members  text[] NOT NULL,
  demanded text[] NOT NULL CHECK (demanded <@ members)
);

INSERT INTO platen.evidence_kind (kind, position, title, members, demanded) VALUES
('residence',       1, 'proof of residence',                   '{since,until}',                    '{since}'),
('consent',         2, 'consent of a parent or guardian',      '{person}',                         '{person}'),
('accompaniment',   3, 'proof of accompanied driving',         '{category,person}',                '{person}'),
('professional',    4, 'professional driver’s certificate',    '{category,until}',                 '{until}'),
('theory_test',     5, 'certificate of the theory test',       '{category,result,examiner}',       '{category,result}'),
('practical_test',  6, 'certificate of the driving test',      '{category,result,examiner}',       '{category,result}'),
('medical',         7, 'medical certificate',                  '{group,result,until}',             '{group,result,until}'),
('held',            8, 'proof of a category held',             '{category,since}',                 '{category,since}'),
('foreign_licence', 9, 'foreign licence',                      '{country,number,categories,until}', '{country,number,categories}'),
('ban',            10, 'decision that forbids to drive',       '{until}',                          '{until}'),
('lifting',        11, 'decision that gives the right back',   '{what,category,retest}',           '{what}'),
('fine_receipt',   12, 'receipt for a fine',                   '{amount}',                         '{amount}'),
('course',         13, 'certificate of a course',              '{points}',                         '{points}');

CREATE TABLE platen.application_evidence (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  application_id bigint NOT NULL REFERENCES platen.application,
  office_code    text NOT NULL,
  kind           text NOT NULL REFERENCES platen.evidence_kind,
  dated          date NOT NULL,
  authority      text NOT NULL CHECK (length (authority) BETWEEN 1 AND 200),
  reference      text NOT NULL CHECK (length (reference) BETWEEN 1 AND 100),
  details        jsonb NOT NULL CHECK (jsonb_typeof (details) = 'object' AND length (details::text) <= 4000),
  recorded_by    int NOT NULL REFERENCES platen.staff,
  recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  workstation    text NOT NULL,
  withdrawn_by   int REFERENCES platen.staff,
  withdrawn_at   timestamptz,
  withdrawn_why  text CHECK (length (withdrawn_why) BETWEEN 1 AND 2000),
  CONSTRAINT evidence_is_withdrawn_whole CHECK (num_nonnulls (withdrawn_by, withdrawn_at, withdrawn_why) IN (0, 3))
);
CREATE INDEX application_evidence_application ON platen.application_evidence (application_id, id);
CREATE TRIGGER application_evidence_is_kept BEFORE DELETE OR TRUNCATE ON platen.application_evidence
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
ALTER TABLE platen.application_evidence ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.application_evidence USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

-- What was said stays as it was said; it is taken back once.
CREATE FUNCTION platen.keep_evidence () RETURNS trigger
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  IF OLD.withdrawn_at IS NOT NULL
     OR (to_jsonb (OLD) - '{withdrawn_by,withdrawn_at,withdrawn_why}'::text[]) <> (to_jsonb (NEW) - '{withdrawn_by,withdrawn_at,withdrawn_why}'::text[]) THEN
    PERFORM refuse ('42501', 'APPEND_ONLY', 'Nothing was changed, because evidence stays as it was recorded. Take it back and record it anew.');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER application_evidence_stays BEFORE UPDATE ON platen.application_evidence FOR EACH ROW EXECUTE FUNCTION platen.keep_evidence ();

-- What is wrong with what a paper is said to say; NULL where nothing is.
CREATE FUNCTION platen.wrong_evidence (p_kind text, p_dated date, p_authority text, p_reference text, p_details jsonb) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_kind   evidence_kind;
  v_key    text;
  v_value  text;
BEGIN
  SELECT * INTO v_kind FROM evidence_kind WHERE kind = p_kind;
  IF NOT FOUND THEN
    RETURN format ('“%s” is no kind of it; there are %s', p_kind, (SELECT string_agg (kind, ', ' ORDER BY position) FROM evidence_kind));
  ELSIF p_dated IS NULL OR p_dated > today () THEN
    RETURN 'its day is missing or still to come';
  ELSIF coalesce (btrim (p_authority), '') !~ '^[^[:cntrl:]]{1,200}$' THEN
    RETURN 'who made it is not said in 1 to 200 characters';
  ELSIF coalesce (btrim (p_reference), '') !~ '^[^[:cntrl:]]{1,100}$' THEN
    RETURN 'its number or reference is not said in 1 to 100 characters';
  ELSIF coalesce (jsonb_typeof (p_details) <> 'object', true) THEN
    RETURN 'what it says is no JSON object';
  END IF;
  SELECT min (d) INTO v_key FROM unnest (v_kind.demanded) d WHERE btrim (coalesce (p_details ->> d, '')) = '';
  IF v_key IS NOT NULL THEN
    RETURN format ('“%s” is missing', v_key);
  END IF;
  FOR v_key, v_value IN SELECT key, value FROM jsonb_each_text (p_details) LOOP
    IF v_key <> ALL (v_kind.members) THEN
      RETURN format ('it says nothing of “%s”', v_key);
    ELSIF NOT coalesce (CASE v_key
            WHEN 'since' THEN to_date_or_null (v_value) <= today ()
            WHEN 'until' THEN to_date_or_null (v_value) IS NOT NULL
            WHEN 'category' THEN EXISTS (SELECT FROM category c WHERE c.code = v_value)
            WHEN 'categories' THEN check_categories_text (v_value)
            WHEN 'group' THEN v_value IN ('1', '2')
            WHEN 'result' THEN v_value = ANY (CASE p_kind WHEN 'medical' THEN '{fit,unfit}' ELSE '{passed,failed}' END::text[])
            WHEN 'what' THEN v_value IN ('suspension', 'withdrawal', 'disqualification')
            WHEN 'retest' THEN v_value IN ('yes', 'no')
            WHEN 'country' THEN v_value ~ '^[A-Z]{3}$'
            WHEN 'amount' THEN v_value ~ '^[1-9][0-9]{0,13}$'
            WHEN 'points' THEN v_value ~ '^[1-9][0-9]?$'
            ELSE v_value ~ '^[^[:cntrl:]]{1,200}$' END, false) THEN
      RETURN format ('“%s” is not good for “%s”', v_value, v_key);
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;

CREATE FUNCTION api.record_evidence (p_application bigint, p_row_version int, p_kind text, p_dated date, p_authority text, p_reference text,
                                     p_details jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := hold_application (v_actor, p_application, p_row_version);
  v_wrong       text;
BEGIN
  PERFORM refuse_unless_editable (v_application);
  v_wrong := wrong_evidence (p_kind, p_dated, p_authority, p_reference, p_details);
  IF v_wrong IS NOT NULL THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The evidence was not recorded for application %s, because %s. Read the paper again.',
                    v_application.number, v_wrong));
  END IF;
  INSERT INTO application_evidence (application_id, office_code, kind, dated, authority, reference, details, recorded_by, workstation)
  VALUES (p_application, v_actor.office_code, p_kind, p_dated, btrim (p_authority), btrim (p_reference), jsonb_strip_nulls (p_details),
          v_actor.staff_id, v_actor.workstation);
  PERFORM refresh_application (p_application);
  PERFORM record_event (v_actor, p_application, NULL, 'evidence', format ('%s recorded the %s of %s.', v_actor.name,
                        (SELECT title FROM evidence_kind WHERE kind = p_kind), p_dated), NULL);
  RETURN note_edit (v_actor, v_application);
END
$$;

CREATE FUNCTION api.withdraw_evidence (p_application bigint, p_row_version int, p_evidence bigint, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := hold_application (v_actor, p_application, p_row_version);
  v_reason      text := check_reason (p_reason);
  v_evidence    application_evidence;
BEGIN
  PERFORM refuse_unless_editable (v_application);
  IF v_reason IS NULL THEN
    PERFORM refuse ('P0001', 'REASON', format ('No evidence of application %s was taken back, because no reason was given. Say why.',
                    v_application.number));
  END IF;
  UPDATE application_evidence SET withdrawn_by = v_actor.staff_id, withdrawn_at = clock_timestamp(), withdrawn_why = v_reason
   WHERE id = p_evidence AND application_id = p_application AND withdrawn_at IS NULL RETURNING * INTO v_evidence;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was taken back, because application %s has no evidence with the record number %s.'
                    ' List its evidence again.', v_application.number, coalesce (p_evidence::text, 'NULL')));
  END IF;
  PERFORM refresh_application (p_application);
  PERFORM record_event (v_actor, p_application, NULL, 'evidence', format ('%s took back the %s of %s.', v_actor.name,
                        (SELECT title FROM evidence_kind WHERE kind = v_evidence.kind), v_evidence.dated), v_reason);
  RETURN note_edit (v_actor, v_application);
END
$$;

CREATE VIEW api.evidence_kind WITH (security_barrier) AS
SELECT k.kind, k.position, platen.in_words ('paper', k.title) AS title, k.members, k.demanded
  FROM platen.evidence_kind k WHERE (SELECT platen.may_read ());

CREATE VIEW api.application_evidence WITH (security_barrier) AS
SELECT e.id, e.application_id, e.kind, platen.in_words ('paper', k.title) AS title, e.dated, e.authority, e.reference, e.details,
       r.name AS recorded_by, e.recorded_at, e.workstation, w.name AS withdrawn_by, e.withdrawn_at, e.withdrawn_why,
       e.withdrawn_at IS NULL AS stands
  FROM platen.application_evidence e
  JOIN platen.evidence_kind k ON k.kind = e.kind
  JOIN platen.staff r ON r.id = e.recorded_by
  LEFT JOIN platen.staff w ON w.id = e.withdrawn_by
 WHERE (SELECT platen.may_read_persons ('application_evidence'));

DO $grants$
DECLARE
  v_group text;
BEGIN
  FOREACH v_group IN ARRAY ARRAY['platen_clerk', 'platen_supervisor', 'platen_operator', 'platen_auditor', 'platen_admin'] LOOP
    EXECUTE format ('GRANT SELECT ON api.evidence_kind, api.application_evidence TO %I', v_group);
    EXECUTE format ('GRANT EXECUTE ON FUNCTION api.record_evidence (bigint, int, text, date, text, text, jsonb),'
                    ' api.withdraw_evidence (bigint, int, bigint, text) TO %I', v_group);
  END LOOP;
END
$grants$;
REVOKE ALL ON FUNCTION platen.keep_evidence (), platen.wrong_evidence (text, date, text, text, jsonb),
  api.record_evidence (bigint, int, text, date, text, text, jsonb), api.withdraw_evidence (bigint, int, bigint, text) FROM PUBLIC;

INSERT INTO platen.translation (context, language, english, text) VALUES
('paper', 'fr', 'proof of residence', 'justificatif de résidence'),
('paper', 'fr', 'consent of a parent or guardian', 'accord d’un parent ou tuteur'),
('paper', 'fr', 'proof of accompanied driving', 'attestation de conduite accompagnée'),
('paper', 'fr', 'professional driver’s certificate', 'certificat de conducteur professionnel'),
('paper', 'fr', 'certificate of the theory test', 'attestation de l’examen théorique'),
('paper', 'fr', 'certificate of the driving test', 'attestation de l’examen de conduite'),
('paper', 'fr', 'medical certificate', 'certificat médical'),
('paper', 'fr', 'proof of a category held', 'preuve d’une catégorie détenue'),
('paper', 'fr', 'foreign licence', 'permis étranger'),
('paper', 'fr', 'decision that forbids to drive', 'décision qui interdit de conduire'),
('paper', 'fr', 'decision that gives the right back', 'décision qui rend le droit de conduire'),
('paper', 'fr', 'receipt for a fine', 'reçu d’une amende'),
('paper', 'fr', 'certificate of a course', 'attestation de stage'),
('event', 'fr', '{name} recorded the {paper} of {date}.', '{name} a enregistré le document suivant : {paper}, du {date}.'),
('event', 'fr', '{name} took back the {paper} of {date}.', '{name} a retiré le document suivant : {paper}, du {date}.'),
('refusal', 'fr', 'Nothing was changed, because evidence stays as it was recorded. Take it back and record it anew.',
 'Rien n’a été modifié, car une pièce reste comme elle a été enregistrée. Retirez-la et enregistrez-la de nouveau.'),
('refusal', 'fr', 'The evidence was not recorded for application {number}, because {wrong_evidence}. Read the paper again.',
 'La pièce n’a pas été enregistrée pour la demande {number} ({wrong_evidence}). Relisez le document.'),
('refusal', 'fr', 'No evidence of application {number} was taken back, because no reason was given. Say why.',
 'Aucune pièce de la demande {number} n’a été retirée, car aucun motif n’a été donné. Dites pourquoi.'),
('refusal', 'fr', 'Nothing was taken back, because application {number} has no evidence with the record number {id}. List its evidence again.',
 'Rien n’a été retiré, car la demande {number} n’a aucune pièce portant le numéro {id}. Affichez de nouveau ses pièces.'),
('wrong_evidence', 'fr', '“{value}” is no kind of it; there are {kinds}', '« {value} » n’est pas un genre de pièce ; il y a {kinds}'),
('wrong_evidence', 'fr', 'its day is missing or still to come', 'son jour manque ou est encore à venir'),
('wrong_evidence', 'fr', 'who made it is not said in 1 to 200 characters', 'son auteur n’est pas dit en 1 à 200 caractères'),
('wrong_evidence', 'fr', 'its number or reference is not said in 1 to 100 characters', 'son numéro ou sa référence n’est pas dit en 1 à 100 caractères'),
('wrong_evidence', 'fr', 'what it says is no JSON object', 'ce qu’elle dit n’est pas un objet JSON'),
('wrong_evidence', 'fr', '“{value}” is missing', '« {value} » manque'),
('wrong_evidence', 'fr', 'it says nothing of “{value}”', 'elle ne dit rien de « {value} »'),
('wrong_evidence', 'fr', '“{value}” is not good for “{member}”', '« {value} » ne convient pas pour « {member} »');

INSERT INTO platen.schema_version (version, title) VALUES (79, 'evidence');
