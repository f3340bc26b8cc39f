-- What each printer of the office still makes by the books, what waits for it alone and what it is at.
-- Columns: json
SELECT coalesce (json_agg (json_build_object ('printer', l.printer, 'blanks', l.blanks, 'ribbon_left', l.ribbon_left, 'film_left', l.film_left,
                                              'makes', l.makes, 'assigned', l.assigned, 'in_flight', l.in_flight, 'paused', l.paused,
                                              'pause_reason', l.pause_reason) ORDER BY l.printer), '[]')::text AS json
  FROM api.printer_load l JOIN api.whoami () w ON w.office_code = l.office_code
