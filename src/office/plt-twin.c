/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-twin.h"

#include "plt-card-file.h"
#include "plt-office-ask.h"
#include "plt-office-private.h"
#include "plt-redraw.h"
#include "plt-store-cards.h"
#include "plt-twin-fields.h"
#include "plt-twin-history.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PICTURE_DPI 300

typedef struct
{
  char             *number;
  char             *layouts;
  PltPress         *press;
  JsonNode         *known; /* as card-twin.sql has it */
  PltRedraw        *redraw;
  char             *not_redrawn; /* why */
  PltStoreCardFile *file;
} Work;

static void
work_free (Work *self)
{
  g_free (self->number);
  g_free (self->layouts);
  g_clear_pointer (&self->press, plt_press_unref);
  g_clear_pointer (&self->known, json_node_unref);
  g_clear_pointer (&self->redraw, plt_redraw_free);
  g_free (self->not_redrawn);
  g_clear_pointer (&self->file, plt_store_card_file_free);
  g_free (self);
}

static void
twin_file_free (gpointer data)
{
  PltTwinFile *file = data;

  g_free (file->name);
  g_bytes_unref (file->bytes);
  g_free (file);
}

void
plt_twin_free (PltTwin *self)
{
  g_free (self->card);
  g_free (self->holder_name);
  g_free (self->application);
  g_free (self->serial);
  g_free (self->printer);
  g_free (self->layout);
  g_free (self->handover);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_free (self->json);
  g_free (self->not_redrawn);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->hashes, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self);
}

/* ---- what is written down, in a worker thread ---- */

static void
keep (PltTwin    *twin,
      const char *name,
      GBytes     *bytes)
{
  PltTwinFile *file;

  if (bytes == NULL)
    return;
  file = g_new0 (PltTwinFile, 1);
  file->name = g_strdup (name);
  file->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (twin->files, file);
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static const char *
get_string (JsonObject *object,
            const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static void
hash_free (PltTwinHash *self)
{
  g_free (self->title);
  g_free (self->kept);
  g_free (self->now);
  g_free (self);
}

/* The hash that the ledger keeps, and that of what is there now. What is not there is not the same, unless nothing was
 * kept either. */
static gboolean
compare_hash (PltTwin    *twin,
              const char *title,
              const char *kept,
              const char *now)
{
  PltTwinHash *self = g_new0 (PltTwinHash, 1);

  self->title = g_strdup (title);
  self->kept = g_strdup (kept);
  self->now = g_strdup (now);
  self->same = kept == NULL || g_strcmp0 (kept, now) == 0;
  g_ptr_array_add (twin->hashes, self);
  return self->same;
}

static void
write_hashes (JsonBuilder   *builder,
              const PltTwin *twin)
{
  json_builder_set_member_name (builder, "hashes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < twin->hashes->len; i++)
    {
      const PltTwinHash *hash = twin->hashes->pdata[i];

      json_builder_begin_object (builder);
      add_string (builder, "title", hash->title);
      add_string (builder, "kept", hash->kept);
      add_string (builder, "now", hash->now);
      json_builder_set_member_name (builder, "same");
      json_builder_add_boolean_value (builder, hash->same);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  add_string (builder, "not_redrawn", twin->not_redrawn);
}

/* Of the issuer's file alone: the beginning, where an approval stands behind it. */
static char *
hash_base (GBytes     *file,
           JsonObject *known,
           char      **approved)
{
  const char *kept = get_string (known, "file_sha256");
  g_autofree char *whole = plt_card_file_hash (file);
  gsize length;
  const char *data = g_bytes_get_data (file, &length);

  if (JSON_NODE_HOLDS_NULL (json_object_get_member (known, "approval")))
    return g_steal_pointer (&whole);
  *approved = g_steal_pointer (&whole);
  for (const char *end = memmem (data, length, "%%EOF\n", 6); end != NULL;
       end = memmem (end + 6, length - (gsize) (end + 6 - data), "%%EOF\n", 6))
    {
      g_autoptr (GBytes) base = g_bytes_new_from_bytes (file, 0, (gsize) (end + 6 - data));
      g_autofree char *hash = plt_card_file_hash (base);

      if (g_strcmp0 (hash, kept) == 0)
        return g_steal_pointer (&hash);
    }
  return NULL;
}

static gboolean
compare_hashes (PltTwin    *twin,
                Work       *work,
                JsonObject *known)
{
  JsonNode *approval = json_object_get_member (known, "approval");
  const PltRedraw *redraw = work->redraw;
  g_autofree char *approved = NULL;
  g_autofree char *base = hash_base (work->file->file, known, &approved);
  g_autofree char *unsigned_now = plt_card_file_hash_unsigned (work->file->file, NULL);
  gboolean same;

  twin->hashes = g_ptr_array_new_with_free_func ((GDestroyNotify) hash_free);
  same = compare_hash (twin, _("Card file, signed"), get_string (known, "file_sha256"), base);
  same = compare_hash (twin, _("Card file, before the signature"),
                       get_string (known, "unsigned_sha256"), unsigned_now) &&
         same;
  if (approved != NULL)
    same = compare_hash (twin, _("Card file, approved"),
                         get_string (json_node_get_object (approval), "approved_sha256"), approved) &&
           same;
  if (redraw != NULL)
    {
      same = compare_hash (twin, _("Front, drawn again"), redraw->kept_front, redraw->front) && same;
      same = compare_hash (twin, _("Back, drawn again"), redraw->kept_back, redraw->back) && same;
      same = compare_hash (twin, _("Layout’s files and fonts"), redraw->kept_digest, redraw->digest) && same;
    }
  twin->not_redrawn = g_strdup (work->not_redrawn);
  return same && redraw != NULL;
}

static void
add_attachments (JsonBuilder *builder,
                 PltTwin     *twin,
                 GBytes      *file)
{
  g_autoptr (GPtrArray) attached = plt_card_file_read_attached (file);

  json_builder_set_member_name (builder, "attachments");
  json_builder_begin_array (builder);
  for (guint i = 0; attached != NULL && i < attached->len; i++)
    {
      const PltCardFileAttached *one = attached->pdata[i];
      g_autofree char *hash = one->bytes != NULL ? plt_card_file_hash (one->bytes) : NULL;

      json_builder_begin_object (builder);
      add_string (builder, "file", one->name);
      json_builder_set_member_name (builder, "bytes");
      json_builder_add_int_value (builder,
                                  one->bytes != NULL ? (gint64) g_bytes_get_size (one->bytes) : 0);
      add_string (builder, "sha256", hash);
      json_builder_end_object (builder);
      keep (twin, one->name, one->bytes);
    }
  json_builder_end_array (builder);
}

/* ---- the carriers ---- */

typedef struct
{
  PltVerifyFinding *findings[PLT_N_TWIN_CARRIERS];
  char             *troubles[PLT_N_TWIN_CARRIERS];
} Carriers;

static void
carriers_clear (Carriers *self)
{
  for (guint i = 0; i < PLT_N_TWIN_CARRIERS; i++)
    {
      g_clear_pointer (&self->findings[i], plt_verify_finding_free);
      g_free (self->troubles[i]);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Carriers, carriers_clear)

/* The first finding is @carrier's; a card file brings those of its chip and its mobile licence. */
static void
read_carrier (Carriers       *self,
              PltTwinCarrier  carrier,
              GBytes         *bytes,
              PltVerifyKeys  *keys)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = NULL;

  if (bytes == NULL)
    return;
  findings = plt_verify_read (bytes, keys, &error);
  if (findings == NULL)
    {
      self->troubles[carrier] = g_strdup (error->message);
      return;
    }
  while (findings->len > 0)
    {
      PltVerifyFinding *finding = g_ptr_array_steal_index (findings, 0);
      PltTwinCarrier place = finding->form == PLT_VERIFY_FORM_GROUPS &&
                                 carrier == PLT_TWIN_CARD_FILE
                               ? PLT_TWIN_CHIP
                             : finding->form == PLT_VERIFY_FORM_MDOC ? PLT_TWIN_MDL
                                                                     : carrier;

      if (self->findings[place] == NULL)
        self->findings[place] = finding;
      else
        plt_verify_finding_free (finding);
    }
}

static void
read_text (Carriers       *self,
           PltTwinCarrier  carrier,
           const char     *text,
           PltVerifyKeys  *keys)
{
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;

  read_carrier (self, carrier, bytes, keys);
}

/* What counted: the reading that matched, else the last. */
static JsonObject *
get_reading (JsonObject *known)
{
  JsonArray *readings = json_object_get_array_member (known, "readings");
  JsonObject *reading = NULL;

  for (guint i = 0; i < json_array_get_length (readings); i++)
    {
      reading = json_array_get_object_element (readings, i);
      if (json_object_get_boolean_member (reading, "matched"))
        break;
    }
  return reading;
}

static gboolean
compare_carriers (PltTwin        *twin,
                  Work           *work,
                  JsonObject     *known,
                  PltVerifyKeys  *keys)
{
  JsonObject *reading = get_reading (known);
  const char *const serials[] = { get_string (known, "serial"),
                                  reading != NULL ? get_string (reading, "serial") : NULL };
  g_auto (Carriers) carriers = { 0 };
  g_autoptr (PltStoreKnownCard) record = plt_twin_fields_read_record (json_object_get_object_member (known, "inputs"));

  read_carrier (&carriers, PLT_TWIN_CARD_FILE, work->file->file, keys);
  read_text (&carriers, PLT_TWIN_QR, work->file->qr_text, keys);
  read_carrier (&carriers, PLT_TWIN_PDF417, work->file->pdf417, keys);
  read_text (&carriers, PLT_TWIN_MRZ, work->file->mrz, keys);
  read_text (&carriers, PLT_TWIN_READ_BACK, reading != NULL ? get_string (reading, "scanned") : NULL, keys);
  return plt_twin_fields_compare (twin, record, carriers.findings, carriers.troubles, serials);
}

static void
copy_members (JsonBuilder        *builder,
              JsonObject         *known,
              const char *const  *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (json_object_has_member (known, names[i]))
      {
        json_builder_set_member_name (builder, names[i]);
        json_builder_add_value (builder, json_node_copy (json_object_get_member (known, names[i])));
      }
}

static PltTwin *
make_twin (Work    *work,
           GError **error)
{
  static const char *const before[] = { "card",     "application", "state",  "serial",
                                        "printer",  "job_id",      "layout", "layout_version",
                                        "approval", NULL };
  static const char *const after[] = { "handover", "readings", "events", NULL };
  JsonObject *known = json_node_get_object (work->known);
  g_autoptr (PltKeyRing) ring = plt_press_dup_ring (work->press, error);
  g_autoptr (PltVerifyKeys) keys = plt_verify_keys_new ();
  g_autoptr (PltTwin) twin = g_new0 (PltTwin, 1);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  if (ring == NULL || !plt_verify_keys_add_ring (keys, ring, error))
    return NULL;
  twin->files = g_ptr_array_new_with_free_func (twin_file_free);
  plt_twin_history_read (twin, known);
  keep (twin, "card.pdf", work->file->file);
  json_builder_begin_object (builder);
  copy_members (builder, known, before);
  twin->is_same = compare_carriers (twin, work, known, keys);
  twin->is_same = compare_hashes (twin, work, known) && twin->is_same;
  plt_twin_fields_write (builder, twin);
  write_hashes (builder, twin);
  json_builder_set_member_name (builder, "same");
  json_builder_add_boolean_value (builder, twin->is_same);
  add_attachments (builder, twin, work->file->file);
  copy_members (builder, known, after);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  twin->json = json_to_string (root, FALSE);
  if (work->redraw != NULL)
    {
      keep (twin, "front.png", work->redraw->pictures[0]);
      keep (twin, "back.png", work->redraw->pictures[1]);
    }
  return g_steal_pointer (&twin);
}

static void
make_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  PltTwin *twin = make_twin (task_data, &error);

  if (twin != NULL)
    g_task_return_pointer (task, twin, (GDestroyNotify) plt_twin_free);
  else
    g_task_return_error (task, plt_office_error_convert (error));
}

/* ---- the steps ---- */

static void
file_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  work->file = plt_store_card_file_finish (PLT_STORE (source), result, &error);
  if (work->file == NULL)
    plt_office_fail (g_task_get_source_object (task), task, error);
  else
    g_task_run_in_thread (task, make_thread);
}

/* A layout that is gone is told, and all else is compared. */
static void
redrawn_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  PltOffice *office = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  gint64 card = json_object_get_int_member (json_node_get_object (work->known), "id");
  g_autoptr (GError) error = NULL;

  work->redraw = plt_redraw_finish (result, &error);
  if (work->redraw == NULL)
    work->not_redrawn = g_strdup (error->message);
  plt_store_card_file_async (plt_office_get_store (office), card, cancellable, file_read_cb,
                             g_steal_pointer (&task));
}

static GError *
new_not_drawn_error (const char *number)
{
  return plt_office_error_new (PLT_OFFICE_ERROR_NOT_FOUND, NULL,
                               _("There is no twin of card %s, because this office has no card of this number that was"
                                 " drawn. Look at the number again."), number);
}

static void
known_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  PltOffice *office = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autofree char *json = plt_office_ask_finish (result, &error);
  JsonObject *known;

  work->known = json != NULL ? json_from_string (json, NULL) : NULL;
  known = work->known != NULL && JSON_NODE_HOLDS_OBJECT (work->known)
            ? json_node_get_object (work->known)
            : NULL;
  if (known != NULL && json_object_has_member (known, "inputs") &&
      !json_object_get_null_member (known, "inputs"))
    plt_redraw_async (office, json_object_get_string_member (known, "card"), work->layouts, PICTURE_DPI, cancellable, redrawn_cb,
                      g_steal_pointer (&task));
  else
    g_task_return_error (task, error != NULL ? error : new_not_drawn_error (work->number));
}

void
plt_twin_async (PltOffice           *office,
                const char          *card_number,
                const char          *layouts,
                GCancellable        *cancellable,
                GAsyncReadyCallback  callback,
                gpointer             user_data)
{
  static const PltOfficeAsk twin = { "card-twin", 1 };
  const char *arguments[] = { card_number };
  GTask *task;
  Work *work;

  g_return_if_fail (PLT_IS_OFFICE (office) && card_number != NULL);

  task = g_task_new (office, cancellable, callback, user_data);
  work = g_new0 (Work, 1);
  work->number = g_strdup (card_number);
  work->layouts = g_strdup (layouts);
  work->press = plt_press_ref (plt_office_get_press (office));
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  plt_office_ask_async (office, &twin, arguments, cancellable, known_cb, task);
}

PltTwin *
plt_twin_finish (GAsyncResult  *result,
                 GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
