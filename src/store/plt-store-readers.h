/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One reader per record type: rows in, the domain's objects out. Private to this folder. */
#pragma once

#include "plt-store-drawn.h"

G_BEGIN_DECLS

/* Each returns a (transfer full) array with its element type, or NULL with PLT_STORE_ERROR_ROW. */
GPtrArray *plt_store_read_applications (PltPgResult  *rows,
                                        GError      **error); /* PltLicenceApplication */
GPtrArray *plt_store_read_answers      (PltPgResult  *rows,
                                        GError      **error); /* PltSourceAnswer */
/* @answers: what the sources said, for the values beside the chosen one. */
GPtrArray *plt_store_read_fields       (PltPgResult  *rows,
                                        GPtrArray    *answers,
                                        GError      **error); /* PltReconciledField */
GPtrArray *plt_store_read_findings     (PltPgResult  *rows,
                                        GError      **error); /* PltFinding */
GPtrArray *plt_store_read_events       (PltPgResult  *rows,
                                        GError      **error); /* PltEvent */
GPtrArray *plt_store_read_cards        (PltPgResult  *rows,
                                        GError      **error); /* PltCard */
/* (transfer full): of the statements that have its columns */
PltStoreDrawnCard *plt_store_read_drawn_card (PltPgResult *rows,
                                              int          row);

G_END_DECLS
