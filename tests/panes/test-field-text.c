/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people read for the canonical text of a field. */
#include "plt-field-text.h"

static void
test_display (void)
{
  static const struct { PltField field; const char *value, *shown; } cases[] = {
    { PLT_FIELD_FAMILY_NAME, "Andersson", "Andersson" },
    { PLT_FIELD_FAMILY_NAME, NULL, "—" },
    { PLT_FIELD_FAMILY_NAME, "", "—" },
    { PLT_FIELD_UNPAID, "12050", "120.50" },
    { PLT_FIELD_UNPAID, "many", "many" },          /* what is no number is shown as it came */
    { PLT_FIELD_CATEGORIES, "B;2001-01-01;;|BE;2003-01-01;;", "B, BE" },
    { PLT_FIELD_BIRTH_DATE, "18.8.1986", "18.8.1986" }, /* what is no date is shown as it came */
    { PLT_FIELD_LICENCE_STATUS, "suspended", "Suspended" },
    { PLT_FIELD_LICENCE_STATUS, "lost", "lost" },
    { PLT_FIELD_SEX, "X", "X" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = plt_field_to_display (cases[i].field, cases[i].value);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/panes/field-text/display", test_display);

  return g_test_run ();
}
