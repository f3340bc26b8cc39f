-- What a printer still finds: the blanks that were loaded into it by the books; for the others, without a name, those of the safe.
-- Columns: printer, blanks bigint
SELECT p.printer, p.remaining::bigint AS blanks
  FROM api.stock_printer p
 WHERE p.by_load
 UNION ALL
SELECT '', coalesce (sum (s.blanks), 0)::bigint
  FROM api.stock s
 WHERE s.place = 'safe'
