-- SPDX-License-Identifier: GPL-3.0-or-later
-- A portrait is made small for the chip once, when it is stored, and not for each card that is made of it. It
-- belongs to exactly that portrait: with another one it is gone. One of before has none; who makes its card makes it.

SET LOCAL ROLE platen_owner;

ALTER TABLE platen.application_image ADD chip bytea
  CHECK (chip IS NULL OR kind = 'portrait' AND length (chip) BETWEEN 67 AND 65536 AND substr (chip, 1, 3) = '\xffd8ff');
ALTER TABLE platen.application_image ALTER COLUMN chip SET STORAGE EXTERNAL;

CREATE FUNCTION platen.forget_chip_portrait () RETURNS trigger
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  NEW.chip := NULL;
  RETURN NEW;
END
$$;
CREATE TRIGGER forget_chip_portrait BEFORE UPDATE ON platen.application_image
  FOR EACH ROW WHEN (NEW.image IS DISTINCT FROM OLD.image) EXECUTE FUNCTION platen.forget_chip_portrait ();

-- Whether it was kept: only beside the portrait of that hash, while the application can be changed, and once.
CREATE FUNCTION api.keep_chip_portrait (p_application bigint, p_portrait bytea, p_chip bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application;
BEGIN
  IF p_portrait IS NULL OR p_chip IS NULL OR length (p_chip) NOT BETWEEN 67 AND 65536 OR substr (p_chip, 1, 3) <> '\xffd8ff' THEN
    RETURN false;
  END IF;
  v_application := find_application (v_actor, p_application);
  UPDATE application_image SET chip = p_chip
   WHERE application_id = p_application AND kind = 'portrait' AND chip IS NULL AND sha256 = encode (sha256 (p_portrait), 'hex')
     AND v_application.state IN ('draft', 'returned');
  RETURN FOUND;
END
$$;

-- As before, with the small portrait.
DROP FUNCTION api.card_data (bigint);
CREATE FUNCTION api.card_data (p_application bigint)
RETURNS TABLE (family_name text, given_names text, family_name_native text, given_names_native text, birth_date date,
               birth_place text, sex text, nationality text, address text, death_date date,
               licence_number text, issue_date date, expiry_date date, categories text, authority text,
               portrait bytea, signature bytea, application_number text, card_number text,
               id_number text, card_serial text, approved boolean, layout text, layout_version int, layout_digest text,
               portrait_taken_at text, chip_portrait bytea)
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
         l.layout, l.layout_version, l.layout_digest, portrait_taken_at (p_application, c.id),
         (SELECT i.chip FROM application_image i WHERE i.application_id = p_application AND i.kind = 'portrait')
    FROM plan_categories (v_facts) p
    JOIN office o ON o.code = v_application.office_code
   CROSS JOIN LATERAL card_layout (v_application, v_facts.birth_date) l
    LEFT JOIN licence_number n ON n.id_number = v_application.id_number
    LEFT JOIN card c ON c.application_id = p_application AND c.state NOT IN ('spoiled', 'cancelled', 'recalled');
END
$$;

REVOKE ALL ON FUNCTION platen.forget_chip_portrait (), api.keep_chip_portrait (bigint, bytea, bytea), api.card_data (bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.keep_chip_portrait (bigint, bytea, bytea), api.card_data (bigint)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.schema_version (version, title) VALUES (55, 'small portraits are kept');
