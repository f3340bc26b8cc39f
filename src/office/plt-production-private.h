/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of plt-production.h. */
#pragma once

#include "plt-office-private.h"
#include "plt-production.h"

G_BEGIN_DECLS

/* "platen:UC-26-C000017:<print key>": under this name a job is found again after a crash. */
char     *plt_production_dup_job_name (PltCard      *card);
/* The print system has had the whole document and may let it print. */
gboolean  plt_production_is_released  (PltJobState   state);
/* Prints no more: whether it printed is another question. */
gboolean  plt_production_is_over      (PltJobState   state);

G_END_DECLS
