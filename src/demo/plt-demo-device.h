/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A virtual card printer at work: its jobs one after another, each card step by step, and what goes wrong
 * with it. Knows nothing of IPP. */
#pragma once

#include "plt-demo-machine.h"
#include "plt-demo-trouble.h"

G_BEGIN_DECLS

typedef struct _PltDemoDevice PltDemoDevice;

/* As in RFC 8011 §5.3.7. */
typedef enum
{
  PLT_DEMO_JOB_HELD = 4, /* no document yet */
  PLT_DEMO_JOB_PENDING = 3,
  PLT_DEMO_JOB_PROCESSING = 5,
  PLT_DEMO_JOB_STOPPED = 6,
  PLT_DEMO_JOB_CANCELED = 7,
  PLT_DEMO_JOB_ABORTED = 8,
  PLT_DEMO_JOB_COMPLETED = 9,
} PltDemoJobState;

typedef struct
{
  int             id;
  PltDemoJobState state;
  char           *name;
  char           *user;
  char           *uuid;
  char           *attributes; /* a line each, as IPP_SIDES=… */
  char           *document;   /* path, NULL before it came */
  int             impressions;
  gint64          created, begun, ended; /* seconds since 1970, 0 for not yet */
} PltDemoJob;

/* Called when it should refuse connections, or answer again. */
typedef void (* PltDemoDeviceListenFunc) (gboolean listens,
                                          gpointer user_data);

/* @folder: devices/NAME of the printers’ folder. */
PltDemoDevice        *plt_demo_device_new          (const char              *folder,
                                                    const char              *out,
                                                    const char              *name,
                                                    GError                 **error);
void                  plt_demo_device_free         (PltDemoDevice           *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltDemoDevice, plt_demo_device_free)

/* Prints what the last power cut left over, and begins to work. */
void                  plt_demo_device_switch_on    (PltDemoDevice           *self,
                                                    PltDemoDeviceListenFunc  func,
                                                    gpointer                 user_data);

const char           *plt_demo_device_get_name     (PltDemoDevice           *self);
PltDemoMachine       *plt_demo_device_get_machine  (PltDemoDevice           *self);
PltDemoTroubles      *plt_demo_device_get_troubles (PltDemoDevice           *self);

PltDemoJob           *plt_demo_device_add_job      (PltDemoDevice           *self,
                                                    const char              *name,
                                                    const char              *user,
                                                    const char              *attributes);
gboolean              plt_demo_device_give         (PltDemoDevice           *self,
                                                    PltDemoJob              *job,
                                                    const char              *suffix,
                                                    gconstpointer            data,
                                                    gsize                    length,
                                                    GError                 **error);
PltDemoJob           *plt_demo_device_find_job     (PltDemoDevice           *self,
                                                    int                      id);
/* (transfer none) (element-type PltDemoJob), oldest first. */
GPtrArray            *plt_demo_device_get_jobs     (PltDemoDevice           *self);
/* What is between the rollers comes out all the same. */
void                  plt_demo_device_cancel       (PltDemoDevice           *self,
                                                    PltDemoJob              *job);

/* 3 idle, 4 processing, 5 stopped, as printer-state. */
int                   plt_demo_device_get_state    (PltDemoDevice           *self);
/* (transfer full): printer-state-reasons with suffixes, “none” if there is none. */
char                **plt_demo_device_dup_reasons  (PltDemoDevice           *self);
/* How much later an answer comes. */
guint                 plt_demo_device_get_delay_ms (PltDemoDevice           *self);

/* Something was loaded, cleared or set: goes on if it can. */
void                  plt_demo_device_look_again   (PltDemoDevice           *self);
/* The cable is pulled out, or put in again, as “offline” among the troubles says. */
void                  plt_demo_device_check_line   (PltDemoDevice           *self);
/* A person opens it and takes out what is stuck. */
void                  plt_demo_device_clear        (PltDemoDevice           *self);

G_END_DECLS
