/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staffs an office in a test database, with registries, keys and configuration. */
#include "office-fixture.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "plt-demo-face.h"
#include "plt-id-number.h"
#include "plt-layout.h"
#include "plt-test-certificates.h"
#include "plt-test-keys.h"

#define DEADLINE_S 60
#define TOKEN "open-sesame"

static PltTestCluster *cluster;
static char *certificates;
static char *keys;
static char *issuer_keys; /* what the configuration says of them instead */
static char *runtime;
static char *folder;
static char *database;
static PltTestRegistry *registries[PLT_N_SOURCES];
static PltTestRegistry *attached;

static const char * const adapters[PLT_N_SOURCES] = {
  "\"fields\":{\"family_name\":{\"path\":\"/family\"},\"given_names\":{\"path\":\"/given\"},"
  "\"birth_date\":{\"path\":\"/birth\",\"format\":\"YYYY-MM-DD\"},\"birth_place\":{\"path\":\"/place\"},"
  "\"sex\":{\"path\":\"/sex\"},\"nationality\":{\"path\":\"/nationality\"},\"address\":{\"path\":\"/address\"},"
  "\"death_date\":{\"path\":\"/died\"}},\"portrait\":{\"path\":\"/portrait\",\"encoding\":\"base64\"}",
  "\"fields\":{\"family_name\":{\"path\":\"/family\"},\"given_names\":{\"path\":\"/given\"},"
  "\"birth_date\":{\"path\":\"/birth\",\"format\":\"YYYY-MM-DD\"},\"sex\":{\"path\":\"/sex\"},"
  "\"licence_number\":{\"path\":\"/licence\"},\"licence_status\":{\"path\":\"/status\"},"
  "\"licence_expiry\":{\"path\":\"/expiry\",\"format\":\"YYYY-MM-DD\"},"
  "\"categories\":{\"path\":\"/categories\",\"each\":{\"code\":\"/code\",\"from\":\"/from\",\"to\":\"/to\","
  "\"restrictions\":\"/codes\"},\"map\":{\"B\":\"B\"},\"format\":\"YYYY-MM-DD\"},"
  "\"medical_until\":{\"path\":\"/medical\",\"format\":\"YYYY-MM-DD\"}}",
  "\"fields\":{\"family_name\":{\"path\":\"/family\"},\"birth_date\":{\"path\":\"/birth\",\"format\":\"YYYY-MM-DD\"},"
  "\"points\":{\"path\":\"/points\"},\"unpaid\":{\"path\":\"/unpaid\"}}",
};

static gboolean
too_late_cb (gpointer user_data)
{
  g_error ("Nothing came in %d s.", DEADLINE_S);
  return G_SOURCE_REMOVE;
}

void
office_wait (gboolean *done)
{
  guint id = g_timeout_add_seconds (DEADLINE_S, too_late_cb, NULL);

  while (!*done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

void
office_called_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  OfficeCall *call = user_data;

  call->result = g_object_ref (result);
  call->done = TRUE;
}

GAsyncResult *
office_call_wait (OfficeCall *call)
{
  office_wait (&call->done);
  return call->result;
}

void
office_call_clear (OfficeCall *call)
{
  g_clear_object (&call->result);
  call->done = FALSE;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_remove (child);
    }
  g_rmdir (path);
}

int
office_fixture_run (void)
{
  runtime = g_dir_make_tmp ("plt-run-XXXXXX", NULL);
  g_setenv ("XDG_RUNTIME_DIR", runtime, TRUE);
  g_unsetenv ("PLATEN_CONFIG");
  cluster = plt_test_cluster_new ();
  certificates = plt_test_certificates_new ();
  keys = plt_test_keys_new ();

  int result = g_test_run ();

  plt_test_keys_remove (g_steal_pointer (&keys));
  plt_test_certificates_remove (g_steal_pointer (&certificates));
  g_clear_pointer (&cluster, plt_test_cluster_free);
  remove_folder (runtime);
  g_clear_pointer (&runtime, g_free);
  return result;
}

PltTestCluster *
office_cluster (void)
{
  return cluster;
}

const char *
office_database (void)
{
  return database;
}

static void
write_file (const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
start_registry (PltSource source)
{
  registries[source]
      = plt_test_registry_new (certificates, "server", FALSE, "Authorization", "Bearer " TOKEN);
  g_autofree char *name = g_strdup_printf ("registries/%s.json", plt_source_to_nick (source));
  g_autofree char *text = g_strdup_printf (
      "{\"registry\":1,\"source\":\"%s\",\"title\":\"Test %s\",\"url\":\"https://localhost:%d/{id_number}\","
      "\"ca\":\"%s/ca.pem\",\"authentication\":{\"type\":\"bearer\",\"token_file\":\"../token\"},"
      "\"budget_ms\":1500,\"retry\":{\"attempts\":1,\"pause_ms\":20},\"answer\":{\"id_number\":\"/id\","
      "\"not_found\":{\"status\":[404]},%s}}",
      plt_source_to_nick (source), plt_source_to_nick (source),
      plt_test_registry_get_port (registries[source]), certificates, adapters[source]);
  write_file (name, text);
}

/* emil proposes a layout, boris opens its sheet and lets it in. */
static void
approve_layout (const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts", id,
                                            "layout.json", NULL);
  g_autoptr (PltLayout) layout = plt_layout_new_from_file (path, &error);
  g_assert_no_error (error);
  const char *digest = plt_layout_get_digest (layout);
  g_autofree char *propose = g_strdup_printf (
      "SELECT api.propose_layout ('%s', %d, '%s', NULL, NULL, '%%PDF-1.7 %s', 'new')", plt_layout_get_id (layout),
      plt_layout_get_version (layout), digest, digest);
  g_autofree char *approve = g_strdup_printf (
      "SELECT count (*) FROM api.layout l CROSS JOIN LATERAL api.layout_proof (l.id) WHERE l.digest = '%s';"
      " SELECT api.approve_layout (l.id, l.digest, NULL) FROM api.layout l WHERE l.digest = '%s'",
      digest, digest);

  g_assert_cmpint (plt_test_cluster_run_as (cluster, database, "emil", propose, NULL, NULL), ==, 0);
  g_assert_cmpint (plt_test_cluster_run_as (cluster, database, "boris", approve, NULL, NULL), ==, 0);
}

void
office_use_keys (const char *settings)
{
  g_free (issuer_keys);
  issuer_keys = g_strdup (settings);
}

/* All cards are drawn with it from now on. */
void
office_use_layout (const char *id)
{
  g_autofree char *propose = g_strdup_printf (
      "SELECT api.propose_layout_rule (1, NULL, NULL, NULL, NULL, '%s', NULL, NULL, 'new')", id);
  g_autofree char *approve = g_strdup_printf (
      "SELECT api.approve_layout_rule (r.id, NULL) FROM api.layout_rule r WHERE r.layout = '%s'", id);

  approve_layout (id);
  g_assert_cmpint (plt_test_cluster_run_as (cluster, database, "emil", propose, NULL, NULL), ==, 0);
  g_assert_cmpint (plt_test_cluster_run_as (cluster, database, "boris", approve, NULL, NULL), ==, 0);
}

void
office_fixture_new (void)
{
  g_autofree char *registry_folder = NULL;

  folder = g_dir_make_tmp ("plt-off-XXXXXX", NULL);
  registry_folder = g_build_filename (folder, "registries", NULL);
  g_assert_cmpint (g_mkdir (registry_folder, 0700), ==, 0);
  write_file ("token", TOKEN);
  for (PltSource i = 0; i < PLT_N_KNOWN_SOURCES; i++)
    start_registry (i);

  database = plt_test_cluster_create_database (cluster);
  g_autofree char *nothing = plt_test_cluster_query (cluster, database,
    "SELECT api.add_office ('UC', 'Utopia Central');");
  static const char * const staff[][2] = {
    { "anna", "clerk" }, { "axel", "clerk" }, { "boris", "supervisor" }, { "bella", "clerk,supervisor" },
    { "chen", "operator" }, { "dora", "auditor" }, { "emil", "admin" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (staff); i++)
    g_free (plt_test_cluster_add_staff (cluster, database, staff[i][0], staff[i][1], "UC"));
  g_autofree char *err = NULL;
  g_assert_cmpint (plt_test_cluster_run_as (cluster, database, "chen", "SELECT api.add_stock ('B00000001', 5)",
                                            NULL, &err), ==, 0);
  approve_layout ("utopia-iso");
}

void
office_fixture_end (void)
{
  for (PltSource i = 0; i < PLT_N_KNOWN_SOURCES; i++)
    g_clear_pointer (&registries[i], plt_test_registry_free);
  g_clear_pointer (&attached, plt_test_registry_free);
  remove_folder (folder);
  g_clear_pointer (&folder, g_free);
  g_clear_pointer (&database, g_free);
}

PltTestRegistry *
office_attach (const char *adapter,
               const char *body)
{
  g_autoptr (GString) text = g_string_new (adapter);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  attached = plt_test_registry_new (certificates, "server", FALSE, NULL, NULL);
  plt_test_registry_set_answer (attached, 200, "application/json", bytes);
  g_autofree char *port = g_strdup_printf ("%d", plt_test_registry_get_port (attached));
  g_string_replace (text, "@PORT@", port, 0);
  g_string_replace (text, "@CERTIFICATES@", certificates, 0);
  write_file ("registries/zz-attached.json", text->str);
  return attached;
}

PltTestRegistry *
office_registry (PltSource source)
{
  return registries[source];
}

PltOfficeConfig *
office_config (const char *print_server)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *layouts = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts", NULL);
  g_autofree char *path = g_build_filename (folder, "platen.conf", NULL);
  g_autofree char *own = g_strdup_printf (
      "qr-key=%s/key.pem\nqr-key-id=UTO-QR-1\ndata-key=%s/key.pem\ndata-key-id=UTO0001\n"
      "file-key=%s/key.pem\nfile-certificate=%s/certificate.pem\n", keys, keys, keys, keys);
  g_autofree char *text = g_strdup_printf (
      "[office]\nworkstation=Desk 1\n"
      "[registries]\nfolder=%s/registries\n[layouts]\nfolder=%s\n%s%s\n"
      "[issuer]\ncountry=UTO\nsign=UTO\nstate-name=UTOPIA\nuri=https://licence.utopia.example\n%s",
      folder, layouts, print_server != NULL ? "[print]\nserver=" : "",
      print_server != NULL ? print_server : "", issuer_keys != NULL ? issuer_keys : own);

  write_file ("platen.conf", text);
  PltOfficeConfig *config = plt_office_config_load (path, &error);
  g_assert_no_error (error);
  return config;
}

const char *
office_citizen (int number)
{
  static char text[8][16];
  char *place = text[number % 8];
  char digits[16];

  g_snprintf (digits, sizeof digits, "%010d", number);
  g_snprintf (place, sizeof text[0], "%s%d", digits, plt_id_number_check_digit (digits));
  return place;
}

static void
answer (PltSource   source,
        const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  plt_test_registry_set_answer (registries[source], 200, "application/json", body);
}

void
office_answer_identity (const char *id_number,
                        const char *family_name,
                        const char *birth_date)
{
  g_autoptr (GBytes) portrait = office_portrait ();
  g_autofree char *encoded = g_base64_encode (g_bytes_get_data (portrait, NULL), g_bytes_get_size (portrait));
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"%s\",\"family\":\"%s\",\"given\":\"Ida Maria\",\"birth\":\"%s\",\"place\":\"Amaurot\","
      "\"sex\":\"F\",\"nationality\":\"UTO\",\"address\":\"1 Long Street, Amaurot\",\"portrait\":\"%s\"}",
      id_number, family_name, birth_date, encoded);
  answer (PLT_SOURCE_IDENTITY, text);
}

void
office_answer (const char *id_number,
               gboolean    driver)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) soon = g_date_time_add_days (now, 30);
  g_autofree char *expiry = g_date_time_format (soon, "%Y-%m-%d");
  g_autofree char *driver_text = g_strdup_printf (
      "{\"id\":\"%s\",\"family\":\"BERG\",\"given\":\"Ida Maria\",\"birth\":\"1980-05-06\",\"sex\":\"F\","
      "\"status\":\"valid\",\"expiry\":\"%s\",\"categories\":[{\"code\":\"B\",\"from\":\"2005-06-07\",\"to\":\"%s\","
      "\"codes\":\"01\"}]}", id_number, expiry, expiry);
  g_autofree char *infringement_text = g_strdup_printf (
      "{\"id\":\"%s\",\"family\":\"Berg\",\"birth\":\"1980-05-06\",\"points\":0,\"unpaid\":0}", id_number);

  office_answer_identity (id_number, "Berg", "1980-05-06");
  answer (PLT_SOURCE_INFRINGEMENT, infringement_text);
  if (driver)
    answer (PLT_SOURCE_DRIVER, driver_text);
  else
    {
      g_autoptr (GBytes) nobody = g_bytes_new_static ("{}", 2);
      plt_test_registry_set_answer (registries[PLT_SOURCE_DRIVER], 404, "application/json", nobody);
    }
}

char *
office_fresh_totp (const char *login)
{
  return plt_test_cluster_fresh_totp (cluster, database, login);
}

PltOffice *
office_new_program (const char *login,
                    const char *print_server)
{
  g_autofree char *conninfo = plt_test_cluster_dup_conninfo (cluster, database, login);
  g_autoptr (PltOfficeConfig) config = office_config (print_server);

  return plt_office_new (config, conninfo);
}

GError *
office_try_sign_in (PltOffice  *office,
                    const char *user,
                    const char *password,
                    const char *totp)
{
  OfficeCall call = { NULL };
  GError *error = NULL;

  plt_office_sign_in_async (office, user, password, totp, NULL, office_called_cb, &call);
  g_assert_false (call.done);
  plt_office_sign_in_finish (office, office_call_wait (&call), &error);
  office_call_clear (&call);
  return error;
}

PltOffice *
office_sign_in_with (const char *login,
                     const char *print_server)
{
  g_autofree char *totp = office_fresh_totp (login);
  PltOffice *office = office_new_program (login, print_server);
  g_autoptr (GError) error = office_try_sign_in (office, NULL, NULL, totp);

  g_assert_no_error (error);
  return office;
}

PltOffice *
office_sign_in (const char *login)
{
  return office_sign_in_with (login, NULL);
}

static void
note_done_cb (gpointer   emitter,
              gboolean  *done)
{
  *done = TRUE;
}

PltLookup *
office_look_up (PltOffice  *office,
                const char *id_number)
{
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;
  PltLookup *lookup = plt_lookup_new (office, id_number, &error);

  g_assert_no_error (error);
  g_signal_connect (lookup, "done", G_CALLBACK (note_done_cb), &done);
  office_wait (&done);
  g_signal_handlers_disconnect_by_data (lookup, &done);
  return lookup;
}

PltCase *
office_start (PltOffice           *office,
              PltLookup           *lookup,
              PltApplicationType   type,
              GError             **error)
{
  static const char * const categories[] = { "B", NULL };
  OfficeCall call = { NULL };

  plt_case_start_async (office, lookup, type, type == PLT_APPLICATION_TYPE_NEW ? categories : NULL, NULL,
                        office_called_cb, &call);
  PltCase *self = plt_case_start_finish (office_call_wait (&call), error);
  office_call_clear (&call);
  return self;
}

PltCase *
office_open (PltOffice   *office,
             const char  *number,
             GError     **error)
{
  OfficeCall call = { NULL };

  plt_case_open_async (office, number, NULL, office_called_cb, &call);
  PltCase *self = plt_case_open_finish (office_call_wait (&call), error);
  office_call_clear (&call);
  return self;
}

gboolean
office_step (PltCase      *self,
             PltCaseStep   step,
             const char   *reason,
             GError      **error)
{
  OfficeCall call = { NULL };

  plt_case_step_async (self, step, reason, NULL, office_called_cb, &call);
  gboolean made = plt_case_step_finish (self, office_call_wait (&call), error);
  office_call_clear (&call);
  return made;
}

gboolean
office_set_image (PltCase       *self,
                  PltCaseImage   image,
                  GBytes        *data,
                  GError       **error)
{
  OfficeCall call = { NULL };

  plt_case_set_image_async (self, image, data, "photo", NULL, office_called_cb, &call);
  gboolean made = plt_case_set_image_finish (self, office_call_wait (&call), error);
  office_call_clear (&call);
  return made;
}

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
take_png (cairo_surface_t *surface)
{
  GByteArray *bytes = g_byte_array_new ();

  g_assert_cmpint (cairo_surface_write_to_png_stream (surface, append_cb, bytes), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

/* A face of two colours; big enough to be taken for a photograph. */
/* One that passes the checks: a face, as the demo draws it. */
GBytes *
office_portrait (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 900, 1157);
  cairo_t *cr = cairo_create (surface);

  plt_demo_face_draw (cr, 41, 'F', 1985);
  cairo_destroy (cr);
  return take_png (surface);
}

GBytes *
office_signature (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 600, 200);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, 6);
  cairo_move_to (cr, 40, 150);
  cairo_curve_to (cr, 200, 0, 300, 200, 560, 60);
  cairo_stroke (cr);
  cairo_destroy (cr);
  return take_png (surface);
}

char *
office_draft (PltOffice          *clerk,
              const char         *id_number,
              PltApplicationType  type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) portrait = office_portrait ();
  g_autoptr (GBytes) signature = office_signature ();

  office_answer (id_number, type != PLT_APPLICATION_TYPE_NEW);
  g_autoptr (PltLookup) lookup = office_look_up (clerk, id_number);
  g_autoptr (PltCase) self = office_start (clerk, lookup, type, &error);
  g_assert_no_error (error);
  office_set_image (self, PLT_CASE_IMAGE_PORTRAIT, portrait, &error);
  g_assert_no_error (error);
  office_set_image (self, PLT_CASE_IMAGE_SIGNATURE, signature, &error);
  g_assert_no_error (error);
  return g_strdup (plt_licence_application_get_number (plt_case_get_application (self)));
}

char *
office_approved (const char *id_number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autoptr (PltOffice) boris = office_sign_in ("boris");
  g_autofree char *number = office_draft (anna, id_number, PLT_APPLICATION_TYPE_RENEWAL);
  g_autoptr (PltCase) draft = office_open (anna, number, &error);

  g_assert_no_error (error);
  office_step (draft, PLT_CASE_STEP_SUBMIT, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (PltCase) submitted = office_open (boris, number, &error);
  g_assert_no_error (error);
  office_step (submitted, PLT_CASE_STEP_APPROVE, NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&number);
}

PltApplicationState
office_state (PltCase *self)
{
  return plt_licence_application_get_state (plt_case_get_application (self));
}
