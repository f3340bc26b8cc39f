-- The calibrations of this office, newest first.
-- $1 text: printer; NULL: of all
-- Columns: at timestamptz, who, printer, lot, left_mm, top_mm, length_mm, right_top_mm
SELECT at, who, printer, lot, left_mm, top_mm, length_mm, right_top_mm
  FROM api.print_calibration
 WHERE $1::text IS NULL OR printer = $1
 ORDER BY id DESC
 LIMIT 200
