-- SPDX-License-Identifier: GPL-3.0-or-later
-- A rule that a supervisor accepts chooses at once where drafts are open on what it is for, as its effect was shown. What a clerk parked
-- for a supervisor is a question of its own and stays.

SET LOCAL ROLE platen_owner;

CREATE FUNCTION platen.is_parked (p_application bigint, p_field text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce ((SELECT d.act = 'parked' FROM decision d
                     WHERE d.application_id = p_application AND d.field = p_field AND d.act <> 'undone'
                       AND NOT EXISTS (SELECT FROM decision u WHERE u.undoes = d.id)
                     ORDER BY d.id DESC LIMIT 1), false)
$$;

-- As before, without what is parked: so many the rule will choose on.
CREATE OR REPLACE FUNCTION platen.would_resolve (p_office text, p_kind text, p_field text, p_source text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT count (*)
    FROM application a CROSS JOIN LATERAL gather_facts (a.id) f CROSS JOIN LATERAL open_fields (f) o
   WHERE a.office_code = p_office AND a.state IN ('draft', 'returned') AND o.field = p_field
     AND field_difference (f, p_field) = p_kind AND NOT is_parked (a.id, p_field)
     AND (SELECT k.outcome = 'resolved' FROM difference_kind k WHERE k.kind = field_difference (f, p_field, p_source))
$$;

-- Chooses by the rules of the day where this field is open in a draft; nobody's row version changes. How many.
CREATE FUNCTION platen.settle_drafts (p_actor platen.actor, p_kind text, p_field text, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_title text := (SELECT f.title FROM field f WHERE f.field = p_field);
  v_count int := 0;
  v_draft record;
BEGIN
  FOR v_draft IN
    SELECT a, rule_value (f, p_field) AS value
      FROM application a CROSS JOIN LATERAL gather_facts (a.id) f CROSS JOIN LATERAL open_fields (f) o
     WHERE a.office_code = p_actor.office_code AND a.state IN ('draft', 'returned') AND o.field = p_field
       AND field_difference (f, p_field) = p_kind AND NOT is_parked (a.id, p_field)
     ORDER BY a.id FOR UPDATE OF a LOOP
    CONTINUE WHEN v_draft.value IS NULL;
    PERFORM store_choice (p_actor, v_draft.a, p_field, v_draft.value, 'rule', p_kind, NULL, false);
    PERFORM record_event (p_actor, (v_draft.a).id, NULL, 'field', format ('%s accepted a rule, which chose the %s.', p_actor.name, v_title),
                          p_reason);
    PERFORM pg_notify ('platen', format ('application %s %s', (v_draft.a).id, p_actor.office_code));
    v_count := v_count + 1;
  END LOOP;
  RETURN v_count;
END
$$;

CREATE FUNCTION platen.rule_accepted () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := require_session ();
  v_count int := settle_drafts (v_actor, NEW.kind, NEW.field, NEW.reason);
BEGIN
  IF v_count > 0 THEN
    PERFORM note (v_actor, NEW.office_code, 'rule_settled', 'difference_rule', NEW.id::text, jsonb_build_object ('drafts', v_count));
  END IF;
  RETURN NULL;
END
$$;
-- A rule without an office is shipped with an upgrade, when nobody has a session.
CREATE TRIGGER accepted_rule_settles AFTER INSERT ON platen.difference_rule
  FOR EACH ROW WHEN (NEW.accepted_by IS NOT NULL) EXECUTE FUNCTION platen.rule_accepted ();

REVOKE ALL ON FUNCTION platen.is_parked (bigint, text), platen.settle_drafts (platen.actor, text, text, text), platen.rule_accepted ()
  FROM PUBLIC;

INSERT INTO platen.translation (context, language, english, text) VALUES
('event', 'fr', '{name} accepted a rule, which chose the {field}.', '{name} a accepté une règle, qui a choisi le champ « {field} ».');

INSERT INTO platen.schema_version (version, title) VALUES (37, 'accepted rules settle drafts');
