/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loads a layout: its head, fonts, pictograms and pages, and the digest of all of them. */
#include "plt-layout.h"

#include "plt-card-fixed.h"
#include "plt-card-renderer.h"
#include "plt-layout-members.h"
#include "plt-layout-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT 1
#define DEFAULT_SAFE_MARGIN 3.0 /* mm */

G_DEFINE_QUARK (plt-card-error-quark, plt_card_error)
G_DEFINE_FINAL_TYPE (PltLayout, plt_layout, G_TYPE_OBJECT)

static void
plt_layout_finalize (GObject *object)
{
  PltLayout *self = PLT_LAYOUT (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->digest);
  g_clear_pointer (&self->valid_from, g_date_free);
  g_clear_pointer (&self->valid_to, g_date_free);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_clear_pointer (&self->fixed, plt_card_fixed_free);
  g_clear_pointer (&self->fonts, g_ptr_array_unref);
  g_clear_pointer (&self->font_config, FcConfigDestroy);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->hyphenations, g_ptr_array_unref);
  g_clear_pointer (&self->pictograms, g_hash_table_unref);
  g_clear_pointer (&self->files, g_hash_table_unref);
  g_clear_pointer (&self->paths, g_hash_table_unref);
  G_OBJECT_CLASS (plt_layout_parent_class)->finalize (object);
}

static void
plt_layout_class_init (PltLayoutClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_layout_finalize;
}

static void
plt_layout_init (PltLayout *self)
{
  static int last_serial;

  self->serial = (guint) g_atomic_int_add (&last_serial, 1) + 1;
  self->fixed = plt_card_fixed_new ();
  self->width = PLT_CARD_WIDTH_MM;
  self->height = PLT_CARD_HEIGHT_MM;
  self->safe_margin = DEFAULT_SAFE_MARGIN;
  self->pages = plt_layout_pages_new ();
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
read_id (PltLayout            *self,
         const PltLayoutText  *text,
         JsonObject           *root)
{
  const char *id = plt_layout_get_string (text, root, "", "id");

  if (id == NULL)
    return;
  if (strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen (id) || strlen (id) > 63)
    plt_layout_text_fail (text, "id",
                          _("may hold small letters a to z, digits and hyphens, 63 at most"));
  self->id = g_strdup (id);
}

static void
read_dates (PltLayout            *self,
            const PltLayoutText  *text,
            JsonObject           *root)
{
  plt_layout_get_date (text, root, "", "valid_from", &self->valid_from);
  plt_layout_get_date (text, root, "", "valid_to", &self->valid_to);
  if (self->valid_from != NULL && self->valid_to != NULL
      && g_date_compare (self->valid_from, self->valid_to) > 0)
    plt_layout_text_fail (text, "valid_to", _("must not be before “valid_from”"));
}

/* FALSE where the file is of a format that this program does not know: nothing else in it can be
 * judged. */
static gboolean
read_head (PltLayout            *self,
           const PltLayoutText  *text,
           JsonObject           *root)
{
  static const char *const known[] = {
    "$schema", "format", "id", "version", "title", "comment", "valid_from", "valid_to", "width",
    "height", "bleed", "safe_margin", "fonts", "abbreviations", "hyphenation", "pictograms",
    "front", "back", "pages", NULL
  };
  int format = FORMAT;

  plt_layout_get_whole (text, root, "", "format", &format);
  if (format != FORMAT)
    return plt_layout_text_fail (text, "format",
                                 _("this version of the program reads format %d, not %d"), FORMAT,
                                 format);
  plt_layout_check_members (text, root, "", known);
  plt_layout_get_whole (text, root, "", "version", &self->version);
  read_id (self, text, root);
  self->title = g_strdup (plt_layout_get_string (text, root, "", "title"));
  read_dates (self, text, root);
  return TRUE;
}

/* Every fault is noted down in @text. */
static void
read_body (PltLayout            *self,
           const PltLayoutText  *text,
           JsonObject           *root)
{
  if (!read_head (self, text, root))
    return;
  plt_layout_check_characters (text, root);
  plt_layout_read_fonts (self, text, plt_layout_get_array (text, root, "", "fonts"));
  plt_layout_read_rules (self, text, root);
  plt_layout_read_pictograms (self, text, root);
  plt_layout_read_pages (self, text, root);
}

/* @kind: "file" of the layout's folder, "font" or "hyphenation". @path: where it was read from. The
 * same name again must be the same file. */
void
plt_layout_add_file (PltLayout  *self,
                     const char *kind,
                     const char *name,
                     const char *path,
                     const char *sha256)
{
  g_autofree char *key = g_strdup_printf ("%s %s", kind, name);

  g_hash_table_insert (self->files, g_strdup (key), g_strdup (sha256));
  g_hash_table_insert (self->paths, g_strdup (key), g_strdup (path));
}

/* SHA-256 over "<kind> <name> <SHA-256>\n" of every file, sorted. */
static char *
make_digest (PltLayout *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (self->files), (GCompareFunc) strcmp);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *line = g_strdup_printf ("%s %s\n", (char *) l->data,
                                               (char *) g_hash_table_lookup (self->files, l->data));

      g_checksum_update (checksum, (const guchar *) line, -1);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

const PltLayoutFont *
plt_layout_find_font (PltLayout  *self,
                      const char *name)
{
  for (guint i = 0; i < self->fonts->len; i++)
    {
      PltLayoutFont *font = g_ptr_array_index (self->fonts, i);

      if (g_str_equal (font->name, name))
        return font;
    }
  return NULL;
}

static PltLayout *
read_layout (PltLayoutText *text)
{
  g_autoptr (PltLayout) self = g_object_new (PLT_TYPE_LAYOUT, NULL);
  JsonObject *root = plt_layout_get_object (text, plt_layout_text_get_root (text), "");

  plt_layout_add_file (self, "file", "layout.json", text->file, text->sha256);
  if (root != NULL)
    read_body (self, text, root);
  if (plt_layout_text_count (text) > 0)
    return NULL;
  self->digest = make_digest (self);
  return g_steal_pointer (&self);
}

/* Errors: PLT_CARD_ERROR_LAYOUT with file, line and member; PLT_CARD_ERROR_FONT with the package
 * to install. Of several faults the first in the file. Returns: (transfer full) (nullable) */
PltLayout *
plt_layout_new_from_file (const char  *path,
                          GError     **error)
{
  g_autoptr (PltLayoutText) text = NULL;
  g_autoptr (PltLayout) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  text = plt_layout_text_load (path, error);
  if (text == NULL)
    return NULL;
  self = read_layout (text);
  plt_layout_text_end (text, error);
  return g_steal_pointer (&self);
}

/**
 * plt_layout_read_all_faults:
 * @path: of a layout.json
 * @layout: (out) (transfer full) (nullable): the layout where it has no fault
 *
 * Returns: (element-type GError) (transfer full): every fault, in the order of the file
 */
GPtrArray *
plt_layout_read_all_faults (const char  *path,
                            PltLayout  **layout)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (PltLayoutText) text = NULL;
  GError *error = NULL;

  g_return_val_if_fail (path != NULL && layout != NULL, NULL);

  *layout = NULL;
  text = plt_layout_text_load (path, &error);
  if (text != NULL)
    {
      *layout = read_layout (text);
      return plt_layout_text_dup_faults (text);
    }
  faults = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_ptr_array_add (faults, error);
  return g_steal_pointer (&faults);
}

const char *
plt_layout_get_id (PltLayout *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT (self), NULL);

  return self->id;
}

int
plt_layout_get_version (PltLayout *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT (self), 0);

  return self->version;
}

const char *
plt_layout_get_title (PltLayout *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT (self), NULL);

  return self->title;
}

/* Returns: SHA-256 in lower-case hexadecimal over all files that a card depends on: layout.json,
 * pictograms, artwork and fonts, by content. Two layouts with the same digest draw the same. */
const char *
plt_layout_get_digest (PltLayout *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT (self), NULL);

  return self->digest;
}

/* Two of a card (0 is the front), more of a booklet, one of a sheet. */
guint
plt_layout_get_n_pages (PltLayout *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT (self), 0);

  return self->pages->len;
}

const PltLayoutPage *
plt_layout_get_page (PltLayout *self,
                     guint      page)
{
  return g_ptr_array_index (self->pages, page);
}

const PltElement *
plt_layout_get_element (PltLayout *self,
                        guint      page,
                        guint      index)
{
  return g_ptr_array_index (plt_layout_get_page (self, page)->elements, index);
}

/* Returns: (transfer none): what people call the page. */
const char *
plt_layout_get_page_title (PltLayout *self,
                           guint      page)
{
  g_return_val_if_fail (PLT_IS_LAYOUT (self) && page < self->pages->len, NULL);

  return plt_layout_get_page (self, page)->title;
}

/* The trimmed page in mm. */
void
plt_layout_get_page_size (PltLayout *self,
                          guint      page,
                          double    *width,
                          double    *height)
{
  g_return_if_fail (PLT_IS_LAYOUT (self) && page < self->pages->len);

  *width = plt_layout_get_page (self, page)->width;
  *height = plt_layout_get_page (self, page)->height;
}

/* How far the artwork goes beyond the trim on each side, mm. */
double
plt_layout_get_bleed (PltLayout *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT (self), 0);

  return self->bleed;
}

/**
 * plt_layout_show_bleed:
 * @self: a layout with which nothing has been drawn yet
 *
 * From now on the pages of its files are larger than the trim, by plt_layout_get_bleed() on each side.
 * Pictures stay as they are.
 */
void
plt_layout_show_bleed (PltLayout *self)
{
  g_return_if_fail (PLT_IS_LAYOUT (self));

  self->is_bled = TRUE;
}

/* How much of the bleed the pages of a file show on each side, mm. */
double
plt_layout_get_shown_bleed (PltLayout *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT (self), 0);

  return self->is_bled ? self->bleed : 0;
}

/* How far from the trim what must not be cut has to stay, mm. */
double
plt_layout_get_safe_margin (PltLayout *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT (self), 0);

  return self->safe_margin;
}

/* Returns: #PltCardLayers: those on which there may be something */
guint
plt_layout_get_layers (PltLayout *self)
{
  guint layers = 0;

  g_return_val_if_fail (PLT_IS_LAYOUT (self), 0);

  for (guint page = 0; page < self->pages->len; page++)
    {
      GPtrArray *elements = plt_layout_get_page (self, page)->elements;

      for (guint i = 0; i < elements->len; i++)
        layers |= ((const PltElement *) g_ptr_array_index (elements, i))->layers;
    }

  return layers;
}

/* Returns: (transfer none) (nullable): the first day on which it may be used. */
GDate *
plt_layout_get_valid_from (PltLayout *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT (self), NULL);

  return self->valid_from;
}

/* Returns: (transfer none) (nullable): the last day on which it may be used. */
GDate *
plt_layout_get_valid_to (PltLayout *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT (self), NULL);

  return self->valid_to;
}

gboolean
plt_layout_is_valid_on (PltLayout   *self,
                        const GDate *date)
{
  g_return_val_if_fail (PLT_IS_LAYOUT (self) && date != NULL, FALSE);

  return (self->valid_from == NULL || g_date_compare (date, self->valid_from) >= 0)
         && (self->valid_to == NULL || g_date_compare (date, self->valid_to) <= 0);
}
