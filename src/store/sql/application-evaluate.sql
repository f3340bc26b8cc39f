-- Runs the rules over one application and stores what they find.
-- $1 bigint: application
-- Columns: rule
SELECT rule
  FROM api.evaluate ($1::bigint)
