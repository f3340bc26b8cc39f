/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-card-inputs-reader.h"

#include "plt-card-fields.h"
#include "plt-layout.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

static gboolean
fail_form (GError **error)
{
  g_set_error_literal (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT,
                       _("The card was not drawn again, because what is kept of its drawing cannot be "
                         "read. Tell the administrator."));
  return FALSE;
}

static gboolean
fail_bytes (const char  *words,
            GError     **error)
{
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
               /* Translators: %s is “portrait”, “signature of the holder” or “PDF417 bar code”. */
               _("The card was not drawn again, because the %s that is kept is not the one that was "
                 "drawn. Tell the auditor."), words);
  return FALSE;
}

/* NULL where there is none, or it is no text. */
static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gboolean
is_same (GBytes     *bytes,
         const char *sha256)
{
  g_autofree char *hash = bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes)
                                        : NULL;

  return g_strcmp0 (hash, sha256) == 0;
}

static gboolean
read_values (PltCardInputs  *self,
             JsonObject     *values,
             GError        **error)
{
  g_autoptr (GList) names = json_object_get_members (values);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *value = get_text (values, l->data);

      if (value == NULL || !plt_card_field_is_known (l->data) || plt_card_field_is_derived (l->data))
        return fail_form (error);
      plt_card_inputs_set_value (self, l->data, value);
    }
  return TRUE;
}

static const char *
get_or_empty (JsonObject *object,
              const char *name)
{
  const char *text = get_text (object, name);

  return text != NULL ? text : "";
}

/* In the text form of plt-category.h. */
static gboolean
read_categories (PltCardInputs  *self,
                 JsonArray      *array,
                 GError        **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) entries = NULL;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (entry == NULL)
        return fail_form (error);
      g_string_append_printf (text, "%s%s;%s;%s;%s", i > 0 ? "|" : "", get_or_empty (entry, "code"),
                              get_or_empty (entry, "from"), get_or_empty (entry, "to"),
                              get_or_empty (entry, "restrictions"));
    }
  entries = plt_categories_parse (text->str, NULL);
  if (entries == NULL)
    return fail_form (error);
  plt_card_inputs_set_categories (self, entries);
  return TRUE;
}

static gboolean
read_members (PltCardInputs  *self,
              JsonObject     *root,
              GError        **error)
{
  JsonNode *values = json_object_get_member (root, "values");
  JsonNode *categories = json_object_get_member (root, "categories");

  if (values == NULL || !JSON_NODE_HOLDS_OBJECT (values) || categories == NULL
      || !JSON_NODE_HOLDS_ARRAY (categories))
    return fail_form (error);
  plt_card_inputs_set_mrz (self, get_text (root, "mrz"));
  plt_card_inputs_set_approved (self, get_text (root, PLT_CARD_APPROVED_MEMBER));
  plt_card_inputs_set_portrait_taken_at (self, get_text (root, "portrait_taken_at"));
  plt_card_inputs_set_qr_text (self, get_text (root, "qr_text"));
  plt_card_inputs_set_specimen (self,
                                json_object_get_boolean_member_with_default (root, "specimen", FALSE));
  return read_values (self, json_node_get_object (values), error)
         && read_categories (self, json_node_get_array (categories), error);
}

static gboolean
check_bytes (JsonObject  *root,
             GBytes      *portrait,
             GBytes      *signature,
             GBytes      *pdf417,
             GError     **error)
{
  if (!is_same (portrait, get_text (root, "portrait_sha256")))
    return fail_bytes (_("portrait"), error);
  if (!is_same (signature, get_text (root, "signature_sha256")))
    return fail_bytes (_("signature of the holder"), error);
  return is_same (pdf417, get_text (root, "pdf417_sha256"))
         || fail_bytes (_("PDF417 bar code"), error);
}

/* Those of version 1 nobody draws any more: they are tried as those of the next. */
static int
find_renderer (const char *json)
{
  int version = plt_card_inputs_read_renderer (json);

  return CLAMP (version, PLT_CARD_RENDERER_IN_ORDER, PLT_CARD_RENDERER_VERSION);
}

PltCardInputs *
plt_card_inputs_new_from_json (const char  *json,
                               GBytes      *portrait,
                               GBytes      *signature,
                               GBytes      *pdf417,
                               GError     **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (PltCardInputs) self = plt_card_inputs_new ();

  g_return_val_if_fail (json != NULL, NULL);

  node = json_from_string (json, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      fail_form (error);
      return NULL;
    }
  if (!check_bytes (json_node_get_object (node), portrait, signature, pdf417, error)
      || !read_members (self, json_node_get_object (node), error))
    return NULL;
  plt_card_inputs_set_renderer (self, find_renderer (json));
  plt_card_inputs_set_portrait (self, portrait);
  plt_card_inputs_set_signature (self, signature);
  if (g_strcmp0 (get_text (json_node_get_object (node), "pdf417_payload"), "aamva") == 0)
    plt_card_inputs_set_aamva (self, pdf417);
  else
    plt_card_inputs_set_pdf417 (self, pdf417);
  return g_steal_pointer (&self);
}

int
plt_card_inputs_read_renderer (const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
         ? (int) json_object_get_int_member_with_default (json_node_get_object (node),
                                                          PLT_CARD_RENDERER_MEMBER, 1)
         : 1;
}
