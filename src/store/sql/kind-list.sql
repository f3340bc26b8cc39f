-- The kinds of application.
-- Columns: json
SELECT json_agg (json_build_object ('type', k.code, 'title', k.title, 'command', k.command, 'base', k.base, 'causes', k.causes, 'steps', k.steps,
                 'approvers', k.approvers, 'target', k.target::text, 'card', k.card, 'validity', k.validity, 'validity_months', k.validity_months,
                 'documents', (SELECT coalesce (json_agg (json_build_object ('document', d.title, 'cause', d.cause, 'below_age', d.below_age,
                                                          'vehicle_group', d.vehicle_group) ORDER BY d.position), '[]')
                                 FROM api.application_kind_document d WHERE d.kind = k.code)) ORDER BY k.position)::text AS json
  FROM api.application_kind k
