-- SPDX-License-Identifier: GPL-3.0-or-later
-- Roles, schemas, and the version of the schema itself.
--
-- Roles belong to the cluster and may be there already, made by another database of it. Every
-- later file begins with SET LOCAL ROLE, so that whatever it makes belongs to platen_owner.

DO $roles$
DECLARE
  v_group text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'platen_owner') THEN
    CREATE ROLE platen_owner NOLOGIN NOSUPERUSER CREATEROLE;
  END IF;
  FOREACH v_group IN ARRAY ARRAY['clerk', 'supervisor', 'operator', 'auditor', 'admin', 'kiosk'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'platen_' || v_group) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER', 'platen_' || v_group);
    END IF;
  END LOOP;
  -- A session is bound to its backend by process id and start time; the start time of another
  -- login's backend is shown only to members of this role.
  IF NOT pg_has_role('platen_owner', 'pg_read_all_stats', 'MEMBER') THEN
    GRANT pg_read_all_stats TO platen_owner;
  END IF;
END
$roles$;

CREATE SCHEMA platen AUTHORIZATION platen_owner;
CREATE SCHEMA api AUTHORIZATION platen_owner;
REVOKE ALL ON SCHEMA platen, api FROM PUBLIC;
CREATE EXTENSION pgcrypto WITH SCHEMA platen;

SET LOCAL ROLE platen_owner;

-- A new function can be called by everybody unless this is said before it is made.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE TABLE platen.schema_version (
  version     int PRIMARY KEY,
  title       text NOT NULL,
  upgraded_at timestamptz NOT NULL DEFAULT now()
);

-- The one way in which anything here says no: a state for the program, a sentence for the person,
-- and the name of the rule.
CREATE FUNCTION platen.refuse (p_state text, p_rule text, p_message text) RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = p_state, HINT = p_rule, MESSAGE = p_message;
END
$$;

-- ISO/IEC 7064 MOD 11,10 over a string of digits.
CREATE FUNCTION platen.mod11_10 (p_digits text) RETURNS int
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = platen, pg_temp AS $$
DECLARE
  v_product int := 10;
  v_sum     int;
BEGIN
  FOR i IN 1 .. length(p_digits) LOOP
    v_sum := (v_product + substr(p_digits, i, 1)::int) % 10;
    v_product := (CASE v_sum WHEN 0 THEN 10 ELSE v_sum END * 2) % 11;
  END LOOP;
  RETURN (11 - v_product) % 10;
END
$$;

CREATE FUNCTION platen.is_id_number (p_text text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (p_text ~ '^[0-9]{11}$'
                   AND right(p_text, 1)::int = platen.mod11_10 (left(p_text, 10)), false)
$$;

-- The day on which a number of years has passed. 29 February becomes 28 February in a common year,
-- as plt_date_add_years() has it.
CREATE FUNCTION platen.anniversary (p_day date, p_years int) RETURNS date
LANGUAGE sql IMMUTABLE STRICT SET search_path = platen, pg_temp AS $$
  SELECT (p_day + make_interval(years => p_years))::date
$$;

INSERT INTO platen.schema_version (version, title) VALUES (1, 'roles and version');
