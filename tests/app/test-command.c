/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the command bar understands. */
#include "plt-command.h"

#include "plt-id-number.h"

static char *
make_id_number (void)
{
  return g_strdup_printf ("1002718281%d", plt_id_number_check_digit ("1002718281"));
}

static void
check (const char     *text,
       PltCommandKind  kind,
       const char     *key)
{
  g_auto (PltCommand) command = { .kind = PLT_COMMAND_NOTHING };
  g_autoptr (GError) error = NULL;

  g_assert_true (plt_command_parse (text, &command, &error));
  g_assert_no_error (error);
  g_assert_cmpint (command.kind, ==, kind);
  g_assert_cmpstr (command.key, ==, key);
}

static void
test_kinds (void)
{
  g_autofree char *id = make_id_number ();
  g_autofree char *spaced = g_strdup_printf ("  %.5s %.5s %s ", id, id + 5, id + 10);
  g_autofree char *scan = g_strnfill (400, 'A');

  check ("", PLT_COMMAND_NOTHING, NULL);
  check (id, PLT_COMMAND_LOOK_UP, id);
  check (spaced, PLT_COMMAND_LOOK_UP, id);
  check ("UC-26-000123", PLT_COMMAND_APPLICATION, "UC-26-000123");
  check ("uc-26-000123", PLT_COMMAND_APPLICATION, "UC-26-000123");
  check ("UC-26-C000017", PLT_COMMAND_CARD, "UC-26-C000017");
  check ("B00000017", PLT_COMMAND_CARD, "B00000017");
  check (scan, PLT_COMMAND_SCAN, scan);
  check ("VER", PLT_COMMAND_VERIFY, "");
  check ("ver D1UTOU1234567<3340314SPECIMEN9", PLT_COMMAND_VERIFY, "D1UTOU1234567<3340314SPECIMEN9");
  check ("Vernon", PLT_COMMAND_FIND, "Vernon");
  check ("Andersson", PLT_COMMAND_FIND, "Andersson");
  check ("Pettersson", PLT_COMMAND_FIND, "Pettersson");
  check ("PE-CCXK-C9UF", PLT_COMMAND_PREPARED, "PECCXKC9UF");
  check ("peccxkc9uf", PLT_COMMAND_PREPARED, "PECCXKC9UF");
  check ("https://pre.example/apply?code=PE-CCXK-C9UF", PLT_COMMAND_PREPARED, "PECCXKC9UF");
}

static void
test_transactions (void)
{
  static const struct { const char *code; PltApplicationType type; } cases[] = {
    { "REN", PLT_APPLICATION_TYPE_RENEWAL },
    { "new", PLT_APPLICATION_TYPE_NEW },
    { "REP", PLT_APPLICATION_TYPE_REPLACEMENT },
    { "COR", PLT_APPLICATION_TYPE_CORRECTION },
    { "UPG", PLT_APPLICATION_TYPE_UPGRADE },
    { "EXC", PLT_APPLICATION_TYPE_EXCHANGE },
    { "ret", PLT_APPLICATION_TYPE_RETURN },
    { "IDP", PLT_APPLICATION_TYPE_INTERNATIONAL },
    { "TMP", PLT_APPLICATION_TYPE_TEMPORARY },
  };
  g_autofree char *id = make_id_number ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s %s", cases[i].code, id);
      g_auto (PltCommand) command = { .kind = PLT_COMMAND_NOTHING };

      g_assert_true (plt_command_parse (text, &command, NULL));
      g_assert_cmpint (command.kind, ==, PLT_COMMAND_START);
      g_assert_cmpint (command.type, ==, cases[i].type);
      g_assert_cmpstr (command.key, ==, id);
    }
}

/* Without a space the code still leads; alone it asks for its number; a name is a name. */
static void
test_hasty_transactions (void)
{
  g_autofree char *id = make_id_number ();
  g_autofree char *joined = g_strconcat ("ren", id, NULL);
  g_auto (PltCommand) command = { .kind = PLT_COMMAND_NOTHING };
  g_auto (PltCommand) alone = { .kind = PLT_COMMAND_NOTHING };
  g_autoptr (GError) error = NULL;

  g_assert_true (plt_command_parse (joined, &command, NULL));
  g_assert_cmpint (command.kind, ==, PLT_COMMAND_START);
  g_assert_cmpstr (command.key, ==, id);

  g_assert_false (plt_command_parse ("REN", &alone, &error));
  g_assert_nonnull (error);
  check ("Renard", PLT_COMMAND_FIND, "Renard");
  check ("Ren", PLT_COMMAND_FIND, "Ren");
}

static void
test_wrong_check_digit (void)
{
  g_autofree char *id = make_id_number ();
  g_auto (PltCommand) command = { .kind = PLT_COMMAND_NOTHING };
  g_autoptr (GError) error = NULL;

  id[10] = id[10] == '9' ? '0' : (char) (id[10] + 1);

  g_assert_false (plt_command_parse (id, &command, &error));
  g_assert_error (error, PLT_LICENCE_ERROR, PLT_LICENCE_ERROR_CHECK_DIGIT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/command/kinds", test_kinds);
  g_test_add_func ("/app/command/transactions", test_transactions);
  g_test_add_func ("/app/command/hasty-transactions", test_hasty_transactions);
  g_test_add_func ("/app/command/refuses-a-wrong-check-digit", test_wrong_check_digit);

  return g_test_run ();
}
