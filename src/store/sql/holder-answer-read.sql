-- What the holder last answered to the card of one application, and whether this office asks for it.
-- $1 text: application number
-- Columns: json text
SELECT coalesce ((
SELECT json_build_object (
  'required', o.holder_confirms,
  'answer', (SELECT json_build_object ('verdict', h.verdict, 'given', h.given, 'who', h.who, 'at', extract (epoch FROM h.at)::bigint,
                                       'reason', h.reason, 'holds', h.holds)
               FROM api.holder_answer h WHERE h.application_id = a.id ORDER BY h.id DESC LIMIT 1))
  FROM api.application a JOIN api.office o ON o.code = a.office_code
 WHERE a.number = upper (btrim ($1::text))), '{}'::json)::text AS json
