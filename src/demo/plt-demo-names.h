/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Utopia's citizens are called and where they live, by how common it is. Everything is made
 * once; picking lends what lives as long as the names, and may be done by several threads. */
#pragma once

#include "plt-demo-error.h"
#include "plt-demo-random.h"

G_BEGIN_DECLS

typedef struct _PltDemoNames PltDemoNames;

typedef enum
{
  PLT_DEMO_SCRIPT_LATIN,
  PLT_DEMO_SCRIPT_CYRILLIC,
  PLT_DEMO_SCRIPT_GREEK,
  PLT_DEMO_SCRIPT_ARABIC,
  PLT_DEMO_SCRIPT_THAI,
  PLT_DEMO_N_SCRIPTS,
} PltDemoScript;

/* What can happen to a name. */
typedef enum
{
  PLT_DEMO_TRAIT_ACCENTED,   /* has letters that a typewriter lacks */
  PLT_DEMO_TRAIT_EXPANDABLE, /* has letters that ICAO Doc 9303 writes with two */
  PLT_DEMO_TRAIT_HYPHENATED,
  PLT_DEMO_TRAIT_PARTICLE,   /* "de Vries" */
  PLT_DEMO_N_TRAITS,
} PltDemoTrait;

typedef struct _PltDemoName PltDemoName;
struct _PltDemoName
{
  const char        *latin;
  const char        *native;   /* NULL in Latin script */
  const char        *variant;  /* another Latin spelling of the native form, or NULL */
  const PltDemoName *feminine; /* the form that women bear; itself where there is none other */
};

PltDemoNames      *plt_demo_names_new            (GError        **error);
void               plt_demo_names_free           (PltDemoNames   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltDemoNames, plt_demo_names_free)

const char        *plt_demo_script_to_nick       (PltDemoScript   script);
PltDemoScript      plt_demo_names_pick_script    (PltDemoRandom  *random);
const PltDemoName *plt_demo_names_pick_family    (PltDemoNames   *self,
                                                  PltDemoScript   script,
                                                  PltDemoRandom  *random);
const PltDemoName *plt_demo_names_pick_given     (PltDemoNames   *self,
                                                  PltDemoScript   script,
                                                  gboolean        male,
                                                  PltDemoRandom  *random);
const PltDemoName *plt_demo_names_pick_trait     (PltDemoNames   *self,
                                                  PltDemoTrait    trait,
                                                  PltDemoRandom  *random);
const char        *plt_demo_names_pick_street    (PltDemoNames   *self,
                                                  PltDemoRandom  *random);
const char        *plt_demo_names_pick_town      (PltDemoNames   *self,
                                                  PltDemoRandom  *random);

G_END_DECLS
