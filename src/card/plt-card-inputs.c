/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that is drawn on one card, and its canonical JSON. */
#include "config.h"

#include "plt-card-inputs.h"

#include "plt-card-fields.h"

#include <json-glib/json-glib.h>

struct _PltCardInputs
{
  gatomicrefcount  ref_count;
  GHashTable      *values;
  GPtrArray       *categories;
  GBytes          *portrait;
  char            *approved_sha256;
  char            *portrait_taken_at;
  GBytes          *signature;
  PltCardInk      *ink; /* of @signature, where somebody has read it already */
  char            *mrz;
  char *mrz_in[PLT_N_CARD_MRZ_MANNERS]; /* of a sample, which is tried on layouts of all manners */
  char            *qr_text;
  GBytes          *pdf417;
  GBytes          *aamva; /* of a PDF417 whose layout says so */
  gboolean         specimen;
  int              renderer;
};

/* Written out because G_DEFINE_BOXED_TYPE is no ISO C (-Wpedantic). */
GType
plt_card_inputs_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    {
      GType id = g_boxed_type_register_static (g_intern_static_string ("PltCardInputs"),
                                               (GBoxedCopyFunc) plt_card_inputs_ref,
                                               (GBoxedFreeFunc) plt_card_inputs_unref);

      g_once_init_leave (&type, id);
    }
  return type;
}

static void
take_bytes (GBytes **field,
            GBytes  *bytes)
{
  GBytes *old = *field;

  *field = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  g_clear_pointer (&old, g_bytes_unref);
}

static void
add_bytes (JsonObject   *object,
           const char   *name,
           GBytes       *bytes,
           PltCardHash   hash)
{
  g_autofree char *text = NULL;

  if (bytes == NULL)
    return;
  text = hash != NULL ? hash (bytes) : g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  json_object_set_string_member (object, name, text);
}

static void
add_text (JsonObject *object,
          const char *name,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

/* Members are added in the order of their names: that is what makes the text canonical. */
static JsonObject *
category_to_object (const PltCategoryEntry *entry)
{
  JsonObject *object = json_object_new ();
  g_autofree char *from = plt_date_is_set (entry->from) ? plt_date_to_iso (entry->from) : NULL;
  g_autofree char *to = plt_date_is_set (entry->to) ? plt_date_to_iso (entry->to) : NULL;

  json_object_set_string_member (object, "code", plt_category_to_code (entry->category));
  add_text (object, "from", from);
  add_text (object, "restrictions", entry->restrictions);
  add_text (object, "to", to);
  return object;
}

static JsonArray *
categories_to_array (GPtrArray *entries)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < entries->len; i++)
    json_array_add_object_element (array, category_to_object (g_ptr_array_index (entries, i)));
  return array;
}

static JsonObject *
values_to_object (GHashTable *values)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (values), (GCompareFunc) strcmp);

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_string_member (object, l->data, g_hash_table_lookup (values, l->data));
  return object;
}

PltCardInputs *
plt_card_inputs_new (void)
{
  PltCardInputs *self = g_new0 (PltCardInputs, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->renderer = PLT_CARD_RENDERER_VERSION;
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->categories = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_category_entry_free);
  return self;
}

PltCardInputs *
plt_card_inputs_ref (PltCardInputs *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
plt_card_inputs_unref (PltCardInputs *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->values);
  g_ptr_array_unref (self->categories);
  g_clear_pointer (&self->portrait, g_bytes_unref);
  g_clear_pointer (&self->signature, g_bytes_unref);
  g_clear_pointer (&self->ink, plt_card_ink_free);
  g_clear_pointer (&self->pdf417, g_bytes_unref);
  g_clear_pointer (&self->aamva, g_bytes_unref);
  g_free (self->approved_sha256);
  g_free (self->portrait_taken_at);
  g_free (self->mrz);
  for (guint i = 0; i < G_N_ELEMENTS (self->mrz_in); i++)
    g_free (self->mrz_in[i]);
  g_free (self->qr_text);
  g_free (self);
}

void
plt_card_inputs_set_renderer (PltCardInputs *self,
                              int            version)
{
  g_return_if_fail (self != NULL);

  self->renderer = version;
}

int
plt_card_inputs_get_renderer (PltCardInputs *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->renderer;
}

/* What a name of blanks alone leaves on the card is no name. */
static gboolean
is_blank (const char *value)
{
  while (g_unichar_isspace (g_utf8_get_char_validated (value, -1)))
    value = g_utf8_next_char (value);
  return *value == '\0';
}

/* @value is copied; NULL and blanks alone, or nothing, take the value away. */
void
plt_card_inputs_set_value (PltCardInputs *self,
                           const char    *name,
                           const char    *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL && plt_card_field_is_known (name));
  g_return_if_fail (!plt_card_field_is_derived (name));

  if (value == NULL || is_blank (value))
    g_hash_table_remove (self->values, name);
  else
    g_hash_table_insert (self->values, g_strdup (name), g_strdup (value));
}

/* @entries: (element-type PltCategoryEntry) (nullable): copied. */
void
plt_card_inputs_set_categories (PltCardInputs *self,
                                GPtrArray     *entries)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_set_size (self->categories, 0);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    g_ptr_array_add (self->categories, plt_category_entry_copy (g_ptr_array_index (entries, i)));
}

void
plt_card_inputs_set_portrait (PltCardInputs *self,
                              GBytes        *jpeg_or_png)
{
  g_return_if_fail (self != NULL);

  take_bytes (&self->portrait, jpeg_or_png);
}

void
plt_card_inputs_set_approved (PltCardInputs *self,
                              const char    *sha256)
{
  g_return_if_fail (self != NULL);

  g_free (self->approved_sha256);
  self->approved_sha256 = g_strdup (sha256);
}

const char *
plt_card_inputs_get_approved (PltCardInputs *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->approved_sha256;
}

void
plt_card_inputs_set_portrait_taken_at (PltCardInputs *self,
                                       const char    *taken_at)
{
  g_return_if_fail (self != NULL);

  g_free (self->portrait_taken_at);
  self->portrait_taken_at = g_strdup (taken_at);
}

void
plt_card_inputs_set_signature (PltCardInputs *self,
                               GBytes        *png_or_jpeg)
{
  g_return_if_fail (self != NULL);

  take_bytes (&self->signature, png_or_jpeg);
  g_clear_pointer (&self->ink, plt_card_ink_free);
}

/* @ink: (transfer full) (nullable): of the signature that was set */
void
plt_card_inputs_take_ink (PltCardInputs *self,
                          PltCardInk    *ink)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->ink, plt_card_ink_free);
  self->ink = ink;
}

void
plt_card_inputs_set_mrz (PltCardInputs *self,
                         const char    *line)
{
  g_return_if_fail (self != NULL);

  g_free (self->mrz);
  self->mrz = g_strdup (line);
}

/* As @self has it on layouts of this manner, in place of the other. */
void
plt_card_inputs_set_mrz_in (PltCardInputs    *self,
                            PltCardMrzManner  manner,
                            const char       *zone)
{
  g_return_if_fail (self != NULL);

  g_free (self->mrz_in[manner]);
  self->mrz_in[manner] = g_strdup (zone);
}

const char *
plt_card_inputs_get_mrz_in (PltCardInputs    *self,
                            PltCardMrzManner  manner)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->mrz_in[manner] != NULL ? self->mrz_in[manner] : self->mrz;
}

void
plt_card_inputs_set_qr_text (PltCardInputs *self,
                             const char    *base45)
{
  g_return_if_fail (self != NULL);

  g_free (self->qr_text);
  self->qr_text = g_strdup (base45);
}

void
plt_card_inputs_set_pdf417 (PltCardInputs *self,
                            GBytes        *payload)
{
  g_return_if_fail (self != NULL);

  take_bytes (&self->pdf417, payload);
}

/* @payload: for a PDF417 of the payload “aamva”; a card has either one or the other. */
void
plt_card_inputs_set_aamva (PltCardInputs *self,
                           GBytes        *payload)
{
  g_return_if_fail (self != NULL);

  take_bytes (&self->aamva, payload);
}

void
plt_card_inputs_set_specimen (PltCardInputs *self,
                              gboolean       specimen)
{
  g_return_if_fail (self != NULL);

  self->specimen = specimen;
}

const char *
plt_card_inputs_get_value (PltCardInputs *self,
                           const char    *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->values, name);
}

GPtrArray *
plt_card_inputs_get_categories (PltCardInputs *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->categories;
}

GBytes *
plt_card_inputs_get_portrait (PltCardInputs *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->portrait;
}

GBytes *
plt_card_inputs_get_signature (PltCardInputs *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->signature;
}

PltCardInk *
plt_card_inputs_get_ink (PltCardInputs *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->ink;
}

const char *
plt_card_inputs_get_mrz (PltCardInputs *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->mrz;
}

const char *
plt_card_inputs_get_qr_text (PltCardInputs *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->qr_text;
}

GBytes *
plt_card_inputs_get_pdf417 (PltCardInputs *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->pdf417;
}

GBytes *
plt_card_inputs_get_aamva (PltCardInputs *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->aamva;
}

gboolean
plt_card_inputs_get_specimen (PltCardInputs *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->specimen;
}

/* Returns: (transfer full): one line of JSON, members sorted by name. Pictures and the PDF417
 * payload stand as lower-case SHA-256. */
char *
plt_card_inputs_to_json (PltCardInputs *self,
                         const char    *layout_id,
                         int            layout_version,
                         const char    *layout_digest,
                         PltCardHash    hash)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  gboolean is_aamva;

  g_return_val_if_fail (self != NULL && layout_id != NULL, NULL);

  is_aamva = self->pdf417 == NULL && self->aamva != NULL;

  json_object_set_array_member (object, "categories", categories_to_array (self->categories));
  json_object_set_string_member (object, "layout", layout_id);
  add_text (object, "layout_digest", layout_digest);
  json_object_set_int_member (object, "layout_version", layout_version);
  add_text (object, "mrz", self->mrz);
  add_text (object, "pdf417_payload", is_aamva ? "aamva" : NULL);
  add_bytes (object, "pdf417_sha256", is_aamva ? self->aamva : self->pdf417, hash);
  add_text (object, PLT_CARD_APPROVED_MEMBER, self->approved_sha256);
  add_bytes (object, "portrait_sha256", self->portrait, hash);
  add_text (object, "portrait_taken_at", self->portrait_taken_at);
  add_text (object, "qr_text", self->qr_text);
  add_text (object, "renderer", "Platen " PLT_VERSION);
  json_object_set_int_member (object, PLT_CARD_RENDERER_MEMBER, self->renderer);
  add_bytes (object, "signature_sha256", self->signature, hash);
  json_object_set_boolean_member (object, "specimen", self->specimen);
  json_object_set_object_member (object, "values", values_to_object (self->values));
  json_node_take_object (root, object);
  return json_to_string (root, FALSE);
}
