-- SPDX-License-Identifier: GPL-3.0-or-later
-- What findings still said in English or in the order of computers: the law they rest on, and days.

SET LOCAL ROLE platen_owner;

CREATE OR REPLACE VIEW api.application_finding WITH (security_barrier) AS
SELECT f.application_id, f.rule, f.severity, platen.rule_words (f.rule, 'text', f.params) AS text,
       platen.rule_words (f.rule, 'cure', f.params) AS cure, platen.in_words ('law', f.legal_reference) AS legal_reference, f.field
  FROM platen.finding f
 WHERE (SELECT platen.may_read ())
 ORDER BY f.application_id, f.position;

CREATE OR REPLACE FUNCTION api.evaluate (p_application bigint)
RETURNS TABLE (application_id bigint, rule text, severity text, text text, cure text, legal_reference text, field text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor', 'operator');
  v_application application := find_application (v_actor, p_application);
BEGIN
  -- What was decided is not judged again by today's rules.
  IF v_application.state NOT IN ('issued', 'rejected', 'withdrawn') THEN
    PERFORM evaluate_application (p_application);
  END IF;
  RETURN QUERY SELECT f.application_id, f.rule, f.severity, rule_words (f.rule, 'text', f.params), rule_words (f.rule, 'cure', f.params),
                      in_words ('law', f.legal_reference), f.field
                 FROM finding f WHERE f.application_id = p_application ORDER BY f.position;
END
$$;

INSERT INTO platen.translation (context, language, english, text) VALUES
('law', 'fr', 'Road Traffic Act, s. {section}', 'Loi sur la circulation routière, art. {section}'),
('law', 'fr', 'Licence Regulations, reg. {section}', 'Règlement sur les permis de conduire, art. {section}'),
('law', 'fr', 'Fines Act, s. {section}', 'Loi sur les amendes, art. {section}'),
('date', 'fr', '{year}-{month}-{day}', '{day}/{month}/{year}'),
('earliest', 'fr', '{year}-{month}-{day}', '{day}/{month}/{year}');

UPDATE platen.translation
   SET text = 'Cette opération n’a pas été effectuée, car elle exige le rôle {role}, que l’identifiant {login} n’a pas. Adressez-vous à un collègue'
              ' qui l’a.'
 WHERE context = 'refusal' AND language = 'fr'
   AND english = 'This was not done, because it needs the role {role} and {login} does not hold it. Ask a colleague who does.';

INSERT INTO platen.schema_version (version, title) VALUES (19, 'laws and dates in each language');
