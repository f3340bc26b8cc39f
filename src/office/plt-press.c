/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws and signs a card: the codes are made of the licence's data, then both sides and the card
 * file. */
#include "config.h"

#include "plt-press-private.h"

#include "plt-aamva.h"
#include "plt-card-file.h"
#include "plt-card-renderer.h"
#include "plt-key-news.h"
#include "plt-key-ring.h"
#include "plt-layout-news.h"
#include "plt-layout-shelf.h"
#include "plt-lds.h"
#include "plt-office-error-private.h"
#include "plt-office-keys.h"
#include "plt-press-data.h"
#include "plt-press-files.h"
#include "plt-press-keys.h"
#include "plt-press-mdl.h"
#include "plt-qr-claim.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MOST_WAITING 128 /* threads; each has some megabytes in hand */

struct _PltPress
{
  gatomicrefcount ref_count;
  char **layout_folders;
  PltPressIssuer issuer;
  PltOfficeConfig *config;

  GMutex mutex; /* guards what follows */
  GHashTable *layouts; /* digest → PltLayout: those that were drawn with */
  PltKeyRing *ring;
  char *ring_state; /* of the files of which it was read */
  gint64 warned; /* the day on which somebody was warned of a key that ends */
  GThreadPool *makers; /* of card files; once set it stays */
};

/* Everything that is made on the way from the data to a drawing. */
typedef struct
{
  PltIssuerKey *data_key;
  PltIssuerKey *qr_key;
  PltIssuerKey *file_key;
  PltLayout *layout;
  PltLicenceData *licence;
  PltLicenceData *record; /* for an AAMVA barcode */
  PltCardInputs *inputs;
  char *mrz;
  char *qr_text;
  GBytes *pdf417;
} Sheet;

static void
sheet_free (Sheet *self)
{
  g_clear_object (&self->data_key);
  g_clear_object (&self->qr_key);
  g_clear_object (&self->file_key);
  g_clear_object (&self->layout);
  g_clear_pointer (&self->licence, plt_licence_data_free);
  g_clear_pointer (&self->record, plt_licence_data_free);
  g_clear_pointer (&self->inputs, plt_card_inputs_unref);
  g_clear_pointer (&self->pdf417, g_bytes_unref);
  g_free (self->mrz);
  g_free (self->qr_text);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_free)

static char *
dup_setting (PltOfficeConfig *config,
             const char      *group,
             const char      *key,
             const char      *fallback)
{
  const char *value = plt_office_config_get (config, group, key);
  return g_strdup (value != NULL && *value != '\0' ? value : fallback);
}

static PltLdsForm
read_form (PltOfficeConfig *config)
{
  const char *form = plt_office_config_get (config, "issuer", "chip-form");
  return g_strcmp0 (form, "eu") == 0 ? PLT_LDS_FORM_EU : PLT_LDS_FORM_ISO;
}

static PltMdlLeapBirthday
read_leap_birthday (PltOfficeConfig *config)
{
  const char *day = plt_office_config_get (config, "issuer", "leap-birthday");
  return g_strcmp0 (day, "1-march") == 0 ? PLT_MDL_LEAP_BIRTHDAY_1_MARCH
                                         : PLT_MDL_LEAP_BIRTHDAY_28_FEBRUARY;
}

static char
read_mrz_language (PltOfficeConfig *config)
{
  const char *language = plt_office_config_get (config, "issuer", "mrz-language");
  return language != NULL && *language != '\0' ? g_ascii_toupper (*language) : 'D';
}

PltPress *
plt_press_new (PltOfficeConfig *config)
{
  PltPress *self = g_new0 (PltPress, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->layout_folders = plt_office_config_dup_layout_folders (config);
  self->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->issuer.country = dup_setting (config, "issuer", "country", "UTO");
  self->issuer.sign = dup_setting (config, "issuer", "sign", self->issuer.country);
  self->issuer.state_name = dup_setting (config, "issuer", "state-name", "UTOPIA");
  self->issuer.state_name_native = dup_setting (config, "issuer", "state-name-native", NULL);
  self->issuer.authority = dup_setting (config, "issuer", "authority", "Utopia Licensing Authority");
  self->issuer.form = read_form (config);
  self->issuer.type_approval = dup_setting (config, "issuer", "type-approval", NULL);
  self->issuer.mrz_language = read_mrz_language (config);
  self->issuer.country_alpha_2 = dup_setting (config, "issuer", "country-alpha-2", NULL);
  self->issuer.leap_birthday = read_leap_birthday (config);
  self->config = g_object_ref (config);
  return self;
}

PltPress *
plt_press_ref (PltPress *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
plt_press_unref (PltPress *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  char **texts[] = { &self->issuer.country,        &self->issuer.sign,
                     &self->issuer.state_name,     &self->issuer.state_name_native,
                     &self->issuer.authority,      &self->issuer.type_approval,
                     &self->issuer.country_alpha_2 };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
  g_strfreev (self->layout_folders);
  g_hash_table_unref (self->layouts);
  g_clear_object (&self->ring);
  g_free (self->ring_state);
  if (self->makers != NULL)
    g_thread_pool_free (self->makers, FALSE, FALSE);
  g_object_unref (self->config);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

const PltPressIssuer *
plt_press_get_issuer (PltPress *self)
{
  return &self->issuer;
}

PltKeyRing *
plt_press_dup_ring (PltPress  *self,
                    GError   **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *state = plt_office_keys_dup_state (self->config);

  if (self->ring != NULL && !g_str_equal (state, self->ring_state))
    g_clear_object (&self->ring);
  if (self->ring == NULL)
    {
      self->ring = plt_office_keys_load (self->config, error);
      g_free (self->ring_state);
      self->ring_state = g_steal_pointer (&state);
    }
  return self->ring != NULL ? g_object_ref (self->ring) : NULL;
}

/* @make: called in a thread with what was pushed */
GThreadPool *
plt_press_get_makers (PltPress *self,
                      GFunc     make)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->makers == NULL)
    self->makers = g_thread_pool_new (make, NULL, (int) g_get_num_processors (), FALSE, NULL);
  return self->makers;
}

/* While a token signs, others draw: of the five signatures of a card three are of one key, which can have
 * so many under way as the token has sessions for it. */
void
plt_press_widen_makers (PltPress *self)
{
  g_autoptr (PltKeyRing) ring = plt_press_dup_ring (self, NULL);
  guint n_waiting = ring != NULL ? plt_office_keys_count_waiting (ring, self->config) : 0;
  int n_threads = (int) (g_get_num_processors () + MIN (2 * n_waiting, MOST_WAITING));

  g_mutex_lock (&self->mutex);
  if (self->makers != NULL && g_thread_pool_get_max_threads (self->makers) < n_threads)
    g_thread_pool_set_max_threads (self->makers, n_threads, NULL);
  g_mutex_unlock (&self->mutex);
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

PltIssuerKey *
plt_press_take_signer (PltPress       *self,
                       PltKeyPurpose   purpose,
                       GError        **error)
{
  g_autoptr (PltKeyRing) ring = plt_press_dup_ring (self, error);

  return ring != NULL ? plt_key_ring_get_signer (ring, purpose, get_now (), NULL, error) : NULL;
}

/* Before it hurts, and once a day. */
static void
tell_news (PltPress *self)
{
  g_autoptr (PltKeyRing) ring = plt_press_dup_ring (self, NULL);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (ring != NULL)
    plt_key_news_tell (ring, get_now (), &self->warned);
}

/* All keys that a card needs, before anything is made of it. */
static gboolean
take_signers (PltPress  *self,
              Sheet     *sheet,
              GError   **error)
{
  sheet->data_key = plt_press_take_signer (self, PLT_KEY_PURPOSE_DOCUMENT, error);
  if (sheet->data_key == NULL)
    return FALSE;
  sheet->qr_key = plt_press_take_signer (self, PLT_KEY_PURPOSE_QR, error);
  if (sheet->qr_key == NULL)
    return FALSE;
  sheet->file_key = plt_press_take_signer (self, PLT_KEY_PURPOSE_PDF, error);
  if (sheet->file_key == NULL)
    return FALSE;
  tell_news (self);
  return TRUE;
}

/* The files that were approved, and no others. A card that was drawn before layouts were approved has
 * no digest: then the version decides. */
static PltLayout *
read_layout (PltPress          *self,
             PltStoreCardData  *data,
             GError           **error)
{
  g_autoptr (PltLayoutShelf) shelf
      = plt_layout_shelf_new_for ((const char * const *) self->layout_folders, data->layout);
  g_autoptr (GError) fault = NULL;
  g_autoptr (PltLayout) layout
      = plt_layout_shelf_find (shelf, data->layout, data->layout_version, NULL, &fault);

  if (layout != NULL && (data->layout_digest == NULL
                         || g_str_equal (plt_layout_get_digest (layout), data->layout_digest)))
    return g_steal_pointer (&layout);
  g_propagate_error (error,
                     plt_layout_news_new_error (shelf, data->layout, data->layout_version, fault));
  return NULL;
}

PltLayout *
plt_press_take_layout (PltPress          *self,
                       PltStoreCardData  *data,
                       GError           **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  PltLayout *layout = data->layout_digest == NULL || data->is_bled ? NULL
                        : g_hash_table_lookup (self->layouts, data->layout_digest);

  if (layout != NULL)
    return g_object_ref (layout);
  layout = read_layout (self, data, error);
  if (layout == NULL)
    return NULL;
  if (data->is_bled) /* seldom, and the forms of the two are not the same */
    plt_layout_show_bleed (layout);
  else
    g_hash_table_replace (self->layouts, g_strdup (plt_layout_get_digest (layout)),
                          g_object_ref (layout));
  return layout;
}

/* Nobody else decides this: what the keys are, a card says, in its codes and on its sides. */
static PltLicenceData *
mark (PltPress        *self,
      PltLicenceData  *licence,
      GError         **error)
{
  g_autoptr (PltKeyRing) ring = licence != NULL ? plt_press_dup_ring (self, error) : NULL;

  if (ring == NULL)
    {
      g_clear_pointer (&licence, plt_licence_data_free);
      return NULL;
    }
  licence->specimen = plt_office_keys_are_specimen (ring, self->config, get_now ());
  return licence;
}

PltLicenceData *
plt_press_make_licence (PltPress          *self,
                        PltStoreCardData  *data,
                        GError           **error)
{
  return mark (self, plt_press_data_make_licence (&self->issuer, data, error), error);
}

PltLicenceData *
plt_press_make_record (PltPress          *self,
                       PltStoreCardData  *data,
                       GError           **error)
{
  return mark (self, plt_press_data_make_record (&self->issuer, data, error), error);
}

/* As the layout says. */
static GBytes *
make_pdf417 (PltPress          *self,
             PltStoreCardData  *data,
             Sheet             *sheet,
             GError           **error)
{
  if (plt_layout_get_payload (sheet->layout) == PLT_CARD_PAYLOAD_ISO)
    return plt_lds_build_u1 (sheet->licence, sheet->data_key, error);
  sheet->record = plt_press_make_record (self, data, error);
  return sheet->record != NULL ? plt_aamva_build (sheet->record, error) : NULL;
}

static Sheet *
make_sheet (PltPress          *self,
            PltStoreCardData  *data,
            GError           **error)
{
  g_autoptr (Sheet) sheet = g_new0 (Sheet, 1);

  if (!take_signers (self, sheet, error))
    return NULL;
  sheet->layout = plt_press_take_layout (self, data, error);
  if (sheet->layout == NULL)
    return NULL;
  sheet->licence = plt_press_make_licence (self, data, error);
  if (sheet->licence == NULL)
    return NULL;
  sheet->mrz = plt_press_make_zone (self, data, sheet->layout, sheet->licence, error);
  if (sheet->mrz == NULL)
    return NULL;
  sheet->pdf417 = make_pdf417 (self, data, sheet, error);
  if (sheet->pdf417 == NULL)
    return NULL;
  /* Signed as of the day of issue, not of the hour of drawing: same inputs, same content. */
  sheet->qr_text = plt_qr_claim_build (sheet->licence, sheet->qr_key,
                                       plt_date_to_unix (sheet->licence->issue_date), error);
  if (sheet->qr_text == NULL)
    return NULL;
  sheet->inputs = plt_press_data_make_inputs (&self->issuer, data, sheet->licence);
  plt_card_inputs_set_mrz (sheet->inputs, sheet->mrz);
  plt_card_inputs_set_qr_text (sheet->inputs, sheet->qr_text);
  if (sheet->record != NULL)
    plt_card_inputs_set_aamva (sheet->inputs, sheet->pdf417);
  else
    plt_card_inputs_set_pdf417 (sheet->inputs, sheet->pdf417);
  return g_steal_pointer (&sheet);
}

void
plt_proof_free (PltProof *self)
{
  g_clear_object (&self->layout);
  g_clear_pointer (&self->inputs, plt_card_inputs_unref);
  g_clear_pointer (&self->licence, plt_licence_data_free);
  g_clear_pointer (&self->record, plt_licence_data_free);
  g_clear_pointer (&self->front, g_bytes_unref);
  g_clear_pointer (&self->back, g_bytes_unref);
  g_free (self->qr_text);
  g_free (self->mrz);
  g_free (self->layout_id);
  g_free (self);
}

static gboolean
draw_sides (Sheet     *sheet,
            int        dpi,
            PltProof  *proof,
            GError   **error)
{
  proof->front = plt_card_render_png (sheet->layout, sheet->inputs, PLT_CARD_SIDE_FRONT, dpi, error);
  if (proof->front == NULL)
    return FALSE;
  proof->back = plt_card_render_png (sheet->layout, sheet->inputs, PLT_CARD_SIDE_BACK, dpi, error);
  return proof->back != NULL;
}

PltProof *
plt_press_draw_proof (PltPress          *self,
                      PltStoreCardData  *data,
                      int                dpi,
                      GError           **error)
{
  g_autoptr (PltProof) proof = g_new0 (PltProof, 1);
  g_autoptr (Sheet) sheet = make_sheet (self, data, error);

  if (sheet == NULL || (dpi > 0 && !draw_sides (sheet, dpi, proof, error)))
    return NULL;
  proof->layout = g_object_ref (sheet->layout);
  proof->inputs = g_steal_pointer (&sheet->inputs);
  proof->licence = g_steal_pointer (&sheet->licence);
  proof->record = g_steal_pointer (&sheet->record);
  proof->qr_text = g_steal_pointer (&sheet->qr_text);
  proof->mrz = g_steal_pointer (&sheet->mrz);
  proof->layout_id = g_strdup (plt_layout_get_id (sheet->layout));
  return g_steal_pointer (&proof);
}

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
add_signed_data (PltPress          *self,
                 PltStoreCardData  *data,
                 Sheet             *sheet,
                 PltPressFiles     *files,
                 GError           **error)
{
  gboolean certified = plt_issuer_key_has_certificate (sheet->data_key);
  const PltLdsProfile profile = { .form = self->issuer.form,
                                  .mrz = plt_press_get_chip_line (sheet->mrz) };
  g_autoptr (GPtrArray) chip = NULL;
  g_autoptr (GBytes) mdl = NULL;

  if (!plt_press_data_add_pictures (data, sheet->licence, error))
    return FALSE;
  chip = plt_lds_build_files (sheet->licence, &profile, certified ? sheet->data_key : NULL, error);
  if (chip == NULL)
    return FALSE;
  plt_press_files_add_chip (files, chip);
  if (!certified || sheet->licence->portrait == NULL)
    return TRUE;
  mdl = plt_press_mdl_make_fitted (&self->issuer, data, sheet->licence, sheet->data_key, error);
  if (mdl != NULL)
    plt_press_files_add (files, "mdl.cbor", "application/cbor", "Data",
                         "ISO/IEC 18013-5 mobile driving licence", mdl);
  return mdl != NULL;
}

static GBytes *
finish_file (PltPress          *self,
             PltStoreCardData  *data,
             Sheet             *sheet,
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
  if (!add_signed_data (self, data, sheet, files, error))
    return NULL;
  content.attachments = plt_press_files_get (files, &content.n_attachments);
  return plt_card_file_make (plt_card_drawn_get_pdf (drawn), &content, sheet->file_key,
                             &file->unsigned_sha256, error);
}

/* ID-1, each upright or not. */
static gboolean
has_two_sides (PltLayout *layout)
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
draw_file (PltPress          *self,
           PltStoreCardData  *data,
           Sheet             *sheet,
           PltStoreCardFile  *file,
           GError           **error)
{
  g_autoptr (PltCardDrawn) drawn = NULL;
  g_autoptr (GBytes) whole = NULL;

  if (!has_two_sides (sheet->layout))
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
  file->file = finish_file (self, data, sheet, drawn, file, error);
  return file->file != NULL;
}

static char *
describe_keys (Sheet *sheet)
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
plt_press_make_file (PltPress          *self,
                     PltStoreCardData  *data,
                     GError           **error)
{
  g_autoptr (PltStoreCardFile) file = g_new0 (PltStoreCardFile, 1);
  g_autoptr (Sheet) sheet = make_sheet (self, data, error);

  if (sheet == NULL)
    return NULL;
  file->layout = g_strdup (plt_layout_get_id (sheet->layout));
  file->layout_version = plt_layout_get_version (sheet->layout);
  file->layout_digest = g_strdup (plt_layout_get_digest (sheet->layout));
  file->inputs = plt_card_inputs_to_json (sheet->inputs, file->layout, file->layout_version,
                                          file->layout_digest);
  if (!draw_file (self, data, sheet, file, error))
    return NULL;
  file->keys = describe_keys (sheet);
  file->file_sha256 = plt_card_file_hash (file->file);
  file->qr_text = g_steal_pointer (&sheet->qr_text);
  file->pdf417 = g_steal_pointer (&sheet->pdf417);
  file->mrz = g_steal_pointer (&sheet->mrz);
  return g_steal_pointer (&file);
}

GBytes *
plt_press_make_code (PltPress          *self,
                     PltStoreCardData  *data,
                     PltPayload         payload,
                     GError           **error)
{
  g_autoptr (Sheet) sheet = make_sheet (self, data, error);

  if (sheet == NULL)
    return NULL;
  if (payload == PLT_PAYLOAD_PDF417)
    return g_steal_pointer (&sheet->pdf417);
  char *text = payload == PLT_PAYLOAD_MRZ ? g_steal_pointer (&sheet->mrz)
                                             : g_steal_pointer (&sheet->qr_text);
  return g_bytes_new_take (text, strlen (text));
}

gboolean
plt_press_check_layout (PltPress  *self,
                        char     **text,
                        GError   **error)
{
  g_autoptr (PltLayoutShelf) shelf
      = plt_layout_shelf_new ((const char * const *) self->layout_folders);
  guint n = plt_layout_shelf_get_n_items (shelf);

  for (guint i = 0; i < n; i++)
    {
      const PltLayoutShelfItem *item = plt_layout_shelf_get_item (shelf, i);

      if (item->error == NULL)
        continue;
      g_propagate_error (error, g_error_copy (item->error));
      return FALSE;
    }
  *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u layout is installed, without a fault.",
                                        "%u layouts are installed, all without a fault.", n), n);
  return TRUE;
}

gboolean
plt_press_check_keys (PltPress  *self,
                      char     **text,
                      GError   **error)
{
  g_autoptr (PltKeyRing) ring = plt_press_dup_ring (self, error);

  return ring != NULL && plt_office_keys_check (ring, self->config, get_now (), text, error);
}
