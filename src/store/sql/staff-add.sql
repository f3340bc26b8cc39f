-- Makes a login role with a SCRAM verifier and a second factor.
-- $1 text: login, $2 text: name, $3 text: office code, $4 text[]: roles, $5 text: SCRAM verifier
-- Columns: uri, the otpauth:// address of the second factor, shown once
SELECT api.add_staff ($1::text, $2::text, $3::text, $4::text[], $5::text) AS uri
