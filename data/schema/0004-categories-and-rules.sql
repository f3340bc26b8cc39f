-- SPDX-License-Identifier: GPL-3.0-or-later
-- Vehicle categories and the rules of law as rows: what they are called, how hard they stop, since when
-- they hold, with which numbers, and what they say in each language. Placeholders stand in braces.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.category (
  code         text PRIMARY KEY,
  position     int NOT NULL UNIQUE,
  min_age      int NOT NULL CHECK (min_age BETWEEN 14 AND 30),
  vehicle_group int NOT NULL CHECK (vehicle_group IN (1, 2)),
  prerequisite text REFERENCES platen.category
);

INSERT INTO platen.category (code, position, min_age, vehicle_group, prerequisite) VALUES
  ('AM', 1, 16, 1, NULL), ('A1', 2, 16, 1, NULL), ('A2', 3, 18, 1, NULL), ('A', 4, 20, 1, NULL),
  ('B1', 5, 16, 1, NULL), ('B', 6, 18, 1, NULL), ('BE', 7, 18, 1, 'B'),
  ('C1', 8, 18, 2, 'B'), ('C1E', 9, 18, 2, 'C1'), ('C', 10, 21, 2, 'B'), ('CE', 11, 21, 2, 'C'),
  ('D1', 12, 21, 2, 'B'), ('D1E', 13, 21, 2, 'D1'), ('D', 14, 24, 2, 'B'), ('DE', 15, 24, 2, 'D');

CREATE TABLE platen.rule (
  code            text NOT NULL CHECK (code ~ '^[A-Z][A-Z_]*$'),
  severity        text NOT NULL CHECK (severity IN ('hard', 'soft', 'warning')),
  legal_reference text NOT NULL,
  valid_from      date NOT NULL,
  valid_to        date CHECK (valid_to >= valid_from),
  parameters      jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (code, valid_from)
);

CREATE TABLE platen.rule_text (
  code     text NOT NULL,
  language text NOT NULL CHECK (language ~ '^[a-z]{2}$'),
  text     text NOT NULL,
  cure     text NOT NULL,
  PRIMARY KEY (code, language)
);

INSERT INTO platen.rule (code, severity, legal_reference, valid_from, parameters) VALUES
  ('NO_CATEGORY',             'hard',    'Road Traffic Act, s. 12(1)',  '2000-01-01', '{}'),
  ('IDENTITY_MISSING',        'hard',    'Road Traffic Act, s. 14(1)',  '2000-01-01', '{}'),
  ('DISCREPANCY_OPEN',        'hard',    'Road Traffic Act, s. 14(3)',  '2000-01-01', '{}'),
  ('DECEASED',                'hard',    'Road Traffic Act, s. 14(2)',  '2000-01-01', '{}'),
  ('UNDER_AGE',               'hard',    'Licence Regulations, reg. 4', '2000-01-01', '{}'),
  ('PREREQUISITE',            'hard',    'Licence Regulations, reg. 6', '2000-01-01', '{}'),
  ('NOT_HELD',                'hard',    'Licence Regulations, reg. 9', '2000-01-01', '{}'),
  ('HAS_LICENCE',             'hard',    'Licence Regulations, reg. 8', '2000-01-01', '{}'),
  ('EXPIRED',                 'hard',    'Licence Regulations, reg. 10', '2000-01-01', '{}'),
  ('SUSPENDED',               'hard',    'Road Traffic Act, s. 31',     '2000-01-01', '{}'),
  ('WITHDRAWN',               'hard',    'Road Traffic Act, s. 33',     '2000-01-01', '{}'),
  ('MEDICAL_EXPIRED',         'hard',    'Licence Regulations, reg. 7', '2000-01-01', '{}'),
  ('PHOTO_MISSING',           'hard',    'Licence Regulations, reg. 11', '2000-01-01', '{}'),
  ('SIGNATURE_MISSING',       'soft',    'Licence Regulations, reg. 11', '2000-01-01', '{}'),
  ('DRIVER_UNANSWERED',       'soft',    'Road Traffic Act, s. 14(4)',  '2000-01-01', '{}'),
  ('INFRINGEMENT_UNANSWERED', 'soft',    'Road Traffic Act, s. 14(4)',  '2000-01-01', '{}'),
  ('POINTS',                  'soft',    'Road Traffic Act, s. 32',     '2000-01-01', '{"limit": 12}'),
  ('UNPAID',                  'warning', 'Fines Act, s. 5',             '2000-01-01', '{}'),
  ('OPEN_CARD',               'warning', 'Licence Regulations, reg. 13', '2000-01-01', '{}');

-- Years of validity by vehicle group; a licence of group 2 never outlives the medical examination.
CREATE TABLE platen.validity (
  vehicle_group int PRIMARY KEY,
  years         int NOT NULL CHECK (years > 0)
);
INSERT INTO platen.validity (vehicle_group, years) VALUES (1, 10), (2, 5);

INSERT INTO platen.rule_text (code, language, text, cure) VALUES
('NO_CATEGORY', 'en', 'No vehicle category is applied for.', 'Choose at least one category.'),
('NO_CATEGORY', 'fr', 'Aucune catégorie de véhicule n’est demandée.', 'Choisissez au moins une catégorie.'),
('IDENTITY_MISSING', 'en', 'The identity registry has not confirmed this person ({state}).',
 'Ask the identity registry again; if it knows nobody under this number, send the citizen to the civil registry.'),
('IDENTITY_MISSING', 'fr', 'Le registre d’identité n’a pas confirmé cette personne ({state}).',
 'Interrogez de nouveau le registre d’identité ; s’il ne connaît personne sous ce numéro, adressez le citoyen à l’état civil.'),
('DISCREPANCY_OPEN', 'en', 'The registries disagree on the {field_title}: {values}.',
 'Ask for the document that proves it, choose the right value and say why.'),
('DISCREPANCY_OPEN', 'fr', 'Les registres se contredisent ({field_title}) : {values}.',
 'Demandez le document qui fait foi, choisissez la bonne valeur et dites pourquoi.'),
('DECEASED', 'en', 'The {source} registry records that this person died on {date}.',
 'Do not continue. If the citizen stands before you, ask for the correction of the registry entry first.'),
('DECEASED', 'fr', 'Le registre ({source}) indique que cette personne est décédée le {date}.',
 'N’allez pas plus loin. Si le citoyen est devant vous, demandez d’abord la correction de l’inscription.'),
('UNDER_AGE', 'en', 'The applicant is too young for category {category}: the minimum age is {age}.',
 'Category {category} can be issued from {date}; until then remove it or let the application wait.'),
('UNDER_AGE', 'fr', 'Le demandeur est trop jeune pour la catégorie {category} : l’âge minimum est {age} ans.',
 'La catégorie {category} peut être délivrée à partir du {date} ; d’ici là, retirez-la ou mettez la demande en attente.'),
('PREREQUISITE', 'en', 'Category {category} needs category {needed}, which is neither held nor applied for.',
 'Add category {needed}, or remove category {category}.'),
('PREREQUISITE', 'fr', 'La catégorie {category} exige la catégorie {needed}, ni détenue ni demandée.',
 'Ajoutez la catégorie {needed}, ou retirez la catégorie {category}.'),
('NOT_HELD', 'en', 'The driver registry does not show that the applicant holds category {category}.',
 'Remove category {category}, or start an upgrade with the certificate of the driving test.'),
('NOT_HELD', 'fr', 'Le registre des conducteurs n’indique pas que le demandeur détient la catégorie {category}.',
 'Retirez la catégorie {category}, ou ouvrez une extension avec l’attestation de l’examen de conduite.'),
('HAS_LICENCE', 'en', 'The applicant has a licence already: {number}, valid until {date}.',
 'Withdraw this application and start a renewal, a replacement or an upgrade.'),
('HAS_LICENCE', 'fr', 'Le demandeur a déjà un permis : {number}, valable jusqu’au {date}.',
 'Retirez cette demande et ouvrez un renouvellement, un remplacement ou une extension.'),
('EXPIRED', 'en', 'Category {category} ended on {date}, so its card cannot be made again as it was.',
 'Withdraw this application and start a renewal.'),
('EXPIRED', 'fr', 'La catégorie {category} a pris fin le {date} ; la carte ne peut pas être refaite telle quelle.',
 'Retirez cette demande et ouvrez un renouvellement.'),
('SUSPENDED', 'en', 'The licence is suspended until {date}.',
 'The earliest day for this application is {earliest}; tell the citizen to come back then.'),
('SUSPENDED', 'fr', 'Le permis est suspendu jusqu’au {date}.',
 'Cette demande est possible au plus tôt le {earliest} ; dites au citoyen de revenir alors.'),
('WITHDRAWN', 'en', 'The licence was withdrawn.',
 'Ask for the court’s or the authority’s decision that gives the right to drive back.'),
('WITHDRAWN', 'fr', 'Le permis a été retiré.',
 'Demandez la décision du tribunal ou de l’autorité qui rend le droit de conduire.'),
('MEDICAL_EXPIRED', 'en', 'Category {category} needs a medical examination; the last one on record: {date}.',
 'Ask for a new medical certificate, or remove category {category}.'),
('MEDICAL_EXPIRED', 'fr', 'La catégorie {category} exige un examen médical ; dernier examen valable jusqu’au : {date}.',
 'Demandez un nouveau certificat médical, ou retirez la catégorie {category}.'),
('PHOTO_MISSING', 'en', 'There is no photograph.', 'Take the photograph or load it from a file.'),
('PHOTO_MISSING', 'fr', 'Il n’y a pas de photographie.', 'Prenez la photographie ou chargez-la depuis un fichier.'),
('SIGNATURE_MISSING', 'en', 'There is no signature.', 'Take the signature, or let the approver accept that the holder cannot sign.'),
('SIGNATURE_MISSING', 'fr', 'Il n’y a pas de signature.', 'Recueillez la signature, ou laissez l’approbateur constater que le titulaire ne peut pas signer.'),
('DRIVER_UNANSWERED', 'en', 'The driver registry has not answered ({state}).',
 'Ask it again; until then nobody knows of suspensions and categories held.'),
('DRIVER_UNANSWERED', 'fr', 'Le registre des conducteurs n’a pas répondu ({state}).',
 'Interrogez-le de nouveau ; d’ici là, suspensions et catégories détenues sont inconnues.'),
('INFRINGEMENT_UNANSWERED', 'en', 'The infringement registry has not answered ({state}).',
 'Ask it again; until then nobody knows of points and unpaid fines.'),
('INFRINGEMENT_UNANSWERED', 'fr', 'Le registre des infractions n’a pas répondu ({state}).',
 'Interrogez-le de nouveau ; d’ici là, points et amendes impayées sont inconnus.'),
('POINTS', 'en', 'The applicant has {points} penalty points; from {limit} on the approver decides.',
 'Look at the infringements before approving, and ask whether a course was ordered.'),
('POINTS', 'fr', 'Le demandeur a {points} points de pénalité ; à partir de {limit}, l’approbateur décide.',
 'Examinez les infractions avant d’approuver et demandez si un stage a été ordonné.'),
('UNPAID', 'en', 'Fines of {amount} are unpaid.', 'Tell the citizen; ask for the receipt if they were paid today.'),
('UNPAID', 'fr', 'Des amendes de {amount} sont impayées.', 'Informez le citoyen ; demandez le reçu s’il les a payées aujourd’hui.'),
('OPEN_CARD', 'en', 'Card {number} of this licence is valid until {date}.',
 'Take the old card in at hand-over, or ask for the declaration of loss.'),
('OPEN_CARD', 'fr', 'La carte {number} de ce permis est valable jusqu’au {date}.',
 'Reprenez l’ancienne carte à la remise, ou demandez la déclaration de perte.');

CREATE FUNCTION platen.fill_in (p_text text, p_params jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = platen, pg_temp AS $$
DECLARE
  v_key   text;
  v_value text;
BEGIN
  FOR v_key, v_value IN SELECT key, value FROM jsonb_each_text (p_params) LOOP
    p_text := replace (p_text, '{' || v_key || '}', v_value);
  END LOOP;
  RETURN p_text;
END
$$;

CREATE FUNCTION platen.language () RETURNS text
LANGUAGE sql STABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (left (nullif (current_setting ('platen.language', true), ''), 2), 'en')
$$;

INSERT INTO platen.schema_version (version, title) VALUES (4, 'categories and rules');
