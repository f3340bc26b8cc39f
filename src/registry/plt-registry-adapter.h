/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An adapter file (data/registries/README.md) as it was read: never changed afterwards, so that a
 * thread may decode by it. */
#pragma once

#include <gio/gio.h>

#include "plt-date-pattern.h"
#include "plt-name-split.h"
#include "plt-source.h"

G_BEGIN_DECLS

/* Each at most once, in any combination that makes sense: mutual TLS below a bearer token, … */
typedef enum
{
  PLT_AUTHENTICATION_MUTUAL_TLS,
  PLT_AUTHENTICATION_BEARER,
  PLT_AUTHENTICATION_API_KEY,
  PLT_AUTHENTICATION_X_ROAD, /* X-Road Message Protocol for REST 1.0: request headers */
} PltAuthentication;

/* What a field's value is, whatever the registry writes. */
typedef enum
{
  PLT_FIELD_KIND_TEXT,
  PLT_FIELD_KIND_DATE,
  PLT_FIELD_KIND_SEX,
  PLT_FIELD_KIND_NATIONALITY,
  PLT_FIELD_KIND_STATUS,
  PLT_FIELD_KIND_CATEGORIES,
  PLT_FIELD_KIND_CODES, /* of categories, without dates: "B,CE" */
  PLT_FIELD_KIND_ROWS,  /* of several values each: "2025-01-31;3;|2025-02-01;2;" */
  PLT_FIELD_KIND_COUNT,
  PLT_FIELD_KIND_MONEY,
} PltFieldKind;

#define PLT_MOST_COLUMNS 5

/* Where a field stands in an answer and how it is written there. */
typedef struct
{
  PltField        field;
  PltFieldKind    kind;
  char          **paths;        /* JSON Pointers; one but for joined text */
  char           *join;         /* (nullable) */
  GHashTable     *map;          /* (nullable): the registry's values to ours */
  char          **none;         /* (nullable): what it writes where it has no value */
  PltDatePattern *dates;        /* of dates and categories */
  GRegex         *take;         /* (nullable): the part of the text that is the value */
  gboolean        is_split;     /* one joined name, of which this field is a part: */
  PltNameRule     split;
  char          **particles;    /* (nullable) */
  gboolean        as_text;      /* numbers stand in quotes */
  gboolean        major_units;  /* money as 12.50, not as 1250 */
  gboolean        required;
  char           *each_code;    /* (nullable): of categories and codes: pointers into each element */
  char           *each_from;    /* (nullable) */
  char           *each_to;      /* (nullable) */
  char           *each_restrictions; /* (nullable) */
  char           *each_columns[PLT_MOST_COLUMNS]; /* (nullable): of rows */
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
  char              *certificate; /* (nullable): for mutual TLS, with … */
  char              *key;         /* … its private key */
  char              *token;       /* (nullable): file of a bearer token */
  char              *api_key;     /* (nullable): … to here: file of an API key */
  char              *key_header;
  char              *x_road_client; /* (nullable): INSTANCE/CLASS/MEMBER/SUBSYSTEM */
  char              *x_road_user; /* (nullable): X-Road-UserId; {staff} is who asks */
  char              *probe_url;   /* (nullable): what a probe gets instead of a person */
  int                budget_ms;
  int                late_ms;     /* how long after the budget an answer is still waited for */
  int                max_bytes;
  int                page_size;
  int                concurrency;
  int                attempts;
  int                pause_ms;
  int                breaker_failures;
  int                breaker_pause_ms;
  int                breaker_max_pause_ms;
  int                cache_s;     /* how long an answer is shown as the last known one; 0: never */
  GHashTable        *codes;       /* (nullable): name to table (GHashTable) of codes */
  char              *root;
  GArray            *not_found;   /* int: HTTP statuses */
  char              *missing;     /* (nullable) */
  char              *id_path;
  GPtrArray         *mappings;    /* PltFieldMapping */
  char              *portrait;    /* (nullable) */
  struct _PltSearchMapping *search; /* (nullable): plt-search-mapping.h */
  gboolean           is_prepared; /* of kind “pre-enrolment”: asked by the code of an application */
  struct _PltPreparedMapping *prepared; /* (nullable): plt-prepared-mapping.h */
} PltRegistryAdapter;

PltRegistryAdapter *plt_registry_adapter_new_from_file (const char          *path,
                                                        GError             **error);
PltRegistryAdapter *plt_registry_adapter_new_from_data (const char          *path,
                                                        const char          *text,
                                                        gsize                length,
                                                        GError             **error);
GPtrArray          *plt_registry_adapter_check_file    (const char          *path,
                                                        char               **title);
PltRegistryAdapter *plt_registry_adapter_ref           (PltRegistryAdapter  *self);
void                plt_registry_adapter_unref         (PltRegistryAdapter  *self);
char               *plt_registry_adapter_make_uri      (PltRegistryAdapter  *self,
                                                        const char          *key);
char               *plt_registry_adapter_make_probe    (PltRegistryAdapter  *self);
gboolean            plt_registry_adapter_is_not_found  (PltRegistryAdapter  *self,
                                                        int                  status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltRegistryAdapter, plt_registry_adapter_unref)

G_END_DECLS
