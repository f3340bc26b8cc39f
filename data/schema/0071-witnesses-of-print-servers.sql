-- SPDX-License-Identifier: GPL-3.0-or-later
-- Before the document of a card leaves, it is kept that it may have left, and which witness stood in the print server then. A print server that
-- was killed or lost its power begins again without knowing what it did last: where its witness is gone, or has heard of a beginning, what it says
-- of the card is not believed, and a person is asked. A card of which nothing is kept here never left.

SET LOCAL ROLE platen_owner;

CREATE TABLE platen.card_sending (
  card_id     bigint      PRIMARY KEY REFERENCES platen.card,
  office_code text        NOT NULL REFERENCES platen.office,
  witness     text        NOT NULL CHECK (length (witness) <= 63), -- '': the print server has none
  sent_at     timestamptz NOT NULL DEFAULT clock_timestamp ()
);
ALTER TABLE platen.card_sending ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON platen.card_sending USING (office_code = ANY ((SELECT platen.visible_offices ())::text[]));

-- What is in a print system as this upgrade comes was sent without one.
INSERT INTO platen.card_sending (card_id, office_code, witness)
SELECT id, office_code, '' FROM platen.card WHERE job_id IS NOT NULL AND state IN ('rendered', 'sent', 'on_device');

CREATE FUNCTION api.card_sending (p_card bigint, p_witness text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator');
  v_card  card := hold_card (v_actor, p_card);
BEGIN
  IF v_card.state <> 'rendered' OR v_card.job_id IS NULL THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not sent, because no print job was noted for it. Print it again.', v_card.number));
  END IF;
  INSERT INTO card_sending (card_id, office_code, witness) VALUES (p_card, v_card.office_code, coalesce (p_witness, ''))
  ON CONFLICT (card_id) DO UPDATE SET witness = excluded.witness, sent_at = excluded.sent_at;
END
$$;

-- NULL: its document never left.
CREATE FUNCTION api.card_witness (p_card bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator');
BEGIN
  RETURN (SELECT s.witness FROM card_sending s WHERE s.card_id = p_card AND s.office_code = v_actor.office_code);
END
$$;

REVOKE ALL ON FUNCTION api.card_sending (bigint, text), api.card_witness (bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.card_sending (bigint, text), api.card_witness (bigint)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('why', 'fr', 'The print server began again, and does not know any more whether it printed the card.',
 'Le serveur d’impression a redémarré et ne sait plus s’il a imprimé la carte.');

INSERT INTO platen.schema_version (version, title) VALUES (71, 'witnesses of print servers');
