/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-redraw.h"

#include "plt-card-file.h"
#include "plt-card-inputs-reader.h"
#include "plt-card-renderer.h"
#include "plt-layout-shelf.h"
#include "plt-office-private.h"
#include "plt-press-portrait.h"
#include "plt-store-drawn.h"

#include <glib/gi18n-lib.h>

#define PICTURE_DPI 300

typedef struct
{
  char              **folders;
  int                 dpi;
  PltStoreDrawnCard  *drawn;
} Work;

static void
work_free (Work *self)
{
  g_strfreev (self->folders);
  g_clear_pointer (&self->drawn, plt_store_drawn_card_free);
  g_free (self);
}

void
plt_redraw_free (PltRedraw *self)
{
  g_free (self->card);
  g_free (self->layout);
  g_free (self->kept_digest);
  g_free (self->digest);
  g_free (self->kept_front);
  g_free (self->front);
  g_free (self->kept_back);
  g_free (self->back);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->pictures); i++)
    g_clear_pointer (&self->pictures[i], g_bytes_unref);
  g_free (self);
}

gboolean
plt_redraw_is_same (const PltRedraw *self)
{
  return (self->kept_digest == NULL || g_strcmp0 (self->kept_digest, self->digest) == 0)
         && g_strcmp0 (self->kept_front, self->front) == 0
         && g_strcmp0 (self->kept_back, self->back) == 0;
}

/* The version that has the files of then, wherever it lies; else one of that number. */
static PltLayout *
find_layout (char                    **folders,
             const PltStoreDrawnCard  *drawn,
             GError                  **error)
{
  for (guint i = 0; folders[i] != NULL; i++)
    {
      const char *const one[] = { folders[i], NULL };
      g_autoptr (PltLayoutShelf) shelf = plt_layout_shelf_new_for (one, drawn->layout);
      g_autoptr (PltLayout) layout
        = plt_layout_shelf_find (shelf, drawn->layout, drawn->layout_version, NULL, NULL);

      if (layout != NULL && (drawn->layout_digest == NULL
                             || g_str_equal (plt_layout_get_digest (layout), drawn->layout_digest)))
        return g_steal_pointer (&layout);
    }
  g_autoptr (PltLayoutShelf) all = plt_layout_shelf_new_for ((const char *const *) folders,
                                                             drawn->layout);
  return plt_layout_shelf_find (all, drawn->layout, drawn->layout_version, NULL, error);
}

/* Of a card whose picture was hashed: so it was until the files of cards were hashed by their pages. */
static char *
hash_picture (PltLayout      *layout,
              PltCardInputs  *inputs,
              PltCardSide     side,
              GError        **error)
{
  g_autoptr (GBytes) png = plt_card_render_png (layout, inputs, side, PICTURE_DPI, error);

  return png != NULL ? plt_card_file_hash (png) : NULL;
}

/* @kept: (nullable): what it was then */
static char *
hash_side (PltRedraw      *self,
           PltLayout      *layout,
           PltCardInputs  *inputs,
           PltCardSide     side,
           const char     *kept,
           GError        **error)
{
  g_autoptr (GBytes) page = plt_card_drawn_get_side (self->pdf, side);
  g_autofree char *hash = page != NULL ? plt_card_file_hash (page) : NULL;
  g_autofree char *picture = NULL;

  if (hash != NULL && g_strcmp0 (hash, kept) == 0)
    return g_steal_pointer (&hash);
  picture = hash_picture (layout, inputs, side, error);
  if (picture == NULL || hash == NULL || g_strcmp0 (picture, kept) == 0)
    return g_steal_pointer (&picture);
  return g_steal_pointer (&hash);
}

static PltRedraw *
redraw (Work    *work,
        GError **error)
{
  const PltStoreDrawnCard *drawn = work->drawn;
  g_autoptr (PltRedraw) self = g_new0 (PltRedraw, 1);
  g_autoptr (PltLayout) layout = find_layout (work->folders, drawn, error);
  g_autoptr (PltCardInputs) inputs = NULL;

  if (layout == NULL)
    return NULL;
  inputs = plt_press_portrait_read_inputs (drawn, error);
  if (inputs == NULL || (self->pdf = plt_card_render_pdf (layout, inputs, error)) == NULL)
    return NULL;
  self->front = hash_side (self, layout, inputs, PLT_CARD_SIDE_FRONT, drawn->front_sha256, error);
  if (self->front == NULL)
    return NULL;
  self->back = hash_side (self, layout, inputs, PLT_CARD_SIDE_BACK, drawn->back_sha256, error);
  if (self->back == NULL)
    return NULL;
  for (guint i = 0; work->dpi > 0 && i < G_N_ELEMENTS (self->pictures); i++)
    {
      self->pictures[i] = plt_card_render_png (layout, inputs, (PltCardSide) i, work->dpi, error);
      if (self->pictures[i] == NULL)
        return NULL;
    }
  self->card = g_strdup (drawn->number);
  self->layout = g_strdup (drawn->layout);
  self->version = drawn->layout_version;
  self->kept_renderer = plt_card_inputs_read_renderer (drawn->inputs);
  self->renderer = plt_card_inputs_get_renderer (inputs);
  self->kept_digest = g_strdup (drawn->layout_digest);
  self->digest = g_strdup (plt_layout_get_digest (layout));
  self->kept_front = g_strdup (drawn->front_sha256);
  self->kept_back = g_strdup (drawn->back_sha256);
  return g_steal_pointer (&self);
}

static void
redraw_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  GError *error = NULL;
  PltRedraw *self = redraw (task_data, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, (GDestroyNotify) plt_redraw_free);
  else
    g_task_return_error (task, error);
}

static void
drawn_card_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  work->drawn = plt_store_drawn_card_finish (PLT_STORE (source), result, &error);
  if (work->drawn == NULL)
    plt_office_fail (g_task_get_source_object (task), task, error);
  else
    g_task_run_in_thread (task, redraw_thread);
}

void
plt_redraw_async (PltOffice           *office,
                  const char          *card_number,
                  const char          *folder,
                  int                  dpi,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_auto (GStrv) installed = NULL;
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();
  GTask *task;
  Work *work;

  g_return_if_fail (PLT_IS_OFFICE (office) && card_number != NULL);

  installed = plt_office_config_dup_layout_folders (plt_office_get_config (office));
  if (folder != NULL)
    g_strv_builder_add (folders, folder);
  g_strv_builder_addv (folders, (const char **) installed);
  work = g_new0 (Work, 1);
  work->dpi = dpi;
  work->folders = g_strv_builder_end (folders);
  task = g_task_new (office, cancellable, callback, user_data);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  plt_store_drawn_card_async (plt_office_get_store (office), card_number, cancellable, drawn_card_cb,
                              task);
}

PltRedraw *
plt_redraw_finish (GAsyncResult  *result,
                   GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
