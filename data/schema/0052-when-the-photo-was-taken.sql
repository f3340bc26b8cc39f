-- SPDX-License-Identifier: GPL-3.0-or-later
-- A chip and a mobile licence say when the portrait was taken. That is known of a photograph from the camera at the counter: it was checked as it was
-- taken. Of a file, a picture from home or of a registry nobody here knows it.

SET LOCAL ROLE platen_owner;

-- In UTC, as RFC 3339 writes it. A card that was drawn keeps what its drawing says, so that what is made of it again is the same.
CREATE FUNCTION platen.portrait_taken_at (p_application bigint, p_card bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN f.card_id IS NOT NULL THEN f.inputs ->> 'portrait_taken_at'
              ELSE (SELECT to_char (min (c.at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM photo_check c
                     WHERE c.application_id = p_application AND c.sha256 = i.sha256 AND c.origin = 'camera') END
    FROM application_image i
    LEFT JOIN card_file f ON f.card_id = p_card AND f.inputs ->> 'portrait_sha256' = i.sha256
   WHERE i.application_id = p_application AND i.kind = 'portrait'
$$;
REVOKE ALL ON FUNCTION platen.portrait_taken_at (bigint, bigint) FROM PUBLIC;

-- As before, with it.
DROP FUNCTION api.card_data (bigint);
CREATE FUNCTION api.card_data (p_application bigint)
RETURNS TABLE (family_name text, given_names text, family_name_native text, given_names_native text, birth_date date,
               birth_place text, sex text, nationality text, address text, death_date date,
               licence_number text, issue_date date, expiry_date date, categories text, authority text,
               portrait bytea, signature bytea, application_number text, card_number text,
               id_number text, card_serial text, approved boolean, layout text, layout_version int, layout_digest text,
               portrait_taken_at text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor', 'operator', 'auditor');
  v_application application;
  v_facts       facts;
BEGIN
  PERFORM may_read_persons ('card_data');
  SELECT * INTO v_application FROM application WHERE id = p_application;  -- an auditor's are all offices
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('The card was not drawn, because office %s has no application with the record'
                    ' number %s. Search for it again.', v_actor.office_code, coalesce (p_application::text, 'NULL')));
  END IF;
  v_facts := gather_facts (p_application);
  RETURN QUERY
  SELECT person_value (v_facts, 'family_name'), person_value (v_facts, 'given_names'),
         person_value (v_facts, 'family_name_native'), person_value (v_facts, 'given_names_native'), v_facts.birth_date,
         person_value (v_facts, 'birth_place'), person_value (v_facts, 'sex'), person_value (v_facts, 'nationality'),
         person_value (v_facts, 'address'), to_date_or_null (person_value (v_facts, 'death_date')),
         coalesce (v_application.licence_number, n.number, nullif (v_facts.driver ->> 'licence_number', '')),
         coalesce (v_application.issue_date, v_facts.today), coalesce (v_application.expiry_date, p.expiry_date),
         CASE WHEN v_application.issue_date IS NULL THEN p.categories ELSE v_application.categories END, o.name,
         (SELECT i.image FROM application_image i WHERE i.application_id = p_application AND i.kind = 'portrait'),
         (SELECT i.image FROM application_image i WHERE i.application_id = p_application AND i.kind = 'signature'),
         v_application.number, c.number, v_application.id_number, c.serial, v_application.issue_date IS NOT NULL,
         l.layout, l.layout_version, l.layout_digest, portrait_taken_at (p_application, c.id)
    FROM plan_categories (v_facts) p
    JOIN office o ON o.code = v_application.office_code
   CROSS JOIN LATERAL card_layout (v_application, v_facts.birth_date) l
    LEFT JOIN licence_number n ON n.id_number = v_application.id_number
    LEFT JOIN card c ON c.application_id = p_application AND c.state NOT IN ('spoiled', 'cancelled', 'recalled');
END
$$;

CREATE OR REPLACE FUNCTION platen.drawn_otherwise (p_file platen.card_file, p_application bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT v.name
    FROM api.card_data (p_application) d
    CROSS JOIN LATERAL (VALUES
      ('family_name', p_file.inputs #>> '{values,family_name}', d.family_name),
      ('given_names', nullif (p_file.inputs #>> '{values,given_names}', '—'), d.given_names),
      ('birth_date', p_file.inputs #>> '{values,birth_date}', to_char (d.birth_date, 'YYYY-MM-DD')),
      ('birth_place', p_file.inputs #>> '{values,birth_place}', d.birth_place),
      ('sex', p_file.inputs #>> '{values,sex}', d.sex),
      ('licence_number', p_file.inputs #>> '{values,licence_number}', d.licence_number),
      ('issue_date', p_file.inputs #>> '{values,issue_date}', to_char (d.issue_date, 'YYYY-MM-DD')),
      ('expiry_date', p_file.inputs #>> '{values,expiry_date}', to_char (d.expiry_date, 'YYYY-MM-DD')),
      ('categories', drawn_categories (p_file.inputs), approved_categories (d.categories)),
      ('portrait', p_file.inputs ->> 'portrait_sha256', encode (sha256 (d.portrait), 'hex')),
      ('portrait_taken_at', p_file.inputs ->> 'portrait_taken_at', d.portrait_taken_at),
      ('signature', p_file.inputs ->> 'signature_sha256', encode (sha256 (d.signature), 'hex')),
      ('qr_text', p_file.inputs ->> 'qr_text', p_file.qr_text),
      ('mrz', p_file.inputs ->> 'mrz', p_file.mrz),
      ('pdf417', p_file.inputs ->> 'pdf417_sha256', encode (sha256 (p_file.pdf417), 'hex'))
    ) v (name, drawn, approved)
   WHERE coalesce (v.drawn, '') <> coalesce (v.approved, '') LIMIT 1
$$;

DO $grants$
DECLARE
  v_group text;
BEGIN
  FOREACH v_group IN ARRAY ARRAY['platen_clerk', 'platen_supervisor', 'platen_operator', 'platen_auditor', 'platen_admin'] LOOP
    EXECUTE format ('GRANT EXECUTE ON FUNCTION api.card_data (bigint) TO %I', v_group);
  END LOOP;
END
$grants$;

INSERT INTO platen.schema_version (version, title) VALUES (52, 'when the photo was taken');
