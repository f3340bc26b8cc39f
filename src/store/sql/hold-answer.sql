-- Answers who asks for the application that is edited here.
-- $1 bigint: application, $2 boolean: whether it is given
SELECT api.answer_for_application ($1::bigint, $2::boolean)
