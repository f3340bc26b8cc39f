-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a registry said last of a person, for the time when it cannot be asked. It is shown with its age and
-- judges nothing: the rules go by platen.application_source alone.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.last_answer (
  office_code  text NOT NULL REFERENCES platen.office (code),
  id_number    text NOT NULL,
  source       text NOT NULL CHECK (platen.is_source (source)),
  state        text NOT NULL CHECK (state IN ('answered', 'not_found')),
  answered_at  timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  fields       text[] NOT NULL,
  field_values text[] NOT NULL CHECK (cardinality (field_values) = cardinality (fields)),
  noted_by     int NOT NULL REFERENCES platen.staff,
  PRIMARY KEY (office_code, id_number, source)
);
CREATE INDEX last_answer_expiry ON platen.last_answer (expires_at);
ALTER TABLE platen.last_answer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.last_answer USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

-- Whether this person has said in the log of who read whom that they look at the citizen.
CREATE FUNCTION platen.has_looked_up (p_actor platen.actor, p_id_number text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT EXISTS (SELECT FROM lookup l
                  WHERE l.id_number = p_id_number AND l.staff_id = p_actor.staff_id
                    AND l.at > clock_timestamp() - interval '1 hour')
$$;

-- Keeps an answer for p_keep seconds at most. False, and nothing kept, when it is none, when it is older than
-- what is kept, or when nobody looked this citizen up. What has run out is removed on the way, a little at a time.
CREATE FUNCTION api.note_answer (p_id_number text, p_source text, p_state text, p_answered_at timestamptz,
                                 p_fields text[], p_values text[], p_keep int) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor   actor := demand ('clerk', 'supervisor', 'operator', 'auditor');
  v_expires timestamptz := p_answered_at + make_interval (secs => least (p_keep, 366 * 86400));
BEGIN
  DELETE FROM last_answer l
   WHERE l.ctid IN (SELECT o.ctid FROM last_answer o WHERE o.expires_at < clock_timestamp() LIMIT 20);
  IF NOT is_source (p_source) OR coalesce (p_state, '') NOT IN ('answered', 'not_found')
     OR p_answered_at IS NULL OR p_answered_at > clock_timestamp() + interval '1 minute'
     OR coalesce (v_expires, '-infinity') <= clock_timestamp()
     OR coalesce (cardinality (p_fields), -1) <> coalesce (cardinality (p_values), -2) OR cardinality (p_fields) > 100
     OR EXISTS (SELECT FROM unnest (p_fields, p_values) a (field, value)
                 WHERE length (a.value) > 2000 OR NOT EXISTS (SELECT FROM field f WHERE f.field = a.field))
     OR NOT has_looked_up (v_actor, p_id_number) THEN
    RETURN false;
  END IF;
  INSERT INTO last_answer AS l (office_code, id_number, source, state, answered_at, expires_at, fields, field_values, noted_by)
  VALUES (v_actor.office_code, p_id_number, p_source, p_state, p_answered_at, v_expires, p_fields, p_values, v_actor.staff_id)
  ON CONFLICT (office_code, id_number, source) DO UPDATE
     SET state = excluded.state, answered_at = excluded.answered_at, expires_at = excluded.expires_at,
         fields = excluded.fields, field_values = excluded.field_values, noted_by = excluded.noted_by
   WHERE l.answered_at < excluded.answered_at;
  RETURN FOUND;
END
$$;

-- What is kept of a citizen in this office; nothing for who has not looked the citizen up.
CREATE FUNCTION api.last_answers (p_id_number text)
RETURNS TABLE (source text, state text, answered_at timestamptz, message text, fields text[], field_values text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := demand ('clerk', 'supervisor', 'operator', 'auditor');
BEGIN
  RETURN QUERY
    SELECT l.source, l.state, l.answered_at, NULL::text, l.fields, l.field_values
      FROM last_answer l
     WHERE l.office_code = v_actor.office_code AND l.id_number = p_id_number AND l.expires_at > clock_timestamp()
       AND has_looked_up (v_actor, p_id_number)
     ORDER BY l.source;
END
$$;

GRANT EXECUTE ON FUNCTION api.note_answer (text, text, text, timestamptz, text[], text[], int), api.last_answers (text)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

ALTER FUNCTION api.note_answer (text, text, text, timestamptz, text[], text[], int)
  SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on;
ALTER FUNCTION api.last_answers (text) SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on;

INSERT INTO platen.schema_version (version, title) VALUES (29, 'last known answers');
