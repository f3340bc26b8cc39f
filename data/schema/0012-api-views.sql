-- SPDX-License-Identifier: GPL-3.0-or-later
-- What may be read. Each view demands a session (platen.may_read raises where there is none) and shows what
-- row-level security leaves of its tables.

SET LOCAL ROLE platen_owner;

-- In the order of a worklist, so that a page of it is read from an index even through the barrier.
CREATE VIEW api.application WITH (security_barrier) AS
SELECT a.id, a.number, a.type, a.state::text AS state, a.id_number, a.holder_name, a.categories, a.licence_number, a.issue_date,
       a.expiry_date, a.office_code, e.name AS entered_by, e.login AS entered_by_login, p.name AS approved_by, a.created_at,
       a.changed_at, a.row_version, a.has_portrait, a.has_signature, a.stops, a.reason
  FROM platen.application a
  JOIN platen.staff e ON e.id = a.entered_by
  LEFT JOIN platen.staff p ON p.id = a.approved_by
 WHERE (SELECT platen.may_read ())
 ORDER BY a.changed_at DESC, a.id DESC;

CREATE VIEW api.application_source WITH (security_barrier) AS
SELECT DISTINCT ON (s.application_id, s.source, s.asked_by)
       s.application_id, s.source, s.state, s.answered_at, s.message, s.fields, s.field_values, t.login AS asked_by_login
  FROM platen.application_source s JOIN platen.staff t ON t.id = s.asked_by
 WHERE (SELECT platen.may_read ())
 ORDER BY s.application_id, s.source, s.asked_by, s.id DESC;

CREATE VIEW api.application_field WITH (security_barrier) AS
SELECT f.application_id, f.field, f.value, f.choice, f.rule, f.reason, t.name AS chosen_by
  FROM platen.application_field f JOIN platen.staff t ON t.id = f.chosen_by
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.application_image WITH (security_barrier) AS
SELECT i.application_id, i.kind, i.image, i.media_type, i.sha256
  FROM platen.application_image i
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.application_finding WITH (security_barrier) AS
SELECT f.application_id, f.rule, f.severity, platen.rule_words (f.rule, 'text', f.params) AS text,
       platen.rule_words (f.rule, 'cure', f.params) AS cure, f.legal_reference, f.field
  FROM platen.finding f
 WHERE (SELECT platen.may_read ())
 ORDER BY f.application_id, f.position;

CREATE VIEW api.event WITH (security_barrier) AS
SELECT e.id, e.at, coalesce (t.name, '') AS who, e.workstation, e.subject, e.application_id, e.card_id, e.what, e.text, e.why
  FROM platen.event e LEFT JOIN platen.staff t ON t.id = e.staff_id
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.card WITH (security_barrier) AS
SELECT c.id, c.number, c.serial, c.state::text AS state, c.application_id, a.number AS application_number, a.holder_name, c.printer,
       c.job_id, c.job_uuid, c.print_key, c.front_sha256, c.back_sha256, c.file_sha256, c.layout, c.layout_version, c.changed_at, c.reason
  FROM platen.card c JOIN platen.application a ON a.id = c.application_id
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.card_file WITH (security_barrier) AS
SELECT f.card_id, f.file, f.qr_text, f.pdf417, f.mrz, f.inputs
  FROM platen.card_file f
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.licence WITH (security_barrier) AS
SELECT l.number, l.id_number, l.holder_name, l.categories, l.issue_date, l.expiry_date, l.card_number
  FROM platen.licence l
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.stock WITH (security_barrier) AS
SELECT b.office_code, b.place::text AS place, count (*)::int AS blanks
  FROM platen.blank b
 WHERE (SELECT platen.may_read ())
 GROUP BY b.office_code, b.place;

CREATE VIEW api.staff WITH (security_barrier) AS
SELECT s.login, s.name, s.office_code, platen.roles_of (s.login) AS roles, s.active
  FROM platen.staff s
 WHERE (SELECT platen.may_read ())
   AND ((SELECT platen.has_role ('admin')) OR s.office_code = ANY ((SELECT platen.visible_offices ())::text[]));

CREATE VIEW api.office WITH (security_barrier) AS
SELECT o.code, o.name
  FROM platen.office o
 WHERE (SELECT platen.may_read ());

CREATE VIEW api.session_log WITH (security_barrier) AS
SELECT s.id, t.login, t.name, t.office_code, s.workstation, s.opened_at, s.last_used_at, s.locked_at, s.ended_at, s.expires_at
  FROM platen.session s JOIN platen.staff t ON t.id = s.staff_id
 WHERE (SELECT platen.may_read ('auditor'));

CREATE VIEW api.lookup_log WITH (security_barrier) AS
SELECT l.id, l.at, t.login, t.name, l.office_code, l.workstation, l.id_number, l.purpose
  FROM platen.lookup l JOIN platen.staff t ON t.id = l.staff_id
 WHERE (SELECT platen.may_read ('auditor'));

CREATE VIEW api.audit_log WITH (security_barrier) AS
SELECT a.office_code, a.seq, a.at, a.login, a.workstation, a.action, a.subject, a.subject_id, a.detail, encode (a.hash, 'hex') AS hash
  FROM platen.audit a
 WHERE (SELECT platen.may_read ('auditor'));

CREATE VIEW api.category WITH (security_barrier) AS
SELECT c.code, c.position, c.min_age, c.vehicle_group, c.prerequisite
  FROM platen.category c
 WHERE (SELECT platen.may_read ());

INSERT INTO platen.schema_version (version, title) VALUES (12, 'api: views');
