/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the members and words of the output are called when a person reads it. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* @member: as in the JSON of @object, or of the first row of a table; itself where it has no other name. */
const char *plt_ctl_word_member (JsonObject *object,
                                 const char *member);

/* @word: what stands in @member of @object, e.g. "in_production" in "state". */
const char *plt_ctl_word_value  (JsonObject *object,
                                 const char *member,
                                 const char *word);

G_END_DECLS
