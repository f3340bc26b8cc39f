-- SPDX-License-Identifier: GPL-3.0-or-later
-- One person under two ID numbers: linked by two people, and taken apart again by two people. Nothing of
-- either record is changed; what is done from then on is done under the number that is kept. A citizen belongs
-- to no office, so these rows are every office's.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.id_link (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_number   text NOT NULL CHECK (platen.is_id_number (id_number)),       -- the one that is kept
  other       text NOT NULL CHECK (platen.is_id_number (other)),
  state       text NOT NULL CHECK (state IN ('proposed', 'linked', 'unlinking', 'unlinked', 'refused')),
  asked_in    text NOT NULL REFERENCES platen.office,
  asked_by    int NOT NULL REFERENCES platen.staff,                        -- of the step that waits, or of the last one
  changed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT two_numbers CHECK (id_number <> other)
);
CREATE UNIQUE INDEX id_link_one_per_number ON platen.id_link (other) WHERE state IN ('proposed', 'linked', 'unlinking');
CREATE INDEX id_link_kept ON platen.id_link (id_number);

CREATE TABLE platen.id_link_step (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  link_id  bigint NOT NULL REFERENCES platen.id_link,
  at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  staff_id int NOT NULL REFERENCES platen.staff,
  state    text NOT NULL,
  reason   text NOT NULL CHECK (btrim (reason) <> '')
);
CREATE INDEX id_link_step_link ON platen.id_link_step (link_id, id);
CREATE TRIGGER id_link_step_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.id_link_step
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();

-- The numbers of one person: those that are linked with it, and itself.
CREATE FUNCTION platen.same_person (p_id_number text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT array_agg (DISTINCT n) FROM (
    SELECT p_id_number AS n
    UNION SELECT l.id_number FROM id_link l WHERE l.other = p_id_number AND l.state IN ('linked', 'unlinking')
    UNION SELECT l.other FROM id_link l WHERE l.id_number = p_id_number AND l.state IN ('linked', 'unlinking')) v
$$;

CREATE FUNCTION platen.move_link (p_actor platen.actor, p_link bigint, p_state text, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_link id_link;
BEGIN
  UPDATE id_link SET state = p_state, asked_by = p_actor.staff_id, changed_at = clock_timestamp() WHERE id = p_link RETURNING * INTO v_link;
  INSERT INTO id_link_step (link_id, staff_id, state, reason) VALUES (p_link, p_actor.staff_id, p_state, btrim (p_reason));
  PERFORM note (p_actor, p_actor.office_code, 'id_' || p_state, 'id_link', p_link::text,
                jsonb_build_object ('id_number', v_link.id_number, 'other', v_link.other, 'why', btrim (p_reason)));
  PERFORM pg_notify ('platen', format ('link %s %s', p_link, p_actor.office_code));
END
$$;

CREATE FUNCTION platen.find_link (p_link bigint, VARIADIC p_states text[]) RETURNS platen.id_link
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_link id_link;
BEGIN
  SELECT * INTO v_link FROM id_link WHERE id = p_link FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('Nothing was changed, because no ID numbers are linked under %s.',
                    coalesce (p_link::text, 'NULL')));
  ELSIF v_link.state <> ALL (p_states) THEN
    PERFORM refuse ('P0001', 'STATE', format ('Nothing was changed, because the link of %s and %s is %s.', v_link.id_number, v_link.other,
                    v_link.state));
  END IF;
  RETURN v_link;
END
$$;

CREATE FUNCTION api.propose_link (p_id_number text, p_other text, p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := demand ('clerk', 'supervisor');
  v_id    bigint;
BEGIN
  PERFORM refuse_id_number (p_id_number, 'The records were not linked');
  PERFORM refuse_id_number (p_other, 'The records were not linked');
  PERFORM refuse_without_reason (p_reason, 'The records were not linked');
  IF p_id_number = p_other THEN
    PERFORM refuse ('P0001', 'FIELD', 'The records were not linked, because both numbers are the same.');
  END IF;
  IF EXISTS (SELECT FROM id_link l WHERE l.state IN ('proposed', 'linked', 'unlinking')
              AND (l.other IN (p_id_number, p_other) OR l.id_number = p_other)) THEN
    PERFORM refuse ('P0001', 'STATE', 'The records were not linked, because one of the numbers is linked already, or waits for it.');
  END IF;
  INSERT INTO id_link (id_number, other, state, asked_in, asked_by)
  VALUES (p_id_number, p_other, 'proposed', v_actor.office_code, v_actor.staff_id) RETURNING id INTO v_id;
  PERFORM move_link (v_actor, v_id, 'proposed', p_reason);
  RETURN v_id;
END
$$;

CREATE FUNCTION api.propose_unlink (p_link bigint, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := demand ('clerk', 'supervisor');
  v_link  id_link := find_link (p_link, 'linked');
BEGIN
  PERFORM refuse_without_reason (p_reason, 'The records were not taken apart');
  PERFORM move_link (v_actor, v_link.id, 'unlinking', p_reason);
END
$$;

-- What one person asked for another one grants or refuses, with a reason.
CREATE FUNCTION api.decide_link (p_link bigint, p_agree boolean, p_reason text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := demand ('supervisor');
  v_link  id_link := find_link (p_link, 'proposed', 'unlinking');
  v_state text := CASE WHEN v_link.state = 'proposed' THEN CASE WHEN p_agree THEN 'linked' ELSE 'refused' END
                       ELSE CASE WHEN p_agree THEN 'unlinked' ELSE 'linked' END END;
BEGIN
  PERFORM refuse_without_reason (p_reason, 'Nothing was decided');
  IF v_link.asked_by = v_actor.staff_id THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', 'Nothing was decided, because you asked for it yourself. Ask another supervisor.');
  END IF;
  PERFORM move_link (v_actor, v_link.id, v_state, p_reason);
  RETURN v_state;
END
$$;

CREATE VIEW api.id_link WITH (security_barrier) AS
SELECT l.id, l.id_number, l.other, l.state, t.name AS asked_by, t.login AS asked_by_login, l.changed_at,
       (SELECT s.reason FROM platen.id_link_step s WHERE s.link_id = l.id ORDER BY s.id DESC LIMIT 1) AS reason
  FROM platen.id_link l JOIN platen.staff t ON t.id = l.asked_by
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.id_link_step WITH (security_barrier) AS
SELECT s.id, s.link_id, s.at, t.name AS who, s.state, s.reason
  FROM platen.id_link_step s JOIN platen.staff t ON t.id = s.staff_id
 WHERE (SELECT platen.may_read ());

-- An application runs under the number that is kept, and one person has one open application.
CREATE FUNCTION platen.refuse_linked_number () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_kept text;
BEGIN
  SELECT l.id_number INTO v_kept FROM id_link l WHERE l.other = NEW.id_number AND l.state IN ('linked', 'unlinking');
  IF FOUND THEN
    PERFORM refuse ('P0001', 'LINKED', format ('The application was not started, because %s is an older number of the same person.'
                    ' Look %s up and start it there.', NEW.id_number, v_kept));
  END IF;
  IF EXISTS (SELECT FROM application a WHERE a.id_number = ANY (same_person (NEW.id_number)) AND a.id_number <> NEW.id_number
              AND a.state NOT IN ('issued', 'rejected', 'withdrawn')) THEN
    PERFORM refuse ('P0001', 'OPEN_APPLICATION', 'The application was not started, because one is open under the other ID number of the'
                    ' same person. Continue that one, or withdraw it first.');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER linked_numbers_are_refused BEFORE INSERT ON platen.application
  FOR EACH ROW EXECUTE FUNCTION platen.refuse_linked_number ();

-- A licence held under the other number is a licence held.
CREATE OR REPLACE FUNCTION platen.rule_has_licence (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('number', v.number, 'date', coalesce (v.until::text, '?')), 'licence_number'::text
    FROM (SELECT l.number, l.expiry_date AS until FROM licence l
           WHERE l.id_number = ANY (same_person (f.id_number)) AND l.expiry_date >= f.today
          UNION ALL
          SELECT coalesce (f.driver ->> 'licence_number', '?'), to_date_or_null (f.driver ->> 'licence_expiry')
           WHERE f.driver ->> 'licence_status' IN ('valid', 'suspended')
             AND coalesce (to_date_or_null (f.driver ->> 'licence_expiry') >= f.today, true)) v
   WHERE f.type = 'new'
   LIMIT 1
$$;

GRANT SELECT ON api.id_link, api.id_link_step TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION api.propose_link (text, text, text), api.propose_unlink (bigint, text), api.decide_link (bigint, boolean, text)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.schema_version (version, title) VALUES (23, 'linked ID numbers');
