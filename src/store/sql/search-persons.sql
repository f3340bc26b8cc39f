-- A page of persons that this office knows; the first page is written to the log of searches.
-- $1 text: what was typed, $2 text[]: nicks of the registries asked beside, $3 text: purpose,
-- $4 text[]: ID numbers, $5 text: beginning of one, $6 text: licence number, $7 text: number of an
-- application or card, $8 text[]: words of the name, $9 text: births as ISO 8601 intervals,
-- $10 text[]: words of the address, $11 text: key of the last row of the page before, $12 int: rows
-- Columns: those of api.search_persons but the application's state
SELECT id_number, holder_name, family_name, given_names, family_name_native, given_names_native, birth_date, address, licence_number,
       application_number, score, matched, page_key
  FROM api.search_persons ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
