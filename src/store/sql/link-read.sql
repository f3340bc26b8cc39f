-- With which numbers one is linked, or was to be; of several links of the same two the last one counts.
-- $1 text: ID number
-- Columns: other text, state text
SELECT CASE WHEN l.id_number = $1::text THEN l.other ELSE l.id_number END AS other, l.state
  FROM api.id_link l WHERE $1::text IN (l.id_number, l.other) ORDER BY l.id
