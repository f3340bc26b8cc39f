-- SPDX-License-Identifier: GPL-3.0-or-later
-- A print server that ends while it prints begins its job once more when it is back: such a card is doubtful, and why is said in each language. So is
-- why a card that a stop froze was taken back from the print system.

SET LOCAL ROLE platen_owner;

INSERT INTO platen.translation (context, language, english, text) VALUES
('why', 'fr', 'The print server began again while it had the card, and may have printed it twice.',
 'Le serveur d’impression a redémarré alors qu’il avait la carte, et l’a peut-être imprimée deux fois.'),
('why', 'fr', 'A stop came before the printer had the card.', 'Un blocage est survenu avant que l’imprimante ait la carte.');

INSERT INTO platen.schema_version (version, title) VALUES (66, 'cards that a print server repeats');
