-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the issuer's signature on a card file covers has a hash of its own: whoever draws the card again
-- gets it without the issuer's key, and a token, which signs differently each time, cannot change it.
-- From here on the hash of a side is that of all that its page of the drawing shows; before it was that of
-- its picture at 300 dots per inch.

SET LOCAL ROLE platen_owner;

ALTER TABLE platen.card_file ADD unsigned_sha256 text CHECK (unsigned_sha256 ~ '^[0-9a-f]{64}$');

CREATE OR REPLACE VIEW api.card_file WITH (security_barrier) AS
SELECT f.card_id, f.file, f.qr_text, f.pdf417, f.mrz, f.inputs, f.unsigned_sha256
  FROM platen.card_file f
 WHERE (SELECT platen.may_read_persons ('card_file'));

CREATE FUNCTION api.card_rendered (p_card bigint, p_layout text, p_layout_version int, p_layout_digest text, p_front_sha256 text,
                                   p_back_sha256 text, p_file_sha256 text, p_file bytea, p_qr_text text, p_pdf417 bytea, p_mrz text,
                                   p_inputs jsonb, p_unsigned_sha256 text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
BEGIN
  PERFORM api.card_rendered (p_card, p_layout, p_layout_version, p_layout_digest, p_front_sha256, p_back_sha256, p_file_sha256, p_file,
                             p_qr_text, p_pdf417, p_mrz, p_inputs);
  UPDATE card_file SET unsigned_sha256 = p_unsigned_sha256 WHERE card_id = p_card;
END
$$;

REVOKE ALL ON FUNCTION api.card_rendered (bigint, text, int, text, text, text, text, bytea, text, bytea, text, jsonb, text) FROM PUBLIC;
DO $grants$
DECLARE
  v_group text;
BEGIN
  FOREACH v_group IN ARRAY ARRAY['platen_clerk', 'platen_supervisor', 'platen_operator', 'platen_auditor', 'platen_admin'] LOOP
    EXECUTE format ('GRANT EXECUTE ON FUNCTION'
                    ' api.card_rendered (bigint, text, int, text, text, text, text, bytea, text, bytea, text, jsonb, text) TO %I', v_group);
  END LOOP;
END
$grants$;

INSERT INTO platen.schema_version (version, title) VALUES (49, 'hash before the signature');
