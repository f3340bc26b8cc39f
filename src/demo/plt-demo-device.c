/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes one job after another and leads its card from the hopper to a tray. */
#include "plt-demo-device.h"

#include "plt-demo-device-private.h"
#include "plt-demo-error.h"

#include <glib/gstdio.h>

#define AGAIN "again.pdf"

static void
job_free (gpointer data)
{
  PltDemoJob *job = data;

  g_free (job->name);
  g_free (job->user);
  g_free (job->uuid);
  g_free (job->attributes);
  g_free (job->document);
  g_free (job);
}

PltDemoDevice *
plt_demo_device_new (const char  *folder,
                     const char  *out,
                     const char  *name,
                     GError     **error)
{
  g_autoptr (PltDemoDevice) self = g_new0 (PltDemoDevice, 1);
  g_autofree char *settings = g_build_filename (folder, "troubles.ini", NULL);

  self->jobs = g_ptr_array_new_with_free_func (job_free);
  self->name = g_strdup (name);
  self->folder = g_strdup (folder);
  self->troubles = plt_demo_troubles_load (settings);
  self->machine = plt_demo_machine_new (folder, name, out, error);
  return self->machine != NULL ? g_steal_pointer (&self) : NULL;
}

void
plt_demo_device_free (PltDemoDevice *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->offline_timer, g_source_remove);
  g_clear_pointer (&self->machine, plt_demo_machine_free);
  g_clear_pointer (&self->troubles, plt_demo_troubles_free);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_free (self->folder);
  g_free (self->name);
  g_free (self);
}

const char *
plt_demo_device_get_name (PltDemoDevice *self)
{
  return self->name;
}

PltDemoMachine *
plt_demo_device_get_machine (PltDemoDevice *self)
{
  return self->machine;
}

PltDemoTroubles *
plt_demo_device_get_troubles (PltDemoDevice *self)
{
  return self->troubles;
}

GPtrArray *
plt_demo_device_get_jobs (PltDemoDevice *self)
{
  return self->jobs;
}

gint64
plt_demo_device_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Job numbers begin anew after each power cut, as those of printers do. */
PltDemoJob *
plt_demo_device_add_job (PltDemoDevice *self,
                         const char    *name,
                         const char    *user,
                         const char    *attributes)
{
  PltDemoJob *job = g_new0 (PltDemoJob, 1);
  g_autofree char *uuid = g_uuid_string_random ();

  job->id = (int) self->jobs->len + 1;
  job->state = PLT_DEMO_JOB_HELD;
  job->name = g_strdup (name);
  job->user = g_strdup (user);
  job->uuid = g_strconcat ("urn:uuid:", uuid, NULL);
  job->attributes = g_strdup (attributes);
  job->created = plt_demo_device_now ();
  g_ptr_array_add (self->jobs, job);
  return job;
}

gboolean
plt_demo_device_give (PltDemoDevice  *self,
                      PltDemoJob     *job,
                      const char     *suffix,
                      gconstpointer   data,
                      gsize           length,
                      GError        **error)
{
  g_autofree char *name = g_strdup_printf ("job-%d.%s", job->id, suffix);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  /* Numbers begin anew when the power comes back. The document of then is that of a card, too (keep_document), and
   * must not be written over. */
  g_unlink (path);
  if (!g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, error))
    return FALSE;
  job->document = g_steal_pointer (&path);
  job->state = PLT_DEMO_JOB_PENDING;
  plt_demo_device_look_again (self);
  return TRUE;
}

PltDemoJob *
plt_demo_device_find_job (PltDemoDevice *self,
                          int            id)
{
  return id > 0 && id <= (int) self->jobs->len ? g_ptr_array_index (self->jobs, id - 1) : NULL;
}

void
plt_demo_device_cancel (PltDemoDevice *self,
                        PltDemoJob    *job)
{
  if (job->state >= PLT_DEMO_JOB_CANCELED)
    return;
  job->state = PLT_DEMO_JOB_CANCELED;
  job->ended = plt_demo_device_now ();
  plt_demo_device_look_again (self);
}

static gboolean
blocks (PltDemoDevice *self)
{
  const PltDemoMatter *matter = plt_demo_machine_get (self->machine);
  g_autofree char *hold = plt_demo_troubles_dup (self->troubles, "hold");

  return hold != NULL || matter->blanks == 0 || matter->ribbon == 0 || matter->film == 0;
}

int
plt_demo_device_get_state (PltDemoDevice *self)
{
  if (self->stuck != PLT_DEMO_TROUBLE_NONE || (self->job != NULL && self->phase == PHASE_WAIT && blocks (self)))
    return 5;
  return self->job != NULL ? 4 : 3;
}

static void
add_reason (GStrvBuilder *builder,
            const char   *keyword,
            const char   *suffix)
{
  g_autofree char *reason = g_strconcat (keyword, suffix, NULL);

  g_strv_builder_add (builder, reason);
}

/* Low is a tenth. */
static void
add_roll_reason (GStrvBuilder *builder,
                 int           left,
                 int           capacity,
                 const char   *suffix)
{
  if (left == 0)
    add_reason (builder, "marker-supply-empty", suffix);
  else if (left > 0 && left * 10 <= capacity)
    add_reason (builder, "marker-supply-low", "-warning");
}

#define FEW_BLANKS 10

char **
plt_demo_device_dup_reasons (PltDemoDevice *self)
{
  const PltDemoMatter *matter = plt_demo_machine_get (self->machine);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *hold = plt_demo_troubles_dup (self->troubles, "hold");
  const char *suffix = plt_demo_device_get_state (self) == 5 ? "-error" : "-warning";
  g_auto (GStrv) keywords = NULL;
  g_auto (GStrv) reasons = NULL;

  /* A printer finds out about the hold when a card is to be fed. */
  keywords = hold != NULL && self->job != NULL ? g_strsplit (hold, ",", -1) : NULL;
  for (int i = 0; keywords != NULL && keywords[i] != NULL; i++)
    add_reason (builder, g_strstrip (keywords[i]), suffix);
  if (self->stuck == PLT_DEMO_TROUBLE_JAM)
    add_reason (builder, "media-jam", suffix);
  if (matter->blanks == 0)
    add_reason (builder, "media-empty", suffix);
  else if (matter->blanks > 0 && matter->blanks <= FEW_BLANKS)
    add_reason (builder, "media-low", "-warning");
  add_roll_reason (builder, matter->ribbon, matter->ribbon_capacity, suffix);
  add_roll_reason (builder, matter->film, matter->film_capacity, suffix);
  reasons = g_strv_builder_end (builder);
  if (reasons[0] != NULL)
    return g_steal_pointer (&reasons);
  return g_strdupv ((char *[]) { "none", NULL });
}

guint
plt_demo_device_get_delay_ms (PltDemoDevice *self)
{
  guint lasting = (guint) plt_demo_troubles_get_number (self->troubles, "slow");

  return self->trouble.kind == PLT_DEMO_TROUBLE_SLOW ? MAX (lasting, self->trouble.parameter) : lasting;
}

static void
set_offline (PltDemoDevice *self,
             gboolean       is_offline)
{
  if (self->listen != NULL && self->is_offline != is_offline)
    {
      self->is_offline = is_offline;
      self->listen (!is_offline, self->listen_data);
    }
}

void
plt_demo_device_check_line (PltDemoDevice *self)
{
  g_autofree char *offline = plt_demo_troubles_dup (self->troubles, "offline");

  g_clear_handle_id (&self->offline_timer, g_source_remove);
  set_offline (self, offline != NULL);
}

static gboolean
online_cb (gpointer user_data)
{
  PltDemoDevice *self = user_data;

  self->offline_timer = 0;
  plt_demo_device_check_line (self);
  return G_SOURCE_REMOVE;
}

static gboolean
offline_cb (gpointer user_data)
{
  set_offline (user_data, TRUE);
  return G_SOURCE_REMOVE;
}

/* Not at once: whoever is being answered just now is to have the answer cut off, not us. */
void
plt_demo_device_go_offline (PltDemoDevice *self,
                            guint          seconds)
{
  g_clear_handle_id (&self->offline_timer, g_source_remove);
  self->offline_timer = g_timeout_add_seconds (seconds, online_cb, self);
  g_idle_add_full (G_PRIORITY_HIGH, offline_cb, self, NULL);
}

/* What lay between the rollers when the power went is thrown out; a whole card is still a card. */
static void
throw_out (PltDemoDevice *self)
{
  const PltDemoMatter *matter = plt_demo_machine_get (self->machine);

  if (matter->inside != 0)
    plt_demo_machine_eject (self->machine, matter->has_front && matter->has_back);
}

static void
print_again (PltDemoDevice *self)
{
  g_autofree char *path = g_build_filename (self->folder, AGAIN, NULL);
  g_autofree char *content = NULL;
  gsize length = 0;
  PltDemoJob *job;

  if (!g_file_get_contents (path, &content, &length, NULL))
    return;
  g_unlink (path);
  job = plt_demo_device_add_job (self, "again", "", "");
  plt_demo_device_give (self, job, "pdf", content, length, NULL);
}

void
plt_demo_device_remember (PltDemoDevice *self)
{
  g_autofree char *path = g_build_filename (self->folder, AGAIN, NULL);

  if (self->job->document != NULL && g_rename (self->job->document, path) != 0)
    g_warning ("%s: the document is not kept", path);
}

void
plt_demo_device_switch_on (PltDemoDevice           *self,
                           PltDemoDeviceListenFunc  func,
                           gpointer                 user_data)
{
  self->listen = func;
  self->listen_data = user_data;
  plt_demo_device_check_line (self);
  throw_out (self);
  print_again (self);
}

static PltDemoJob *
find_next (PltDemoDevice *self)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      PltDemoJob *job = g_ptr_array_index (self->jobs, i);

      if (job->state == PLT_DEMO_JOB_PENDING)
        return job;
    }
  return NULL;
}

/* One job at a time. A card is fed when nothing is in its way, and finished once it is fed. */
void
plt_demo_device_look_again (PltDemoDevice *self)
{
  PltDemoJob *next;

  if (self->looking)
    return;
  self->looking = TRUE;
  for (;;)
    {
      if (self->job == NULL && (next = find_next (self)) != NULL)
        plt_demo_card_begin (self, next);
      if (self->job == NULL || self->phase != PHASE_WAIT)
        break;
      if (self->job->state == PLT_DEMO_JOB_CANCELED)
        plt_demo_card_end (self, PLT_DEMO_JOB_CANCELED);
      else if (blocks (self))
        {
          self->job->state = PLT_DEMO_JOB_STOPPED;
          break;
        }
      else
        {
          self->job->state = PLT_DEMO_JOB_PROCESSING;
          plt_demo_card_feed (self);
        }
    }
  self->looking = FALSE;
}

void
plt_demo_device_clear (PltDemoDevice *self)
{
  if (self->stuck != PLT_DEMO_TROUBLE_NONE)
    plt_demo_card_give_up (self);
  plt_demo_device_look_again (self);
}
