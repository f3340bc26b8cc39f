/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-fee-quote.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

static void
line_free (PltFeeLine *line)
{
  g_free (line->text);
  g_free (line->detail);
  g_free (line->money);
  g_free (line);
}

void
plt_fee_quote_free (PltFeeQuote *self)
{
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self->total);
  g_free (self->paid);
  g_free (self->due);
  g_free (self);
}

static const char *
get_text (JsonObject *object,
          const char *member)
{
  return json_object_get_string_member_with_default (object, member, "");
}

static PltFeeLine *
read_line (JsonObject *object)
{
  PltFeeLine *line = g_new0 (PltFeeLine, 1);
  gint64 times = json_object_get_int_member_with_default (object, "times", 1);

  line->counts = json_object_get_boolean_member_with_default (object, "counts", TRUE);
  line->text = times > 1 ? g_strdup_printf ("%s × %" G_GINT64_FORMAT, get_text (object, "text"), times)
                         : g_strdup (get_text (object, "text"));
  line->detail = line->counts
                   ? g_strdup (get_text (object, "law"))
                   /* Translators: the name of a proof, and a law */
                   : g_strdup_printf (_("Needs the proof “%s” · %s"), get_text (object, "proof"), get_text (object, "law"));
  line->money = g_strdup (line->counts ? get_text (object, "money") : "—");
  return line;
}

PltFeeQuote *
plt_fee_quote_parse (const char  *json,
                     GError     **error)
{
  g_autoptr (JsonNode) root = json != NULL ? json_from_string (json, NULL) : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  PltFeeQuote *self;
  JsonArray *lines;

  if (object == NULL || !json_object_has_member (object, "lines"))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _("The office database gave an answer that this version cannot read. Tell the "
                             "administrator."));
      return NULL;
    }
  self = g_new0 (PltFeeQuote, 1);
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  lines = json_object_get_array_member (object, "lines");
  for (guint i = 0; i < json_array_get_length (lines); i++)
    g_ptr_array_add (self->lines, read_line (json_array_get_object_element (lines, i)));
  self->total = g_strdup (get_text (object, "total_text"));
  self->paid = g_strdup (get_text (object, "paid_text"));
  self->due = g_strdup (get_text (object, "due_text"));
  self->open = json_object_get_int_member_with_default (object, "due", 0);
  return self;
}

char *
plt_fee_paid_words (const char  *json,
                    char       **receipt)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  if (object == NULL)
    return NULL;
  *receipt = g_strdup (get_text (object, "receipt"));
  if (json_object_get_int_member_with_default (object, "change", 0) > 0)
    /* Translators: number of a receipt, an amount, an amount to give back */
    return g_strdup_printf (_("Receipt %s: %s taken, give back %s."), *receipt, get_text (object, "amount_text"),
                            get_text (object, "change_text"));
  /* Translators: number of a receipt, an amount */
  return g_strdup_printf (_("Receipt %s: %s taken."), *receipt, get_text (object, "amount_text"));
}
