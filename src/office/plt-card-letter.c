/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-card-letter.h"

#include "plt-letter-sheet.h"
#include "plt-office-error-private.h"
#include "plt-office-private.h"

#include <json-glib/json-glib.h>
#include <libintl.h>

/* Not GLib’s, which decides once whether a program translates: the letter is in its holder’s language. */
#define _(words) dgettext (GETTEXT_PACKAGE, words)

static const char *
get_text (JsonObject *answer,
          const char *name)
{
  return json_object_get_string_member_with_default (answer, name, "");
}

GBytes *
plt_card_letter_draw (const char  *json,
                      GError     **error)
{
  g_autoptr (JsonNode) root = json_from_string (json, error);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  /* Translators: the day on a letter, for g_date_time_format() */
  g_autofree char *day = g_date_time_format (now, _("%Y-%m-%d"));
  JsonObject *answer = root != NULL ? json_node_get_object (root) : NULL;
  PltLetterWords words = { .day = day };
  GError *problem = NULL;
  GBytes *sheet;

  if (answer == NULL)
    return NULL;
  words.office = get_text (answer, "office_name");
  words.recipient = get_text (answer, "holder_name");
  words.address = get_text (answer, "address");
  words.number = get_text (answer, "letter");
  if (*words.address == '\0' || *words.recipient == '\0')
    {
      g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                   _("No sheet was made for letter %s, because the record of card %s has no address. Hand the"
                     " card over at the counter."), words.number, get_text (answer, "card"));
      return NULL;
    }
  sheet = plt_letter_sheet_render (&words, &problem);
  if (sheet == NULL)
    g_propagate_error (error, plt_office_error_convert (problem));
  return sheet;
}

static void
printed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  int job = plt_print_server_print_sheet_finish (PLT_PRINT_SERVER (source), result, &error);

  if (error == NULL)
    g_task_return_int (task, job);
  else
    plt_office_fail (g_task_get_source_object (task), task, error);
}

void
plt_card_letter_print_async (PltOffice            *office,
                             const char           *destination,
                             const char           *name,
                             GBytes               *sheet,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office) && destination != NULL && sheet != NULL);

  plt_print_server_print_sheet_async (plt_office_get_print_server (office), destination, name, sheet,
                                      cancellable, printed_cb,
                                      g_task_new (office, cancellable, callback, user_data));
}

int
plt_card_letter_print_finish (GAsyncResult  *result,
                              GError       **error)
{
  gssize job = g_task_propagate_int (G_TASK (result), error);

  return job > 0 ? (int) job : 0;
}
