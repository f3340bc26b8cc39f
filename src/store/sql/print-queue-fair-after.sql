-- After how many hours an order goes ahead of all priorities up to 50.
-- Columns: json
SELECT json_build_object ('fair_after_hours', o.fair_after_hours)::text AS json
  FROM api.office o JOIN api.whoami () w ON w.office_code = o.code
