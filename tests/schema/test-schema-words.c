/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that what the database says to a person it says in the session's language: each sentence that
 * occurs in a function has its translation, with the same parameters, and a life is told in French. */
#include "schema-office.h"

#include <stdlib.h>
#include <string.h>

/* The literals of all functions that hold words for a person, with P1, P2 … for their parameters. */
#define SAMPLES \
  "WITH source AS (SELECT proname, regexp_replace (regexp_replace (prosrc, '--[^\\n]*', '', 'g'), '''\\s*\\n\\s*''', '', 'g') AS src" \
  "                  FROM pg_proc WHERE pronamespace IN ('platen'::regnamespace, 'api'::regnamespace)" \
  /* These two write functions and say nothing. */ \
  "                   AND pg_get_userbyid (proowner) = 'platen_owner' AND proname NOT IN ('plan_once', 'name_rules'))," \
  " literal AS (SELECT proname, replace (m[1], '\\n', E'\\n') AS words, coalesce (k[1], '') AS before" \
  "               FROM source, regexp_matches (src, '(?:''((?:[^'']|'''')*)'')', 'g') m" \
  "               LEFT JOIN LATERAL regexp_match (m[1], '^(SELECT|CREATE|COMMENT|ALTER|GRANT|REVOKE) ') k ON true)," \
  " sample AS (SELECT proname, words," \
  "                   regexp_replace (regexp_replace (regexp_replace (regexp_replace (regexp_replace (regexp_replace (" \
  "                     words, '%%(1\\$)?s', 'P1'), '%%(2\\$)?s', 'P2'), '%%s', 'P3'), '%%s', 'P4'), '%%1\\$s', 'P1'), '%%2\\$s', 'P2') AS said" \
  "              FROM literal WHERE before = '' AND words ~ '[A-Za-z,]\\s[A-Za-z%%]')"

static void
test_every_sentence (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *n = schema_office_ask (db, "postgres", SAMPLES " SELECT count (*) FROM sample");
  /* Not for persons but for programs; and three that are pieces of others, which are said in test_life and
   * test_parameters. Left out are the contexts whose forms fit any words. */
  g_autofree char *missing = schema_office_ask (db, "postgres", SAMPLES
    " SELECT proname, words FROM sample s"
    "  WHERE words NOT IN ('%%s %%s %%s', 'application %%s %%s', 'link %%s %%s', 'rule %%s %%s', 'outbox %%s %%s', 'Platen staff', '%%s %%s the application.', 'set aside',"
    "                    ' and has print job ')"
    " AND NOT EXISTS (SELECT FROM platen.translation t WHERE t.english = s.said)"
    " AND NOT EXISTS (SELECT FROM (SELECT DISTINCT context FROM platen.translation"
    "                               WHERE context NOT IN ('card_and_job', 'amount', 'date', 'earliest')) c,"
    "                   LATERAL platen.say ('fr', c.context, s.said) t"
    "                  WHERE t <> s.said AND NOT EXISTS (SELECT FROM regexp_matches (s.said, 'P[1-4]', 'g') p WHERE strpos (t, p[1]) = 0))");

  g_assert_cmpint (atoi (n), >, 120);
  g_assert_cmpstr (missing, ==, "");
}

static void
test_every_row (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *uneven = schema_office_ask (db, "postgres",
    "SELECT english FROM platen.translation t WHERE (SELECT array_agg (n ORDER BY n) FROM unnest (t.names) n)"
    " IS DISTINCT FROM (SELECT array_agg (n ORDER BY n) FROM unnest (platen.parameter_names (t.text)) n)");
  g_autofree char *untypographic = schema_office_ask (db, "postgres",
    "SELECT text FROM platen.translation WHERE text ~ '[''\"]| [:;!?»]|« '");
  g_autofree char *states = schema_office_ask (db, "postgres",
    "SELECT t.typname, m[1] FROM pg_constraint c JOIN pg_type t ON t.oid = c.contypid,"
    " regexp_matches (pg_get_constraintdef (c.oid), '''([a-z_]+)''', 'g') m"
    " WHERE t.typname IN ('application_state', 'card_state')"
    "   AND NOT EXISTS (SELECT FROM platen.translation r WHERE r.context = t.typname AND r.english = replace (m[1], '_', ' '))");
  g_autofree char *laws = schema_office_ask (db, "postgres",
    "SELECT DISTINCT legal_reference FROM platen.rule r WHERE platen.say ('fr', 'law', r.legal_reference) = r.legal_reference");
  g_autofree char *roles = schema_office_ask (db, "postgres",
    "SELECT rolname FROM pg_roles WHERE rolname ~ '^platen_(clerk|supervisor|operator|auditor|admin|kiosk)$'"
    " AND NOT EXISTS (SELECT FROM platen.translation r WHERE r.context = 'role' AND r.english = substr (rolname, 8))");

  g_assert_cmpstr (uneven, ==, "");
  g_assert_cmpstr (untypographic, ==, "");
  g_assert_cmpstr (states, ==, "");
  g_assert_cmpstr (roles, ==, "");
  g_assert_cmpstr (laws, ==, "");
}

static char *
say (const char *db,
     const char *language,
     const char *context,
     const char *words)
{
  return schema_office_ask (db, "postgres", "SELECT platen.say ('%s', '%s', $$%s$$)", language, context, words);
}

static void
test_parameters (void)
{
  static const struct
  {
    const char *context, *words, *french;
  } cases[] = {
    { "refusal", "Nobody was looked up, because '12' is no ID number: it needs eleven digits and the last one must fit the others. Read the number again.",
      "Personne n’a été recherché, car « 12 » n’est pas un numéro d’identité : il faut onze chiffres, dont le dernier contrôle les autres. Relisez le numéro." },
    { "refusal", "This was not done, because it needs the role clerk or supervisor and chen does not hold it. Ask a colleague who does.",
      "Cette opération n’a pas été effectuée, car elle exige le rôle agent ou superviseur, que l’identifiant chen n’a pas. Adressez-vous à un collègue qui l’a." },
    { "refusal", "Print job 7 was not noted for card UC-26-C000001, because the card is on device and has print job 5. Look at the card in the print room.",
      "Le travail d’impression 7 n’a pas été noté pour la carte UC-26-C000001, car elle est à l’état « en cours d’impression » et a le travail d’impression 5."
      " Examinez-la dans la salle d’impression." },
    { "refusal", "Print job 7 was not noted for card UC-26-C000001, because the card is sent. Look at the card in the print room.",
      "Le travail d’impression 7 n’a pas été noté pour la carte UC-26-C000001, car elle est à l’état « envoyée à l’imprimante »."
      " Examinez-la dans la salle d’impression." },
    { "refusal", "Card X was not changed, because it is issued; this step is for a card that is rendered or on device or out.",
      "La carte X n’a pas été modifiée, car elle est à l’état « remise » ; cette étape vaut pour une carte à l’état : dessinée ou en cours d’impression ou"
      " sortie de l’imprimante. Examinez-la dans la salle d’impression." },
    { "refusal", "Nobody was not added, because the name is missing.", "Personne n’a été ajouté, car le nom manque." },
    { "refusal", "'x y' was not added, because that login is taken.", "« x y » n’a pas été ajouté, car cet identifiant est déjà pris." },
    /* Names and printers with words, wildcards and braces of their own. */
    { "event", "Ann or Bo returned the application.", "Ann or Bo a renvoyé la demande." },
    { "event", "Card %_\\ left printer {card} and (a|b).", "La carte %_\\ est sortie de l’imprimante {card} and (a|b)." },
    { "event", "Something new happened.", "Something new happened." },
    { "amount", "1234.50", "1234,50" },
    { "date", "2026-12-22", "22/12/2026" },
    { "date", "further notice", "jour où la suspension sera levée" },
    { "law", "Road Traffic Act, s. 14(3)", "Loi sur la circulation routière, art. 14(3)" },
    { "name", "draft", "draft" },
  };
  g_autofree char *db = schema_office_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *said = say (db, "fr", cases[i].context, cases[i].words);
      g_autofree char *english = say (db, "en", cases[i].context, cases[i].words);
      g_autofree char *other = say (db, "pt", cases[i].context, cases[i].words);
      g_auto (GStrv) thin = g_strsplit (said, "\u202F", -1);
      g_autofree char *plain = g_strjoinv (" ", thin);

      g_assert_cmpstr (plain, ==, cases[i].french);
      g_assert_cmpstr (english, ==, cases[i].words);
      g_assert_cmpstr (other, ==, cases[i].words);
    }
}

/* A refusal's state and rule stay; its sentence is French. */
static void
assert_refused_in_french (const char *db,
                          const char *login,
                          const char *state,
                          const char *rule,
                          const char *french,
                          const char *sql)
{
  g_autofree char *whole = g_strconcat ("SET platen.language = 'fr'; ", sql, NULL);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  int status = plt_test_cluster_run_as (schema_office_cluster (), db, login, whole, &out, &err);

  schema_office_assert_refused (state, rule, status, err, sql);
  if (strstr (err, french) == NULL)
    g_error ("%s says %s", sql, err);
}

static void
test_life (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");
  g_autofree char *submit = g_strdup_printf ("SELECT api.submit_application (%d, 1, NULL)", application);
  g_autofree char *approve = g_strdup_printf (
    "SELECT api.approve_application (id, row_version, NULL) FROM api.application WHERE id = %d", application);
  g_autofree char *print = g_strdup_printf ("SELECT api.reserve_card (%d, gen_random_uuid (), 'desk')", application);

  assert_refused_in_french (db, "anna", "PL409", "STALE", "n’a pas été modifiée, car Anna l’a changée à ", submit);
  assert_refused_in_french (db, "chen", "42501", "ROLE", "elle exige le rôle agent, que l’identifiant chen n’a pas", submit);
  schema_office_submit (db, application);
  schema_office_ask_again (db, "boris", application);
  g_free (schema_office_ask (db, "boris", "SELECT api.wait_application (id, row_version, 'x') FROM api.application WHERE id = %d", application));
  g_free (schema_office_ask (db, "boris", "SELECT api.continue_application (id, row_version, NULL) FROM api.application WHERE id = %d", application));
  g_free (schema_office_ask (db, "boris", "SELECT api.return_application (id, row_version, 'Photo too dark') FROM api.application WHERE id = %d", application));
  assert_refused_in_french (db, "boris", "P0001", "STATE", "n’a pas été approuvée, car elle est à l’état «\u202Frenvoyée à l’agent\u202F».", approve);
  schema_office_submit (db, application);
  schema_office_approve (db, application);
  int card = schema_office_render (db, application);
  assert_refused_in_french (db, "chen", "P0001", "IN_FLIGHT", "est à l’état «\u202Fdessinée\u202F». Terminez d’abord", print);
  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 7, 'u'), api.card_released (%d), api.card_out (%d)", card, card, card));
  g_autofree char *differs = schema_office_ask (db, "chen", "SET platen.language = 'fr'; SELECT text FROM api.check_card (%d, 'NO', 'NO')", card);
  g_free (schema_office_ask (db, "chen", "SELECT api.spoil_card (%d, 'Bent')", card));
  g_assert_nonnull (strstr (differs, "(différence\u202F: son code et son numéro de série)"));

  g_autofree char *words = schema_office_ask (db, "chen", "SET platen.language = 'fr';"
    "SELECT what, text FROM api.event WHERE application_id = %d ORDER BY id", application);
  g_autofree char *english = schema_office_ask (db, "chen", "SELECT text FROM api.event WHERE application_id = %d ORDER BY id", application);
  static const char * const told[] = {
    "draft|Anna a ouvert la demande.", "portrait|Anna a enregistré la photographie.", "submitted|Anna a soumis la demande.",
    "waiting|Boris a mis la demande en attente.", "submitted|Boris a repris la demande.", "returned|Boris a renvoyé la demande.",
    "approved|Boris a approuvé la demande.", "reserved|Chen a réservé la carte UC-", "rendered|La carte UC-", "sent|La carte UC-",
    "readback_differs|La carte UC-", "spoiled|Chen a mis la carte UC-", "a été mise au rebut\u202F; une autre peut être établie.",
  };
  for (size_t i = 0; i < G_N_ELEMENTS (told); i++)
    if (strstr (words, told[i]) == NULL)
      g_error ("“%s” is not told in:\n%s", told[i], words);
  g_assert_nonnull (strstr (english, "Boris set aside the application."));

  /* Nothing that was told in English is told in English. */
  g_auto (GStrv) sentences = g_strsplit (english, "\n", -1);
  g_assert_cmpuint (g_strv_length (sentences), >, 15);
  for (guint i = 0; sentences[i] != NULL; i++)
    g_assert_null (strstr (words, sentences[i]));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/words/every-sentence", test_every_sentence);
  g_test_add_func ("/schema/words/every-row", test_every_row);
  g_test_add_func ("/schema/words/parameters", test_parameters);
  g_test_add_func ("/schema/words/life", test_life);

  return schema_office_run ();
}
