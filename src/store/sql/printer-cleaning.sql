-- When the printers of this office were cleaned, and how many cards each has had since.
-- Columns: json
SELECT coalesce (json_agg (json_build_object ('printer', k.printer, 'cards_since', k.cards_since, 'every', k.every_cards, 'cleaned_at', k.cleaned_at,
                           'cleaned_by', k.cleaned_by) ORDER BY k.printer), '[]')::text AS json
  FROM api.printer_cleaning k JOIN api.whoami () w ON w.office_code = k.office_code
