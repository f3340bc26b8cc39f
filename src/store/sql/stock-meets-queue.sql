-- What the stock has for who waits for a card and for who has applied.
-- Columns: json
SELECT json_build_object ('cards', l.cards, 'in_safe', l.in_safe, 'in_printers', l.in_printers, 'in_custody', l.in_custody, 'ribbon_left', l.ribbon,
                          'film_left', l.film, 'makes', l.makes, 'in_queue', l.in_queue, 'held', l.held, 'submitted', l.submitted, 'drafts', l.drafts,
                          'needed', l.needed, 'short', l.short, 'used', l.used, 'used_in_days', l.used_in_days, 'lasts_days', l.lasts_days,
                          'warning', l.warning)::text AS json
  FROM api.stock_meets_queue l JOIN api.whoami () w ON w.office_code = l.office_code
