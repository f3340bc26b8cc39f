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

typedef struct
{
  JsonNode       *root;
  char           *day;
  PltLetterWords  words;
} Letter;

static void
letter_clear (Letter *self)
{
  g_clear_pointer (&self->root, json_node_unref);
  g_free (self->day);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Letter, letter_clear)

/* What stands on the sheet of what @json says; it is refused where that is not enough to send it. */
static gboolean
read_letter (const char  *json,
             Letter      *letter,
             GError     **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  JsonObject *answer;

  letter->root = json_from_string (json, error);
  if (letter->root == NULL)
    return FALSE;
  answer = json_node_get_object (letter->root);
  /* Translators: the day on a letter, for g_date_time_format() */
  letter->day = g_date_time_format (now, _("%Y-%m-%d"));
  letter->words = (PltLetterWords) {
    .office = get_text (answer, "office_name"),
    .recipient = get_text (answer, "holder_name"),
    .address = get_text (answer, "address"),
    .number = get_text (answer, "letter"),
    .day = letter->day,
  };
  if (*letter->words.address != '\0' && *letter->words.recipient != '\0')
    return TRUE;
  g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
               _("No sheet was made for letter %s, because the record of card %s has no address. Hand the"
                 " card over at the counter."), letter->words.number, get_text (answer, "card"));
  return FALSE;
}

GBytes *
plt_card_letter_draw (const char  *json,
                      GError     **error)
{
  g_auto (Letter) letter = { 0 };
  GError *problem = NULL;
  GBytes *sheet;

  if (!read_letter (json, &letter, error))
    return NULL;
  sheet = plt_letter_sheet_render (&letter.words, &problem);
  if (sheet == NULL)
    g_propagate_error (error, plt_office_error_convert (problem));
  return sheet;
}

gboolean
plt_card_letter_draw_page (const char  *json,
                           cairo_t     *cr,
                           GError     **error)
{
  g_auto (Letter) letter = { 0 };
  GError *problem = NULL;

  if (!read_letter (json, &letter, error))
    return FALSE;
  if (plt_letter_sheet_draw (cr, &letter.words, &problem))
    return TRUE;
  g_propagate_error (error, plt_office_error_convert (problem));
  return FALSE;
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
