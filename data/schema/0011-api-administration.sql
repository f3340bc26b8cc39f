-- SPDX-License-Identifier: GPL-3.0-or-later
-- Stock, offices and staff, and the walk along the audit chains.

SET LOCAL ROLE platen_owner;

CREATE FUNCTION api.add_stock (p_first_serial text, p_count int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := demand ('admin', 'operator');
  v_taken text;
BEGIN
  IF coalesce (p_first_serial, '') !~ '^B[0-9]{8}$' OR p_count IS NULL OR p_count NOT BETWEEN 1 AND 100000
     OR substr (p_first_serial, 2)::int + p_count - 1 > 99999999 THEN
    PERFORM refuse ('P0001', 'FIELD', 'No blanks were added, because a serial is B with eight digits and a delivery has 1 to 100000 blanks.'
                    ' Read the first serial again.');
  END IF;
  -- The unique index sees the blanks of all offices; the message must not.
  BEGIN
    INSERT INTO blank (serial, office_code, place)
    SELECT 'B' || lpad ((substr (p_first_serial, 2)::int + i)::text, 8, '0'), v_actor.office_code, 'safe'
      FROM generate_series (0, p_count - 1) i;
  EXCEPTION WHEN unique_violation THEN
    PERFORM refuse ('P0001', 'FIELD', format ('No blanks were added, because some of %s blanks from %s on are in the stock already. Compare'
                    ' the serials with the delivery note.', p_count, p_first_serial));
  END;
  INSERT INTO stock_ledger (office_code, serial, from_place, to_place, staff_id)
  SELECT v_actor.office_code, 'B' || lpad ((substr (p_first_serial, 2)::int + i)::text, 8, '0'), 'supplier', 'safe', v_actor.staff_id
    FROM generate_series (0, p_count - 1) i;
  PERFORM note (v_actor, v_actor.office_code, 'add_stock', 'stock', p_first_serial, jsonb_build_object ('count', p_count));
  PERFORM pg_notify ('platen', format ('stock 0 %s', v_actor.office_code));
END
$$;

CREATE FUNCTION api.add_office (p_code text, p_name text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := demand_administrator ('admin');
BEGIN
  IF coalesce (p_code, '') !~ '^[A-Z][A-Z0-9]{1,3}$' OR btrim (coalesce (p_name, '')) = ''
     OR EXISTS (SELECT FROM office WHERE code = p_code) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Office %s was not added, because its code is taken or is not two to four capitals and digits, or'
                    ' its name is missing.', coalesce (quote_literal (p_code), 'without a code')));
  END IF;
  INSERT INTO office (code, name) VALUES (p_code, btrim (p_name));
  INSERT INTO audit_head (office_code, seq, hash) VALUES (p_code, 0, sha256 (convert_to (p_code, 'UTF8')));
  PERFORM note (v_actor, p_code, 'add_office', 'office', p_code, jsonb_build_object ('name', btrim (p_name)));
END
$$;

-- Makes the login role, or takes one over that another Platen database of this cluster has made; a role of
-- anybody else is never touched.
CREATE FUNCTION platen.make_login (p_login text, p_roles text[], p_scram text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_role oid;
  v_group text;
BEGIN
  SELECT oid INTO v_role FROM pg_roles WHERE rolname = p_login;
  IF v_role IS NULL THEN
    EXECUTE format ('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', p_login);
    EXECUTE format ('COMMENT ON ROLE %I IS %L', p_login, 'Platen staff');
  ELSIF shobj_description (v_role, 'pg_authid') IS DISTINCT FROM 'Platen staff' THEN
    PERFORM refuse ('P0001', 'FIELD', format ('%s was not added, because the database server has a role of that name already. Choose another'
                    ' login.', p_login));
  END IF;
  IF p_scram IS NOT NULL THEN
    EXECUTE format ('ALTER ROLE %I LOGIN PASSWORD %L', p_login, p_scram);
  END IF;
  FOREACH v_group IN ARRAY ARRAY['clerk', 'supervisor', 'operator', 'auditor', 'admin', 'kiosk'] LOOP
    IF v_group = ANY (p_roles) AND v_group <> ALL (roles_of (p_login)) THEN
      EXECUTE format ('GRANT platen_%s TO %I', v_group, p_login);
    ELSIF v_group <> ALL (p_roles) AND v_group = ANY (roles_of (p_login)) THEN
      EXECUTE format ('REVOKE platen_%s FROM %I', v_group, p_login);
    END IF;
  END LOOP;
END
$$;

CREATE FUNCTION platen.refuse_bad_staff (p_login text, p_name text, p_office_code text, p_roles text[], p_scram text) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_wrong text;
BEGIN
  v_wrong := CASE
    WHEN coalesce (p_login, '') !~ '^[a-z][a-z0-9_.-]{0,30}$' OR p_login ~ '^(pg_|platen_)' THEN 'a login is lower-case letters and digits'
    WHEN EXISTS (SELECT FROM staff WHERE login = p_login) THEN 'that login is taken'
    WHEN btrim (coalesce (p_name, '')) = '' THEN 'the name is missing'
    WHEN NOT EXISTS (SELECT FROM office WHERE code = p_office_code) THEN 'there is no such office'
    WHEN coalesce (cardinality (p_roles), 0) = 0 OR NOT p_roles <@ ARRAY['clerk', 'supervisor', 'operator', 'auditor', 'admin', 'kiosk']
      THEN 'the roles are clerk, supervisor, operator, auditor, admin and kiosk'
    WHEN p_scram IS NOT NULL AND p_scram !~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$'
      THEN 'the password must come as a SCRAM-SHA-256 verifier' END;
  IF v_wrong IS NOT NULL THEN
    PERFORM refuse ('P0001', 'FIELD', format ('%s was not added, because %s.', coalesce (quote_literal (p_login), 'Nobody'), v_wrong));
  END IF;
END
$$;

CREATE FUNCTION api.add_staff (p_login text, p_name text, p_office_code text, p_roles text[], p_scram text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor  actor := demand_administrator ('admin');
  v_secret bytea := gen_random_bytes (20);
  v_staff  int;
BEGIN
  PERFORM refuse_bad_staff (p_login, p_name, p_office_code, p_roles, p_scram);
  PERFORM make_login (p_login, p_roles, p_scram);
  INSERT INTO staff (login, name, office_code) VALUES (p_login, btrim (p_name), p_office_code) RETURNING id INTO v_staff;
  INSERT INTO second_factor (staff_id, secret) VALUES (v_staff, v_secret);
  EXECUTE format ('CREATE SEQUENCE platen.wrong_codes_%s MINVALUE 0 START 0', v_staff);
  PERFORM note (v_actor, p_office_code, 'add_staff', 'staff', p_login, jsonb_build_object ('roles', p_roles));
  RETURN format ('otpauth://totp/Platen:%s?secret=%s&issuer=Platen&algorithm=SHA1&digits=6&period=30', p_login, base32 (v_secret));
END
$$;

CREATE FUNCTION api.set_staff_active (p_login text, p_active boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := demand_administrator ('admin');
  v_staff staff;
BEGIN
  SELECT * INTO v_staff FROM staff WHERE login = p_login FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nobody was changed, because %s is no member of staff. Look at the list of staff.',
                    coalesce (quote_literal (p_login), 'an empty login')));
  ELSIF v_staff.id = v_actor.staff_id OR p_active IS NULL THEN
    PERFORM refuse ('P0001', 'FIELD', 'Nothing was changed, because nobody switches off their own login. Ask another administrator.');
  END IF;
  UPDATE staff SET active = p_active WHERE id = v_staff.id;
  EXECUTE format ('ALTER ROLE %I %s', p_login, CASE WHEN p_active THEN 'LOGIN' ELSE 'NOLOGIN' END);
  IF NOT p_active THEN
    PERFORM end_sessions (v_staff.id);
  END IF;
  PERFORM note (v_actor, v_staff.office_code, 'set_staff_active', 'staff', p_login, jsonb_build_object ('active', p_active));
END
$$;

-- For an empty installation, called by a superuser or a member of platen_owner without a session.
CREATE FUNCTION platen.add_first_admin (p_login text, p_name text, p_office_code text, p_office_name text, p_scram text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
BEGIN
  IF NOT is_installer () THEN
    PERFORM refuse_role ('platen_owner');
  END IF;
  IF NOT EXISTS (SELECT FROM office WHERE code = p_office_code) THEN
    PERFORM api.add_office (p_office_code, p_office_name);
  END IF;
  RETURN api.add_staff (p_login, p_name, p_office_code, ARRAY['admin'], p_scram);
END
$$;

-- One row per office that may be seen: how long the chain is, the first row that does not fit (NULL when all
-- do), and the hash at the end, to be written down outside of this machine.
CREATE FUNCTION api.verify_audit ()
RETURNS TABLE (office_code text, entries bigint, broken_at bigint, head_sha256 text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_actor actor := demand ('auditor', 'admin');
BEGIN
  RETURN QUERY
  WITH chain AS (
    SELECT a.office_code, a.seq, a.hash,
           a.seq = row_number () OVER w
             AND a.hash = audit_hash (coalesce (lag (a.hash) OVER w, sha256 (convert_to (a.office_code, 'UTF8'))), a) AS fits
      FROM audit a WINDOW w AS (PARTITION BY a.office_code ORDER BY a.seq))
  SELECT h.office_code, v.entries,
         coalesce (v.first_wrong,
                   CASE WHEN NOT EXISTS (SELECT FROM chain c WHERE c.office_code = h.office_code AND c.seq = h.seq AND c.hash = h.hash)
                        THEN v.entries + 1 END),
         encode (h.hash, 'hex')
    FROM audit_head h,
         LATERAL (SELECT count (*) AS entries, min (c.seq) FILTER (WHERE NOT c.fits) AS first_wrong
                    FROM chain c WHERE c.office_code = h.office_code) v
   WHERE h.office_code = ANY (visible_offices ())
   ORDER BY h.office_code;
END
$$;

INSERT INTO platen.schema_version (version, title) VALUES (11, 'api: administration');
