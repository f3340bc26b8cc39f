/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The six-digit codes of the office in a box, against the vectors of RFC 6238, appendix B. */
#include "plt-demo-staff.h"

static void
test_codes (void)
{
  /* "12345678901234567890" in Base32; the last six of the RFC's eight digits. */
  PltDemoStaff staff = { .totp_secret = (char *) "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" };
  static const struct { gint64 at; const char *code; } cases[] = {
    { 59, "287082" },
    { 1111111109, "081804" },
    { 1111111111, "050471" },
    { 1234567890, "005924" },
    { 2000000000, "279037" },
    { 20000000000, "353130" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = plt_demo_staff_totp (&staff, cases[i].at);

      g_assert_cmpstr (code, ==, cases[i].code);
    }
}

static void
test_no_box (void)
{
  g_unsetenv ("PLATEN_DEMO_FOLDER");

  g_assert_null (plt_demo_staff_load ());
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/demo-staff/codes", test_codes);
  g_test_add_func ("/app/demo-staff/nobody-without-a-box", test_no_box);

  return g_test_run ();
}
