-- SPDX-License-Identifier: GPL-3.0-or-later
-- A card is drawn with a layout that two people have let in: one proposes a version with the digest of its files and
-- with a proof sheet, another opens that sheet and approves it. Layouts are the state's and not an office's: these rows
-- belong to no office.

SET LOCAL ROLE platen_owner;

CREATE DOMAIN platen.layout_state AS text CHECK (VALUE IN (
  'proposed',  -- waits for another person
  'approved',  -- may be used on its days
  'refused',   -- or taken back by who proposed it
  'retired')); -- was approved

CREATE TABLE platen.layout (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  layout      text NOT NULL CHECK (layout ~ '^[a-z][a-z0-9-]{0,62}$'),
  version     int NOT NULL CHECK (version > 0),
  digest      text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'), -- of the layout's files and fonts
  valid_from  date NOT NULL,
  valid_to    date,                                            -- the last day
  state       platen.layout_state NOT NULL DEFAULT 'proposed',
  proposed_by int NOT NULL REFERENCES platen.staff,
  approved_by int REFERENCES platen.staff,
  CONSTRAINT days_are_in_order CHECK (valid_to >= valid_from),
  CONSTRAINT layout_approval_is_by_another CHECK (approved_by <> proposed_by),
  CONSTRAINT layout_is_approved_by_somebody CHECK ((state IN ('approved', 'retired')) = (approved_by IS NOT NULL))
);
-- One set of files stands for a version. Other files of the same version (a font was updated) are let in by approving
-- them in the place of the former.
CREATE UNIQUE INDEX layout_one_approved ON platen.layout (layout, version) WHERE state = 'approved';
CREATE UNIQUE INDEX layout_one_proposed ON platen.layout (layout, version) WHERE state = 'proposed';

CREATE TABLE platen.layout_proof (
  layout_id bigint PRIMARY KEY REFERENCES platen.layout,
  sha256    text NOT NULL,
  file      bytea NOT NULL CONSTRAINT proof_is_small CHECK (length (file) <= 67108864)
);
ALTER TABLE platen.layout_proof ALTER COLUMN file SET STORAGE EXTERNAL;

-- Who was given the proof sheet: nobody approves what they have not opened.
CREATE TABLE platen.layout_proof_reading (
  layout_id bigint NOT NULL REFERENCES platen.layout,
  staff_id  int NOT NULL REFERENCES platen.staff,
  at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (layout_id, staff_id)
);

CREATE TABLE platen.layout_step (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  layout_id   bigint NOT NULL REFERENCES platen.layout,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  staff_id    int NOT NULL REFERENCES platen.staff,
  workstation text NOT NULL,
  what        text NOT NULL CHECK (what IN ('proposed', 'approved', 'refused', 'retired', 'replaced')),
  reason      text CHECK (length (reason) <= 2000)
);
CREATE INDEX layout_step_layout ON platen.layout_step (layout_id, id);

CREATE TRIGGER layout_is_kept BEFORE DELETE OR TRUNCATE ON platen.layout
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
DO $kept$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['layout_proof', 'layout_proof_reading', 'layout_step'] LOOP
    EXECUTE format ('CREATE TRIGGER %s_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.%I'
                    ' FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ()', v_table, v_table);
  END LOOP;
END
$kept$;

CREATE FUNCTION platen.tell_offices (p_subject text, p_id bigint) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT pg_notify ('platen', concat_ws (' ', p_subject, p_id, o.code)) FROM office o
$$;

-- A reason of this length, or none.
CREATE FUNCTION platen.check_reason (p_reason text) RETURNS text
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  IF length (p_reason) > 2000 THEN
    PERFORM refuse ('P0001', 'REASON', 'Nothing was changed, because the reason is longer than 2000 characters. Say it in fewer words.');
  END IF;
  RETURN nullif (btrim (p_reason), '');
END
$$;

CREATE FUNCTION platen.note_layout (p_actor platen.actor, p_layout platen.layout, p_what text, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  INSERT INTO layout_step (layout_id, staff_id, workstation, what, reason)
  VALUES (p_layout.id, p_actor.staff_id, p_actor.workstation, p_what, p_reason);
  PERFORM note (p_actor, p_actor.office_code, 'layout_' || p_what, 'layout', p_layout.id::text,
                jsonb_build_object ('layout', p_layout.layout, 'version', p_layout.version, 'digest', p_layout.digest,
                                    'valid_from', p_layout.valid_from, 'valid_to', p_layout.valid_to, 'why', p_reason));
  PERFORM tell_offices ('layout', p_layout.id);
END
$$;

CREATE FUNCTION platen.hold_layout (p_layout bigint) RETURNS platen.layout
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_layout layout;
BEGIN
  SELECT * INTO v_layout FROM layout WHERE id = p_layout FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was changed, because there is no layout version with the record number %s.'
                    ' List the versions again.', coalesce (p_layout::text, 'NULL')));
  END IF;
  RETURN v_layout;
END
$$;

-- Of the layout that is proposed: a PDF that names the digest of the files from which it was made, uncompressed, as the
-- document information of a proof sheet does.
CREATE FUNCTION platen.is_proof_of (p_proof bytea, p_digest text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (substr (p_proof, 1, 5) = '%PDF-'::bytea AND position (convert_to (p_digest, 'UTF8') IN p_proof) > 0
                   AND length (p_proof) <= 67108864, false)
$$;

CREATE FUNCTION api.propose_layout (p_layout text, p_version int, p_digest text, p_valid_from date, p_valid_to date, p_proof bytea,
                                    p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('admin', 'supervisor');
  v_reason text := check_reason (p_reason);
  v_layout layout;
BEGIN
  IF coalesce (p_layout, '') !~ '^[a-z][a-z0-9-]{0,62}$' OR coalesce (p_version, 0) < 1 OR coalesce (p_digest, '') !~ '^[0-9a-f]{64}$' THEN
    PERFORM refuse ('P0001', 'FIELD', 'The layout was not proposed, because its name, version or digest is none. Check the layout first.');
  END IF;
  IF v_reason IS NULL THEN
    PERFORM refuse ('P0001', 'REASON', format ('Version %s of layout %s was not proposed, because no reason was given. Say what is'
                    ' new in it.', p_version, p_layout));
  END IF;
  IF p_valid_to < coalesce (p_valid_from, today ()) OR p_valid_to < today () THEN
    PERFORM refuse ('P0001', 'NOT_VALID', format ('Version %s of layout %s was not proposed, because its days are over before it could be'
                    ' used. Correct its dates.', p_version, p_layout));
  END IF;
  IF NOT is_proof_of (p_proof, p_digest) THEN
    PERFORM refuse ('P0001', 'PROOF', format ('Version %s of layout %s was not proposed, because there is no proof sheet of these very files.'
                    ' Make one from them.', p_version, p_layout));
  END IF;
  SELECT * INTO v_layout FROM layout l WHERE l.layout = p_layout AND l.version = p_version
     AND (l.state = 'proposed' OR (l.state = 'approved' AND l.digest = p_digest AND l.valid_from = coalesce (p_valid_from, l.valid_from)
                                   AND l.valid_to IS NOT DISTINCT FROM p_valid_to));
  IF FOUND THEN
    PERFORM refuse ('P0001', 'STATE', format ('Version %s of layout %s was not proposed, because it is %s already. Look at the list of'
                    ' versions.', p_version, p_layout, v_layout.state));
  END IF;
  INSERT INTO layout (layout, version, digest, valid_from, valid_to, proposed_by)
  VALUES (p_layout, p_version, p_digest, coalesce (p_valid_from, today ()), p_valid_to, v_actor.staff_id) RETURNING * INTO v_layout;
  INSERT INTO layout_proof (layout_id, sha256, file) VALUES (v_layout.id, encode (sha256 (p_proof), 'hex'), p_proof);
  PERFORM note_layout (v_actor, v_layout, 'proposed', v_reason);
  RETURN v_layout.id;
EXCEPTION WHEN unique_violation THEN -- by two people at the same moment
  PERFORM refuse ('P0001', 'STATE', format ('Version %s of layout %s was not proposed, because it is %s already. Look at the list of'
                  ' versions.', p_version, p_layout, 'proposed'));
  RETURN NULL;
END
$$;

CREATE FUNCTION api.layout_proof (p_layout bigint) RETURNS TABLE (sha256 text, file bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor actor := demand ('clerk', 'supervisor', 'operator', 'auditor', 'admin');
BEGIN
  INSERT INTO layout_proof_reading (layout_id, staff_id) SELECT layout_id, v_actor.staff_id FROM layout_proof WHERE layout_id = p_layout
    ON CONFLICT DO NOTHING;
  RETURN QUERY SELECT p.sha256, p.file FROM layout_proof p WHERE p.layout_id = p_layout;
END
$$;

-- p_digest: of the files that the approver has, which must be those that were proposed.
CREATE FUNCTION api.approve_layout (p_layout bigint, p_digest text, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor  actor := demand ('admin', 'supervisor');
  v_reason text := check_reason (p_reason);
  v_layout layout := hold_layout (p_layout);
  v_former layout;
BEGIN
  IF v_layout.state <> 'proposed' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Version %s of layout %s was not approved, because it is %s. Look at the list of versions.',
                    v_layout.version, v_layout.layout, v_layout.state));
  ELSIF v_layout.proposed_by = v_actor.staff_id THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', format ('Version %s of layout %s was not approved, because you proposed it yourself. Ask a'
                    ' colleague to look at its proof sheet.', v_layout.version, v_layout.layout));
  ELSIF NOT EXISTS (SELECT FROM layout_proof_reading r WHERE r.layout_id = p_layout AND r.staff_id = v_actor.staff_id) THEN
    PERFORM refuse ('P0001', 'PROOF', format ('Version %s of layout %s was not approved, because you have not opened its proof sheet. Look at'
                    ' it first.', v_layout.version, v_layout.layout));
  ELSIF p_digest IS DISTINCT FROM v_layout.digest THEN
    PERFORM refuse ('P0001', 'DIGEST', format ('Version %s of layout %s was not approved, because its files here are not those that were'
                    ' proposed. Propose these, or have those installed.', v_layout.version, v_layout.layout));
  ELSIF v_layout.valid_to < today () THEN
    PERFORM refuse ('P0001', 'NOT_VALID', format ('Version %s of layout %s was not approved, because its days are over. Propose it with other'
                    ' dates.', v_layout.version, v_layout.layout));
  END IF;
  UPDATE layout l SET state = 'retired' WHERE l.layout = v_layout.layout AND l.version = v_layout.version AND l.state = 'approved'
    RETURNING * INTO v_former;
  IF FOUND THEN
    PERFORM note_layout (v_actor, v_former, 'replaced', v_reason);
  END IF;
  UPDATE layout SET state = 'approved', approved_by = v_actor.staff_id WHERE id = p_layout;
  PERFORM note_layout (v_actor, v_layout, 'approved', v_reason);
END
$$;

CREATE FUNCTION platen.end_layout (p_layout bigint, p_from platen.layout_state, p_to platen.layout_state, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor  actor := demand ('admin', 'supervisor');
  v_reason text := check_reason (p_reason);
  v_layout layout := hold_layout (p_layout);
BEGIN
  IF v_layout.state <> p_from THEN
    PERFORM refuse ('P0001', 'STATE', format ('Version %s of layout %s was not %s, because it is %s. Look at the list of versions.',
                    v_layout.version, v_layout.layout, p_to, v_layout.state));
  ELSIF v_reason IS NULL THEN
    PERFORM refuse ('P0001', 'REASON', format ('Version %s of layout %s was not %s, because no reason was given. Say why.',
                    v_layout.version, v_layout.layout, p_to));
  END IF;
  UPDATE layout SET state = p_to WHERE id = p_layout;
  PERFORM note_layout (v_actor, v_layout, p_to, v_reason);
END
$$;

-- What waits; who proposed it takes it back in this way.
CREATE FUNCTION api.refuse_layout (p_layout bigint, p_reason text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  SELECT end_layout (p_layout, 'proposed', 'refused', p_reason)
$$;

-- At once, and by one person: stopping needs no second pair of eyes.
CREATE FUNCTION api.retire_layout (p_layout bigint, p_reason text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  SELECT end_layout (p_layout, 'approved', 'retired', p_reason)
$$;

-- The newest approved version that is valid today; no row where there is none.
CREATE FUNCTION platen.usable_layout (p_layout text, p_day date) RETURNS SETOF platen.layout
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT * FROM layout l
   WHERE l.layout = p_layout AND l.state = 'approved' AND l.valid_from <= p_day AND coalesce (l.valid_to >= p_day, true)
   ORDER BY l.version DESC LIMIT 1
$$;

-- The office's day is asked by a view, in the reader's name.
ALTER FUNCTION platen.today () SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on;

CREATE VIEW api.layout WITH (security_barrier) AS
SELECT l.id, l.layout, l.version, l.digest, l.valid_from, l.valid_to, l.state::text AS state, p.name AS proposed_by, p.login AS proposed_by_login,
       a.name AS approved_by, f.sha256 AS proof_sha256, s.at AS changed_at, s.reason,
       l.state = 'approved' AND l.valid_from <= platen.today () AND coalesce (l.valid_to >= platen.today (), true) AS usable
  FROM platen.layout l
  JOIN platen.staff p ON p.id = l.proposed_by
  JOIN platen.layout_proof f ON f.layout_id = l.id
  LEFT JOIN platen.staff a ON a.id = l.approved_by
 CROSS JOIN LATERAL (SELECT at, reason FROM platen.layout_step s WHERE s.layout_id = l.id ORDER BY s.id DESC LIMIT 1) s
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.layout_step WITH (security_barrier) AS
SELECT s.id, s.layout_id, s.at, t.name AS who, s.workstation, s.what, s.reason
  FROM platen.layout_step s JOIN platen.staff t ON t.id = s.staff_id
 WHERE (SELECT platen.may_read ());

DO $grants$
DECLARE
  v_group text;
BEGIN
  FOREACH v_group IN ARRAY ARRAY['platen_clerk', 'platen_supervisor', 'platen_operator', 'platen_auditor', 'platen_admin'] LOOP
    EXECUTE format ('GRANT SELECT ON api.layout, api.layout_step TO %I', v_group);
    EXECUTE format ('GRANT EXECUTE ON FUNCTION platen.today (), api.propose_layout (text, int, text, date, date, bytea, text),'
                    ' api.layout_proof (bigint), api.approve_layout (bigint, text, text), api.refuse_layout (bigint, text),'
                    ' api.retire_layout (bigint, text) TO %I', v_group);
  END LOOP;
END
$grants$;

INSERT INTO platen.translation (context, language, english, text) VALUES
('layout_state', 'fr', 'proposed', 'proposée'), ('layout_state', 'fr', 'approved', 'approuvée'),
('layout_state', 'fr', 'refused', 'refusée'), ('layout_state', 'fr', 'retired', 'retirée'),
('layout_end', 'fr', 'refused', 'refusée'), ('layout_end', 'fr', 'retired', 'retirée'),
('refusal', 'fr', 'Nothing was changed, because there is no layout version with the record number {id}. List the versions again.',
 'Rien n’a été modifié, car aucune version de maquette n’a le numéro {id}. Affichez de nouveau la liste des versions.'),
('refusal', 'fr', 'The layout was not proposed, because its name, version or digest is none. Check the layout first.',
 'La maquette n’a pas été proposée, car son nom, sa version ou son empreinte n’en est pas un. Vérifiez d’abord la maquette.'),
('refusal', 'fr', 'Version {version} of layout {layout} was not proposed, because no reason was given. Say what is new in it.',
 'La version {version} de la maquette {layout} n’a pas été proposée, faute de motif. Dites ce qui y est nouveau.'),
('refusal', 'fr', 'Version {version} of layout {layout} was not proposed, because its days are over before it could be used. Correct its dates.',
 'La version {version} de la maquette {layout} n’a pas été proposée, car sa validité prend fin avant qu’elle puisse servir. Corrigez ses dates.'),
('refusal', 'fr', 'Version {version} of layout {layout} was not proposed, because there is no proof sheet of these very files. Make one from them.',
 'La version {version} de la maquette {layout} n’a pas été proposée, car il n’y a pas de planche d’épreuves faite de ces fichiers mêmes.'
 ' Faites-en une à partir d’eux.'),
('refusal', 'fr', 'Version {version} of layout {layout} was not proposed, because it is {layout_state} already. Look at the list of versions.',
 'La version {version} de la maquette {layout} n’a pas été proposée, car elle est déjà {layout_state}. Consultez la liste des versions.'),
('refusal', 'fr', 'Version {version} of layout {layout} was not approved, because it is {layout_state}. Look at the list of versions.',
 'La version {version} de la maquette {layout} n’a pas été approuvée, car elle est {layout_state}. Consultez la liste des versions.'),
('refusal', 'fr', 'Version {version} of layout {layout} was not approved, because you proposed it yourself. Ask a colleague to look at its proof'
                  ' sheet.',
 'La version {version} de la maquette {layout} n’a pas été approuvée, car vous l’avez proposée vous-même. Demandez à un collègue d’examiner sa'
 ' planche d’épreuves.'),
('refusal', 'fr', 'Version {version} of layout {layout} was not approved, because you have not opened its proof sheet. Look at it first.',
 'La version {version} de la maquette {layout} n’a pas été approuvée, car vous n’avez pas ouvert sa planche d’épreuves. Examinez-la d’abord.'),
('refusal', 'fr', 'Version {version} of layout {layout} was not approved, because its files here are not those that were proposed. Propose these,'
                  ' or have those installed.',
 'La version {version} de la maquette {layout} n’a pas été approuvée, car ses fichiers ici ne sont pas ceux qui ont été proposés. Proposez ceux-ci'
 ' ou faites installer ceux-là.'),
('refusal', 'fr', 'Version {version} of layout {layout} was not approved, because its days are over. Propose it with other dates.',
 'La version {version} de la maquette {layout} n’a pas été approuvée, car sa validité a pris fin. Proposez-la avec d’autres dates.'),
('refusal', 'fr', 'Version {version} of layout {layout} was not {layout_end}, because it is {layout_state}. Look at the list of versions.',
 'La version {version} de la maquette {layout} n’a pas été {layout_end}, car elle est {layout_state}. Consultez la liste des versions.'),
('refusal', 'fr', 'Version {version} of layout {layout} was not {layout_end}, because no reason was given. Say why.',
 'La version {version} de la maquette {layout} n’a pas été {layout_end}, faute de motif. Dites pourquoi.');

-- French puts a narrow space that does not break before these marks and inside its quotation marks.
UPDATE platen.translation
   SET text = regexp_replace (regexp_replace (text, ' ([:;!?»])', E'\u202F\\1', 'g'), '« ', E'«\u202F', 'g')
 WHERE language = 'fr';

INSERT INTO platen.schema_version (version, title) VALUES (38, 'layout versions');
