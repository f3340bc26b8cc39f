-- SPDX-License-Identifier: GPL-3.0-or-later
-- What people do with an application, each step a function that asks for session, role, office, row
-- version and state before it does anything.

SET LOCAL ROLE platen_owner;

CREATE FUNCTION platen.refuse_id_number (p_id_number text, p_undone text) RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  IF NOT is_id_number (p_id_number) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('%s, because %s is no ID number: it needs eleven digits and the last one must'
                    ' fit the others. Read the number again.', p_undone, coalesce (quote_literal (p_id_number), 'an empty text')));
  END IF;
END
$$;

-- Every row that a clerk writes makes its writer an editor; the columns that lists show follow.
CREATE FUNCTION platen.note_edit (p_actor platen.actor, p_application platen.application) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_version int;
BEGIN
  INSERT INTO application_editor (application_id, staff_id, office_code)
  VALUES (p_application.id, p_actor.staff_id, p_actor.office_code) ON CONFLICT DO NOTHING;
  UPDATE application SET row_version = row_version + 1, changed_at = clock_timestamp(), changed_by = p_actor.staff_id
   WHERE id = p_application.id RETURNING row_version INTO v_version;
  PERFORM pg_notify ('platen', format ('application %s %s', p_application.id, p_actor.office_code));
  RETURN v_version;
END
$$;

CREATE FUNCTION platen.refuse_unless_editable (p_application platen.application) RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  IF p_application.state NOT IN ('draft', 'returned') THEN
    PERFORM refuse ('P0001', 'STATE', format ('Application %s was not changed, because it is %s; only a draft or a returned'
                    ' one can be changed. Ask the supervisor to return it.', p_application.number,
                    replace (p_application.state, '_', ' ')));
  END IF;
END
$$;

-- Codes in the order of a card; NULL stays NULL and stands for those held.
CREATE FUNCTION platen.sorted_codes (p_codes text[], p_undone text) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_unknown text;
BEGIN
  IF p_codes IS NULL THEN
    RETURN NULL;
  END IF;
  SELECT c INTO v_unknown FROM unnest (p_codes) c WHERE NOT EXISTS (SELECT FROM category k WHERE k.code = c) LIMIT 1;
  IF FOUND THEN
    PERFORM refuse ('P0001', 'FIELD', format ('%s, because %s is no vehicle category. Choose one of those on the card.',
                    p_undone, coalesce (quote_literal (v_unknown), 'an empty text')));
  END IF;
  RETURN (SELECT coalesce (array_agg (k.code ORDER BY k.position), '{}') FROM category k WHERE k.code = ANY (p_codes));
END
$$;

CREATE FUNCTION api.note_lookup (p_id_number text, p_purpose text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor  actor := demand ('clerk', 'supervisor', 'operator', 'auditor');
  v_lookup bigint;
BEGIN
  PERFORM refuse_id_number (p_id_number, 'Nobody was looked up');
  IF btrim (coalesce (p_purpose, '')) = '' THEN
    PERFORM refuse ('P0001', 'REASON', 'Nobody was looked up, because no purpose was given. Say why you look this person up.');
  END IF;
  INSERT INTO lookup (office_code, staff_id, workstation, id_number, purpose)
  VALUES (v_actor.office_code, v_actor.staff_id, v_actor.workstation, p_id_number, left (btrim (p_purpose), 200))
  RETURNING id INTO v_lookup;
  PERFORM note (v_actor, v_actor.office_code, 'lookup', 'lookup', v_lookup::text,
                jsonb_build_object ('id_number', p_id_number, 'purpose', left (btrim (p_purpose), 200)));
END
$$;

CREATE FUNCTION platen.refuse_reused_key (p_actor platen.actor, p_application platen.application, p_id_number text, p_type text)
RETURNS void
LANGUAGE plpgsql SET search_path = platen, pg_temp AS $$
BEGIN
  IF (p_application.entered_by, p_application.id_number, p_application.type)
     IS DISTINCT FROM (p_actor.staff_id, p_id_number, p_type) THEN
    PERFORM refuse ('P0001', 'KEY', 'The application was not started, because its key belongs to another one. Start it anew.');
  END IF;
END
$$;

CREATE FUNCTION api.start_application (p_key uuid, p_id_number text, p_type text, p_categories text[])
RETURNS TABLE (id bigint, number text, row_version int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application;
  v_codes       text[];
  v_constraint  text;
BEGIN
  PERFORM refuse_id_number (p_id_number, 'The application was not started');
  IF p_key IS NULL OR p_type IS NULL
     OR p_type NOT IN ('new', 'renewal', 'replacement', 'correction', 'upgrade') THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The application was not started, because %s is no type of application.'
                    ' Choose new, renewal, replacement, correction or upgrade.', coalesce (quote_literal (p_type), 'an empty text')));
  END IF;
  v_codes := sorted_codes (p_categories, 'The application was not started');

  SELECT * INTO v_application FROM application WHERE key = p_key;
  IF FOUND THEN
    PERFORM refuse_reused_key (v_actor, v_application, p_id_number, p_type);
    RETURN QUERY SELECT v_application.id, v_application.number, v_application.row_version;
    RETURN;
  END IF;

  BEGIN
    INSERT INTO application (number, key, office_code, type, id_number, requested, entered_by, changed_by)
    VALUES (next_number (v_actor.office_code, 'application'), p_key, v_actor.office_code, p_type, p_id_number, v_codes,
            v_actor.staff_id, v_actor.staff_id)
    RETURNING * INTO v_application;
  EXCEPTION WHEN unique_violation THEN
    GET STACKED DIAGNOSTICS v_constraint = CONSTRAINT_NAME;
    IF v_constraint NOT IN ('application_key_key', 'application_one_open_per_citizen') THEN
      RAISE;
    END IF;
    -- The other transaction has committed by now: it was this very request, or another one.
    SELECT * INTO v_application FROM application WHERE key = p_key;
    IF FOUND THEN
      PERFORM refuse_reused_key (v_actor, v_application, p_id_number, p_type);
      RETURN QUERY SELECT v_application.id, v_application.number, v_application.row_version;
      RETURN;
    END IF;
    SELECT * INTO v_application FROM application
     WHERE id_number = p_id_number AND state NOT IN ('issued', 'rejected', 'withdrawn');
    PERFORM refuse ('P0001', 'OPEN_APPLICATION', format ('The application was not started, because %s is open for this citizen'
                    ' already. Continue that one, or withdraw it first.',
                    coalesce ('application ' || v_application.number, 'an application in another office')));
  END;
  INSERT INTO application_editor (application_id, staff_id, office_code)
  VALUES (v_application.id, v_actor.staff_id, v_actor.office_code);
  PERFORM record_event (v_actor, v_application.id, NULL, 'draft', format ('%s started the application.', v_actor.name), NULL);
  RETURN QUERY SELECT v_application.id, v_application.number, v_application.row_version;
END
$$;

CREATE FUNCTION platen.refuse_bad_answer (p_application platen.application, p_source text, p_state text,
                                          p_answered_at timestamptz, p_fields text[], p_values text[]) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_wrong text;
BEGIN
  SELECT CASE
    WHEN p_source IS NULL OR p_source NOT IN ('identity', 'driver', 'infringement') THEN 'its source is unknown'
    WHEN p_state IS NULL OR p_state NOT IN ('answered', 'not_found', 'timed_out', 'unreachable', 'refused', 'nonsense', 'cancelled')
      THEN 'its state is unknown'
    WHEN cardinality (p_fields) IS DISTINCT FROM cardinality (p_values) THEN 'it has not one value for each field'
    WHEN p_state <> 'answered' AND cardinality (p_fields) > 0 THEN 'it has values although the registry did not answer'
    WHEN p_state IN ('answered', 'not_found') AND p_answered_at IS NULL THEN 'it has no time'
    WHEN p_answered_at > clock_timestamp() + interval '1 minute' THEN 'its time lies in the future; set this computer’s clock'
    END INTO v_wrong;
  IF v_wrong IS NULL THEN
    SELECT CASE
      WHEN f.field IS NULL THEN format ('%s is no field', coalesce (quote_literal (a.field), 'an empty text'))
      WHEN count (*) OVER (PARTITION BY a.field) > 1 THEN format ('the %s is given twice', f.title)
      WHEN length (a.value) > 2000 THEN format ('the %s is too long', f.title)
      WHEN f.is_date AND a.value <> '' AND to_date_or_null (a.value) IS NULL THEN format ('the %s is no date', f.title)
      WHEN f.field = 'categories' AND NOT check_categories_text (a.value) THEN 'the categories are not well formed'
      END AS wrong INTO v_wrong
      FROM unnest (p_fields, p_values) a (field, value) LEFT JOIN field f ON f.field = a.field
     ORDER BY 1 NULLS LAST LIMIT 1;
  END IF;
  IF v_wrong IS NOT NULL THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The answer of the %s registry was not recorded for application %s, because %s.'
                    ' Ask the registry again.', coalesce (p_source, 'unknown'), p_application.number, v_wrong));
  END IF;
END
$$;

-- Recorded while the application is a draft or returned by whoever prepares it, and while it is submitted
-- by an approver who has no part in it. The row version stays: nothing that a person typed changes.
CREATE FUNCTION api.record_source (p_application bigint, p_source text, p_state text, p_answered_at timestamptz, p_message text,
                                   p_fields text[], p_values text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor        actor := demand ('clerk', 'supervisor');
  v_application  application := find_application (v_actor, p_application);
  v_for_approval boolean := v_application.state = 'submitted';
  v_has_choices  boolean;
  v_before       facts;
  v_after        facts;
BEGIN
  IF v_for_approval AND NOT has_role ('supervisor') THEN
    PERFORM refuse_role ('supervisor');
  ELSIF NOT v_for_approval THEN
    PERFORM refuse_unless_editable (v_application);
    IF NOT has_role ('clerk') THEN
      PERFORM refuse_role ('clerk');
    END IF;
  END IF;
  p_fields := coalesce (p_fields, '{}');
  p_values := coalesce (p_values, '{}');
  PERFORM refuse_bad_answer (v_application, p_source, p_state, p_answered_at, p_fields, p_values);

  v_has_choices := EXISTS (SELECT FROM application_field c WHERE c.application_id = p_application);
  IF v_has_choices THEN
    v_before := gather_facts (p_application);
  END IF;
  INSERT INTO application_source (application_id, office_code, source, state, answered_at, message, fields, field_values,
                                  asked_by, for_approval)
  VALUES (p_application, v_actor.office_code, p_source, p_state, p_answered_at, left (p_message, 500), p_fields, p_values,
          v_actor.staff_id, v_for_approval);
  IF NOT v_for_approval AND v_has_choices THEN
    -- A choice was made between the values of its time; other values must be chosen from anew.
    v_after := gather_facts (p_application);
    DELETE FROM application_field c
     WHERE c.application_id = p_application
       AND source_values (v_before, c.field) IS DISTINCT FROM source_values (v_after, c.field)
       AND NOT choice_holds (c.field, c.value, CASE c.choice WHEN 'person' THEN 'none' ELSE c.choice END,
                             source_values (v_after, c.field));
  END IF;
  IF NOT v_for_approval THEN
    INSERT INTO application_editor (application_id, staff_id, office_code)
    VALUES (p_application, v_actor.staff_id, v_actor.office_code) ON CONFLICT DO NOTHING;
    PERFORM refresh_application (p_application);
  END IF;
  PERFORM note (v_actor, v_actor.office_code, 'source', 'application', p_application::text,
                jsonb_build_object ('source', p_source, 'state', p_state, 'for_approval', v_for_approval,
                                    'sha256', encode (sha256 (convert_to (jsonb_object (p_fields, p_values)::text, 'UTF8')), 'hex')));
  PERFORM pg_notify ('platen', format ('application %s %s', p_application, v_actor.office_code));
END
$$;

CREATE FUNCTION api.set_field (p_application bigint, p_row_version int, p_field text, p_value text, p_choice text, p_rule text,
                               p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := hold_application (v_actor, p_application, p_row_version);
  v_field       field;
  v_values      text[];
BEGIN
  PERFORM refuse_unless_editable (v_application);
  SELECT * INTO v_field FROM field WHERE field = p_field;
  IF v_field IS NULL OR p_choice IS NULL OR p_choice NOT IN ('none', 'only', 'agreed', 'rule', 'person', 'open') THEN
    PERFORM refuse ('P0001', 'FIELD', format ('Application %s was not changed, because it has no field %s with a choice %s.',
                    v_application.number, coalesce (quote_literal (p_field), 'NULL'), coalesce (quote_literal (p_choice), 'NULL')));
  END IF;
  IF p_choice = 'person' AND btrim (coalesce (p_reason, '')) = '' THEN
    PERFORM refuse ('P0001', 'REASON', format ('The %s of application %s was not chosen, because no reason was given. Say which'
                    ' document proves it.', v_field.title, v_application.number));
  END IF;
  v_values := source_values (gather_facts (p_application), p_field);
  IF NOT choice_holds (p_field, p_value, p_choice, v_values) THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The %s of application %s was not chosen, because %s. Choose one of the values that'
                    ' the registries gave, and say why.', v_field.title, v_application.number,
                    CASE WHEN p_choice = 'rule' THEN 'no rule may choose between these values'
                         WHEN p_choice = 'person' THEN 'no registry gave this value'
                         ELSE 'the registries do not agree on this value' END));
  END IF;
  INSERT INTO application_field AS c (application_id, office_code, field, value, choice, rule, reason, chosen_by)
  VALUES (p_application, v_actor.office_code, p_field, normalize (btrim (p_value), NFC), p_choice, p_rule, nullif (btrim (p_reason), ''),
          v_actor.staff_id)
  ON CONFLICT (application_id, field) DO UPDATE
    SET value = excluded.value, choice = excluded.choice, rule = excluded.rule, reason = excluded.reason,
        chosen_by = excluded.chosen_by, chosen_at = clock_timestamp();
  PERFORM refresh_application (p_application);
  IF p_choice = 'person' THEN
    PERFORM record_event (v_actor, p_application, NULL, 'field', format ('%s chose the %s.', v_actor.name, v_field.title), p_reason);
  END IF;
  RETURN note_edit (v_actor, v_application);
END
$$;

CREATE FUNCTION api.set_categories (p_application bigint, p_row_version int, p_categories text[]) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := hold_application (v_actor, p_application, p_row_version);
BEGIN
  PERFORM refuse_unless_editable (v_application);
  UPDATE application
     SET requested = sorted_codes (p_categories, format ('The categories of application %s were not changed', v_application.number))
   WHERE id = p_application;
  PERFORM refresh_application (p_application);
  PERFORM record_event (v_actor, p_application, NULL, 'categories', format ('%s set the categories: %s.', v_actor.name,
                        coalesce (nullif (array_to_string (p_categories, ' '), ''), 'those held')), NULL);
  RETURN note_edit (v_actor, v_application);
END
$$;

CREATE FUNCTION api.set_image (p_application bigint, p_row_version int, p_kind text, p_image bytea, p_media_type text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := hold_application (v_actor, p_application, p_row_version);
  v_is_what     text := CASE WHEN substr (p_image, 1, 3) = '\xffd8ff' THEN 'image/jpeg'
                             WHEN substr (p_image, 1, 8) = '\x89504e470d0a1a0a' THEN 'image/png' END;
BEGIN
  PERFORM refuse_unless_editable (v_application);
  IF p_kind IS NULL OR p_kind NOT IN ('portrait', 'signature') OR v_is_what IS NULL
     OR v_is_what IS DISTINCT FROM p_media_type OR length (p_image) NOT BETWEEN 67 AND 2097152 THEN
    PERFORM refuse ('P0001', 'FIELD', format ('The picture was not stored with application %s, because it is no JPEG or PNG of at most'
                    ' 2 MiB for a portrait or a signature. Choose another file.', v_application.number));
  END IF;
  INSERT INTO application_image (application_id, office_code, kind, image, media_type, sha256)
  VALUES (p_application, v_actor.office_code, p_kind, p_image, p_media_type, encode (sha256 (p_image), 'hex'))
  ON CONFLICT (application_id, kind) DO UPDATE
    SET image = excluded.image, media_type = excluded.media_type, sha256 = excluded.sha256;
  UPDATE application
     SET has_portrait = has_portrait OR p_kind = 'portrait', has_signature = has_signature OR p_kind = 'signature'
   WHERE id = p_application;
  PERFORM record_event (v_actor, p_application, NULL, p_kind, format ('%s stored the %s.', v_actor.name,
                        CASE p_kind WHEN 'portrait' THEN 'photograph' ELSE 'signature' END), NULL);
  RETURN note_edit (v_actor, v_application);
END
$$;

CREATE FUNCTION api.evaluate (p_application bigint)
RETURNS TABLE (application_id bigint, rule text, severity text, text text, cure text, legal_reference text, field text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_actor       actor := demand ('clerk', 'supervisor', 'operator');
  v_application application := find_application (v_actor, p_application);
BEGIN
  -- What was decided is not judged again by today's rules.
  IF v_application.state NOT IN ('issued', 'rejected', 'withdrawn') THEN
    PERFORM evaluate_application (p_application);
  END IF;
  RETURN QUERY SELECT f.application_id, f.rule, f.severity, rule_words (f.rule, 'text', f.params), rule_words (f.rule, 'cure', f.params),
                      f.legal_reference, f.field
                 FROM finding f WHERE f.application_id = p_application ORDER BY f.position;
END
$$;

CREATE FUNCTION api.submit_application (p_application bigint, p_row_version int, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor       actor := demand ('clerk');
  v_application application := hold_application (v_actor, p_application, p_row_version);
BEGIN
  PERFORM refuse_unless_editable (v_application);
  PERFORM refresh_application (p_application);
  PERFORM refuse_stops (v_application, 'submitted');
  INSERT INTO application_editor (application_id, staff_id, office_code)
  VALUES (p_application, v_actor.staff_id, v_actor.office_code) ON CONFLICT DO NOTHING;
  RETURN move_application (v_actor, p_application, 'submitted', format ('%s submitted the application.', v_actor.name), p_reason);
END
$$;

-- The approver asks the identity registry with their own client; what it says now must be what was
-- recorded by the one who entered it. A forged answer would need two people.
CREATE FUNCTION platen.refuse_unless_asked_again (p_actor platen.actor, p_application platen.application) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_entered application_source := best_source (p_application.id, 'identity');
  v_own     application_source;
  v_differs text;
BEGIN
  SELECT * INTO v_own FROM application_source s
   WHERE s.application_id = p_application.id AND s.source = 'identity' AND s.asked_by = p_actor.staff_id AND s.for_approval
     AND s.recorded_at > clock_timestamp() - interval '10 minutes' AND s.answered_at > clock_timestamp() - interval '10 minutes'
   ORDER BY s.id DESC LIMIT 1;
  IF v_own.state IS DISTINCT FROM 'answered' THEN
    PERFORM refuse ('P0001', 'IDENTITY_NOT_ASKED', format ('Application %s was not approved, because the identity registry has not'
                    ' answered you in the last ten minutes. Ask it again, then approve.', p_application.number));
  END IF;
  SELECT string_agg (f.title, ', ' ORDER BY f.position) INTO v_differs FROM field f
   WHERE f.is_person AND normalize (btrim (coalesce (v_own.answer ->> f.field, '')), NFC)
                         <> normalize (btrim (coalesce (v_entered.answer ->> f.field, '')), NFC);
  IF v_differs IS NOT NULL THEN
    PERFORM refuse ('P0001', 'IDENTITY_CHANGED', format ('Application %s was not approved, because the identity registry now says'
                    ' something else than what was recorded: %s. Return it to the clerk.', p_application.number, v_differs));
  END IF;
END
$$;

CREATE FUNCTION api.approve_application (p_application bigint, p_row_version int, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor       actor := demand ('supervisor');
  v_application application := hold_application (v_actor, p_application, p_row_version);
  v_facts       facts;
BEGIN
  IF EXISTS (SELECT FROM application_editor e WHERE e.application_id = p_application AND e.staff_id = v_actor.staff_id) THEN
    PERFORM refuse ('P0001', 'FOUR_EYES', format ('Application %s was not approved, because you entered or changed it yourself.'
                    ' Ask another supervisor to approve it.', v_application.number));
  END IF;
  IF v_application.state <> 'submitted' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Application %s was not approved, because it is %s. Only a submitted application can be'
                    ' approved.', v_application.number, replace (v_application.state, '_', ' ')));
  END IF;
  PERFORM refuse_unless_asked_again (v_actor, v_application);
  PERFORM refuse_stops (v_application, 'approved');
  v_facts := gather_facts (p_application);
  UPDATE application a
     SET approved_by = v_actor.staff_id, issue_date = v_facts.today, categories = p.categories, expiry_date = p.expiry_date,
         licence_number = licence_number_for (a.id_number, v_facts.driver ->> 'licence_number')
    FROM plan_categories (v_facts) p
   WHERE a.id = p_application;
  RETURN move_application (v_actor, p_application, 'approved', format ('%s approved the application.', v_actor.name), p_reason);
END
$$;

-- The steps that need nothing but a reason.
CREATE FUNCTION platen.step_with_reason (p_actor platen.actor, p_application bigint, p_row_version int, p_to platen.application_state,
                                         p_did text, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_application application := hold_application (p_actor, p_application, p_row_version);
BEGIN
  IF btrim (coalesce (p_reason, '')) = '' THEN
    PERFORM refuse ('P0001', 'REASON', format ('Application %s was not changed, because no reason was given. Say why, so that the next'
                    ' person understands.', v_application.number));
  END IF;
  RETURN move_application (p_actor, p_application, p_to, format ('%s %s the application.', p_actor.name, p_did), p_reason);
END
$$;

CREATE FUNCTION api.return_application (p_application bigint, p_row_version int, p_reason text) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT step_with_reason (demand ('supervisor'), p_application, p_row_version, 'returned', 'returned', p_reason)
$$;

CREATE FUNCTION api.reject_application (p_application bigint, p_row_version int, p_reason text) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT step_with_reason (demand ('supervisor'), p_application, p_row_version, 'rejected', 'rejected', p_reason)
$$;

CREATE FUNCTION api.withdraw_application (p_application bigint, p_row_version int, p_reason text) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT step_with_reason (demand ('clerk', 'supervisor'), p_application, p_row_version, 'withdrawn', 'withdrew', p_reason)
$$;

CREATE FUNCTION api.wait_application (p_application bigint, p_row_version int, p_reason text) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
  SELECT step_with_reason (demand ('supervisor'), p_application, p_row_version, 'waiting', 'set aside', p_reason)
$$;

CREATE FUNCTION api.continue_application (p_application bigint, p_row_version int, p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platen, pg_temp AS $$
DECLARE
  v_actor       actor := demand ('supervisor');
  v_application application := hold_application (v_actor, p_application, p_row_version);
BEGIN
  IF v_application.state <> 'waiting' THEN
    PERFORM refuse ('P0001', 'STATE', format ('Application %s was not continued, because it is %s and does not wait.',
                    v_application.number, replace (v_application.state, '_', ' ')));
  END IF;
  RETURN move_application (v_actor, p_application, 'submitted', format ('%s continued the application.', v_actor.name), p_reason);
END
$$;

INSERT INTO platen.schema_version (version, title) VALUES (9, 'api: applications');
