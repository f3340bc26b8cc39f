-- Whether the caller's office prints no card before a second person approved its file.
-- $1 text: layout, NULL for each, $2 text: true or false
-- Columns: json text
SELECT json_build_object ('done', api.demand_file_approval ($1::text, $2::text::boolean))::text AS json
