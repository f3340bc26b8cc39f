-- What the citizen brings for an application.
-- $1 text: its number
-- Columns: json
SELECT (SELECT coalesce (json_agg (json_build_object ('document', d.title, 'why', d.why) ORDER BY d.position), '[]')
          FROM api.documents_of ((SELECT a.id FROM api.application a WHERE a.number = $1::text)) d)::text AS json
