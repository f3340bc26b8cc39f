/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a look-up in all three registries at once costs, read and decoded: beside the slowest of the same
 * three asked one after the other, and beside a plain program that sends the same three GETs over
 * connections that it keeps, without and with a look at what it got.
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

typedef struct
{
  int      n;
  gboolean reads_json;
} Waiting;

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

/* What any program must do before it knows something of the person. */
static void
read_json (GBytes *bytes)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL),
                              (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
}

static void
got_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result,
                                                                &error);
  Waiting *waiting = user_data;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 2);
  if (waiting->reads_json)
    read_json (bytes);
  waiting->n--;
}

static void
send_gets (GPtrArray  *bares,
           const char *id_number,
           gboolean    reads_json)
{
  Waiting waiting = { (int) bares->len, reads_json };

  for (guint i = 0; i < bares->len; i++)
    {
      Bare *bare = bares->pdata[i];
      g_autoptr (SoupMessage) message = new_message (bare, id_number);

      soup_session_send_and_read_async (bare->session, message, G_PRIORITY_DEFAULT, NULL, got_cb,
                                        &waiting);
    }
  while (waiting.n > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
ask_bare (GPtrArray  *bares,
          const char *id_number)
{
  send_gets (bares, id_number, FALSE);
}

static void
ask_reader (GPtrArray  *bares,
            const char *id_number)
{
  send_gets (bares, id_number, TRUE);
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

typedef enum
{
  TOGETHER,   /* a look-up */
  SLOWEST,    /* of the same registries asked one after the other */
  PLAIN,      /* the same three GETs by a plain program */
  PLAIN_SLOWEST,
  READER,     /* a plain program that reads the JSON with json-glib */
  IDENTITY,
  DRIVER,
  INFRINGEMENT,
  N_SERIES,
} SeriesIndex;

static const char * const titles[N_SERIES] = {
  [TOGETHER] = "look-up in three registries",
  [SLOWEST] = "  the slowest of them, asked alone",
  [PLAIN] = "plain program, three GETs at once",
  [PLAIN_SLOWEST] = "  the slowest of them, sent alone",
  [READER] = "plain program, that reads the JSON too",
  [IDENTITY] = "identity alone",
  [DRIVER] = "driver alone",
  [INFRINGEMENT] = "infringement alone",
};

typedef struct
{
  GPtrArray      *clients; /* in the order of the sources */
  GPtrArray      *bares;
  PltBenchSeries *series[N_SERIES];
} Bench;

typedef void (*Ask) (GPtrArray  *askers,
                     const char *id_number);

static gint64
measure (Ask         ask,
         GPtrArray  *askers,
         const char *id_number)
{
  gint64 started = g_get_monotonic_time ();

  ask (askers, id_number);

  return g_get_monotonic_time () - started;
}

/* Each asked alone. @first: the series of the first of them, or -1 */
static gint64
measure_slowest (Bench      *self,
                 Ask         ask,
                 GPtrArray  *askers,
                 const char *id_number,
                 int         first)
{
  gint64 slowest = 0;

  for (guint i = 0; i < askers->len; i++)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new ();

      g_ptr_array_add (one, askers->pdata[i]);

      gint64 duration = measure (ask, one, id_number);

      slowest = MAX (slowest, duration);
      if (first >= 0)
        plt_bench_series_add (self->series[first + (int) i], duration);
    }

  return slowest;
}

/* In turns, so that what else the machine does meets all of them. */
static void
measure_citizen (Bench      *self,
                 const char *id_number)
{
  plt_bench_series_add (self->series[TOGETHER], measure (ask_clients, self->clients, id_number));
  plt_bench_series_add (self->series[PLAIN], measure (ask_bare, self->bares, id_number));
  plt_bench_series_add (self->series[READER], measure (ask_reader, self->bares, id_number));
  plt_bench_series_add (self->series[SLOWEST],
                        measure_slowest (self, ask_clients, self->clients, id_number, IDENTITY));
  plt_bench_series_add (self->series[PLAIN_SLOWEST],
                        measure_slowest (self, ask_bare, self->bares, id_number, -1));
}

static void
print_ratio (Bench       *self,
             const char  *title,
             SeriesIndex  above,
             SeriesIndex  below)
{
  g_print ("%-44s p50 %5.2f   p95 %5.2f\n", title,
           plt_bench_series_get (self->series[above], 50) /
             plt_bench_series_get (self->series[below], 50),
           plt_bench_series_get (self->series[above], 95) /
             plt_bench_series_get (self->series[below], 95));
}

static void
bench_load (Bench      *self,
            const char *folder)
{
  static const char * const names[] = { "identity.json", "driver.json", "infringement.json" };
  g_autoptr (GError) error = NULL;

  self->clients = g_ptr_array_new_with_free_func (g_object_unref);
  self->bares = g_ptr_array_new_with_free_func (bare_free);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_ptr_array_add (self->clients, plt_registry_client_new_from_file (path, &error));
      g_assert_no_error (error);
      g_ptr_array_add (self->bares, bare_new (folder, names[i]));
    }
  for (int i = 0; i < N_SERIES; i++)
    self->series[i] = plt_bench_series_new (titles[i], "citizens");
}

static void
bench_clear (Bench *self)
{
  g_ptr_array_unref (self->clients);
  g_ptr_array_unref (self->bares);
  for (int i = 0; i < N_SERIES; i++)
    plt_bench_series_free (self->series[i]);
}

int
main (int    argc,
      char **argv)
{
  Bench bench;

  g_assert_cmpint (argc, >, 2);
  bench_load (&bench, argv[1]);
  /* Once unmeasured, so that both find connections open and portraits drawn. */
  for (int i = 2; i < argc; i++)
    {
      ask_bare (bench.bares, argv[i]);
      ask_clients (bench.clients, argv[i]);
    }
  for (int i = 0; i < N_ROUNDS * (argc - 2); i++)
    measure_citizen (&bench, argv[2 + i % (argc - 2)]);
  for (int i = 0; i < N_SERIES; i++)
    plt_bench_series_print (bench.series[i]);
  print_ratio (&bench, "look-up / slowest registry alone", TOGETHER, SLOWEST);
  print_ratio (&bench, "look-up / plain program", TOGETHER, PLAIN);
  print_ratio (&bench, "look-up / plain program that reads the JSON", TOGETHER, READER);
  print_ratio (&bench, "plain program / its slowest GET alone", PLAIN, PLAIN_SLOWEST);
  bench_clear (&bench);
  return 0;
}
