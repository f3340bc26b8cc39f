-- SPDX-License-Identifier: GPL-3.0-or-later
-- A print server may pass a card on to another one, which may have begun again since just as well: witnesses stand in all of them, and their names
-- are kept in one text.

SET LOCAL ROLE platen_owner;

ALTER TABLE platen.card_sending DROP CONSTRAINT card_sending_witness_check;
ALTER TABLE platen.card_sending ADD CONSTRAINT card_sending_witness_check CHECK (length (witness) <= 4000);

INSERT INTO platen.schema_version (version, title) VALUES (83, 'print servers behind others');
