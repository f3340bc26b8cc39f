-- The application that was made of a prepared one, if this office has fetched it.
-- $1 text: its code
-- Columns: number
SELECT application_number AS number FROM api.prepared_application WHERE code = $1::text
