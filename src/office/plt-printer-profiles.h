/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that tell what is known of makes of card printers. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

typedef struct
{
  char  *file;
  guint  line;  /* 0: the whole file */
  char  *words;
} PltPrinterProfileFault;

/* @files: (nullable): paths; NULL or none for those that the office would load.
 * @n_files: (out): how many were read.
 * Returns: (transfer full) (element-type PltPrinterProfileFault) (nullable): all that is wrong; NULL
 * with PLT_OFFICE_ERROR_SETUP when a folder cannot be read */
GPtrArray *plt_printer_profiles_check (PltOffice          *office,
                                       const char *const  *files,
                                       guint              *n_files,
                                       GError            **error);

G_END_DECLS
