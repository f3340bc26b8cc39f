/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recalls in words: what the cards have in common, who wants them back, how far it has come, and what is still
 * to be done with each card. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What cards can have in common, in the order in which a person is asked. */
typedef enum
{
  PLT_RECALL_FIELD_PRINTER,  /* its queue */
  PLT_RECALL_FIELD_FROM,     /* day, or day and time */
  PLT_RECALL_FIELD_TO,
  PLT_RECALL_FIELD_LAYOUT,
  PLT_RECALL_FIELD_VERSION,
  PLT_RECALL_FIELD_LOT,      /* of ribbon, film or blanks */
  PLT_RECALL_FIELD_ROLL,     /* serial of one ribbon or film */
  PLT_RECALL_FIELD_FIRST,    /* blanks from … to */
  PLT_RECALL_FIELD_LAST,
  PLT_RECALL_FIELD_OPERATOR, /* sign-in name */
  PLT_N_RECALL_FIELDS,
} PltRecallField;

const char *plt_recall_field_get_caption (PltRecallField      field);
/* @values: a text for each field; NULL and "": whatever. Returns: (transfer full): JSON for the database */
char       *plt_recall_dup_filter        (const char * const *values);

typedef struct
{
  char     *card;
  char     *title;    /* number and holder */
  char     *subtitle; /* where it is, and what is still to be done */
  gboolean  is_open;  /* something is */
  char     *application; /* NULL: not said */
  gboolean  is_lost;  /* recalled or spoiled: its holder may need another */
} PltRecallCard;

typedef enum
{
  PLT_RECALL_PROPOSED,
  PLT_RECALL_CONFIRMED,
  PLT_RECALL_REFUSED,
} PltRecallState;

typedef struct
{
  char           *number;
  PltRecallState  state;
  char           *title;
  char           *subtitle;
  char           *reason;
  GPtrArray      *cards; /* (element-type PltRecallCard); of one that was read alone */
} PltRecall;

void       plt_recall_free          (PltRecall    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltRecall, plt_recall_free)

/* What PLT_RECALL_LIST, PLT_RECALL_SHOW and PLT_RECALL_PREVIEW answer. */
GPtrArray *plt_recall_parse_list    (const char   *json,
                                     GError      **error);
PltRecall *plt_recall_parse         (const char   *json,
                                     GError      **error);
GPtrArray *plt_recall_parse_preview (const char   *json,
                                     GError      **error);
/* What PLT_RECALL_CONFIRM answers, as a sentence. */
char      *plt_recall_dup_confirmed (const char   *json);

G_END_DECLS
