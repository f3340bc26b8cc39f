-- SPDX-License-Identifier: GPL-3.0-or-later
-- What 0020 to 0023 say to people, in French.

SET LOCAL ROLE platen_owner;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'No rule was made, because no rule may resolve “{kind}”: it is decided by people, each time.',
 'Aucune règle n’a été créée, car aucune règle ne peut résoudre « {kind} » : ce sont des personnes qui en décident, chaque fois.'),
('refusal', 'fr', '{sentence}, because no reason was given. Say which document proves it.',
 '{sentence}, faute de motif. Indiquez quel document fait foi.'),
('sentence', 'fr', 'The {field} of application {application} was not chosen', 'Le champ « {field} » de la demande {application} n’a pas été fixé'),
('sentence', 'fr', 'The {field} of application {application} was not parked',
 'Le champ « {field} » de la demande {application} n’a pas été mis de côté'),
('sentence', 'fr', 'The {field} of application {application} was not decided',
 'Le champ « {field} » de la demande {application} n’a pas été tranché'),
('sentence', 'fr', 'The rule was not accepted', 'La règle n’a pas été acceptée'),
('sentence', 'fr', 'The rule was not ended', 'La règle n’a pas pris fin'),
('sentence', 'fr', 'The records were not linked', 'Les dossiers n’ont pas été reliés'),
('sentence', 'fr', 'The records were not taken apart', 'Les dossiers n’ont pas été séparés'),
('sentence', 'fr', 'Nothing was decided', 'Rien n’a été tranché'),
('refusal', 'fr', 'Application {application} was not changed, because {quoted} is no field that is chosen.',
 'La demande {application} n’a pas été modifiée, car {quoted} n’est pas un champ que l’on fixe.'),
('refusal', 'fr', 'The {field} of application {application} was not chosen, because the registries differ so much that this may be another person.'
                  ' Park it with what you know; a supervisor decides.',
 'Le champ « {field} » de la demande {application} n’a pas été fixé, car les registres diffèrent au point qu’il peut s’agir d’une autre personne.'
 ' Mettez-le de côté avec ce que vous savez ; un superviseur tranche.'),
('refusal', 'fr', 'The {field} of application {application} was not changed, because a supervisor decided it.',
 'Le champ « {field} » de la demande {application} n’a pas été modifié, car un superviseur l’a tranché.'),
('refusal', 'fr', 'Nothing was decided on application {application}, because you entered or changed it yourself. Ask another supervisor.',
 'Rien n’a été tranché pour la demande {application}, car vous l’avez saisie ou modifiée vous-même. Adressez-vous à un autre superviseur.'),
('refusal', 'fr', 'The {field} of application {application} was not decided, because {clause}. {advice}',
 'Le champ « {field} » de la demande {application} n’a pas été tranché, car {clause}. {advice}'),
('clause', 'fr', 'only the population register can say that somebody lives',
 'seul le registre de la population peut dire que quelqu’un est en vie'),
('clause', 'fr', 'this is no value for it', 'cette valeur n’y convient pas'),
('advice', 'fr', 'Ask for the correction of its entry.', 'Demandez la correction de son inscription.'),
('advice', 'fr', 'Type it as the document says.', 'Saisissez-la comme sur le document.'),
('refusal', 'fr', 'Nothing was undone, because nobody has decided the {field} of application {application}.',
 'Rien n’a été annulé, car personne n’a tranché le champ « {field} » de la demande {application}.'),
('refusal', 'fr', 'The rule was not accepted, because a rule ends on a day within a year. Choose that day.',
 'La règle n’a pas été acceptée, car une règle prend fin dans l’année. Choisissez ce jour.'),
('refusal', 'fr', 'The rule was not accepted, because people have not decided this always the same way, or because it is a rule already.'
                  ' Read the proposals again.',
 'La règle n’a pas été acceptée, car les décisions n’ont pas toujours été les mêmes, ou parce que c’en est déjà une. Relisez les propositions.'),
('refusal', 'fr', 'The rule was not accepted, because all its decisions were yours. Ask another supervisor.',
 'La règle n’a pas été acceptée, car toutes ses décisions sont de vous. Adressez-vous à un autre superviseur.'),
('refusal', 'fr', 'No rule was ended, because office {office} has none with the number {id}.',
 'Aucune règle n’a pris fin, car le bureau {office} n’en a pas sous le numéro {id}.'),
('refusal', 'fr', 'Nothing was changed, because no ID numbers are linked under {id}.',
 'Rien n’a été modifié, car aucun numéro n’est relié sous {id}.'),
('refusal', 'fr', 'Nothing was changed, because the link of {id_number} and {other_id} is {link_state}.',
 'Rien n’a été modifié, car le lien entre {id_number} et {other_id} est à l’état « {link_state} ».'),
('refusal', 'fr', 'The records were not linked, because both numbers are the same.',
 'Les dossiers n’ont pas été reliés, car les deux numéros sont les mêmes.'),
('refusal', 'fr', 'The records were not linked, because one of the numbers is linked already, or waits for it.',
 'Les dossiers n’ont pas été reliés, car l’un des numéros l’est déjà ou attend de l’être.'),
('refusal', 'fr', 'Nothing was decided, because you asked for it yourself. Ask another supervisor.',
 'Rien n’a été tranché, car vous l’avez demandé vous-même. Adressez-vous à un autre superviseur.'),
('refusal', 'fr', 'The application was not started, because {id_number} is an older number of the same person. Look {other_id} up and start it there.',
 'La demande n’a pas été ouverte, car {id_number} est un ancien numéro de la même personne. Recherchez {other_id} et ouvrez-la là.'),
('refusal', 'fr', 'The application was not started, because one is open under the other ID number of the same person. Continue that one, or withdraw it'
                  ' first.',
 'La demande n’a pas été ouverte, car il y en a une en cours sous l’autre numéro de la même personne. Poursuivez celle-là, ou retirez-la d’abord.'),
('link_state', 'fr', 'proposed', 'proposé'), ('link_state', 'fr', 'linked', 'relié'), ('link_state', 'fr', 'unlinking', 'séparation demandée'),
('link_state', 'fr', 'unlinked', 'séparé'), ('link_state', 'fr', 'refused', 'refusé'),
('event', 'fr', '{name} overruled the rule and chose the {field}.', '{name} a passé outre la règle et fixé le champ « {field} ».'),
('event', 'fr', '{name} parked the {field} for a supervisor.', '{name} a mis de côté le champ « {field} » pour un superviseur.'),
('event', 'fr', '{name} decided the {field}.', '{name} a tranché le champ « {field} ».'),
('event', 'fr', '{name} undid the decision on the {field}.', '{name} a annulé la décision sur le champ « {field} ».');

INSERT INTO platen.translation (context, language, english, text)
SELECT 'field', 'fr', f.title, f.title_fr FROM platen.field f
 WHERE f.field IN ('birth_family_name', 'portrait_of', 'withdrawn_categories');

-- French puts a narrow space that does not break before these marks and inside its quotation marks.
UPDATE platen.translation
   SET text = regexp_replace (regexp_replace (text, ' ([:;!?»])', E'\u202F\\1', 'g'), '« ', E'«\u202F', 'g')
 WHERE language = 'fr';
UPDATE platen.rule_text
   SET text = regexp_replace (text, ' ([:;!?»])', E'\u202F\\1', 'g'), cure = regexp_replace (cure, ' ([:;!?»])', E'\u202F\\1', 'g')
 WHERE language = 'fr';
UPDATE platen.difference_text SET text = regexp_replace (text, ' ([:;!?»])', E'\u202F\\1', 'g') WHERE language = 'fr';

INSERT INTO platen.schema_version (version, title) VALUES (24, 'words of decisions');
