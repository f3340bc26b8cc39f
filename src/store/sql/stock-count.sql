-- Compares what lies at a place with the books.
-- $1 text: kind, $2 text: place, $3 text: printer or login, or NULL, $4 text: the serials that were found
SELECT json_build_object ('number', c.count_id, 'expected', c.expected, 'counted', c.counted, 'missing', c.missing, 'surplus', c.surplus)::text AS json
  FROM api.count_stock ($1::text, $2::text, $3::text, $4::text) c
