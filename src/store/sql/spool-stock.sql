-- What each printer has left by the books, -1 where they do not know; without a name, what the others find in the safe.
-- Columns: printer, blanks bigint, ribbon bigint, film bigint
SELECT p.printer, CASE WHEN p.by_load THEN p.remaining ELSE -1 END::bigint AS blanks, coalesce (p.ribbon_left, -1)::bigint AS ribbon,
       coalesce (p.film_left, -1)::bigint AS film
  FROM api.stock_printer p
 UNION ALL
SELECT '', coalesce (sum (s.blanks), 0)::bigint, -1, -1
  FROM api.stock s
 WHERE s.place = 'safe'
