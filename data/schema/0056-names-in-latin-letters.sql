-- SPDX-License-Identifier: GPL-3.0-or-later
-- What stands on a card and in its codes is spelt in Latin letters. Nobody guesses a spelling: where a registry gives none, the clerk is told while
-- the person is still at the counter, and not the print room when the card is drawn.

SET LOCAL ROLE platen_owner;

-- Any letter of another script; digits, marks, spaces and punctuation belong to none.
CREATE FUNCTION platen.is_latin (p_text text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT p_text !~ ('[\u0370-\u1AAF\u1B00-\u1CFF\u1F00-\u1FFF\u2C00-\u2C5F\u2C80-\u2DFF\u3005-\u3007\u3021-\u3029\u3031-\uA71F'
                    '\uA800-\uAB2F\uAB70-\uD7FF\uF900-\uFAFF\uFB07-\uFDFF\uFE70-\uFEFE\uFF66-\uFFDC\U00010000-\U0010FFFF]')
$$;
REVOKE ALL ON FUNCTION platen.is_latin (text) FROM PUBLIC;

CREATE FUNCTION platen.rule_not_latin (f platen.facts, p jsonb) RETURNS TABLE (params jsonb, field text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT jsonb_build_object ('field', d.field, 'value', v.given), d.field
    FROM field d CROSS JOIN LATERAL person_value (f, d.field) v (given)
   WHERE d.field IN ('family_name', 'given_names', 'birth_place') AND NOT is_latin (v.given)
   ORDER BY d.position
$$;
REVOKE ALL ON FUNCTION platen.rule_not_latin (platen.facts, jsonb) FROM PUBLIC;

INSERT INTO platen.rule (code, severity, legal_reference, valid_from)
VALUES ('NOT_LATIN', 'hard', 'Road Traffic Act, s. 14(1)', '2000-01-01');
INSERT INTO platen.rule_text (code, language, text, cure) VALUES
('NOT_LATIN', 'en', 'The {field_title} “{value}” has no Latin spelling, which the card needs.',
 'Look at the passport. If a registry gives its spelling, choose that one; otherwise have it entered at the civil registry, then ask the registries'
 ' again.'),
('NOT_LATIN', 'fr', 'Il n’y a pas d’écriture latine de « {value} » ({field_title}), que la carte exige.',
 'Consultez le passeport. Si un registre donne cette écriture, choisissez-la ; sinon, faites-la inscrire à l’état civil, puis interrogez de nouveau'
 ' les registres.');

INSERT INTO platen.schema_version (version, title) VALUES (56, 'names in Latin letters');
