/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a profile keeps, for the file that reads it and the one that answers from it. */
#pragma once

#include "plt-print-profile.h"

G_BEGIN_DECLS

/* A word of the maker's, or a part of its messages. */
typedef struct
{
  char              *key;
  char              *text;
  int                language; /* place of its locale among the reader's languages; lower is better */
  PltReasonSeverity  severity;
} PltProfileWord;

typedef struct
{
  char *name;
  int   cards;
} PltProfileCapacity;

struct _PltPrintProfile
{
  gatomicrefcount  ref_count;
  char            *name;
  char            *title;
  int              title_language;
  char           **models; /* patterns, in small letters */
  char           **uris;
  char            *sides;
  char            *jam;
  int              jam_language;
  char            *reports;
  int              cleaning;
  GPtrArray       *options;    /* PltProfileOption */
  GPtrArray       *reasons;    /* PltProfileWord */
  GPtrArray       *messages;   /* PltProfileWord */
  GPtrArray       *capacities; /* PltProfileCapacity */
};

/* One that says nothing yet. */
PltPrintProfile *plt_print_profile_new (void);

G_END_DECLS
