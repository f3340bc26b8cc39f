-- Evaluates the application just started under a key, while it is still open to the clerk.
-- $1 uuid, $2 text, $3 text, $4 text[]: as in application-start
SELECT e.rule
  FROM api.start_application ($1::uuid, $2::text, $3::text, $4::text[]) a
 CROSS JOIN LATERAL api.evaluate (a.id) e
 WHERE (SELECT p.state FROM api.application p WHERE p.id = a.id) IN ('draft', 'returned')
