/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions: who works on this connection, and the log of who read whom. */
#pragma once

#include "plt-store.h"

G_BEGIN_DECLS

typedef struct
{
  char      *token; /* secret */
  char      *staff_login;
  char      *staff_name;
  char      *office_code;
  char      *office_name;
  char     **roles; /* nicks */
  GDateTime *expires_at;
} PltStoreSession;

void             plt_store_session_free         (PltStoreSession      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltStoreSession, plt_store_session_free)

void             plt_store_open_session_async   (PltStore             *self,
                                                 const char           *totp,
                                                 const char           *workstation,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
PltStoreSession *plt_store_open_session_finish  (PltStore             *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void             plt_store_resume_session_async (PltStore             *self,
                                                 const char           *token,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
PltStoreSession *plt_store_resume_session_finish(PltStore             *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void             plt_store_close_session_async  (PltStore             *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean         plt_store_close_session_finish (PltStore             *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
/* After a connection broke and is back: ends what the server still runs for the broken one, at most ten
 * seconds later. */
void             plt_store_take_over_async      (PltStore             *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean         plt_store_take_over_finish     (PltStore             *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
/* Says that a person is at work: a session idles out after thirty minutes without. Nobody waits
 * for the answer. */
void             plt_store_touch_session        (PltStore             *self);
/* Each new connection resumes the session of @token by itself; NULL: no longer. */
void             plt_store_keep_session         (PltStore             *self,
                                                 const char           *token);

void             plt_store_note_lookup_async    (PltStore             *self,
                                                 const char           *id_number,
                                                 const char           *purpose,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean         plt_store_note_lookup_finish   (PltStore             *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
