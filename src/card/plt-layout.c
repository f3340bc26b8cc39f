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
}

static gboolean
read_head (PltLayout            *self,
           const PltLayoutText  *text,
           JsonObject           *root,
           GError              **error)
{
  static const char *const known[] = {
    "$schema", "format", "id", "version", "title", "comment", "valid_from", "valid_to", "width",
    "height", "bleed", "safe_margin", "fonts", "abbreviations", "hyphenation", "pictograms",
    "front", "back", "pages", NULL
  };
  const char *id, *title;
  int format = 0;

  if (!plt_layout_check_members (text, root, "", known, error)
      || !plt_layout_get_whole (text, root, "", "format", &format, error))
    return FALSE;
  if (format != FORMAT)
    return plt_layout_text_fail (text, "format", error,
                                 _("this version of the program reads format %d, not %d"),
                                 FORMAT, format);
  if (!plt_layout_get_whole (text, root, "", "version", &self->version, error)
      || (id = plt_layout_get_string (text, root, "", "id", error)) == NULL
      || (title = plt_layout_get_string (text, root, "", "title", error)) == NULL
      || !plt_layout_get_date (text, root, "", "valid_from", &self->valid_from, error)
      || !plt_layout_get_date (text, root, "", "valid_to", &self->valid_to, error))
    return FALSE;
  if (strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen (id) || strlen (id) > 63)
    return plt_layout_text_fail (text, "id", error,
                                 _("may hold small letters a to z, digits and hyphens, 63 at most"));
  if (self->valid_from != NULL && self->valid_to != NULL
      && g_date_compare (self->valid_from, self->valid_to) > 0)
    return plt_layout_text_fail (text, "valid_to", error, _("must not be before “valid_from”"));
  self->id = g_strdup (id);
  self->title = g_strdup (title);
  return TRUE;
}

static gboolean
read_body (PltLayout            *self,
           const PltLayoutText  *text,
           JsonObject           *root,
           GError              **error)
{
  JsonArray *fonts = plt_layout_get_array (text, root, "", "fonts", error);

  if (fonts == NULL || !plt_layout_read_fonts (self, text, fonts, error))
    return FALSE;
  if (!plt_layout_read_rules (self, text, root, error) && !plt_layout_text_go_on (text, error))
    return FALSE;
  if (!plt_layout_read_pictograms (self, text, root, error)
      && !plt_layout_text_go_on (text, error))
    return FALSE;
  return plt_layout_read_pages (self, text, root, error);
}

/* @kind: "file" of the layout's folder, or "font". The same name again must be the same file. */
void
plt_layout_add_file (PltLayout  *self,
                     const char *kind,
                     const char *name,
                     const char *sha256)
{
  g_hash_table_insert (self->files, g_strdup_printf ("%s %s", kind, name), g_strdup (sha256));
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
read_layout (PltLayoutText  *text,
             GError        **error)
{
  g_autoptr (PltLayout) self = g_object_new (PLT_TYPE_LAYOUT, NULL);
  JsonObject *root = plt_layout_get_object (text, plt_layout_text_get_root (text), "", error);

  if (root == NULL)
    return NULL;
  plt_layout_add_file (self, "file", "layout.json", text->sha256);
  if ((!read_head (self, text, root, error) && !plt_layout_text_go_on (text, error))
      || !read_body (self, text, root, error)
      || (text->faults != NULL && text->faults->len > 0))
    return NULL;
  self->digest = make_digest (self);
  return g_steal_pointer (&self);
}

/* Errors: PLT_CARD_ERROR_LAYOUT with file, line and member; PLT_CARD_ERROR_FONT with the package
 * to install. Returns: (transfer full) (nullable) */
PltLayout *
plt_layout_new_from_file (const char  *path,
                          GError     **error)
{
  g_autoptr (PltLayoutText) text = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  text = plt_layout_text_load (path, error);
  return text != NULL ? read_layout (text, error) : NULL;
}

/**
 * plt_layout_read_all_faults:
 * @path: of a layout.json
 * @layout: (out) (transfer full) (nullable): the layout where it has no fault
 *
 * As plt_layout_new_from_file(), but goes on after a fault, so that a file is mended in one go.
 *
 * Returns: (element-type GError) (transfer full): every fault, in the order of the file
 */
GPtrArray *
plt_layout_read_all_faults (const char  *path,
                            PltLayout  **layout)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (PltLayoutText) text = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (path != NULL && layout != NULL, NULL);

  *layout = NULL;
  text = plt_layout_text_load (path, &error);
  if (text != NULL)
    {
      text->faults = g_ptr_array_ref (faults);
      *layout = read_layout (text, &error);
    }
  if (error != NULL)
    g_ptr_array_add (faults, g_steal_pointer (&error));
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

/* How far from the trim what must not be cut has to stay, mm. */
double
plt_layout_get_safe_margin (PltLayout *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT (self), 0);

  return self->safe_margin;
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
