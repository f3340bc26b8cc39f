-- SPDX-License-Identifier: GPL-3.0-or-later
-- Rows of other offices do not exist, for the owner's own functions either; and who may call what.

SET LOCAL ROLE platen_owner;

DO $policies$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['application', 'application_editor', 'application_source', 'application_field', 'application_image',
                                 'finding', 'event', 'lookup', 'licence', 'blank', 'stock_ledger', 'card', 'card_file'] LOOP
    EXECUTE format ('ALTER TABLE platen.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', v_table);
    -- In a sub-select, so that it is asked once per statement and not once per row.
    EXECUTE format ('CREATE POLICY own_office ON platen.%I USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]))', v_table);
  END LOOP;
END
$policies$;

-- The audit is also written while a session is being opened, and by an installer; only its view is narrowed.
ALTER TABLE platen.audit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.audit FOR SELECT USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));
CREATE POLICY anybody_adds ON platen.audit FOR INSERT WITH CHECK (true);

-- Every group may call every function of api: the function itself looks at the role, and says in words who
-- may; without EXECUTE the server would say "permission denied" and nothing more.
DO $grants$
DECLARE
  v_group text;
BEGIN
  FOREACH v_group IN ARRAY ARRAY['platen_clerk', 'platen_supervisor', 'platen_operator', 'platen_auditor', 'platen_admin'] LOOP
    EXECUTE format ('GRANT USAGE ON SCHEMA api TO %I', v_group);
    EXECUTE format ('GRANT SELECT ON ALL TABLES IN SCHEMA api TO %I', v_group);
    EXECUTE format ('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA api TO %I', v_group);
  END LOOP;
END
$grants$;
GRANT USAGE ON SCHEMA api TO platen_kiosk;
GRANT EXECUTE ON FUNCTION api.open_session (text, text), api.resume_session (text), api.close_session (), api.whoami (),
                          api.schema_version () TO platen_kiosk;

-- What views and policies call is called in the reader's name. Without USAGE on schema platen none of these
-- can be named by a reader.
GRANT EXECUTE ON FUNCTION platen.may_read (text[]), platen.visible_offices (), platen.has_role (text), platen.roles_of (text),
                          platen.rule_words (text, text, jsonb)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.schema_version (version, title) VALUES (13, 'row security and grants');
