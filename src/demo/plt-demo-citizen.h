/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One made-up citizen of Utopia, and what each of the three registries believes about them. */
#pragma once

#include "plt-date.h"
#include "plt-demo-names.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_DEMO_IDENTITY,
  PLT_DEMO_DRIVER,
  PLT_DEMO_INFRINGEMENT,
  PLT_DEMO_N_REGISTRIES,
} PltDemoRegistry;

/* What one registry has; in the mind of the state, not yet in the registry's own notation. */
typedef struct
{
  gboolean known;
  char    *family_name;
  char    *given_names; /* separated by one space */
  char    *street;      /* with the house number */
  char    *town;        /* with the postcode */
  PltDate  birth;
} PltDemoRecord;

typedef struct
{
  const char *category; /* ISO/IEC 18013-1 code: "B", "CE" */
  const char *codes;    /* "01,78" or "" */
  PltDate     from;
  PltDate     to;
} PltDemoRight;

typedef struct
{
  const char *name;
  PltDate     committed;
  int         points;
  int         fine_cents;
  gboolean    paid;
} PltDemoOffence;

#define PLT_DEMO_MAX_RIGHTS 10
#define PLT_DEMO_MAX_OFFENCES 6

typedef struct
{
  char            id_number[12];
  PltDemoRecord   records[PLT_DEMO_N_REGISTRIES];
  const char     *script;             /* "latin", "cyrillic" … */
  char           *family_name_native; /* NULL in Latin script */
  char           *given_names_native;
  char            sex;                /* M, F or X */
  const char     *nationality;
  char           *birth_place;
  PltDate         moved_in;
  PltDate         death;

  char            licence_number[10]; /* "U" + seven digits + check digit */
  char            licence_status;     /* V, S or W */
  PltDate         licence_expiry;
  PltDate         medical;
  PltDate         suspended_until;
  PltDemoRight    rights[PLT_DEMO_MAX_RIGHTS];
  int             n_rights;

  PltDemoOffence  offences[PLT_DEMO_MAX_OFFENCES];
  int             n_offences;

  const char     *anomaly;            /* how the registries disagree, or NULL */
} PltDemoCitizen;

/* What everybody is drawn from. The mass depends on the year only, so that the same seed gives
 * the same rows for a year; the people to try depend on the day. */
typedef struct
{
  PltDemoNames *names;
  guint64       seed;
  PltDate       year; /* 1 January */
  PltDate       today;
} PltDemoWorld;

void  plt_demo_citizen_draw        (PltDemoCitizen     *self,
                                    const PltDemoWorld *world,
                                    guint64             index);
void  plt_demo_citizen_clear       (PltDemoCitizen     *self);
void  plt_demo_citizen_set_text    (char              **text,
                                    const char         *value);
void  plt_demo_citizen_write_id    (guint64             index,
                                    char                id_number[12]);
void  plt_demo_citizen_add_right   (PltDemoCitizen     *self,
                                    const char         *category,
                                    PltDate             from,
                                    PltDate             to,
                                    const char         *codes);

/* Parts of the drawing, each in its own file. */
void  plt_demo_citizen_draw_licence   (PltDemoCitizen     *self,
                                       const PltDemoWorld *world,
                                       guint64             index,
                                       PltDemoRandom      *random);
void  plt_demo_citizen_draw_offences  (PltDemoCitizen     *self,
                                       const PltDemoWorld *world,
                                       PltDemoRandom      *random);
void  plt_demo_citizen_draw_anomaly   (PltDemoCitizen     *self,
                                       const PltDemoWorld *world,
                                       PltDemoRandom      *random);

G_END_DECLS
