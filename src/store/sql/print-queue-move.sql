-- Moves what a filter means of the print queue.
-- $1 text: JSON, the filter, $2 text: printer or class, NULL for any, $3 text: why, or NULL
-- Columns: json
SELECT coalesce (json_agg (json_build_object ('application_number', o.application_number, 'application_id', o.application_id, 'done', o.done, 'why', o.why)
                           ORDER BY o.application_number), '[]')::text AS json
  FROM api.move_print_orders ($1::jsonb, $2::text, $3::text) o
