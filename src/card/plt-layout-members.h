/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads members of the objects of a layout file; what is wrong is told with file, line, path and
 * what would be right. @path is that of the object, "" at the top. */
#pragma once

#include "plt-layout-text.h"

G_BEGIN_DECLS

char       *plt_layout_member_path    (const char           *path,
                                       const char           *name);
JsonNode   *plt_layout_get_member     (const PltLayoutText  *text,
                                       JsonObject           *object,
                                       const char           *path,
                                       const char           *name);
const char *plt_layout_get_string     (const PltLayoutText  *text,
                                       JsonObject           *object,
                                       const char           *path,
                                       const char           *name);
gboolean    plt_layout_get_number     (const PltLayoutText  *text,
                                       JsonObject           *object,
                                       const char           *path,
                                       const char           *name,
                                       double                least,
                                       double                most,
                                       double               *number);
gboolean    plt_layout_get_whole      (const PltLayoutText  *text,
                                       JsonObject           *object,
                                       const char           *path,
                                       const char           *name,
                                       int                  *number);
gboolean    plt_layout_get_date       (const PltLayoutText  *text,
                                       JsonObject           *object,
                                       const char           *path,
                                       const char           *name,
                                       GDate               **date);
JsonArray  *plt_layout_get_array      (const PltLayoutText  *text,
                                       JsonObject           *object,
                                       const char           *path,
                                       const char           *name);
JsonObject *plt_layout_get_object     (const PltLayoutText  *text,
                                       JsonNode             *node,
                                       const char           *path);
gboolean    plt_layout_check_members  (const PltLayoutText  *text,
                                       JsonObject           *object,
                                       const char           *path,
                                       const char *const    *known);

/* plt-layout-characters.c */
void        plt_layout_check_characters (const PltLayoutText  *text,
                                         JsonObject           *root);
void        plt_layout_check_line       (const PltLayoutText  *text,
                                         const char           *words,
                                         const char           *path);

/* The word of @known nearest to @word by letters; NULL when none is near. */
const char *plt_layout_find_nearest   (const char           *word,
                                       const char *const    *known);

G_END_DECLS
