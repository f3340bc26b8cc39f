/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card file of a real cairo PDF under a key of its own, and the tools that judge it. */
#pragma once

#include "plt-card-file.h"

#include <gio/gio.h>

#define ISSUED_FILE_WIDTH (85.60 / 25.4 * 72)
#define ISSUED_FILE_HEIGHT (53.98 / 25.4 * 72)
#define ISSUED_FILE_CREATED_AT 1772359200 /* 2026-03-01 10:00:00 UTC */
#define ISSUED_FILE_TITLE "Driving licence <UC-26-C000017> & Müller"

typedef struct
{
  char         *folder;
  PltIssuerKey *key;
  GBytes       *pdf;
} IssuedFile;

void      issued_file_set_up        (IssuedFile          *fixture,
                                     gconstpointer        user_data);
void      issued_file_tear_down     (IssuedFile          *fixture,
                                     gconstpointer        user_data);
/* @width, @height: points */
GBytes   *issued_file_draw          (double               width,
                                     double               height,
                                     int                  n_pages);
GBytes   *issued_file_finish        (IssuedFile          *fixture,
                                     PltIssuerKey        *key,
                                     char               **sha256,
                                     GError             **error);
GBytes   *issued_file_finish_signed (IssuedFile          *fixture);
/* In the fixture's folder; returns the path. */
char     *issued_file_save          (IssuedFile          *fixture,
                                     const char          *name,
                                     GBytes              *bytes);
/* Runs a tool that must be there and succeed, and returns its output. */
char     *issued_file_run           (const char * const  *argv);
gboolean  issued_file_contains      (GBytes              *bytes,
                                     const char          *text);
/* One under @key that holds the DG1 of the example, issued today, and whose sides show next to nothing. */
GBytes   *issued_file_of_example    (PltIssuerKey        *key);
