-- Sets how often a card may be made again without a supervisor.
-- $1 text: of one application, or NULL; $2 text: by one person in a day, -1: no limit, or NULL
-- Columns: json
WITH done AS MATERIALIZED (SELECT api.set_again_limits ($1::int, $2::int))
SELECT json_build_object ('again', $1::int, 'again_by_operator', nullif ($2::int, -1))::text AS json FROM done
