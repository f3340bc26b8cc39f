-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is asked hundreds of times in each step of an application is planned once for each connection and not at each call: a function in SQL
-- that cannot become part of the asking statement (it has rights or settings of its own) is planned anew whenever it is called. And whose
-- connection this is, is known by one row.

SET LOCAL ROLE platen_owner;

-- A connection proves its session by a word that nobody else was told. When that is gone (RESET ALL), by the begin of its process: that is asked
-- of the server's activity, a copy of every connection's state, which is too much for every statement.
ALTER TABLE platen.session_backend ADD COLUMN proof text NOT NULL DEFAULT '';

CREATE OR REPLACE FUNCTION platen.bind_backend (p_session bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_proof text := set_config ('platen.proof', encode (gen_random_bytes (16), 'hex'), false);
BEGIN
  INSERT INTO session_backend (pid, backend_start, session_id, proof) VALUES (pg_backend_pid (), backend_start (), p_session, v_proof)
  ON CONFLICT (pid) DO UPDATE SET backend_start = excluded.backend_start, session_id = excluded.session_id, proof = excluded.proof;
END
$$;

-- Who works on this connection: one row, or none. Part of every statement that asks for it.
CREATE VIEW platen.session_here AS
SELECT s.id AS session_id, t.id AS staff_id, t.login, t.name, t.office_code, s.workstation, s.last_used_at, s.locked_at IS NOT NULL AS is_locked
  FROM platen.session_backend b
  JOIN platen.session s ON s.id = b.session_id
  JOIN platen.staff t ON t.id = s.staff_id
 WHERE b.pid = pg_backend_pid () AND (nullif (b.proof, '') = current_setting ('platen.proof', true) OR b.backend_start = platen.backend_start ())
   AND t.login = session_user AND t.active
   AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()
   AND s.last_used_at > clock_timestamp() - interval '30 minutes';

CREATE OR REPLACE FUNCTION platen.require_session () RETURNS platen.actor
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_here session_here;
BEGIN
  IF current_setting ('transaction_isolation') NOT LIKE 'read%' THEN
    PERFORM refuse ('P0001', 'ISOLATION', 'Nothing was read or changed, because this transaction does not see what others do meanwhile.'
                    ' Begin it with READ COMMITTED.');
  END IF;
  SELECT * INTO v_here FROM session_here;
  IF NOT FOUND THEN
    PERFORM refuse ('PL401', 'NO_SESSION', 'Nothing was read or changed, because nobody is signed in'
                    ' on this connection or the session has ended. Sign in again.');
  END IF;
  IF v_here.is_locked THEN
    PERFORM refuse ('PL401', 'SESSION_LOCKED', format ('Nothing was read or changed, because the session'
                    ' of %s is locked. Unlock it by signing in with a new code.', v_here.name));
  END IF;
  RETURN ROW (v_here.session_id, v_here.staff_id, v_here.login, v_here.name, v_here.office_code, v_here.workstation, v_here.last_used_at)::actor;
END
$$;

-- The condition of every row that belongs to an office. What is refused is refused in words, by the function above.
CREATE OR REPLACE FUNCTION platen.visible_offices () RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_office text;
BEGIN
  IF pg_has_role (session_user, 'platen_owner', 'MEMBER') THEN
    RETURN (SELECT array_agg (o.code) FROM office o);
  END IF;
  SELECT h.office_code INTO v_office FROM session_here h
   WHERE NOT h.is_locked AND current_setting ('transaction_isolation') LIKE 'read%';
  IF NOT FOUND THEN
    v_office := (require_session ()).office_code;
  END IF;
  IF pg_has_role (session_user, 'platen_auditor', 'MEMBER') THEN
    RETURN (SELECT array_agg (o.code) FROM office o);
  END IF;
  RETURN ARRAY[v_office];
END
$$;

-- These two answer with a whole row, which no expression can.
CREATE OR REPLACE FUNCTION platen.best_source (p_application bigint, p_source text, p_entered_only boolean) RETURNS platen.application_source
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_best application_source;
BEGIN
  SELECT s.* INTO v_best FROM application_source s
   WHERE s.application_id = p_application AND s.source = p_source
     AND NOT ((p_source = 'identity' OR p_entered_only) AND s.for_approval)
   ORDER BY s.state IN ('answered', 'not_found') DESC, s.id DESC
   LIMIT 1;
  RETURN v_best;
END
$$;

CREATE OR REPLACE FUNCTION platen.last_answer (p_application bigint) RETURNS platen.holder_answer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_last holder_answer;
BEGIN
  SELECT h.* INTO v_last FROM holder_answer h WHERE h.application_id = p_application ORDER BY h.id DESC LIMIT 1;
  RETURN v_last;
END
$$;

-- The others keep their words. In both languages a column is meant where a parameter has the same name, once the second is told so.
DO $plans$
DECLARE
  v_function regprocedure;
  v_body     text;
  v_is_set   boolean;
BEGIN
  FOREACH v_function IN ARRAY ARRAY[
    'platen.is_installer ()', 'platen.has_role (text)', 'platen.source_values (platen.facts, text)', 'platen.answers (platen.facts)',
    'platen.held_categories (platen.facts)', 'platen.parse_categories (text)', 'platen.open_fields (platen.facts)',
    'platen.other_answers (bigint, boolean)', 'platen.choice_stands (platen.facts, text, text, text, boolean)', 'platen.same_person (text)',
    'platen.has_withdrawn (text, text)', 'platen.has_exception (bigint, text, text)', 'platen.failed_photos (bigint)',
    'platen.rule_words (text, text, jsonb)', 'platen.birth_is_possible (text)', 'platen.search_key (text)', 'platen.search_words (text)',
    'platen.sound_key (text)', 'platen.anniversary (date, int)', 'platen.is_id_number (text)', 'platen.is_source (text)', 'platen.today ()',
    'platen.audit_hash (bytea, platen.audit)']::regprocedure[] LOOP
    SELECT p.prosrc, p.proretset INTO STRICT v_body, v_is_set FROM pg_proc p WHERE p.oid = v_function;
    EXECUTE replace (replace (pg_get_functiondef (v_function), E'\n LANGUAGE sql', E'\n LANGUAGE plpgsql'), v_body,
                     format (CASE WHEN v_is_set THEN E'\n#variable_conflict use_column\nBEGIN\n  RETURN QUERY\n%s;\nEND\n'
                                  ELSE E'\n#variable_conflict use_column\nBEGIN\n  RETURN (\n%s);\nEND\n' END, btrim (v_body, E' \n')));
  END LOOP;
END
$plans$;

INSERT INTO platen.schema_version (version, title) VALUES (70, 'plans are kept');
