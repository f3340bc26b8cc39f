/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets the layouts of a box in, as an office does: platenctl draws the proof sheets, which takes a
 * while and is done once for each state of the files. */
#include "plt-demo-layouts.h"
#include "plt-demo-process.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

/* One layout with its proof sheet. */
typedef struct
{
  char *layout;
  char *version;
  char *digest;
  char *valid_from;
  char *valid_to;
  char *proof; /* as PostgreSQL reads bytes: \x and hexadecimal digits */
} Sheet;

static void
sheet_free (Sheet *self)
{
  g_free (self->layout);
  g_free (self->version);
  g_free (self->digest);
  g_free (self->valid_from);
  g_free (self->valid_to);
  g_free (self->proof);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_free)

/* Tests have a home of their own each; what they share is the build. */
static char *
find_sheet_folder (void)
{
  const char *build = g_getenv ("PLATEN_BUILD_ROOT");

  return build != NULL ? g_build_filename (build, "proof-sheets", NULL)
                       : g_build_filename (g_get_user_cache_dir (), "platen", "proof-sheets", NULL);
}

/* What platenctl says of the sheets, as JSON. No configuration of somebody else's office. */
static char *
run_platenctl (const char  *folder,
               GError     **error)
{
  g_autofree char *program = plt_demo_process_find_platenctl ();
  const char *argv[] = { program, "--json", "layout", "sheets", "--keep", folder, NULL };
  g_auto (GStrv) environment = g_environ_unsetenv (g_get_environ (), "PLATEN_CONFIG");
  g_autofree char *trouble = NULL;
  char *output = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, environment, G_SPAWN_STDIN_FROM_DEV_NULL, NULL, NULL,
                     &output, &trouble, &status, error))
    return NULL;
  if (g_spawn_check_wait_status (status, NULL))
    return output;
  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED, _("“%s” failed and said: %s"),
               program, g_strchomp (trouble));
  g_free (output);

  return NULL;
}

static char *
read_proof (const char  *path,
            GError     **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  gsize length = file != NULL ? g_mapped_file_get_length (file) : 0;
  const guint8 *bytes = file != NULL ? (const guint8 *) g_mapped_file_get_contents (file) : NULL;
  char *text;

  if (file == NULL)
    return NULL;
  text = g_malloc (2 * length + 3);
  text[0] = '\\';
  text[1] = 'x';
  for (gsize i = 0; i < length; i++)
    {
      text[2 + 2 * i] = "0123456789abcdef"[bytes[i] >> 4];
      text[3 + 2 * i] = "0123456789abcdef"[bytes[i] & 15];
    }
  text[2 + 2 * length] = '\0';

  return text;
}

static char *
dup_member (JsonObject *object,
            const char *member)
{
  return g_strdup (json_object_get_string_member_with_default (object, member, NULL));
}

static Sheet *
read_sheet (JsonObject  *object,
            GError     **error)
{
  g_autoptr (Sheet) sheet = g_new0 (Sheet, 1);
  const char *path = json_object_get_string_member (object, "file");

  sheet->layout = dup_member (object, "layout");
  sheet->version = g_strdup_printf ("%" G_GINT64_FORMAT,
                                    json_object_get_int_member_with_default (object, "version", 0));
  sheet->digest = dup_member (object, "digest");
  sheet->valid_from = dup_member (object, "valid_from");
  sheet->valid_to = dup_member (object, "valid_to");
  sheet->proof = read_proof (path, error);

  return sheet->proof != NULL ? g_steal_pointer (&sheet) : NULL;
}

GPtrArray *
plt_demo_layouts_make_sheets (GError **error)
{
  g_autofree char *folder = find_sheet_folder ();
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) sheet_free);

  g_mkdir_with_parents (folder, 0755);
  json = run_platenctl (folder, error);
  root = json != NULL ? json_from_string (json, error) : NULL;
  if (root == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (root)); i++)
    {
      JsonObject *object = json_array_get_object_element (json_node_get_array (root), i);
      Sheet *sheet;

      /* A layout whose fonts are not installed is not for this machine. */
      if (json_object_get_string_member_with_default (object, "file", NULL) == NULL)
        continue;
      sheet = read_sheet (object, error);
      if (sheet == NULL)
        return NULL;
      g_ptr_array_add (sheets, sheet);
    }

  return g_steal_pointer (&sheets);
}

gboolean
plt_demo_layouts_propose (PGconn     *connection,
                          GPtrArray  *sheets,
                          GError    **error)
{
  for (guint i = 0; i < sheets->len; i++)
    {
      Sheet *sheet = sheets->pdata[i];
      const char *values[] = { sheet->layout, sheet->version, sheet->digest, sheet->valid_from,
                               sheet->valid_to, sheet->proof };
      g_autoptr (PGresult) proposed
          = plt_demo_sql_query (connection,
                                "select api.propose_layout ($1, $2::int, $3, $4::date, $5::date, $6::bytea,"
                                " 'Comes with the program.')", G_N_ELEMENTS (values), values, error);

      if (proposed == NULL)
        return FALSE;
    }

  return TRUE;
}

gboolean
plt_demo_layouts_approve (PGconn  *connection,
                          GError **error)
{
  return plt_demo_sql_run (connection,
                           "select l.id, (select p.sha256 from api.layout_proof (l.id) p)"
                           "  from api.layout l where l.state = 'proposed';"
                           "select api.approve_layout (l.id, l.digest, 'The proof sheet is in order.')"
                           "  from api.layout l where l.state = 'proposed'", error);
}
