-- SPDX-License-Identifier: GPL-3.0-or-later
-- A value is changed in one transaction and the rules look at it in the next. A desk that reads between the two showed the old findings until
-- something else happened to the application: findings that change are news, too.

SET LOCAL ROLE platen_owner;

CREATE OR REPLACE FUNCTION platen.evaluate_application (p_application bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_facts  facts := gather_facts (p_application);
  v_before jsonb;
  v_after  jsonb;
BEGIN
  SELECT jsonb_agg (to_jsonb (f) ORDER BY f.position) INTO v_before FROM finding f WHERE f.application_id = p_application;
  DELETE FROM finding WHERE application_id = p_application;
  INSERT INTO finding (application_id, office_code, position, rule, severity, legal_reference, field, params)
  SELECT p_application, v_facts.office_code, row_number () OVER (), r.rule, r.severity, r.legal_reference, r.field, r.params
    FROM apply_rules (v_facts) r;
  UPDATE application a SET stops = v.stops
    FROM (SELECT count (*) AS stops FROM finding WHERE application_id = p_application AND severity = 'hard') v
   WHERE a.id = p_application AND a.stops <> v.stops;
  SELECT jsonb_agg (to_jsonb (f) ORDER BY f.position) INTO v_after FROM finding f WHERE f.application_id = p_application;
  IF v_after IS DISTINCT FROM v_before THEN
    PERFORM pg_notify ('platen', format ('application %s %s', p_application, v_facts.office_code));
  END IF;
END
$$;

INSERT INTO platen.schema_version (version, title) VALUES (33, 'findings are news');
