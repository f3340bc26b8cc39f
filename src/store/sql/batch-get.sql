-- One batch, and what was signed and sent of it.
-- $1 text: its number
-- Columns: number, office_code, bureau, state, manifest, signature bytea, package_sha256
SELECT b.number, b.office_code, b.bureau, b.state, f.manifest, f.signature, f.package_sha256
  FROM api.bureau_batch b
  JOIN api.bureau_batch_file f ON f.number = b.number
 WHERE b.number = upper (btrim ($1::text))
