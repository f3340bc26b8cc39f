-- Lets a member of staff sign in, or no longer.
-- $1 text: login, $2 boolean
SELECT api.set_staff_active ($1::text, $2::boolean) AS done
