/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One citizen looked up in all registries at once, with what this office has for the person. */
#include "plt-lookup-private.h"

#include "plt-application.h"
#include "plt-date.h"
#include "plt-decisions.h"
#include "plt-field-list.h"
#include "plt-id-number.h"
#include "plt-inquiry.h"
#include "plt-reconcile-person.h"
#include "plt-store-applications.h"

/* News of other desks' work come in bursts. */
#define COALESCE_MS 200

struct _PltLookup
{
  GObject parent_instance;
  PltOffice *office;
  PltInquiry *inquiry;
  char *id_number;
  char *key;
  gboolean busy;
  GListStore *fields;       /* PltReconciledField */
  GListStore *applications; /* PltLicenceApplication */
  GCancellable *cancellable;
  guint reload_id;
};

enum
{
  PROP_0,
  PROP_BUSY,
  N_PROPS,
};

enum
{
  ANSWERED,
  DONE,
  FAILED,
  APPLICATIONS_READ,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltLookup, plt_lookup, G_TYPE_OBJECT)

static void
update_busy (PltLookup *self)
{
  gboolean busy = plt_inquiry_is_busy (self->inquiry);

  if (self->busy == busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
reconcile (PltLookup *self)
{
  PltSourceAnswer *answers[PLT_N_SOURCES];

  for (PltSource i = 0; i < PLT_N_SOURCES; i++)
    answers[i] = plt_inquiry_get_answer (self->inquiry, i);
  g_autoptr (GPtrArray) fields =
    plt_reconcile_by_rules (answers, plt_decisions_get_rules (self->office), plt_date_today ());
  plt_field_list_update (self->fields, fields);
}

static void
answered_cb (PltLookup *self,
             guint      source)
{
  reconcile (self);
  g_signal_emit (self, signals[ANSWERED], 0, source);
}

static void
done_cb (PltLookup *self)
{
  update_busy (self);
  g_signal_emit (self, signals[DONE], 0);
}

static void
failed_cb (PltLookup    *self,
           const GError *error)
{
  update_busy (self);
  g_signal_emit (self, signals[FAILED], 0, error);
}

static PltLicenceApplication *
find_shown (PltLookup *self,
            gint64     id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->applications));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PltLicenceApplication) shown
          = g_list_model_get_item (G_LIST_MODEL (self->applications), i);
      if (plt_licence_application_get_id (shown) == id)
        return g_steal_pointer (&shown);
    }
  return NULL;
}

static void
show_applications (PltLookup *self,
                   GPtrArray *read)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->applications));

  for (guint i = 0; i < read->len; i++)
    {
      PltLicenceApplication *newer = g_ptr_array_index (read, i);
      PltLicenceApplication *shown = find_shown (self, plt_licence_application_get_id (newer));
      if (shown == NULL)
        continue;
      plt_licence_application_update (shown, newer);
      g_object_unref (newer);
      g_ptr_array_index (read, i) = shown;
    }

  gboolean same = n_shown == read->len;
  for (guint i = 0; same && i < read->len; i++)
    {
      g_autoptr (GObject) shown = g_list_model_get_item (G_LIST_MODEL (self->applications), i);
      same = shown == g_ptr_array_index (read, i);
    }
  if (!same)
    g_list_store_splice (self->applications, 0, n_shown, read->pdata, read->len);
}

static void
applications_read_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (PltLookup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) read
      = plt_store_list_applications_finish (PLT_STORE (source), result, &error);

  if (read != NULL)
    {
      show_applications (self, read);
      g_signal_emit (self, signals[APPLICATIONS_READ], 0);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    /* The same trouble ends the look-up itself, which tells it; the list fills when it is over. */
    g_info ("The applications of a look-up were not read: %s", error->message);
}

static void
read_applications (PltLookup *self)
{
  plt_store_list_citizen_async (plt_office_get_store (self->office), self->id_number,
                                self->cancellable, applications_read_cb, g_object_ref (self));
}

static gboolean
reload_cb (gpointer user_data)
{
  PltLookup *self = user_data;

  self->reload_id = 0;
  read_applications (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (PltLookup  *self,
            const char *subject,
            gint64      id)
{
  if (self->reload_id == 0
      && (g_str_equal (subject, "application") || g_str_equal (subject, "everything")))
    self->reload_id = g_timeout_add (COALESCE_MS, reload_cb, self);
}

static void
plt_lookup_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  if (property_id == PROP_BUSY)
    g_value_set_boolean (value, PLT_LOOKUP (object)->busy);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
plt_lookup_dispose (GObject *object)
{
  PltLookup *self = PLT_LOOKUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->reload_id, g_source_remove);
  if (self->inquiry != NULL)
    plt_inquiry_cancel (self->inquiry);
  g_clear_object (&self->inquiry);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (plt_lookup_parent_class)->dispose (object);
}

static void
plt_lookup_finalize (GObject *object)
{
  PltLookup *self = PLT_LOOKUP (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->fields);
  g_object_unref (self->applications);
  g_free (self->id_number);
  g_free (self->key);
  G_OBJECT_CLASS (plt_lookup_parent_class)->finalize (object);
}

static void
plt_lookup_class_init (PltLookupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = plt_lookup_get_property;
  object_class->dispose = plt_lookup_dispose;
  object_class->finalize = plt_lookup_finalize;
  properties[PROP_BUSY]
      = g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ANSWERED] = g_signal_new ("answered", PLT_TYPE_LOOKUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[DONE] = g_signal_new ("done", PLT_TYPE_LOOKUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", PLT_TYPE_LOOKUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[APPLICATIONS_READ] = g_signal_new ("applications-read", PLT_TYPE_LOOKUP, G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
plt_lookup_init (PltLookup *self)
{
  self->key = g_uuid_string_random ();
  self->cancellable = g_cancellable_new ();
  self->fields = g_list_store_new (PLT_TYPE_RECONCILED_FIELD);
  self->applications = g_list_store_new (PLT_TYPE_LICENCE_APPLICATION);
}

PltLookup *
plt_lookup_new (PltOffice   *office,
                const char  *id_number,
                GError     **error)
{
  g_return_val_if_fail (PLT_IS_OFFICE (office), NULL);
  GError *local_error = NULL;
  g_autofree char *normal = plt_id_number_normalise (id_number, &local_error);

  if (normal == NULL)
    {
      g_propagate_error (error, plt_office_error_convert (local_error));
      return NULL;
    }

  PltLookup *self = g_object_new (PLT_TYPE_LOOKUP, NULL);
  self->office = g_object_ref (office);
  self->id_number = g_steal_pointer (&normal);
  self->busy = TRUE;
  self->inquiry = plt_inquiry_new (office, self->id_number, "lookup");
  g_signal_connect_object (self->inquiry, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inquiry, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inquiry, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (office, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  reconcile (self);
  read_applications (self);
  return self;
}

void
plt_lookup_cancel (PltLookup *self)
{
  g_return_if_fail (PLT_IS_LOOKUP (self));
  plt_inquiry_cancel (self->inquiry);
}

void
plt_lookup_ask_again (PltLookup *self,
                      PltSource  source)
{
  g_return_if_fail (PLT_IS_LOOKUP (self));
  plt_inquiry_ask_again (self->inquiry, source);
  update_busy (self);
  reconcile (self);
}

const char *
plt_lookup_get_id_number (PltLookup *self)
{
  g_return_val_if_fail (PLT_IS_LOOKUP (self), NULL);
  return self->id_number;
}

gboolean
plt_lookup_is_busy (PltLookup *self)
{
  g_return_val_if_fail (PLT_IS_LOOKUP (self), FALSE);
  return self->busy;
}

PltSourceAnswer *
plt_lookup_get_answer (PltLookup *self,
                       PltSource  source)
{
  g_return_val_if_fail (PLT_IS_LOOKUP (self), NULL);
  return plt_inquiry_get_answer (self->inquiry, source);
}

const char *
plt_lookup_get_source_title (PltLookup *self,
                             PltSource  source)
{
  g_return_val_if_fail (PLT_IS_LOOKUP (self), NULL);
  PltRegistryClient *client = plt_office_get_registry (self->office, source, NULL);
  return client != NULL ? plt_registry_client_get_title (client) : plt_source_get_title (source);
}

int
plt_lookup_get_budget_ms (PltLookup *self,
                          PltSource  source)
{
  g_return_val_if_fail (PLT_IS_LOOKUP (self), 0);
  PltRegistryClient *client = plt_office_get_registry (self->office, source, NULL);
  return client != NULL ? plt_registry_client_get_budget_ms (client) : 0;
}

GListModel *
plt_lookup_get_fields (PltLookup *self)
{
  g_return_val_if_fail (PLT_IS_LOOKUP (self), NULL);
  return G_LIST_MODEL (self->fields);
}

GArray *
plt_lookup_list_differences (PltLookup *self)
{
  PltSourceAnswer *answers[PLT_N_SOURCES];

  g_return_val_if_fail (PLT_IS_LOOKUP (self), NULL);
  for (PltSource i = 0; i < PLT_N_SOURCES; i++)
    answers[i] = plt_inquiry_get_answer (self->inquiry, i);
  return plt_reconcile_person (self->id_number, answers);
}

GListModel *
plt_lookup_get_applications (PltLookup *self)
{
  g_return_val_if_fail (PLT_IS_LOOKUP (self), NULL);
  return G_LIST_MODEL (self->applications);
}

const char *
plt_lookup_get_key (PltLookup *self)
{
  return self->key;
}

PltOffice *
plt_lookup_get_office (PltLookup *self)
{
  return self->office;
}
