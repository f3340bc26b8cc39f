/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is stored. A PltStore runs named statements, one .sql file each, over one connection and
 * turns their rows into the domain's objects; there is one header per aggregate beside this one.
 * It decides nothing: who may do what is said by the database, whose refusals come through as
 * PLT_PG_ERROR. Nothing here blocks. */
#pragma once

#include <gio/gio.h>

#include "plt-pg-connection.h"

G_BEGIN_DECLS

/**
 * PltStoreError:
 * @PLT_STORE_ERROR_ROW: the database holds a word that this program does not know; upgrade it
 * @PLT_STORE_ERROR_NOT_FOUND: no such record in this office
 * @PLT_STORE_ERROR_SCHEMA_FILES: the schema upgrades of this program cannot be read
 * @PLT_STORE_ERROR_SCHEMA_NEWER: the database is newer than this program
 */
typedef enum
{
  PLT_STORE_ERROR_ROW,
  PLT_STORE_ERROR_NOT_FOUND,
  PLT_STORE_ERROR_SCHEMA_FILES,
  PLT_STORE_ERROR_SCHEMA_NEWER,
} PltStoreError;

#define PLT_STORE_ERROR (plt_store_error_quark ())
GQuark            plt_store_error_quark       (void);

#define PLT_TYPE_STORE (plt_store_get_type ())
G_DECLARE_FINAL_TYPE (PltStore, plt_store, PLT, STORE, GObject)

PltStore         *plt_store_new               (PltPgConnection *connection);
PltPgConnection  *plt_store_get_connection    (PltStore        *self);

/* The names of all statements, sorted, and the text of one. */
char            **plt_store_list_statements   (void);
const char       *plt_store_get_statement     (const char      *name);

G_END_DECLS
