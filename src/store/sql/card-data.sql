-- Everything that is printed for one application.
-- $1 text: application number
-- Columns: application_id, family_name, given_names, family_name_native, given_names_native,
-- birth_date, birth_place, sex, nationality, address, licence_number, issue_date, expiry_date,
-- categories, authority, portrait bytea, signature bytea, application_number, card_number,
-- card_serial, layout, layout_version, layout_digest, portrait_taken_at, chip_portrait bytea
SELECT a.id AS application_id, d.family_name, d.given_names, d.family_name_native,
       d.given_names_native, d.birth_date, d.birth_place, d.sex, d.nationality, d.address,
       d.licence_number, d.issue_date, d.expiry_date, d.categories, d.authority, d.portrait,
       d.signature, d.application_number, d.card_number, d.card_serial, d.layout, d.layout_version, d.layout_digest,
       d.portrait_taken_at, d.chip_portrait
  FROM api.application a
 CROSS JOIN LATERAL api.card_data (a.id) d
 WHERE a.number = upper (btrim ($1::text))
