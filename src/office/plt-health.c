/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How everything is that the office leans on, in a sentence each. All are asked at once. */
#include <glib/gi18n-lib.h>

#include "plt-id-number.h"
#include "plt-layout-news.h"
#include "plt-prepared-code.h"
#include "plt-office-private.h"
#include "plt-press-work.h"
#include "plt-staff.h"

/* No citizen has this number, so asking about it reads nobody. */
#define NOBODY "0000000000"

struct _PltHealthItem
{
  GObject parent_instance;
  char *name;
  gboolean ok;
  char *text;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_OK,
  PROP_TEXT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* The order of the report. */
enum
{
  CHECK_DATABASE,
  CHECK_SCHEMA,
  CHECK_REGISTRY, /* and the next ones, by PltSource; those that nobody has stay empty */
  CHECK_PRINT = CHECK_REGISTRY + PLT_N_SOURCES,
  CHECK_LAYOUT,
  CHECK_KEYS,
  N_CHECKS,
};

typedef struct
{
  PltHealthItem *items[N_CHECKS];
  guint waiting;
} HealthTask;

/* One check under way. */
typedef struct
{
  GTask *task;
  int check;
  char *text; /* what is known already */
} Check;

G_DEFINE_FINAL_TYPE (PltHealthItem, plt_health_item, G_TYPE_OBJECT)

static void
plt_health_item_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  PltHealthItem *self = PLT_HEALTH_ITEM (object);

  switch (property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_OK:
      g_value_set_boolean (value, self->ok);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
plt_health_item_finalize (GObject *object)
{
  PltHealthItem *self = PLT_HEALTH_ITEM (object);

  g_free (self->name);
  g_free (self->text);
  G_OBJECT_CLASS (plt_health_item_parent_class)->finalize (object);
}

static void
plt_health_item_class_init (PltHealthItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = plt_health_item_get_property;
  object_class->finalize = plt_health_item_finalize;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_OK] = g_param_spec_boolean ("ok", NULL, NULL, FALSE, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plt_health_item_init (PltHealthItem *self)
{
}

static void
health_task_free (HealthTask *self)
{
  for (int i = 0; i < N_CHECKS; i++)
    g_clear_object (&self->items[i]);
  g_free (self);
}

static const char *
get_name (int check)
{
  switch (check)
    {
    case CHECK_DATABASE:
      return _("Database");
    case CHECK_SCHEMA:
      return _("Schema");
    case CHECK_PRINT:
      return _("Print server");
    case CHECK_LAYOUT:
      return _("Layout");
    case CHECK_KEYS:
      return _("Keys");
    default:
      if (plt_source_is_applicant ((PltSource) (check - CHECK_REGISTRY)))
        return _("Pre-enrolment service");
      return plt_source_get_title ((PltSource) (check - CHECK_REGISTRY));
    }
}

/* @text: (transfer full) */
static void
report (GTask    *task,
        int       check,
        gboolean  ok,
        char     *text)
{
  HealthTask *data = g_task_get_task_data (task);
  PltHealthItem *item = g_object_new (PLT_TYPE_HEALTH_ITEM, NULL);

  item->name = g_strdup (get_name (check));
  item->ok = ok;
  item->text = text;
  data->items[check] = item;
  if (--data->waiting > 0)
    return;

  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  for (int i = 0; i < N_CHECKS; i++)
    if (data->items[i] != NULL)
      g_ptr_array_add (items, g_object_ref (data->items[i]));
  g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
}

static void
report_error (GTask  *task,
              int     check,
              GError *error)
{
  report (task, check, FALSE, g_strdup (error->message));
  g_error_free (error);
}

static Check *
begin_check (GTask *task,
             int    check)
{
  Check *self = g_new0 (Check, 1);

  self->task = g_object_ref (task);
  self->check = check;
  return self;
}

static void
check_free (Check *self)
{
  g_object_unref (self->task);
  g_free (self->text);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Check, check_free)

static char *
describe_schema (const PltSchemaStatus *status)
{
  if (status->database == status->program)
    return g_strdup_printf (_("Version %d, as this program needs it."), status->database);
  if (status->database < 0)
    return g_strdup (_("It can be used; its version is for administrators to see."));
  if (status->database > status->program)
    return g_strdup_printf (_("Version %d is newer than this program (version %d). Update Platen."),
                            status->database, status->program);
  return g_strdup_printf (_("Version %d is older than this program (version %d). Run “platenctl db"
                            " upgrade” as the database's administrator."),
                          status->database, status->program);
}

static void
schema_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (Check) self = user_data;
  PltSchemaStatus status;
  GError *error = NULL;

  if (plt_schema_status_finish (result, &status, &error))
    report (self->task, CHECK_SCHEMA, status.database == status.program || status.database < 0,
            describe_schema (&status));
  else
    report_error (self->task, CHECK_SCHEMA, error);
}

/* Faults of the files first; then, where somebody is signed in, whether they are those that were approved. */
static void
news_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Check) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) news = plt_layout_news_read_finish (result, &error);
  g_autoptr (GString) text = g_string_new (self->text);
  gboolean ok = error == NULL;

  if (error != NULL)
    g_string_append_printf (text, " %s", error->message);
  for (guint i = 0; news != NULL && i < news->len; i++)
    {
      const PltLayoutNews *one = g_ptr_array_index (news, i);

      g_string_append_printf (text, " %s", one->text);
      ok = ok && !one->stops;
    }
  report (self->task, CHECK_LAYOUT, ok, g_string_free (g_steal_pointer (&text), FALSE));
}

static void
layouts_checked_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (Check) self = user_data;
  PltOffice *office = g_task_get_source_object (self->task);
  GCancellable *cancellable = g_task_get_cancellable (self->task);
  GError *error = NULL;

  self->text = plt_press_check_finish (result, &error);
  if (self->text == NULL)
    report_error (self->task, CHECK_LAYOUT, error);
  else if (!plt_session_is_signed_in (plt_office_get_session (office)))
    report (self->task, CHECK_LAYOUT, TRUE,
            g_strdup_printf (_("%s Whether they are those that were approved is told to who is signed in."), self->text));
  else
    plt_layout_news_read_async (office, cancellable, news_read_cb, g_steal_pointer (&self));
}

/* What was approved is known when it is known whether somebody is signed in. */
static void
check_layouts (GTask *task)
{
  plt_press_check_async (plt_office_get_press (g_task_get_source_object (task)), FALSE,
                         layouts_checked_cb, begin_check (task, CHECK_LAYOUT));
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Check) self = user_data;
  PltOffice *office = PLT_OFFICE (source);
  PltSession *session = plt_office_get_session (office);
  gboolean connected;
  GError *error = NULL;

  connected = plt_office_connect_finish (office, result, &error);
  check_layouts (self->task);
  if (!connected)
    {
      report (self->task, CHECK_SCHEMA, FALSE, g_strdup (_("It cannot be read without the database.")));
      report_error (self->task, CHECK_DATABASE, error);
      return;
    }
  report (self->task, CHECK_DATABASE, TRUE,
          plt_session_is_signed_in (session)
              ? g_strdup_printf (_("Connected; %s is signed in."), plt_session_get_staff_name (session))
              : g_strdup (_("Connected; nobody is signed in.")));
  plt_schema_status_async (office, NULL, schema_read_cb, begin_check (self->task, CHECK_SCHEMA));
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Check) self = user_data;
  GError *error = NULL;
  g_autoptr (PltSourceAnswer) answer
      = plt_registry_client_ask_finish (PLT_REGISTRY_CLIENT (source), result, &error);

  if (answer == NULL)
    {
      report_error (self->task, self->check, error);
      return;
    }
  PltSourceState state = plt_source_answer_get_state (answer);
  const char *message = plt_source_answer_get_message (answer);
  if (state == PLT_SOURCE_STATE_ANSWERED || state == PLT_SOURCE_STATE_NOT_FOUND)
    report (self->task, self->check, TRUE,
            g_strdup_printf (_("It answered within %d ms."), plt_source_answer_get_elapsed_ms (answer)));
  else
    report (self->task, self->check, FALSE,
            g_strdup (message != NULL ? message : plt_source_state_get_title (state)));
}

static void
check_registry (GTask     *task,
                PltOffice *office,
                PltSource  source)
{
  GError *error = NULL;
  gboolean prepared = plt_source_is_applicant (source);
  PltRegistryClient *client = prepared ? plt_office_get_preenrolment (office, &error)
                                       : plt_office_get_registry (office, source, &error);
  g_autofree char *nobody = g_strdup_printf (NOBODY "%d", plt_id_number_check_digit (NOBODY));

  if (client == NULL)
    report_error (task, CHECK_REGISTRY + (int) source, error);
  else
    plt_registry_client_ask_async (client, prepared ? plt_prepared_code_of_nobody () : nobody, NULL,
                                   asked_cb, begin_check (task, CHECK_REGISTRY + (int) source));
}

static void
printers_listed_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (Check) self = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) printers
      = plt_print_server_list_finish (PLT_PRINT_SERVER (source), result, &error);
  guint n_suitable = 0;

  if (printers == NULL)
    {
      report_error (self->task, CHECK_PRINT, error);
      return;
    }
  for (guint i = 0; i < printers->len; i++)
    n_suitable += plt_printer_is_suitable (g_ptr_array_index (printers, i)) ? 1 : 0;
  if (n_suitable == 0)
    report (self->task, CHECK_PRINT, FALSE,
            g_strdup (_("It can be reached, but has no printer for cards. Add one, or look at the list"
                        " of printers for what is wrong with them.")));
  else
    report (self->task, CHECK_PRINT, TRUE,
            g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "It has %u printer for cards.",
                                          "It has %u printers for cards.", n_suitable), n_suitable));
}

static void
press_checked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Check) self = user_data;
  GError *error = NULL;
  char *text = plt_press_check_finish (result, &error);

  if (text != NULL)
    report (self->task, self->check, TRUE, text);
  else
    report_error (self->task, self->check, error);
}

void
plt_health_check_async (PltOffice           *office,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));

  g_autoptr (GTask) task = g_task_new (office, cancellable, callback, user_data);
  HealthTask *data = g_new0 (HealthTask, 1);
  plt_office_list_registries (office, NULL); /* The adapter files name the sources. */
  PltSource n_sources = plt_source_get_count ();
  data->waiting = (guint) (N_CHECKS - PLT_N_SOURCES + n_sources);
  g_task_set_task_data (task, data, (GDestroyNotify) health_task_free);

  plt_office_connect_async (office, cancellable, connected_cb, begin_check (task, CHECK_DATABASE));
  for (PltSource source = 0; source < n_sources; source++)
    check_registry (task, office, source);
  plt_print_server_list_async (plt_office_get_print_server (office), cancellable, printers_listed_cb,
                               begin_check (task, CHECK_PRINT));
  plt_press_check_async (plt_office_get_press (office), TRUE, press_checked_cb,
                         begin_check (task, CHECK_KEYS));
}

GPtrArray *
plt_health_check_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
