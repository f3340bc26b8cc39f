-- Whether chains of the audit log still hold what they once ended with.
-- $1 text: JSON, as audit-heads.sql gave it then
-- Returns one row, json: [{office, entries, head_sha256, found_sha256, broken_at}]; found_sha256 is NULL where that entry is gone, or the office is
-- another's to see
SELECT coalesce (json_agg (json_build_object ('office', c ->> 'office', 'entries', (c ->> 'entries')::bigint, 'head_sha256', c ->> 'head_sha256',
                                              'found_sha256', l.hash, 'broken_at', v.broken_at) ORDER BY c ->> 'office'), '[]')::text AS json
  FROM json_array_elements ($1::json) c
  LEFT JOIN api.audit_log l ON l.office_code = c ->> 'office' AND l.seq = (c ->> 'entries')::bigint
  LEFT JOIN api.verify_audit () v ON v.office_code = c ->> 'office'
