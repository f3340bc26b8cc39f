-- SPDX-License-Identifier: GPL-3.0-or-later
-- The PDF417 of a North American card holds text, which a scanner in keyboard mode types: it tells the card as its QR code does. Control
-- characters stand between its elements, and a keyboard types them as it can, so any run of them counts as one line break on both sides.

SET LOCAL ROLE platen_owner;

CREATE FUNCTION platen.typed_lines (p_text text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp SET standard_conforming_strings = on AS $$
  SELECT btrim (regexp_replace (p_text, '[\x01-\x1f\x7f]+', E'\n', 'g'), E'\n')
$$;

-- NULL where the PDF417 holds no file of the AAMVA DL/ID Card Design Standard.
CREATE FUNCTION platen.aamva_text (p_pdf417 bytea) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp SET standard_conforming_strings = on AS $$
  SELECT CASE WHEN substr (p_pdf417, 1, 9) = '\x400a1e0d414e534920'::bytea AND position ('\x00'::bytea IN p_pdf417) = 0
              THEN typed_lines (convert_from (p_pdf417, 'LATIN1')) END
$$;

CREATE OR REPLACE FUNCTION platen.is_code_of (p_card bigint, p_scanned text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT coalesce ((SELECT f.qr_text = rtrim (p_scanned, E'\r\n\t')
                           OR aamva_text (f.pdf417) = typed_lines (p_scanned)
                      FROM card_file f WHERE f.card_id = p_card), false)
$$;
REVOKE ALL ON FUNCTION platen.typed_lines (text), platen.aamva_text (bytea), platen.is_code_of (bigint, text) FROM PUBLIC;

INSERT INTO platen.schema_version (version, title) VALUES (46, 'north american cards read back');
