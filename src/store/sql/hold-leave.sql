-- Edits an application no longer.
-- $1 bigint: application
SELECT api.leave_application ($1::bigint)
