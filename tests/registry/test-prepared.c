/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pre-enrolment service gives out: taken as its file says, refused where it is not that, and
 * told where it stands in the service's own words. */
#include "plt-answer-decoder.h"
#include "plt-json-text.h"
#include "plt-prepared-code.h"
#include "plt-prepared-mapping.h"
#include "plt-registry-client.h"

#include <string.h>

#define CODE "PECCXKC9UF"

static const char good[] =
  "{\"application\":{\"code\":\"PE-CCXK-C9UF\",\"office\":\"UC\",\"state\":\"SUBMITTED\",\"kind\":\"RENEW\","
  "\"categories\":[\"B\",\"BE\"],\"language\":\"FR\",\"submittedAt\":\"2026-11-19T23:30:00Z\","
  "\"validUntil\":\"20.01.2027\",\"applicant\":{\"id\":\"10027182816\",\"surname\":\"Lindqvist\","
  "\"forenames\":[\"Clara\",\"Ida\"],\"born\":\"12.10.1988\",\"bornAt\":\"Utopia City\",\"sex\":\"f\","
  "\"nationality\":\"UTO\",\"address\":[\"Linden Avenue 3\",\"1010 Utopia City\"]},"
  "\"contact\":{\"email\":\"c@post.example\",\"mobile\":\"+00 1\"},\"photo\":\"aGVsbG8=\"}}";

static PltRegistryAdapter *
load (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "registries",
                                            "examples", "pre-enrolment.json", NULL);
  g_autoptr (GError) error = NULL;
  PltRegistryAdapter *adapter = plt_registry_adapter_new_from_file (path, &error);

  g_assert_no_error (error);

  return adapter;
}

static void
test_good (void)
{
  g_autoptr (PltRegistryAdapter) adapter = load ();
  g_autoptr (PltSourceAnswer) answer = plt_answer_decode (adapter, CODE, good, strlen (good));
  PltPreparedApplication *prepared = plt_source_answer_get_prepared (answer);

  g_assert_cmpint (plt_source_answer_get_state (answer), ==, PLT_SOURCE_STATE_ANSWERED);
  g_assert_true (plt_source_is_applicant (plt_source_answer_get_source (answer)));
  g_assert_cmpstr (plt_source_answer_get_field (answer, PLT_FIELD_GIVEN_NAMES), ==, "Clara Ida");
  g_assert_cmpstr (plt_source_answer_get_field (answer, PLT_FIELD_BIRTH_DATE), ==, "1988-10-12");
  g_assert_nonnull (plt_source_answer_get_portrait (answer));
  g_assert_cmpstr (prepared->code, ==, CODE);
  g_assert_cmpstr (prepared->id_number, ==, "10027182816");
  g_assert_cmpint (prepared->type, ==, PLT_APPLICATION_TYPE_RENEWAL);
  g_assert_cmpint (prepared->state, ==, PLT_PREPARED_STATE_OPEN);
  g_assert_cmpstr (prepared->categories[1], ==, "BE");
  g_assert_cmpstr (prepared->language, ==, "fr");
  g_assert_cmpstr (prepared->expires_on, ==, "2027-01-20");
  g_assert_null (plt_prepared_application_dup_obstacle (prepared, "UC", (PltDate) { 2027, 1, 20 }));

  g_autofree char *over = plt_prepared_application_dup_obstacle (prepared, "UC", (PltDate) { 2027, 1, 21 });
  g_autofree char *other = plt_prepared_application_dup_obstacle (prepared, "UN", (PltDate) { 2027, 1, 1 });
  g_assert_nonnull (strstr (over, "PE-CCXK-C9UF"));
  g_assert_nonnull (strstr (other, "UC"));
}

/* Another text in the place of one makes it none. */
static void
test_refused (void)
{
  static const struct
  {
    const char *text, *instead, *fault;
  } rows[] = {
    { "PE-CCXK-C9UF", "PE-M231-U9WT", "another person" },
    { "\"code\":\"PE-CCXK-C9UF\",", "", "/code" },
    { "\"code\"", "\"code\":1,\"code\"", "twice" },
    { "10027182816", "10027182817", "/applicant/id" },
    { "\"10027182816\"", "10027182816", "/applicant/id" },
    { "\"UC\"", "null", "/office" },
    { "SUBMITTED", "LOST", "/state" },
    { "RENEW", "GIFT", "/kind" },
    { "[\"B\",\"BE\"]", "\"B\"", "/categories" },
    { "\"BE\"", "\"X9\"", "/categories" },
    { "\"BE\"", "5", "/categories" },
    { "\"FR\"", "\"french\"", "/language" },
    { "20.01.2027", "2027-01-20", "/validUntil" },
    { "12.10.1988", "31.02.1988", "/applicant/born" },
    { "\"Lindqvist\"", "\"\\u0007\"", "/applicant/surname" },
    { "aGVsbG8=", "<svg>", "/photo" },
    { "Utopia City", "Utopia \xff", "cannot be used" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PltRegistryAdapter) adapter = load ();
      g_autoptr (GString) text = g_string_new (good);

      g_assert_cmpuint (g_string_replace (text, rows[i].text, rows[i].instead, 1), ==, 1);

      g_autoptr (PltSourceAnswer) answer = plt_answer_decode (adapter, CODE, text->str, text->len);

      g_test_message ("%s: %s", rows[i].instead, plt_source_answer_get_message (answer));
      g_assert_cmpint (plt_source_answer_get_state (answer), ==, PLT_SOURCE_STATE_NONSENSE);
      g_assert_null (plt_source_answer_get_prepared (answer));
      g_assert_nonnull (strstr (plt_source_answer_get_message (answer), rows[i].fault));
      /* What is wrong is told without what is private. */
      g_assert_null (strstr (plt_source_answer_get_message (answer), "Lindqvist"));
    }
}

static void
test_report (void)
{
  g_autoptr (PltRegistryAdapter) adapter = load ();
  g_autofree char *uri = plt_prepared_mapping_make_report_uri (adapter->prepared, CODE);
  g_autofree char *body = plt_prepared_mapping_make_body (adapter->prepared, CODE, PLT_PREPARED_STATUS_READY,
                                                          "2026-11-21T10:00:00Z");
  static const char * const receipts[] = { "{\"code\":\"PECCXKC9UF\"}", "{\"code\":\"PE-CCXK-C9UF\",\"x\":1}" };
  static const char * const others[] = { "", "{}", "[]", "<html>", "{\"code\":\"PEM231U9WT\"}", "{\"code\":1}",
                                         "{\"code\":\"PECCXKC9UF\",\"code\":\"PECCXKC9UF\"}" };

  g_assert_cmpstr (uri, ==, "https://pre-enrolment.example/applications/" CODE "/status");
  g_assert_cmpstr (body, ==, "{\"at\":\"2026-11-21T10:00:00Z\",\"status\":\"READY\"}");
  g_assert_cmpstr (plt_prepared_mapping_get_key_header (adapter->prepared), ==, "Idempotency-Key");
  for (gsize i = 0; i < G_N_ELEMENTS (receipts); i++)
    g_assert_true (plt_prepared_mapping_is_receipt (adapter->prepared, receipts[i], strlen (receipts[i]), CODE));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (plt_prepared_mapping_is_receipt (adapter->prepared, others[i], strlen (others[i]), CODE));
}

static void
test_codes (void)
{
  static const char * const right[] = {
    "PECCXKC9UF", "pe-ccxk-c9uf", " PE CCXK C9UF\n", "https://pre.example/apply?code=PE-CCXK-C9UF", "urn:pre:PECCXKC9UF",
  };
  static const char * const misread[] = { "PECCXKC9UE", "PECCKXC9UF", "PE-CCXK-C9U0", "PEOOOOOOO0" };
  static const char * const none[] = { "", "PE", "PECCXKC9U", "PECCXKC9UFF", "10027182816", "UC-26-000001", "B00000001",
                                       "Peccxkc Müller", "Pettersson", "PETTERSSON", "Peter Olsen", "PECCXKC9U\xc3\x89" };

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autofree char *code = plt_prepared_code_normalise (right[i], NULL);

      g_assert_cmpstr (code, ==, CODE);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (misread); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (plt_prepared_code_is_meant (misread[i]));
      g_assert_null (plt_prepared_code_normalise (misread[i], &error));
      g_assert_error (error, PLT_LICENCE_ERROR, PLT_LICENCE_ERROR_CHECK_DIGIT);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_false (plt_prepared_code_is_meant (none[i]));

  /* What looks alike is the same. */
  g_autofree char *alike = plt_prepared_code_normalise ("PE-7Q5E-EO2S", NULL);
  g_assert_cmpstr (alike, ==, "PE7Q5EE02S");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/registry/prepared/good", test_good);
  g_test_add_func ("/registry/prepared/refused", test_refused);
  g_test_add_func ("/registry/prepared/report", test_report);
  g_test_add_func ("/registry/prepared/codes", test_codes);

  return g_test_run ();
}
