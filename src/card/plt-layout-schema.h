/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON schema of layout files, for editors: made of the tables by which they are read. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *plt_layout_schema_to_json (void);

G_END_DECLS
