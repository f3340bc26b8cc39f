-- Ends a pause.
-- $1 text: printer or class, NULL for that of the office
-- Columns: json
SELECT json_build_object ('changed', api.resume_printing ($1::text))::text AS json
