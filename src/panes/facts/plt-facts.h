/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of one thing: captions with their values, side by side as the width allows. The
 * template that holds it gives it its accessible label. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PLT_TYPE_FACTS (plt_facts_get_type ())
G_DECLARE_FINAL_TYPE (PltFacts, plt_facts, PLT, FACTS, AdwBin)

/* Appends a caption; facts are counted from 0 in the order in which they are added. */
void plt_facts_add         (PltFacts   *self,
                            const char *caption);
/* At most so many side by side; 4 if not said. */
void plt_facts_set_columns (PltFacts   *self,
                            guint       n_columns);
/* @value: (nullable): plain text; what is not known is shown as a dash */
void plt_facts_set         (PltFacts   *self,
                            guint       fact,
                            const char *value);

G_END_DECLS
