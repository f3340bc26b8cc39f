-- Makes a print batch of what a filter means of the print queue.
-- $1 text: its name, $2 text: JSON, the filter, $3 text: JSON, the sample, or NULL
-- Columns: json
SELECT json_build_object ('batch', b.number, 'cards', b.cards, 'samples', b.samples, 'left_out', b.left_out)::text AS json
  FROM api.new_print_batch ($1::text, $2::jsonb, $3::jsonb) b
