/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a make of card printers that it does not say itself, from a file of
 * data/printers/ or the administrator's folder; data/printers/README.md tells the format. */
#pragma once

#include <glib-object.h>

#include "plt-print-reason.h"

G_BEGIN_DECLS

typedef struct _PltPrintProfile PltPrintProfile;

/* One thing that is wrong with a file. */
typedef struct
{
  guint  line;  /* from 1; 0 for the whole file */
  char  *words; /* names the key and says what would be right */
} PltProfileFault;

GPtrArray       *plt_profile_faults_new        (void);

/* Of a job: only when the driver offers it, or else the printer is refused. */
typedef struct
{
  char     *name;
  char     *value;
  gboolean  required;
} PltProfileOption;

PltPrintProfile *plt_print_profile_read        (const char       *file,
                                                const char       *text,
                                                gsize             length,
                                                GPtrArray        *faults);
PltPrintProfile *plt_print_profile_ref         (PltPrintProfile  *self);
void             plt_print_profile_unref       (PltPrintProfile  *self);

const char      *plt_print_profile_get_name    (PltPrintProfile  *self);
const char      *plt_print_profile_get_title   (PltPrintProfile  *self);
/* NULL: not known */
const char      *plt_print_profile_get_sides   (PltPrintProfile  *self);
const char      *plt_print_profile_get_jam     (PltPrintProfile  *self);
/* "yes", "no" or "unknown" */
const char      *plt_print_profile_get_reports (PltPrintProfile  *self);
/* 0: not known */
int              plt_print_profile_get_cleaning (PltPrintProfile *self);
/* How many cards a ribbon or film of this name makes; 0: not known. */
int              plt_print_profile_get_capacity (PltPrintProfile *self,
                                                 const char      *supply);
/* (element-type PltProfileOption) (transfer none) */
GPtrArray       *plt_print_profile_get_options (PltPrintProfile  *self);
gboolean         plt_print_profile_matches     (PltPrintProfile  *self,
                                                const char       *model,
                                                const char       *uri);
/* (transfer full) (nullable) */
char            *plt_print_profile_describe_reason  (PltPrintProfile   *self,
                                                     const char        *keyword,
                                                     PltReasonSeverity *severity);
char            *plt_print_profile_describe_message (PltPrintProfile   *self,
                                                     const char        *message,
                                                     PltReasonSeverity *severity);

/* plt-print-profiles.c: all of some folders. A file of a later folder stands for one of the same name
 * in an earlier one. NULL with PROFILE when one of them is not right: (element-type PltPrintProfile) */
GPtrArray       *plt_print_profiles_load       (const char *const *folders,
                                                GError           **error);
/* By printer-make-and-model, also that which CUPS gives to a queue without a driver, else by printer-device-id; or by
 * device-uri. All may be NULL. (transfer none) (nullable) */
PltPrintProfile *plt_print_profiles_find       (GPtrArray        *profiles,
                                                const char       *model,
                                                const char       *device_id,
                                                const char       *uri);
/* The same for one file, all that is wrong with it: (element-type PltProfileFault) */
GPtrArray       *plt_print_profiles_check      (const char       *path);
/* (transfer full): the files that would be loaded, in the order of their names */
char           **plt_print_profiles_list       (const char *const *folders,
                                                GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPrintProfile, plt_print_profile_unref)

G_END_DECLS
