-- The issuer's keys that signed cards of any office, and whether one of these cards is still good; without a name: those that were not noted.
-- Returns: key text, certificate_sha256 text, last_expiry text, in_use boolean
SELECT key, certificate_sha256, last_expiry::text AS last_expiry, in_use
  FROM api.issuer_key
 ORDER BY key NULLS FIRST, certificate_sha256
