/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card at the counter: who gets it, where it lies, what the office demands before it is handed over, and
 * the hand-over itself. */
#pragma once

#include "plt-card.h"
#include "plt-office.h"

G_BEGIN_DECLS

/* Texts are NULL where there is none. */
typedef struct
{
  char     *card;
  char     *holder_name;
  char     *birth_date;
  char     *birth_place;
  char     *sex;
  char     *nationality;
  char     *id_number;
  char     *licence_number;
  char     *categories;
  char     *shelf;
  char     *custodian;  /* the colleague who has it */
  char     *offered_to; /* the one who is to take it */
  char     *letter;     /* the one in which it is posted */
  GBytes   *portrait;
  GBytes   *signature;
  gboolean  needs_identity;
  gboolean  needs_receipt;
  gboolean  needs_custody;
  gboolean  may_be_posted;
} PltHandover;

void         plt_handover_free         (PltHandover          *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltHandover, plt_handover_free)

void         plt_handover_read_async   (PltOffice            *office,
                                        const char           *card_number,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* Returns: (transfer full) (nullable): NULL without @error where the card is not ready */
PltHandover *plt_handover_read_finish  (GAsyncResult         *result,
                                        GError              **error);

/* Where it is, for a person. */
char        *plt_handover_dup_place    (const PltHandover    *self);

/* What was shown, in the order in which a person chooses. */
#define PLT_N_IDENTITY_DOCUMENTS 5
const char  *plt_identity_document_get_nick  (guint           document);
const char  *plt_identity_document_get_title (guint           document);
/* Of a person who is known to the office there is no number. */
gboolean     plt_identity_document_is_numbered (guint         document);
/* Returns: (transfer full): of what was typed or scanned, what is kept of a number: its last four letters and digits */
char        *plt_identity_document_dup_end (const char       *number);

/* @scan, @number_end, @receipt: (nullable). @receipt: a PNG or JPEG picture. */
void         plt_handover_give_async   (PltOffice            *office,
                                        const char           *card_number,
                                        const char           *scan,
                                        const char           *document,
                                        const char           *number_end,
                                        GBytes               *receipt,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* In the letter that was matched with it. */
void         plt_handover_post_async   (PltOffice            *office,
                                        const char           *card_number,
                                        const char           *scan,
                                        const char           *letter,
                                        const char           *reference,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* Of both. Returns: (transfer full): the card as it is now */
PltCard     *plt_handover_give_finish  (GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
