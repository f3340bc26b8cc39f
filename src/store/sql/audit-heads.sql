-- The end of each office's chain of the audit log that may be seen, for who takes it out of the machine.
-- Returns one row, json: [{office, entries, head_sha256, broken_at}]
SELECT coalesce (json_agg (json_build_object ('office', v.office_code, 'entries', v.entries, 'head_sha256', v.head_sha256,
                                              'broken_at', v.broken_at) ORDER BY v.office_code), '[]')::text AS json
  FROM api.verify_audit () v
