-- Verifying a card: what the record says of it, and what it is worth today.
-- $1 text: card number or NULL, $2 text: licence number or NULL, $3 text: date of issue, YYYY-MM-DD, or NULL, $4 text: the form that was read
-- Columns: those of api.verify_card (of a portrait that was fitted to the card, the hash of what was drawn), and who approved the file that is kept, with the hash of both; no row: nobody knows it
SELECT card_number, state, standing, changed_at, office_name, current_card, id_number, licence_number, holder_name,
       family_name, given_names, birth_date::text AS birth_date, birth_place, sex, nationality, address,
       issue_date::text AS issue_date, expiry_date::text AS expiry_date, categories, file_sha256,
       coalesce ((SELECT f.inputs ->> 'portrait_sha256' FROM api.card_file f JOIN api.card c ON c.id = f.card_id
                   WHERE c.number = v.card_number AND f.inputs ->> 'portrait_approved_sha256' = v.portrait_sha256),
                 v.portrait_sha256) AS portrait_sha256,
       licence_status, suspended_until::text AS suspended_until, answered_at, a.approved_by AS file_approved_by, a.approved_sha256
  FROM api.verify_card ($1, $2, $3::date, $4) v LEFT JOIN api.card_file_approval a ON a.base_sha256 = v.file_sha256
