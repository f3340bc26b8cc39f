-- The last three portraits on record of an application's citizen.
-- $1 text: application's record number
-- Columns: json text
SELECT coalesce (json_agg (json_build_object ('number', h.application_number, 'at', to_char (h.at, 'YYYY-MM-DD'),
                                              'image', translate (encode (h.image, 'base64'), E'\n', ''))), '[]')::text AS json
  FROM api.photo_history ($1::text::bigint) h
