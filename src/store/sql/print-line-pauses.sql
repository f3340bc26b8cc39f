-- What is paused in the print room, all of it first.
-- Columns: printer, reason, who
SELECT p.printer, p.reason, p.who
  FROM api.print_pause p JOIN api.whoami () w ON w.office_code = p.office_code
 ORDER BY p.printer NULLS FIRST
