/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One card's personalisation package, for a printer with an encoder: the files of the chip, the tracks of
 * the stripe and the card file, with a signed list (platen-package(5)). */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

typedef struct
{
  char  *card;
  char  *serial;
  char  *sha256;   /* hex, of the whole archive */
  char **files;    /* their paths in it */
  const char *blanks[3]; /* why a track of the stripe stays blank, as platen-package(5) says it; NULL: it does not */
} PltCardPackage;

void            plt_card_package_free   (PltCardPackage       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltCardPackage, plt_card_package_free)

/* Writes @path, whole or not at all. */
void            plt_card_package_async  (PltOffice            *office,
                                         const char           *card_number,
                                         const char           *path,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
PltCardPackage *plt_card_package_finish (GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
