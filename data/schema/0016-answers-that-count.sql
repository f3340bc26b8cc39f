-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a case shows of the registries must be what the rules judge by: platen.best_source, for all three.

SET LOCAL ROLE platen_owner;

-- The newest answer, else the newest failure. The approver's own asking of the identity registry is compared
-- with it by api.approve_application and is none of it.
CREATE VIEW api.application_answer WITH (security_barrier) AS
SELECT DISTINCT ON (s.application_id, s.source)
       s.application_id, s.source, s.state, s.answered_at, s.message, s.fields, s.field_values
  FROM platen.application_source s
 WHERE (SELECT platen.may_read ()) AND (s.source <> 'identity' OR NOT s.for_approval)
 ORDER BY s.application_id, s.source, s.state IN ('answered', 'not_found') DESC, s.id DESC;

GRANT SELECT ON api.application_answer
  TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.schema_version (version, title) VALUES (16, 'answers that count');
