-- SPDX-License-Identifier: GPL-3.0-or-later
-- Applications: what is asked for, what the registries said, what was chosen, pictures, findings, and
-- the one function that moves an application along its life.

SET LOCAL ROLE platen_owner;

CREATE DOMAIN platen.application_state AS text CHECK (VALUE IN (
  'draft', 'submitted', 'approved', 'in_production', 'ready', 'issued', 'returned', 'rejected', 'withdrawn', 'waiting'));

-- Running numbers without gaps, per office, year and kind.
CREATE TABLE platen.counter (
  office_code text NOT NULL REFERENCES platen.office,
  year        int NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('application', 'card')),
  last        int NOT NULL,
  PRIMARY KEY (office_code, year, kind)
);

CREATE TABLE platen.application (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number         text NOT NULL UNIQUE,
  key            uuid NOT NULL UNIQUE,
  office_code    text NOT NULL REFERENCES platen.office,
  type           text NOT NULL CHECK (type IN ('new', 'renewal', 'replacement', 'correction', 'upgrade')),
  state          platen.application_state NOT NULL DEFAULT 'draft',
  id_number      text NOT NULL CHECK (platen.is_id_number (id_number)),
  holder_name    text,
  requested      text[],          -- codes as asked for; NULL: those held
  categories     text NOT NULL DEFAULT '', -- entries with dates: planned, and fixed by the approval
  licence_number text,
  issue_date     date,
  expiry_date    date,
  entered_by     int NOT NULL REFERENCES platen.staff,
  approved_by    int REFERENCES platen.staff,
  changed_by     int NOT NULL REFERENCES platen.staff,
  created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  changed_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  row_version    int NOT NULL DEFAULT 1,
  has_portrait   boolean NOT NULL DEFAULT false,
  has_signature  boolean NOT NULL DEFAULT false,
  stops          int NOT NULL DEFAULT 0,
  reason         text,
  CONSTRAINT approval_is_by_another CHECK (approved_by <> entered_by)
);
CREATE UNIQUE INDEX application_one_open_per_citizen ON platen.application (id_number)
  WHERE state NOT IN ('issued', 'rejected', 'withdrawn');
CREATE INDEX application_id_number ON platen.application (id_number);
CREATE INDEX application_newest ON platen.application (changed_at DESC, id DESC);
CREATE INDEX application_state_newest ON platen.application (office_code, state, changed_at DESC, id DESC);
CREATE INDEX application_number_prefix ON platen.application (number text_pattern_ops);
CREATE INDEX application_holder_prefix ON platen.application (lower(holder_name) text_pattern_ops);

-- Everybody who put something into an application: none of them may approve it.
CREATE TABLE platen.application_editor (
  application_id bigint NOT NULL REFERENCES platen.application,
  staff_id       int NOT NULL REFERENCES platen.staff,
  office_code    text NOT NULL,
  PRIMARY KEY (application_id, staff_id)
);

-- Every answer is kept. The approver's own asking is marked, so that it is compared and not mixed in.
CREATE TABLE platen.application_source (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  application_id bigint NOT NULL REFERENCES platen.application,
  office_code    text NOT NULL,
  source         text NOT NULL CHECK (source IN ('identity', 'driver', 'infringement')),
  state          text NOT NULL CHECK (state IN ('answered', 'not_found', 'timed_out', 'unreachable', 'refused',
                                                'nonsense', 'cancelled')),
  answered_at    timestamptz,
  recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  message        text,
  fields         text[] NOT NULL,
  field_values   text[] NOT NULL,
  answer         jsonb GENERATED ALWAYS AS (jsonb_object (fields, field_values)) STORED,
  asked_by       int NOT NULL REFERENCES platen.staff,
  for_approval   boolean NOT NULL
);
CREATE INDEX application_source_newest ON platen.application_source (application_id, source, asked_by, id DESC);

CREATE TABLE platen.application_field (
  application_id bigint NOT NULL REFERENCES platen.application,
  office_code    text NOT NULL,
  field          text NOT NULL,
  value          text,
  choice         text NOT NULL CHECK (choice IN ('none', 'only', 'agreed', 'rule', 'person', 'open')),
  rule           text,
  reason         text,
  chosen_by      int NOT NULL REFERENCES platen.staff,
  chosen_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (application_id, field),
  CONSTRAINT person_gives_a_reason CHECK (choice <> 'person' OR btrim (reason) <> '')
);

CREATE TABLE platen.application_image (
  application_id bigint NOT NULL REFERENCES platen.application,
  office_code    text NOT NULL,
  kind           text NOT NULL CHECK (kind IN ('portrait', 'signature')),
  image          bytea NOT NULL CHECK (length (image) BETWEEN 67 AND 2097152),
  media_type     text NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png')),
  sha256         text NOT NULL,
  PRIMARY KEY (application_id, kind)
);
ALTER TABLE platen.application_image ALTER COLUMN image SET STORAGE EXTERNAL;

CREATE TABLE platen.finding (
  application_id  bigint NOT NULL REFERENCES platen.application,
  office_code     text NOT NULL,
  position        int NOT NULL,
  rule            text NOT NULL,
  severity        text NOT NULL CHECK (severity IN ('hard', 'soft', 'warning')),
  legal_reference text NOT NULL,
  field           text,
  params          jsonb NOT NULL,
  PRIMARY KEY (application_id, position)
);

-- The fields that say who the citizen is, in the order of src/licence, with their names in a sentence.
CREATE TABLE platen.field (
  field     text PRIMARY KEY,
  position  int NOT NULL UNIQUE,
  is_person boolean NOT NULL,
  is_date   boolean NOT NULL,
  by_rule   text NOT NULL CHECK (by_rule IN ('never', 'same_name', 'always')),
  title     text NOT NULL,
  title_fr  text NOT NULL
);
INSERT INTO platen.field (field, position, is_person, is_date, by_rule, title, title_fr) VALUES
  ('family_name', 1, true, false, 'same_name', 'family name', 'nom de famille'),
  ('given_names', 2, true, false, 'same_name', 'given names', 'prénoms'),
  ('family_name_native', 3, true, false, 'same_name', 'family name in the other script', 'nom de famille dans l’autre écriture'),
  ('given_names_native', 4, true, false, 'same_name', 'given names in the other script', 'prénoms dans l’autre écriture'),
  ('birth_date', 5, true, true, 'never', 'date of birth', 'date de naissance'),
  ('birth_place', 6, true, false, 'always', 'place of birth', 'lieu de naissance'),
  ('sex', 7, true, false, 'never', 'sex', 'sexe'),
  ('nationality', 8, true, false, 'always', 'nationality', 'nationalité'),
  ('address', 9, true, false, 'always', 'address', 'adresse'),
  ('death_date', 10, true, true, 'never', 'date of death', 'date de décès'),
  ('licence_number', 11, false, false, 'never', 'licence number', 'numéro de permis'),
  ('licence_status', 12, false, false, 'never', 'licence status', 'état du permis'),
  ('licence_expiry', 13, false, true, 'never', 'licence expiry', 'fin de validité du permis'),
  ('categories', 14, false, false, 'never', 'categories', 'catégories'),
  ('medical_until', 15, false, true, 'never', 'medical examination', 'examen médical'),
  ('suspended_until', 16, false, true, 'never', 'end of suspension', 'fin de la suspension'),
  ('points', 17, false, false, 'never', 'points', 'points'),
  ('unpaid', 18, false, false, 'never', 'unpaid fines', 'amendes impayées');

-- A rule's text (or cure) in the reader's language, else in English.
CREATE FUNCTION platen.rule_words (p_code text, p_part text, p_params jsonb) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT fill_in (CASE p_part WHEN 'cure' THEN t.cure ELSE t.text END,
                  p_params || coalesce ((SELECT jsonb_build_object ('field_title', CASE t.language WHEN 'fr' THEN f.title_fr ELSE f.title END)
                                           FROM field f WHERE f.field = p_params ->> 'field'), '{}'))
    FROM rule_text t
   WHERE t.code = p_code AND t.language IN (language (), 'en')
   ORDER BY t.language = language () DESC
   LIMIT 1
$$;

CREATE FUNCTION platen.to_date_or_null (p_text text) RETURNS date
LANGUAGE plpgsql IMMUTABLE SET search_path = platen, pg_temp AS $$
BEGIN
  IF p_text ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN
    RETURN make_date (left (p_text, 4)::int, substr (p_text, 6, 2)::int, right (p_text, 2)::int);
  END IF;
  RETURN NULL;
EXCEPTION WHEN datetime_field_overflow THEN
  RETURN NULL;
END
$$;

-- The key under which spellings of one name meet: case and Latin or Greek diacritics folded, special
-- letters written plainly, spaces, dashes and apostrophes gone. The domain's reconciliation has the same.
CREATE FUNCTION platen.fold_name (p_text text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT regexp_replace (
           regexp_replace (normalize (v.plain, NFD), '([a-z\u0370-\u03FF])[\u0300-\u036F]+', '\1', 'g'),
           '[\s''`\u00A0\u00B4\u02B9\u02BB\u02BC\u2018\u2019\u2032\u200B\u2060\uFEFF\u002D\u2010-\u2015]+', '', 'g')
    FROM (SELECT replace (replace (replace (replace (
                 translate (lower (normalize (coalesce (p_text, ''), NFC)), 'øðđħıĸłŋŧə', 'oddhiklnte'),
                 'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'þ', 'th') AS plain) v
$$;

-- The same for a name whose umlauts are written out: Müller is MUELLER.
CREATE FUNCTION platen.fold_name_written_out (p_text text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT fold_name (replace (replace (replace (replace (replace (
           lower (normalize (coalesce (p_text, ''), NFC)), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ø', 'oe'), 'å', 'aa'))
$$;

-- Whether all of these are spellings of one name.
CREATE FUNCTION platen.same_name (p_values text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (bool_and (fold_name (a) <> '' AND (fold_name (a) = fold_name (b)
                             OR fold_name_written_out (a) = fold_name_written_out (b))), true)
    FROM unnest (p_values) a, unnest (p_values) b
   WHERE a <> b
$$;

-- Entries of the text form "CODE;FROM;TO;RESTRICTIONS|…".
CREATE FUNCTION platen.parse_categories (p_text text)
RETURNS TABLE (code text, valid_from date, valid_to date, restrictions text)
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT split_part (e, ';', 1), to_date_or_null (split_part (e, ';', 2)), to_date_or_null (split_part (e, ';', 3)),
         split_part (e, ';', 4)
    FROM string_to_table (nullif (p_text, ''), '|') e
$$;

CREATE FUNCTION platen.check_categories_text (p_text text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (bool_and (
           e ~ '^[A-Z0-9]+;([0-9]{4}-[0-9]{2}-[0-9]{2})?;([0-9]{4}-[0-9]{2}-[0-9]{2})?;[^;|]*$'
           AND (split_part (e, ';', 2) = '' OR to_date_or_null (split_part (e, ';', 2)) IS NOT NULL)
           AND (split_part (e, ';', 3) = '' OR to_date_or_null (split_part (e, ';', 3)) IS NOT NULL)
           AND EXISTS (SELECT FROM category c WHERE c.code = split_part (e, ';', 1))), true)
    FROM string_to_table (nullif (p_text, ''), '|') e
$$;

CREATE FUNCTION platen.next_number (p_office text, p_kind text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_year int := extract (year FROM current_date);
  v_last int;
BEGIN
  INSERT INTO counter AS c (office_code, year, kind, last) VALUES (p_office, v_year, p_kind, 1)
    ON CONFLICT (office_code, year, kind) DO UPDATE SET last = c.last + 1
    RETURNING last INTO v_last;
  RETURN format ('%s-%s-%s', p_office, lpad ((v_year % 100)::text, 2, '0'),
                 CASE p_kind WHEN 'card' THEN 'C' || lpad (v_last::text, 6, '0') ELSE lpad (v_last::text, 6, '0') END);
END
$$;

-- Finds an application of the actor's office and keeps it from changing until the transaction ends.
CREATE FUNCTION platen.find_application (p_actor platen.actor, p_application bigint) RETURNS platen.application
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_application application;
BEGIN
  SELECT * INTO v_application FROM application
   WHERE id = p_application AND office_code = p_actor.office_code FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was changed, because office %s has no application with the'
                    ' record number %s. Search for it again.', p_actor.office_code, coalesce (p_application::text, 'NULL')));
  END IF;
  RETURN v_application;
END
$$;

-- The same, for a change of what was read under that row version.
CREATE FUNCTION platen.hold_application (p_actor platen.actor, p_application bigint, p_row_version int)
RETURNS platen.application
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_application application := find_application (p_actor, p_application);
BEGIN
  IF p_row_version IS DISTINCT FROM v_application.row_version THEN
    PERFORM refuse ('PL409', 'STALE', format ('Application %s was not changed, because %s changed it at %s. Read it'
                    ' again to see what is different.', v_application.number,
                    (SELECT name FROM staff WHERE id = v_application.changed_by),
                    to_char (v_application.changed_at, 'HH24:MI')));
  END IF;
  RETURN v_application;
END
$$;

-- Every transition of an application's life, and nothing else, is made here.
CREATE FUNCTION platen.move_application (p_actor platen.actor, p_application bigint, p_to platen.application_state,
                                         p_text text, p_why text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_from    text;
  v_number  text;
  v_version int;
BEGIN
  SELECT state, number INTO STRICT v_from, v_number FROM application WHERE id = p_application FOR UPDATE;
  IF NOT coalesce (p_to::text = ANY (CASE v_from
       WHEN 'draft'         THEN '{submitted,withdrawn}'::text[]
       WHEN 'returned'      THEN '{submitted,withdrawn}'
       WHEN 'submitted'     THEN '{approved,returned,rejected,withdrawn,waiting}'
       WHEN 'waiting'       THEN '{submitted,returned,rejected,withdrawn}'
       WHEN 'approved'      THEN '{in_production,withdrawn}'
       WHEN 'in_production' THEN '{ready,approved}'       -- back when its card was spoiled or cancelled
       WHEN 'ready'         THEN '{issued,approved}'
     END), false) THEN
    PERFORM refuse ('P0001', 'STATE', format ('Application %s was not changed, because it is %s and cannot become %s.'
                    ' Read it again and take the step that is next.', v_number, replace (v_from, '_', ' '),
                    replace (p_to, '_', ' ')));
  END IF;
  UPDATE application
     SET state = p_to, row_version = row_version + 1, changed_at = clock_timestamp(), changed_by = p_actor.staff_id,
         reason = CASE WHEN p_to IN ('returned', 'rejected', 'withdrawn', 'waiting') THEN nullif (btrim (p_why), '') END
   WHERE id = p_application
   RETURNING row_version INTO v_version;
  PERFORM record_event (p_actor, p_application, NULL, p_to, p_text, p_why);
  RETURN v_version;
END
$$;

INSERT INTO platen.schema_version (version, title) VALUES (5, 'applications');
