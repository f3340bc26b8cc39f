/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-test-press.h"

#include "plt-card-sample.h"
#include "plt-demo-face.h"
#include "plt-key-store.h"
#include "plt-picture-encode.h"
#include "plt-picture.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define DAY 86400
#define DAYS_BEFORE 30
#define PORTRAIT_WIDTH 900
#define PORTRAIT_HEIGHT 1157
#define N_FACES 8
#define GRAIN 20 /* of a camera by indoor light: 255ths, from the darkest to the brightest */

struct _PltTestPress
{
  char *folder;
};

static char *
get_path (PltTestPress *self,
          const char   *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static void
make_key (PltTestPress  *self,
          PltKeyPurpose  purpose)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *root = get_path (self, "root");
  g_autofree char *keys = get_path (self, "keys");
  g_autofree char *id = NULL;
  g_autofree char *request = NULL;
  gboolean is_root = purpose == PLT_KEY_PURPOSE_IACA;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const PltKeyWish wish = {
    .purpose = purpose, .country = is_root ? "UT" : NULL, .organization = "Utopia SPECIMEN",
    .name = is_root ? "Utopia root SPECIMEN" : "Utopia keys SPECIMEN",
    .uri = "https://licence.utopia.example",
    .crl = "https://licence.utopia.example/crl.pem", .plain = TRUE, .root = is_root ? NULL : root,
    .from = (now / DAY - DAYS_BEFORE) * DAY,
  };

  plt_key_store_create (is_root ? root : keys, &wish, now, &id, &request, &error);
  g_assert_no_error (error);
}

/**
 * plt_test_press_new:
 *
 * Returns: (transfer full): a root and one key for each purpose that a card needs, in a new folder
 */
PltTestPress *
plt_test_press_new (void)
{
  static const PltKeyPurpose purposes[] = { PLT_KEY_PURPOSE_IACA, PLT_KEY_PURPOSE_DOCUMENT,
                                            PLT_KEY_PURPOSE_QR, PLT_KEY_PURPOSE_PDF };
  PltTestPress *self = g_new0 (PltTestPress, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("plt-press-XXXXXX", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++)
    make_key (self, purposes[i]);
  return self;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_remove (child);
    }
  g_rmdir (path);
}

void
plt_test_press_free (PltTestPress *self)
{
  remove_folder (self->folder);
  g_free (self->folder);
  g_free (self);
}

const char *
plt_test_press_get_folder (PltTestPress *self)
{
  return self->folder;
}

PltPress *
plt_test_press_make (PltTestPress *self,
                     const char   *issuer)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = get_path (self, "platen.conf");
  g_autofree char *layouts = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts",
                                               NULL);
  g_autofree char *text = g_strdup_printf ("[issuer]\ncountry=UTO\ncountry-alpha-2=UT\n%s\n"
                                           "[layouts]\nfolder=%s\n", issuer, layouts);
  g_autoptr (PltOfficeConfig) config = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  config = plt_office_config_load (path, &error);
  g_assert_no_error (error);
  return plt_press_new (config);
}

/* ---- holders ---- */

/* Without grain a drawn face takes a third of the bytes of a photograph. */
static void
add_grain (cairo_surface_t *surface,
           guint32          seed)
{
  guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint32 grain = seed * 2654435761u + 1;

  cairo_surface_flush (surface);
  for (int y = 0; y < PORTRAIT_HEIGHT; y++)
    for (int x = 0; x < PORTRAIT_WIDTH * 4; x++)
      {
        guint8 *p = data + y * stride + x;

        grain = grain * 1664525u + 1013904223u;
        *p = (guint8) CLAMP ((int) *p + (int) (grain >> 24) * GRAIN / 256 - GRAIN / 2, 0, 255);
      }
  cairo_surface_mark_dirty (surface);
}

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
draw_portrait (guint seed)
{
  cairo_surface_t *surface
    = cairo_image_surface_create (CAIRO_FORMAT_RGB24, PORTRAIT_WIDTH, PORTRAIT_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  GByteArray *png = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) shot = NULL;
  PltPortraitBudget budget;
  GBytes *portrait;

  plt_demo_face_draw (cr, seed, seed % 2 == 0 ? 'F' : 'M', 1950 + (int) (seed * 7 % 55));
  cairo_destroy (cr);
  add_grain (surface, seed);
  cairo_surface_write_to_png_stream (surface, append_cb, png);
  cairo_surface_destroy (surface);
  shot = g_byte_array_free_to_bytes (png);
  plt_portrait_budget_init (&budget, PLT_PORTRAIT_RECORD);
  portrait = plt_portrait_fit (shot, &budget, NULL, &error);
  g_assert_no_error (error);
  return portrait;
}

/* (transfer full): a face with the bytes that a photo desk keeps of one; to draw one takes long. */
static GBytes *
make_portrait (guint seed)
{
  static GBytes *portraits[N_FACES];

  if (portraits[seed % N_FACES] == NULL)
    portraits[seed % N_FACES] = draw_portrait (seed % N_FACES);
  return g_bytes_ref (portraits[seed % N_FACES]);
}

/* As a desk stores one that was scanned. Three differ, and to trace one takes long. */
static GBytes *
make_signature (GBytes *scan)
{
  static GHashTable *traced;
  g_autoptr (GError) error = NULL;
  GBytes *signature;

  if (traced == NULL)
    traced = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref,
                                    (GDestroyNotify) g_bytes_unref);
  signature = g_hash_table_lookup (traced, scan);
  if (signature == NULL)
    {
      signature = plt_picture_import (scan, "signature", PLT_PICTURE_SIGNATURE, &error);
      g_assert_no_error (error);
      g_hash_table_insert (traced, g_bytes_ref (scan), signature);
    }
  return g_bytes_ref (signature);
}

static GBytes *
make_chip_portrait (GBytes *portrait)
{
  g_autoptr (GError) error = NULL;
  PltPortraitBudget budget;
  GBytes *small;

  plt_portrait_budget_init (&budget, PLT_PORTRAIT_CHIP);
  small = plt_portrait_fit_soon (portrait, &budget, &error);
  g_assert_no_error (error);
  return small;
}

static void
copy_value (PltStoreCardData *data,
            PltCardInputs    *inputs,
            PltField          field)
{
  data->person[field] = g_strdup (plt_card_inputs_get_value (inputs, plt_field_to_nick (field)));
}

static PltStoreCardData *
make_data (PltLayout     *layout,
           PltCardInputs *inputs,
           guint          number)
{
  PltStoreCardData *data = g_new0 (PltStoreCardData, 1);

  for (PltField field = 0; field < PLT_N_FIELDS; field++)
    copy_value (data, inputs, field);
  data->application = number;
  data->licence_number = g_strdup (plt_card_inputs_get_value (inputs, "licence_number"));
  data->issue_date = g_strdup (plt_card_inputs_get_value (inputs, "issue_date"));
  data->expiry_date = g_strdup (plt_card_inputs_get_value (inputs, "expiry_date"));
  data->authority = g_strdup (plt_card_inputs_get_value (inputs, "authority"));
  data->categories = plt_categories_to_text (plt_card_inputs_get_categories (inputs));
  data->application_number = g_strdup_printf ("A26-%07u", number);
  data->card_number = g_strdup_printf ("UC-26-C%06u", number);
  data->layout = g_strdup (plt_layout_get_id (layout));
  data->layout_version = plt_layout_get_version (layout);
  data->layout_digest = g_strdup (plt_layout_get_digest (layout));
  data->portrait = make_portrait (number);
  data->chip_portrait = make_chip_portrait (data->portrait);
  if (plt_card_inputs_get_signature (inputs) != NULL)
    data->signature = make_signature (plt_card_inputs_get_signature (inputs));
  return data;
}

GPtrArray *
plt_test_press_make_holders (PltPress   *press,
                             const char *layout)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *layouts = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts",
                                               NULL);
  g_autofree char *path = g_build_filename (layouts, layout, "layout.json", NULL);
  g_autofree char *people = g_build_filename (layouts, "proof", NULL);
  g_autoptr (PltLayout) loaded = plt_layout_new_from_file (path, &error);
  g_autoptr (GPtrArray) samples = plt_card_samples_read (people, &error);
  GPtrArray *holders
    = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_store_card_data_free);

  g_assert_no_error (error);
  for (guint i = 0; i < samples->len; i++)
    {
      PltCardInputs *inputs = plt_card_sample_get_inputs (g_ptr_array_index (samples, i));
      PltStoreCardData *data = make_data (loaded, inputs, i + 1);
      g_autoptr (GError) unfit = NULL;
      g_autoptr (PltStoreCardFile) file = plt_press_make_file (press, data, &unfit);

      if (file != NULL)
        g_ptr_array_add (holders, data);
      else
        plt_store_card_data_free (data);
      if (unfit != NULL)
        g_info ("Holder %u is not shown by %s: %s", i + 1, layout, unfit->message);
    }
  g_assert_cmpuint (holders->len, >, 0);
  return holders;
}
