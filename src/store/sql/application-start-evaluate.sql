-- Evaluates the application just started under a key, while it is still open to the clerk.
-- $1 uuid, $2 text, $3 text, $4 text[]: as in application-start
SELECT e.rule
  FROM api.start_application ($1::uuid, $2::text, $3::text, $4::text[]) a
  JOIN api.application p ON p.id = a.id AND p.state IN ('draft', 'returned')
 CROSS JOIN LATERAL api.evaluate (p.id) e
