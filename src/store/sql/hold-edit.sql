-- Begins to edit an application, or says who does.
-- $1 bigint: application
-- Columns: mine, who, workstation, since, was, asked_by, asked_workstation, refused, asked_by_me
SELECT mine, who, workstation, since, was, NULL::text AS asked_by, NULL::text AS asked_workstation, false AS refused,
       false AS asked_by_me
  FROM api.edit_application ($1::bigint)
