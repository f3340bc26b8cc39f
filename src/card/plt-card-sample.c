/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the fictitious persons on whom layouts are tried. */
#include "plt-card-sample.h"

#include "plt-card-fields.h"
#include "plt-date.h"
#include "plt-layout-members.h"
#include "plt-layout-source.h"
#include "plt-layout-text.h"
#include "plt-layout.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_PICTURE_BYTES (1024 * 1024)

struct _PltCardSample
{
  GObject        parent_instance;

  char          *id;
  char          *title;
  PltCardInputs *inputs;
};

G_DEFINE_FINAL_TYPE (PltCardSample, plt_card_sample, G_TYPE_OBJECT)

static void
plt_card_sample_finalize (GObject *object)
{
  PltCardSample *self = PLT_CARD_SAMPLE (object);

  g_free (self->id);
  g_free (self->title);
  g_clear_pointer (&self->inputs, plt_card_inputs_unref);
  G_OBJECT_CLASS (plt_card_sample_parent_class)->finalize (object);
}

static void
plt_card_sample_class_init (PltCardSampleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_card_sample_finalize;
}

static void
plt_card_sample_init (PltCardSample *self)
{
  self->inputs = plt_card_inputs_new ();
}

/* NULL where the member is no text. */
static const char *
read_string (const PltLayoutText *text,
             JsonNode            *node,
             const char          *path)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  plt_layout_text_fail (text, path, _("must be a text in quotes"));
  return NULL;
}

static void
read_value (PltCardSample        *self,
            const PltLayoutText  *text,
            JsonNode             *node,
            const char           *name)
{
  g_autofree char *path = g_strconcat ("values.", name, NULL);
  const char *value = read_string (text, node, path);
  PltDate date;

  if (value == NULL)
    return;
  if (!plt_card_field_is_known (name) || plt_card_field_is_derived (name))
    plt_layout_text_fail (text, path, _("“%s” is not the name of a value"), name);
  else if (plt_card_field_is_date (name) && *value != '\0' && !plt_date_parse_iso (value, &date))
    plt_layout_text_fail (text, path, _("must be a day such as “2026-03-31”, not “%s”"), value);
  else
    plt_card_inputs_set_value (self->inputs, name, value);
}

static void
read_values (PltCardSample        *self,
             const PltLayoutText  *text,
             JsonNode             *node)
{
  g_autoptr (GList) names = NULL;
  JsonObject *values = plt_layout_get_object (text, node, "values");

  if (values == NULL)
    return;
  names = json_object_get_members (values);
  for (GList *l = names; l != NULL; l = l->next)
    read_value (self, text, json_object_get_member (values, l->data), l->data);
}

static void
read_categories (PltCardSample        *self,
                 const PltLayoutText  *text,
                 const char           *value)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GPtrArray) entries = plt_categories_parse (value, &problem);

  if (entries != NULL)
    plt_card_inputs_set_categories (self->inputs, entries);
  else
    plt_layout_text_fail (text, "categories", "%s", problem->message);
}

/* A picture in the sample's own folder. */
static void
read_picture (PltCardSample        *self,
              const PltLayoutText  *text,
              const char           *member,
              const char           *name)
{
  g_autofree char *path = NULL;
  g_autofree char *problem = NULL;
  g_autoptr (GBytes) picture = NULL;

  if (strchr (name, '/') != NULL || *name == '\0')
    {
      plt_layout_text_fail (text, member, _("must be the name of a file in the same folder"));
      return;
    }
  picture = plt_layout_read_own_file (text->file, name, MAX_PICTURE_BYTES, &path, &problem);
  if (picture == NULL)
    plt_layout_text_fail (text, member, _("the file “%s” cannot be read: %s"), path, problem);
  else if (g_str_equal (member, "portrait"))
    plt_card_inputs_set_portrait (self->inputs, picture);
  else
    plt_card_inputs_set_signature (self->inputs, picture);
}

static void
read_pdf417 (PltCardSample        *self,
             const PltLayoutText  *text,
             const char           *name,
             const char           *value)
{
  gsize size = 0;
  g_autofree guchar *data = g_base64_decode (value, &size);
  g_autoptr (GBytes) payload = g_bytes_new (data, size);

  if (size == 0)
    plt_layout_text_fail (text, name, _("must be base64"));
  else if (g_str_equal (name, "aamva"))
    plt_card_inputs_set_aamva (self->inputs, payload);
  else
    plt_card_inputs_set_pdf417 (self->inputs, payload);
}

static void
read_text_member (PltCardSample        *self,
                  const PltLayoutText  *text,
                  const char           *name,
                  const char           *value)
{
  if (g_str_equal (name, "title") && *value != '\0')
    self->title = g_strdup (value);
  else if (g_str_equal (name, "categories"))
    read_categories (self, text, value);
  else if (g_str_equal (name, "pdf417") || g_str_equal (name, "aamva"))
    read_pdf417 (self, text, name, value);
  else if (g_str_equal (name, "mrz"))
    plt_card_inputs_set_mrz (self->inputs, value);
  else if (g_str_equal (name, "mrz_nl"))
    plt_card_inputs_set_mrz_in (self->inputs, PLT_CARD_MRZ_NL, value);
  else if (g_str_equal (name, "mrz_ch"))
    plt_card_inputs_set_mrz_in (self->inputs, PLT_CARD_MRZ_CH, value);
  else if (g_str_equal (name, "qr"))
    plt_card_inputs_set_qr_text (self->inputs, value);
  else
    read_picture (self, text, name, value);
}

static void
read_members (PltCardSample        *self,
              const PltLayoutText  *text,
              JsonObject           *root)
{
  static const char *const known[] = { "title", "values",  "categories", "portrait", "signature",
                                       "mrz",   "mrz_nl",  "mrz_ch",     "qr",       "pdf417",
                                       "aamva", "comment", NULL };
  g_autoptr (GList) names = json_object_get_members (root);

  plt_layout_check_members (text, root, "", known);
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (root, l->data);
      const char *value;

      if (g_str_equal (l->data, "values"))
        read_values (self, text, node);
      else if (g_strv_contains (known, l->data) && !g_str_equal (l->data, "comment")
               && (value = read_string (text, node, l->data)) != NULL)
        read_text_member (self, text, l->data, value);
    }
  if (self->title == NULL)
    plt_layout_text_fail (text, "title", _("is missing"));
}

static char *
make_id (const char *path)
{
  char *id = g_path_get_basename (path);

  if (g_str_has_suffix (id, ".json"))
    id[strlen (id) - strlen (".json")] = '\0';
  return id;
}

/**
 * plt_card_sample_new_from_file:
 *
 * Its card is always marked as a specimen. The format stands in data/layouts/proof/README.md.
 *
 * Returns: (transfer full) (nullable): NULL with PLT_CARD_ERROR_LAYOUT, which names file, line and
 * member
 */
PltCardSample *
plt_card_sample_new_from_file (const char  *path,
                               GError     **error)
{
  g_autoptr (PltLayoutText) text = NULL;
  g_autoptr (PltCardSample) self = NULL;
  JsonObject *root;

  g_return_val_if_fail (path != NULL, NULL);

  text = plt_layout_text_load (path, error);
  if (text == NULL)
    return NULL;
  self = g_object_new (PLT_TYPE_CARD_SAMPLE, NULL);
  self->id = make_id (path);
  plt_card_inputs_set_specimen (self->inputs, TRUE);
  root = plt_layout_get_object (text, plt_layout_text_get_root (text), "");
  if (root != NULL)
    read_members (self, text, root);
  return plt_layout_text_end (text, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
add_folder (GHashTable  *paths,
            const char  *folder,
            GError     **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_hash_table_replace (paths, g_strdup (name), g_build_filename (folder, name, NULL));
  return TRUE;
}

/**
 * plt_card_samples_read_all:
 * @folders: where the samples’ JSON files lie; a later one’s takes the place of its namesake
 *
 * Returns: (element-type PltCardSample) (transfer full) (nullable): sorted by file name; %NULL with
 * an error when a folder cannot be read, all are empty, or a file is wrong
 */
GPtrArray *
plt_card_samples_read_all (const char *const  *folders,
                           GError            **error)
{
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GList) names = NULL;
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (folders != NULL, NULL);

  for (guint i = 0; folders[i] != NULL; i++)
    if (!add_folder (paths, folders[i], error))
      return NULL;
  names = g_list_sort (g_hash_table_get_keys (paths), (GCompareFunc) strcmp);
  for (GList *l = names; l != NULL; l = l->next)
    {
      PltCardSample *sample
        = plt_card_sample_new_from_file (g_hash_table_lookup (paths, l->data), error);

      if (sample == NULL)
        return NULL;
      g_ptr_array_add (samples, sample);
    }
  if (samples->len > 0)
    return g_steal_pointer (&samples);
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_MISSING,
               _("The folder “%s” holds no records to try a layout on."),
               folders[0] != NULL ? folders[0] : "proof");
  return NULL;
}

/* Returns: (element-type PltCardSample) (transfer full) (nullable): those of one folder. */
GPtrArray *
plt_card_samples_read (const char  *folder,
                       GError     **error)
{
  const char *const folders[] = { folder, NULL };

  g_return_val_if_fail (folder != NULL, NULL);

  return plt_card_samples_read_all (folders, error);
}

/* The file's name without its ending. */
const char *
plt_card_sample_get_id (PltCardSample *self)
{
  g_return_val_if_fail (PLT_IS_CARD_SAMPLE (self), NULL);

  return self->id;
}

/* What is hard about this person, in words. */
const char *
plt_card_sample_get_title (PltCardSample *self)
{
  g_return_val_if_fail (PLT_IS_CARD_SAMPLE (self), NULL);

  return self->title;
}

/* Returns: (transfer none) */
PltCardInputs *
plt_card_sample_get_inputs (PltCardSample *self)
{
  g_return_val_if_fail (PLT_IS_CARD_SAMPLE (self), NULL);

  return self->inputs;
}
