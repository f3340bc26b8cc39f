/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records each page in a thread, then hands the recordings to GTK's printing, which asks the print portal
 * where the program runs in a sandbox. */
#include "plt-paper-proof.h"

#include "plt-card-renderer.h"

#include <glib/gi18n-lib.h>

#define POINTS_PER_MM (72 / 25.4)
#define GAP_MM 8.0
#define SPACE_MM 6.0

typedef struct
{
  PltLayout     *layout;
  PltCardInputs *inputs;
  char          *title;
  char          *words;
  char          *export_path; /* NULL: the person is asked for a printer */
  GPtrArray     *pages;       /* cairo_surface_t: recordings, in millimetres */
  GArray        *first;       /* guint: the first page on each sheet */
} Proof;

static void
proof_free (Proof *self)
{
  g_object_unref (self->layout);
  plt_card_inputs_unref (self->inputs);
  g_free (self->title);
  g_free (self->words);
  g_free (self->export_path);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_clear_pointer (&self->first, g_array_unref);
  g_free (self);
}

static cairo_surface_t *
record_page (Proof   *self,
             guint    page,
             GError **error)
{
  cairo_rectangle_t extents = { 0 };
  cairo_surface_t *surface;
  cairo_t *cr;
  gboolean ok;

  plt_layout_get_page_size (self->layout, page, &extents.width, &extents.height);
  surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cr = cairo_create (surface);
  ok = plt_card_render_layers (self->layout, self->inputs, page, PLT_CARD_LAYER_PRINTED, cr, 0, error);
  cairo_destroy (cr);
  if (!ok)
    g_clear_pointer (&surface, cairo_surface_destroy);

  return surface;
}

static void
record_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Proof *self = task_data;
  GError *error = NULL;

  for (guint page = 0; page < plt_layout_get_n_pages (self->layout); page++)
    {
      cairo_surface_t *surface = record_page (self, page, &error);

      if (surface == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      g_ptr_array_add (self->pages, surface);
    }
  g_task_return_boolean (task, TRUE);
}

/* Returns: what was drawn, in points */
static double
draw_text (cairo_t         *cr,
           GtkPrintContext *context,
           const char      *text,
           const char      *font,
           double           y)
{
  g_autoptr (PangoLayout) layout = gtk_print_context_create_pango_layout (context);
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);
  int height;

  pango_layout_set_font_description (layout, description);
  pango_layout_set_width (layout, (int) (gtk_print_context_get_width (context) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, NULL, &height);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_move_to (cr, 0, y);
  pango_cairo_show_layout (cr, layout);

  return (double) height / PANGO_SCALE;
}

static double
get_page_height (Proof *self,
                 guint  page)
{
  double width, height;

  plt_layout_get_page_size (self->layout, page, &width, &height);
  return (height + GAP_MM) * POINTS_PER_MM;
}

/* Pages stay whole: as many on a sheet as there is room for, under the title and over the words. */
static void
begin_cb (GtkPrintOperation *operation,
          GtkPrintContext   *context,
          Proof             *self)
{
  double room = gtk_print_context_get_height (context) * 0.62;
  double used = 0;

  for (guint page = 0; page < self->pages->len; page++)
    {
      double height = get_page_height (self, page);

      if (self->first->len == 0 || used + height > room)
        {
          g_array_append_val (self->first, page);
          used = 0;
        }
      used += height;
    }
  gtk_print_operation_set_n_pages (operation, (int) self->first->len);
}

static double
draw_card_page (Proof   *self,
                cairo_t *cr,
                guint    page,
                double   y)
{
  double width, height;

  plt_layout_get_page_size (self->layout, page, &width, &height);
  cairo_save (cr);
  cairo_translate (cr, 0, y);
  cairo_scale (cr, POINTS_PER_MM, POINTS_PER_MM);
  cairo_set_source_surface (cr, g_ptr_array_index (self->pages, page), 0, 0);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.5, 0.5, 0.5);
  cairo_set_line_width (cr, 0.1);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_stroke (cr);
  cairo_restore (cr);

  return get_page_height (self, page);
}

static void
draw_cb (GtkPrintOperation *operation,
         GtkPrintContext   *context,
         int                sheet,
         Proof             *self)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  guint from = g_array_index (self->first, guint, sheet);
  gboolean is_last = (guint) sheet + 1 >= self->first->len;
  guint to = is_last ? self->pages->len : g_array_index (self->first, guint, sheet + 1);
  double y = draw_text (cr, context, self->title, "Sans Bold 14", 0);

  y += draw_text (cr, context, _("A proof on paper, in real size. This is no driving licence."), "Sans 10",
                  y);
  y += SPACE_MM * POINTS_PER_MM;
  for (guint page = from; page < to; page++)
    y += draw_card_page (self, cr, page, y);
  if (!is_last)
    return;
  y += draw_text (cr, context, self->words, "Sans 10", y) + SPACE_MM * POINTS_PER_MM;
  draw_text (cr, context, _("I have read everything above, and it is right.\n\n\nDate and signature"),
             "Sans 10", y);
}

static void
run_operation (GTask *task)
{
  Proof *self = g_task_get_task_data (task);
  GtkWidget *parent = g_task_get_source_object (task);
  GtkRoot *root = gtk_widget_get_root (parent);
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  GError *error = NULL;

  gtk_print_operation_set_job_name (operation, self->title);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_cb), self);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_cb), self);
  if (self->export_path != NULL)
    gtk_print_operation_set_export_filename (operation, self->export_path);
  switch (gtk_print_operation_run (operation, self->export_path != NULL
                                                ? GTK_PRINT_OPERATION_ACTION_EXPORT
                                                : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                                   GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, &error))
    {
    case GTK_PRINT_OPERATION_RESULT_ERROR:
      g_task_return_error (task, error);
      break;
    case GTK_PRINT_OPERATION_RESULT_CANCEL:
      g_task_return_boolean (task, FALSE);
      break;
    case GTK_PRINT_OPERATION_RESULT_APPLY:
    case GTK_PRINT_OPERATION_RESULT_IN_PROGRESS:
    default:
      g_task_return_boolean (task, TRUE);
    }
}

static void
recorded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else if (!g_task_return_error_if_cancelled (task))
    run_operation (task);
}

/**
 * plt_paper_proof_print_async:
 * @title: whose card it is
 * @words: what changes, in words; may be empty
 * @export_path: (nullable): a PDF file instead of a printer that the person chooses
 */
void
plt_paper_proof_print_async (GtkWidget           *parent,
                             PltLayout           *layout,
                             PltCardInputs       *inputs,
                             const char          *title,
                             const char          *words,
                             const char          *export_path,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);
  g_autoptr (GTask) recording = NULL;
  Proof *self = g_new0 (Proof, 1);

  self->layout = g_object_ref (layout);
  self->inputs = plt_card_inputs_ref (inputs);
  self->title = g_strdup (title);
  self->words = g_strdup (words);
  self->export_path = g_strdup (export_path);
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
  self->first = g_array_new (FALSE, FALSE, sizeof (guint));
  g_task_set_task_data (task, self, (GDestroyNotify) proof_free);

  /* The outer task owns the proof and lives until this one has called back. */
  recording = g_task_new (NULL, cancellable, recorded_cb, task);
  g_task_set_task_data (recording, self, NULL);
  g_task_run_in_thread (recording, record_thread);
}

/* Returns: whether it was printed; %FALSE without @error when the person thought better of it */
gboolean
plt_paper_proof_print_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
