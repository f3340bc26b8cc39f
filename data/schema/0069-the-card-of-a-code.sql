-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which card was scanned. Who takes cards out of a tray scans them in the order in which they lie there, not in that of a list.

SET LOCAL ROLE platen_owner;

-- Of the cards of the caller’s office that are on their way or ready; NULL where none of them has this code. Where one holder’s cards have the same,
-- it is one that still waits to be read back. Comparing it with the record is
-- api.check_card’s.
CREATE FUNCTION api.card_of_code (p_scanned text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = platen, pg_temp
SET DateStyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
DECLARE
  v_actor actor := demand ('operator', 'clerk', 'supervisor');
BEGIN
  RETURN (SELECT c.number FROM card c
           WHERE c.office_code = v_actor.office_code AND c.state IN ('sent', 'on_device', 'out', 'doubtful', 'checked')
             AND is_code_of (c.id, p_scanned)
           ORDER BY c.state = 'checked', c.id DESC LIMIT 1);
END
$$;
REVOKE ALL ON FUNCTION api.card_of_code (text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.card_of_code (text) TO platen_clerk, platen_supervisor, platen_operator, platen_auditor, platen_admin;

INSERT INTO platen.schema_version (version, title) VALUES (69, 'the card of a code');
