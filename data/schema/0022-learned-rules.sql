-- SPDX-License-Identifier: GPL-3.0-or-later
-- Decisions that are always the same are proposed as a rule of the office, with what it would have done to
-- past cases; a supervisor who did not make them all accepts it, with an end.

SET LOCAL ROLE platen_owner;

-- How often the same was decided before a rule is proposed, and over how many days back that counts.
CREATE TABLE platen.learning (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  at_least int NOT NULL CHECK (at_least >= 3),
  days     int NOT NULL CHECK (days BETWEEN 7 AND 730)
);
INSERT INTO platen.learning (at_least, days) VALUES (5, 180);

-- Decisions that stand, with what a rule for their kind, field and source would have done.
CREATE FUNCTION platen.standing_decisions (p_office text)
RETURNS TABLE (kind text, field text, differs text, staff_id int, application_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET TimeZone FROM CURRENT AS $$
  SELECT d.kind, d.field, d.differs, d.staff_id, d.application_id
    FROM decision d, learning l
   WHERE d.office_code = p_office AND d.act IN ('chosen', 'decided') AND d.at > clock_timestamp() - make_interval (days => l.days)
     AND NOT EXISTS (SELECT FROM decision u WHERE u.undoes = d.id)
$$;

-- Applications still open on which the rule would choose.
CREATE FUNCTION platen.would_resolve (p_office text, p_kind text, p_field text, p_source text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT count (*)
    FROM application a CROSS JOIN LATERAL gather_facts (a.id) f CROSS JOIN LATERAL open_fields (f) o
   WHERE a.office_code = p_office AND a.state IN ('draft', 'returned') AND o.field = p_field
     AND field_difference (f, p_field) = p_kind
     AND (SELECT k.outcome = 'resolved' FROM difference_kind k WHERE k.kind = field_difference (f, p_field, p_source))
$$;

CREATE FUNCTION api.rule_effect (p_kind text, p_field text, p_source text)
RETURNS TABLE (same bigint, other bigint, open bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor actor := demand ('clerk', 'supervisor', 'auditor');
BEGIN
  RETURN QUERY
  SELECT count (*) FILTER (WHERE d.differs = p_source), count (*) FILTER (WHERE d.differs IS DISTINCT FROM p_source),
         would_resolve (v_actor.office_code, p_kind, p_field, p_source)
    FROM standing_decisions (v_actor.office_code) d WHERE d.kind = p_kind AND d.field = p_field;
END
$$;

-- What was always decided the same way, often enough, and is no rule yet.
CREATE FUNCTION platen.proposed_rules (p_office text)
RETURNS TABLE (kind text, field text, source text, times bigint, people bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET TimeZone FROM CURRENT AS $$
  SELECT d.kind, d.field, min (d.differs), count (*), count (DISTINCT d.staff_id)
    FROM standing_decisions (p_office) d JOIN difference_kind k ON k.kind = d.kind AND k.may_learn, learning l
   WHERE NOT EXISTS (SELECT FROM difference_rule r
                      WHERE r.kind = d.kind AND r.field = d.field AND r.office_code = p_office
                        AND r.valid_from <= current_date AND r.valid_to >= current_date)
     AND d.field IN ('family_name', 'given_names', 'family_name_native', 'given_names_native', 'birth_place', 'address')
   GROUP BY d.kind, d.field, l.at_least
  HAVING count (*) >= l.at_least AND count (DISTINCT d.differs) = 1 AND count (d.differs) = count (*)
$$;

CREATE FUNCTION api.proposed_rules ()
RETURNS TABLE (kind text, field text, source text, times bigint, people bigint, open bigint, text text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_actor actor := demand ('clerk', 'supervisor', 'auditor');
BEGIN
  RETURN QUERY
  SELECT p.kind, p.field, p.source, p.times, p.people, would_resolve (v_actor.office_code, p.kind, p.field, p.source),
         difference_words (p.kind)
    FROM proposed_rules (v_actor.office_code) p ORDER BY p.times DESC, p.kind, p.field;
END
$$;

CREATE FUNCTION api.accept_rule (p_kind text, p_field text, p_source text, p_valid_to date, p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET TimeZone FROM CURRENT AS $$
DECLARE
  v_actor actor := demand ('supervisor');
  v_id    bigint;
BEGIN
  PERFORM refuse_without_reason (p_reason, 'The rule was not accepted');
  IF p_valid_to IS NULL OR p_valid_to < current_date OR p_valid_to > current_date + 366 THEN
    PERFORM refuse ('P0001', 'FIELD', 'The rule was not accepted, because a rule ends on a day within a year. Choose that day.');
  END IF;
  IF NOT EXISTS (SELECT FROM proposed_rules (v_actor.office_code) p
                  WHERE p.kind = p_kind AND p.field = p_field AND p.source = p_source) THEN
    PERFORM refuse ('P0001', 'STATE', 'The rule was not accepted, because people have not decided this always the same way, or'
                    ' because it is a rule already. Read the proposals again.');
  END IF;
  IF NOT EXISTS (SELECT FROM standing_decisions (v_actor.office_code) d
                  WHERE d.kind = p_kind AND d.field = p_field AND d.staff_id <> v_actor.staff_id) THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', 'The rule was not accepted, because all its decisions were yours. Ask another supervisor.');
  END IF;
  INSERT INTO difference_rule (kind, office_code, field, source, valid_from, valid_to, accepted_by, reason)
  VALUES (p_kind, v_actor.office_code, p_field, p_source, current_date, p_valid_to, v_actor.staff_id, btrim (p_reason))
  RETURNING id INTO v_id;
  PERFORM note (v_actor, v_actor.office_code, 'rule_accepted', 'difference_rule', v_id::text,
                jsonb_build_object ('kind', p_kind, 'field', p_field, 'source', p_source, 'valid_to', p_valid_to, 'why', btrim (p_reason)));
  PERFORM pg_notify ('platen', format ('rule %s %s', v_id, v_actor.office_code));
  RETURN v_id;
END
$$;

-- From tomorrow on; what it chose today stays explained.
CREATE FUNCTION api.end_rule (p_rule bigint, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET TimeZone FROM CURRENT AS $$
DECLARE
  v_actor actor := demand ('supervisor');
BEGIN
  PERFORM refuse_without_reason (p_reason, 'The rule was not ended');
  UPDATE difference_rule SET valid_to = greatest (valid_from, least (valid_to, current_date))
   WHERE id = p_rule AND office_code = v_actor.office_code;
  IF NOT FOUND THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('No rule was ended, because office %s has none with the number %s.',
                    v_actor.office_code, coalesce (p_rule::text, 'NULL')));
  END IF;
  PERFORM note (v_actor, v_actor.office_code, 'rule_ended', 'difference_rule', p_rule::text, jsonb_build_object ('why', btrim (p_reason)));
  PERFORM pg_notify ('platen', format ('rule %s %s', p_rule, v_actor.office_code));
END
$$;

-- Shipped rules (without an office) and those of the reader's office.
CREATE VIEW api.difference_rule WITH (security_barrier) AS
SELECT r.id, r.kind, r.office_code, r.field, r.source, r.valid_from, r.valid_to, t.name AS accepted_by, r.reason,
       platen.difference_words (r.kind) AS text
  FROM platen.difference_rule r LEFT JOIN platen.staff t ON t.id = r.accepted_by
 WHERE (SELECT platen.may_read ())
   AND (r.office_code IS NULL OR r.office_code = ANY ((SELECT platen.visible_offices ())::text[]))
   AND r.kind <> 'spelling';

GRANT SELECT ON api.difference_rule TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION platen.difference_words (text) TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION api.rule_effect (text, text, text), api.proposed_rules (), api.accept_rule (text, text, text, date, text),
                          api.end_rule (bigint, text)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.schema_version (version, title) VALUES (22, 'learned rules');
