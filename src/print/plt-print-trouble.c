/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorts and joins what is told of a printer. */
#include "plt-printer-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char              *text;
  PltReasonSeverity  severity;
} Item;

struct _PltPrintTrouble
{
  GArray *items; /* Item, worst first, in the order of telling among equals */
};

static void
clear_item (gpointer data)
{
  g_free (((Item *) data)->text);
}

PltPrintTrouble *
plt_print_trouble_new (void)
{
  PltPrintTrouble *self = g_new0 (PltPrintTrouble, 1);

  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_array_set_clear_func (self->items, clear_item);
  return self;
}

void
plt_print_trouble_free (PltPrintTrouble *self)
{
  g_array_unref (self->items);
  g_free (self);
}

/* The same words may come of several keywords, and of one with two suffixes: the worse stays.
 * Returns: whether @item was there and is as bad */
static gboolean
stands_already (PltPrintTrouble *self,
                const Item      *item)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *other = &g_array_index (self->items, Item, i);

      if (!g_str_equal (other->text, item->text))
        continue;
      if (other->severity >= item->severity)
        return TRUE;
      g_array_remove_index (self->items, i);
      return FALSE;
    }
  return FALSE;
}

void
plt_print_trouble_take (PltPrintTrouble   *self,
                        char              *text,
                        PltReasonSeverity  severity)
{
  Item item = { text, severity };
  guint at = 0;

  if (text == NULL)
    return;
  if (stands_already (self, &item))
    {
      g_free (text);
      return;
    }
  while (at < self->items->len && g_array_index (self->items, Item, at).severity >= severity)
    at++;
  g_array_insert_val (self->items, at, item);
}

PltReasonSeverity
plt_print_trouble_worst (PltPrintTrouble *self)
{
  return self->items->len > 0 ? g_array_index (self->items, Item, 0).severity : PLT_REASON_NORMAL;
}

/* Words that are written in capitals stay so. */
static void
append_lower (GString    *text,
              const char *words)
{
  const char *rest = g_utf8_next_char (words);
  g_autofree char *first = g_utf8_strdown (words, rest - words);

  if (g_unichar_isupper (g_utf8_get_char (rest)))
    g_string_append_printf (text, "; %s", words);
  else
    g_string_append_printf (text, "; %s%s", first, rest);
}

char *
plt_print_trouble_to_text (PltPrintTrouble *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      const char *words = g_array_index (self->items, Item, i).text;

      if (i == 0 || *words == '\0')
        g_string_append (text, words);
      else
        append_lower (text, words);
    }
  return g_string_free (text, FALSE);
}

/* The words of the profile go before ours. Returns: (transfer full) (nullable) */
static char *
describe_reason (PltPrintProfile   *profile,
                 const char        *keyword,
                 PltReasonSeverity *severity)
{
  g_autofree char *text = profile != NULL
                            ? plt_print_profile_describe_reason (profile, keyword, severity) : NULL;
  const char *jam = profile != NULL ? plt_print_profile_get_jam (profile) : NULL;

  if (text != NULL)
    return *text != '\0' ? g_steal_pointer (&text) : NULL;
  text = plt_print_reason_describe (keyword, severity);
  if (text == NULL || jam == NULL || !g_str_has_prefix (keyword, "media-jam"))
    return g_steal_pointer (&text);
  /* Translators: where to look in this printer, as a sentence. */
  return g_strdup_printf (_("Card jam: %s"), jam);
}

static char *
describe_message (PltPrintProfile   *profile,
                  const char        *message,
                  int                state,
                  PltReasonSeverity *severity)
{
  g_autofree char *text = profile != NULL && state != PLT_PRINTER_STATE_IDLE
                            ? plt_print_profile_describe_message (profile, message, severity) : NULL;

  if (text != NULL)
    return *text != '\0' ? g_steal_pointer (&text) : NULL;
  return plt_print_message_to_text (message, state, severity);
}

/**
 * plt_print_trouble_find:
 * @profile: (nullable): of the printer
 * @reasons: (nullable): printer-state-reasons
 * @message: (nullable): printer-state-message, which counts when the reasons are silent
 * @state: printer-state
 */
PltPrintTrouble *
plt_print_trouble_find (PltPrintProfile  *profile,
                        char            **reasons,
                        const char       *message,
                        int               state)
{
  PltPrintTrouble *self = plt_print_trouble_new ();
  PltReasonSeverity severity;

  for (guint i = 0; reasons != NULL && reasons[i] != NULL; i++)
    {
      char *text = describe_reason (profile, reasons[i], &severity);

      plt_print_trouble_take (self, text, severity);
    }
  if (self->items->len == 0)
    {
      char *text = describe_message (profile, message, state, &severity);

      plt_print_trouble_take (self, text, severity);
    }
  return self;
}
