/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder that is made once for a build and copied by every test program that needs it: an empty
 * PostgreSQL cluster with the office's schema takes seconds to make and a tenth of one to copy. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PltTestTemplate PltTestTemplate;

/* Waits for whoever makes it just now; nobody else has it until it is freed. @key: of what it is made
 * (a digest); those of other keys are removed. Without $PLATEN_BUILD_ROOT nothing is kept. */
PltTestTemplate *plt_test_template_hold (const char      *key);
void             plt_test_template_free (PltTestTemplate *self);

/* Copies it to @folder, which must not exist, with its owners. Returns FALSE where there is none. */
gboolean         plt_test_template_copy (PltTestTemplate *self,
                                         const char      *folder);

/* Keeps a copy of @folder for the next. Whoever is killed meanwhile leaves none. */
void             plt_test_template_keep (PltTestTemplate *self,
                                         const char      *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltTestTemplate, plt_test_template_free)

G_END_DECLS
