-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who looks a person up is noted (0003, 0026); who read the same person's application from a view was not. Each
-- statement that reads persons now leaves one row, however many rows it reads: who, where, which view, why, and the
-- statement as it was sent. Why is what the statement says of itself: the setting platen.purpose, or the comment that it
-- begins with, as all of Platen's own do; what somebody types is "typed". Without a row nothing is read, so that a
-- read-only transaction reads no persons.
-- ROLLBACK takes the row back and not what was read. So each reading also takes a number from a sequence of
-- the reader's own, readings_ID, which is not undone: who read more than is noted stands in api.read_gap.

SET LOCAL ROLE platen_owner;

-- The statements, each once: they are few and long.
CREATE TABLE platen.read_statement (
  id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sha256 bytea NOT NULL UNIQUE,
  text   text NOT NULL
);

CREATE TABLE platen.reading (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office_code  text NOT NULL REFERENCES platen.office,
  at           timestamptz NOT NULL DEFAULT clock_timestamp(),
  staff_id     int NOT NULL REFERENCES platen.staff,
  workstation  text NOT NULL,
  nth          bigint NOT NULL, -- of this reader
  what         text NOT NULL,   -- the view or function
  purpose      text NOT NULL CHECK (btrim (purpose) <> ''),
  statement_id bigint NOT NULL REFERENCES platen.read_statement
);
CREATE INDEX reading_at ON platen.reading (office_code, at);
CREATE INDEX reading_staff ON platen.reading (staff_id);
CREATE TRIGGER reading_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.reading
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
CREATE TRIGGER read_statement_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.read_statement
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
ALTER TABLE platen.reading ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.reading USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

CREATE FUNCTION platen.count_readings () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  EXECUTE format ('CREATE SEQUENCE platen.readings_%s', NEW.id);
  RETURN NULL;
END
$$;
CREATE TRIGGER readings_are_counted AFTER INSERT ON platen.staff FOR EACH ROW EXECUTE FUNCTION platen.count_readings ();
DO $staff$
DECLARE
  v_staff int;
BEGIN
  FOR v_staff IN SELECT id FROM platen.staff LOOP
    EXECUTE format ('CREATE SEQUENCE platen.readings_%s', v_staff);
  END LOOP;
END
$staff$;

CREATE FUNCTION platen.read_statement (p_text text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_sha256 bytea := sha256 (convert_to (p_text, 'UTF8'));
  v_id     bigint;
BEGIN
  SELECT s.id INTO v_id FROM read_statement s WHERE s.sha256 = v_sha256;
  IF NOT FOUND THEN
    INSERT INTO read_statement (sha256, text) VALUES (v_sha256, p_text) ON CONFLICT DO NOTHING RETURNING id INTO v_id;
    IF v_id IS NULL THEN
      SELECT s.id INTO v_id FROM read_statement s WHERE s.sha256 = v_sha256;
    END IF;
  END IF;
  RETURN v_id;
END
$$;

-- As may_read(), for what shows persons. Called once for each statement: in a sub-select, by itself.
CREATE FUNCTION platen.may_read_persons (p_what text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor     actor;
  v_statement text := left (coalesce (current_query (), ''), 4000);
  v_purpose   text := nullif (btrim (current_setting ('platen.purpose', true)), '');
BEGIN
  IF is_installer () THEN
    RETURN true;
  END IF;
  v_actor := require_session ();
  IF current_setting ('transaction_read_only')::boolean THEN
    PERFORM refuse ('P0001', 'READ_LOG', 'Nothing was read, because who reads persons is noted and this transaction cannot write.'
                    ' Begin it with READ WRITE.');
  END IF;
  INSERT INTO reading (office_code, staff_id, workstation, nth, what, purpose, statement_id)
  VALUES (v_actor.office_code, v_actor.staff_id, v_actor.workstation, nextval (format ('platen.readings_%s', v_actor.staff_id)::regclass),
          p_what, left (coalesce (v_purpose, nullif (btrim ((regexp_match (v_statement, '^\s*--\s*([^\n]*)'))[1]), ''), 'typed'), 200),
          read_statement (v_statement));
  RETURN true;
END
$$;

-- The views stay as they are but for who is asked. Left out are those without persons (stock, staff, office, category,
-- rules, waits, messages) and the logs, which are the auditors' own.
DO $views$
DECLARE
  v_view text;
  v_old  text;
  v_new  text;
BEGIN
  FOREACH v_view IN ARRAY ARRAY['application', 'application_source', 'application_answer', 'application_field', 'application_image',
                                'application_finding', 'event', 'card', 'card_file', 'licence', 'decision', 'id_link', 'id_link_step',
                                'prepared_application'] LOOP
    v_old := pg_get_viewdef (format ('api.%I', v_view)::regclass);
    v_new := replace (v_old, 'platen.may_read() AS may_read', format ('platen.may_read_persons(%L) AS may_read', v_view));
    IF v_new = v_old THEN
      RAISE EXCEPTION 'api.% asks nobody', v_view;
    END IF;
    EXECUTE format ('CREATE OR REPLACE VIEW api.%I WITH (security_barrier) AS %s', v_view, v_new);
  END LOOP;
END
$views$;

-- What functions show is noted by them; the work is done by the old ones, which nobody else can call any more.
ALTER FUNCTION api.card_data (bigint) SET SCHEMA platen;
CREATE FUNCTION api.card_data (p_application bigint)
RETURNS TABLE (family_name text, given_names text, family_name_native text, given_names_native text, birth_date date,
               birth_place text, sex text, nationality text, address text, death_date date,
               licence_number text, issue_date date, expiry_date date, categories text, authority text,
               portrait bytea, signature bytea, application_number text, card_number text,
               id_number text, card_serial text, approved boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
BEGIN
  PERFORM may_read_persons ('card_data');
  RETURN QUERY SELECT d.* FROM card_data (p_application) d;
END
$$;

ALTER FUNCTION api.evaluate (bigint) SET SCHEMA platen;
CREATE FUNCTION api.evaluate (p_application bigint)
RETURNS TABLE (application_id bigint, rule text, severity text, text text, cure text, legal_reference text, field text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
BEGIN
  PERFORM may_read_persons ('evaluate');
  RETURN QUERY SELECT e.* FROM evaluate (p_application) e;
END
$$;

ALTER FUNCTION api.recent_persons (int) SET SCHEMA platen;
CREATE FUNCTION api.recent_persons (p_limit int)
RETURNS TABLE (id_number text, holder_name text, family_name text, given_names text, family_name_native text, given_names_native text,
               birth_date date, address text, licence_number text, application_number text, application_state text, at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
BEGIN
  PERFORM may_read_persons ('recent_persons');
  RETURN QUERY SELECT r.* FROM recent_persons (p_limit) r;
END
$$;

CREATE VIEW api.read_log WITH (security_barrier) AS
SELECT r.id, r.at, t.login, t.name, r.office_code, r.workstation, r.what, r.purpose, s.text AS statement
  FROM platen.reading r
  JOIN platen.staff t ON t.id = r.staff_id
  JOIN platen.read_statement s ON s.id = r.statement_id
 WHERE (SELECT platen.may_read ('auditor'));

CREATE FUNCTION platen.readings_taken (p_staff int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_taken bigint;
BEGIN
  EXECUTE format ('SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM platen.readings_%s', p_staff) INTO v_taken;
  RETURN v_taken;
END
$$;

-- Some are innocent: what a refused change read goes with it. A person whose gaps grow by themselves reads and takes back.
CREATE VIEW api.read_gap WITH (security_barrier) AS
SELECT t.login, t.name, t.office_code, v.taken, v.kept, v.taken - v.kept AS taken_back
  FROM platen.staff t
 CROSS JOIN LATERAL (SELECT platen.readings_taken (t.id) AS taken, (SELECT count (*) FROM platen.reading r WHERE r.staff_id = t.id) AS kept) v
 WHERE (SELECT platen.may_read ('auditor'))
   AND t.office_code = ANY ((SELECT platen.visible_offices ())::text[]) AND v.taken > v.kept;

DO $grants$
DECLARE
  v_group text;
BEGIN
  FOREACH v_group IN ARRAY ARRAY['platen_clerk', 'platen_supervisor', 'platen_operator', 'platen_auditor', 'platen_admin'] LOOP
    EXECUTE format ('GRANT EXECUTE ON FUNCTION platen.may_read_persons (text), platen.readings_taken (int), api.card_data (bigint),'
                    ' api.evaluate (bigint), api.recent_persons (int) TO %I', v_group);
    EXECUTE format ('GRANT SELECT ON api.read_log, api.read_gap TO %I', v_group);
  END LOOP;
END
$grants$;
REVOKE EXECUTE ON FUNCTION platen.card_data (bigint), platen.evaluate (bigint), platen.recent_persons (int)
  FROM platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'Nothing was read, because who reads persons is noted and this transaction cannot write. Begin it with READ WRITE.',
 'Rien n’a été lu, car la consultation des personnes est consignée et cette transaction ne peut pas écrire. Commencez-la en READ WRITE.');

INSERT INTO platen.schema_version (version, title) VALUES (34, 'who read what');
