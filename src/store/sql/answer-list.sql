-- What the registries said last of a person, as far as it is kept.
-- $1 text: ID number
-- source, state, answered_at timestamptz, message, fields text[], field_values text[]
SELECT a.source, a.state, a.answered_at, a.message, a.fields, a.field_values
  FROM api.last_answers ($1::text) a
