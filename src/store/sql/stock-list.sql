-- The blanks of this office by place.
-- Columns: place, blanks bigint
SELECT place, sum (blanks)::bigint AS blanks
  FROM api.stock
 GROUP BY place
 ORDER BY place
