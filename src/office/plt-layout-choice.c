/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the database why a layout was chosen. */
#include "plt-layout-choice.h"

#include "plt-office-ask.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

static const char * const whats[] = {
  [PLT_LAYOUT_CHOICE_CARD] = "card",
  [PLT_LAYOUT_CHOICE_RULE] = "rule",
  [PLT_LAYOUT_CHOICE_VERSION] = "version",
};

static void
choice_free (PltLayoutChoice *self)
{
  g_free (self->text);
  g_free (self->reason);
  g_free (self);
}

/* NULL for what this version of the program does not know. */
static PltLayoutChoice *
read_choice (JsonObject *object)
{
  const char *what = json_object_get_string_member_with_default (object, "what", "");

  for (gsize i = 0; i < G_N_ELEMENTS (whats); i++)
    if (g_str_equal (whats[i], what))
      {
        PltLayoutChoice *self = g_new0 (PltLayoutChoice, 1);

        self->what = (PltLayoutChoiceWhat) i;
        self->chosen = json_object_get_boolean_member_with_default (object, "chosen", FALSE);
        self->text = g_strdup (json_object_get_string_member_with_default (object, "text", ""));
        self->reason = g_strdup (json_object_get_string_member_with_default (object, "reason", NULL));
        return self;
      }

  return NULL;
}

static GPtrArray *
parse (const char  *json,
       GError     **error)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) choice_free);
  JsonArray *array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  if (array == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _("The office database gave an answer that this version cannot read. "
                             "Tell the administrator."));
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      PltLayoutChoice *choice = JSON_NODE_HOLDS_OBJECT (node)
                                  ? read_choice (json_node_get_object (node))
                                  : NULL;

      if (choice != NULL)
        g_ptr_array_add (choices, choice);
    }

  return g_steal_pointer (&choices);
}

/**
 * plt_layout_choice_read_async:
 * @office: an office in which somebody is signed in who may read the application
 * @application: its record number
 * @cancellable: (nullable): cancels the question
 * @callback: when it has been answered
 * @user_data: for @callback
 *
 * Asks of the card that the application has, or of the one that would be drawn today. The reading is noted, as each of
 * a person's data is.
 */
void
plt_layout_choice_read_async (PltOffice           *office,
                              gint64               application,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  static const PltOfficeAsk ask = { "layout-choice", 1 };

  g_return_if_fail (PLT_IS_OFFICE (office));

  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, application);
  plt_office_ask_async (office, &ask, (const char *[]) { id }, cancellable, callback, user_data);
}

/**
 * plt_layout_choice_read_finish:
 * @result: what the callback got
 * @error: %PLT_OFFICE_ERROR, or %G_IO_ERROR_INVALID_DATA
 *
 * Returns: (transfer full) (nullable) (element-type PltLayoutChoice): in the order in which a person would say them
 */
GPtrArray *
plt_layout_choice_read_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_autofree char *json = plt_office_ask_finish (result, error);

  return json != NULL ? parse (json, error) : NULL;
}
