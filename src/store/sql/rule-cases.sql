-- What people decided of late, and still stands, on one kind of difference of one field: what a rule would
-- have done by itself. Newest first, a hundred at most.
-- $1 text: kind, $2 text: field
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('at', d.at, 'application', d.application_number, 'who', d.who, 'act', d.act, 'field', d.field,
         'kind', d.kind, 'value', d.value, 'reason', d.reason, 'answers', d.answers::json, 'gave_way', d.differs, 'overruled', d.overruled,
         'undone', d.undone) ORDER BY d.id DESC), '[]')::text AS json
  FROM (SELECT e.id, e.at, e.application_number, e.who, e.act, e.field, e.kind, e.value, e.reason, e.answers, e.differs, e.overruled, e.undone
          FROM api.decision e
         WHERE e.kind = $1::text AND e.field = $2::text AND e.act IN ('chosen', 'decided') AND NOT e.undone
         ORDER BY e.id DESC LIMIT 100) d
