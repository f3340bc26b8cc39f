-- SPDX-License-Identifier: GPL-3.0-or-later
-- A mobile licence, a code or EF.SOD that is written by itself is signed then, and good as long as the licence: the key that signed it is needed as
-- long, although no card has that signature.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.payload_key (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  application_id bigint NOT NULL REFERENCES platen.application,
  office_code    text NOT NULL REFERENCES platen.office,
  kind           text NOT NULL CHECK (kind IN ('qr', 'pdf417', 'sod', 'mdl')),
  issuer_key_id  int NOT NULL REFERENCES platen.issuer_key,
  staff_id       int NOT NULL REFERENCES platen.staff,
  workstation    text NOT NULL,
  at             timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER payload_key_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.payload_key
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
CREATE INDEX payload_key_application ON platen.payload_key (application_id);
ALTER TABLE platen.payload_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.payload_key USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

-- Asked before it is handed out. The certificate by its SHA-256, NULL where the key has none.
CREATE FUNCTION api.payload_signed (p_application bigint, p_kind text, p_key text, p_certificate_sha256 text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor', 'operator', 'auditor');
  v_application application;
  v_expiry      date;
BEGIN
  SELECT * INTO v_application FROM application WHERE id = p_application;  -- an auditor's are all offices
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('The card was not drawn, because office %s has no application with the record'
                    ' number %s. Search for it again.', v_actor.office_code, coalesce (p_application::text, 'NULL')));
  END IF;
  IF coalesce (p_kind, '') NOT IN ('qr', 'pdf417', 'sod', 'mdl') OR coalesce (p_key, '') !~ '^[ -~]{1,16}$'
     OR coalesce (p_certificate_sha256, repeat ('0', 64)) !~ '^[0-9a-f]{64}$' THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Nothing was written of application %s, because it was not said which key signed it. Write it again.',
                    v_application.number));
  END IF;
  SELECT coalesce (v_application.expiry_date, p.expiry_date, 'infinity') INTO v_expiry FROM plan_categories (gather_facts (p_application)) p;
  INSERT INTO payload_key (application_id, office_code, kind, issuer_key_id, staff_id, workstation)
  VALUES (p_application, v_application.office_code, p_kind, use_key (p_key, p_certificate_sha256, coalesce (v_expiry, 'infinity')),
          v_actor.staff_id, v_actor.workstation);
  PERFORM note (v_actor, v_application.office_code, 'payload_signed', 'application', v_application.number,
                jsonb_build_object ('kind', p_kind, 'key', p_key));
END
$$;

CREATE VIEW api.payload_key WITH (security_barrier) AS
SELECT p.application_id, p.kind, p.at, t.name AS who, p.workstation, k.name AS key, k.certificate_sha256
  FROM platen.payload_key p JOIN platen.issuer_key k ON k.id = p.issuer_key_id JOIN platen.staff t ON t.id = p.staff_id
 WHERE (SELECT platen.may_read ())
 ORDER BY p.id;

REVOKE ALL ON FUNCTION api.payload_signed (bigint, text, text, text) FROM PUBLIC;
DO $grants$
DECLARE
  v_group text;
BEGIN
  FOREACH v_group IN ARRAY ARRAY['platen_clerk', 'platen_supervisor', 'platen_operator', 'platen_auditor', 'platen_admin'] LOOP
    EXECUTE format ('GRANT EXECUTE ON FUNCTION api.payload_signed (bigint, text, text, text) TO %I', v_group);
    EXECUTE format ('GRANT SELECT ON api.payload_key TO %I', v_group);
  END LOOP;
END
$grants$;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'Nothing was written of application {application}, because it was not said which key signed it. Write it again.',
 'Rien n’a été écrit de la demande {application}, car il n’est pas dit quelle clé l’a signé. Écrivez-le de nouveau.');

INSERT INTO platen.schema_version (version, title) VALUES (57, 'keys of payloads');
