-- How often a card may be made again in this office without a supervisor.
-- Columns: json
SELECT coalesce (json_agg (json_build_object ('office', l.office_code, 'again', l.again, 'again_by_operator', l.again_by_operator) ORDER BY l.office_code),
                 '[]')::text AS json
  FROM api.again_limits l
