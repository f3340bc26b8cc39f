/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why somebody was found: what of the person fits the line of search, and how. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_MATCH_ID_NUMBER,          /* "id_number" */
  PLT_MATCH_FAMILY_NAME,        /* "family_name" */
  PLT_MATCH_GIVEN_NAMES,        /* "given_names" */
  PLT_MATCH_NAME,               /* "name": family or given, the source does not say */
  PLT_MATCH_BIRTH_DATE,         /* "birth_date" */
  PLT_MATCH_ADDRESS,            /* "address" */
  PLT_MATCH_LICENCE_NUMBER,     /* "licence_number" */
  PLT_MATCH_APPLICATION_NUMBER, /* "application_number" */
  PLT_MATCH_CARD_NUMBER,        /* "card_number" */
  PLT_N_MATCH_MEMBERS,
} PltMatchMember;

typedef enum
{
  PLT_MATCH_EXACT,     /* "exact", spelling aside */
  PLT_MATCH_BEGINNING, /* "beginning" */
  PLT_MATCH_PART,      /* "part" of a double name, of an address */
  PLT_MATCH_SCRIPT,    /* "script": written in the other one */
  PLT_MATCH_SOUND,     /* "sound" */
  PLT_MATCH_SIMILAR,   /* "similar" spelling */
  PLT_MATCH_FORMER,    /* "former" name or number */
  PLT_MATCH_SWAPPED,   /* "swapped": day and month */
  PLT_MATCH_PERIOD,    /* "period": a year or a month was asked for */
  PLT_MATCH_NEAR,      /* "near": one digit away */
  PLT_N_MATCH_HOWS,
} PltMatchHow;

/* Passed by value. */
typedef struct
{
  PltMatchMember member;
  PltMatchHow    how;
} PltSearchMatch;

gboolean  plt_search_match_from_text  (const char     *text,
                                       PltSearchMatch *match);
char     *plt_search_match_to_text    (PltSearchMatch  match);
char     *plt_search_match_to_display (PltSearchMatch  match);

G_END_DECLS
