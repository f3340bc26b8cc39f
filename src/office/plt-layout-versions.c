/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proposes, approves and lists versions of layouts. Files are read and proof sheets drawn in a worker
 * thread, which sees nothing but its own copies. */
#include "config.h"

#include "plt-layout-versions-private.h"

#include "plt-card-proof.h"
#include "plt-layout-samples.h"
#include "plt-layout-shelf.h"
#include "plt-office-ask.h"
#include "plt-office-private.h"
#include "plt-store-decisions.h"
#include "plt-store-layouts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const PltOfficeAsk acts[] = {
  [PLT_LAYOUTS_VERSIONS] = { "layout-list", 0 },
  [PLT_LAYOUTS_STEPS] = { "layout-steps", 1 },
  [PLT_LAYOUTS_REFUSE] = { "layout-refuse", 2 },
  [PLT_LAYOUTS_RETIRE] = { "layout-retire", 2 },
  [PLT_LAYOUTS_RULES] = { "layout-rule-list", 0 },
  [PLT_LAYOUTS_PROPOSE_RULE] = { "layout-rule-propose", 9 },
  [PLT_LAYOUTS_APPROVE_RULE] = { "layout-rule-approve", 2 },
  [PLT_LAYOUTS_END_RULE] = { "layout-rule-end", 2 },
};

void
plt_layout_versions_run_async (PltOffice           *office,
                               PltLayoutsAct        act,
                               const char * const  *arguments,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail ((int) act >= 0 && act < G_N_ELEMENTS (acts));

  plt_office_ask_async (office, &acts[act], arguments, cancellable, callback, user_data);
}

char *
plt_layout_versions_run_finish (GAsyncResult  *result,
                                GError       **error)
{
  return plt_office_ask_finish (result, error);
}

/* One proposal or approval on its way. */
typedef struct
{
  char   **folders;
  gint64   id;
  char    *layout; /* or the folder of sheets */
  gboolean keep;
  int      version;
  char    *digest;
  char    *valid_from;
  char    *valid_to;
  GBytes  *proof;
  char    *reason;
  PltLayout *read; /* whose proof sheet is drawn, without anything being proposed */
} Proposal;

static void
proposal_free (Proposal *self)
{
  g_strfreev (self->folders);
  g_free (self->layout);
  g_free (self->digest);
  g_free (self->valid_from);
  g_free (self->valid_to);
  g_clear_pointer (&self->proof, g_bytes_unref);
  g_free (self->reason);
  g_clear_object (&self->read);
  g_free (self);
}

static GTask *
new_task (PltOffice           *office,
          const char          *reason,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (office, cancellable, callback, user_data);
  Proposal *proposal = g_new0 (Proposal, 1);

  proposal->folders = plt_office_config_dup_layout_folders (plt_office_get_config (office));
  proposal->reason = g_strdup (reason);
  g_task_set_task_data (task, proposal, (GDestroyNotify) proposal_free);

  return task;
}

static GBytes *
make_proof (PltLayout          *layout,
            const char *const  *folders,
            GError            **error)
{
  g_autoptr (GPtrArray) samples = plt_layout_samples_read (folders, error);

  return samples != NULL ? plt_card_proof_sheet (layout, samples, error) : NULL;
}

static void
prove_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Proposal *proposal = task_data;
  GError *error = NULL;
  GBytes *sheet = make_proof (proposal->read, (const char *const *) proposal->folders, &error);

  if (sheet == NULL)
    plt_office_return_error (task, error);
  else
    g_task_return_pointer (task, sheet, (GDestroyNotify) g_bytes_unref);
}

void
plt_layout_versions_prove_async (PltOffice           *office,
                                 PltLayout           *layout,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office) && PLT_IS_LAYOUT (layout));

  g_autoptr (GTask) task = new_task (office, NULL, cancellable, callback, user_data);
  Proposal *proposal = g_task_get_task_data (task);

  proposal->read = g_object_ref (layout);
  g_task_run_in_thread (task, prove_thread);
}

GBytes *
plt_layout_versions_prove_finish (GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* In a thread: the proposal is lent to it meanwhile. */
static void
read_files_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Proposal *proposal = task_data;
  GError *error = NULL;
  g_autoptr (PltLayoutShelf) shelf = plt_layout_shelf_new ((const char * const *) proposal->folders);
  g_autoptr (PltLayout) layout
      = plt_layout_shelf_find (shelf, proposal->layout, proposal->version, NULL, &error);

  if (layout != NULL)
    {
      PltLayoutVersion *here = plt_layout_version_new_of (layout);

      proposal->version = here->version;
      proposal->digest = g_steal_pointer (&here->digest);
      if (proposal->valid_from == NULL)
        proposal->valid_from = g_steal_pointer (&here->valid_from);
      if (proposal->valid_to == NULL)
        proposal->valid_to = g_steal_pointer (&here->valid_to);
      plt_layout_version_free (here);
      if (proposal->id == 0 && proposal->proof == NULL)
        proposal->proof = make_proof (layout, (const char *const *) proposal->folders, &error);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* @task: (transfer full): its data is lent to the thread, and is not touched here meanwhile. */
static void
read_files (GTask               *task,
            GAsyncReadyCallback  callback)
{
  g_autoptr (GTask) reading = g_task_new (NULL, g_task_get_cancellable (task), callback, task);

  g_task_set_task_data (reading, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (reading, read_files_thread);
}

static void
proposed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gint64 id = plt_store_propose_layout_finish (PLT_STORE (source), result, &error);

  if (error != NULL)
    plt_office_fail (g_task_get_source_object (task), task, error);
  else
    g_task_return_int (task, (gssize) id);
}

static void
files_to_propose_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *office = g_task_get_source_object (task);
  Proposal *proposal = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    plt_office_fail (office, task, error);
  else
    plt_store_propose_layout_async (plt_office_get_store (office), proposal->layout, proposal->version,
                                    proposal->digest, proposal->valid_from, proposal->valid_to,
                                    proposal->proof, proposal->reason, cancellable, proposed_cb,
                                    g_steal_pointer (&task));
}

void
plt_layout_versions_propose_async (PltOffice           *office,
                                   const char          *layout,
                                   int                  version,
                                   GBytes              *proof,
                                   const char          *valid_from,
                                   const char          *valid_to,
                                   const char          *reason,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office) && layout != NULL);

  GTask *task = new_task (office, reason, cancellable, callback, user_data);
  Proposal *proposal = g_task_get_task_data (task);

  proposal->layout = g_strdup (layout);
  proposal->version = version;
  proposal->proof = proof != NULL ? g_bytes_ref (proof) : NULL;
  proposal->valid_from = g_strdup (valid_from);
  proposal->valid_to = g_strdup (valid_to);
  read_files (task, files_to_propose_cb);
}

gint64
plt_layout_versions_propose_finish (GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

/* The digest stands in it as the database wants it: so it is of these files. */
static gboolean
is_sheet_of (const char *path,
             const char *digest)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);

  return file != NULL && memmem (g_mapped_file_get_contents (file), g_mapped_file_get_length (file),
                                 digest, strlen (digest)) != NULL;
}

static gboolean
write_sheet (PltLayout       *layout,
             const Proposal  *proposal,
             GError         **error)
{
  g_autofree char *name = g_strdup_printf ("%s-%d.pdf", plt_layout_get_id (layout),
                                           plt_layout_get_version (layout));
  g_autofree char *path = g_build_filename (proposal->layout, name, NULL);
  g_autoptr (GBytes) sheet = NULL;
  gsize length;
  const char *bytes;

  if (proposal->keep && is_sheet_of (path, plt_layout_get_digest (layout)))
    return TRUE;
  sheet = make_proof (layout, (const char *const *) proposal->folders, error);
  if (sheet == NULL)
    return FALSE;
  bytes = g_bytes_get_data (sheet, &length);

  return g_file_set_contents (path, bytes, (gssize) length, error);
}

/* One that cannot be drawn here, because a font is missing for example, keeps no other back. */
static PltLayoutVersion *
new_faulty (const PltLayoutShelfItem *item)
{
  PltLayoutVersion *version = g_new0 (PltLayoutVersion, 1);

  version->layout = g_strdup (item->id);
  version->version = item->version;
  version->reason = g_strdup (item->error->message);

  return version;
}

static void
sheets_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Proposal *proposal = task_data;
  GError *error = NULL;
  g_autoptr (PltLayoutShelf) shelf = plt_layout_shelf_new ((const char * const *) proposal->folders);
  g_autoptr (GPtrArray) made
      = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_layout_version_free);

  for (guint i = 0; error == NULL && i < plt_layout_shelf_get_n_items (shelf); i++)
    {
      const PltLayoutShelfItem *item = plt_layout_shelf_get_item (shelf, i);

      if (item->layout == NULL)
        g_ptr_array_add (made, new_faulty (item));
      else if (write_sheet (item->layout, proposal, &error))
        g_ptr_array_add (made, plt_layout_version_new_of (item->layout));
    }
  if (error != NULL)
    plt_office_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&made), (GDestroyNotify) g_ptr_array_unref);
}

void
plt_layout_versions_sheets_async (PltOffice           *office,
                                  const char          *folder,
                                  gboolean             keep,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office) && folder != NULL);

  g_autoptr (GTask) task = new_task (office, NULL, cancellable, callback, user_data);
  Proposal *proposal = g_task_get_task_data (task);

  proposal->layout = g_strdup (folder);
  proposal->keep = keep;
  g_task_run_in_thread (task, sheets_thread);
}

GPtrArray *
plt_layout_versions_sheets_finish (GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
proof_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *proof = plt_store_layout_proof_finish (PLT_STORE (source), result, &error);

  if (proof == NULL)
    plt_office_fail (g_task_get_source_object (task), task, error);
  else
    g_task_return_pointer (task, proof, (GDestroyNotify) g_bytes_unref);
}

void
plt_layout_versions_proof_async (PltOffice           *office,
                                 gint64               id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));

  plt_store_layout_proof_async (plt_office_get_store (office), id, cancellable, proof_read_cb,
                                g_task_new (office, cancellable, callback, user_data));
}

GBytes *
plt_layout_versions_proof_finish (GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
approved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autofree char *json = plt_store_ask_json_finish (PLT_STORE (source), result, &error);

  if (json == NULL)
    plt_office_fail (g_task_get_source_object (task), task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
files_to_approve_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *office = g_task_get_source_object (task);
  Proposal *proposal = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, proposal->id);
  const char *arguments[] = { id, proposal->digest, proposal->reason };
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    plt_office_fail (office, task, error);
  else
    plt_store_ask_json_async (plt_office_get_store (office), "layout-approve", arguments,
                              G_N_ELEMENTS (arguments), cancellable, approved_cb,
                              g_steal_pointer (&task));
}

static PltLayoutVersion *
find_version (GPtrArray *versions,
              gint64     id)
{
  for (guint i = 0; versions != NULL && i < versions->len; i++)
    if (((PltLayoutVersion *) versions->pdata[i])->id == id)
      return versions->pdata[i];

  return NULL;
}

/* Of which layout the record speaks; its files are here or they are not. */
static void
versions_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *office = g_task_get_source_object (task);
  Proposal *proposal = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *json = plt_store_ask_json_finish (PLT_STORE (source), result, &error);
  g_autoptr (GPtrArray) versions = json != NULL ? plt_layout_versions_parse (json, &error) : NULL;
  PltLayoutVersion *version = find_version (versions, proposal->id);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, proposal->id);

  if (versions != NULL && version == NULL)
    error = plt_office_error_new (PLT_OFFICE_ERROR_NOT_FOUND, NULL,
                                  _("Nothing was approved, because there is no layout version with the"
                                    " record number %s. List the versions again."), id);
  if (error != NULL)
    {
      plt_office_fail (office, task, error);
      return;
    }
  proposal->layout = g_strdup (version->layout);
  proposal->version = version->version;
  read_files (g_steal_pointer (&task), files_to_approve_cb);
}

void
plt_layout_versions_approve_async (PltOffice           *office,
                                   gint64               id,
                                   const char          *reason,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));

  GTask *task = new_task (office, reason, cancellable, callback, user_data);
  Proposal *proposal = g_task_get_task_data (task);

  proposal->id = id;
  plt_store_ask_json_async (plt_office_get_store (office), acts[PLT_LAYOUTS_VERSIONS].statement,
                            NULL, 0, cancellable, versions_read_cb, task);
}

gboolean
plt_layout_versions_approve_finish (GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
