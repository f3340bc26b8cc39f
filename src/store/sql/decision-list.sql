-- What people decided on one application, newest first.
-- $1 text: number
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('at', d.at, 'application', d.application_number, 'who', d.who, 'act', d.act, 'field', d.field, 'kind', d.kind, 'value', d.value,
         'reason', d.reason, 'answers', d.answers::json, 'gave_way', d.differs, 'overruled', d.overruled, 'undone', d.undone)
         ORDER BY d.id DESC), '[]')::text AS json
  FROM api.decision d WHERE d.application_number = upper (btrim ($1::text))
