-- SPDX-License-Identifier: GPL-3.0-or-later
-- The file of a card says in its inputs what was drawn. That must be what was approved, whoever stores it: a print operator's login in psql
-- could keep the file of another holder, with other dates or categories, until the plastic was read back.

SET LOCAL ROLE platen_owner;

CREATE FUNCTION platen.drawn_categories (p_inputs jsonb) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (string_agg (concat_ws (';', c ->> 'code', coalesce (c ->> 'from', ''), coalesce (c ->> 'to', '')), '|'
                               ORDER BY c ->> 'code'), '')
    FROM jsonb_array_elements (CASE jsonb_typeof (p_inputs -> 'categories') WHEN 'array' THEN p_inputs -> 'categories' ELSE '[]' END) c
$$;

-- The same of what an application holds: CODE;FROM;TO;RESTRICTIONS, separated by bars.
CREATE FUNCTION platen.approved_categories (p_categories text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = platen, pg_temp AS $$
  SELECT coalesce (string_agg (concat_ws (';', split_part (c, ';', 1), split_part (c, ';', 2), split_part (c, ';', 3)), '|'
                               ORDER BY split_part (c, ';', 1)), '')
    FROM unnest (string_to_array (nullif (p_categories, ''), '|')) c
$$;

-- What of the inputs is not as it was approved, or not as the other columns of the file say; NULL when all is. Who has one name has a dash for
-- the others.
CREATE FUNCTION platen.drawn_otherwise (p_file platen.card_file, p_application bigint) RETURNS text
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
      ('portrait', p_file.inputs ->> 'portrait_sha256', encode (sha256 (d.portrait), 'hex')),
      ('signature', p_file.inputs ->> 'signature_sha256', encode (sha256 (d.signature), 'hex')),
      ('qr_text', p_file.inputs ->> 'qr_text', p_file.qr_text),
      ('mrz', p_file.inputs ->> 'mrz', p_file.mrz),
      ('pdf417', p_file.inputs ->> 'pdf417_sha256', encode (sha256 (p_file.pdf417), 'hex'))
    ) v (name, drawn, approved)
   WHERE coalesce (v.drawn, '') <> coalesce (v.approved, '') LIMIT 1
$$;

CREATE FUNCTION platen.refuse_other_data () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_card card;
  v_what text;
BEGIN
  SELECT * INTO v_card FROM card WHERE id = NEW.card_id;
  v_what := drawn_otherwise (NEW, v_card.application_id);
  IF v_what IS NOT NULL THEN
    PERFORM refuse ('P0001', 'CARD_DATA', format ('The file of card %s was not kept, because it was not drawn from what was approved (%s). Draw'
                    ' the card again.', v_card.number, v_what));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER of_what_was_approved BEFORE INSERT OR UPDATE ON platen.card_file FOR EACH ROW EXECUTE FUNCTION platen.refuse_other_data ();
REVOKE ALL ON FUNCTION platen.drawn_categories (jsonb), platen.approved_categories (text),
  platen.drawn_otherwise (platen.card_file, bigint), platen.refuse_other_data () FROM PUBLIC;

INSERT INTO platen.translation (context, language, english, text) VALUES
('refusal', 'fr', 'The file of card {card} was not kept, because it was not drawn from what was approved ({field}). Draw the card again.',
 'Le fichier de la carte {card} n’a pas été conservé, car il n’a pas été dessiné à partir de ce qui a été approuvé ({field}). Dessinez de nouveau'
 ' la carte.');

INSERT INTO platen.schema_version (version, title) VALUES (35, 'card files of what was approved');
