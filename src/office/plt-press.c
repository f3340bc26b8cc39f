/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cards are made with: the issuer, the layouts that were approved, the keys; and what is shown of a
 * card before it is one. */
#include "config.h"

#include "plt-press-private.h"

#include "plt-card-renderer.h"
#include "plt-key-news.h"
#include "plt-key-ring.h"
#include "plt-layout-news.h"
#include "plt-layout-shelf.h"
#include "plt-office-error-private.h"
#include "plt-office-keys.h"
#include "plt-press-data.h"
#include "plt-press-sheet.h"

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
 * so many under way as the token has sessions for it. To keep all of these busy takes twice as many cards
 * and, as they do not come in step, some more. */
void
plt_press_widen_makers (PltPress *self)
{
  g_autoptr (PltKeyRing) ring = plt_press_dup_ring (self, NULL);
  guint n_waiting = ring != NULL ? plt_office_keys_count_waiting (ring, self->config) : 0;
  int n_threads = (int) (g_get_num_processors () + MIN (3 * n_waiting, MOST_WAITING));

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

void
plt_press_tell_news (PltPress *self)
{
  g_autoptr (PltKeyRing) ring = plt_press_dup_ring (self, NULL);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (ring != NULL)
    plt_key_news_tell (ring, get_now (), &self->warned);
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
draw_sides (PltPressSheet  *sheet,
            int             dpi,
            PltProof       *proof,
            GError        **error)
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
  g_autoptr (PltPressSheet) sheet = plt_press_sheet_new (self, data, error);

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

GBytes *
plt_press_make_code (PltPress          *self,
                     PltStoreCardData  *data,
                     PltPayload         payload,
                     PltIssuerKey     **signer,
                     GError           **error)
{
  g_autoptr (PltPressSheet) sheet = plt_press_sheet_new (self, data, error);

  if (sheet == NULL)
    return NULL;
  if (payload == PLT_PAYLOAD_PDF417)
    {
      /* That of AAMVA is not signed. */
      if (sheet->record == NULL)
        *signer = g_steal_pointer (&sheet->data_key);
      return g_steal_pointer (&sheet->pdf417);
    }
  if (payload == PLT_PAYLOAD_QR)
    *signer = g_steal_pointer (&sheet->qr_key);
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
