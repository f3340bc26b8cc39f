-- SPDX-License-Identifier: GPL-3.0-or-later
-- A print server that is killed begins again with what it last wrote down, and does so only every half a minute: a job that had ended since is
-- printed once more. So a job that has ended is taken away from the print server before its card counts as out. That it had ended is kept here
-- first: who finds the job gone afterwards, another desk or the one that comes after a crash, knows why.

SET LOCAL ROLE platen_owner;

ALTER TABLE platen.card_sending
  ADD ended    text CHECK (ended IN ('out', 'forgotten')), -- what the print server said of the job: forgotten, that its printer knew of none
  ADD ended_at timestamptz,
  ADD CONSTRAINT ended_once CHECK ((ended IS NULL) = (ended_at IS NULL));

CREATE FUNCTION api.card_job_ended (p_card bigint, p_forgotten boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator');
  v_card  card := hold_card (v_actor, p_card);
BEGIN
  IF v_card.state NOT IN ('rendered', 'sent', 'on_device') OR v_card.job_id IS NULL THEN
    PERFORM refuse ('P0001', 'STATE', format ('Card %s was not changed, because it is %s; this step is for a card that is %s.', v_card.number,
                    replace (v_card.state, '_', ' '), 'sent or on device'));
  END IF;
  INSERT INTO card_sending AS s (card_id, office_code, witness, ended, ended_at)
  VALUES (p_card, v_card.office_code, '', CASE WHEN p_forgotten THEN 'forgotten' ELSE 'out' END, clock_timestamp ())
  ON CONFLICT (card_id) DO UPDATE SET ended = excluded.ended, ended_at = excluded.ended_at WHERE s.ended IS NULL;
END
$$;

-- out, forgotten; NULL: it was not seen to have ended.
CREATE FUNCTION api.card_job_end (p_card bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator');
BEGIN
  RETURN (SELECT s.ended FROM card_sending s WHERE s.card_id = p_card AND s.office_code = v_actor.office_code);
END
$$;

REVOKE ALL ON FUNCTION api.card_job_ended (bigint, boolean), api.card_job_end (bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.card_job_ended (bigint, boolean), api.card_job_end (bigint)
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.translation (context, language, english, text) VALUES
('why', 'fr', 'The print server keeps the job that has ended, and would print it again after a crash. The administrator lets the owner of a job purge it.',
 'Le serveur d’impression garde la tâche terminée et l’imprimerait de nouveau après un arrêt brutal. L’administrateur permet au propriétaire d’une tâche de la purger.');

INSERT INTO platen.translation (context, language, english, text) VALUES
('why', 'fr', 'The printer was stopped before it had the card.', 'L’imprimante a été arrêtée avant d’avoir la carte.');

INSERT INTO platen.schema_version (version, title) VALUES (85, 'jobs that have ended');
