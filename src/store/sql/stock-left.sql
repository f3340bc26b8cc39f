-- For how many of those who wait for a card there is stock, who else will need one, and for how many working days it lasts.
-- Columns: json
SELECT json_build_object ('cards', l.cards, 'in_safe', l.in_safe, 'in_custody', l.in_custody, 'in_printers', l.in_printers, 'received', l.received,
                          'ribbon_left', l.ribbon, 'film_left', l.film, 'submitted', l.submitted, 'approved', l.approved, 'waiting', l.waiting,
                          'makes', l.makes, 'short', l.short, 'warning', coalesce (l.warning, q.warning), 'in_queue', q.in_queue, 'held', q.held,
                          'drafts', q.drafts, 'needed', q.needed, 'used', q.used, 'used_in_days', q.used_in_days, 'lasts_days', q.lasts_days)::text AS json
  FROM api.stock_left l JOIN api.stock_meets_queue q ON q.office_code = l.office_code JOIN api.whoami () w ON w.office_code = l.office_code
