/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the scheduler of which make a printer is, for the profile of that make, and what is set for it. */
#include "plt-print-make.h"

#include <glib/gi18n-lib.h>

#include "plt-print-connection.h"
#include "plt-print-forward.h"
#include "plt-print-settings.h"

/* Returns: (nullable): it belongs to @response */
static const char *
get_string (ipp_t      *response,
            const char *name)
{
  ipp_attribute_t *attribute = ippFindAttribute (response, name, IPP_TAG_ZERO);

  return attribute != NULL ? ippGetString (attribute, 0, NULL) : NULL;
}

/* (transfer none) (nullable): by what the scheduler says of the printer */
static PltPrintProfile *
ask_profile (GPtrArray *profiles,
             ipp_t     *response)
{
  return plt_print_profiles_find (profiles, get_string (response, "printer-make-and-model"),
                                  get_string (response, "printer-device-id"), get_string (response, "device-uri"));
}

static ipp_t *
ask_printer (http_t      *http,
             const char  *destination,
             GError     **error)
{
  static const char *const wanted[] = { "printer-make-and-model", "printer-device-id" };
  ipp_t *request = plt_print_connection_request (IPP_OP_GET_PRINTER_ATTRIBUTES, destination);

  plt_print_settings_ask (request, wanted, G_N_ELEMENTS (wanted));
  return plt_print_connection_ask (http, request, "/", error);
}

/* The same as for who lists printers, since they may have been set since. */
static gboolean
judge (ipp_t       *response,
       const char  *destination,
       GError     **error)
{
  ipp_attribute_t *position = ippFirstAttribute (response);
  g_autoptr (PltPrintQueue) queue = plt_print_queue_next (response, &position);
  g_auto (GStrv) settings = queue != NULL ? plt_print_settings_refuse (queue) : NULL;
  g_autoptr (GPtrArray) refusals = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; settings != NULL && settings[i] != NULL; i++)
    g_ptr_array_add (refusals, g_strdup (settings[i]));
  if (queue != NULL)
    plt_print_forward_judge (queue, refusals, warnings);
  if (refusals->len == 0)
    return TRUE;
  g_set_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_UNSUITABLE,
               /* Translators: a printer, then what is wrong with it, as a sentence. */
               _("Nothing was printed on “%s”. %s"), destination, (const char *) refusals->pdata[0]);
  return FALSE;
}

/* @profile: (out) (transfer full) (nullable): that of the printer. A class is refused: the scheduler
 * would repeat the job on another member by itself, see plt-print-class.c. */
gboolean
plt_print_make_look (http_t           *http,
                     GPtrArray        *profiles,
                     const char       *destination,
                     PltPrintProfile **profile,
                     GError          **error)
{
  g_autoptr (ipp_t) response = ask_printer (http, destination, error);
  PltPrintProfile *found;

  if (response == NULL)
    return FALSE;
  if (ippFindAttribute (response, "member-names", IPP_TAG_ZERO) != NULL)
    {
      g_set_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_UNSUITABLE,
                   _("Nothing was printed, because “%s” is a class, in which the print server would repeat "
                     "a card on another printer by itself. Choose one of its printers."), destination);
      return FALSE;
    }
  if (!judge (response, destination, error))
    return FALSE;
  found = ask_profile (profiles, response);
  *profile = found != NULL ? plt_print_profile_ref (found) : NULL;
  return TRUE;
}

/* A file of a profile that is not right keeps new cards from being printed, but not one that is on its way from being
 * found. */
PltPrintProfile *
plt_print_make_find (http_t             *http,
                     const char *const  *folders,
                     const char         *destination)
{
  g_autoptr (GPtrArray) profiles = plt_print_profiles_load (folders, NULL);
  g_autoptr (ipp_t) response = profiles != NULL && profiles->len > 0 ? ask_printer (http, destination, NULL)
                                                                     : NULL;
  PltPrintProfile *found = response != NULL ? ask_profile (profiles, response) : NULL;

  return found != NULL ? plt_print_profile_ref (found) : NULL;
}
