-- SPDX-License-Identifier: GPL-3.0-or-later
-- The portrait that was approved may be larger than a card file has room for: one that an older program stored, or somebody past every program. The
-- card then shows it fitted, and its inputs name both: portrait_approved_sha256, which is compared with the record, and portrait_sha256, which is
-- what was drawn. Of a card that shows what was approved there is only the second.

SET LOCAL ROLE platen_owner;

CREATE OR REPLACE FUNCTION platen.portrait_taken_at (p_application bigint, p_card bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT CASE WHEN f.card_id IS NOT NULL THEN f.inputs ->> 'portrait_taken_at'
              ELSE (SELECT to_char (min (c.at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM photo_check c
                     WHERE c.application_id = p_application AND c.sha256 = i.sha256 AND c.origin = 'camera') END
    FROM application_image i
    LEFT JOIN card_file f ON f.card_id = p_card
                             AND coalesce (f.inputs ->> 'portrait_approved_sha256', f.inputs ->> 'portrait_sha256') = i.sha256
   WHERE i.application_id = p_application AND i.kind = 'portrait'
$$;

CREATE OR REPLACE FUNCTION platen.drawn_otherwise (p_file platen.card_file, p_application bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT v.name
    FROM api.card_data (p_application) d
    CROSS JOIN LATERAL (VALUES
      ('family_name', p_file.inputs #>> '{values,family_name}', d.family_name),
      ('given_names', nullif (p_file.inputs #>> '{values,given_names}', '—'), d.given_names),
      ('birth_date', p_file.inputs #>> '{values,birth_date}', to_char (d.birth_date, 'YYYY-MM-DD')),
      ('birth_place', p_file.inputs #>> '{values,birth_place}', d.birth_place),
      ('sex', p_file.inputs #>> '{values,sex}', d.sex),
      ('licence_number', p_file.inputs #>> '{values,licence_number}', d.licence_number),
      ('issue_date', p_file.inputs #>> '{values,issue_date}', to_char (d.issue_date, 'YYYY-MM-DD')),
      ('expiry_date', p_file.inputs #>> '{values,expiry_date}', to_char (d.expiry_date, 'YYYY-MM-DD')),
      ('categories', drawn_categories (p_file.inputs), approved_categories (d.categories)),
      -- No program fits one of 16,000 bytes or less. Of a larger one the card shows something.
      ('portrait', CASE WHEN length (d.portrait) > 16000 THEN coalesce (p_file.inputs ->> 'portrait_approved_sha256',
                                                                        p_file.inputs ->> 'portrait_sha256')
                        ELSE p_file.inputs ->> 'portrait_sha256' END, encode (sha256 (d.portrait), 'hex')),
      ('portrait', CASE WHEN p_file.inputs ->> 'portrait_sha256' ~ '^[0-9a-f]{64}$' THEN 'drawn' END,
       CASE WHEN d.portrait IS NOT NULL THEN 'drawn' END),
      ('portrait_taken_at', p_file.inputs ->> 'portrait_taken_at', d.portrait_taken_at),
      ('signature', p_file.inputs ->> 'signature_sha256', encode (sha256 (d.signature), 'hex')),
      ('qr_text', p_file.inputs ->> 'qr_text', p_file.qr_text),
      ('mrz', p_file.inputs ->> 'mrz', p_file.mrz),
      ('pdf417', p_file.inputs ->> 'pdf417_sha256', encode (sha256 (p_file.pdf417), 'hex'))
    ) v (name, drawn, approved)
   WHERE coalesce (v.drawn, '') <> coalesce (v.approved, '') LIMIT 1
$$;

INSERT INTO platen.schema_version (version, title) VALUES (61, 'portraits fitted to cards');
