/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists the elements of a card and says about each what a person should know. */
#include "plt-card-list.h"

#include "plt-card-overlaps.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  PltLayout     *layout;
  PltCardInputs *inputs;
} ListTask;

static void
list_task_free (ListTask *self)
{
  g_object_unref (self->layout);
  plt_card_inputs_unref (self->inputs);
  g_free (self);
}

static void
listed_free (PltCardListed *self)
{
  plt_card_part_free (self->part);
  g_free (self->misplaced);
  g_free (self->near_edge);
  g_free (self);
}

static void
add_line (GString    *text,
          const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

/* On what it lies, where nobody means it. */
static void
tell_overlaps (PltCardListed *listed,
               GPtrArray     *parts,
               GArray        *overlaps,
               guint          index)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < overlaps->len; i++)
    {
      const PltCardOverlap *overlap = &g_array_index (overlaps, PltCardOverlap, i);
      const PltCardPart *other = g_ptr_array_index (parts, overlap->upper == index ? overlap->lower
                                                                                   : overlap->upper);
      g_autofree char *line = NULL;

      if (overlap->upper != index && overlap->lower != index)
        continue;
      /* Translators: the name of an element, then millimetres */
      line = g_strdup_printf (overlap->upper == index ? _("Lies on “%s”, by %.1f × %.1f mm.")
                                                      : _("“%s” lies on it, by %.1f × %.1f mm."),
                              other->name, overlap->width, overlap->height);
      add_line (text, line);
    }
  if (text->len > 0)
    listed->misplaced = g_string_free (g_steal_pointer (&text), FALSE);
}

static void
tell_edge (PltCardListed *listed,
           double         distance,
           double         safe)
{
  if (distance < -0.005 && listed->misplaced == NULL)
    /* Translators: millimetres */
    listed->misplaced = g_strdup_printf (_("Is cut: it stands %.1f mm over the edge."), -distance);
  else if (distance < safe - 0.005)
    /* Translators: millimetres */
    listed->near_edge = g_strdup_printf (_("Stands %.1f mm from the edge; the safe margin is %.1f mm."),
                                         distance, safe);
}

static void
add_page (GPtrArray *list,
          ListTask  *data,
          guint      page)
{
  g_autoptr (GPtrArray) parts = plt_card_list_parts (data->layout, data->inputs, page);
  g_autoptr (GArray) overlaps = plt_card_find_overlaps (data->layout, data->inputs, page, parts);
  guint first = list->len;
  gsize n_parts = parts->len;
  g_autofree gpointer *stolen = NULL;

  for (guint i = 0; i < parts->len; i++)
    {
      PltCardListed *listed = g_new0 (PltCardListed, 1);

      listed->page = page;
      tell_overlaps (listed, parts, overlaps, i);
      tell_edge (listed, plt_card_get_edge_distance (data->layout, page, parts, i),
                 plt_layout_get_safe_margin (data->layout));
      g_ptr_array_add (list, listed);
    }
  g_ptr_array_set_free_func (parts, NULL);
  stolen = g_ptr_array_steal (parts, &n_parts);
  for (gsize i = 0; i < n_parts; i++)
    ((PltCardListed *) g_ptr_array_index (list, first + i))->part = stolen[i];
}

static void
list_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  ListTask *data = task_data;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) listed_free);

  for (guint page = 0; page < plt_layout_get_n_pages (data->layout); page++)
    {
      if (g_task_return_error_if_cancelled (task))
        return;
      add_page (list, data, page);
    }
  g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) g_ptr_array_unref);
}

/* @inputs: not changed by anybody until the end */
void
plt_card_list_async (PltLayout           *layout,
                     PltCardInputs       *inputs,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  ListTask *data = g_new0 (ListTask, 1);

  data->layout = g_object_ref (layout);
  data->inputs = plt_card_inputs_ref (inputs);
  g_task_set_task_data (task, data, (GDestroyNotify) list_task_free);
  g_task_run_in_thread (task, list_thread);
}

/* Returns: (transfer full) (element-type PltCardListed): in the order of the layout; fails only when
 * it was cancelled */
GPtrArray *
plt_card_list_finish (GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Whether it says something of the holder or the state: patterns and lines do not. */
gboolean
plt_card_listed_is_content (const PltCardListed *self)
{
  static const char * const patterns[] = { "rect", "path", "waves", "rosette", "microtext", "artwork",
                                           NULL };

  if (self->part->error != NULL)
    return TRUE;

  return self->part->is_shown && !g_strv_contains (patterns, self->part->type);
}

/* Returns: (transfer full): its name with a capital, as what begins a line has */
char *
plt_card_listed_dup_title (const PltCardListed *self)
{
  const char *name = self->part->name;
  g_autofree char *first = NULL;

  if (*name == '\0')
    return g_strdup (self->part->type);
  first = g_utf8_strup (name, (gssize) (g_utf8_next_char (name) - name));

  return g_strconcat (first, g_utf8_next_char (name), NULL);
}

/* Returns: (transfer full): what was done to make it fit, and what is wrong with it; "" if nothing */
char *
plt_card_listed_dup_remark (const PltCardListed *self)
{
  const PltCardPart *part = self->part;
  g_autoptr (GString) text = g_string_new (NULL);

  if (part->error != NULL)
    add_line (text, part->error->message);
  if (self->misplaced != NULL)
    add_line (text, self->misplaced);
  if (part->missing_glyphs != NULL)
    {
      /* Translators: %s are characters that a font lacks */
      g_autofree char *line = g_strdup_printf (_("The fonts have no “%s”."), part->missing_glyphs);

      add_line (text, line);
    }
  if (part->size > 0 && part->size < part->asked_size - 0.05)
    {
      /* Translators: sizes of letters in points */
      g_autofree char *line = g_strdup_printf (_("Letters of %.1f instead of %.1f points."), part->size,
                                               part->asked_size);

      add_line (text, line);
    }
  if (part->abbreviated)
    add_line (text, _("Shortened by a rule of the layout."));
  if (part->hyphenated)
    add_line (text, _("With a divided word."));
  else if (part->wrapped)
    add_line (text, _("On several lines."));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Returns: (transfer full): everything that stands on @page, one element a line */
char *
plt_card_list_dup_reading (GPtrArray *list,
                           guint      page)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const PltCardListed *listed = g_ptr_array_index (list, i);
      g_autofree char *title = plt_card_listed_dup_title (listed);
      g_autofree char *line = NULL;

      if (listed->page != page || !plt_card_listed_is_content (listed))
        continue;
      line = *listed->part->text != '\0' ? g_strdup_printf ("%s: %s", title, listed->part->text)
                                         : g_strdup (title);
      add_line (text, line);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
