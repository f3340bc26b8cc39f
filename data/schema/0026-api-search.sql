-- SPDX-License-Identifier: GPL-3.0-or-later
-- The office's own half of a search, and the log of who searched for what. The log is written before
-- anything is read or asked, by the database; it holds what was typed and never who was found.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.search_log (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office_code text NOT NULL REFERENCES platen.office,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  staff_id    int NOT NULL REFERENCES platen.staff,
  workstation text NOT NULL,
  text        text NOT NULL CHECK (length (text) BETWEEN 1 AND 200),
  sources     text[] NOT NULL, -- the registries that are asked too
  purpose     text NOT NULL CHECK (btrim (purpose) <> '')
);
CREATE INDEX search_log_at ON platen.search_log (office_code, at);
CREATE TRIGGER search_log_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.search_log
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
ALTER TABLE platen.search_log ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.search_log USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));
CREATE INDEX lookup_recent ON platen.lookup (staff_id, id DESC);

CREATE FUNCTION platen.note_search (p_actor platen.actor, p_text text, p_sources text[], p_purpose text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF btrim (coalesce (p_text, '')) = '' THEN
    PERFORM refuse ('P0001', 'FIELD', 'Nobody was searched for, because nothing was typed. Type a name, a number or a date of birth.');
  END IF;
  IF btrim (coalesce (p_purpose, '')) = '' THEN
    PERFORM refuse ('P0001', 'REASON', 'Nobody was searched for, because no purpose was given. Say why you search.');
  END IF;
  INSERT INTO search_log (office_code, staff_id, workstation, text, sources, purpose)
  VALUES (p_actor.office_code, p_actor.staff_id, p_actor.workstation, left (btrim (p_text), 200), coalesce (p_sources, '{}'),
          left (btrim (p_purpose), 200));
END
$$;

-- Words of names that a typed word may mean, with how well and how it fits.
CREATE FUNCTION platen.words_like (p_key text, p_foreign boolean) RETURNS TABLE (word text, quality real, how text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET enable_seqscan = off SET jit = off AS $$
DECLARE
  v_sound text := sound_key (p_key);
  v_exact boolean := EXISTS (SELECT FROM name_word n WHERE n.word = p_key);
BEGIN
  RETURN QUERY
  SELECT DISTINCT ON (c.word) c.word, c.quality::real, c.how
    FROM (SELECT n.word, 1 AS quality, CASE WHEN p_foreign THEN 'script' ELSE 'exact' END AS how FROM name_word n WHERE n.word = p_key
          UNION ALL
          (SELECT n.word, 0.75 + 0.15 * length (p_key) / length (n.word), 'beginning' FROM name_word n
            WHERE n.word > p_key AND n.word < p_key || chr (1114111) ORDER BY n.word LIMIT 60)
          UNION ALL
          (SELECT n.word, 0.55 + 0.25 * similarity (n.word, p_key), 'sound' FROM name_word n
            WHERE v_sound <> '' AND n.sound <> '' AND n.sound = v_sound AND n.word <> p_key
              AND (length (v_sound) > 2 OR left (n.word, 1) = left (p_key, 1)) ORDER BY n.word LIMIT 30)
          UNION ALL
          (SELECT s.word, 0.35 + 0.4 * s.near, 'similar'
             FROM (SELECT n.word, similarity (n.word, p_key) AS near FROM name_word n
                    WHERE NOT v_exact AND length (p_key) > 2 ORDER BY n.word <-> p_key LIMIT 12) s
            WHERE s.near > 0.3)) c
   ORDER BY c.word, c.quality DESC;
END
$$;

-- How well a typed word fits a name, for those few persons that something else has found.
CREATE FUNCTION platen.word_fit (p_word text, p_key text) RETURNS real
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = platen, pg_temp AS $$
  SELECT (CASE WHEN p_word = p_key THEN 1
               WHEN starts_with (p_word, p_key) THEN 0.75 + 0.15 * length (p_key) / length (p_word)
               WHEN sound_key (p_key) <> '' AND sound_key (p_word) = sound_key (p_key)
                    AND (length (sound_key (p_key)) > 2 OR left (p_word, 1) = left (p_key, 1)) THEN 0.55 + 0.25 * similarity (p_word, p_key)
               WHEN similarity (p_word, p_key) > 0.3 THEN 0.35 + 0.4 * similarity (p_word, p_key)
               ELSE 0 END)::real
$$;

-- Persons whose names have all these words, best first; the key is where the page before ended.
CREATE FUNCTION platen.persons_by_words (p_keys text[], p_foreign boolean, p_from date[], p_to date[], p_address text[], p_after text[], p_limit int)
RETURNS TABLE (id_number text, office_code text, score real, matched text[], page_key text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET jit = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  v_offices text[] := visible_offices ();
  v_lead    text;
  v_fewest  int;
  v_count   int;
  v_key     text;
BEGIN
  -- The rarest word leads; the others only say yes or no.
  FOREACH v_key IN ARRAY p_keys LOOP
    SELECT count (*) INTO v_count FROM (
      SELECT FROM words_like (v_key, p_foreign) l JOIN person_word w ON w.word = l.word AND w.office_code = ANY (v_offices) LIMIT 2000) c;
    IF v_fewest IS NULL OR v_count < v_fewest THEN
      v_lead := v_key;
      v_fewest := v_count;
    END IF;
  END LOOP;
  RETURN QUERY
  WITH other AS MATERIALIZED (
    SELECT k.key, l.* FROM unnest (p_keys) k (key), words_like (k.key, p_foreign) l WHERE k.key <> v_lead
  ), lead AS MATERIALIZED (
    SELECT l.* FROM words_like (v_lead, p_foreign) l ORDER BY l.quality DESC, l.word
  )
  SELECT p.id_number, p.office_code,
         ((l.quality + coalesce (o.quality, 0)) / cardinality (p_keys))::real,
         ARRAY['name:' || l.how] || coalesce (o.hows, '{}')
           || CASE WHEN p_from IS NOT NULL THEN ARRAY['birth_date:period'] ELSE '{}' END
           || CASE WHEN p_address IS NOT NULL THEN ARRAY['address:part'] ELSE '{}' END,
         concat_ws ('|', 'w', l.quality, l.word, p.office_code, p.id_number)
    FROM lead l
    CROSS JOIN LATERAL (
         SELECT w.office_code, w.id_number FROM person_word w
          WHERE w.word = l.word AND w.office_code = ANY (v_offices)
            AND (p_after IS NULL OR (-l.quality, l.word, w.office_code, w.id_number) > (-p_after[2]::real, p_after[3], p_after[4], p_after[5]))
          ORDER BY w.office_code, w.id_number) w
    JOIN person p ON p.id_number = w.id_number AND p.office_code = w.office_code
    LEFT JOIN LATERAL (
         SELECT sum (b.quality) AS quality, array_agg ('name:' || b.how) AS hows, count (*) AS n
           FROM (SELECT DISTINCT ON (o.key) o.key, o.quality, o.how
                   FROM other o JOIN person_word x ON x.word = o.word AND x.office_code = p.office_code AND x.id_number = p.id_number
                  ORDER BY o.key, o.quality DESC) b) o ON true
   WHERE coalesce (o.n, 0) = cardinality (p_keys) - 1
     AND (p_from IS NULL OR EXISTS (SELECT FROM unnest (p_from, p_to) s (a, z) WHERE p.birth_date BETWEEN s.a AND s.z))
     AND (p_address IS NULL OR NOT EXISTS (SELECT FROM unnest (p_address) a WHERE strpos (search_key (p.address), search_key (a)) = 0))
   ORDER BY l.quality DESC, l.word, w.office_code, w.id_number
   LIMIT p_limit;
END
$$;

-- Persons born on one of these days, with the names as they fit.
CREATE FUNCTION platen.persons_by_births (p_keys text[], p_foreign boolean, p_from date[], p_to date[], p_address text[], p_after text[], p_limit int)
RETURNS TABLE (id_number text, office_code text, score real, matched text[], page_key text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET jit = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  v_offices text[] := visible_offices ();
BEGIN
  RETURN QUERY
  WITH born AS MATERIALIZED (
    SELECT p.* FROM unnest (p_from, p_to) s (a, z) JOIN person p ON p.birth_date BETWEEN s.a AND s.z
     WHERE p.office_code = ANY (v_offices)
       AND (p_address IS NULL OR NOT EXISTS (SELECT FROM unnest (p_address) a WHERE strpos (search_key (p.address), search_key (a)) = 0))
     ORDER BY p.birth_date, p.id_number LIMIT 2000
  ), fitted AS (
    SELECT b.id_number, b.office_code,
           (SELECT avg (f.fit)::real FROM (SELECT (SELECT max (word_fit (w.word, k.key)) FROM person_word w
                                                    WHERE w.id_number = b.id_number AND w.office_code = b.office_code) AS fit
                                            FROM unnest (p_keys) k (key)) f) AS fit
      FROM born b
  ), scored AS (
    SELECT f.id_number, f.office_code, CASE WHEN cardinality (p_keys) > 0 THEN (1 + f.fit) / 2 ELSE 0.9 END::real AS score,
           ARRAY[CASE WHEN p_from[1] = p_to[1] THEN 'birth_date:exact' ELSE 'birth_date:period' END]
             || CASE WHEN f.fit IS NULL THEN '{}' WHEN f.fit = 1 THEN ARRAY[CASE WHEN p_foreign THEN 'name:script' ELSE 'name:exact' END]
                     ELSE ARRAY['name:similar'] END
             || CASE WHEN p_address IS NOT NULL THEN ARRAY['address:part'] ELSE '{}' END AS matched
      FROM fitted f
     WHERE cardinality (p_keys) = 0 OR f.fit > 0.35
  )
  SELECT s.id_number, s.office_code, s.score, s.matched, concat_ws ('|', 'b', s.score, s.office_code, s.id_number)
    FROM scored s
   WHERE p_after IS NULL OR (-s.score, s.office_code, s.id_number) > (-p_after[2]::real, p_after[3], p_after[4])
   ORDER BY s.score DESC, s.office_code, s.id_number
   LIMIT p_limit;
END
$$;

-- Persons by a number of theirs, or by its beginning.
CREATE FUNCTION platen.persons_by_number (p_id_numbers text[], p_id_prefix text, p_licence text, p_record text, p_after text[], p_limit int)
RETURNS TABLE (id_number text, office_code text, score real, matched text[], page_key text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET jit = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  v_offices text[] := visible_offices ();
BEGIN
  RETURN QUERY
  WITH found AS (
    SELECT p.id_number, p.office_code, CASE WHEN cardinality (p_id_numbers) = 1 THEN 1 ELSE 0.9 END AS score,
           CASE WHEN cardinality (p_id_numbers) = 1 THEN 'id_number:exact' ELSE 'id_number:near' END AS reason
      FROM person p WHERE p.id_number = ANY (p_id_numbers) AND p.office_code = ANY (v_offices)
    UNION ALL
    (SELECT p.id_number, p.office_code, 0.9, 'id_number:beginning'
       FROM person p WHERE p.id_number >= p_id_prefix AND p.id_number < p_id_prefix || ':' AND p.office_code = ANY (v_offices)
        AND (p_after IS NULL OR p.id_number >= p_after[4]) ORDER BY p.id_number LIMIT p_limit * 2)
    UNION ALL
    (SELECT p.id_number, p.office_code, CASE WHEN p.licence_number = p_licence THEN 1 ELSE 0.9 END,
            CASE WHEN p.licence_number = p_licence THEN 'licence_number:exact' ELSE 'licence_number:beginning' END
       FROM person p WHERE p.licence_number >= p_licence AND p.licence_number < p_licence || ':' AND p.office_code = ANY (v_offices)
      ORDER BY p.licence_number LIMIT 200)
    UNION ALL
    (SELECT a.id_number, a.office_code, CASE WHEN a.number = p_record THEN 1 ELSE 0.9 END,
            CASE WHEN a.number = p_record THEN 'application_number:exact' ELSE 'application_number:beginning' END
       FROM application_word w JOIN application a ON a.id = w.application_id
      WHERE w.word >= lower (p_record) AND w.word < lower (p_record) || ':' AND a.office_code = ANY (v_offices) AND starts_with (a.number, p_record)
      LIMIT 200)
    UNION ALL
    (SELECT a.id_number, a.office_code, 1, 'card_number:exact'
       FROM card c JOIN application a ON a.id = c.application_id
      WHERE (c.number = p_record OR c.serial = p_record) AND c.office_code = ANY (v_offices) LIMIT 20)
  ), best AS (
    SELECT f.id_number, f.office_code, max (f.score)::real AS score, array_agg (DISTINCT f.reason) AS matched FROM found f GROUP BY 1, 2
  )
  SELECT b.id_number, b.office_code, b.score, b.matched, concat_ws ('|', 'n', b.score, b.office_code, b.id_number)
    FROM best b
   WHERE p_after IS NULL OR (-b.score, b.office_code, b.id_number) > (-p_after[2]::real, p_after[3], p_after[4])
   ORDER BY b.score DESC, b.office_code, b.id_number
   LIMIT p_limit;
END
$$;

-- A page of persons that this office knows. p_births are intervals of ISO 8601 with commas between them;
-- p_sources the registries that the program asks beside, for the log: so a page is asked for here even when
-- this office has no more and p_after is '-'.
CREATE FUNCTION api.search_persons (p_text text, p_sources text[], p_purpose text, p_id_numbers text[], p_id_prefix text, p_licence text,
                                    p_record text, p_names text[], p_births text, p_address text[], p_after text, p_limit int)
RETURNS TABLE (id_number text, holder_name text, family_name text, given_names text, family_name_native text, given_names_native text,
               birth_date date, address text, licence_number text, application_number text, application_state text, score real,
               matched text[], page_key text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_actor   actor := demand ('clerk', 'supervisor', 'operator', 'auditor');
  v_keys    text[] := ARRAY (SELECT k FROM (SELECT search_key (n) AS k, i FROM unnest (p_names) WITH ORDINALITY u (n, i)) s WHERE k <> '' ORDER BY i);
  v_foreign boolean := EXISTS (SELECT FROM unnest (p_names) n WHERE n ~ '[\u0370-\u1dff\u2c00-\uffff]');
  v_address text[] := nullif (ARRAY (SELECT a FROM unnest (p_address) a WHERE search_key (a) <> ''), '{}');
  v_after   text[] := string_to_array (nullif (p_after, ''), '|');
  v_limit   int := least (greatest (coalesce (p_limit, 20), 1), 100);
  v_from    date[];
  v_to      date[];
  v_by_name boolean := coalesce (cardinality (p_id_numbers), 0) = 0 AND coalesce (p_id_prefix, '') = '';
BEGIN
  PERFORM note_search (v_actor, p_text, p_sources, p_purpose);
  SELECT array_agg (split_part (b, '/', 1)::date), array_agg (split_part (b, '/', 2)::date) INTO v_from, v_to
    FROM string_to_table (nullif (p_births, ''), ',') b;
  RETURN QUERY
  WITH found AS MATERIALIZED (
    SELECT row_number () OVER () AS place, f.* FROM (
      SELECT * FROM persons_by_number (p_id_numbers, nullif (p_id_prefix, ''), nullif (p_licence, ''), nullif (p_record, ''), v_after, v_limit)
       WHERE (cardinality (p_id_numbers) > 0 OR p_id_prefix <> '' OR p_licence <> '' OR p_record <> '')
         AND (v_after IS NULL OR v_after[1] = 'n')
      UNION ALL
      SELECT * FROM persons_by_births (v_keys, v_foreign, v_from, v_to, v_address, v_after, v_limit)
       WHERE v_from IS NOT NULL AND (v_from = v_to OR cardinality (v_keys) = 0) AND v_by_name
         AND (v_after IS NULL OR v_after[1] = 'b')
      UNION ALL
      SELECT * FROM persons_by_words (v_keys, v_foreign, v_from, v_to, v_address, v_after, v_limit)
       WHERE cardinality (v_keys) > 0 AND (v_from IS NULL OR v_from <> v_to) AND v_by_name
         AND (v_after IS NULL OR v_after[1] = 'w')) f
     LIMIT v_limit
  )
  SELECT p.id_number, p.holder_name, p.family_name, p.given_names, p.family_name_native, p.given_names_native, p.birth_date, p.address,
         p.licence_number, a.number, a.state::text, f.score, f.matched, f.page_key
    FROM (SELECT DISTINCT ON (f.id_number, f.office_code) f.* FROM found f ORDER BY f.id_number, f.office_code, f.place) f
    JOIN person p ON p.id_number = f.id_number AND p.office_code = f.office_code
    JOIN application a ON a.id = p.application_id
   ORDER BY f.place;
END
$$;

-- Whom this member of staff looked up last, each once, with what the office knows of them.
CREATE FUNCTION api.recent_persons (p_limit int)
RETURNS TABLE (id_number text, holder_name text, family_name text, given_names text, family_name_native text, given_names_native text,
               birth_date date, address text, licence_number text, application_number text, application_state text, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_actor actor := require_session ();
BEGIN
  RETURN QUERY
  SELECT r.id_number, p.holder_name, p.family_name, p.given_names, p.family_name_native, p.given_names_native, p.birth_date, p.address,
         p.licence_number, a.number, a.state::text, r.at
    FROM (SELECT DISTINCT ON (l.id_number) l.id_number, l.at
            FROM (SELECT id_number, at, id FROM lookup WHERE staff_id = v_actor.staff_id ORDER BY id DESC LIMIT 200) l
           ORDER BY l.id_number, l.id DESC) r
    LEFT JOIN person p ON p.id_number = r.id_number AND p.office_code = v_actor.office_code
    LEFT JOIN application a ON a.id = p.application_id
   ORDER BY r.at DESC
   LIMIT least (greatest (coalesce (p_limit, 10), 0), 50);
END
$$;

CREATE VIEW api.search_log WITH (security_barrier) AS
SELECT l.id, l.at, t.login, t.name, l.office_code, l.workstation, l.text, l.sources, l.purpose
  FROM platen.search_log l JOIN platen.staff t ON t.id = l.staff_id
 WHERE (SELECT platen.may_read ('auditor'));

DO $grants$
DECLARE
  v_group text;
BEGIN
  FOREACH v_group IN ARRAY ARRAY['platen_clerk', 'platen_supervisor', 'platen_operator', 'platen_auditor', 'platen_admin'] LOOP
    EXECUTE format ('GRANT EXECUTE ON FUNCTION api.search_persons (text, text[], text, text[], text, text, text, text[], text, text[], text, int),'
                    ' api.recent_persons (int) TO %I', v_group);
    EXECUTE format ('GRANT SELECT ON api.search_log TO %I', v_group);
  END LOOP;
END
$grants$;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'Nobody was searched for, because nothing was typed. Type a name, a number or a date of birth.',
 'Aucune recherche n’a été faite, car rien n’a été tapé. Tapez un nom, un numéro ou une date de naissance.'),
('refusal', 'fr', 'Nobody was searched for, because no purpose was given. Say why you search.',
 'Aucune recherche n’a été faite, car aucun motif n’a été donné. Dites pourquoi vous cherchez.');

INSERT INTO platen.schema_version (version, title) VALUES (26, 'api: search');
