/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The digital twin of a card, for an auditor: what the record said when it was made, what its file and codes
 * carry, what was read back from the plastic, field by field beside each other; who did what with which printer
 * and blank; every hash as it is kept and as it is now. Nothing is changed; who reads is written down. */
#pragma once

#include "plt-card.h"
#include "plt-office.h"
#include "plt-verified-field.h"

G_BEGIN_DECLS

/* What carries a card's data, in the order in which it stands beside the record: what was drawn and what was read
 * back first. */
typedef enum
{
  PLT_TWIN_CARD_FILE,
  PLT_TWIN_READ_BACK,
  PLT_TWIN_CHIP,
  PLT_TWIN_MDL,
  PLT_TWIN_QR,
  PLT_TWIN_PDF417,
  PLT_TWIN_MRZ,
  PLT_N_TWIN_CARRIERS,
} PltTwinCarrier;

const char *plt_twin_carrier_get_title (PltTwinCarrier carrier);

/* Texts are NULL where there is none: nobody says it. */
typedef struct
{
  char         *title;
  PltAgreement  agreement; /* of those that say it */
  char         *recorded;
  char         *said[PLT_N_TWIN_CARRIERS];
  gboolean      differs[PLT_N_TWIN_CARRIERS];
} PltTwinField;

typedef struct
{
  PltTwinCarrier  carrier;
  char           *what;
  const char     *seal;   /* the nick of its signature's state; NULL: not read */
  char           *signer;
  char           *text;   /* what is wrong with it, or that it was not read back */
  gboolean        is_good;
} PltTwinSource;

/* A hash as the ledger keeps it, and of what is there now. */
typedef struct
{
  char     *title;
  char     *kept;
  char     *now;
  gboolean  same;
} PltTwinHash;

typedef struct
{
  GDateTime *at;
  char      *who;  /* and at which workstation */
  char      *text; /* what was done */
  char      *why;
} PltTwinEvent;

/* One of the files that belong to a card. */
typedef struct
{
  char   *name;
  GBytes *bytes;
} PltTwinFile;

typedef struct
{
  char      *card;
  char      *holder_name;
  char      *application;
  char      *serial;   /* of its blank */
  char      *printer;
  char      *layout;   /* and which version of it */
  char      *handover; /* what was shown and signed; NULL: not handed over */
  PltCardState state;
  GPtrArray *events;  /* (element-type PltTwinEvent): oldest first */
  char      *json;    /* an object: everything in words */
  gboolean   is_same; /* every field and every hash agrees */
  GPtrArray *fields;  /* (element-type PltTwinField) */
  GPtrArray *sources; /* (element-type PltTwinSource) */
  GPtrArray *hashes;  /* (element-type PltTwinHash) */
  char      *not_redrawn; /* why it could not be drawn again; NULL: it was */
  GPtrArray *files;   /* (element-type PltTwinFile): card file, what is attached to it, pictures of both sides */
} PltTwin;

void     plt_twin_free    (PltTwin              *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltTwin, plt_twin_free)

/* @card_number: or an application's, for the newest of its cards that was drawn.
 * @layouts: (nullable): as plt_redraw_async(). Errors: those of the database; what can be read is told with what
 * cannot. */
void     plt_twin_async   (PltOffice            *office,
                           const char           *card_number,
                           const char           *layouts,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data);
PltTwin *plt_twin_finish  (GAsyncResult         *result,
                           GError              **error);

G_END_DECLS
