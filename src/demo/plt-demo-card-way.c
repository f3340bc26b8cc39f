/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of one card through a virtual printer, with what can happen to it at each step. */
#include "plt-demo-device-private.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static void step (PltDemoDevice *self);

static void
lose_power (void)
{
  kill (getpid (), SIGKILL);
}

void
plt_demo_card_begin (PltDemoDevice *self,
                     PltDemoJob    *job)
{
  self->job = job;
  self->phase = PHASE_WAIT;
  self->repeated = FALSE;
  job->state = PLT_DEMO_JOB_PROCESSING;
  job->begun = plt_demo_device_now ();
  self->trouble = plt_demo_troubles_pick (self->troubles, (guint) plt_demo_machine_get (self->machine)->n_begun + 1);
  self->n = plt_demo_machine_begin (self->machine, job->id, job->name, plt_demo_trouble_get_word (self->trouble.kind));
  if (self->trouble.kind == PLT_DEMO_TROUBLE_OFFLINE)
    plt_demo_device_go_offline (self, self->trouble.parameter);
}

static const char *
name_state (PltDemoJobState state)
{
  return state == PLT_DEMO_JOB_COMPLETED ? "completed" : state == PLT_DEMO_JOB_ABORTED ? "aborted" : "canceled";
}

void
plt_demo_card_end (PltDemoDevice   *self,
                   PltDemoJobState  state)
{
  PltDemoJob *job = self->job;

  if (job->state < PLT_DEMO_JOB_CANCELED)
    {
      job->state = state;
      job->ended = plt_demo_device_now ();
      job->impressions = state == PLT_DEMO_JOB_COMPLETED ? 2 : 0;
    }
  plt_demo_machine_end (self->machine, self->n, name_state (job->state));
  if (job->document != NULL)
    g_unlink (job->document);
  self->job = NULL;
  self->phase = PHASE_WAIT;
  self->stuck = PLT_DEMO_TROUBLE_NONE;
  self->trouble.kind = PLT_DEMO_TROUBLE_NONE;
}

static gboolean
step_cb (gpointer user_data)
{
  PltDemoDevice *self = user_data;

  self->timer = 0;
  step (self);
  plt_demo_device_look_again (self);
  return G_SOURCE_REMOVE;
}

/* @share: of the time that a card takes. */
static void
go_on_after (PltDemoDevice *self,
             double         share)
{
  double seconds = plt_demo_troubles_get_number (self->troubles, "seconds");

  if (seconds > 0)
    self->timer = g_timeout_add ((guint) (seconds * share * 1000), step_cb, self);
  else
    step (self);
}

/* The document lies beside the card as soon as there is something of it on the plastic. */
static void
keep_document (PltDemoDevice *self,
               int            card)
{
  const char *dot = strrchr (self->job->document, '.');
  g_autofree char *path = plt_demo_machine_dup_path (self->machine, card, dot);

  if (link (self->job->document, path) != 0)
    g_warning ("%s: the document is not kept", path);
}

static gboolean
feed (PltDemoDevice *self)
{
  g_autoptr (GError) error = NULL;
  gboolean wrong = self->trouble.kind == PLT_DEMO_TROUBLE_WRONG_HOPPER;

  if (plt_demo_machine_feed (self->machine, wrong, self->job->id, self->job->name, self->job->attributes,
                             &error) != 0)
    return TRUE;
  g_warning ("%s", error->message);
  return FALSE;
}

void
plt_demo_card_feed (PltDemoDevice *self)
{
  self->phase = PHASE_FRONT;
  if (self->trouble.kind == PLT_DEMO_TROUBLE_FAIL || (self->trouble.kind != PLT_DEMO_TROUBLE_NO_CARD && !feed (self)))
    plt_demo_card_end (self, PLT_DEMO_JOB_ABORTED);
  else
    go_on_after (self, 0.5);
}

static const char *
find_alter (PltDemoDevice *self)
{
  return self->trouble.kind == PLT_DEMO_TROUBLE_COLOUR_SHIFT ? "colour-shift"
         : self->trouble.kind == PLT_DEMO_TROUBLE_SMEAR      ? "smear"
                                                             : "";
}

/* Returns: whether the card goes on to its back. */
static gboolean
print_front (PltDemoDevice *self)
{
  keep_document (self, plt_demo_machine_get (self->machine)->inside);
  plt_demo_machine_print (self->machine, FALSE, find_alter (self));
  switch (self->trouble.kind)
    {
    case PLT_DEMO_TROUBLE_POWER_CUT_AGAIN:
      plt_demo_device_remember (self);
      lose_power ();
      return FALSE;
    case PLT_DEMO_TROUBLE_POWER_CUT:
      lose_power ();
      return FALSE;
    case PLT_DEMO_TROUBLE_RIBBON_OUT:
      plt_demo_machine_set_roll (self->machine, FALSE, 0);
      self->stuck = PLT_DEMO_TROUBLE_RIBBON_OUT;
      break;
    case PLT_DEMO_TROUBLE_JAM:
      self->stuck = PLT_DEMO_TROUBLE_JAM;
      break;
    default:
      return TRUE;
    }
  if (self->job->state == PLT_DEMO_JOB_PROCESSING)
    self->job->state = PLT_DEMO_JOB_STOPPED;
  return FALSE;
}

/* A second blank that stuck to the card, as long as there is one. */
static void
feed_another (PltDemoDevice *self)
{
  if (plt_demo_machine_get (self->machine)->blanks != 0 && feed (self))
    plt_demo_machine_eject (self->machine, TRUE);
}

static void
put_out (PltDemoDevice *self)
{
  plt_demo_machine_eject (self->machine, TRUE);
  if (self->trouble.kind == PLT_DEMO_TROUBLE_POWER_CUT_OUT)
    lose_power ();
  if (self->trouble.kind == PLT_DEMO_TROUBLE_DOUBLE_FEED)
    feed_another (self);
  if (self->trouble.kind == PLT_DEMO_TROUBLE_REPEAT && !self->repeated &&
      plt_demo_machine_get (self->machine)->blanks != 0 && feed (self))
    {
      self->repeated = TRUE;
      self->phase = PHASE_FRONT;
      go_on_after (self, 0.5);
      return;
    }
  plt_demo_card_end (self, PLT_DEMO_JOB_COMPLETED);
}

static void
step (PltDemoDevice *self)
{
  gboolean has_card = self->trouble.kind != PLT_DEMO_TROUBLE_NO_CARD;

  switch (self->phase)
    {
    case PHASE_FRONT:
      self->phase = PHASE_BACK;
      if (!has_card || print_front (self))
        go_on_after (self, 0.4);
      break;
    case PHASE_BACK:
      self->phase = PHASE_OUT;
      if (has_card)
        plt_demo_machine_print (self->machine, TRUE, find_alter (self));
      go_on_after (self, 0.1);
      break;
    case PHASE_OUT:
      if (has_card)
        put_out (self);
      else
        plt_demo_card_end (self, PLT_DEMO_JOB_COMPLETED);
      break;
    case PHASE_WAIT:
      break;
    }
}

/* A person took the half card out, or put a ribbon in; the printer does not begin it anew. */
void
plt_demo_card_give_up (PltDemoDevice *self)
{
  plt_demo_machine_eject (self->machine, FALSE);
  plt_demo_card_end (self, PLT_DEMO_JOB_ABORTED);
}
