/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-cleaning.h"

#include "plt-office-ask.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

static const PltOfficeAsk acts[] = {
  [PLT_CLEANING_LIST] = { "printer-cleaning", 0 },
  [PLT_CLEANING_DONE] = { "printer-cleaned", 1 },
  [PLT_CLEANING_EVERY] = { "printer-cleaning-every", 2 },
};

void
plt_cleaning_act_async (PltOffice           *office,
                        PltCleaningAct       act,
                        const char *const   *words,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (act < G_N_ELEMENTS (acts));

  plt_office_ask_async (office, &acts[act], words, cancellable, callback, user_data);
}

char *
plt_cleaning_act_finish (GAsyncResult  *result,
                         GError       **error)
{
  return plt_office_ask_finish (result, error);
}

static int
get_int (JsonObject *row,
         const char *name)
{
  return (int) json_object_get_int_member_with_default (row, name, 0);
}

PltCleaning
plt_cleaning_find (const char *list,
                   const char *printer,
                   int         by_profile)
{
  g_autoptr (JsonNode) root = list != NULL ? json_from_string (list, NULL) : NULL;
  JsonArray *rows = root != NULL ? json_node_get_array (root) : NULL;
  PltCleaning found = { 0, by_profile };

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (g_strcmp0 (json_object_get_string_member (row, "printer"), printer) != 0)
        continue;
      found.since = get_int (row, "cards_since");
      if (get_int (row, "every") > 0)
        found.every = get_int (row, "every");
    }
  return found;
}

gboolean
plt_cleaning_is_due (const PltCleaning *self)
{
  return self->every > 0 && self->since >= self->every;
}

char *
plt_cleaning_describe (const PltCleaning *self)
{
  int left = self->every - self->since;

  if (plt_cleaning_is_due (self))
    /* Translators: both are numbers of cards */
    return g_strdup_printf (_("Cleaning due: %d cards since the last one, which is meant every %d"),
                            self->since, self->every);
  if (self->every > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d card until the next cleaning",
                                         "%d cards until the next cleaning", (gulong) left), left);
  if (self->since > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d card since it was cleaned",
                                         "%d cards since it was cleaned", (gulong) self->since), self->since);
  return NULL;
}
