-- SPDX-License-Identifier: GPL-3.0-or-later
-- How the registries differ, judged again where it counts. The domain's reconciliation names each
-- difference; these functions are the same (but for the kinds of spelling, which they take together), so
-- that a client that lies, or a clerk with psql, gets no other answer than the window gives.

SET LOCAL ROLE platen_owner;

-- What registries say beside the fields that are chosen from.
INSERT INTO platen.field (field, position, is_person, is_date, by_rule, title, title_fr) VALUES
  ('birth_family_name', 19, false, false, 'never', 'family name at birth', 'nom de naissance'),
  ('portrait_of', 20, false, false, 'never', 'person on the photo', 'personne sur la photo'),
  ('withdrawn_categories', 21, false, false, 'never', 'withdrawn categories', 'catégories retirées');

-- The kinds, in the order of what they ask of people. What may be learned is a rule of an office one day;
-- what stops never is.
CREATE TABLE platen.difference_kind (
  kind      text PRIMARY KEY CHECK (kind ~ '^[a-z][a-z_]*$'),
  position  int NOT NULL UNIQUE,
  outcome   text NOT NULL CHECK (outcome IN ('resolved', 'proposed', 'stopped')),
  may_learn boolean NOT NULL,
  CONSTRAINT only_proposals_are_learned CHECK (NOT may_learn OR outcome = 'proposed')
);
INSERT INTO platen.difference_kind (kind, position, outcome, may_learn) VALUES
  ('none', 0, 'resolved', false), ('spelling', 1, 'resolved', false), ('case', 2, 'resolved', false),
  ('diacritics', 3, 'resolved', false), ('hyphenation', 4, 'resolved', false), ('transliteration', 5, 'resolved', false),
  ('particle', 6, 'resolved', false), ('address_format', 7, 'resolved', false), ('stale_address', 8, 'resolved', false),
  ('other_address', 10, 'proposed', true), ('other_place', 11, 'proposed', true), ('other_script', 12, 'proposed', true),
  ('initial_only', 13, 'proposed', true), ('missing_middle_name', 14, 'proposed', true), ('swapped_names', 15, 'proposed', true),
  ('misspelt_name', 16, 'proposed', true), ('changed_name', 17, 'proposed', false), ('day_month_swapped', 18, 'proposed', false),
  ('date_digits_transposed', 19, 'proposed', false), ('date_off_by_one', 20, 'proposed', false),
  ('nationality_differs', 21, 'proposed', false), ('only_identity', 22, 'proposed', false),
  ('sex_differs', 30, 'stopped', false), ('other_date', 31, 'stopped', false), ('impossible_date', 32, 'stopped', false),
  ('other_name', 33, 'stopped', false), ('shared_id', 34, 'stopped', false), ('two_ids', 35, 'stopped', false),
  ('wrong_check_digit', 36, 'stopped', false), ('only_driver', 37, 'stopped', false), ('only_infringement', 38, 'stopped', false),
  ('foreign_photo', 39, 'stopped', false), ('category_withdrawn', 40, 'stopped', false), ('dead_and_alive', 41, 'stopped', false);

CREATE TABLE platen.difference_text (
  kind     text NOT NULL REFERENCES platen.difference_kind,
  language text NOT NULL CHECK (language ~ '^[a-z]{2}$'),
  text     text NOT NULL,
  PRIMARY KEY (kind, language)
);
INSERT INTO platen.difference_text (kind, language, text) VALUES
  ('none', 'en', 'The registries say the same.'),
  ('none', 'fr', 'Les registres disent la même chose.'),
  ('spelling', 'en', 'The registries spell the same name differently.'),
  ('spelling', 'fr', 'Les registres écrivent différemment le même nom.'),
  ('case', 'en', 'The registries differ only in capital and small letters.'),
  ('case', 'fr', 'Les registres ne diffèrent que par les majuscules.'),
  ('diacritics', 'en', 'The registries differ only in accents and other marks on letters.'),
  ('diacritics', 'fr', 'Les registres ne diffèrent que par les accents et autres signes.'),
  ('hyphenation', 'en', 'The registries differ only in spaces, hyphens, dots or apostrophes.'),
  ('hyphenation', 'fr', 'Les registres ne diffèrent que par des espaces, traits d’union, points ou apostrophes.'),
  ('transliteration', 'en', 'The registries write the same name by different tables of Latin letters.'),
  ('transliteration', 'fr', 'Les registres écrivent le même nom selon des tables de lettres latines différentes.'),
  ('particle', 'en', 'One registry leaves a particle of the family name out; all else agrees.'),
  ('particle', 'fr', 'Un registre omet une particule du nom de famille ; tout le reste concorde.'),
  ('address_format', 'en', 'The registries write the same address in another form.'),
  ('address_format', 'fr', 'Les registres écrivent la même adresse sous une autre forme.'),
  ('stale_address', 'en', 'People report a move to the population register, so its address is used.'),
  ('stale_address', 'fr', 'Un déménagement est déclaré au registre de la population : son adresse est retenue.'),
  ('other_address', 'en', 'The addresses differ, and the population register has none.'),
  ('other_address', 'fr', 'Les adresses diffèrent et le registre de la population n’en a pas.'),
  ('other_place', 'en', 'The places of birth differ.'),
  ('other_place', 'fr', 'Les lieux de naissance diffèrent.'),
  ('other_script', 'en', 'One registry writes the name in another script.'),
  ('other_script', 'fr', 'Un registre écrit le nom dans une autre écriture.'),
  ('initial_only', 'en', 'One registry has only an initial of a given name.'),
  ('initial_only', 'fr', 'Un registre n’a que l’initiale d’un prénom.'),
  ('missing_middle_name', 'en', 'One registry leaves a given name out.'),
  ('missing_middle_name', 'fr', 'Un registre omet un prénom.'),
  ('swapped_names', 'en', 'One registry has the family name where the other has the given names.'),
  ('swapped_names', 'fr', 'Un registre a le nom de famille là où l’autre a les prénoms.'),
  ('misspelt_name', 'en', 'The names differ by a letter or two, as after a typing mistake.'),
  ('misspelt_name', 'fr', 'Les noms diffèrent d’une ou deux lettres, comme après une faute de frappe.'),
  ('changed_name', 'en', 'The family names differ while all else agrees, as after a marriage or divorce.'),
  ('changed_name', 'fr', 'Les noms de famille diffèrent alors que tout le reste concorde, comme après un mariage ou un divorce.'),
  ('day_month_swapped', 'en', 'The dates are the same with day and month the other way round.'),
  ('day_month_swapped', 'fr', 'Les dates sont les mêmes, jour et mois inversés.'),
  ('date_digits_transposed', 'en', 'The dates differ by two digits in the wrong order.'),
  ('date_digits_transposed', 'fr', 'Les dates diffèrent par deux chiffres intervertis.'),
  ('date_off_by_one', 'en', 'The dates differ by one day, one month or one year.'),
  ('date_off_by_one', 'fr', 'Les dates diffèrent d’un jour, d’un mois ou d’un an.'),
  ('nationality_differs', 'en', 'The nationalities differ.'),
  ('nationality_differs', 'fr', 'Les nationalités diffèrent.'),
  ('only_identity', 'en', 'Only the population register knows this person.'),
  ('only_identity', 'fr', 'Seul le registre de la population connaît cette personne.'),
  ('sex_differs', 'en', 'The registries differ on the sex.'),
  ('sex_differs', 'fr', 'Les registres diffèrent sur le sexe.'),
  ('other_date', 'en', 'The dates differ by more than a typing mistake explains.'),
  ('other_date', 'fr', 'Les dates diffèrent plus que par une faute de frappe.'),
  ('impossible_date', 'en', 'A registry has a date that cannot be.'),
  ('impossible_date', 'fr', 'Un registre a une date impossible.'),
  ('other_name', 'en', 'The names differ by more than spelling: this may be another person.'),
  ('other_name', 'fr', 'Les noms diffèrent plus que par l’orthographe : il peut s’agir d’une autre personne.'),
  ('shared_id', 'en', 'More than one thing differs that says who this is: two persons may share the number.'),
  ('shared_id', 'fr', 'Plusieurs éléments d’identité diffèrent : deux personnes partagent peut-être le numéro.'),
  ('two_ids', 'en', 'One person seems to be known under two ID numbers.'),
  ('two_ids', 'fr', 'Une personne semble connue sous deux numéros.'),
  ('wrong_check_digit', 'en', 'The last digit of the ID number does not fit the others.'),
  ('wrong_check_digit', 'fr', 'Le dernier chiffre du numéro ne correspond pas aux autres.'),
  ('only_driver', 'en', 'The driver register knows this person, and the population register does not.'),
  ('only_driver', 'fr', 'Le registre des conducteurs connaît cette personne, celui de la population non.'),
  ('only_infringement', 'en', 'Only the infringement register knows this person.'),
  ('only_infringement', 'fr', 'Seul le registre des infractions connaît cette personne.'),
  ('foreign_photo', 'en', 'The photo on record belongs to another ID number.'),
  ('foreign_photo', 'fr', 'La photo enregistrée appartient à un autre numéro.'),
  ('category_withdrawn', 'en', 'The registries differ on what this person may drive.'),
  ('category_withdrawn', 'fr', 'Les registres diffèrent sur ce que cette personne peut conduire.'),
  ('dead_and_alive', 'en', 'One registry records a death, and another one does not.'),
  ('dead_and_alive', 'fr', 'Un registre indique un décès, un autre non.');

CREATE FUNCTION platen.difference_words (p_kind text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  SELECT t.text FROM difference_text t
   WHERE t.kind = p_kind AND t.language IN (language (), 'en')
   ORDER BY t.language = language () DESC LIMIT 1
$$;

-- The rules: which kinds are resolved without a person, since when and until when. Those without an office
-- are shipped; an office's own were accepted by a supervisor, for one field and one registry whose value
-- gives way, and always end.
CREATE TABLE platen.difference_rule (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind        text NOT NULL REFERENCES platen.difference_kind,
  office_code text REFERENCES platen.office,
  field       text REFERENCES platen.field,
  source      text CHECK (source ~ '^[a-z][a-z0-9_]{0,29}$'),
  valid_from  date NOT NULL,
  valid_to    date CHECK (valid_to >= valid_from),
  accepted_by int REFERENCES platen.staff,
  reason      text,
  CONSTRAINT learned_is_narrow CHECK (office_code IS NULL
    OR (field IS NOT NULL AND source IS NOT NULL AND valid_to <= valid_from + 366 AND accepted_by IS NOT NULL
        AND btrim (reason) <> ''))
);
CREATE INDEX difference_rule_kind ON platen.difference_rule (kind, office_code);
ALTER TABLE platen.difference_rule ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.difference_rule
  USING (office_code IS NULL OR office_code = ANY ((SELECT platen.visible_offices ())::text[]));
INSERT INTO platen.difference_rule (kind, valid_from)
SELECT kind, '2000-01-01' FROM platen.difference_kind WHERE outcome = 'resolved' AND kind <> 'none';

-- No row makes a rule of what a person must decide, whoever writes it.
CREATE FUNCTION platen.refuse_dangerous_rule () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_kind difference_kind;
BEGIN
  SELECT * INTO STRICT v_kind FROM difference_kind WHERE kind = NEW.kind;
  IF (NEW.office_code IS NULL AND v_kind.outcome <> 'resolved')
     OR (NEW.office_code IS NOT NULL AND NOT (v_kind.may_learn AND NEW.field IN ('family_name', 'given_names',
         'family_name_native', 'given_names_native', 'birth_place', 'address'))) THEN
    PERFORM refuse ('P0001', 'DANGEROUS', format ('No rule was made, because no rule may resolve “%s”: it is decided by people,'
                    ' each time.', v_kind.kind));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER dangerous_rules_are_refused BEFORE INSERT OR UPDATE ON platen.difference_rule
  FOR EACH ROW EXECUTE FUNCTION platen.refuse_dangerous_rule ();

-- As before, and dots join too: "St. Clair".
CREATE OR REPLACE FUNCTION platen.fold_name (p_text text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT regexp_replace (
           regexp_replace (normalize (v.plain, NFD), '([a-z\u0370-\u03FF])[\u0300-\u036F]+', '\1', 'g'),
           '[\s.''`\u00A0\u00B4\u02B9\u02BB\u02BC\u2018\u2019\u2032\u200B\u2060\uFEFF\u002D\u2010-\u2015]+', '', 'g')
    FROM (SELECT replace (replace (replace (replace (
                 translate (lower (normalize (coalesce (p_text, ''), NFC)), 'øðđħıĸłŋŧə', 'oddhiklnte'),
                 'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'þ', 'th') AS plain) v
$$;

-- A name as a regular expression of all spellings that ICAO Doc 9303-3, section 6 A, leaves open.
CREATE FUNCTION platen.name_pattern (p_text text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT '^' || fold_name (replace (replace (replace (replace (replace (replace (replace (
           regexp_replace (lower (normalize (coalesce (p_text, ''), NFC)), '[][\\^$.|?*+(){}]', '', 'g'),
           'ä', '(ae|a)'), 'å', '(aa|a)'), 'ñ', '(nxx|n)'), 'ö', '(oe|o)'), 'ø', '(oe|o)'), 'ü', '(ue|uxx|u)'), 'ĳ', '(ij)')) || '$'
$$;

CREATE FUNCTION platen.is_same_spelling (p_a text, p_b text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT normalize (p_a, NFC) = normalize (p_b, NFC)
         OR (SELECT v.a <> '' AND v.b <> ''
                    AND (v.a = v.b OR v.a ~ name_pattern (p_b) OR v.b ~ name_pattern (p_a))
               FROM (SELECT fold_name (p_a) AS a, fold_name (p_b) AS b OFFSET 0) v)
$$;

-- What passports of different years and countries write for one letter of another script: the list of
-- src/licence/plt-transliteration.c, in its order.
CREATE FUNCTION platen.romanised (p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = platen, pg_temp AS $$
DECLARE
  v_key  text := fold_name (p_text);
  v_pair text[];
BEGIN
  FOREACH v_pair SLICE 1 IN ARRAY ARRAY[
    ['shch', 'sq'], ['sch', 's'], ['sh', 's'], ['zh', 'j'], ['kh', 'h'], ['gh', 'g'], ['ph', 'f'], ['th', 't'],
    ['tch', 'c'], ['ch', 'c'], ['tz', 'c'], ['ts', 'c'], ['ck', 'k'], ['q', 'k'], ['x', 'ks'], ['w', 'v'],
    ['ou', 'u'], ['oo', 'u'], ['ee', 'i'], ['yu', 'iu'], ['ju', 'iu'], ['ya', 'ia'], ['ja', 'ia'], ['ye', 'e'],
    ['je', 'e'], ['ie', 'e'], ['yo', 'e'], ['yi', 'i'], ['iy', 'i'], ['ij', 'i'], ['y', 'i'], ['ii', 'i'],
    ['aa', 'a'], ['ll', 'l'], ['ss', 's'], ['mm', 'm'], ['nn', 'n'], ['dd', 'd'], ['rr', 'r']] LOOP
    v_key := replace (v_key, v_pair[1], v_pair[2]);
  END LOOP;
  RETURN v_key;
END
$$;

CREATE FUNCTION platen.is_native (p_text text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (p_text ~ '[\u0370-\u1DBF\u1F00-\u1FFF\u2C00-\u2C5F\u2C80-\uA71F\uA800-\uFAFF\uFB1D-\uFDFF]', false)
$$;

-- Cyrillic and Greek by table (ICAO Doc 9303-3, section 6 B; ELOT 743); other letters stay as they are.
CREATE FUNCTION platen.to_latin (p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = platen, pg_temp AS $$
DECLARE
  v_latin text := fold_name (p_text);
  v_pair  text[];
BEGIN
  FOREACH v_pair SLICE 1 IN ARRAY ARRAY[
    ['ου', 'ou'], ['αυ', 'av'], ['ευ', 'ev'], ['ηυ', 'iv'], ['γγ', 'ng'], ['γξ', 'nx'], ['γχ', 'nch'], ['μπ', 'b'],
    ['ж', 'zh'], ['х', 'kh'], ['ц', 'ts'], ['ч', 'ch'], ['ш', 'sh'], ['щ', 'shch'], ['ъ', 'ie'], ['ь', ''],
    ['ю', 'iu'], ['я', 'ia'], ['є', 'ie'], ['љ', 'lj'], ['њ', 'nj'], ['џ', 'dz'], ['ѕ', 'dz'], ['θ', 'th'],
    ['χ', 'ch'], ['ψ', 'ps']] LOOP
    v_latin := replace (v_latin, v_pair[1], v_pair[2]);
  END LOOP;
  RETURN translate (v_latin, 'абвгдеёзийклмнопрстуфыэіїґўђјћѓќαβγδεζηικλμνξοπρςστυφω',
                    'abvgdeeziiklmnoprstufyeiigudjcgkavgdeziiklmnxoprsstyfo');
END
$$;

-- The consonants of a Latin, Arabic or Thai name, doubles as one: enough to see that a native form belongs
-- to a Latin one.
CREATE FUNCTION platen.consonants (p_text text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT regexp_replace (regexp_replace (
           translate (romanised (p_text), 'بتثجحخدذرزسشصضطظغفقكلمنهกขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมรลศษสหฬ',
                      'bttjhkddrzsssdtzgfkklmnhkkkkncccscndttttndttttnbppfpfpmrlssshl'),
           '[^bcdfghjklmnprstvxz]', '', 'g'), '(.)\1+', '\1', 'g')
$$;

-- One is in another script than the other, and is it.
CREATE FUNCTION platen.is_in_other_script (p_a text, p_b text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN is_native (v.spelt) THEN consonants (v.native) <> '' AND consonants (v.native) = consonants (v.latin)
              ELSE romanised (v.spelt) <> '' AND romanised (v.spelt) = romanised (v.latin) END
    FROM (SELECT n.native, n.latin, to_latin (n.native) AS spelt
            FROM (SELECT CASE WHEN is_native (p_a) THEN p_a ELSE p_b END AS native,
                         CASE WHEN is_native (p_a) THEN p_b ELSE p_a END AS latin) n) v
$$;

-- The words of a name, folded, hyphens and dots as spaces.
CREATE FUNCTION platen.name_words (p_text text) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (array_agg (w.folded ORDER BY w.position) FILTER (WHERE w.folded <> ''), '{}')
    FROM (SELECT fold_name (word) AS folded, position
            FROM regexp_split_to_table (p_text, '[\s.,\u00A0\u002D\u2010-\u2015]+') WITH ORDINALITY s (word, position)) w
$$;

CREATE FUNCTION platen.without_particles (p_text text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (nullif (string_agg (word, '' ORDER BY position) FILTER (WHERE word <> ALL (ARRAY[
    'af', 'al', 'an', 'av', 'ben', 'bin', 'bint', 'da', 'das', 'de', 'dei', 'del', 'della', 'den', 'der', 'des',
    'di', 'do', 'dos', 'du', 'el', 'ibn', 'la', 'las', 'le', 'los', 'op', 'te', 'ten', 'ter', 'ul', 'van', 'vom',
    'von', 'y', 'zu', 'zum', 'zur'])), ''),
                   string_agg (word, '' ORDER BY position), '')
    FROM unnest (name_words (p_text)) WITH ORDINALITY w (word, position)
$$;

-- Optimal string alignment: insertions, deletions, substitutions and swaps of two neighbours.
CREATE FUNCTION platen.edits (p_a text, p_b text) RETURNS int
LANGUAGE plpgsql IMMUTABLE SET search_path = platen, pg_temp AS $$
DECLARE
  x        text[] := string_to_array (left (p_a, 200), NULL);
  y        text[] := string_to_array (left (p_b, 200), NULL);
  v_before int[];
  v_last   int[] := ARRAY(SELECT generate_series (0, coalesce (cardinality (y), 0)));
  v_row    int[];
  v_best   int;
BEGIN
  FOR i IN 1 .. coalesce (cardinality (x), 0) LOOP
    v_row := ARRAY[i];
    FOR j IN 1 .. coalesce (cardinality (y), 0) LOOP
      v_best := least (v_last[j + 1] + 1, v_row[j] + 1, v_last[j] + CASE WHEN x[i] = y[j] THEN 0 ELSE 1 END);
      IF i > 1 AND j > 1 AND x[i] = y[j - 1] AND x[i - 1] = y[j] THEN
        v_best := least (v_best, v_before[j - 1] + 1);
      END IF;
      v_row[j + 1] := v_best;
    END LOOP;
    v_before := v_last;
    v_last := v_row;
  END LOOP;
  RETURN v_last[coalesce (cardinality (y), 0) + 1];
END
$$;

CREATE FUNCTION platen.is_misspelt (p_a text, p_b text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT v.shorter >= 3 AND abs (length (v.a) - length (v.b)) <= 2
         AND edits (v.a, v.b) <= CASE WHEN v.shorter >= 6 THEN 2 ELSE 1 END
    FROM (SELECT fold_name (p_a) AS a, fold_name (p_b) AS b,
                 least (length (fold_name (p_a)), length (fold_name (p_b))) AS shorter) v
$$;

-- Whether the words of the shorter name stand in the longer one in the same order, some as initials:
-- 'initial_only', 'missing_middle_name', or NULL.
CREATE FUNCTION platen.name_parts (p_a text, p_b text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = platen, pg_temp AS $$
DECLARE
  v_short   text[] := name_words (p_a);
  v_long    text[] := name_words (p_b);
  v_swap    text[];
  v_initial boolean := false;
  v_at      int := 1;
BEGIN
  IF cardinality (v_short) > cardinality (v_long) THEN
    v_swap := v_short; v_short := v_long; v_long := v_swap;
  END IF;
  IF v_short = '{}' THEN
    RETURN NULL;
  END IF;
  FOR i IN 1 .. cardinality (v_short) LOOP
    WHILE v_at <= cardinality (v_long)
          AND NOT (v_short[i] = v_long[v_at]
                   OR (length (v_short[i]) = 1 AND starts_with (v_long[v_at], v_short[i]))
                   OR (length (v_long[v_at]) = 1 AND starts_with (v_short[i], v_long[v_at]))) LOOP
      v_at := v_at + 1;
    END LOOP;
    IF v_at > cardinality (v_long) THEN
      RETURN NULL;
    END IF;
    v_initial := v_initial OR v_short[i] <> v_long[v_at];
    v_at := v_at + 1;
  END LOOP;
  RETURN CASE WHEN v_initial THEN 'initial_only' ELSE 'missing_middle_name' END;
END
$$;

CREATE FUNCTION platen.birth_is_possible (p_text text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = platen, pg_temp SET TimeZone FROM CURRENT AS $$
  SELECT coalesce (to_date_or_null (p_text) <= current_date
                   AND extract (year FROM current_date) - extract (year FROM to_date_or_null (p_text)) < 123, false)
$$;

CREATE FUNCTION platen.date_difference (p_a text, p_b text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = platen, pg_temp AS $$
DECLARE
  a    date := to_date_or_null (p_a);
  b    date := to_date_or_null (p_b);
  v_at int := 1;
BEGIN
  IF p_a = p_b THEN
    RETURN 'none';
  ELSIF a IS NULL OR b IS NULL THEN
    RETURN 'impossible_date';
  ELSIF p_a = left (p_b, 5) || right (p_b, 2) || '-' || substr (p_b, 6, 2) THEN
    RETURN 'day_month_swapped';
  END IF;
  WHILE substr (p_a, v_at, 1) = substr (p_b, v_at, 1) LOOP
    v_at := v_at + 1;
  END LOOP;
  IF substr (p_a, v_at, 2) ~ '^[0-9]{2}$' AND substr (p_a, v_at, 2) = reverse (substr (p_b, v_at, 2))
     AND substr (p_a, v_at + 2) = substr (p_b, v_at + 2) THEN
    RETURN 'date_digits_transposed';
  ELSIF abs (a - b) = 1
        OR abs (extract (year FROM a) - extract (year FROM b)) + abs (extract (month FROM a) - extract (month FROM b))
           + abs (extract (day FROM a) - extract (day FROM b)) = 1 THEN
    RETURN 'date_off_by_one';
  END IF;
  RETURN 'other_date';
END
$$;

-- An address in one form: abbreviations written out, the words sorted.
CREATE FUNCTION platen.address_key (p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = platen, pg_temp AS $$
DECLARE
  v_pairs text[][] := ARRAY[
    ['st', 'street'], ['str', 'street'], ['strasse', 'street'], ['rd', 'road'], ['ave', 'avenue'], ['av', 'avenue'],
    ['ln', 'lane'], ['dr', 'drive'], ['sq', 'square'], ['blvd', 'boulevard'], ['bd', 'boulevard'], ['cl', 'close'],
    ['gdn', 'garden'], ['gr', 'grove'], ['grv', 'grove'], ['mkt', 'market'], ['wy', 'way'], ['qy', 'quay'],
    ['ct', 'court'], ['pl', 'place'], ['ter', 'terrace'], ['hl', 'hill'], ['saint', 'street'], ['apt', ''],
    ['flat', ''], ['no', ''], ['nr', ''], ['house', ''], ['unit', ''], ['app', '']];
BEGIN
  RETURN (SELECT coalesce (string_agg (w.word, ' ' ORDER BY w.word COLLATE "C") FILTER (WHERE w.word <> ''), '')
            FROM (SELECT coalesce ((SELECT v_pairs[i][2] FROM generate_subscripts (v_pairs, 1) i WHERE v_pairs[i][1] = fold_name (s.word)),
                                   fold_name (s.word)) AS word
                    FROM regexp_split_to_table (p_text, '[\s.,;:/()#\u00A0\u002D\u2010-\u2015]+') s (word)) w);
END
$$;

-- The difference of one value between two answers, seen alone.
CREATE FUNCTION platen.value_difference (p_field text, p_a jsonb, p_b jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = platen, pg_temp AS $$
DECLARE
  a text := normalize (btrim (p_a ->> p_field), NFC);
  b text := normalize (btrim (p_b ->> p_field), NFC);
  v_found text;
BEGIN
  IF coalesce (a, '') = '' OR coalesce (b, '') = '' THEN
    RETURN 'none';
  ELSIF p_field = 'birth_date' AND NOT (birth_is_possible (a) AND birth_is_possible (b)) THEN
    RETURN 'impossible_date';
  ELSIF a = b THEN
    RETURN 'none';
  ELSIF p_field IN ('sex', 'nationality', 'death_date') THEN
    RETURN CASE p_field WHEN 'sex' THEN 'sex_differs' WHEN 'nationality' THEN 'nationality_differs' ELSE 'dead_and_alive' END;
  ELSIF p_field = 'birth_date' THEN
    RETURN date_difference (a, b);
  ELSIF p_field NOT IN ('family_name', 'given_names', 'family_name_native', 'given_names_native', 'birth_place', 'address') THEN
    RETURN 'category_withdrawn';
  ELSIF is_same_spelling (a, b) THEN
    RETURN 'spelling';
  ELSIF p_field = 'birth_place' THEN
    RETURN 'other_place';
  ELSIF p_field = 'address' THEN
    RETURN CASE WHEN address_key (a) <> '' AND address_key (a) = address_key (b) THEN 'address_format' ELSE 'other_address' END;
  ELSIF is_native (a) <> is_native (b) THEN
    v_found := CASE WHEN is_in_other_script (a, b) THEN 'other_script' ELSE 'other_name' END;
  ELSIF p_field IN ('family_name', 'family_name_native') AND without_particles (a) <> ''
        AND without_particles (a) = without_particles (b) THEN
    v_found := 'particle';
  ELSIF p_field IN ('given_names', 'given_names_native') AND name_parts (a, b) IS NOT NULL THEN
    v_found := name_parts (a, b);
  ELSIF is_misspelt (a, b) THEN
    v_found := 'misspelt_name';
  ELSE
    v_found := CASE WHEN p_field LIKE 'family%' THEN 'changed_name' ELSE 'other_name' END;
  END IF;
  IF v_found <> 'other_script' AND p_field IN ('family_name', 'given_names')
     AND (is_native (p_a ->> (p_field || '_native')) OR is_native (p_b ->> (p_field || '_native')))
     AND romanised (a) <> '' AND romanised (a) = romanised (b) THEN
    RETURN 'spelling';
  END IF;
  RETURN v_found;
END
$$;

CREATE FUNCTION platen.names_are_swapped (p_a jsonb, p_b jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (is_same_spelling (p_a ->> 'family_name', p_b ->> 'given_names')
                   AND is_same_spelling (p_a ->> 'given_names', p_b ->> 'family_name'), false)
$$;

-- The difference between two answers about one ID number: what a typing mistake explains is only taken for
-- one while all else that says who the person is agrees.
CREATE FUNCTION platen.difference (p_field text, p_a jsonb, p_b jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = platen, pg_temp AS $$
DECLARE
  v_found   text := value_difference (p_field, p_a, p_b);
  v_swapped boolean;
  v_rest    text;
BEGIN
  IF v_found NOT IN ('particle', 'other_script', 'initial_only', 'missing_middle_name', 'swapped_names', 'misspelt_name',
                     'changed_name', 'day_month_swapped', 'date_digits_transposed', 'date_off_by_one', 'other_name', 'other_date') THEN
    RETURN v_found;
  END IF;
  v_swapped := p_field IN ('family_name', 'given_names') AND names_are_swapped (p_a, p_b);
  FOREACH v_rest IN ARRAY ARRAY['family_name', 'given_names', 'birth_date', 'sex'] LOOP
    IF v_rest <> replace (p_field, '_native', '') AND NOT (v_swapped AND v_rest IN ('family_name', 'given_names'))
       AND value_difference (v_rest, p_a, p_b) NOT IN ('none', 'spelling') THEN
      RETURN 'shared_id';
    END IF;
  END LOOP;
  RETURN CASE WHEN v_swapped THEN 'swapped_names' ELSE v_found END;
END
$$;

-- What each source said, in the order in which they are preferred. Registries beside the three stand in a
-- member that a later upgrade adds to the facts.
CREATE FUNCTION platen.answers (p_facts platen.facts) RETURNS TABLE ("position" int, source text, answer jsonb)
LANGUAGE sql STABLE ROWS 3 SET search_path = platen, pg_temp AS $$
  SELECT row_number () OVER (ORDER BY a.rank, a.source)::int, a.source, a.answer
    FROM (SELECT 1, 'identity', p_facts.identity
          UNION ALL SELECT 2, 'driver', p_facts.driver
          UNION ALL SELECT 3, 'infringement', p_facts.infringement
          UNION ALL SELECT 4, o.key, o.value
                      FROM jsonb_each (CASE jsonb_typeof (to_jsonb (p_facts) -> 'others') WHEN 'object' THEN to_jsonb (p_facts) -> 'others'
                                       ELSE '{}' END) o) a (rank, source, answer)
$$;

-- The facts as if one source had said nothing.
CREATE FUNCTION platen.without_source (p_facts platen.facts, p_source text) RETURNS platen.facts
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT jsonb_populate_record (p_facts, CASE WHEN p_source IN ('identity', 'driver', 'infringement')
           THEN jsonb_build_object (p_source, '{}'::jsonb)
           ELSE jsonb_build_object ('others', coalesce (to_jsonb (p_facts) -> 'others', '{}') - p_source) END)
$$;

-- The weightiest difference of all pairs of sources, leaving one out where a learned rule says so.
CREATE FUNCTION platen.field_difference (p_facts platen.facts, p_field text, p_left_out text DEFAULT NULL) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN v.kind = 'other_address' AND p_left_out IS DISTINCT FROM 'identity'
                   AND btrim (coalesce (p_facts.identity ->> 'address', '')) <> '' THEN 'stale_address'
              ELSE coalesce (v.kind, 'none') END
    FROM (SELECT (SELECT d.kind
                    -- Compared once for each pair, not once for each kind: OFFSET 0 keeps the two apart.
                    FROM (SELECT difference (p_field, a.answer, b.answer) AS kind
                            FROM answers (p_facts) a JOIN answers (p_facts) b ON a.position < b.position
                           WHERE p_left_out IS NULL OR p_left_out NOT IN (a.source, b.source) OFFSET 0) d
                   ORDER BY (SELECT k.position FROM difference_kind k WHERE k.kind = d.kind) DESC NULLS LAST LIMIT 1) AS kind) v
$$;

-- A shipped rule (for no source), or the office's own for one source that gives way.
CREATE FUNCTION platen.has_difference_rule (p_facts platen.facts, p_kind text, p_field text, p_source text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT EXISTS (SELECT FROM difference_rule r
                  WHERE r.kind = p_kind AND r.source IS NOT DISTINCT FROM p_source
                    AND (r.field IS NULL OR r.field = p_field)
                    AND (r.office_code IS NULL OR r.office_code = p_facts.office_code)
                    AND r.valid_from <= p_facts.today AND coalesce (r.valid_to >= p_facts.today, true))
$$;

-- The value that a rule chooses; NULL where none may.
CREATE FUNCTION platen.rule_value (p_facts platen.facts, p_field text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_kind   text := field_difference (p_facts, p_field);
  v_rest   text;
  v_values text[];
BEGIN
  IF v_kind = 'none' OR has_difference_rule (p_facts, v_kind, p_field, NULL) THEN
    v_values := source_values (p_facts, p_field);
    RETURN v_values[1];
  END IF;
  FOR v_rest IN SELECT a.source FROM answers (p_facts) a ORDER BY a.position LOOP
    IF has_difference_rule (p_facts, v_kind, p_field, v_rest) THEN
      v_values := source_values (without_source (p_facts, v_rest), p_field);
      v_kind := field_difference (p_facts, p_field, v_rest);
      IF cardinality (v_values) > 0
         AND (v_kind = 'none' OR has_difference_rule (p_facts, v_kind, p_field, NULL)) THEN
        RETURN v_values[1];
      END IF;
      v_kind := field_difference (p_facts, p_field);
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;

-- 'resolved' by a rule, 'proposed' to the clerk, or 'stopped' for a supervisor.
CREATE FUNCTION platen.field_outcome (p_facts platen.facts, p_field text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN cardinality (source_values (p_facts, p_field)) <= 1 OR rule_value (p_facts, p_field) IS NOT NULL THEN 'resolved'
              ELSE (SELECT CASE k.outcome WHEN 'resolved' THEN 'proposed' ELSE k.outcome END
                      FROM difference_kind k WHERE k.kind = field_difference (p_facts, p_field)) END
$$;

-- Choices made before this upgrade were made by the rules of their time; from now on what stops is chosen
-- by a supervisor (api.decide_field).
ALTER TABLE platen.application_field ADD COLUMN by_supervisor boolean NOT NULL DEFAULT false;
UPDATE platen.application_field SET by_supervisor = true WHERE choice = 'person';

-- Whether a choice recorded for a field holds against what the registries say now.
CREATE FUNCTION platen.choice_stands (p_facts platen.facts, p_field text, p_value text, p_choice text, p_by_supervisor boolean)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (CASE p_choice
           WHEN 'none' THEN v.given = '{}' AND coalesce (p_value, '') = ''
           WHEN 'open' THEN true
           WHEN 'only' THEN ARRAY[v.chosen] = v.given
           WHEN 'agreed' THEN ARRAY[v.chosen] = v.given
           WHEN 'rule' THEN cardinality (v.given) > 0 AND v.chosen = rule_value (p_facts, p_field)
           WHEN 'person' THEN p_by_supervisor
                              OR (v.chosen = ANY (v.given) AND field_outcome (p_facts, p_field) <> 'stopped')
         END, false)
    FROM (SELECT source_values (p_facts, p_field) AS given, normalize (btrim (p_value), NFC) AS chosen) v
$$;

CREATE OR REPLACE FUNCTION platen.person_value (p_facts platen.facts, p_field text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_values text[] := source_values (p_facts, p_field);
  v_field  application_field;
BEGIN
  SELECT * INTO v_field FROM application_field
   WHERE application_id = p_facts.application_id AND field = p_field AND choice IN ('rule', 'person', 'agreed');
  IF FOUND AND (cardinality (v_values) > 1 OR v_field.by_supervisor)
     AND choice_stands (p_facts, p_field, v_field.value, v_field.choice, v_field.by_supervisor) THEN
    RETURN normalize (btrim (v_field.value), NFC);
  END IF;
  RETURN v_values[1];
END
$$;

-- Fields on which the sources differ and no standing choice was made.
CREATE FUNCTION platen.open_fields (p_facts platen.facts) RETURNS TABLE (field text, "position" int, given text[], outcome text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT d.field, d.position, v.given, field_outcome (p_facts, d.field)
    FROM field d CROSS JOIN LATERAL source_values (p_facts, d.field) v (given)
   WHERE d.is_person AND cardinality (v.given) > 1
     AND NOT EXISTS (SELECT FROM application_field c
                      WHERE c.application_id = p_facts.application_id AND c.field = d.field AND c.choice <> 'open'
                        AND choice_stands (p_facts, c.field, c.value, c.choice, c.by_supervisor))
$$;

CREATE OR REPLACE FUNCTION platen.rule_discrepancy_open (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('field', o.field, 'values', array_to_string (o.given, ' / ')), o.field
    FROM open_fields (f) o WHERE o.outcome <> 'stopped' ORDER BY o.position
$$;

CREATE FUNCTION platen.rule_discrepancy_stopped (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('field', o.field, 'values', array_to_string (o.given, ' / ')), o.field
    FROM open_fields (f) o WHERE o.outcome = 'stopped' ORDER BY o.position
$$;

CREATE FUNCTION platen.rule_impossible_date (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('date', person_value (f, 'birth_date')), 'birth_date'::text
   WHERE person_value (f, 'birth_date') IS NOT NULL AND NOT birth_is_possible (person_value (f, 'birth_date'))
$$;

-- The picture is of somebody else: no card is made with it as long as the registry has not cleared it up.
CREATE FUNCTION platen.rule_foreign_photo (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('number', s.answer ->> 'portrait_of'), 'portrait_of'::text
    FROM answers (f) s
   WHERE btrim (coalesce (s.answer ->> 'portrait_of', '')) NOT IN ('', f.id_number)
   LIMIT 1
$$;

-- What another registry withdrew is not driven, whatever the driver register still has.
CREATE FUNCTION platen.rule_category_withdrawn (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('category', c.code), 'categories'::text
    FROM category c, regexp_split_to_array (upper (coalesce (f.infringement ->> 'withdrawn_categories', '')), '[\s,;|]+') w (codes)
   WHERE c.code = ANY (f.codes) AND (c.code = ANY (w.codes) OR 'ALL' = ANY (w.codes))
   ORDER BY c.position
$$;

INSERT INTO platen.rule (code, severity, legal_reference, valid_from, parameters) VALUES
  ('DISCREPANCY_STOPPED', 'hard', 'Road Traffic Act, s. 14(3)', '2000-01-01', '{}'),
  ('IMPOSSIBLE_DATE',     'hard', 'Road Traffic Act, s. 14(3)', '2000-01-01', '{}'),
  ('FOREIGN_PHOTO',       'hard', 'Licence Regulations, reg. 11', '2000-01-01', '{}'),
  ('CATEGORY_WITHDRAWN',  'hard', 'Road Traffic Act, s. 33', '2000-01-01', '{}');
INSERT INTO platen.rule_text (code, language, text, cure) VALUES
('DISCREPANCY_STOPPED', 'en', 'The registries disagree on the {field_title}, so that this may be another person: {values}.',
 'Park it with what the citizen shows you; a supervisor without a part in the application decides.'),
('DISCREPANCY_STOPPED', 'fr', 'Les registres se contredisent ({field_title}) au point qu’il peut s’agir d’une autre personne : {values}.',
 'Mettez de côté avec ce que montre le citoyen ; un superviseur étranger à la demande décide.'),
('IMPOSSIBLE_DATE', 'en', 'The date of birth {date} cannot be.', 'Ask for the correction of the registry entry, or let a supervisor decide.'),
('IMPOSSIBLE_DATE', 'fr', 'La date de naissance {date} est impossible.',
 'Demandez la correction de l’inscription, ou laissez un superviseur décider.'),
('FOREIGN_PHOTO', 'en', 'The photo on record belongs to ID number {number}.',
 'Do not continue. Ask the population register to correct the entry.'),
('FOREIGN_PHOTO', 'fr', 'La photo enregistrée appartient au numéro {number}.',
 'N’allez pas plus loin. Demandez au registre de la population de corriger l’inscription.'),
('CATEGORY_WITHDRAWN', 'en', 'Category {category} was withdrawn, although the driver registry still shows it.',
 'Remove category {category}, or ask for the decision that gives it back.'),
('CATEGORY_WITHDRAWN', 'fr', 'La catégorie {category} a été retirée, bien que le registre des conducteurs l’indique encore.',
 'Retirez la catégorie {category}, ou demandez la décision qui la rend.');

INSERT INTO platen.schema_version (version, title) VALUES (20, 'differences');
