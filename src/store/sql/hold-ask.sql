-- Asks whoever edits an application for it.
-- $1 bigint: application
-- Columns: wait_s
SELECT api.ask_for_application ($1::bigint) AS wait_s
