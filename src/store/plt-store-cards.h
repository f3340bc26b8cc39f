/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards: what is printed on one, what is kept of it, and every step of its life. */
#pragma once

#include "plt-card.h"
#include "plt-source.h"
#include "plt-store.h"

G_BEGIN_DECLS

/* Everything that is printed for one application. Strings may be NULL. */
typedef struct
{
  gint64  application;
  char   *person[PLT_N_FIELDS]; /* the person fields that a card shows, by PltField */
  char   *licence_number;
  char   *issue_date;  /* YYYY-MM-DD */
  char   *expiry_date; /* YYYY-MM-DD */
  char   *categories;  /* text form of plt-category.h */
  char   *authority;
  char   *application_number;
  char   *card_number; /* of the reserved card */
  char   *card_serial; /* of its blank */
  char   *layout;      /* approved for it, with the version and the digest of its files */
  int     layout_version;
  char   *layout_digest; /* NULL: of a card that was drawn before layouts were approved */
  GBytes *portrait;
  char   *portrait_taken_at; /* RFC 3339, in UTC; NULL: not known */
  char   *approved_sha256; /* of the portrait that was approved, where this one is that fitted to a card;
                            * nothing of the database */
  GBytes *chip_portrait; /* the same made small when it was stored; NULL: it was not */
  GBytes *signature;
  gboolean is_bled; /* the pages of the file show the layout's bleed; nothing of the database */
} PltStoreCardData;

void              plt_store_card_data_free      (PltStoreCardData     *self);
PltStoreCardData *plt_store_card_data_copy      (const PltStoreCardData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltStoreCardData, plt_store_card_data_free)

/* What is kept of a drawn card. */
typedef struct
{
  char   *layout;
  int     layout_version;
  char   *layout_digest; /* hex, of the layout's files and fonts */
  char   *front_sha256; /* hex, of all that the page of the drawing shows */
  char   *back_sha256;
  char   *file_sha256; /* hex, of the signed file */
  char   *unsigned_sha256; /* hex, of what the issuer's signature covers */
  GBytes *file;
  char   *qr_text;
  GBytes *pdf417;
  char   *mrz;
  char   *inputs; /* JSON */
  char   *keys;   /* JSON: which keys signed it, as api.card_rendered() takes them */
} PltStoreCardFile;

void              plt_store_card_file_free      (PltStoreCardFile     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltStoreCardFile, plt_store_card_file_free)

/* In flight, doubtful or awaiting hand-over, those that must be asked about first: (element-type
 * PltCard) (transfer full). */
void              plt_store_list_cards_async    (PltStore             *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
/* All cards of one application, newest first. */
void              plt_store_list_application_cards_async
                                                (PltStore             *self,
                                                 const char           *application_number,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
GPtrArray        *plt_store_list_cards_finish   (PltStore             *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void              plt_store_get_card_async      (PltStore             *self,
                                                 const char           *number,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
PltCard          *plt_store_get_card_finish     (PltStore             *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void              plt_store_card_data_async     (PltStore             *self,
                                                 const char           *application_number,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
PltStoreCardData *plt_store_card_data_finish    (PltStore             *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
/* Returns: (transfer full) (nullable): the number of the application whose card the same person has
 * in hand; NULL without an error when this office has handed none over. */
void              plt_store_previous_card_async (PltStore             *self,
                                                 const char           *application_number,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
char             *plt_store_previous_card_finish(PltStore             *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
/* Only file, qr_text, pdf417 and mrz are filled. */
void              plt_store_card_file_async     (PltStore             *self,
                                                 gint64                card,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
PltStoreCardFile *plt_store_card_file_finish    (PltStore             *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/* Returns: (transfer full): the card's number */
void              plt_store_reserve_card_async  (PltStore             *self,
                                                 gint64                application,
                                                 const char           *print_key,
                                                 const char           *printer,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
char             *plt_store_reserve_card_finish (PltStore             *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/* The steps below end with plt_store_card_step_finish(). */
void              plt_store_card_rendered_async (PltStore               *self,
                                                 gint64                  card,
                                                 const PltStoreCardFile *file,
                                                 GCancellable           *cancellable,
                                                 GAsyncReadyCallback     callback,
                                                 gpointer                user_data);
/* @printer_forgets: whether the queue had lost jobs of its printer before this one. */
void              plt_store_card_sent_async     (PltStore             *self,
                                                 gint64                card,
                                                 int                   job_id,
                                                 const char           *job_uuid,
                                                 gboolean              printer_forgets,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
/* Before the document leaves. @witness: the one that stands in the print server, "" where it has none */
void              plt_store_card_sending_async  (PltStore             *self,
                                                 gint64                card,
                                                 const char           *witness,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
typedef enum
{
  PLT_STORE_CARD_RELEASED,
  PLT_STORE_CARD_ON_DEVICE,
  PLT_STORE_CARD_OUT,
  PLT_STORE_CARD_FORGOTTEN, /* the printer knows no such job */
  PLT_STORE_CARD_DOUBTFUL,  /* with a reason, as all below */
  PLT_STORE_CARD_CAME_OUT,
  PLT_STORE_CARD_SPOIL,
  PLT_STORE_CARD_CANCEL,
  PLT_STORE_CARD_ISSUE,     /* @text is the code scanned again, or NULL */
} PltStoreCardStep;
void              plt_store_card_step_async     (PltStore             *self,
                                                 gint64                card,
                                                 PltStoreCardStep      step,
                                                 const char           *text,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean          plt_store_card_step_finish    (PltStore             *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/* Before the job is taken away from the print server. @forgotten: its printer knew of none */
void              plt_store_card_job_ended_async (PltStore            *self,
                                                  gint64               card,
                                                  gboolean             forgotten,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);

/* How its job was seen to end. */
typedef enum
{
  PLT_STORE_JOB_NOT_SEEN,
  PLT_STORE_JOB_OUT,
  PLT_STORE_JOB_FORGOTTEN,
} PltStoreJobEnd;

/* @witness: (out) (transfer full) (nullable): NULL: the document of the card never left */
void              plt_store_card_witness_async  (PltStore             *self,
                                                 gint64                card,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean          plt_store_card_witness_finish (PltStore             *self,
                                                 GAsyncResult         *result,
                                                 char                **witness,
                                                 PltStoreJobEnd       *end,
                                                 GError              **error);

/* @matched: (out): whether code and serial are the card's own; the database has kept the attempt
 * in both cases. Returns: (transfer full): its sentence about it, NULL on failure. */
void              plt_store_check_card_async    (PltStore             *self,
                                                 gint64                card,
                                                 const char           *scanned,
                                                 const char           *serial,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
char             *plt_store_check_card_finish   (PltStore             *self,
                                                 GAsyncResult         *result,
                                                 gboolean             *matched,
                                                 GError              **error);

/* The printing of one application is done by one connection at a time. */
void              plt_store_lock_printing_async (PltStore             *self,
                                                 gint64                application,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
/* @taken: (out): FALSE when another connection has it */
gboolean          plt_store_lock_printing_finish(PltStore             *self,
                                                 GAsyncResult         *result,
                                                 gboolean             *taken,
                                                 GError              **error);
/* Gives it back; nobody waits for the answer. */
void              plt_store_unlock_printing     (PltStore             *self,
                                                 gint64                application);

G_END_DECLS
