/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small layout of one's own, written to a folder that lives as long as the test. */
#pragma once

#include "plt-card-parts.h"

/* @head: further members of the file, each with a comma at its end. @front: its elements. @files:
 * (nullable): name, contents, name, contents … NULL. */
PltLayout   *try_layout_new       (const char *head, const char *front, const char *const *files,
                                   GError **error);
/* The same, which must be right. */
PltLayout   *try_layout           (const char *head, const char *front);
/* How the only element of the front is fitted. */
PltCardPart *try_part             (PltLayout *layout, PltCardInputs *inputs);
/* Inputs of the values name, value, name, value … NULL. */
PltCardInputs *try_inputs         (const char *name, ...) G_GNUC_NULL_TERMINATED;
