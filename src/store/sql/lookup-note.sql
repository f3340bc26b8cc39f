-- Writes into the log of who read whom, before anything is asked.
-- $1 text: ID number, $2 text: purpose
SELECT api.note_lookup ($1, $2) AS noted
