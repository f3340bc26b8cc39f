/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The members that elements have: what each is, in which range, which types may have it and which
 * must. The table is the format; the schema for editors is made of it. Private to this folder. */
#pragma once

#include "plt-layout-element.h"

G_BEGIN_DECLS

#define PLT_MEMBER_MOST_STRINGS 8 /* in a list */

typedef enum
{
  PLT_MEMBER_NUMBER,
  PLT_MEMBER_INTEGER,
  PLT_MEMBER_STRING,
  PLT_MEMBER_TEMPLATE,
  PLT_MEMBER_CONDITION,
  PLT_MEMBER_COLOUR,
  PLT_MEMBER_BOOLEAN,
  PLT_MEMBER_ALIGN,
  PLT_MEMBER_PATH,
  PLT_MEMBER_COLUMNS,
  PLT_MEMBER_LAYER,
  PLT_MEMBER_PAYLOAD,
  PLT_MEMBER_MANNER,
  PLT_MEMBER_FIT,
  PLT_MEMBER_STRINGS,
  PLT_MEMBER_FILE,
} PltMemberKind;

typedef struct
{
  const char    *name;
  PltMemberKind  kind;
  gsize          offset;            /* in PltElement */
  double         min, max;
  guint          allowed, required; /* bits of PltElementType */
} PltElementMember;

/* plt-layout-element.c */
const PltElementMember *plt_element_get_members    (gsize                   *n);
const char *const      *plt_element_get_type_names (void);

/* plt-layout-values.c */
const char *const      *plt_element_get_choices    (PltMemberKind            kind);
gboolean                plt_element_read_member    (const PltLayoutText     *text,
                                                    const PltElementMember  *member,
                                                    JsonNode                *node,
                                                    const char              *path,
                                                    PltElement              *element);
void                    plt_element_read_templates (const PltLayoutText     *text,
                                                    const char              *path,
                                                    PltElement              *element);

G_END_DECLS
