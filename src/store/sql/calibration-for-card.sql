-- What moves a card on its printer.
-- $1 bigint: card
-- Columns: left_mm, top_mm, length_mm, right_top_mm; no row where the printer was not calibrated
SELECT left_mm, top_mm, length_mm, right_top_mm
  FROM api.calibration_for_card ($1)
