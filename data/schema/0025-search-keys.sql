-- SPDX-License-Identifier: GPL-3.0-or-later
-- Whom this office knows, in a form that can be searched: one row for each citizen with what the newest
-- application says, and the words of the names under keys by which spellings and scripts meet. Kept by
-- triggers, so that nothing has to be told twice.

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA platen;

SET LOCAL ROLE platen_owner;

-- Small letters without marks, Cyrillic and Greek in Latin letters; spaces, dashes and apostrophes gone.
-- Other scripts keep their letters.
CREATE FUNCTION platen.search_key (p_text text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = platen, pg_temp AS $$
  SELECT regexp_replace (normalize (
      replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (
      replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (
      translate (translate (replace (replace (translate (normalize (lower (p_text), NFC),
        'άέήίόύώϊϋΐΰς', 'αεηιουωιυιυσ'), 'ου', 'ou'), 'μπ', 'b'),
        'øðđħıłŋŧəабвгґдеёзиійклмнопрстуфыэђј', 'oddhilnteabvggdeeziiiklmnoprstufyedj'),
        'αβγδεζηικλμνξοπρστυφω', 'abgdeziiklmnxoprstyfo'),
      'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'þ', 'th'), 'ж', 'zh'), 'х', 'kh'), 'ц', 'ts'), 'щ', 'shch'),
      'ш', 'sh'), 'ч', 'ch'), 'ю', 'iu'), 'я', 'ia'), 'є', 'ie'), 'ї', 'i'), 'љ', 'lj'), 'њ', 'nj'),
      'ћ', 'c'), 'θ', 'th'), 'χ', 'ch'), 'ψ', 'ps'), NFD),
      '[^[:alnum:]]+', '', 'g')
$$;

-- Consonants that sound alike are one letter, vowels count at the beginning only. Empty where it would say
-- nothing: other scripts, one consonant.
CREATE FUNCTION platen.sound_key (p_key text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN length (s.sound) > 1 THEN s.sound ELSE '' END
    FROM (SELECT left (regexp_replace (translate (left (v.k, 1), 'aeiouyj', 'aaaaaaa')
                       || translate (substr (v.k, 2), 'aeiouyjh', ''), '(.)\1+', '\1', 'g'), 12) AS sound
            FROM (SELECT CASE WHEN p_key ~ '^[a-z]+$' THEN
                    translate (regexp_replace (replace (replace (replace (replace (replace (replace (replace (replace (
                      p_key, 'ph', 'f'), 'chr', 'kr'), 'ck', 'k'), 'kh', 'k'), 'gh', 'g'), 'th', 't'),
                      'x', 'ks'), 'q', 'k'), 'tsch|shch|sch|tch|sh|ch|cz|sz|ts|tz|zh|dz|c(?=[eiy])', 's', 'g'),
                      'bdgvwzcn', 'ptkffskm')
                  ELSE '' END AS k) v) s
$$;

-- The keys of a name: each word, umlauts written out, and double names also in one.
CREATE FUNCTION platen.search_words (p_name text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = platen, pg_temp AS $$
  SELECT DISTINCT k.key
    FROM (SELECT word FROM regexp_split_to_table (btrim (p_name), '\s+') word
          UNION ALL SELECT part FROM regexp_split_to_table (p_name, '[-\u2010\s]+') part
          UNION ALL SELECT p_name) w,
         LATERAL (VALUES (search_key (w.word)),
                         (search_key (replace (replace (replace (replace (lower (normalize (w.word, NFC)),
                                      'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ø', 'oe')))) k (key)
   WHERE length (k.key) > 1
$$;

CREATE TABLE platen.person (
  office_code        text NOT NULL REFERENCES platen.office,
  id_number          text COLLATE "C" NOT NULL,
  application_id     bigint NOT NULL REFERENCES platen.application, -- the newest
  holder_name        text,
  family_name        text,
  given_names        text,
  family_name_native text,
  given_names_native text,
  birth_date         date,
  address            text,
  licence_number     text COLLATE "C",
  PRIMARY KEY (id_number, office_code)
);
CREATE INDEX person_birth_date ON platen.person (birth_date, office_code);
CREATE INDEX person_licence ON platen.person (licence_number, office_code) WHERE licence_number IS NOT NULL;

-- One word of somebody's name, in the order in which it is looked for.
CREATE TABLE platen.person_word (
  word        text COLLATE "C" NOT NULL,
  office_code text NOT NULL,
  id_number   text COLLATE "C" NOT NULL,
  PRIMARY KEY (word, office_code, id_number)
);
CREATE INDEX person_word_person ON platen.person_word (id_number, office_code);

-- The words that anybody's name has, without saying whose: so narrow first, and only then ask for persons.
CREATE TABLE platen.name_word (
  word  text COLLATE "C" PRIMARY KEY,
  sound text COLLATE "C" NOT NULL
);
CREATE INDEX name_word_sound ON platen.name_word (sound) WHERE sound <> '';
CREATE INDEX name_word_near ON platen.name_word USING gist (word platen.gist_trgm_ops (siglen = 32));

DO $policies$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['person', 'person_word'] LOOP
    EXECUTE format ('ALTER TABLE platen.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format ('CREATE POLICY own_office ON platen.%I USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]))', v_table);
  END LOOP;
END
$policies$;

CREATE FUNCTION platen.note_person_words (p_person platen.person) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_words text[] := ARRAY (
    SELECT DISTINCT w FROM unnest (ARRAY[p_person.holder_name, p_person.family_name, p_person.given_names,
                                         p_person.family_name_native, p_person.given_names_native]) n, search_words (n) w ORDER BY w);
BEGIN
  DELETE FROM person_word p
   WHERE p.id_number = p_person.id_number AND p.office_code = p_person.office_code AND NOT p.word = ANY (v_words);
  INSERT INTO name_word (word, sound) SELECT w, sound_key (w) FROM unnest (v_words) w ON CONFLICT DO NOTHING;
  INSERT INTO person_word (word, office_code, id_number)
  SELECT w, p_person.office_code, p_person.id_number FROM unnest (v_words) w ON CONFLICT DO NOTHING;
END
$$;

-- An application is about somebody: its citizen is known here from now on.
CREATE FUNCTION platen.note_person () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_person person;
BEGIN
  INSERT INTO person AS p (office_code, id_number, application_id, holder_name, licence_number)
  VALUES (NEW.office_code, NEW.id_number, NEW.id, NEW.holder_name, NEW.licence_number)
  ON CONFLICT (id_number, office_code) DO UPDATE
    SET application_id = excluded.application_id, holder_name = coalesce (excluded.holder_name, p.holder_name),
        licence_number = coalesce (excluded.licence_number, p.licence_number)
    WHERE p.application_id <= excluded.application_id
  RETURNING * INTO v_person;
  IF v_person.holder_name IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.holder_name IS DISTINCT FROM NEW.holder_name) THEN
    PERFORM note_person_words (v_person);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER application_person_of_new AFTER INSERT ON platen.application
  FOR EACH ROW EXECUTE FUNCTION platen.note_person ();
CREATE TRIGGER application_person_of_changed AFTER UPDATE OF holder_name, licence_number ON platen.application
  FOR EACH ROW WHEN (OLD.holder_name IS DISTINCT FROM NEW.holder_name OR OLD.licence_number IS DISTINCT FROM NEW.licence_number)
  EXECUTE FUNCTION platen.note_person ();

-- What was chosen for a field of the newest application.
CREATE FUNCTION platen.note_person_field () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_person person;
BEGIN
  UPDATE person p
     SET family_name = CASE NEW.field WHEN 'family_name' THEN NEW.value ELSE family_name END,
         given_names = CASE NEW.field WHEN 'given_names' THEN NEW.value ELSE given_names END,
         family_name_native = CASE NEW.field WHEN 'family_name_native' THEN NEW.value ELSE family_name_native END,
         given_names_native = CASE NEW.field WHEN 'given_names_native' THEN NEW.value ELSE given_names_native END,
         birth_date = CASE NEW.field WHEN 'birth_date' THEN to_date_or_null (NEW.value) ELSE birth_date END,
         address = CASE NEW.field WHEN 'address' THEN NEW.value ELSE address END
    FROM application a
   WHERE a.id = NEW.application_id AND p.id_number = a.id_number AND p.office_code = a.office_code
     AND p.application_id <= a.id
  RETURNING p.* INTO v_person;
  IF v_person.id_number IS NOT NULL AND NEW.field IN ('family_name', 'given_names', 'family_name_native', 'given_names_native') THEN
    PERFORM note_person_words (v_person);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER application_field_of_person AFTER INSERT OR UPDATE ON platen.application_field
  FOR EACH ROW WHEN (NEW.field IN ('family_name', 'given_names', 'family_name_native', 'given_names_native', 'birth_date', 'address'))
  EXECUTE FUNCTION platen.note_person_field ();

-- Who is known already.
INSERT INTO platen.person (office_code, id_number, application_id, holder_name, licence_number, family_name, given_names,
                           family_name_native, given_names_native, birth_date, address)
SELECT DISTINCT ON (a.id_number, a.office_code) a.office_code, a.id_number, a.id, a.holder_name, a.licence_number, f.family_name,
       f.given_names, f.family_name_native, f.given_names_native, platen.to_date_or_null (f.birth_date), f.address
  FROM platen.application a
  LEFT JOIN LATERAL (
       SELECT max (value) FILTER (WHERE field = 'family_name') AS family_name, max (value) FILTER (WHERE field = 'given_names') AS given_names,
              max (value) FILTER (WHERE field = 'family_name_native') AS family_name_native,
              max (value) FILTER (WHERE field = 'given_names_native') AS given_names_native,
              max (value) FILTER (WHERE field = 'birth_date') AS birth_date, max (value) FILTER (WHERE field = 'address') AS address
         FROM platen.application_field f WHERE f.application_id = a.id) f ON true
 ORDER BY a.id_number, a.office_code, a.id DESC;
SELECT platen.note_person_words (p) FROM platen.person p;

INSERT INTO platen.schema_version (version, title) VALUES (25, 'search keys');
