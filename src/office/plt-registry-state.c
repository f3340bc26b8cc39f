/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells the health of a registry's client to lists and panes. */
#include "plt-registry-state.h"

#include <glib/gi18n-lib.h>

#include "plt-adapter-fault.h"
#include "plt-office-private.h"
#include "plt-registry-adapter.h"

struct _PltRegistryState
{
  GObject parent_instance;
  PltRegistryClient *client;
  guint probes; /* by hand, under way */
};

enum
{
  PROP_0,
  PROP_SOURCE,
  PROP_TITLE,
  PROP_HOST,
  PROP_FILE,
  PROP_CONDITION,
  PROP_CONDITION_TITLE,
  PROP_BREAKER,
  PROP_P50_MS,
  PROP_P95_MS,
  PROP_ANSWERS,
  PROP_FAILURES,
  PROP_BUDGET_MS,
  PROP_ERROR,
  PROP_HOP,
  PROP_HOP_TITLE,
  PROP_ANSWERED_AT,
  PROP_FAILED_AT,
  PROP_PROBING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint came_back_signal;

static const struct
{
  const char *nick;
  const char *title;
} conditions[] = {
  [PLT_REGISTRY_CONDITION_UNKNOWN] = { "unknown", N_("Not asked yet") },
  [PLT_REGISTRY_CONDITION_WORKING] = { "working", N_("Working") },
  [PLT_REGISTRY_CONDITION_FAILING] = { "failing", N_("Failing") },
  [PLT_REGISTRY_CONDITION_DOWN] = { "down", N_("Down: tried again by itself") },
  [PLT_REGISTRY_CONDITION_TRYING] = { "trying", N_("Trying…") },
};

G_DEFINE_FINAL_TYPE (PltRegistryState, plt_registry_state, G_TYPE_OBJECT)

PltRegistryCondition
plt_registry_state_get_condition (PltRegistryState *self)
{
  g_return_val_if_fail (PLT_IS_REGISTRY_STATE (self), PLT_REGISTRY_CONDITION_UNKNOWN);
  const PltRegistryHealth *health = plt_registry_client_get_health (self->client);
  PltRegistryBreakerState breaker = plt_registry_client_get_breaker (self->client)->state;

  if (breaker == PLT_REGISTRY_BREAKER_HALF_OPEN || self->probes > 0)
    return PLT_REGISTRY_CONDITION_TRYING;
  if (breaker == PLT_REGISTRY_BREAKER_OPEN)
    return PLT_REGISTRY_CONDITION_DOWN;
  if (health->failing)
    return PLT_REGISTRY_CONDITION_FAILING;
  return health->n_answers > 0 ? PLT_REGISTRY_CONDITION_WORKING : PLT_REGISTRY_CONDITION_UNKNOWN;
}

/* What the adapter says. */
static gboolean
get_fixed_property (PltRegistryState *self,
                    guint             property_id,
                    GValue           *value)
{
  switch (property_id)
    {
    case PROP_SOURCE:
      g_value_set_string (value,
                          plt_registry_client_is_preenrolment (self->client)
                            ? "preenrolment"
                            : plt_source_to_nick (plt_registry_client_get_source (self->client)));
      return TRUE;
    case PROP_TITLE:
      g_value_set_string (value, plt_registry_client_get_title (self->client));
      return TRUE;
    case PROP_HOST:
      g_value_take_string (value, plt_registry_client_dup_host (self->client));
      return TRUE;
    case PROP_FILE:
      g_value_set_string (value, plt_registry_client_get_file (self->client));
      return TRUE;
    case PROP_BUDGET_MS:
      g_value_set_int (value, plt_registry_client_get_budget_ms (self->client));
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
get_error_property (PltRegistryState *self,
                    guint             property_id,
                    GValue           *value)
{
  const PltRegistryHealth *health = plt_registry_client_get_health (self->client);

  switch (property_id)
    {
    case PROP_ERROR:
      g_value_set_string (value, health->error);
      return TRUE;
    case PROP_HOP:
      g_value_set_string (value, plt_registry_hop_to_nick (health->hop));
      return TRUE;
    case PROP_HOP_TITLE:
      g_value_set_string (value, plt_registry_hop_get_title (health->hop));
      return TRUE;
    case PROP_ANSWERED_AT:
      g_value_set_boxed (value, health->answered_at);
      return TRUE;
    case PROP_FAILED_AT:
      g_value_set_boxed (value, health->failed_at);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
plt_registry_state_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  PltRegistryState *self = PLT_REGISTRY_STATE (object);
  const PltRegistryHealth *health = plt_registry_client_get_health (self->client);
  PltRegistryCondition condition = plt_registry_state_get_condition (self);

  if (get_fixed_property (self, property_id, value) || get_error_property (self, property_id, value))
    return;
  switch (property_id)
    {
    case PROP_CONDITION:
      g_value_set_string (value, conditions[condition].nick);
      break;
    case PROP_CONDITION_TITLE:
      g_value_set_string (value, _(conditions[condition].title));
      break;
    case PROP_BREAKER:
      g_value_set_string (value, plt_registry_breaker_to_nick (
                                   plt_registry_client_get_breaker (self->client)->state));
      break;
    case PROP_P50_MS:
      g_value_set_int (value, plt_registry_health_percentile (health, 50));
      break;
    case PROP_P95_MS:
      g_value_set_int (value, plt_registry_health_percentile (health, 95));
      break;
    case PROP_ANSWERS:
      g_value_set_int (value, health->n_answers);
      break;
    case PROP_FAILURES:
      g_value_set_int (value, health->n_failures);
      break;
    case PROP_PROBING:
      g_value_set_boolean (value, self->probes > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
plt_registry_state_finalize (GObject *object)
{
  g_clear_object (&PLT_REGISTRY_STATE (object)->client);
  G_OBJECT_CLASS (plt_registry_state_parent_class)->finalize (object);
}

static void
plt_registry_state_class_init (PltRegistryStateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const struct { guint id; const char *name; } texts[] = {
    { PROP_SOURCE, "source" }, { PROP_TITLE, "title" }, { PROP_HOST, "host" }, { PROP_FILE, "file" },
    { PROP_CONDITION, "condition" }, { PROP_CONDITION_TITLE, "condition-title" },
    { PROP_BREAKER, "breaker" }, { PROP_ERROR, "error" }, { PROP_HOP, "hop" },
    { PROP_HOP_TITLE, "hop-title" },
  };
  static const struct { guint id; const char *name; } numbers[] = {
    { PROP_P50_MS, "p50-ms" }, { PROP_P95_MS, "p95-ms" }, { PROP_ANSWERS, "answers" },
    { PROP_FAILURES, "failures" }, { PROP_BUDGET_MS, "budget-ms" },
  };

  object_class->get_property = plt_registry_state_get_property;
  object_class->finalize = plt_registry_state_finalize;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    properties[texts[i].id] = g_param_spec_string (texts[i].name, NULL, NULL, NULL, flags);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    properties[numbers[i].id] = g_param_spec_int (numbers[i].name, NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_ANSWERED_AT]
      = g_param_spec_boxed ("answered-at", NULL, NULL, G_TYPE_DATE_TIME, flags);
  properties[PROP_FAILED_AT] = g_param_spec_boxed ("failed-at", NULL, NULL, G_TYPE_DATE_TIME, flags);
  properties[PROP_PROBING] = g_param_spec_boolean ("probing", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  came_back_signal = g_signal_new ("came-back", PLT_TYPE_REGISTRY_STATE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
plt_registry_state_init (PltRegistryState *self)
{
}

static void
notify_all (PltRegistryState *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_CONDITION; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
came_back_cb (PltRegistryState *self)
{
  g_signal_emit (self, came_back_signal, 0);
}

static PltRegistryState *
new_state (PltRegistryClient *client)
{
  PltRegistryState *self = g_object_new (PLT_TYPE_REGISTRY_STATE, NULL);

  self->client = g_object_ref (client);
  g_signal_connect_object (client, "changed", G_CALLBACK (notify_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "came-back", G_CALLBACK (came_back_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/* In the order in which the cards of a look-up stand. */
static int
compare_sources (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const PltRegistryState *first = a;
  const PltRegistryState *second = b;

  return (int) plt_registry_client_get_source (first->client)
         - (int) plt_registry_client_get_source (second->client);
}

GListModel *
plt_registry_state_list (PltOffice  *office,
                         GError    **error)
{
  g_return_val_if_fail (PLT_IS_OFFICE (office), NULL);
  GPtrArray *clients = plt_office_list_registries (office, error);

  if (clients == NULL)
    return NULL;
  GListStore *list = g_list_store_new (PLT_TYPE_REGISTRY_STATE);
  for (guint i = 0; i < clients->len; i++)
    {
      g_autoptr (PltRegistryState) state = new_state (g_ptr_array_index (clients, i));
      g_list_store_insert_sorted (list, state, compare_sources, NULL);
    }
  /* It is no registry, but it is asked as one, and as well worth to know how it is. */
  if (plt_office_peek_preenrolment (office) != NULL)
    {
      g_autoptr (PltRegistryState) state = new_state (plt_office_peek_preenrolment (office));
      g_list_store_append (list, state);
    }
  return G_LIST_MODEL (list);
}

static void
probed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltRegistryState *self = g_task_get_source_object (task);
  g_autoptr (PltSourceAnswer) answer
      = plt_registry_client_probe_finish (PLT_REGISTRY_CLIENT (source), result, NULL);
  PltSourceState state = plt_source_answer_get_state (answer);
  const char *message = plt_source_answer_get_message (answer);

  self->probes--;
  notify_all (self);
  if (state == PLT_SOURCE_STATE_ANSWERED || state == PLT_SOURCE_STATE_NOT_FOUND)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, plt_office_error_new (PLT_OFFICE_ERROR_OFFLINE, NULL, "%s",
                                                     message != NULL
                                                         ? message
                                                         : plt_source_state_get_title (state)));
}

void
plt_registry_state_probe_async (PltRegistryState    *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (PLT_IS_REGISTRY_STATE (self));

  self->probes++;
  plt_registry_client_probe_async (self->client, NULL, probed_cb,
                                   g_task_new (self, cancellable, callback, user_data));
  notify_all (self);
}

gboolean
plt_registry_state_probe_finish (PltRegistryState  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fault_free (gpointer data)
{
  PltRegistryFault *fault = data;

  g_free (fault->path);
  g_free (fault->words);
  g_free (fault);
}

GPtrArray *
plt_registry_state_check_file (const char  *file,
                               char       **title)
{
  g_autoptr (GPtrArray) found = plt_registry_adapter_check_file (file, title);
  GPtrArray *faults = g_ptr_array_new_with_free_func (fault_free);

  for (guint i = 0; i < found->len; i++)
    {
      const PltAdapterFault *fault = found->pdata[i];
      PltRegistryFault *copy = g_new (PltRegistryFault, 1);

      *copy = (PltRegistryFault) { g_strdup (fault->path), g_strdup (fault->words) };
      g_ptr_array_add (faults, copy);
    }

  return faults;
}
