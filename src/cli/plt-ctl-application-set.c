/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl application set: pictures, categories and a person's choice on a disputed field. */
#include "plt-ctl-person.h"

#include "plt-case-photo-state.h"

#include <glib/gi18n-lib.h>

static char *photo_option = NULL;
static char *signature_option = NULL;
static gboolean registry_photo_option = FALSE;
static gboolean covered_option = FALSE;
static char **category_option = NULL;
static char *choose_option = NULL;
static char *reason_option = NULL;

static const GOptionEntry options[] = {
  { "photo", 0, 0, G_OPTION_ARG_FILENAME, &photo_option, N_("The portrait (JPEG, PNG, TIFF or WebP)"),
    N_("FILE") },
  { "registry-photo", 0, 0, G_OPTION_ARG_NONE, &registry_photo_option,
    N_("Take the portrait from the population register"), NULL },
  { "head-covered", 0, 0, G_OPTION_ARG_NONE, &covered_option,
    N_("The head is covered on the portrait, for which there is an exception"), NULL },
  { "signature", 0, 0, G_OPTION_ARG_FILENAME, &signature_option,
    N_("The signature (JPEG, PNG, TIFF or WebP)"), N_("FILE") },
  { "category", 'c', 0, G_OPTION_ARG_STRING_ARRAY, &category_option,
    N_("A category, as often as there are; replaces the list"), N_("CODE") },
  { "choose", 0, 0, G_OPTION_ARG_STRING, &choose_option,
    N_("Settle a field on which the sources disagree; needs --reason"), N_("FIELD=VALUE") },
  { "reason", 0, 0, G_OPTION_ARG_STRING, &reason_option, N_("Why this value"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

static gboolean
set_image (PltCase       *open_case,
           PltCaseImage   image,
           GBytes        *bytes,
           const char    *name,
           PltPhotoOrigin origin,
           GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (image == PLT_CASE_IMAGE_PORTRAIT)
    {
      plt_case_import_photo_async (open_case, bytes, name, origin, covered_option, NULL,
                                   plt_ctl_ready_cb, &result);
      return plt_case_import_photo_finish (open_case, plt_ctl_await (&result), error);
    }
  plt_case_set_image_async (open_case, image, bytes, name, NULL, plt_ctl_ready_cb, &result);
  return plt_case_set_image_finish (open_case, plt_ctl_await (&result), error);
}

static gboolean
set_image_from_file (PltCase       *open_case,
                     PltCaseImage   image,
                     const char    *path,
                     GError       **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = plt_ctl_read_picture (path, &name, error);

  if (bytes == NULL)
    return FALSE;
  return set_image (open_case, image, bytes, name, PLT_PHOTO_FROM_COMMAND, error);
}

/* Portraits are not kept with a source's answer: the register is asked again. */
static gboolean
set_registry_photo (PltCtl   *ctl,
                    PltCase  *open_case,
                    GError  **error)
{
  PltLicenceApplication *application = plt_case_get_application (open_case);
  g_autoptr (PltLookup) lookup =
    plt_ctl_look_up (ctl, plt_licence_application_get_id_number (application), error);
  GBytes *portrait;

  if (lookup == NULL)
    return FALSE;
  portrait = plt_source_answer_get_portrait (plt_lookup_get_answer (lookup, PLT_SOURCE_IDENTITY));
  if (portrait == NULL)
    {
      g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                   _("The population register gave no portrait. Use --photo with a file."));
      return FALSE;
    }
  return set_image (open_case, PLT_CASE_IMAGE_PORTRAIT, portrait, _("registry portrait"),
                    PLT_PHOTO_FROM_REGISTRY, error);
}

static gboolean
choose_field (PltCase  *open_case,
              GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) parts = g_strsplit (choose_option, "=", 2);
  PltField field;

  if (g_strv_length (parts) != 2 || !plt_field_from_nick (parts[0], &field))
    {
      g_set_error (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
                   _("--choose takes FIELD=VALUE with a field of “application show”."));
      return FALSE;
    }
  plt_case_choose_async (open_case, field, parts[1], reason_option ? reason_option : "", NULL,
                         plt_ctl_ready_cb, &result);
  return plt_case_choose_finish (open_case, plt_ctl_await (&result), error);
}

static gboolean
set_categories (PltCase  *open_case,
                GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plt_case_set_categories_async (open_case, (const char * const *) category_option, NULL,
                                 plt_ctl_ready_cb, &result);
  return plt_case_set_categories_finish (open_case, plt_ctl_await (&result), error);
}

static gboolean
apply_options (PltCtl   *ctl,
               PltCase  *open_case,
               GError  **error)
{
  if (photo_option != NULL
      && !set_image_from_file (open_case, PLT_CASE_IMAGE_PORTRAIT, photo_option, error))
    return FALSE;
  if (registry_photo_option && !set_registry_photo (ctl, open_case, error))
    return FALSE;
  if (signature_option != NULL
      && !set_image_from_file (open_case, PLT_CASE_IMAGE_SIGNATURE, signature_option, error))
    return FALSE;
  if (category_option != NULL && !set_categories (open_case, error))
    return FALSE;
  return choose_option == NULL || choose_field (open_case, error);
}

static PltCtlStatus
run_set (PltCtl  *ctl,
         char   **arguments,
         GError **error)
{
  g_autoptr (PltCase) open_case = NULL;

  if (photo_option == NULL && signature_option == NULL && !registry_photo_option
      && category_option == NULL && choose_option == NULL)
    {
      g_set_error (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
                   _("Say what to set: --photo, --signature, --category or --choose."));
      return PLT_CTL_USAGE;
    }
  open_case = plt_ctl_open_case (ctl, arguments[0], error);
  if (open_case == NULL || !apply_options (ctl, open_case, error))
    return PLT_CTL_REFUSED;
  plt_ctl_print_case (ctl, open_case);
  return PLT_CTL_DONE;
}

const PltCtlCommand plt_ctl_application_set = {
  .name = "application set",
  .arguments = N_("APP"),
  .summary = N_("Set pictures, categories or a disputed field"),
  .n_arguments = 1,
  .signed_in = TRUE,
  .options = options,
  .run = run_set,
};
