-- SPDX-License-Identifier: GPL-3.0-or-later
-- When a printer was cleaned, and how many cards it has had since. After how many it is due says the profile of its make, or, for a printer that
-- nobody wrote a profile of, this office.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.printer_cleaning (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office_code text NOT NULL REFERENCES platen.office,
  printer     text NOT NULL CHECK (length (printer) BETWEEN 1 AND 127),
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  staff_id    int NOT NULL REFERENCES platen.staff,
  workstation text NOT NULL,
  after_card  bigint NOT NULL -- the last card that it had had; 0: none
);
CREATE INDEX printer_cleaning_newest ON platen.printer_cleaning (office_code, printer, id DESC);
CREATE TRIGGER printer_cleaning_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.printer_cleaning
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
CREATE TABLE platen.printer_cleaning_interval (
  office_code text NOT NULL REFERENCES platen.office,
  printer     text NOT NULL CHECK (length (printer) BETWEEN 1 AND 127),
  cards       int NOT NULL CHECK (cards BETWEEN 1 AND 100000),
  PRIMARY KEY (office_code, printer)
);
-- The cards that a printer has had: those that only waited for it do not wear it.
CREATE INDEX card_of_printer ON platen.card (office_code, printer, id)
  WHERE state NOT IN ('reserved', 'rendered', 'cancelled') AND batch_id IS NULL;

DO $policies$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['printer_cleaning', 'printer_cleaning_interval'] LOOP
    EXECUTE format ('ALTER TABLE platen.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format ('CREATE POLICY own_office ON platen.%I USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]))', v_table);
  END LOOP;
END
$policies$;

-- More than any interval are not counted.
CREATE FUNCTION platen.cards_of_printer (p_office text, p_printer text, p_after bigint) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  SELECT count (*)::int
    FROM (SELECT FROM card c
           WHERE c.office_code = p_office AND c.printer = p_printer AND c.id > p_after AND c.state NOT IN ('reserved', 'rendered', 'cancelled')
             AND c.batch_id IS NULL LIMIT 100001) had
$$;

CREATE FUNCTION platen.check_printer_named (p_printer text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = platen, pg_temp AS $$
BEGIN
  IF length (btrim (coalesce (p_printer, ''))) NOT BETWEEN 1 AND 127 THEN
    PERFORM refuse ('P0001', 'FIELD', 'No cleaning was noted, because it was not said of which printer. Name it as the print server does.');
  END IF;
  RETURN btrim (p_printer);
END
$$;

CREATE FUNCTION api.printer_cleaned (p_printer text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor   actor := demand ('operator', 'supervisor', 'admin');
  v_printer text := check_printer_named (p_printer);
  v_before  bigint := coalesce ((SELECT k.after_card FROM printer_cleaning k WHERE k.office_code = v_actor.office_code AND k.printer = v_printer
                                  ORDER BY k.id DESC LIMIT 1), 0);
  v_cards   int := cards_of_printer (v_actor.office_code, v_printer, v_before);
BEGIN
  INSERT INTO printer_cleaning (office_code, printer, staff_id, workstation, after_card)
  VALUES (v_actor.office_code, v_printer, v_actor.staff_id, v_actor.workstation,
          coalesce ((SELECT max (c.id) FROM card c WHERE c.office_code = v_actor.office_code AND c.printer = v_printer
                        AND c.state NOT IN ('reserved', 'rendered', 'cancelled') AND c.batch_id IS NULL), v_before));
  PERFORM note (v_actor, v_actor.office_code, 'printer_cleaned', 'printer', v_printer, jsonb_build_object ('cards', v_cards));
  RETURN v_cards;
END
$$;

-- NULL: as the profile of its make says.
CREATE FUNCTION api.set_cleaning_interval (p_printer text, p_cards int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor   actor := demand ('supervisor', 'admin');
  v_printer text := check_printer_named (p_printer);
BEGIN
  IF p_cards NOT BETWEEN 1 AND 100000 THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The cleaning of printer %s was not changed, because %s is not a number of cards from 1 to 100000. Give'
                    ' another.', v_printer, p_cards));
  END IF;
  DELETE FROM printer_cleaning_interval i WHERE i.office_code = v_actor.office_code AND i.printer = v_printer;
  INSERT INTO printer_cleaning_interval (office_code, printer, cards) SELECT v_actor.office_code, v_printer, p_cards WHERE p_cards IS NOT NULL;
  PERFORM note (v_actor, v_actor.office_code, 'set_cleaning_interval', 'printer', v_printer, jsonb_build_object ('cards', p_cards));
END
$$;

CREATE VIEW api.printer_cleaning WITH (security_barrier) AS
SELECT p.office_code, p.printer, k.at AS cleaned_at, s.name AS cleaned_by, i.cards AS every_cards,
       platen.cards_of_printer (p.office_code, p.printer, coalesce (k.after_card, 0)) AS cards_since
  FROM (SELECT b.office_code, b.printer FROM platen.stock_printer b
        UNION SELECT c.office_code, c.printer FROM platen.printer_cleaning c
        UNION SELECT n.office_code, n.printer FROM platen.printer_cleaning_interval n) p
  LEFT JOIN LATERAL (SELECT * FROM platen.printer_cleaning c WHERE c.office_code = p.office_code AND c.printer = p.printer
                      ORDER BY c.id DESC LIMIT 1) k ON true
  LEFT JOIN platen.staff s ON s.id = k.staff_id
  LEFT JOIN platen.printer_cleaning_interval i ON i.office_code = p.office_code AND i.printer = p.printer
 WHERE (SELECT platen.may_read ());

REVOKE ALL ON FUNCTION platen.cards_of_printer (text, text, bigint), platen.check_printer_named (text), api.printer_cleaned (text),
  api.set_cleaning_interval (text, int) FROM PUBLIC;
GRANT SELECT ON api.printer_cleaning TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
GRANT EXECUTE ON FUNCTION platen.cards_of_printer (text, text, bigint), api.printer_cleaned (text), api.set_cleaning_interval (text, int)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'No cleaning was noted, because it was not said of which printer. Name it as the print server does.',
 'Aucun nettoyage n’a été noté, car il n’a pas été dit de quelle imprimante. Nommez-la comme le serveur d’impression.'),
('refusal', 'fr', 'The cleaning of printer {printer} was not changed, because {cards} is not a number of cards from 1 to 100000. Give another.',
 'Le nettoyage de l’imprimante {printer} n’a pas été modifié, car {cards} n’est pas un nombre de cartes de 1 à 100000. Donnez-en un autre.');

INSERT INTO platen.schema_version (version, title) VALUES (76, 'cleaning of printers');
