-- The same for the program's own comparing.
-- Columns: kind text, field text, source text, valid_from text, valid_to text
SELECT r.kind, r.field, r.source, to_char (r.valid_from, 'YYYY-MM-DD') AS valid_from, to_char (r.valid_to, 'YYYY-MM-DD') AS valid_to
  FROM api.difference_rule r ORDER BY r.id
