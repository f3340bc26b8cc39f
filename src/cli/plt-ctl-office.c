/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl db status and upgrade, office set, staff list and add, health. */
#include "plt-ctl.h"
#include "plt-file-approval.h"
#include "plt-holder-answer.h"
#include "plt-staff.h"

#include <glib/gi18n-lib.h>

static char *name_option = NULL;
static char *office_option = NULL;
static char **role_option = NULL;
static int password_fd_option = -1;
static int ask_after_option = 0;
static char *holder_confirms_option = NULL;
static char *file_approval_option = NULL;
static char *layout_option = NULL;

static const GOptionEntry office_options[] = {
  { "ask-after", 0, 0, G_OPTION_ARG_INT, &ask_after_option,
    N_("Ask about a card that nobody has read back after this time"), N_("MINUTES") },
  { "holder-confirms", 0, 0, G_OPTION_ARG_STRING, &holder_confirms_option,
    N_("Whether nothing is approved before the holder confirmed the card"), "yes|no" },
  { "file-approval", 0, 0, G_OPTION_ARG_STRING, &file_approval_option,
    N_("Whether nothing is printed before a second person approved the card’s file"), "yes|no" },
  { "layout", 0, 0, G_OPTION_ARG_STRING, &layout_option,
    N_("For --file-approval: of cards with this layout alone"), N_("ID") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry staff_options[] = {
  { "name", 0, 0, G_OPTION_ARG_STRING, &name_option, N_("Name as others read it"), N_("NAME") },
  { "office", 0, 0, G_OPTION_ARG_STRING, &office_option, N_("Code of the office"), N_("CODE") },
  { "role", 0, 0, G_OPTION_ARG_STRING_ARRAY, &role_option,
    N_("clerk, supervisor, operator, auditor or admin, as often as there are"), N_("ROLE") },
  { "password-fd", 0, 0, G_OPTION_ARG_INT, &password_fd_option,
    N_("Read the password from this file descriptor"), N_("N") },
  G_OPTION_ENTRY_NULL
};

/* Prints a list of objects, each written by @add. */
static void
print_list (PltCtl    *ctl,
            guint      n_items,
            gpointer  (*get) (gpointer list, guint i),
            gpointer   list,
            void     (*add) (JsonBuilder *builder, gpointer item))
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GObject) item = get (list, i);

      add (builder, item);
    }
  json_builder_end_array (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}

static gpointer
ref_array_item (gpointer array,
                guint    i)
{
  return g_object_ref (((GPtrArray *) array)->pdata[i]);
}

static void
print_schema (PltCtl                *ctl,
              const PltSchemaStatus *status)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "database");
  json_builder_add_int_value (builder, status->database);
  json_builder_set_member_name (builder, "program");
  json_builder_add_int_value (builder, status->program);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}

static PltCtlStatus
run_db_status (PltCtl  *ctl,
               char   **arguments,
               GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  PltSchemaStatus status;

  plt_schema_status_async (ctl->office, NULL, plt_ctl_ready_cb, &result);
  if (!plt_schema_status_finish (plt_ctl_await (&result), &status, error))
    return PLT_CTL_REFUSED;
  print_schema (ctl, &status);
  return PLT_CTL_DONE;
}

static PltCtlStatus
run_db_upgrade (PltCtl  *ctl,
                char   **arguments,
                GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  PltSchemaStatus status;

  plt_schema_upgrade_async (ctl->office, NULL, plt_ctl_ready_cb, &result);
  if (!plt_schema_upgrade_finish (plt_ctl_await (&result), &status, error))
    return PLT_CTL_REFUSED;
  print_schema (ctl, &status);
  return PLT_CTL_DONE;
}

static gboolean
set_ask_after (PltCtl  *ctl,
               GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plt_office_set_ask_after_async (ctl->office, ask_after_option, NULL, plt_ctl_ready_cb, &result);
  return plt_office_set_ask_after_finish (plt_ctl_await (&result), error);
}

static gboolean
set_holder_confirms (PltCtl    *ctl,
                     gboolean   confirms,
                     GError   **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plt_office_set_holder_confirms_async (ctl->office, confirms, NULL, plt_ctl_ready_cb, &result);
  return plt_office_set_holder_confirms_finish (ctl->office, plt_ctl_await (&result), error);
}

static gboolean
demand_file_approval (PltCtl    *ctl,
                      gboolean   demanded,
                      GError   **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plt_file_approval_demand_async (ctl->office, layout_option, demanded, NULL, plt_ctl_ready_cb,
                                  &result);
  return plt_file_approval_demand_finish (plt_ctl_await (&result), error);
}

static gboolean
check_yes_or_no (const char  *option,
                 const char  *value,
                 GError     **error)
{
  if (value == NULL || g_str_equal (value, "yes") || g_str_equal (value, "no"))
    return TRUE;

  g_set_error (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
               /* Translators: an option of the command line, then what was typed behind it. */
               _("%s is yes or no, not “%s”."), option, value);
  return FALSE;
}

static gboolean
check_office_options (GError **error)
{
  if (ask_after_option == 0 && holder_confirms_option == NULL && file_approval_option == NULL)
    return plt_ctl_usage_error (error, _("--ask-after gives the minutes after which a card is asked about, "
                                         "--holder-confirms says whether holders must confirm their cards, "
                                         "--file-approval whether a second person must approve card files."));
  if (layout_option != NULL && file_approval_option == NULL)
    return plt_ctl_usage_error (error, _("--layout belongs to --file-approval alone."));
  return check_yes_or_no ("--holder-confirms", holder_confirms_option, error)
         && check_yes_or_no ("--file-approval", file_approval_option, error);
}

static PltCtlStatus
run_office_set (PltCtl  *ctl,
                char   **arguments,
                GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  gboolean confirms = g_strcmp0 (holder_confirms_option, "yes") == 0;
  gboolean demanded = g_strcmp0 (file_approval_option, "yes") == 0;

  if (!check_office_options (error))
    return PLT_CTL_USAGE;
  if (ask_after_option != 0 && !set_ask_after (ctl, error))
    return PLT_CTL_REFUSED;
  if (holder_confirms_option != NULL && !set_holder_confirms (ctl, confirms, error))
    return PLT_CTL_REFUSED;
  if (file_approval_option != NULL && !demand_file_approval (ctl, demanded, error))
    return PLT_CTL_REFUSED;
  json_builder_begin_object (builder);
  if (ask_after_option != 0)
    {
      json_builder_set_member_name (builder, "ask_after_minutes");
      json_builder_add_int_value (builder, ask_after_option);
    }
  if (holder_confirms_option != NULL)
    {
      json_builder_set_member_name (builder, "holder_confirms");
      json_builder_add_boolean_value (builder, confirms);
    }
  if (file_approval_option != NULL)
    {
      json_builder_set_member_name (builder, "file_approval");
      json_builder_add_boolean_value (builder, demanded);
      plt_ctl_add_string (builder, "layout", layout_option);
    }
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
  return PLT_CTL_DONE;
}

static gboolean
parse_roles (PltRoles  *roles,
             GError   **error)
{
  *roles = 0;
  for (char **nick = role_option; nick != NULL && *nick != NULL; nick++)
    {
      PltRoles found = 0;

      for (guint role = PLT_ROLE_CLERK; role <= PLT_ROLE_ADMIN; role <<= 1)
        if (g_strcmp0 (plt_role_to_nick ((PltRoles) role), *nick) == 0)
          found = (PltRoles) role;
      if (found == 0)
        {
          g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                       _("There is no role “%s”. Nobody was added."), *nick);
          return FALSE;
        }
      *roles |= found;
    }
  return TRUE;
}

static PltCtlStatus
run_staff_add (PltCtl  *ctl,
               char   **arguments,
               GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *password = NULL;
  g_autofree char *uri = NULL;
  PltRoles roles;

  if (name_option == NULL || office_option == NULL || role_option == NULL)
    {
      g_set_error (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
                   _("--name, --office and --role are needed."));
      return PLT_CTL_USAGE;
    }
  if (!parse_roles (&roles, error))
    return PLT_CTL_REFUSED;
  password = plt_ctl_read_secret (password_fd_option, _("Password of the new member"), error);
  if (password == NULL)
    return PLT_CTL_REFUSED;
  plt_staff_add_async (ctl->office, arguments[0], name_option, office_option, roles, password,
                       NULL, plt_ctl_ready_cb, &result);
  uri = plt_staff_add_finish (plt_ctl_await (&result), error);
  if (uri == NULL)
    return PLT_CTL_REFUSED;
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "login", arguments[0]);
  plt_ctl_add_string (builder, "second_factor", uri);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
  return PLT_CTL_DONE;
}

static void
add_roles (JsonBuilder *builder,
           guint        roles)
{
  json_builder_set_member_name (builder, "roles");
  json_builder_begin_array (builder);
  for (guint role = PLT_ROLE_CLERK; role <= PLT_ROLE_ADMIN; role <<= 1)
    if (roles & role)
      json_builder_add_string_value (builder, plt_role_to_nick ((PltRoles) role));
  json_builder_end_array (builder);
}

static void
add_staff_member (JsonBuilder *builder,
                  gpointer     member)
{
  guint roles;

  g_object_get (member, "roles", &roles, NULL);
  json_builder_begin_object (builder);
  plt_ctl_add_members (builder, member, "login", "name", "office-code", "active", NULL);
  add_roles (builder, roles);
  json_builder_end_object (builder);
}

static PltCtlStatus
run_staff_list (PltCtl  *ctl,
                char   **arguments,
                GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) staff = NULL;

  plt_staff_list_async (ctl->office, NULL, plt_ctl_ready_cb, &result);
  staff = plt_staff_list_finish (plt_ctl_await (&result), error);
  if (staff == NULL)
    return PLT_CTL_REFUSED;
  print_list (ctl, staff->len, ref_array_item, staff, add_staff_member);
  return PLT_CTL_DONE;
}

static void
add_health_item (JsonBuilder *builder,
                 gpointer     item)
{
  plt_ctl_add_object (builder, item, "name", "ok", "text", NULL);
}

static gboolean
all_well (GPtrArray *items)
{
  gboolean well = TRUE;

  for (guint i = 0; i < items->len; i++)
    {
      gboolean ok;

      g_object_get (items->pdata[i], "ok", &ok, NULL);
      well = well && ok;
    }
  return well;
}

/* Exit status 1 when anything is not well, so that monitoring can use it. */
static PltCtlStatus
run_health (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;

  plt_ctl_sign_in_if_possible (ctl);
  plt_health_check_async (ctl->office, NULL, plt_ctl_ready_cb, &result);
  items = plt_health_check_finish (plt_ctl_await (&result), error);
  if (items == NULL)
    return PLT_CTL_REFUSED;
  print_list (ctl, items->len, ref_array_item, items, add_health_item);
  return all_well (items) ? PLT_CTL_DONE : PLT_CTL_REFUSED;
}

const PltCtlCommand plt_ctl_db_status = {
  .name = "db status", .arguments = "",
  .summary = N_("Compare the schema’s version with the program’s"),
  .run = run_db_status,
};

const PltCtlCommand plt_ctl_db_upgrade = {
  .name = "db upgrade", .arguments = "",
  .summary = N_("Bring the schema up to the program’s version"),
  .run = run_db_upgrade,
};

const PltCtlCommand plt_ctl_staff_add = {
  .name = "staff add", .arguments = N_("LOGIN"),
  .summary = N_("Add a member of staff"),
  .n_arguments = 1, .signed_in = TRUE, .options = staff_options, .run = run_staff_add,
};

const PltCtlCommand plt_ctl_office_set = {
  .name = "office set", .arguments = "",
  .summary = N_("Change how your office works"),
  .signed_in = TRUE, .options = office_options, .run = run_office_set,
};

const PltCtlCommand plt_ctl_staff_list = {
  .name = "staff list", .arguments = "",
  .summary = N_("List the staff"),
  .signed_in = TRUE, .run = run_staff_list,
};

const PltCtlCommand plt_ctl_health = {
  .name = "health", .arguments = "",
  .summary = N_("Say how everything is that the office leans on"),
  .run = run_health,
};
