-- SPDX-License-Identifier: GPL-3.0-or-later
-- What happened, for people (event) and for auditors (audit, lookup). Nothing here is ever changed.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.event (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office_code    text NOT NULL REFERENCES platen.office,
  at             timestamptz NOT NULL DEFAULT clock_timestamp(),
  staff_id       int REFERENCES platen.staff,
  workstation    text NOT NULL,
  subject        text NOT NULL CHECK (subject IN ('application', 'card')),
  application_id bigint NOT NULL,
  card_id        bigint,
  what           text NOT NULL,
  text           text NOT NULL,
  why            text
);
CREATE INDEX event_application ON platen.event (application_id, id);
CREATE INDEX event_card ON platen.event (card_id, id) WHERE card_id IS NOT NULL;

-- One chain per office: each row's hash covers its contents and the hash before it. Rows that belong
-- to no office (offices and staff set up by an installer) stand in the chain of the office concerned.
CREATE TABLE platen.audit (
  office_code text NOT NULL REFERENCES platen.office,
  seq         bigint NOT NULL,
  at          timestamptz NOT NULL,
  login       text NOT NULL,
  workstation text NOT NULL,
  action      text NOT NULL,
  subject     text NOT NULL,
  subject_id  text,
  detail      jsonb NOT NULL,
  hash        bytea NOT NULL,
  PRIMARY KEY (office_code, seq)
);

-- The end of each chain: it gives the next number and shows when rows at the end were cut off.
CREATE TABLE platen.audit_head (
  office_code text PRIMARY KEY REFERENCES platen.office,
  seq         bigint NOT NULL,
  hash        bytea NOT NULL
);

CREATE TABLE platen.lookup (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office_code text NOT NULL REFERENCES platen.office,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  staff_id    int NOT NULL REFERENCES platen.staff,
  workstation text NOT NULL,
  id_number   text NOT NULL,
  purpose     text NOT NULL CHECK (btrim(purpose) <> '')
);
CREATE INDEX lookup_id_number ON platen.lookup (id_number, at);

CREATE FUNCTION platen.refuse_change () RETURNS trigger
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  PERFORM platen.refuse ('42501', 'APPEND_ONLY', format ('Nothing was changed, because rows of %s are kept as they'
                         ' were written. Write a new one that corrects it.', TG_TABLE_NAME));
  RETURN NULL;
END
$$;

CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.event
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.audit
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
CREATE TRIGGER lookup_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.lookup
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();

-- The text form of a jsonb array is the same for the same contents whatever the client's settings;
-- the time is written out for that reason.
CREATE FUNCTION platen.audit_hash (p_previous bytea, p_row platen.audit) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT sha256 (p_previous || convert_to (jsonb_build_array (
           p_row.office_code, p_row.seq, to_char (p_row.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
           p_row.login, p_row.workstation, p_row.action, p_row.subject, p_row.subject_id, p_row.detail)::text, 'UTF8'))
$$;

CREATE FUNCTION platen.note (p_actor platen.actor, p_office text, p_action text, p_subject text,
                             p_subject_id text, p_detail jsonb DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_head audit_head;
  v_row  audit;
BEGIN
  SELECT * INTO STRICT v_head FROM audit_head WHERE office_code = p_office FOR UPDATE;
  v_row := ROW (p_office, v_head.seq + 1, clock_timestamp(), p_actor.login, p_actor.workstation, p_action,
                p_subject, p_subject_id, jsonb_strip_nulls (p_detail), '')::audit;
  v_row.hash := audit_hash (v_head.hash, v_row);
  INSERT INTO audit SELECT (v_row).*;
  UPDATE audit_head SET seq = v_row.seq, hash = v_row.hash WHERE office_code = p_office;
END
$$;

-- Everything that happens to an application or a card goes through here: history, audit, other desks.
CREATE FUNCTION platen.record_event (p_actor platen.actor, p_application bigint, p_card bigint, p_what text,
                                     p_text text, p_why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_subject text := CASE WHEN p_card IS NULL THEN 'application' ELSE 'card' END;
BEGIN
  INSERT INTO event (office_code, staff_id, workstation, subject, application_id, card_id, what, text, why)
  VALUES (p_actor.office_code, p_actor.staff_id, p_actor.workstation, v_subject, p_application, p_card,
          p_what, p_text, nullif (btrim (p_why), ''));
  PERFORM note (p_actor, p_actor.office_code, p_what, v_subject, coalesce (p_card, p_application)::text,
                jsonb_build_object ('text', p_text, 'why', nullif (btrim (p_why), '')));
  PERFORM pg_notify ('platen', format ('%s %s %s', v_subject, coalesce (p_card, p_application), p_actor.office_code));
END
$$;

INSERT INTO platen.schema_version (version, title) VALUES (3, 'events and audit');
