-- SPDX-License-Identifier: GPL-3.0-or-later
-- How far each printer prints beside the place: four numbers measured on its test card, per lot of blanks where lots differ. They move
-- what is sent to that printer, never the card file that is signed. None is ever changed: the newest counts, the older ones show the drift.

SET LOCAL ROLE platen_owner;

-- Blanks of one delivery may be cut otherwise than those of another.
ALTER TABLE platen.blank ADD COLUMN lot text NOT NULL DEFAULT '' CHECK (length (lot) <= 40);

CREATE TABLE platen.print_calibration (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at           timestamptz NOT NULL DEFAULT clock_timestamp(),
  office_code  text NOT NULL REFERENCES platen.office,
  printer      text NOT NULL CHECK (btrim (printer) <> ''),
  lot          text NOT NULL CHECK (length (lot) <= 40), -- '': every lot that has none of its own
  left_mm      numeric (5, 2) NOT NULL CHECK (left_mm BETWEEN 2 AND 8),            -- from the left edge to cross A; drawn at 5.00
  top_mm       numeric (5, 2) NOT NULL CHECK (top_mm BETWEEN 2 AND 8),             -- from the top edge to cross A; drawn at 5.00
  length_mm    numeric (5, 2) NOT NULL CHECK (length_mm BETWEEN 72 AND 78),        -- from cross A to cross B; drawn 75.00 apart
  right_top_mm numeric (5, 2) NOT NULL CHECK (right_top_mm BETWEEN 2 AND 8),       -- from the top edge to cross B; drawn at 5.00
  made_by      int NOT NULL REFERENCES platen.staff
);
CREATE INDEX print_calibration_newest ON platen.print_calibration (office_code, printer, lot, id DESC);
CREATE TRIGGER print_calibration_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platen.print_calibration
  FOR EACH STATEMENT EXECUTE FUNCTION platen.refuse_change ();
ALTER TABLE platen.print_calibration ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.print_calibration USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

CREATE VIEW api.print_calibration WITH (security_barrier) AS
SELECT c.id, c.at, s.name AS who, c.office_code, c.printer, c.lot, c.left_mm, c.top_mm, c.length_mm, c.right_top_mm
  FROM platen.print_calibration c JOIN platen.staff s ON s.id = c.made_by
 WHERE (SELECT platen.may_read ());

CREATE FUNCTION api.calibrate_printer (p_printer text, p_lot text, p_left_mm numeric, p_top_mm numeric, p_length_mm numeric,
                                       p_right_top_mm numeric) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor   actor := demand ('operator', 'supervisor');
  v_printer text := btrim (coalesce (p_printer, ''));
  v_lot     text := btrim (coalesce (p_lot, ''));
  v_id      bigint;
BEGIN
  IF v_printer = '' OR length (v_lot) > 40 THEN
    PERFORM refuse ('P0001', 'FIELD', 'No calibration was kept, because the printer is not named or the lot’s name is too long. Give both'
                    ' again.');
  END IF;
  IF v_lot <> '' AND NOT EXISTS (SELECT FROM blank WHERE office_code = v_actor.office_code AND lot = v_lot) THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('No calibration of %s was kept, because this office has no blank of the lot %s. Say first'
                    ' which blanks are of it.', v_printer, v_lot));
  END IF;
  IF NOT coalesce (p_left_mm BETWEEN 2 AND 8 AND p_top_mm BETWEEN 2 AND 8 AND p_right_top_mm BETWEEN 2 AND 8
                   AND p_length_mm BETWEEN 72 AND 78, false) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('No calibration of %s was kept, because its numbers cannot be of a test card: three are near'
                    ' 5 mm, the length is near 75 mm. Measure again, or have the printer repaired.', v_printer));
  END IF;
  INSERT INTO print_calibration (office_code, printer, lot, left_mm, top_mm, length_mm, right_top_mm, made_by)
  VALUES (v_actor.office_code, v_printer, v_lot, p_left_mm, p_top_mm, p_length_mm, p_right_top_mm, v_actor.staff_id)
  RETURNING id INTO v_id;
  PERFORM note (v_actor, v_actor.office_code, 'printer_calibrated', 'printer', v_printer,
                jsonb_build_object ('lot', v_lot, 'left_mm', p_left_mm, 'top_mm', p_top_mm, 'length_mm', p_length_mm,
                                    'right_top_mm', p_right_top_mm));
  RETURN v_id;
END
$$;

-- What moves this card on its printer: of its blank's lot, else of every lot. No row where the printer has none.
CREATE FUNCTION api.calibration_for_card (p_card bigint)
RETURNS TABLE (left_mm numeric, top_mm numeric, length_mm numeric, right_top_mm numeric)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
#variable_conflict use_column
DECLARE
  v_actor actor := demand ('operator');
BEGIN
  RETURN QUERY
  SELECT k.left_mm, k.top_mm, k.length_mm, k.right_top_mm
    FROM card c JOIN blank b ON b.serial = c.serial
    JOIN print_calibration k ON k.office_code = c.office_code AND k.printer = c.printer AND k.lot IN (b.lot, '')
   WHERE c.id = p_card AND c.office_code = v_actor.office_code
   ORDER BY k.lot = b.lot DESC, k.id DESC
   LIMIT 1;
END
$$;

-- Says of a run of blanks which lot they are of; how many there were.
CREATE FUNCTION api.name_stock_lot (p_first text, p_last text, p_lot text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator', 'supervisor');
  v_lot   text := btrim (coalesce (p_lot, ''));
  v_count int;
BEGIN
  IF length (v_lot) > 40 THEN
    PERFORM refuse ('P0001', 'FIELD', 'The lot was not named, because its name has more than 40 letters. Give a shorter one.');
  END IF;
  UPDATE blank SET lot = v_lot WHERE office_code = v_actor.office_code AND serial BETWEEN p_first AND p_last;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count = 0 THEN
    PERFORM refuse ('P0002', 'NOT_FOUND', format ('The lot %s was not named, because this office has no blank from %s to %s. Look at the'
                    ' serials again.', v_lot, p_first, p_last));
  END IF;
  PERFORM note (v_actor, v_actor.office_code, 'stock_lot_named', 'stock', p_first,
                jsonb_build_object ('last', p_last, 'lot', v_lot, 'blanks', v_count));
  RETURN v_count;
END
$$;

GRANT SELECT ON api.print_calibration TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;
REVOKE ALL ON FUNCTION api.calibrate_printer (text, text, numeric, numeric, numeric, numeric), api.calibration_for_card (bigint),
  api.name_stock_lot (text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.calibrate_printer (text, text, numeric, numeric, numeric, numeric), api.calibration_for_card (bigint),
  api.name_stock_lot (text, text, text)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'No calibration was kept, because the printer is not named or the lot’s name is too long. Give both again.',
 'Aucun calibrage n’a été conservé, car l’imprimante n’est pas nommée ou le nom du lot est trop long. Donnez les deux à nouveau.'),
('refusal', 'fr', 'No calibration of {printer} was kept, because this office has no blank of the lot {lot}. Say first which blanks are of it.',
 'Aucun calibrage de {printer} n’a été conservé, car ce bureau n’a aucun support du lot {lot}. Dites d’abord lesquels en sont.'),
('refusal', 'fr', 'No calibration of {printer} was kept, because its numbers cannot be of a test card: three are near 5 mm, the length is near'
 ' 75 mm. Measure again, or have the printer repaired.',
 'Aucun calibrage de {printer} n’a été conservé, car ces nombres ne peuvent être ceux d’une carte d’essai : trois sont proches de 5 mm, la'
 ' longueur est proche de 75 mm. Mesurez à nouveau, ou faites réparer l’imprimante.'),
('refusal', 'fr', 'The lot was not named, because its name has more than 40 letters. Give a shorter one.',
 'Le lot n’a pas été nommé, car son nom a plus de 40 lettres. Donnez-en un plus court.'),
('refusal', 'fr', 'The lot {lot} was not named, because this office has no blank from {serial} to {serial2}. Look at the serials again.',
 'Le lot {lot} n’a pas été nommé, car ce bureau n’a aucun support de {serial} à {serial2}. Regardez à nouveau les numéros.');

INSERT INTO platen.schema_version (version, title) VALUES (41, 'print calibration');
