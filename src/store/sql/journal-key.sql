-- The key of this person's journals at this workstation.
-- Columns: id, key
SELECT id, key FROM api.journal_key ()
