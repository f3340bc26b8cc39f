-- Where everything is, each printer's account, and what still takes a second person.
-- Columns: json
SELECT json_build_object (
         'stock', (SELECT coalesce (json_agg (json_build_object ('stock_kind', r.kind, 'place', r.place, 'holder', nullif (r.holder, ''),
                                    'lot', nullif (r.lot, ''), 'first', r.first, 'last', r.last, 'items', r.items, 'makes', r.makes)
                                    ORDER BY r.office_code, r.first), '[]')
                     FROM (SELECT office_code, kind, place, holder, lot, first, last, items, makes
                             FROM api.stock_run
                            WHERE place NOT IN ('person', 'destroyed', 'lost')) r),
         'printers', (SELECT coalesce (json_agg (json_build_object ('printer', p.printer, 'loaded', p.loaded, 'remaining', p.remaining,
                                       'used', p.used, 'issued', p.issued, 'spoiled', p.spoiled, 'missing', p.missing, 'ribbon', p.ribbon,
                                       'ribbon_left', p.ribbon_left, 'film', p.film, 'film_left', p.film_left) ORDER BY p.printer), '[]')
                        FROM api.stock_printer p),
         'differences', (SELECT coalesce (json_agg (json_build_object ('number', c.id, 'at', c.at, 'who', c.who, 'place', c.place,
                                          'holder', nullif (c.holder, ''), 'expected', c.expected, 'counted', c.counted, 'missing', c.missing,
                                          'surplus', c.surplus) ORDER BY c.id), '[]')
                           FROM api.stock_count c WHERE c.unexplained > 0),
         'proposals', (SELECT coalesce (json_agg (json_build_object ('number', p.id, 'what', p.what, 'first', p.first, 'last', p.last, 'items', p.items,
                                        'reason', p.reason, 'proposed_by', p.proposed_by) ORDER BY p.id), '[]')
                         FROM api.stock_proposal p WHERE p.state = 'open'))::text AS json
