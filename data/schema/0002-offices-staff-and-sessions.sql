-- SPDX-License-Identifier: GPL-3.0-or-later
-- Offices, staff, second factors and sessions, and the question that everything else asks first:
-- who is this, and may they?

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.office (
  code       text PRIMARY KEY CHECK (code ~ '^[A-Z][A-Z0-9]{1,3}$'),
  name       text NOT NULL CHECK (btrim(name) <> ''),
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Roles are memberships of the login role in the platen_ groups; they are not repeated here.
CREATE TABLE platen.staff (
  id          int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  login       text NOT NULL UNIQUE CHECK (login ~ '^[a-z][a-z0-9_.-]{0,30}$'),
  name        text NOT NULL CHECK (btrim(name) <> ''),
  office_code text NOT NULL REFERENCES platen.office,
  active      boolean NOT NULL DEFAULT true,
  created_at  timestamptz NOT NULL DEFAULT now()
);

-- The shared secret and the last time step that was used, so that each code works once. Wrong codes
-- are counted in a sequence of its own per person, wrong_codes_ID, because a sequence is the one
-- thing that ROLLBACK does not undo: who guesses inside BEGIN … ROLLBACK is counted all the same.
-- Its value is (second of the last wrong code) * 8 + (number of wrong codes).
CREATE TABLE platen.second_factor (
  staff_id  int PRIMARY KEY REFERENCES platen.staff,
  secret    bytea NOT NULL CHECK (length(secret) >= 20),
  last_step bigint NOT NULL DEFAULT 0
);

-- Only the hash of a token is kept.
CREATE TABLE platen.session (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  token_sha256 bytea NOT NULL UNIQUE,
  staff_id     int NOT NULL REFERENCES platen.staff,
  workstation  text NOT NULL CHECK (btrim(workstation) <> ''),
  opened_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_used_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at   timestamptz NOT NULL DEFAULT clock_timestamp() + interval '12 hours',
  locked_at    timestamptz,
  ended_at     timestamptz
);

-- Which connection works for which session. The process id alone would be inherited by a stranger.
CREATE TABLE platen.session_backend (
  pid           int PRIMARY KEY,
  backend_start timestamptz NOT NULL,
  session_id    bigint NOT NULL REFERENCES platen.session
);
CREATE INDEX session_backend_session ON platen.session_backend (session_id);

CREATE TYPE platen.actor AS (
  session_id   bigint,
  staff_id     int,
  login        text,
  name         text,
  office_code  text,
  workstation  text,
  last_used_at timestamptz
);

CREATE FUNCTION platen.backend_start () RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT backend_start FROM pg_stat_get_activity (pg_backend_pid ())
$$;

-- Superusers and members of platen_owner set an office up before it has any staff.
CREATE FUNCTION platen.is_installer () RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT pg_has_role (session_user, 'platen_owner', 'MEMBER')
$$;

CREATE FUNCTION platen.roles_of (p_login text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce (array_agg (substr(g.rolname, 8) ORDER BY g.rolname), '{}')
    FROM pg_auth_members m
    JOIN pg_roles g ON g.oid = m.roleid
    JOIN pg_roles r ON r.oid = m.member
   WHERE r.rolname = p_login AND g.rolname ~ '^platen_(clerk|supervisor|operator|auditor|admin|kiosk)$'
$$;

-- Who works on this connection. Raises PL401 where nobody does.
CREATE FUNCTION platen.require_session () RETURNS platen.actor
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor  actor;
  v_locked boolean;
BEGIN
  SELECT s.id, t.id, t.login, t.name, t.office_code, s.workstation, s.last_used_at
    INTO v_actor
    FROM session_backend b
    JOIN session s ON s.id = b.session_id
    JOIN staff t ON t.id = s.staff_id
   WHERE b.pid = pg_backend_pid () AND b.backend_start = backend_start ()
     AND t.login = session_user AND t.active
     AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()
     AND s.last_used_at > clock_timestamp() - interval '30 minutes';
  IF NOT FOUND THEN
    PERFORM refuse ('PL401', 'NO_SESSION', 'Nothing was read or changed, because nobody is signed in'
                    ' on this connection or the session has ended. Sign in again.');
  END IF;
  SELECT s.locked_at IS NOT NULL INTO v_locked FROM session s WHERE s.id = v_actor.session_id;
  IF v_locked THEN
    PERFORM refuse ('PL401', 'SESSION_LOCKED', format ('Nothing was read or changed, because the session'
                    ' of %s is locked. Unlock it by signing in with a new code.', v_actor.name));
  END IF;
  RETURN v_actor;
END
$$;

CREATE FUNCTION platen.has_role (p_role text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT pg_has_role (session_user, ('platen_' || p_role)::name, 'MEMBER')
$$;

CREATE FUNCTION platen.refuse_role (VARIADIC p_roles text[]) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM refuse ('42501', 'ROLE', format ('This was not done, because it needs the role %s and %s does not'
                  ' hold it. Ask a colleague who does.', array_to_string (p_roles, ' or '), session_user));
END
$$;

-- The first line of every writing function: a session, and one of these roles. It also says that
-- somebody works here; reading a view does not, since windows read by themselves.
CREATE FUNCTION platen.demand (VARIADIC p_roles text[]) RETURNS platen.actor
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := require_session ();
BEGIN
  IF NOT EXISTS (SELECT FROM unnest (p_roles) r WHERE has_role (r)) THEN
    PERFORM refuse_role (VARIADIC p_roles);
  END IF;
  IF v_actor.last_used_at < clock_timestamp() - interval '1 minute' THEN
    UPDATE session SET last_used_at = clock_timestamp()
     WHERE id = (SELECT s.id FROM session s WHERE s.id = v_actor.session_id FOR UPDATE SKIP LOCKED);
  END IF;
  RETURN v_actor;
END
$$;

-- An administrator with a session, or an installer without one.
CREATE FUNCTION platen.demand_administrator (VARIADIC p_roles text[]) RETURNS platen.actor
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF is_installer () THEN
    RETURN ROW (NULL, NULL, session_user, session_user, NULL, 'installation', clock_timestamp())::actor;
  END IF;
  RETURN demand (VARIADIC p_roles);
END
$$;

-- The offices whose rows this connection may see: the person's own; all of them for an auditor.
-- Row-level security asks it once per statement.
CREATE FUNCTION platen.visible_offices () RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor;
BEGIN
  IF is_installer () THEN
    RETURN (SELECT array_agg (o.code) FROM office o);
  END IF;
  v_actor := require_session ();
  IF has_role ('auditor') THEN
    RETURN (SELECT array_agg (o.code) FROM office o);
  END IF;
  RETURN ARRAY[v_actor.office_code];
END
$$;

-- The condition of every view: true, or refused. Without roles a session is enough.
CREATE FUNCTION platen.may_read (VARIADIC p_roles text[] DEFAULT '{}') RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF is_installer () THEN
    RETURN true;
  END IF;
  PERFORM require_session ();
  IF p_roles <> '{}' AND NOT EXISTS (SELECT FROM unnest (p_roles) r WHERE has_role (r)) THEN
    PERFORM refuse_role (VARIADIC p_roles);
  END IF;
  RETURN true;
END
$$;

-- RFC 6238 with SHA-1, six digits and a step of 30 s.
CREATE FUNCTION platen.totp (p_secret bytea, p_step bigint) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = platen, pg_temp AS $$
DECLARE
  v_hash   bytea := hmac (int8send (p_step), p_secret, 'sha1');
  v_offset int := get_byte (v_hash, 19) & 15;
  v_number bigint := 0;
BEGIN
  FOR i IN 0 .. 3 LOOP
    v_number := (v_number << 8) | get_byte (v_hash, v_offset + i);
  END LOOP;
  RETURN lpad (((v_number & 2147483647) % 1000000)::text, 6, '0');
END
$$;

-- RFC 4648 base32 without padding, as authenticator programs read secrets. Twenty bytes are 32
-- characters exactly.
CREATE FUNCTION platen.base32 (p_bytes bytea) RETURNS text
LANGUAGE sql IMMUTABLE STRICT SET search_path = platen, pg_temp AS $$
  SELECT string_agg (substr ('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
                             1 + substr (b.bits, i * 5 + 1, 5)::bit(5)::int, 1), '' ORDER BY i)
    FROM (SELECT string_agg (get_byte (p_bytes, n)::bit(8)::text, '' ORDER BY n) AS bits
            FROM generate_series (0, length (p_bytes) - 1) n) b,
         generate_series (0, length (p_bytes) * 8 / 5 - 1) i
$$;

-- Raises unless the code is right, new, and the person is not paused. The row lock makes guesses
-- of one person wait for one another.
CREATE FUNCTION platen.check_second_factor (p_staff_id int, p_code text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_sequence text := format ('platen.wrong_codes_%s', p_staff_id);
  v_now      bigint := floor (extract (epoch FROM clock_timestamp()));
  v_factor   second_factor;
  v_state    bigint;
  v_wrong    int;
  v_step     bigint;
BEGIN
  SELECT * INTO STRICT v_factor FROM second_factor WHERE staff_id = p_staff_id FOR UPDATE;
  EXECUTE format ('SELECT last_value FROM %s', v_sequence) INTO v_state;
  v_wrong := v_state & 7;
  IF v_wrong >= 5 AND v_now < (v_state >> 3) + 60 THEN
    PERFORM refuse ('PL401', 'SECOND_FACTOR_PAUSED', format ('You were not signed in, because five wrong codes were'
                    ' typed for %s. Wait a minute, then type a new code.', session_user));
  ELSIF v_wrong >= 5 THEN
    v_wrong := 0;
  END IF;

  SELECT s INTO v_step FROM generate_series (v_now / 30 - 1, v_now / 30 + 1) s
   WHERE totp (v_factor.secret, s) = p_code ORDER BY s DESC LIMIT 1;
  IF v_step IS NULL OR v_step <= v_factor.last_step THEN
    PERFORM setval (v_sequence, (v_now << 3) | (v_wrong + 1));
    PERFORM refuse ('PL401', 'SECOND_FACTOR', CASE WHEN v_step IS NULL
                    THEN 'You were not signed in, because the six-digit code is wrong. Type the code that is shown now.'
                    ELSE 'You were not signed in, because this code was used already. Wait for the next code.' END);
  END IF;
  PERFORM setval (v_sequence, 0);
  UPDATE second_factor SET last_step = v_step WHERE staff_id = p_staff_id;
END
$$;

INSERT INTO platen.schema_version (version, title) VALUES (2, 'offices, staff and sessions');
