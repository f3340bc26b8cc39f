/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws an old card again, from what is kept of it, and says whether the drawing is the same to the
 * dot: what an auditor asks. Nothing is changed; who reads a card is written down as always. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* Hashes are SHA-256 in hexadecimal: as they were kept, and as they come out now. */
typedef struct
{
  char   *card;
  char   *layout;
  int     version;
  char   *kept_digest;  /* of the layout's files and fonts; NULL of a card older than approvals */
  char   *digest;
  char   *kept_front, *front;
  char   *kept_back, *back;
  int     kept_renderer, renderer; /* versions of what draws: others give other bytes of the same look */
  GBytes *pdf;          /* all pages, drawn again */
  GBytes *pictures[2];  /* front and back as PNG, where they were asked for */
} PltRedraw;

void       plt_redraw_free    (PltRedraw *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltRedraw, plt_redraw_free)

/* Whether files, front and back are what they were. */
gboolean   plt_redraw_is_same (const PltRedraw *self);

/* @folder: (nullable): where the layouts of then are kept, each with its fonts; those of this computer
 * are looked at after it. @dpi: of pictures; 0: none. Errors: those of the database, of the layout and of the drawing. */
void       plt_redraw_async   (PltOffice            *office,
                               const char           *card_number,
                               const char           *folder,
                               int                   dpi,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
PltRedraw *plt_redraw_finish  (GAsyncResult         *result,
                               GError              **error);

G_END_DECLS
