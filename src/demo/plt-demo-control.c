/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does what the words say, here or in the process of the printer. */
#include "plt-demo-control.h"

#include "plt-demo-error.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define MOST_CARDS 100000
#define CLIENT_SECONDS 5
#define MOST_BYTES 65536
#define MOST_SLOW_MS 600000

static gboolean
fail_usage (GError     **error,
            const char  *sentence)
{
  g_set_error_literal (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE, sentence);
  return FALSE;
}

static gboolean
read_count (const char *word,
            int        *count)
{
  guint64 value = 0;

  if (word == NULL || !g_ascii_string_to_unsigned (word, 10, 0, MOST_CARDS, &value, NULL))
    return FALSE;
  *count = (int) value;
  return TRUE;
}

/* “B00000001 B00000100”, “100”, “ribbon 200”, “film 500”. */
static gboolean
load (PltDemoDevice      *device,
      const char *const  *words,
      GError            **error)
{
  PltDemoMachine *machine = plt_demo_device_get_machine (device);
  gboolean is_film = g_strcmp0 (words[1], "film") == 0;
  int count = 0;

  if (is_film || g_strcmp0 (words[1], "ribbon") == 0)
    {
      if (!read_count (words[2], &count))
        return fail_usage (error, _("Say how many cards the ribbon or the film makes."));
      plt_demo_machine_set_roll (machine, is_film, count);
    }
  else if (words[1] != NULL && words[2] != NULL)
    {
      if (!plt_demo_machine_load_run (machine, words[1], words[2], error))
        return FALSE;
    }
  else if (read_count (words[1], &count))
    plt_demo_machine_load (machine, count);
  else
    return fail_usage (error, _("Say what is loaded: the first and the last serial, a number of blanks, or “ribbon” "
                                "or “film” with the cards that it makes."));
  return TRUE;
}

static gboolean
plan (PltDemoDevice      *device,
      const char *const  *words,
      GError            **error)
{
  guint begun = (guint) plt_demo_machine_get (plt_demo_device_get_machine (device))->n_begun;
  int at = 1;

  if (words[1] == NULL || (words[2] != NULL && (!read_count (words[2], &at) || at == 0)))
    return fail_usage (error, _("A card is counted from the next, which is 1."));
  return plt_demo_troubles_plan (plt_demo_device_get_troubles (device), begun + (guint) at, words[1], error);
}

static gboolean
set_chance (PltDemoDevice      *device,
            const char *const  *words,
            GError            **error)
{
  if (g_strv_length ((char **) words) != 4)
    return fail_usage (error, _("A probability is a number from 0 to 1, such as 0.02."));
  return plt_demo_troubles_set_chance (plt_demo_device_get_troubles (device), words[1],
                                       g_ascii_strtod (words[2], NULL), g_ascii_strtoll (words[3], NULL, 10), error);
}

/* @words: the lines of the schedule behind the first. */
static gboolean
set_schedule (PltDemoDevice      *device,
              const char *const  *words,
              GError            **error)
{
  guint begun = (guint) plt_demo_machine_get (plt_demo_device_get_machine (device))->n_begun;
  g_autofree char *text = g_strjoinv ("\n", (char **) words + 1);

  return plt_demo_troubles_read_schedule (plt_demo_device_get_troubles (device), begun, text, error);
}

static gboolean
set_speed (PltDemoDevice      *device,
           const char *const  *words,
           GError            **error)
{
  char *end = NULL;
  double seconds = words[1] != NULL ? g_ascii_strtod (words[1], &end) : -1;

  if (!(seconds >= 0 && seconds <= 600) || end == words[1] || *end != '\0')
    return fail_usage (error, _("A card takes 0 to 600 seconds."));
  return plt_demo_troubles_set (plt_demo_device_get_troubles (device), "seconds", words[1], error);
}

static gboolean
end_troubles (PltDemoDevice      *device,
              const char *const  *words,
              GError            **error)
{
  return plt_demo_troubles_clear (plt_demo_device_get_troubles (device), error);
}

/* “hold media-empty,cover-open”, “slow 500”, “offline yes”: until it is ended. */
static gboolean
set_lasting (PltDemoDevice      *device,
             const char *const  *words,
             GError            **error)
{
  if (g_str_equal (words[0], "slow") &&
      (words[1] == NULL || !g_ascii_string_to_unsigned (words[1], 10, 1, MOST_SLOW_MS, NULL, NULL)))
    return fail_usage (error, _("A printer answers so many milliseconds later: 1 to 600000."));
  return plt_demo_troubles_set (plt_demo_device_get_troubles (device), words[0], words[1], error);
}

static gboolean
unload (PltDemoDevice      *device,
        const char *const  *words,
        GError            **error)
{
  plt_demo_machine_unload (plt_demo_device_get_machine (device));
  return TRUE;
}

static gboolean
empty (PltDemoDevice      *device,
       const char *const  *words,
       GError            **error)
{
  plt_demo_machine_empty (plt_demo_device_get_machine (device));
  return TRUE;
}

static gboolean
nod (PltDemoDevice      *device,
     const char *const  *words,
     GError            **error)
{
  return TRUE;
}

static const struct
{
  const char *word;
  gboolean    clears; /* a card that is stuck is taken out on the way */
  gboolean    (* act) (PltDemoDevice *device, const char *const *words, GError **error);
} acts[] = {
  { "load", FALSE, load },         { "unload", FALSE, unload },      { "empty", FALSE, empty },
  { "plan", FALSE, plan },         { "chance", FALSE, set_chance },  { "schedule", FALSE, set_schedule },
  { "speed", FALSE, set_speed },   { "none", TRUE, end_troubles },   { "clear", TRUE, nod },
  { "hold", FALSE, set_lasting },  { "slow", FALSE, set_lasting },   { "offline", FALSE, set_lasting },
  { "status", FALSE, nod },
};

static void
add_number (JsonBuilder *builder,
            const char  *name,
            int          number)
{
  json_builder_set_member_name (builder, name);
  if (number == PLT_DEMO_MACHINE_UNCOUNTED)
    json_builder_add_null_value (builder);
  else
    json_builder_add_int_value (builder, number);
}

static char *
describe (PltDemoDevice *device)
{
  static const char *const states[] = { "idle", "processing", "stopped" };
  const PltDemoMatter *matter = plt_demo_machine_get (plt_demo_device_get_machine (device));
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_auto (GStrv) reasons = plt_demo_device_dup_reasons (device);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "state");
  json_builder_add_string_value (builder, states[plt_demo_device_get_state (device) - 3]);
  json_builder_set_member_name (builder, "reasons");
  json_builder_begin_array (builder);
  for (int i = 0; reasons[i] != NULL; i++)
    json_builder_add_string_value (builder, reasons[i]);
  json_builder_end_array (builder);
  add_number (builder, "blanks", matter->blanks);
  add_number (builder, "ribbon", matter->ribbon);
  add_number (builder, "film", matter->film);
  add_number (builder, "output", matter->in_output);
  add_number (builder, "reject", matter->in_reject);
  add_number (builder, "jobs", matter->n_begun);
  json_builder_set_member_name (builder, "inside");
  json_builder_add_boolean_value (builder, matter->inside != 0);
  json_builder_set_member_name (builder, "seconds");
  json_builder_add_double_value (builder, plt_demo_troubles_get_number (plt_demo_device_get_troubles (device), "seconds"));
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  return json_to_string (node, FALSE);
}

/* A ribbon that is put in ends the half card, too. */
static gboolean
clears (size_t             i,
        const char *const *words)
{
  return acts[i].clears || (g_str_equal (words[0], "load") && g_strcmp0 (words[1], "ribbon") == 0);
}

char *
plt_demo_control_apply (PltDemoDevice      *device,
                        const char *const  *words,
                        GError            **error)
{
  for (size_t i = 0; words[0] != NULL && i < G_N_ELEMENTS (acts); i++)
    {
      if (!g_str_equal (words[0], acts[i].word))
        continue;
      if (!acts[i].act (device, words, error))
        return NULL;
      if (clears (i, words))
        plt_demo_device_clear (device);
      if (acts[i].act == set_lasting || acts[i].act == end_troubles)
        plt_demo_device_check_line (device);
      plt_demo_device_look_again (device);
      return g_str_equal (words[0], "status") ? describe (device) : g_strdup ("");
    }
  fail_usage (error, _("That is nothing that one does to a printer."));
  return NULL;
}

/* A name that is no file, so that a loss of power leaves none. */
static GSocketAddress *
make_address (guint port)
{
  g_autofree char *name = g_strdup_printf ("platen-card-printer-%u", port);

  return g_unix_socket_address_new_with_type (name, -1, G_UNIX_SOCKET_ADDRESS_ABSTRACT);
}

/* The answer: whether it was wrong usage, failed or done, then the text. */
static char *
answer (PltDemoDevice *device,
        char          *line)
{
  g_auto (GStrv) words = g_strsplit (g_strchomp (line), "\t", -1);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = plt_demo_control_apply (device, (const char *const *) words, &error);

  if (text != NULL)
    return g_strconcat ("+", text, NULL);
  return g_strconcat (g_error_matches (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE) ? "?" : "-", error->message, NULL);
}

/* Callers are ours and write one line at once. */
static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  g_autofree char *line = g_malloc0 (MOST_BYTES + 1);
  g_autofree char *text = NULL;

  g_socket_set_timeout (g_socket_connection_get_socket (connection), CLIENT_SECONDS);
  if (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), line, MOST_BYTES, NULL, NULL) <= 0)
    return TRUE;
  text = answer (user_data, line);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text, strlen (text), NULL, NULL,
                             NULL);
  return TRUE;
}

gboolean
plt_demo_control_serve (PltDemoDevice  *device,
                        guint           port,
                        GError        **error)
{
  GSocketService *service = g_socket_service_new (); /* as long as the process */
  g_autoptr (GSocketAddress) address = make_address (port);

  g_signal_connect (service, "incoming", G_CALLBACK (incoming_cb), device);
  return g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                        G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error);
}

static GSocketConnection *
connect_to (guint port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = make_address (port);

  g_socket_client_set_timeout (client, CLIENT_SECONDS * 4);
  return g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
}

gboolean
plt_demo_control_is_answered (guint port)
{
  g_autoptr (GSocketConnection) connection = port != 0 ? connect_to (port) : NULL;

  return connection != NULL;
}

static char *
read_answer (GSocketConnection  *connection,
             GError            **error)
{
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autofree char *text = g_malloc0 (MOST_BYTES + 1);
  gsize length = 0;

  if (!g_input_stream_read_all (stream, text, MOST_BYTES, &length, NULL, error))
    return NULL;
  if (*text == '+')
    return g_strdup (text + 1);
  g_set_error (error, PLT_DEMO_ERROR, *text == '?' ? PLT_DEMO_ERROR_USAGE : PLT_DEMO_ERROR_FAILED, "%s",
               length > 1 ? text + 1 : _("The printer lost its power before it answered."));
  return NULL;
}

char *
plt_demo_control_dup_folder (const char *folder,
                             const char *name)
{
  return g_build_filename (folder, "devices", name, NULL);
}

char *
plt_demo_control_tell (const char         *folder,
                       const char         *name,
                       guint               port,
                       const char *const  *words,
                       GError            **error)
{
  g_autofree char *line = g_strjoinv ("\t", (char **) words);
  g_autofree char *own = plt_demo_control_dup_folder (folder, name);
  g_autofree char *out = g_build_filename (folder, "out", NULL);
  g_autoptr (GSocketConnection) connection = port != 0 ? connect_to (port) : NULL;
  g_autoptr (PltDemoDevice) device = NULL;

  if (connection != NULL)
    {
      GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection));

      return g_output_stream_write_all (stream, line, strlen (line), NULL, NULL, error) ? read_answer (connection, error)
                                                                                       : NULL;
    }
  device = plt_demo_device_new (own, out, name, error);
  return device != NULL ? plt_demo_control_apply (device, words, error) : NULL;
}
