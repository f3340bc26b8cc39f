/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies somewhere is counted: serials and runs that are typed or scanned one after the other. */
#include "plt-stock-form-private.h"

#include <glib/gi18n-lib.h>

void
plt_stock_form_show_found (PltStockForm *self)
{
  g_autofree char *text = NULL;
  g_autofree char *listed = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->counted), self->act == PLT_STOCK_COUNT);
  if (self->found->len == 0)
    {
      gtk_label_set_text (self->counted, _("Nothing has been found yet."));
      return;
    }
  g_ptr_array_add (self->found, NULL);
  listed = g_strjoinv (", ", (char **) self->found->pdata);
  g_ptr_array_set_size (self->found, (int) self->found->len - 1);
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Found, %u entry: %s", "Found, %u entries: %s",
                                       self->found->len), self->found->len, listed);
  gtk_label_set_text (self->counted, text);
}

static gboolean
has_found (PltStockForm *self,
           const char   *text)
{
  for (guint i = 0; i < self->found->len; i++)
    if (g_str_equal (self->found->pdata[i], text))
      return TRUE;
  return FALSE;
}

/* What was typed or scanned at the place that is counted. */
gboolean
plt_stock_form_take_found (PltStockForm *self)
{
  g_autofree char *text = g_strstrip (g_ascii_strup (plt_stock_form_get_text (self, PLT_STOCK_FIELD_FOUND), -1));
  g_autofree char *trouble = NULL;

  if (*text == '\0')
    return TRUE;
  trouble = plt_stock_check_run (text);
  if (trouble == NULL && has_found (self, text))
    trouble = g_strdup_printf (_("%s was counted already."), text);
  if (trouble != NULL)
    {
      plt_stock_form_show_trouble (self, PLT_STOCK_FIELD_FOUND, trouble);
      gtk_editable_select_region (GTK_EDITABLE (self->field[PLT_STOCK_FIELD_FOUND].input), 0, -1);
      return FALSE;
    }
  plt_stock_form_clear_trouble (self);
  self->none = FALSE;
  g_ptr_array_add (self->found, g_steal_pointer (&text));
  gtk_editable_set_text (GTK_EDITABLE (self->field[PLT_STOCK_FIELD_FOUND].input), "");
  plt_stock_form_show_found (self);
  return TRUE;
}

void
plt_stock_form_count (PltStockForm *self)
{
  guint chosen = plt_stock_form_get_choice (self, PLT_STOCK_FIELD_PLACE);
  const PltStockEntry *place = chosen < self->places->len ? self->places->pdata[chosen] : NULL;
  g_autofree char *found = NULL;

  if (!plt_stock_form_take_found (self) || place == NULL)
    return;
  if (self->found->len == 0 && !self->none)
    {
      self->none = TRUE;
      plt_stock_form_show_trouble (self, PLT_STOCK_FIELD_FOUND, _("Nothing was scanned. If nothing lies there, end the count once "
                                                   "more."));
      return;
    }
  g_ptr_array_add (self->found, NULL);
  found = g_strjoinv (" ", (char **) self->found->pdata);
  g_ptr_array_set_size (self->found, (int) self->found->len - 1);
  plt_stock_form_act (self, (const char *[]) { place->stock_kind, place->place, place->holder, found });
}
