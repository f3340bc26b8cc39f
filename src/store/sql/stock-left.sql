-- For how many of those who wait for a card there is stock.
-- Columns: json
SELECT json_build_object ('cards', l.cards, 'in_safe', l.in_safe, 'in_custody', l.in_custody, 'in_printers', l.in_printers, 'received', l.received,
                          'ribbon_left', l.ribbon, 'film_left', l.film, 'submitted', l.submitted, 'approved', l.approved, 'waiting', l.waiting,
                          'makes', l.makes, 'short', l.short, 'warning', l.warning)::text AS json
  FROM api.stock_left l JOIN api.whoami () w ON w.office_code = l.office_code
