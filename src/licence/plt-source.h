/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registries that are asked, how an answer can end, and the fields they know. The nicks
 * are the words that stand in SQL, JSON and adapter files.
 *
 * Three sources are known to the rules of law. A country has more: an adapter file names its own
 * word, and that word is given a number as quarks are, for as long as the program runs. What
 * keeps something for each source is an array of PLT_N_SOURCES; what goes through them stops at
 * plt_source_get_count() and must expect nothing from one that was not asked.
 *
 * One word is no registry's: what the applicant stated when the application was prepared at home. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PLT_SOURCE_APPLICANT_NICK "applicant"

typedef enum
{
  PLT_SOURCE_IDENTITY,
  PLT_SOURCE_DRIVER,
  PLT_SOURCE_INFRINGEMENT,
  PLT_N_KNOWN_SOURCES,
  PLT_N_SOURCES = 16, /* as many as there can be, with those that adapter files add */
} PltSource;

typedef enum
{
  PLT_SOURCE_STATE_ASKING,      /* "asking" */
  PLT_SOURCE_STATE_ANSWERED,    /* "answered" */
  PLT_SOURCE_STATE_NOT_FOUND,   /* "not_found": the registry knows nobody under this number */
  PLT_SOURCE_STATE_TIMED_OUT,   /* "timed_out": its time budget ran out */
  PLT_SOURCE_STATE_UNREACHABLE, /* "unreachable": no connection, or TLS refused */
  PLT_SOURCE_STATE_REFUSED,     /* "refused": our credentials were not accepted */
  PLT_SOURCE_STATE_NONSENSE,    /* "nonsense": it answered something that is no answer */
  PLT_SOURCE_STATE_CANCELLED,   /* "cancelled": nobody waits for it any more */
} PltSourceState;

/* Values are text in one canonical form whatever the registry's own habit: NFC, dates as
 * YYYY-MM-DD, countries as ISO 3166-1 alpha-3, money in minor units. */
typedef enum
{
  PLT_FIELD_FAMILY_NAME,        /* "family_name" */
  PLT_FIELD_GIVEN_NAMES,        /* "given_names" */
  PLT_FIELD_FAMILY_NAME_NATIVE, /* "family_name_native": in the holder's other script */
  PLT_FIELD_GIVEN_NAMES_NATIVE, /* "given_names_native" */
  PLT_FIELD_BIRTH_DATE,         /* "birth_date" */
  PLT_FIELD_BIRTH_PLACE,        /* "birth_place" */
  PLT_FIELD_SEX,                /* "sex": M, F or X */
  PLT_FIELD_NATIONALITY,        /* "nationality" */
  PLT_FIELD_ADDRESS,            /* "address": lines separated by ", " */
  PLT_FIELD_DEATH_DATE,         /* "death_date" */
  PLT_FIELD_LICENCE_NUMBER,     /* "licence_number" */
  PLT_FIELD_LICENCE_STATUS,     /* "licence_status": valid, expired, suspended, withdrawn */
  PLT_FIELD_LICENCE_EXPIRY,     /* "licence_expiry" */
  PLT_FIELD_CATEGORIES,         /* "categories": see plt-category-entry.h */
  PLT_FIELD_MEDICAL_UNTIL,      /* "medical_until" */
  PLT_FIELD_SUSPENDED_UNTIL,    /* "suspended_until" */
  PLT_FIELD_POINTS,             /* "points" */
  PLT_FIELD_UNPAID,             /* "unpaid": fines due, in minor units of the currency */
  PLT_FIELD_BIRTH_FAMILY_NAME,  /* "birth_family_name": before a marriage */
  PLT_FIELD_PORTRAIT_OF,        /* "portrait_of": ID number of the person on the photo */
  PLT_FIELD_WITHDRAWN,          /* "withdrawn_categories": codes, or ALL, separated by commas */
  PLT_FIELD_RESIDENT_SINCE,     /* "resident_since": in the country, without a break */
  PLT_FIELD_RESIDENCE_COUNTRY,  /* "residence_country" */
  PLT_FIELD_DISQUALIFIED_UNTIL, /* "disqualified_until" */
  PLT_FIELD_OFFENCES,           /* "offences": day;points;code|… */
  PLT_FIELD_TESTS,              /* "tests": category;theory or practical;day;passed or failed;examiner|… */
  PLT_FIELD_MEDICALS,           /* "medicals": group;day;until;fit or unfit|… */
  PLT_N_FIELDS,
} PltField;

const char *plt_source_to_nick         (PltSource       source);
gboolean    plt_source_from_nick       (const char     *nick,
                                        PltSource      *source);
gboolean    plt_source_intern          (const char     *nick,
                                        const char     *title,
                                        PltSource      *source);
PltSource   plt_source_get_count       (void);
const char *plt_source_get_title       (PltSource       source);
gboolean    plt_source_is_applicant    (PltSource       source);

const char *plt_source_state_to_nick   (PltSourceState  state);
gboolean    plt_source_state_from_nick (const char     *nick,
                                        PltSourceState *state);
const char *plt_source_state_get_title (PltSourceState  state);
gboolean    plt_source_state_is_final  (PltSourceState  state);

const char *plt_field_to_nick          (PltField        field);
gboolean    plt_field_from_nick        (const char     *nick,
                                        PltField       *field);
const char *plt_field_get_title        (PltField        field);
gboolean    plt_field_is_person        (PltField        field);

G_END_DECLS
