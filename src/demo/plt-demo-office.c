/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills the office database: runs the schema, adds the staff, puts blanks into the safe, has the
 * layouts let in. */
#include "config.h"

#include "plt-demo-office.h"

#include "plt-data-folder.h"
#include "plt-demo-cluster.h"
#include "plt-demo-layouts.h"
#include "plt-demo-random.h"
#include "plt-totp.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#define FIRST_BLANK "B00000001"
#define N_BLANKS "500"
#define FEES "/org/platen/demo/fees.json"

static const PltDemoStaff staff[] = {
  { "emil", "Emil Strand", "UC", "admin" },
  { "anna", "Anna Berg", "UC", "clerk" },
  { "boris", "Boris Iliev", "UC", "supervisor" },
  { "chen", "Chen Lin", "UC", "operator" },
  { "dora", "Dora Makris", "UC", "auditor" },
  { "nora", "Nora Lund", "UN", "clerk" },
};

/* Returns: (transfer none) (nullable): who has this login. */
const PltDemoStaff *
plt_demo_office_find_staff (const char *login)
{
  for (size_t i = 0; i < G_N_ELEMENTS (staff); i++)
    if (g_strcmp0 (staff[i].login, login) == 0)
      return &staff[i];

  return NULL;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* Returns: (transfer full): the upgrades' file names, in order. */
static GPtrArray *
list_upgrades (const char  *folder,
               GError     **error)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (entries == NULL)
    return NULL;
  for (const char *name; (name = g_dir_read_name (entries)) != NULL;)
    if (g_ascii_isdigit (*name) && g_str_has_suffix (name, ".sql"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  if (names->len > 0)
    return g_steal_pointer (&names);

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
               _("The office was not started because “%s” holds no schema. Install Platen's data "
                 "or set PLATEN_SOURCE_ROOT."), folder);

  return NULL;
}

static gboolean
run_upgrade (PGconn      *connection,
             const char  *path,
             GError     **error)
{
  g_autofree char *script = NULL;

  if (!g_file_get_contents (path, &script, NULL, error) ||
      !plt_demo_sql_run (connection, "begin", error))
    return FALSE;
  if (plt_demo_sql_run (connection, script, error))
    return plt_demo_sql_run (connection, "commit", error);
  g_prefix_error (error, "%s: ", path);

  return FALSE;
}

static gboolean
run_schema (PGconn  *connection,
            GError **error)
{
  g_autofree char *folder = plt_data_folder_find ("schema");
  g_autoptr (GPtrArray) names = list_upgrades (folder, error);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

      if (!run_upgrade (connection, path, error))
        return FALSE;
    }

  return names != NULL;
}

/* Returns: (nullable): the otpauth URI. The statement carries a verifier, not the password. */
static char *
add_staff (PGconn              *connection,
           const PltDemoStaff  *member,
           const char          *password,
           GError             **error)
{
  char *verifier = PQencryptPasswordConn (connection, password, member->login, "scram-sha-256");
  g_autofree char *roles = g_strdup_printf ("{%s}", member->role);
  const char *values[] = { member->login, member->name, member->office_code, roles, verifier };
  g_autoptr (PGresult) added = plt_demo_sql_query (connection,
                                                   "select api.add_staff ($1, $2, $3, $4, $5)",
                                                   5, values, error);

  PQfreemem (verifier);

  return added != NULL ? g_strdup (PQgetvalue (added, 0, 0)) : NULL;
}

static void
add_entry (JsonBuilder *builder,
           const char  *name,
           const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

/* What the window's choice of role needs to sign somebody in; see plt_demo_box_write_secret(). */
static void
add_to_desk (JsonBuilder        *desk,
             const PltDemoStaff *member,
             const char         *password,
             const char         *uri)
{
  const char *query = strchr (uri, '?');
  g_autoptr (GHashTable) values = g_uri_parse_params (query != NULL ? query + 1 : "", -1, "&",
                                                      G_URI_PARAMS_NONE, NULL);

  json_builder_begin_object (desk);
  add_entry (desk, "login", member->login);
  add_entry (desk, "name", member->name);
  add_entry (desk, "office", member->office_code);
  add_entry (desk, "role", member->role);
  add_entry (desk, "password", password);
  add_entry (desk, "totp_secret", values != NULL ? g_hash_table_lookup (values, "secret") : "");
  json_builder_end_object (desk);
}

static gboolean
write_desk (PltDemoBox   *box,
            JsonBuilder  *desk,
            GError      **error)
{
  g_autofree char *path = plt_demo_box_path (box, "staff.json", NULL);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_array (desk);
  root = json_builder_get_root (desk);
  text = json_to_string (root, TRUE);

  return plt_demo_box_write_secret (box, path, text, error);
}

static gboolean
add_all_staff (PltDemoBox  *box,
               PGconn      *connection,
               GError     **error)
{
  g_autoptr (GString) passfile = g_string_new (NULL);
  g_autoptr (JsonBuilder) desk = json_builder_new ();
  g_autofree char *passfile_path = plt_demo_box_path (box, "secrets", "pgpass", NULL);

  json_builder_begin_array (desk);
  for (size_t i = 0; i < G_N_ELEMENTS (staff); i++)
    {
      g_autofree char *password = plt_demo_random_secret (18);
      g_autofree char *name = g_strconcat (staff[i].login, ".totp", NULL);
      g_autofree char *path = plt_demo_box_path (box, "secrets", name, NULL);
      g_autofree char *uri = add_staff (connection, &staff[i], password, error);

      if (uri == NULL || !plt_demo_box_write_secret (box, path, uri, error))
        return FALSE;
      g_string_append_printf (passfile, "*:*:platen:%s:%s\n", staff[i].login, password);
      add_to_desk (desk, &staff[i], password, uri);
    }

  return plt_demo_box_write_secret (box, passfile_path, passfile->str, error)
         && write_desk (box, desk, error);
}

char *
plt_demo_office_make_code (PltDemoBox  *box,
                           const char  *login,
                           gint64       step,
                           GError     **error)
{
  g_autofree char *name = g_strconcat (login, ".totp", NULL);
  g_autofree char *path = plt_demo_box_path (box, "secrets", name, NULL);
  g_autofree char *uri = NULL;
  g_autoptr (GBytes) secret = NULL;

  if (plt_demo_office_find_staff (login) == NULL)
    {
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
                   _("“%s” does not work in this office. Choose anna, boris, chen, dora, emil or "
                     "nora."), login);
      return NULL;
    }
  if (!g_file_get_contents (path, &uri, NULL, error))
    return NULL;
  secret = plt_totp_read_uri (uri);
  if (secret != NULL)
    return plt_totp_code (secret, step);

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
               _("The second factor in “%s” cannot be read. Start a new office."), path);

  return NULL;
}

/* Each code works once; the one of the last half minute leaves this half minute's to people. */
static PGconn *
open_desk (PltDemoBox  *box,
           const char  *login,
           GError     **error)
{
  g_autofree char *host = plt_demo_box_path (box, "pg", NULL);
  g_autofree char *passfile = plt_demo_box_path (box, "secrets", "pgpass", NULL);
  const char *keywords[] = { "host", "dbname", "user", "passfile", NULL };
  const char *values[] = { host, "platen", login, passfile, NULL };
  g_autoptr (PGconn) connection = PQconnectdbParams (keywords, values, 0);
  gint64 step = g_get_real_time () / G_USEC_PER_SEC / PLT_TOTP_STEP_SECONDS;
  g_autofree char *code = plt_demo_office_make_code (box, login, step - 1, error);
  g_autoptr (PGresult) opened = NULL;

  if (code == NULL)
    return NULL;
  opened = plt_demo_sql_query (connection, "select from api.open_session ($1, 'Delivery')", 1,
                               (const char *[]) { code }, error);

  return opened != NULL ? g_steal_pointer (&connection) : NULL;
}

static gboolean
add_stock (PGconn  *connection,
           GError **error)
{
  g_autoptr (PGresult) added
      = plt_demo_sql_query (connection, "select api.add_stock ('" FIRST_BLANK "', " N_BLANKS ")", 0,
                            NULL, error);

  return added != NULL;
}

/* What the law of Utopia asks for, proposed by one person and approved by another. */
static gboolean
add_fees (PGconn  *proposer,
          PGconn  *approver,
          GError **error)
{
  g_autoptr (GBytes) rules = g_resources_lookup_data (FEES, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  const char *values[] = { rules != NULL ? g_bytes_get_data (rules, NULL) : NULL };
  g_autoptr (PGresult) proposed = rules == NULL ? NULL
    : plt_demo_sql_query (proposer, "select api.propose_fee_rule (r || jsonb_build_object ('from', current_date), 'The fees of Utopia')"
                          " from jsonb_array_elements ($1::jsonb) r", 1, values, error);
  g_autoptr (PGresult) approved = proposed == NULL ? NULL
    : plt_demo_sql_query (approver, "select api.approve_fee_rule (r.id) from (select f.id from api.fee_rule f where f.state = 'proposed') r", 0,
                          NULL, error);

  return approved != NULL;
}

/* What the administrator brings, and the supervisor looks at. */
static gboolean
receive_delivery (PltDemoBox  *box,
                  gboolean     with_fees,
                  GError     **error)
{
  g_autoptr (GPtrArray) sheets = plt_demo_layouts_make_sheets (error);
  g_autoptr (PGconn) emil = sheets != NULL ? open_desk (box, "emil", error) : NULL;
  g_autoptr (PGconn) boris = emil != NULL ? open_desk (box, "boris", error) : NULL;

  return boris != NULL &&
         add_stock (emil, error) &&
         plt_demo_layouts_propose (emil, sheets, error) &&
         plt_demo_layouts_approve (boris, error) &&
         (!with_fees || add_fees (emil, boris, error)) &&
         plt_demo_sql_run (emil, "select api.close_session ()", error) &&
         plt_demo_sql_run (boris, "select api.close_session ()", error);
}

gboolean
plt_demo_office_make (PltDemoBox  *box,
                      gboolean     with_fees,
                      GError     **error)
{
  g_autoptr (PGconn) connection = plt_demo_cluster_connect (box, "platen", PLT_DEMO_SUPERUSER,
                                                            error);

  return connection != NULL &&
         run_schema (connection, error) &&
         plt_demo_sql_run (connection,
                           "select api.add_office ('UC', 'Utopia City Licence Office');"
                           "select api.add_office ('UN', 'Northgate Licence Office')", error) &&
         add_all_staff (box, connection, error) &&
         receive_delivery (box, with_fees, error);
}
