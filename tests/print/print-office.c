/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts the virtual printer of the office in a box and drives print/ against it. */
#include "print-office.h"

#include <cairo-pdf.h>
#include <signal.h>

PrintOffice *
print_office_new (void)
{
  PrintOffice *self = g_new0 (PrintOffice, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "demo",
                                            "printer", NULL);
  g_autofree char *address = NULL;

  self->folder = g_dir_make_tmp ("pltprn-XXXXXX", &error);
  g_assert_no_error (error);
  plt_demo_printer_start (self->folder, data, 0, 0, &error);
  g_assert_no_error (error);
  address = plt_demo_printer_get_scheduler (self->folder);
  self->server = plt_print_server_new (address);
  return self;
}

void
print_office_free (PrintOffice *self)
{
  g_autoptr (GError) error = NULL;
  const char *argv[] = { "rm", "-rf", self->folder, NULL };
  g_autoptr (GSubprocess) rm = NULL;

  plt_demo_printer_stop (self->folder, &error);
  g_assert_no_error (error);
  g_assert_false (plt_demo_printer_is_running (self->folder));
  rm = g_subprocess_newv (argv, 0, NULL);
  g_subprocess_wait (rm, NULL, NULL);
  g_object_unref (self->server);
  g_free (self->folder);
  g_free (self);
}

char *
print_office_dup_state (PrintOffice *self,
                        const char  *part,
                        const char  *key)
{
  g_autofree char *path = g_build_filename (self->folder, "printer.ini", NULL);
  g_autoptr (GKeyFile) state = g_key_file_new ();
  g_auto (GStrv) groups = NULL;

  g_assert_true (g_key_file_load_from_file (state, path, G_KEY_FILE_NONE, NULL));
  groups = g_key_file_get_groups (state, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], part) && g_key_file_has_key (state, groups[i], key, NULL))
      return g_key_file_get_string (state, groups[i], key, NULL);
  g_assert_not_reached ();
}

/* How often the scheduler has said that it takes requests with its new configuration. */
static guint
count_reloads (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "log", "error_log", NULL);
  g_autofree char *log = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
  parts = g_strsplit (log, "Resuming new connection processing", -1);
  return g_strv_length (parts);
}

void
print_office_change (PrintOffice *self,
                     const char  *from,
                     const char  *to)
{
  g_autofree char *folder = print_office_dup_state (self, "scheduler", "folder");
  g_autofree char *pid = print_office_dup_state (self, "scheduler", "pid");
  g_autofree char *path = g_build_filename (folder, "etc", "cupsd.conf", NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *changed = NULL;
  gint64 deadline;
  guint n_read;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  parts = g_strsplit (content, from, -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  changed = g_strjoinv (to, parts);
  g_assert_true (g_file_set_contents (path, changed, -1, NULL));
  n_read = count_reloads (folder);
  kill ((pid_t) g_ascii_strtoll (pid, NULL, 10), SIGHUP);
  /* It takes no requests while it reads, and says when it has. */
  for (deadline = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND; count_reloads (folder) == n_read;)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_usleep (20 * 1000);
    }
}

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Two landscape pages of ID-1. */
GBytes *
print_office_new_card (const char *front_text)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
    cairo_pdf_surface_create_for_stream (append_cb, bytes, 85.60 * 72 / 25.4, 53.98 * 72 / 25.4);
  cairo_t *cr = cairo_create (surface);

  for (int page = 0; page < 2; page++)
    {
      cairo_set_source_rgb (cr, page == 0 ? 0.9 : 0.5, 0.7, 0.9);
      cairo_paint (cr);
      cairo_set_source_rgb (cr, 0, 0, 0);
      cairo_move_to (cr, 20, 80);
      cairo_set_font_size (cr, 18);
      cairo_show_text (cr, page == 0 ? front_text : "BACK");
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static gboolean
too_late_cb (gpointer user_data)
{
  g_error ("the awaited event did not come");
  return G_SOURCE_REMOVE;
}

void
print_await (gboolean *flag)
{
  guint deadline = g_timeout_add_seconds (60, too_late_cb, NULL);

  while (!*flag)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

typedef struct
{
  gboolean      done;
  GAsyncResult *result;
} Answer;

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Answer *answer = user_data;

  answer->result = g_object_ref (result);
  answer->done = TRUE;
}

GPtrArray *
print_list (PrintOffice  *self,
            GError      **error)
{
  Answer answer = { FALSE, NULL };
  GPtrArray *printers;

  plt_print_server_list_async (self->server, NULL, answered_cb, &answer);
  print_await (&answer.done);
  printers = plt_print_server_list_finish (self->server, answer.result, error);
  g_object_unref (answer.result);
  return printers;
}

PltPrintJob *
print_create (PrintOffice  *self,
              const char   *name,
              GError      **error)
{
  return print_create_at (self, plt_demo_printer_get_queue (), name, error);
}

PltPrintJob *
print_create_at (PrintOffice  *self,
                 const char   *destination,
                 const char   *name,
                 GError      **error)
{
  Answer answer = { FALSE, NULL };
  PltPrintJob *job;

  plt_print_server_create_job_async (self->server, destination, name, NULL, answered_cb, &answer);
  print_await (&answer.done);
  job = plt_print_server_create_job_finish (self->server, answer.result, error);
  g_object_unref (answer.result);
  return job;
}

gboolean
print_send (PrintOffice  *self,
            int           job_id,
            GBytes       *pdf,
            GError      **error)
{
  Answer answer = { FALSE, NULL };
  gboolean sent;

  plt_print_server_send_async (self->server, plt_demo_printer_get_queue (), job_id, pdf, NULL,
                               answered_cb, &answer);
  print_await (&answer.done);
  sent = plt_print_server_send_finish (self->server, answer.result, error);
  g_object_unref (answer.result);
  return sent;
}

PltPrintJob *
print_find (PrintOffice  *self,
            int           job_id,
            const char   *name,
            GError      **error)
{
  Answer answer = { FALSE, NULL };
  PltPrintJob *job;

  plt_print_server_find_job_async (self->server, job_id, name, NULL, answered_cb, &answer);
  print_await (&answer.done);
  job = plt_print_server_find_job_finish (self->server, answer.result, error);
  g_object_unref (answer.result);
  return job;
}

gboolean
print_cancel (PrintOffice  *self,
              int           job_id,
              GError      **error)
{
  Answer answer = { FALSE, NULL };
  gboolean cancelled;

  plt_print_server_cancel_job_async (self->server, job_id, NULL, answered_cb, &answer);
  print_await (&answer.done);
  cancelled = plt_print_server_cancel_job_finish (self->server, answer.result, error);
  g_object_unref (answer.result);
  return cancelled;
}

void
print_await_job (PrintOffice *self,
                 int          job_id,
                 PltJobState  state,
                 const char  *text)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PltPrintJob) job = print_find (self, job_id, NULL, &error);

      g_assert_no_error (error);
      if (job->state == state && (text == NULL || g_strrstr (job->state_text, text) != NULL))
        return;
      if (g_get_monotonic_time () > deadline)
        g_error ("job %d is in state %d: %s", job_id, (int) job->state, job->state_text);
    }
}

guint
print_count_cards (PrintOffice *self)
{
  g_auto (GStrv) cards = plt_demo_printer_list_printed (self->folder);

  return g_strv_length (cards);
}
