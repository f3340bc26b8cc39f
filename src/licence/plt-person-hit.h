/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person that a search has found, with what each place that knows the person says. */
#pragma once

#include <glib-object.h>

#include "plt-search-match.h"
#include "plt-source.h"

G_BEGIN_DECLS

#define PLT_TYPE_PERSON_HIT (plt_person_hit_get_type ())
G_DECLARE_FINAL_TYPE (PltPersonHit, plt_person_hit, PLT, PERSON_HIT, GObject)

/* Signal "changed": another place has said something about the person. */
PltPersonHit         *plt_person_hit_new             (const char     *id_number);
const char           *plt_person_hit_get_id_number   (PltPersonHit   *self);
void                  plt_person_hit_set_field       (PltPersonHit   *self,
                                                      PltField        field,
                                                      const char     *value);
const char           *plt_person_hit_get_field       (PltPersonHit   *self,
                                                      PltField        field);
char                 *plt_person_hit_dup_name        (PltPersonHit   *self);
char                 *plt_person_hit_dup_native_name (PltPersonHit   *self);

/* From 0 to 1. */
void                  plt_person_hit_set_score       (PltPersonHit   *self,
                                                      double          score);
double                plt_person_hit_get_score       (PltPersonHit   *self);
void                  plt_person_hit_add_match       (PltPersonHit   *self,
                                                      PltSearchMatch  match);
const PltSearchMatch *plt_person_hit_get_matches     (PltPersonHit   *self,
                                                      guint          *n_matches);
char                 *plt_person_hit_dup_reasons     (PltPersonHit   *self);

void                  plt_person_hit_add_source      (PltPersonHit   *self,
                                                      PltSource       source);
gboolean              plt_person_hit_has_source      (PltPersonHit   *self,
                                                      PltSource       source);
/* This office's newest application for the person, and its state; NULL without one. */
void                  plt_person_hit_set_application (PltPersonHit   *self,
                                                      const char     *number);
const char           *plt_person_hit_get_application (PltPersonHit   *self);

void                  plt_person_hit_merge           (PltPersonHit   *self,
                                                      PltPersonHit   *other);
int                   plt_person_hit_compare         (PltPersonHit   *a,
                                                      PltPersonHit   *b);

G_END_DECLS
