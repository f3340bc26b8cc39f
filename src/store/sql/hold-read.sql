-- Who edits an application, and who asks for it.
-- $1 bigint: application
-- Columns: mine, who, workstation, since, was, asked_by, asked_workstation, refused, asked_by_me
SELECT mine, who, workstation, since, NULL::text AS was, asked_by, asked_workstation, refused_at IS NOT NULL AS refused,
       coalesce (asked_by_me, false) AS asked_by_me
  FROM api.application_hold
 WHERE application_id = $1::bigint
