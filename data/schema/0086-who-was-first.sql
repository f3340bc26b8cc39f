-- SPDX-License-Identifier: GPL-3.0-or-later
-- Two desks hand the same card over at once: one does, and the other is told who did and when, instead of only that it is done.

SET LOCAL ROLE platen_owner;

CREATE FUNCTION platen.refuse_handed_over (p_card platen.card) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_event event;
BEGIN
  IF p_card.state <> 'issued' THEN
    RETURN;
  END IF;
  SELECT * INTO v_event FROM event e WHERE e.card_id = p_card.id AND e.what = 'issued' ORDER BY e.id DESC LIMIT 1;
  PERFORM refuse ('P0001', 'STATE', format (CASE WHEN EXISTS (SELECT FROM card_handover h WHERE h.card_id = p_card.id AND h.how = 'post')
                    THEN 'Card %s was not changed, because %s posted it already, on %s at %s. Ask them if the card is here.'
                    ELSE 'Card %s was not changed, because %s handed it over already, on %s at %s. Ask them if the card is here.' END,
                  p_card.number, (SELECT s.name FROM staff s WHERE s.id = v_event.staff_id), to_char (v_event.at, 'YYYY-MM-DD'),
                  to_char (v_event.at, 'HH24:MI')));
END
$$;

-- As in 0068.
CREATE OR REPLACE FUNCTION platen.hold_ready_card (p_actor platen.actor, p_card bigint) RETURNS platen.card
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_card card := hold_card (p_actor, p_card);
BEGIN
  PERFORM refuse_handed_over (v_card);
  IF v_card.state <> 'checked' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not changed, because it is %s; this step is for a card that is %s.', v_card.number,
                    replace (v_card.state, '_', ' '), 'checked'));
  END IF;
  RETURN v_card;
END
$$;

CREATE OR REPLACE FUNCTION api.issue_card (p_card bigint, p_scanned text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator', 'clerk');
BEGIN
  PERFORM refuse_handed_over (hold_card (v_actor, p_card));
  PERFORM issue_checked_card (v_actor, p_card, p_scanned, '%s handed card %s over.', NULL);
END
$$;

REVOKE ALL ON FUNCTION platen.refuse_handed_over (platen.card) FROM PUBLIC;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'Card {card} was not changed, because {name} handed it over already, on {day} at {time}. Ask them if the card is here.',
 'La carte {card} n’a pas été modifiée, car {name} l’a déjà remise, le {day} à {time}. Demandez à cette personne si la carte est ici.'),
('refusal', 'fr', 'Card {card} was not changed, because {name} posted it already, on {day} at {time}. Ask them if the card is here.',
 'La carte {card} n’a pas été modifiée, car {name} l’a déjà postée, le {day} à {time}. Demandez à cette personne si la carte est ici.');

INSERT INTO platen.schema_version (version, title) VALUES (86, 'who was first');
