-- SPDX-License-Identifier: GPL-3.0-or-later
-- A page of the worklist, also by number, ID number or name, from an index whatever is asked. Row-level
-- security allows an index only for comparisons that tell nothing about other offices' rows; those of whole
-- words in plain byte order do, patterns and lower() do not. So the words stand in a table of their own.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.application_word (
  office_code    text NOT NULL,
  word           text COLLATE "C" NOT NULL,
  application_id bigint NOT NULL REFERENCES platen.application,
  PRIMARY KEY (word, application_id)
);
CREATE INDEX application_word_application ON platen.application_word (application_id);
ALTER TABLE platen.application_word ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.application_word USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

CREATE FUNCTION platen.note_words () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  DELETE FROM application_word WHERE application_id = NEW.id;
  INSERT INTO application_word (office_code, word, application_id)
  SELECT DISTINCT NEW.office_code, w, NEW.id
    FROM unnest (string_to_array (lower (NEW.holder_name), ' ') || ARRAY[lower (NEW.number), NEW.id_number]) w
   WHERE w <> '';
  RETURN NULL;
END
$$;
CREATE TRIGGER application_words_of_new AFTER INSERT ON platen.application
  FOR EACH ROW EXECUTE FUNCTION platen.note_words ();
CREATE TRIGGER application_words_of_renamed AFTER UPDATE OF holder_name ON platen.application
  FOR EACH ROW WHEN (OLD.holder_name IS DISTINCT FROM NEW.holder_name) EXECUTE FUNCTION platen.note_words ();

-- By columns of api.application, newest change first. What is found often is found soon on the way along
-- the newest; what is found seldom is few words.
CREATE FUNCTION api.worklist (p_states text[], p_text text, p_before timestamptz, p_before_id bigint, p_limit int)
RETURNS SETOF api.application
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  v_text text := nullif (lower (btrim (p_text)), '');
  v_word text := split_part (v_text, ' ', 1);
  v_few  bigint[];
BEGIN
  PERFORM may_read ();
  IF v_text IS NOT NULL THEN
    SELECT coalesce (array_agg (f.application_id), '{}') INTO v_few
      FROM (SELECT w.application_id FROM application_word w
             WHERE w.word >= v_word AND w.word < v_word || chr (1114111) LIMIT 1001) f;
    IF cardinality (v_few) > 1000 THEN
      v_few := NULL;
    END IF;
  END IF;
  RETURN QUERY
  SELECT a.* FROM api.application a
   WHERE (v_few IS NULL OR a.id = ANY (v_few))
     AND (p_states IS NULL OR a.state = ANY (p_states))
     AND (v_text IS NULL OR starts_with (lower (a.number), v_text) OR starts_with (a.id_number, v_text)
          OR strpos (' ' || lower (a.holder_name), ' ' || v_text) > 0)
     AND (p_before IS NULL OR (a.changed_at, a.id) < (p_before, coalesce (p_before_id, 0)))
   ORDER BY a.changed_at DESC, a.id DESC
   LIMIT least (greatest (coalesce (p_limit, 100), 0), 1000);
END
$$;
GRANT EXECUTE ON FUNCTION api.worklist (text[], text, timestamptz, bigint, int)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.application_word (office_code, word, application_id)
SELECT DISTINCT a.office_code, w, a.id
  FROM platen.application a, unnest (string_to_array (lower (a.holder_name), ' ') || ARRAY[lower (a.number), a.id_number]) w
 WHERE w <> '';

INSERT INTO platen.schema_version (version, title) VALUES (14, 'api: worklist');
