/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Citizens looked up per second in all three registries at once, read and decoded; bare HTTP GETs of
 * the same answers over the same certificates are the floor.
 * Arguments: the folder of the adapter files, then ID numbers. */
#include "plt-bench-series.h"
#include "plt-registry-client.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#define N_ROUNDS 10

typedef struct
{
  char            *url; /* with {id_number} */
  JsonObject      *headers; /* may be NULL */
  SoupSession     *session;
  GTlsCertificate *certificate; /* or */
  char            *header;
  char            *secret;
} Bare;

static void
bare_free (gpointer data)
{
  Bare *self = data;

  g_free (self->url);
  g_clear_pointer (&self->headers, json_object_unref);
  g_object_unref (self->session);
  g_clear_object (&self->certificate);
  g_free (self->header);
  g_free (self->secret);
  g_free (self);
}

static char *
resolve (const char *folder,
         JsonObject *object,
         const char *member)
{
  return g_build_filename (folder, json_object_get_string_member (object, member), NULL);
}

static void
load_secret (Bare       *self,
             const char *folder,
             JsonObject *authentication)
{
  gboolean is_bearer = json_object_has_member (authentication, "token_file");
  g_autofree char *path = resolve (folder, authentication, is_bearer ? "token_file" : "key_file");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  self->header = g_strdup (is_bearer ? "Authorization"
                                     : json_object_get_string_member (authentication, "header"));
  self->secret = g_strconcat (is_bearer ? "Bearer " : "", g_strchomp (text), NULL);
}

static void
load_certificate (Bare       *self,
                  const char *folder,
                  JsonObject *authentication)
{
  g_autofree char *certificate = resolve (folder, authentication, "certificate");
  g_autofree char *key = resolve (folder, authentication, "key");
  g_autoptr (GError) error = NULL;

  self->certificate = g_tls_certificate_new_from_files (certificate, key, &error);
  g_assert_no_error (error);
}

static char *
build_url (JsonObject *root)
{
  GString *url = g_string_new (json_object_get_string_member (root, "url"));
  JsonObjectIter query;
  const char *name;
  JsonNode *value;

  if (json_object_has_member (root, "query"))
    {
      json_object_iter_init (&query, json_object_get_object_member (root, "query"));
      while (json_object_iter_next (&query, &name, &value))
        g_string_append_printf (url, "%s%s=%s", strchr (url->str, '?') != NULL ? "&" : "?", name,
                                json_node_get_string (value));
    }
  return g_string_free (url, FALSE);
}

static Bare *
bare_new (const char *folder,
          const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  Bare *self = g_new0 (Bare, 1);

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);

  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  JsonObject *authentication = json_object_get_object_member (root, "authentication");
  g_autofree char *ca = resolve (folder, root, "ca");
  g_autofree char *absolute = g_canonicalize_filename (ca, NULL);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (absolute, &error);

  g_assert_no_error (error);
  if (json_object_has_member (authentication, "certificate"))
    load_certificate (self, folder, authentication);
  else
    load_secret (self, folder, authentication);
  self->url = build_url (root);
  if (json_object_has_member (root, "headers"))
    self->headers = json_object_ref (json_object_get_object_member (root, "headers"));
  self->session = soup_session_new_with_options ("tls-database", database, NULL);
  return self;
}

static SoupMessage *
new_message (Bare       *bare,
             const char *id_number)
{
  g_auto (GStrv) parts = g_strsplit (bare->url, "{id_number}", -1);
  g_autofree char *url = g_strjoinv (id_number, parts);
  SoupMessage *message = soup_message_new ("GET", url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (bare->certificate != NULL)
    soup_message_set_tls_client_certificate (message, bare->certificate);
  else
    soup_message_headers_append (headers, bare->header, bare->secret);
  if (bare->headers != NULL)
    {
      json_object_iter_init (&iter, bare->headers);
      while (json_object_iter_next (&iter, &name, &value))
        soup_message_headers_append (headers, name, json_node_get_string (value));
    }
  return message;
}

static void
got_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result,
                                                                &error);
  int *n_waiting = user_data;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 2);
  (*n_waiting)--;
}

static void
ask_bare (GPtrArray  *bares,
          const char *id_number)
{
  int n_waiting = (int) bares->len;

  for (guint i = 0; i < bares->len; i++)
    {
      Bare *bare = bares->pdata[i];
      g_autoptr (SoupMessage) message = new_message (bare, id_number);

      soup_session_send_and_read_async (bare->session, message, G_PRIORITY_DEFAULT, NULL, got_cb,
                                        &n_waiting);
    }
  while (n_waiting > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  PltSourceAnswer *answer =
    plt_registry_client_ask_finish (PLT_REGISTRY_CLIENT (source), result, &error);
  int *n_waiting = user_data;

  g_assert_no_error (error);
  g_assert_true (plt_source_answer_get_state (answer) == PLT_SOURCE_STATE_ANSWERED ||
                 plt_source_answer_get_state (answer) == PLT_SOURCE_STATE_NOT_FOUND);
  plt_source_answer_unref (answer);
  (*n_waiting)--;
}

static void
ask_clients (GPtrArray  *clients,
             const char *id_number)
{
  int n_waiting = (int) clients->len;

  for (guint i = 0; i < clients->len; i++)
    plt_registry_client_ask_async (clients->pdata[i], id_number, NULL, asked_cb, &n_waiting);
  while (n_waiting > 0)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int    argc,
      char **argv)
{
  static const char * const names[] = { "identity.json", "driver.json", "infringement.json" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) bares = g_ptr_array_new_with_free_func (bare_free);
  g_autoptr (GPtrArray) clients = NULL;
  g_autoptr (PltBenchSeries) ours = plt_bench_series_new ("look-up in three registries", "citizens");
  g_autoptr (PltBenchSeries) floor =
    plt_bench_series_new ("bare HTTP GET of the same (floor)", "citizens");

  g_assert_cmpint (argc, >, 2);
  clients = plt_registry_clients_load ((const char * const[]) { argv[1], NULL }, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (bares, bare_new (argv[1], names[i]));
  /* Once unmeasured, so that both find connections open and portraits drawn. */
  for (int i = 2; i < argc; i++)
    {
      ask_bare (bares, argv[i]);
      ask_clients (clients, argv[i]);
    }
  for (int i = 0; i < N_ROUNDS * (argc - 2); i++)
    {
      const char *id_number = argv[2 + i % (argc - 2)];

      plt_bench_series_start (ours);
      ask_clients (clients, id_number);
      plt_bench_series_stop (ours);
      plt_bench_series_start (floor);
      ask_bare (bares, id_number);
      plt_bench_series_stop (floor);
    }
  plt_bench_series_print (ours);
  plt_bench_series_print (floor);
  return 0;
}
