-- SPDX-License-Identifier: GPL-3.0-or-later
-- Every sentence that a person reads, in the language of the session. The functions say it in English, as a C
-- program does with gettext; a sentence is found here by its English form, its parameters are taken out of it and
-- put into the translation. So a refusal needs no code beside its words, and what happened before this upgrade is
-- read in the reader's language too. A sentence without a row comes in English; tests/schema proves that none does.

SET LOCAL ROLE platen_owner;

-- What a sentence of this form looks like: for LIKE, to find it quickly, and for its parameters.
CREATE FUNCTION platen.like_shape (p_english text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT SET search_path = platen, pg_temp AS $$
  SELECT regexp_replace (regexp_replace (p_english, '([\\%_])', '\\\1', 'g'), '\{[a-z\\_]+[0-9]*\}', '%', 'g')
$$;

CREATE FUNCTION platen.parameter_pattern (p_english text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT SET search_path = platen, pg_temp AS $$
  SELECT '^' || regexp_replace (regexp_replace (p_english, '([][\\.^$*+?()|])', '\\\1', 'g'), '\{[a-z_]+[0-9]*\}', '(.*?)', 'g') || '$'
$$;

CREATE FUNCTION platen.parameter_names (p_english text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT SET search_path = platen, pg_temp AS $$
  SELECT coalesce (array_agg (m[1] ORDER BY n), '{}')
    FROM regexp_matches (p_english, '\{([a-z_]+[0-9]*)\}', 'g') WITH ORDINALITY p (m, n)
$$;

-- A context says what kind of words these are: whole sentences (refusal, event, why), clauses of them, or words that
-- stand for a parameter. A parameter's name, less a number at its end, is the context in which its value is looked up;
-- names, numbers and what people typed belong to contexts without rows and stay as they are.
CREATE TABLE platen.translation (
  context  text NOT NULL CHECK (context ~ '^[a-z_]+$'),
  english  text NOT NULL,
  language text NOT NULL CHECK (language ~ '^[a-z]{2}$' AND language <> 'en'),
  text     text NOT NULL,
  shape    text NOT NULL GENERATED ALWAYS AS (platen.like_shape (english)) STORED,
  pattern  text NOT NULL GENERATED ALWAYS AS (platen.parameter_pattern (english)) STORED,
  names    text[] NOT NULL GENERATED ALWAYS AS (platen.parameter_names (english)) STORED,
  PRIMARY KEY (context, language, english)
);

-- Where several forms fit, the one with the most words of its own is meant. What fits none may be a list.
CREATE FUNCTION platen.say (p_language text, p_context text, p_words text) RETURNS text
LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_row       translation;
  v_values    text[];
  v_text      text;
  v_separator translation;
BEGIN
  IF p_language = 'en' OR NOT EXISTS (SELECT FROM translation t WHERE t.context = p_context AND t.language = p_language) THEN
    RETURN p_words;
  END IF;
  SELECT * INTO v_row FROM translation t
   WHERE t.context = p_context AND t.language = p_language AND p_words LIKE t.shape
   ORDER BY length (t.shape) DESC, t.english LIMIT 1;
  IF FOUND THEN
    v_text := v_row.text;
    v_values := regexp_match (p_words, v_row.pattern);
    FOR i IN 1 .. cardinality (v_row.names) LOOP
      v_text := replace (v_text, '{' || v_row.names[i] || '}',
                         say (p_language, rtrim (v_row.names[i], '0123456789'), v_values[i]));
    END LOOP;
    RETURN v_text;
  END IF;
  SELECT * INTO v_separator FROM translation t
   WHERE t.context = 'separator' AND t.language = p_language AND strpos (p_words, t.english) > 0 LIMIT 1;
  IF FOUND AND p_context NOT IN ('refusal', 'event', 'why') THEN
    RETURN (SELECT string_agg (say (p_language, p_context, w), v_separator.text ORDER BY n)
              FROM string_to_table (p_words, v_separator.english) WITH ORDINALITY s (w, n));
  END IF;
  RETURN p_words;
END
$$;

CREATE FUNCTION platen.in_words (p_context text, p_words text) RETURNS text
LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT say (language (), p_context, p_words)
$$;
GRANT EXECUTE ON FUNCTION platen.in_words (text, text)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

-- The one way in which anything here says no.
CREATE OR REPLACE FUNCTION platen.refuse (p_state text, p_rule text, p_message text) RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = p_state, HINT = p_rule, MESSAGE = in_words ('refusal', p_message);
END
$$;

-- A rule's text (or cure) in the reader's language, else in English; its parameters in the same language.
CREATE OR REPLACE FUNCTION platen.rule_words (p_code text, p_part text, p_params jsonb) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT fill_in (CASE p_part WHEN 'cure' THEN t.cure ELSE t.text END,
                  (SELECT coalesce (jsonb_object_agg (p.key, say (t.language, p.key, p.value)), '{}')
                     FROM jsonb_each_text (p_params) p)
                  || coalesce ((SELECT jsonb_build_object ('field_title', CASE t.language WHEN 'fr' THEN f.title_fr ELSE f.title END)
                                  FROM field f WHERE f.field = p_params ->> 'field'), '{}'))
    FROM rule_text t
   WHERE t.code = p_code AND t.language IN (language (), 'en')
   ORDER BY t.language = language () DESC
   LIMIT 1
$$;

CREATE OR REPLACE VIEW api.event WITH (security_barrier) AS
SELECT e.id, e.at, coalesce (t.name, '') AS who, e.workstation, e.subject, e.application_id, e.card_id, e.what,
       platen.in_words ('event', e.text) AS text, platen.in_words ('why', e.why) AS why
  FROM platen.event e LEFT JOIN platen.staff t ON t.id = e.staff_id
 WHERE (SELECT platen.may_read ());

CREATE OR REPLACE VIEW api.card WITH (security_barrier) AS
SELECT c.id, c.number, c.serial, c.state::text AS state, c.application_id, a.number AS application_number, a.holder_name, c.printer,
       c.job_id, c.job_uuid, c.print_key, c.front_sha256, c.back_sha256, c.file_sha256, c.layout, c.layout_version, c.changed_at,
       platen.in_words ('why', c.reason) AS reason
  FROM platen.card c JOIN platen.application a ON a.id = c.application_id
 WHERE (SELECT platen.may_read ());

-- As before, but that what it answers is in the reader's language; what it records is not.
CREATE OR REPLACE FUNCTION api.check_card (p_card bigint, p_scanned text, p_serial text, OUT matched boolean, OUT text text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor   actor := demand ('operator');
  v_card    card := hold_card (v_actor, p_card);
  v_differs text;
BEGIN
  IF v_card.state <> 'out' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not checked, because it is %s. Only a card that left the printer can be read back.',
                    v_card.number, replace (v_card.state, '_', ' ')));
  END IF;
  v_differs := concat_ws (' and ', CASE WHEN NOT is_code_of (p_card, p_scanned) THEN 'its code' END,
                          CASE WHEN upper (btrim (p_serial, E' \r\n\t')) IS DISTINCT FROM v_card.serial THEN 'its serial' END);
  matched := v_differs = '';
  IF matched THEN
    text := format ('Card %s on blank %s was read back and matches.', v_card.number, v_card.serial);
    UPDATE card SET checked_in = v_actor.session_id WHERE id = p_card;
    PERFORM move_card (v_actor, p_card, 'checked', text, NULL);
    PERFORM move_application (v_actor, v_card.application_id, 'ready', format ('Card %s is ready to be handed over.', v_card.number), NULL);
  ELSE
    text := format ('Card %s does not match its record: %s differs. Read it again; if it differs again, spoil it.', v_card.number, v_differs);
    PERFORM record_event (v_actor, v_card.application_id, p_card, 'readback_differs', text, NULL);
  END IF;
  text := in_words ('event', text);
END
$$;

INSERT INTO platen.translation (context, language, english, text) VALUES
-- Sessions
('refusal', 'fr', 'Nothing was read or changed, because nobody is signed in on this connection or the session has ended. Sign in again.',
 'Rien n’a été lu ni modifié, car personne n’est connecté ici ou la session est terminée. Connectez-vous de nouveau.'),
('refusal', 'fr', 'Nothing was read or changed, because the session of {name} is locked. Unlock it by signing in with a new code.',
 'Rien n’a été lu ni modifié, car la session de {name} est verrouillée. Déverrouillez-la en vous connectant avec un nouveau code.'),
('refusal', 'fr', 'This was not done, because it needs the role {role} and {login} does not hold it. Ask a colleague who does.',
 'Cette opération n’a pas été effectuée, car elle exige le rôle {role}, que {login} n’a pas. Adressez-vous à un collègue qui l’a.'),
('refusal', 'fr', 'You were not signed in, because five wrong codes were typed for {login}. Wait a minute, then type a new code.',
 'Vous n’avez pas été connecté, car cinq codes erronés ont été saisis pour {login}. Attendez une minute, puis saisissez un nouveau code.'),
('refusal', 'fr', 'You were not signed in, because the six-digit code is wrong. Type the code that is shown now.',
 'Vous n’avez pas été connecté, car le code à six chiffres est erroné. Saisissez le code affiché maintenant.'),
('refusal', 'fr', 'You were not signed in, because this code was used already. Wait for the next code.',
 'Vous n’avez pas été connecté, car ce code a déjà servi. Attendez le code suivant.'),
('refusal', 'fr', 'You were not signed in, because {login} is not an active member of staff here. Ask the administrator to add you.',
 'Vous n’avez pas été connecté, car {login} ne fait pas partie du personnel actif de ce bureau. Demandez à l’administrateur de vous y inscrire.'),
('refusal', 'fr', 'You were not signed in, because the workstation has no name. Set one in the office configuration.',
 'Vous n’avez pas été connecté, car ce poste de travail n’a pas de nom. Indiquez-en un dans la configuration du bureau.'),
('refusal', 'fr', 'The session was not resumed, because it is not one of yours or has ended. Sign in again.',
 'La session n’a pas été reprise, car elle n’est pas la vôtre ou elle est terminée. Connectez-vous de nouveau.'),
('refusal', 'fr', 'Nothing was changed, because rows of {table} are kept as they were written. Write a new one that corrects it.',
 'Rien n’a été modifié, car les lignes de {table} sont conservées telles quelles. Écrivez-en une nouvelle qui rectifie.'),

-- Applications
('refusal', 'fr', 'Nothing was changed, because office {office} has no application with the record number {id}. Search for it again.',
 'Rien n’a été modifié, car le bureau {office} n’a pas de demande enregistrée sous le numéro {id}. Cherchez-la de nouveau.'),
('refusal', 'fr', 'Application {application} was not changed, because {name} changed it at {time}. Read it again to see what is different.',
 'La demande {application} n’a pas été modifiée, car {name} l’a changée à {time}. Relisez-la pour voir les différences.'),
('refusal', 'fr', 'Application {application} was not changed, because it is {application_state} and cannot become {application_state2}.'
                  ' Read it again and take the step that is next.',
 'La demande {application} n’a pas été modifiée, car de l’état « {application_state} » elle ne peut pas passer à l’état'
 ' « {application_state2} ». Relisez-la et passez à l’étape qui suit.'),
('refusal', 'fr', 'Application {application} was not changed, because it is {application_state}; only a draft or a returned one can be'
                  ' changed. Ask the supervisor to return it.',
 'La demande {application} n’a pas été modifiée, car elle est à l’état « {application_state} » ; seul un brouillon ou une demande'
 ' renvoyée peut être modifié. Demandez au superviseur de la renvoyer.'),
('refusal', 'fr', 'Application {application} was not changed, because it has no field {quoted} with a choice {quoted2}.',
 'La demande {application} n’a pas été modifiée, car elle n’a pas de champ {quoted} avec un choix {quoted2}.'),
('refusal', 'fr', 'Application {application} was not changed, because no reason was given. Say why, so that the next person understands.',
 'La demande {application} n’a pas été modifiée, faute de motif. Indiquez le motif, pour que la personne suivante comprenne.'),
('refusal', 'fr', E'Application {application} was not {undone}, because:\n{stops}',
 E'La demande {application} n’a pas été {undone}, pour les raisons suivantes :\n{stops}'),
('refusal', 'fr', '{sentence}, because {quoted} is no ID number: it needs eleven digits and the last one must fit the others. Read the number again.',
 '{sentence}, car {quoted} n’est pas un numéro d’identité : il faut onze chiffres, dont le dernier contrôle les autres. Relisez le numéro.'),
('refusal', 'fr', '{sentence}, because {quoted} is no vehicle category. Choose one of those on the card.',
 '{sentence}, car {quoted} n’est pas une catégorie de véhicule. Choisissez-en une de celles qui figurent sur la carte.'),
('refusal', 'fr', 'Nobody was looked up, because no purpose was given. Say why you look this person up.',
 'Personne n’a été recherché, faute de motif. Indiquez pourquoi vous consultez les données de cette personne.'),
('refusal', 'fr', 'The application was not started, because its key belongs to another one. Start it anew.',
 'La demande n’a pas été ouverte, car sa clé appartient à une autre demande. Recommencez-la.'),
('refusal', 'fr', 'The application was not started, because {quoted} is no type of application. Choose new, renewal, replacement, correction or upgrade.',
 'La demande n’a pas été ouverte, car {quoted} n’est pas un type de demande. Choisissez new, renewal, replacement, correction ou upgrade.'),
('refusal', 'fr', 'The application was not started, because {other} is open for this citizen already. Continue that one, or withdraw it first.',
 'La demande n’a pas été ouverte, car {other} est déjà en cours pour ce citoyen. Poursuivez celle-là, ou retirez-la d’abord.'),
('refusal', 'fr', 'The answer of the {source} registry was not recorded for application {application}, because {clause}. Ask the registry again.',
 'La réponse du registre ({source}) n’a pas été enregistrée pour la demande {application}, car {clause}. Interrogez de nouveau le registre.'),
('refusal', 'fr', 'The {field} of application {application} was not chosen, because no reason was given. Say which document proves it.',
 'Le champ « {field} » de la demande {application} n’a pas été fixé, faute de motif. Indiquez quel document fait foi.'),
('refusal', 'fr', 'The {field} of application {application} was not chosen, because {clause}. Choose one of the values that the registries'
                  ' gave, and say why.',
 'Le champ « {field} » de la demande {application} n’a pas été fixé, car {clause}. Choisissez l’une des valeurs données par les registres'
 ' et indiquez pourquoi.'),
('refusal', 'fr', 'The picture was not stored with application {application}, because it is no JPEG or PNG of at most 2 MiB for a portrait or a'
                  ' signature. Choose another file.',
 'L’image n’a pas été enregistrée avec la demande {application}, car ce n’est pas un fichier JPEG ou PNG de 2 Mio au plus pour une photographie'
 ' ou une signature. Choisissez un autre fichier.'),
('refusal', 'fr', 'Application {application} was not approved, because the identity registry has not answered you in the last ten minutes. Ask it'
                  ' again, then approve.',
 'La demande {application} n’a pas été approuvée, car le registre d’identité ne vous a pas répondu dans les dix dernières minutes.'
 ' Interrogez-le de nouveau, puis approuvez.'),
('refusal', 'fr', 'Application {application} was not approved, because the identity registry now says something else than what was recorded: {field}.'
                  ' Return it to the clerk.',
 'La demande {application} n’a pas été approuvée, car le registre d’identité indique maintenant autre chose que ce qui a été enregistré : {field}.'
 ' Renvoyez-la à l’agent.'),
('refusal', 'fr', 'Application {application} was not approved, because you entered or changed it yourself. Ask another supervisor to approve it.',
 'La demande {application} n’a pas été approuvée, car vous l’avez saisie ou modifiée vous-même. Demandez à un autre superviseur de l’approuver.'),
('refusal', 'fr', 'Application {application} was not approved, because it is {application_state}. Only a submitted application can be approved.',
 'La demande {application} n’a pas été approuvée, car elle est à l’état « {application_state} ». Seule une demande soumise peut être approuvée.'),
('refusal', 'fr', 'The application was not approved, because licence number {licence} of the driver registry belongs to somebody else here. Ask the'
                  ' registry to correct it.',
 'La demande n’a pas été approuvée, car le numéro de permis {licence} donné par le registre des conducteurs appartient ici à une autre personne.'
 ' Demandez au registre de le rectifier.'),
('refusal', 'fr', 'Application {application} was not continued, because it is {application_state} and does not wait.',
 'La demande {application} n’a pas été reprise, car elle est à l’état « {application_state} » et n’est pas en attente.'),

-- Cards
('refusal', 'fr', 'Nothing was changed, because office {office} has no card with the record number {id}. Search for it again.',
 'Rien n’a été modifié, car le bureau {office} n’a pas de carte enregistrée sous le numéro {id}. Cherchez-la de nouveau.'),
('refusal', 'fr', 'Card {card} was not changed, because it is {card_state} and cannot become {card_state2}. Look at the card in the print room and'
                  ' take the step that is next.',
 'La carte {card} n’a pas été modifiée, car de l’état « {card_state} » elle ne peut pas passer à l’état « {card_state2} ». Examinez-la dans la'
 ' salle d’impression et passez à l’étape qui suit.'),
('refusal', 'fr', 'Card {card} was not changed, because it is {card_state}; this step is for a card that is {card_state2}.',
 'La carte {card} n’a pas été modifiée, car elle est à l’état « {card_state} » ; cette étape vaut pour une carte à l’état : {card_state2}.'
 ' Examinez-la dans la salle d’impression.'),
('refusal', 'fr', 'Card {card} was not changed, because it is doubtful: a person must say whether it came out. Answer for it in the print room.',
 'La carte {card} n’a pas été modifiée, car elle est douteuse : une personne doit dire si elle est sortie. Répondez dans la salle d’impression.'),
('refusal', 'fr', 'Card {card} was not changed, because no reason was given. Say what happened to it.',
 'La carte {card} n’a pas été modifiée, faute de motif. Indiquez ce qui lui est arrivé.'),
('refusal', 'fr', 'The card was not drawn, because office {office} has no application with the record number {id}. Search for it again.',
 'La carte n’a pas été dessinée, car le bureau {office} n’a pas de demande enregistrée sous le numéro {id}. Cherchez-la de nouveau.'),
('refusal', 'fr', 'No card was reserved for application {application}, because office {office} has no blank left. Add blanks to the stock first.',
 'Aucune carte n’a été réservée pour la demande {application}, car le bureau {office} n’a plus de support. Ajoutez d’abord des supports au stock.'),
('refusal', 'fr', 'No card was reserved for application {application}, because its print key belongs to another card. Print it anew.',
 'Aucune carte n’a été réservée pour la demande {application}, car sa clé d’impression appartient à une autre carte. Relancez l’impression.'),
('refusal', 'fr', 'No second card was reserved for application {application}, because card {card} is {card_state}. Finish, spoil or cancel that card first.',
 'Aucune seconde carte n’a été réservée pour la demande {application}, car la carte {card} est à l’état « {card_state} ». Terminez d’abord cette'
 ' carte, mettez-la au rebut ou annulez-la.'),
('refusal', 'fr', 'No card was reserved for application {application}, because it is {application_state}. Only an approved application can be printed.',
 'Aucune carte n’a été réservée pour la demande {application}, car elle est à l’état « {application_state} ». Seule une demande approuvée peut être'
 ' imprimée.'),
('refusal', 'fr', 'No card was reserved for application {application}, because no printer was named. Choose one.',
 'Aucune carte n’a été réservée pour la demande {application}, car aucune imprimante n’a été indiquée. Choisissez-en une.'),
('refusal', 'fr', 'The file of card {card} was not replaced, because the print system has it already. Follow the print job.',
 'Le fichier de la carte {card} n’a pas été remplacé, car le système d’impression l’a déjà. Suivez le travail d’impression.'),
('refusal', 'fr', 'The file of card {card} was not kept, because it is incomplete or its hash is wrong. Draw the card again.',
 'Le fichier de la carte {card} n’a pas été conservé, car il est incomplet ou son empreinte est fausse. Dessinez de nouveau la carte.'),
('refusal', 'fr', 'Print job {job} was not noted for card {card}, because the card is {card_and_job}. Look at the card in the print room.',
 'Le travail d’impression {job} n’a pas été noté pour la carte {card}, car elle est {card_and_job}. Examinez-la dans la salle d’impression.'),
('refusal', 'fr', 'Card {card} was not sent, because no print job was noted for it. Print it again.',
 'La carte {card} n’a pas été envoyée, car aucun travail d’impression n’est noté pour elle. Relancez l’impression.'),
('refusal', 'fr', 'Card {card} was not checked, because it is {card_state}. Only a card that left the printer can be read back.',
 'La carte {card} n’a pas été relue, car elle est à l’état « {card_state} ». Seule une carte sortie de l’imprimante peut être relue.'),
('refusal', 'fr', 'Card {card} was not handed over, because it is {card_state}. Only a card that was read back can be handed over.',
 'La carte {card} n’a pas été remise, car elle est à l’état « {card_state} ». Seule une carte relue peut être remise.'),
('refusal', 'fr', 'Card {card} was not handed over, because {clause}. Scan the code on the card that is in your hand.',
 'La carte {card} n’a pas été remise, car {clause}. Lisez le code de la carte que vous avez en main.'),

-- Administration
('refusal', 'fr', 'No blanks were added, because a serial is B with eight digits and a delivery has 1 to 100000 blanks. Read the first serial again.',
 'Aucun support n’a été ajouté, car un numéro de série se compose de B et de huit chiffres, et une livraison compte de 1 à 100000 supports.'
 ' Relisez le premier numéro de série.'),
('refusal', 'fr', 'No blanks were added, because some of {count} blanks from {serial} on are in the stock already. Compare the serials with the'
                  ' delivery note.',
 'Aucun support n’a été ajouté, car certains des {count} supports à partir de {serial} sont déjà en stock. Comparez les numéros de série avec le'
 ' bon de livraison.'),
('refusal', 'fr', 'Office {quoted} was not added, because its code is taken or is not two to four capitals and digits, or its name is missing.',
 'Le bureau {quoted} n’a pas été ajouté, car son code est déjà pris ou n’est pas formé de deux à quatre majuscules et chiffres, ou son nom manque.'),
('refusal', 'fr', '{login} was not added, because the database server has a role of that name already. Choose another login.',
 '{login} n’a pas été ajouté, car le serveur de base de données a déjà un rôle de ce nom. Choisissez un autre identifiant.'),
('refusal', 'fr', '{quoted} was not added, because {clause}.', '{quoted} n’a pas été ajouté, car {clause}.'),
('refusal', 'fr', 'Nobody was not added, because {clause}.', 'Personne n’a été ajouté, car {clause}.'),
('refusal', 'fr', 'Nobody was changed, because {quoted} is no member of staff. Look at the list of staff.',
 'Personne n’a été modifié, car {quoted} ne fait pas partie du personnel. Consultez la liste du personnel.'),
('refusal', 'fr', 'Nothing was changed, because nobody switches off their own login. Ask another administrator.',
 'Rien n’a été modifié, car personne ne peut désactiver son propre identifiant. Adressez-vous à un autre administrateur.'),

-- Clauses of them
('sentence', 'fr', 'Nobody was looked up', 'Personne n’a été recherché'),
('sentence', 'fr', 'The application was not started', 'La demande n’a pas été ouverte'),
('sentence', 'fr', 'The categories of application {application} were not changed', 'Les catégories de la demande {application} n’ont pas été modifiées'),
('clause', 'fr', 'its source is unknown', 'sa source est inconnue'),
('clause', 'fr', 'its state is unknown', 'son état est inconnu'),
('clause', 'fr', 'it has not one value for each field', 'elle n’a pas une valeur par champ'),
('clause', 'fr', 'it has values although the registry did not answer', 'elle contient des valeurs alors que le registre n’a pas répondu'),
('clause', 'fr', 'it has no time', 'elle n’est pas datée'),
('clause', 'fr', 'its time lies in the future; set this computer’s clock', 'sa date est dans le futur ; réglez l’horloge de cet ordinateur'),
('clause', 'fr', '{quoted} is no field', '{quoted} n’est pas un champ'),
('clause', 'fr', 'the {field} is given twice', 'le champ « {field} » est donné deux fois'),
('clause', 'fr', 'the {field} is too long', 'le champ « {field} » est trop long'),
('clause', 'fr', 'the {field} is no date', 'le champ « {field} » n’est pas une date'),
('clause', 'fr', 'the categories are not well formed', 'les catégories sont mal formées'),
('clause', 'fr', 'no rule may choose between these values', 'aucune règle ne peut choisir entre ces valeurs'),
('clause', 'fr', 'no registry gave this value', 'aucun registre n’a donné cette valeur'),
('clause', 'fr', 'the registries do not agree on this value', 'les registres ne s’accordent pas sur cette valeur'),
('clause', 'fr', 'it was not read back in this session', 'elle n’a pas été relue dans cette session'),
('clause', 'fr', 'what was scanned is not its code', 'ce qui a été lu n’est pas son code'),
('clause', 'fr', 'a login is lower-case letters and digits', 'un identifiant se compose de minuscules et de chiffres'),
('clause', 'fr', 'that login is taken', 'cet identifiant est déjà pris'),
('clause', 'fr', 'the name is missing', 'le nom manque'),
('clause', 'fr', 'there is no such office', 'ce bureau n’existe pas'),
('clause', 'fr', 'the roles are clerk, supervisor, operator, auditor, admin and kiosk',
 'les rôles sont clerk, supervisor, operator, auditor, admin et kiosk'),
('clause', 'fr', 'the password must come as a SCRAM-SHA-256 verifier', 'le mot de passe doit être donné sous forme de vérificateur SCRAM-SHA-256'),
('other', 'fr', 'application {application}', 'la demande {application}'),
('other', 'fr', 'an application in another office', 'une demande d’un autre bureau'),
('quoted', 'fr', '''{words}''', '« {words} »'),
('quoted', 'fr', 'an empty text', 'un texte vide'),
('quoted', 'fr', 'an empty login', 'un identifiant vide'),
('quoted', 'fr', 'without a code', 'sans code'),
('card_and_job', 'fr', '{card_state}', 'à l’état « {card_state} »'),
('card_and_job', 'fr', '{card_state} and has print job {job}', 'à l’état « {card_state} » et a le travail d’impression {job}'),

-- What happened
('event', 'fr', '{name} started the application.', '{name} a ouvert la demande.'),
('event', 'fr', '{name} chose the {field}.', '{name} a fixé le champ « {field} ».'),
('event', 'fr', '{name} set the categories: {categories}.', '{name} a fixé les catégories : {categories}.'),
('event', 'fr', '{name} stored the {picture}.', '{name} a enregistré la {picture}.'),
('event', 'fr', '{name} submitted the application.', '{name} a soumis la demande.'),
('event', 'fr', '{name} approved the application.', '{name} a approuvé la demande.'),
('event', 'fr', '{name} returned the application.', '{name} a renvoyé la demande.'),
('event', 'fr', '{name} rejected the application.', '{name} a rejeté la demande.'),
('event', 'fr', '{name} withdrew the application.', '{name} a retiré la demande.'),
('event', 'fr', '{name} set aside the application.', '{name} a mis la demande en attente.'),
('event', 'fr', '{name} continued the application.', '{name} a repris la demande.'),
('event', 'fr', '{name} reserved card {card} on blank {serial}.', '{name} a réservé la carte {card} sur le support {serial}.'),
('event', 'fr', 'Card {card} is being made.', 'La carte {card} est en cours de fabrication.'),
('event', 'fr', 'Card {card} was drawn.', 'La carte {card} a été dessinée.'),
('event', 'fr', 'Print job {job} was made for card {card}.', 'Le travail d’impression {job} a été créé pour la carte {card}.'),
('event', 'fr', 'Card {card} was sent to {printer}.', 'La carte {card} a été envoyée à {printer}.'),
('event', 'fr', 'Printer {printer} works on card {card}.', 'L’imprimante {printer} imprime la carte {card}.'),
('event', 'fr', 'Card {card} left printer {printer}.', 'La carte {card} est sortie de l’imprimante {printer}.'),
('event', 'fr', 'Nobody can say whether card {card} came out.', 'Personne ne peut dire si la carte {card} est sortie.'),
('event', 'fr', '{name} found card {card}.', '{name} a trouvé la carte {card}.'),
('event', 'fr', '{name} spoiled card {card}.', '{name} a mis la carte {card} au rebut.'),
('event', 'fr', '{name} cancelled card {card}.', '{name} a annulé la carte {card}.'),
('event', 'fr', 'Card {card} was {card_end}; a new one can be made.', 'La carte {card} a été {card_end} ; une autre peut être établie.'),
('event', 'fr', 'Card {card} on blank {serial} was read back and matches.', 'La carte {card} sur le support {serial} a été relue et concorde.'),
('event', 'fr', 'Card {card} is ready to be handed over.', 'La carte {card} est prête à être remise.'),
('event', 'fr', 'Card {card} does not match its record: {part} differs. Read it again; if it differs again, spoil it.',
 'La carte {card} ne correspond pas à son enregistrement (différence : {part}). Relisez-la ; si elle diffère encore, mettez-la au rebut.'),
('event', 'fr', '{name} handed card {card} over.', '{name} a remis la carte {card}.'),
('event', 'fr', 'The citizen has the card.', 'Le citoyen a la carte.'),

-- Words that stand for a parameter
('separator', 'fr', ' or ', ' ou '), ('separator', 'fr', ' and ', ' et '), ('separator', 'fr', ', ', ', '),
('application_state', 'fr', 'draft', 'brouillon'), ('application_state', 'fr', 'submitted', 'soumise'),
('application_state', 'fr', 'approved', 'approuvée'), ('application_state', 'fr', 'in production', 'en production'),
('application_state', 'fr', 'ready', 'prête à être remise'), ('application_state', 'fr', 'issued', 'délivrée'),
('application_state', 'fr', 'returned', 'renvoyée à l’agent'), ('application_state', 'fr', 'rejected', 'rejetée'),
('application_state', 'fr', 'withdrawn', 'retirée'), ('application_state', 'fr', 'waiting', 'en attente'),
('card_state', 'fr', 'reserved', 'support réservé'), ('card_state', 'fr', 'rendered', 'dessinée'),
('card_state', 'fr', 'sent', 'envoyée à l’imprimante'), ('card_state', 'fr', 'on device', 'en cours d’impression'),
('card_state', 'fr', 'out', 'sortie de l’imprimante'), ('card_state', 'fr', 'checked', 'relue'), ('card_state', 'fr', 'issued', 'remise'),
('card_state', 'fr', 'doubtful', 'douteuse'), ('card_state', 'fr', 'spoiled', 'au rebut'), ('card_state', 'fr', 'cancelled', 'annulée'),
('card_state', 'fr', 'recalled', 'rappelée'),
('card_end', 'fr', 'spoiled', 'mise au rebut'), ('card_end', 'fr', 'cancelled', 'annulée'),
('undone', 'fr', 'submitted', 'soumise'), ('undone', 'fr', 'approved', 'approuvée'), ('undone', 'fr', 'printed', 'imprimée'),
('role', 'fr', 'clerk', 'agent'), ('role', 'fr', 'supervisor', 'superviseur'), ('role', 'fr', 'operator', 'opérateur d’impression'),
('role', 'fr', 'auditor', 'auditeur'), ('role', 'fr', 'admin', 'administrateur'), ('role', 'fr', 'kiosk', 'borne'),
('role', 'fr', 'platen_owner', 'platen_owner'),
('picture', 'fr', 'photograph', 'photographie'), ('picture', 'fr', 'signature', 'signature'),
('categories', 'fr', 'those held', 'celles détenues'),
('part', 'fr', 'its code', 'son code'), ('part', 'fr', 'its serial', 'son numéro de série'),
('source', 'fr', 'identity', 'identité'), ('source', 'fr', 'driver', 'conducteurs'), ('source', 'fr', 'infringement', 'infractions'),
('source', 'fr', 'unknown', 'inconnu'),
('state', 'fr', 'not asked', 'pas interrogé'), ('state', 'fr', 'not found', 'personne inconnue'), ('state', 'fr', 'timed out', 'pas de réponse à temps'),
('state', 'fr', 'unreachable', 'injoignable'), ('state', 'fr', 'refused', 'accès refusé'), ('state', 'fr', 'nonsense', 'réponse inutilisable'),
('state', 'fr', 'cancelled', 'interrogation annulée'),
('date', 'fr', 'further notice', 'jour où la suspension sera levée'),
('earliest', 'fr', 'the day on which the suspension ends', 'jour où la suspension prendra fin'),
('amount', 'fr', '{units}.{cents}', '{units},{cents}');

INSERT INTO platen.translation (context, language, english, text)
SELECT 'field', 'fr', f.title, f.title_fr FROM platen.field f;

-- French puts a narrow space that does not break before these marks and inside its quotation marks.
UPDATE platen.translation
   SET text = regexp_replace (regexp_replace (text, ' ([:;!?»])', E'\u202F\\1', 'g'), '« ', E'«\u202F', 'g')
 WHERE language = 'fr';
UPDATE platen.rule_text
   SET text = regexp_replace (text, ' ([:;!?»])', E'\u202F\\1', 'g'), cure = regexp_replace (cure, ' ([:;!?»])', E'\u202F\\1', 'g')
 WHERE language = 'fr';

INSERT INTO platen.schema_version (version, title) VALUES (17, 'words in each language');
