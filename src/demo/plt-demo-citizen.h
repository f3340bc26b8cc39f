/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One made-up citizen of Utopia, and what each of the three registries believes about them. */
#pragma once

#include "plt-demo-district.h"

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
  gboolean    known;
  const char *id_number;
  const char *family_name;
  const char *given_names; /* separated by one space */
  const char *street;      /* with the house number */
  const char *town;        /* with the postcode */
  const char *nationality;
  char        sex;
  int         birth;
} PltDemoRecord;

typedef struct
{
  const char *category; /* ISO/IEC 18013-1 code: "B", "CE" */
  const char *codes;    /* "01,78" or "" */
  int         from;
  int         to;
} PltDemoRight;

typedef struct
{
  const char *category;
  gboolean    practical;
  gboolean    passed;
  int         taken;
  int         faults;
} PltDemoTest;

typedef struct
{
  const char *name;
  int         committed;
  int         points;
  int         fine_cents;
  gboolean    paid;
} PltDemoOffence;

/* One line of the truth. */
typedef struct
{
  PltDemoAnomaly   kind;
  PltDemoRegistry  registry;
  const char      *field;
  const char      *id_number;
  const char      *other;
  const char      *true_value;
  const char      *false_value;
} PltDemoTruth;

#define PLT_DEMO_MAX_RIGHTS 10
#define PLT_DEMO_MAX_TESTS 16
#define PLT_DEMO_MAX_OFFENCES 100
#define PLT_DEMO_MAX_TRUTHS 2
#define PLT_DEMO_TEXT_BYTES 4096

typedef struct
{
  guint64             index;
  char                id_number[12];
  PltDemoRecord       records[PLT_DEMO_N_REGISTRIES];
  PltDemoScript       script;
  const PltDemoName  *family;
  const PltDemoName  *birth_family;       /* NULL: has always had this surname */
  const char         *family_name_native; /* NULL in Latin script */
  const char         *given_names_native;
  const char         *birth_place;
  const char         *former_id;          /* NULL: has always had this number */
  const char         *portrait;           /* "F/1985/10027182816" */
  const char         *punched_birth;      /* what the infringement register has in its place */
  PltDemoHome         homes[3];           /* the present one first */
  int                 n_homes;
  int                 death;
  gboolean            shows_licence;      /* to the population register, as a document */

  char                licence_number[10]; /* "U" + seven digits + check digit */
  char                licence_status;     /* V, S or W */
  int                 first_issued;
  int                 issued;
  int                 expiry;
  int                 medical;
  int                 suspended_until;
  const char         *withdrawn;          /* what the infringement register withdrew, or NULL */
  PltDemoRight        rights[PLT_DEMO_MAX_RIGHTS];
  int                 n_rights;
  PltDemoTest         tests[PLT_DEMO_MAX_TESTS];
  int                 n_tests;

  PltDemoOffence      offences[PLT_DEMO_MAX_OFFENCES];
  int                 n_offences;

  PltDemoTruth        truths[PLT_DEMO_MAX_TRUTHS];
  int                 n_truths;

  char                texts[PLT_DEMO_TEXT_BYTES]; /* where composed texts lie */
  guint               n_text_bytes;
} PltDemoCitizen;

void        plt_demo_citizen_draw        (PltDemoCitizen         *self,
                                          const PltDemoWorld     *world,
                                          const PltDemoDistrict  *district,
                                          int                     place);
void        plt_demo_citizen_write_id    (guint64                 index,
                                          char                    id_number[12]);
char        plt_demo_citizen_check_digit (const char             *digits);
const char *plt_demo_citizen_add_text    (PltDemoCitizen         *self,
                                          const char             *format,
                                          ...) G_GNUC_PRINTF (2, 3);
const char *plt_demo_citizen_write_street (PltDemoCitizen        *self,
                                          const PltDemoHome      *home);
void        plt_demo_citizen_set_family  (PltDemoCitizen         *self,
                                          PltDemoScript           script,
                                          const PltDemoName      *family,
                                          char                    sex);
void        plt_demo_citizen_draw_given  (PltDemoCitizen         *self,
                                          const PltDemoWorld     *world,
                                          char                    sex,
                                          PltDemoRandom          *random);
const char *plt_demo_citizen_join        (PltDemoCitizen         *self,
                                          const char             *first,
                                          const char             *between,
                                          const char             *second);
void        plt_demo_citizen_add_right   (PltDemoCitizen         *self,
                                          const char             *category,
                                          int                     from,
                                          int                     to,
                                          const char             *codes);
void        plt_demo_citizen_add_truth   (PltDemoCitizen         *self,
                                          PltDemoAnomaly          kind,
                                          PltDemoRegistry         registry,
                                          const char             *field,
                                          const char             *true_value,
                                          const char             *false_value);

/* Parts of the drawing, each in its own file. */
void        plt_demo_citizen_draw_licence  (PltDemoCitizen          *self,
                                            const PltDemoWorld      *world,
                                            PltDemoRandom           *random);
void        plt_demo_citizen_draw_offences (PltDemoCitizen          *self,
                                            const PltDemoWorld      *world,
                                            const PltDemoNeighbour  *neighbour,
                                            PltDemoRandom           *random);
/* Before the registries have copied what is true: so that the kind can happen to this person. */
void        plt_demo_citizen_prepare       (PltDemoCitizen          *self,
                                            const PltDemoWorld      *world,
                                            PltDemoAnomaly           kind,
                                            PltDemoRandom           *random);
void        plt_demo_citizen_spoil         (PltDemoCitizen          *self,
                                            const PltDemoWorld      *world,
                                            PltDemoAnomaly           kind,
                                            PltDemoRandom           *random);
void        plt_demo_citizen_vary          (PltDemoCitizen          *self,
                                            PltDemoRandom           *random);

G_END_DECLS
