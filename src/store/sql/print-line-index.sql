-- The line of the print queue by its records alone, and how many of its orders are in which state. What is seen of them is read apart.
-- $1 text: part of a number, a name, a printer or a batch, or NULL; $2 text: one state, or NULL
-- Columns: ids text, orders bigint, waiting bigint, leased bigint, held bigint, sample bigint, paused bigint, failed bigint
SELECT string_agg (q.application_id::text, ' ' ORDER BY q.place NULLS LAST, q.approved_at, q.application_id)
         FILTER (WHERE ($2::text IS NULL OR q.state = $2::text)
                   AND ($1::text IS NULL OR strpos (lower (concat_ws (' ', q.application_number, q.holder_name, q.printer, q.batch)), lower ($1::text)) > 0)) AS ids,
       count (*) AS orders,
       count (*) FILTER (WHERE q.state = 'waiting') AS waiting, count (*) FILTER (WHERE q.state = 'leased') AS leased,
       count (*) FILTER (WHERE q.state = 'held') AS held, count (*) FILTER (WHERE q.state = 'sample') AS sample,
       count (*) FILTER (WHERE q.state = 'paused') AS paused, count (*) FILTER (WHERE q.state = 'failed') AS failed
  FROM api.print_queue q
