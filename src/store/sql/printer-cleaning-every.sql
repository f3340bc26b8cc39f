-- After how many cards a printer is cleaned.
-- $1 text: printer, $2 text: cards; NULL: as its profile says
-- Columns: json
WITH done AS MATERIALIZED (SELECT api.set_cleaning_interval ($1::text, $2::text::int))
SELECT json_build_object ('printer', btrim ($1::text), 'every', $2::text::int)::text AS json FROM done
