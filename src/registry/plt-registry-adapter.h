/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An adapter file (data/registries/README.md) as it was read: never changed afterwards, so that a
 * thread may decode by it. */
#pragma once

#include <gio/gio.h>

#include "plt-source.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_AUTHENTICATION_MUTUAL_TLS,
  PLT_AUTHENTICATION_BEARER,
  PLT_AUTHENTICATION_API_KEY,
} PltAuthentication;

typedef enum
{
  PLT_DATE_FORMAT_ISO,       /* YYYY-MM-DD */
  PLT_DATE_FORMAT_DMY_DOT,   /* DD.MM.YYYY */
  PLT_DATE_FORMAT_DMY_SLASH, /* DD/MM/YYYY */
  PLT_DATE_FORMAT_MDY_SLASH, /* MM/DD/YYYY */
  PLT_DATE_FORMAT_COMPACT,   /* YYYYMMDD */
} PltDateFormat;

/* What a field's value is, whatever the registry writes. */
typedef enum
{
  PLT_FIELD_KIND_TEXT,
  PLT_FIELD_KIND_DATE,
  PLT_FIELD_KIND_SEX,
  PLT_FIELD_KIND_NATIONALITY,
  PLT_FIELD_KIND_STATUS,
  PLT_FIELD_KIND_CATEGORIES,
  PLT_FIELD_KIND_COUNT,
  PLT_FIELD_KIND_MONEY,
} PltFieldKind;

/* Where a field stands in an answer and how it is written there. */
typedef struct
{
  PltField       field;
  PltFieldKind   kind;
  char         **paths;         /* JSON Pointers; one but for joined text */
  char          *join;          /* (nullable) */
  GHashTable    *map;           /* (nullable): the registry's values to ours */
  PltDateFormat  date_format;
  gboolean       major_units;   /* money as 12.50, not as 1250 */
  gboolean       required;
  char          *each_code;     /* of categories: pointers into each element */
  char          *each_from;     /* (nullable) */
  char          *each_to;       /* (nullable) */
  char          *each_restrictions; /* (nullable) */
} PltFieldMapping;

typedef struct
{
  char              *file;        /* for messages */
  PltSource          source;
  char              *title;
  char              *url;
  GHashTable        *query;       /* (nullable) */
  GHashTable        *headers;     /* (nullable) */
  char              *ca;          /* (nullable): absolute file names from here … */
  PltAuthentication  authentication;
  char              *certificate;
  char              *key;         /* … to here: private key, token or API key */
  char              *key_header;
  int                budget_ms;
  int                max_bytes;
  int                attempts;
  int                pause_ms;
  char              *root;
  GArray            *not_found;   /* int: HTTP statuses */
  char              *missing;     /* (nullable) */
  char              *id_path;
  GPtrArray         *mappings;    /* PltFieldMapping */
  char              *portrait;    /* (nullable) */
  struct _PltSearchMapping *search; /* (nullable): plt-search-mapping.h */
} PltRegistryAdapter;

PltRegistryAdapter *plt_registry_adapter_new_from_file (const char          *path,
                                                        GError             **error);
PltRegistryAdapter *plt_registry_adapter_new_from_data (const char          *path,
                                                        const char          *text,
                                                        gsize                length,
                                                        GError             **error);
PltRegistryAdapter *plt_registry_adapter_ref           (PltRegistryAdapter  *self);
void                plt_registry_adapter_unref         (PltRegistryAdapter  *self);
char               *plt_registry_adapter_make_uri      (PltRegistryAdapter  *self,
                                                        const char          *id_number);
gboolean            plt_registry_adapter_is_not_found  (PltRegistryAdapter  *self,
                                                        int                  status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltRegistryAdapter, plt_registry_adapter_unref)

G_END_DECLS
