-- Everything that is known of one card but its file and pictures, as JSON: its row, who did what to it and when, what was read back
-- from the plastic, the approval of its file, how it was handed over, and what it was drawn of.
-- $1 text: card number; or an application's number, for the newest of its cards that was drawn
-- Columns: json text, “null” where this office has no such card
SELECT coalesce ((SELECT json_build_object (
         'id', c.id, 'card', c.number, 'application', c.application_number, 'holder_name', c.holder_name, 'state', c.state, 'serial', c.serial, 'printer', c.printer, 'job_id', c.job_id,
         'layout', c.layout, 'layout_version', c.layout_version, 'layout_digest', c.layout_digest, 'front_sha256', c.front_sha256,
         'back_sha256', c.back_sha256, 'file_sha256', c.file_sha256,
         'unsigned_sha256', (SELECT f.unsigned_sha256 FROM api.card_file f WHERE f.card_id = c.id),
         'qr_text', (SELECT f.qr_text FROM api.card_file f WHERE f.card_id = c.id),
         'mrz', (SELECT f.mrz FROM api.card_file f WHERE f.card_id = c.id),
         'inputs', (SELECT f.inputs FROM api.card_file f WHERE f.card_id = c.id),
         'approval', (SELECT json_build_object ('at', a.at, 'approved_by', a.approved_by, 'workstation', a.workstation,
                             'key_id', a.key_id, 'certificate_sha256', a.certificate_sha256, 'approved_sha256', a.approved_sha256)
                        FROM api.card_file_approval a WHERE a.card_id = c.id),
         'handover', (SELECT json_build_object ('at', h.at, 'who', h.who, 'workstation', h.workstation, 'how', h.how, 'document', h.document,
                             'number_end', h.number_end, 'receipt_sha256', h.receipt_sha256, 'letter', h.letter, 'reference', h.reference)
                        FROM api.card_handover h WHERE h.card_id = c.id),
         'events', (SELECT coalesce (json_agg (json_build_object ('at', e.at, 'who', e.who, 'workstation', e.workstation, 'what', e.what,
                           'text', e.text, 'why', e.why) ORDER BY e.at, e.id), '[]') FROM api.event e WHERE e.card_id = c.id),
         'readings', (SELECT coalesce (json_agg (json_build_object ('at', r.at, 'who', r.who, 'workstation', r.workstation,
                             'matched', r.matched, 'serial', r.serial, 'scanned', r.scanned, 'scanned_sha256', r.scanned_sha256)
                             ORDER BY r.id), '[]') FROM api.card_reading r WHERE r.card_id = c.id))::text
  FROM api.card c
 WHERE c.number = upper (btrim ($1::text)) OR c.application_number = upper (btrim ($1::text))
 ORDER BY c.front_sha256 IS NULL, c.id DESC LIMIT 1), 'null') AS json
