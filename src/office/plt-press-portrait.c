/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plt-press-portrait.h"

#include "plt-card-file.h"
#include "plt-card-inputs-reader.h"
#include "plt-case-photo.h"
#include "plt-office-error-private.h"
#include "plt-picture-encode.h"

#include <glib/gi18n-lib.h>

/* To compare what is no JPEG in grey or RGB (PNG, CMYK): JPEG that shows every dot of it. */
static const PltPortraitBudget whole = { 4 << 20, 4096, 95, FALSE };

/* @fitted: JPEG */
static gboolean
shows_same (GBytes *approved,
            GBytes *fitted)
{
  g_autoptr (GBytes) jpeg = NULL;

  if (plt_portrait_is_same (approved, fitted))
    return TRUE;
  jpeg = plt_portrait_fit (approved, &whole, NULL, NULL);
  return jpeg != NULL && plt_portrait_is_same (jpeg, fitted);
}

static gboolean
fail (PltStoreCardData  *data,
      const char        *cause,
      GError           **error)
{
  g_propagate_error (error,
                     plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL,
                                           /* Translators: an application’s number, a number of bytes, then
                                              a sentence that says why. */
                                           _("The card of application %s was not drawn, because its portrait"
                                             " of %u bytes is too large for a card file and could not be made"
                                             " smaller. %s Return the application and take the photograph"
                                             " again."),
                                           data->application_number,
                                           (guint) g_bytes_get_size (data->portrait), cause));
  return FALSE;
}

gboolean
plt_press_portrait_fit (PltStoreCardData  *data,
                        GError           **error)
{
  g_autoptr (PltPortraitBudgets) budgets = NULL;
  g_autoptr (GBytes) fitted = NULL;
  g_autoptr (GError) cause = NULL;

  if (data->portrait == NULL || g_bytes_get_size (data->portrait) <= PLT_PORTRAIT_LEAST_OF_CARD)
    return TRUE;
  budgets = plt_case_load_portrait_budgets (error);
  if (budgets == NULL)
    return FALSE;
  if (g_bytes_get_size (data->portrait) <= budgets->uses[PLT_PORTRAIT_CARD].max_bytes)
    return TRUE;
  fitted = plt_portrait_fit (data->portrait, &budgets->uses[PLT_PORTRAIT_CARD], NULL, &cause);
  if (fitted == NULL)
    return fail (data, cause->message, error);
  if (!shows_same (data->portrait, fitted))
    return fail (data, _("Made smaller, it does not show the same."), error);
  g_free (data->approved_sha256);
  data->approved_sha256 = plt_card_file_hash (data->portrait);
  g_bytes_unref (data->portrait);
  data->portrait = g_steal_pointer (&fitted);
  return TRUE;
}

static gboolean
fail_drawn (const char  *message,
            GError     **error)
{
  g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL, "%s", message));
  return FALSE;
}

/* The portrait in the card file; its hash is compared by whoever draws it. (transfer full) (nullable) */
static GBytes *
find_fitted (GBytes *file)
{
  g_autoptr (GPtrArray) attached = plt_card_file_read_attached (file);

  for (guint i = 0; attached != NULL && i < attached->len; i++)
    {
      const PltCardFileAttached *one = g_ptr_array_index (attached, i);

      if (g_str_equal (one->name, "portrait.jpg"))
        return g_bytes_ref (one->bytes);
    }
  return NULL;
}

static gboolean
check_approved (const PltStoreDrawnCard  *drawn,
                PltCardInputs            *inputs,
                GBytes                   *fitted,
                GError                  **error)
{
  g_autofree char *approved = drawn->portrait != NULL ? plt_card_file_hash (drawn->portrait) : NULL;

  if (g_strcmp0 (approved, plt_card_inputs_get_approved (inputs)) != 0)
    return fail_drawn (_("The card was not drawn again, because the portrait that is kept is not the one that"
                         " was approved. Tell the auditor."), error);
  return shows_same (drawn->portrait, fitted)
         || fail_drawn (_("The card was not drawn again, because the portrait in its file does not show what"
                          " the approved one shows. Tell the auditor."), error);
}

PltCardInputs *
plt_press_portrait_read_inputs (const PltStoreDrawnCard  *drawn,
                                GError                  **error)
{
  g_autoptr (GBytes) fitted = drawn->fitted_in != NULL ? find_fitted (drawn->fitted_in) : NULL;
  g_autoptr (PltCardInputs) inputs
    = plt_card_inputs_new_from_json (drawn->inputs, fitted != NULL ? fitted : drawn->portrait,
                                     drawn->signature, drawn->pdf417, error);

  if (inputs == NULL || (fitted != NULL && !check_approved (drawn, inputs, fitted, error)))
    return NULL;
  return g_steal_pointer (&inputs);
}
