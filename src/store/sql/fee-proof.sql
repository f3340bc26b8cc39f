-- Notes what a citizen showed for a reduction or an exemption, or that it was none.
-- $1 text: application number, $2 text: proof, $3 text: true or false, $4 text: what was seen
-- Columns: json
SELECT json_build_object ('application', upper (btrim ($1::text)), 'due', d.due, 'due_text', api.money_text (d.due, NULL))::text AS json
  FROM api.note_fee_proof (api.fee_application ($1::text), $2::text, $3::boolean, $4::text) d (due)
