-- SPDX-License-Identifier: GPL-3.0-or-later
-- A rule says whether it counts today, as a version does: the day is the office's and not the reader's.

SET LOCAL ROLE platen_owner;

CREATE OR REPLACE VIEW api.layout_rule WITH (security_barrier) AS
SELECT r.id, r.position, r.type, r.for_office, r.min_age, r.max_age, r.layout, r.valid_from, r.valid_to, r.state::text AS state,
       p.name AS proposed_by, p.login AS proposed_by_login, a.name AS approved_by, r.reason, r.changed_at,
       r.state = 'approved' AND r.valid_from <= platen.today () AND coalesce (r.valid_to >= platen.today (), true) AS usable
  FROM platen.layout_rule r
  LEFT JOIN platen.staff p ON p.id = r.proposed_by
  LEFT JOIN platen.staff a ON a.id = r.approved_by
 WHERE (SELECT platen.may_read ());

INSERT INTO platen.schema_version (version, title) VALUES (50, 'rules that count today');
