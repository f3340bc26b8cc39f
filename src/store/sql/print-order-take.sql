-- Takes the next order of the print queue under a lease; one of whose card is being made already comes first.
-- $1 text: the spooler, $2 text[]: printers and classes, the best first, $3 int: seconds
-- Columns: application_id, application_number, printer, card_id (0: none yet)
SELECT application_id, application_number, printer, coalesce (card_id, 0) AS card_id
  FROM api.take_print_order ($1::uuid, $2::text[], $3::int)
