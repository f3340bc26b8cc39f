-- Lets the rules choose between what the sources said, for an application that was just fetched.
-- $1 text: code
SELECT api.choose_by_rules (p.application_id) AS chosen FROM api.prepared_application p WHERE p.code = $1::text
