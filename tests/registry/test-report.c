/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes of a status that is told to a pre-enrolment service: only the service's own word counts
 * against the message. */
#include "client-fixture.h"

#include "plt-registry-report.h"

#include <string.h>

#define CODE "PECCXKC9UF"
#define RECEIPT "{\"code\":\"PE-CCXK-C9UF\"}"
#define PAGE "<!DOCTYPE html><html><body><h1>Dear user</h1></body></html>"
#define JSON "application/json"
#define HTML "text/html; charset=utf-8"

typedef struct
{
  gboolean     done;
  PltReportEnd end;
  char        *trouble;
} Report;

static void
reported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Report *report = user_data;
  g_autoptr (GError) error = NULL;

  plt_registry_client_report_finish (PLT_REGISTRY_CLIENT (source), result, &report->end,
                                     &report->trouble, &error);
  g_assert_no_error (error);
  report->done = TRUE;
}

/* The example's adapter, with the test's server in the place of its address. */
static PltRegistryClient *
new_service (PltTestRegistry *registry)
{
  g_autofree char *example = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "registries",
                                               "examples", "pre-enrolment.json", NULL);
  g_autofree char *path = g_build_filename (client_certificates, "pre-enrolment.json", NULL);
  g_autofree char *address = g_strdup_printf ("localhost:%d", plt_test_registry_get_port (registry));
  g_autofree char *text = NULL;
  g_autoptr (GString) adapter = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (example, &text, NULL, &error);
  g_assert_no_error (error);
  adapter = g_string_new (text);
  g_assert_cmpuint (g_string_replace (adapter, "pre-enrolment.example", address, 0), ==, 2);
  g_string_replace (adapter, "authorities.pem", "ca.pem", 1);
  g_string_replace (adapter, "pre-enrolment.token", "token", 1);
  client_write_file ("pre-enrolment.json", adapter->str);

  PltRegistryClient *client = plt_registry_client_new_from_file (path, &error);

  g_assert_no_error (error);

  return client;
}

static void
test_ends (void)
{
  static const struct
  {
    int           status;
    const char   *type;
    const char   *body;
    PltReportEnd  end;
  } rows[] = {
    { 200, JSON, RECEIPT, PLT_REPORT_END_TAKEN },
    { 201, "application/hal+json", RECEIPT, PLT_REPORT_END_TAKEN },
    /* a gateway's page, another service, another application, nothing */
    { 200, HTML, PAGE, PLT_REPORT_END_UNREACHABLE },
    { 200, HTML, RECEIPT, PLT_REPORT_END_UNREACHABLE },
    { 200, JSON, PAGE, PLT_REPORT_END_UNREACHABLE },
    { 200, JSON, "{\"status\":\"UP\"}", PLT_REPORT_END_UNREACHABLE },
    { 200, JSON, "{\"code\":\"PEM231U9WT\"}", PLT_REPORT_END_UNREACHABLE },
    { 204, JSON, "", PLT_REPORT_END_UNREACHABLE },
    { 302, HTML, PAGE, PLT_REPORT_END_UNREACHABLE },
    { 404, HTML, PAGE, PLT_REPORT_END_UNREACHABLE },
    { 400, "text/plain", "Bad request", PLT_REPORT_END_UNREACHABLE },
    { 405, JSON, "{}", PLT_REPORT_END_UNREACHABLE },
    { 401, JSON, "{}", PLT_REPORT_END_UNREACHABLE },
    { 429, JSON, "{}", PLT_REPORT_END_UNREACHABLE },
    { 503, HTML, PAGE, PLT_REPORT_END_UNREACHABLE },
    /* the service's own word */
    { 404, JSON, "{\"error\":\"APPLICATION_NOT_FOUND\"}", PLT_REPORT_END_REFUSED },
    { 410, JSON, "", PLT_REPORT_END_REFUSED },
    { 409, "application/problem+json", "{\"title\":\"cancelled\"}", PLT_REPORT_END_REFUSED },
    { 422, JSON, "{}", PLT_REPORT_END_REFUSED },
  };
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autoptr (PltRegistryClient) client = new_service (registry);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (rows[i].body, strlen (rows[i].body));
      Report report = { FALSE };

      plt_test_registry_set_answer (registry, rows[i].status, rows[i].type, body);
      plt_registry_client_report_async (client, "6f1c1c0e-8a33-4b0e-9c39-0d7b7c3f1f11", CODE,
                                        PLT_PREPARED_STATUS_READY, now, NULL, reported_cb, &report);
      client_await (&report.done);
      g_test_message ("%d %s %s: %s", rows[i].status, rows[i].type, rows[i].body, report.trouble);
      g_assert_cmpint (report.end, ==, rows[i].end);
      g_assert_true ((report.trouble == NULL) == (report.end == PLT_REPORT_END_TAKEN));
      if (report.trouble != NULL)
        {
          g_assert_nonnull (strstr (report.trouble, plt_registry_client_get_title (client)));
          g_assert_null (strstr (report.trouble, "%s"));
        }
      g_free (report.trouble);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/registry/report/ends", test_ends);

  return client_run_tests ();
}
