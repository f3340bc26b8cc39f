-- SPDX-License-Identifier: GPL-3.0-or-later
-- Signing in and out, and the schema's version: the only functions that work without a session.

SET LOCAL ROLE platen_owner;

CREATE FUNCTION api.schema_version () RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT max (version) FROM schema_version
$$;

CREATE FUNCTION platen.bind_backend (p_session bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  INSERT INTO session_backend (pid, backend_start, session_id) VALUES (pg_backend_pid (), backend_start (), p_session)
  ON CONFLICT (pid) DO UPDATE SET backend_start = excluded.backend_start, session_id = excluded.session_id
$$;

CREATE FUNCTION platen.end_sessions (p_staff_id int) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  UPDATE session SET ended_at = clock_timestamp() WHERE staff_id = p_staff_id AND ended_at IS NULL
$$;

CREATE FUNCTION api.open_session (p_totp text, p_workstation text)
RETURNS TABLE (token text, staff_login text, staff_name text, office_code text, office_name text, roles text[], expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_staff   staff;
  v_token   text := encode (gen_random_bytes (32), 'hex');
  v_session session;
BEGIN
  SELECT * INTO v_staff FROM staff WHERE login = session_user AND active;
  IF NOT FOUND THEN
    PERFORM refuse ('42501', 'ROLE', format ('You were not signed in, because %s is not an active member of staff here.'
                    ' Ask the administrator to add you.', session_user));
  END IF;
  IF btrim (coalesce (p_workstation, '')) = '' THEN
    PERFORM refuse ('P0001', 'FIELD', 'You were not signed in, because the workstation has no name. Set one in the'
                    ' office configuration.');
  END IF;
  PERFORM check_second_factor (v_staff.id, p_totp);
  INSERT INTO session (token_sha256, staff_id, workstation)
  VALUES (sha256 (v_token::bytea), v_staff.id, left (btrim (p_workstation), 100)) RETURNING * INTO v_session;
  PERFORM bind_backend (v_session.id);
  PERFORM note (ROW (v_session.id, v_staff.id, v_staff.login, v_staff.name, v_staff.office_code, v_session.workstation, NULL)::actor,
                v_staff.office_code, 'open_session', 'session', v_session.id::text);
  RETURN QUERY SELECT v_token, v_staff.login, v_staff.name, o.code, o.name, roles_of (v_staff.login), v_session.expires_at
                 FROM office o WHERE o.code = v_staff.office_code;
END
$$;

CREATE FUNCTION api.whoami ()
RETURNS TABLE (staff_login text, staff_name text, office_code text, office_name text, roles text[], expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_actor actor := demand ('clerk', 'supervisor', 'operator', 'auditor', 'admin', 'kiosk');
BEGIN
  RETURN QUERY SELECT v_actor.login, v_actor.name, o.code, o.name, roles_of (v_actor.login), s.expires_at
                 FROM office o, session s WHERE o.code = v_actor.office_code AND s.id = v_actor.session_id;
END
$$;

CREATE FUNCTION api.resume_session (p_token text)
RETURNS TABLE (token text, staff_login text, staff_name text, office_code text, office_name text, roles text[], expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_session bigint;
BEGIN
  -- Another login's token is as unknown here as one that was never given.
  SELECT s.id INTO v_session FROM session s JOIN staff t ON t.id = s.staff_id
   WHERE s.token_sha256 = sha256 (convert_to (coalesce (p_token, ''), 'UTF8')) AND t.login = session_user
     AND s.ended_at IS NULL;
  IF v_session IS NULL THEN
    PERFORM refuse ('PL401', 'NO_SESSION', 'The session was not resumed, because it is not one of yours or has ended.'
                    ' Sign in again.');
  END IF;
  PERFORM bind_backend (v_session);
  RETURN QUERY SELECT p_token, w.staff_login, w.staff_name, w.office_code, w.office_name, w.roles, w.expires_at
                 FROM api.whoami () w;
END
$$;

-- A locked session is unlocked by opening a new one: a token alone does not do it.
CREATE FUNCTION api.lock_session () RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := require_session ();
BEGIN
  UPDATE session SET locked_at = clock_timestamp() WHERE id = v_actor.session_id;
  PERFORM note (v_actor, v_actor.office_code, 'lock_session', 'session', v_actor.session_id::text);
END
$$;

CREATE FUNCTION api.close_session () RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := require_session ();
BEGIN
  UPDATE session SET ended_at = clock_timestamp() WHERE id = v_actor.session_id;
  DELETE FROM session_backend WHERE session_id = v_actor.session_id;
  PERFORM note (v_actor, v_actor.office_code, 'close_session', 'session', v_actor.session_id::text);
END
$$;

INSERT INTO platen.schema_version (version, title) VALUES (8, 'api: sessions');
