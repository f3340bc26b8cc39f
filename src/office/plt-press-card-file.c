/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a card and makes its file, signed, with everything that is attached to it. */
#include "config.h"

#include "plt-press-private.h"

#include "plt-card-file.h"
#include "plt-card-renderer.h"
#include "plt-office-error-private.h"
#include "plt-press-files.h"
#include "plt-press-keys.h"
#include "plt-press-mdl.h"
#include "plt-press-sheet.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MOST_BYTES 200000 /* of a card file: what a bureau and a printer's memory take without asking */

static gboolean
hash_sides (GBytes            *whole,
            PltStoreCardFile  *file)
{
  char **hashes[] = { &file->front_sha256, &file->back_sha256 };

  for (guint i = 0; i < G_N_ELEMENTS (hashes); i++)
    {
      g_autoptr (GBytes) side = plt_card_drawn_get_side (whole, (PltCardSide) i);

      if (side == NULL)
        return FALSE;
      *hashes[i] = plt_card_file_hash (side);
    }
  return TRUE;
}

static GBytes *
join_cb (GBytes   *pdf,
         gpointer  user_data)
{
  return plt_card_drawn_join (user_data, pdf);
}

/* The files of a chip, and the mobile licence: signed by the key for data as far as that has the
 * certificate that both carry. */
static gboolean
add_signed_data (PltPress          *press,
                 PltStoreCardData  *data,
                 PltPressSheet     *sheet,
                 PltPressFiles     *files,
                 GError           **error)
{
  gboolean certified = plt_issuer_key_has_certificate (sheet->data_key);
  const PltLdsProfile profile = { .form = plt_press_get_issuer (press)->form,
                                  .mrz = plt_press_get_chip_line (sheet->mrz) };
  g_autoptr (GPtrArray) chip = NULL;
  g_autoptr (GBytes) mdl = NULL;

  if (!plt_press_data_add_pictures (data, sheet->licence, plt_card_inputs_get_ink (sheet->inputs), error))
    return FALSE;
  chip = plt_lds_build_files (sheet->licence, &profile, certified ? sheet->data_key : NULL, error);
  if (chip == NULL)
    return FALSE;
  plt_press_files_add_chip (files, chip);
  if (!certified || sheet->licence->portrait == NULL)
    return TRUE;
  mdl = plt_press_mdl_make_fitted (plt_press_get_issuer (press), data, sheet->licence, sheet->data_key, error);
  if (mdl != NULL)
    plt_press_files_add (files, "mdl.cbor", "application/cbor", "Data",
                         "ISO/IEC 18013-5 mobile driving licence", mdl);
  return mdl != NULL;
}

static GBytes *
finish_file (PltPress          *press,
             PltStoreCardData  *data,
             PltPressSheet     *sheet,
             PltCardDrawn      *drawn,
             PltStoreCardFile  *file,
             GError           **error)
{
  g_autoptr (PltPressFiles) files = plt_press_files_new ();
  /* Translators: %s is the number of a card; this is the title of its file. */
  g_autofree char *title = g_strdup_printf (_("Driving licence %s"),
                                            plt_press_data_get_discriminator (data));
  PltCardFileContent content = {
    .title = title,
    .created_at = plt_date_to_unix (sheet->licence->issue_date),
    .signer = sheet->licence->authority,
    .card_number = data->card_number,
    .application = data->application_number,
    .discriminator = sheet->licence->document_discriminator,
    .layout = file->layout,
    .layout_version = file->layout_version,
    .layout_digest = file->layout_digest,
    .is_specimen = sheet->licence->specimen,
    .join = join_cb,
    .join_data = drawn,
  };

  plt_press_files_add_inputs (files, file->inputs, data);
  if (!add_signed_data (press, data, sheet, files, error))
    return NULL;
  content.attachments = plt_press_files_get (files, &content.n_attachments);
  return plt_card_file_make (plt_card_drawn_get_pdf (drawn), &content, sheet->file_key,
                             &file->unsigned_sha256, error);
}

gboolean
plt_press_is_card (PltLayout *layout)
{
  gboolean right = plt_layout_get_n_pages (layout) == 2;

  for (guint page = 0; right && page < 2; page++)
    {
      double width, height;

      plt_layout_get_page_size (layout, page, &width, &height);
      right = fabs (MAX (width, height) - PLT_CARD_WIDTH_MM) < 0.005
              && fabs (MIN (width, height) - PLT_CARD_HEIGHT_MM) < 0.005;
    }
  return right;
}

static gboolean
check_size (PltStoreCardData  *data,
            GBytes            *file,
            GError           **error)
{
  if (g_bytes_get_size (file) <= MOST_BYTES)
    return TRUE;
  g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL,
                                                  /* Translators: an application’s number, two sizes in
                                                     kilobytes, then the name of a layout. */
                                                  _("The card file of application %s was not made, because it would"
                                                    " have %u kB, and a card file has at most %u kB. Return"
                                                    " the application and take the signature again, or ask"
                                                    " an administrator for less artwork in the layout “%s”."),
                                                  data->application_number,
                                                  (guint) ((g_bytes_get_size (file) + 999) / 1000),
                                                  MOST_BYTES / 1000, data->layout));
  return FALSE;
}

static gboolean
fail_sides (PltStoreCardData  *data,
            GError           **error)
{
  g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL,
                                                  _("The card of application %s was not drawn, because its"
                                                    " layout is not that of a card, which has two sides of"
                                                    " 85.60 × 53.98 mm. Ask an administrator for another layout."),
                                                  data->application_number));
  return FALSE;
}

static gboolean
draw_file (PltPress          *press,
           PltStoreCardData  *data,
           PltPressSheet     *sheet,
           PltStoreCardFile  *file,
           GError           **error)
{
  g_autoptr (PltCardDrawn) drawn = NULL;
  g_autoptr (GBytes) whole = NULL;

  if (!plt_press_is_card (sheet->layout))
    return fail_sides (data, error);
  if (data->is_bled && plt_layout_get_bleed (sheet->layout) <= 0)
    {
      g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL,
                                                      /* Translators: %s is the name of a layout. */
                                                      _("The layout “%s” has no bleed, so no card file with bleed"
                                                        " was made. Leave “--bleed” out, or ask an administrator"
                                                        " for a layout that has one."),
                                                      file->layout));
      return FALSE;
    }
  drawn = plt_card_drawn_new (sheet->layout, sheet->inputs, error);
  if (drawn == NULL)
    return FALSE;
  whole = plt_card_drawn_join (drawn, plt_card_drawn_get_pdf (drawn));
  if (whole == NULL || !hash_sides (whole, file))
    return fail_sides (data, error);
  file->file = finish_file (press, data, sheet, drawn, file, error);
  return file->file != NULL && check_size (data, file->file, error);
}

static char *
describe_keys (PltPressSheet *sheet)
{
  PltIssuerKey *chip = plt_issuer_key_has_certificate (sheet->data_key) ? sheet->data_key : NULL;
  const PltPressKey keys[] = {
    { "file", sheet->file_key },
    { "qr", sheet->qr_key },
    { "pdf417", sheet->record == NULL ? sheet->data_key : NULL },
    { "chip", chip },
    { "mdl", sheet->licence->portrait != NULL ? chip : NULL },
  };

  return plt_press_keys_to_json (keys, G_N_ELEMENTS (keys));
}

PltStoreCardFile *
plt_press_make_file (PltPress          *press,
                     PltStoreCardData  *data,
                     GError           **error)
{
  g_autoptr (PltStoreCardFile) file = g_new0 (PltStoreCardFile, 1);
  g_autoptr (PltPressSheet) sheet = plt_press_sheet_new (press, data, error);

  if (sheet == NULL)
    return NULL;
  file->layout = g_strdup (plt_layout_get_id (sheet->layout));
  file->layout_version = plt_layout_get_version (sheet->layout);
  file->layout_digest = g_strdup (plt_layout_get_digest (sheet->layout));
  file->inputs = plt_card_inputs_to_json (sheet->inputs, file->layout, file->layout_version,
                                          file->layout_digest, plt_card_file_hash);
  plt_card_inputs_take_ink (sheet->inputs, plt_press_data_read_ink (data));
  if (!draw_file (press, data, sheet, file, error))
    return NULL;
  file->keys = describe_keys (sheet);
  file->file_sha256 = plt_card_file_hash (file->file);
  file->qr_text = g_steal_pointer (&sheet->qr_text);
  file->pdf417 = g_steal_pointer (&sheet->pdf417);
  file->mrz = g_steal_pointer (&sheet->mrz);
  return g_steal_pointer (&file);
}
