/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second record that may be of the person who was looked up, and why. */
#pragma once

#include "plt-duplicate.h"

G_BEGIN_DECLS

#define PLT_TYPE_DUPLICATE_FIND (plt_duplicate_find_get_type ())
G_DECLARE_FINAL_TYPE (PltDuplicateFind, plt_duplicate_find, PLT, DUPLICATE_FIND, GObject)

/* Properties, all to be read: "id-number", "name", "birth-date" (ISO), "address", "level" (nick),
 * "score" (int, 0 to 100), "reason" (a sentence), "text" (a sentence for a finding), "link" (state of
 * the last link of the two numbers: proposed, linked, unlinking, unlinked, refused; NULL without one;
 * notified), "difference" (nick of a PltDifference: “wrong_check_digit” where a registry has mistyped the
 * number of the person; else NULL). */
PltDuplicateFind  *plt_duplicate_find_new           (PltPersonRecord    *record,
                                                     const PltDuplicate *duplicate);
/* @source: the registry that has the person under a number with a wrong check digit. */
PltDuplicateFind  *plt_duplicate_find_new_mistyped  (PltPersonRecord    *record,
                                                     const PltDuplicate *duplicate,
                                                     PltSource           source);
gboolean           plt_duplicate_find_is_mistyped   (PltDuplicateFind   *self);
const char        *plt_duplicate_find_get_id_number (PltDuplicateFind   *self);
PltDuplicateLevel  plt_duplicate_find_get_level     (PltDuplicateFind   *self);
const char        *plt_duplicate_find_get_reason    (PltDuplicateFind   *self);
const char        *plt_duplicate_find_get_link      (PltDuplicateFind   *self);
void               plt_duplicate_find_set_link      (PltDuplicateFind   *self,
                                                     const char         *state);
/* Whether it can be proposed that the two are linked: nobody has, or it was undone or refused, and both
 * are numbers. */
gboolean           plt_duplicate_find_can_link      (PltDuplicateFind   *self);

G_END_DECLS
