/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of PltSpooler share. */
#pragma once

#include "plt-card.h"
#include "plt-office-private.h"
#include "plt-print-gate.h"
#include "plt-print-watch.h"
#include "plt-spooler.h"
#include "plt-store-print-queue.h"
#include "plt-store-spool.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_SPOOL_STAGE_FINDING, /* how far its card came with another spooler */
  PLT_SPOOL_STAGE_DRAWING, /* from the blank to the gate, where it waits for its printer */
  PLT_SPOOL_STAGE_SENDING, /* let through; the print system may have it any moment */
  PLT_SPOOL_STAGE_SENT,    /* the print system has it; followed until it is out */
  PLT_SPOOL_STAGE_ENDED,   /* the database has not been told yet */
} PltSpoolStage;

/* One application on its way through this spooler. */
typedef struct
{
  gint64         application;
  char          *number;
  char          *card;      /* its number, once it is sent */
  char          *printer;
  PltPrintGate  *gate;      /* until it is sent */
  PltSpoolStage  stage;
  gboolean       leased;    /* else the card was found under way */
  gboolean       busy;      /* an answer about it is outstanding */
  const char    *take_back; /* why it is to be taken back as soon as none is; NULL: it is not */
  char          *trouble;   /* ended: why it was not printed, NULL: for no fault of its own */
} PltSpoolJob;

struct _PltSpoolerPrinter
{
  GObject   parent_instance;
  char     *destination;
  char     *title;
  char    **places;         /* itself and its classes: what an order may name */
  gboolean  allowed;        /* of those that this spooler was told to use */
  gboolean  usable;
  char     *trouble;
  gint64    trouble_at;     /* monotonic */
  gint64    stopped_at;     /* monotonic: its queue takes up no job; 0: it does */
  gint64    rests_until;    /* monotonic: after it refused a job */
  char     *refusal;        /* why it rests */
  guint     strangers;      /* cards in it that other programs sent */
  guint     in_flight;
  int       blanks;
  int       ribbon;
  guint     printed;
  gboolean  seen;           /* in the list that is just being read */
};

struct _PltSpooler
{
  GObject        parent_instance;
  PltOffice     *office;
  GCancellable  *cancellable;
  PltPrintWatch *watch;
  char          *id;        /* UUID: to whom orders are leased */
  int            lease_s;
  guint          limit;
  char         **printers_wanted;
  char         **classes_wanted;
  gboolean       running;
  gboolean       started;   /* found out what was under way before */
  gboolean       idle;
  gboolean       taking;    /* the answer to a take is outstanding */
  gboolean       looking;   /* at printers */
  gboolean       looked;    /* at them at least once */
  gboolean       reading;   /* cards */
  gboolean       read_again;
  gboolean       server_lost;
  gboolean       offline;
  gint64         nothing_until; /* monotonic: nothing waits, unless something changes */
  guint          tick_id;
  guint          ticks;
  guint          n_begun;     /* cards that somebody has begun, or has left, and that were not sent */
  guint          n_returning; /* leases of cards that were sent, being given back */
  guint          pump_id;
  guint          read_id;
  GPtrArray     *jobs;      /* PltSpoolJob */
  GListStore    *printers;  /* PltSpoolerPrinter */
  GHashTable    *told;      /* application number → last sentence told about it */
  GHashTable    *retry_at;  /* application number → monotonic time (gint64) before which what was left is not tried */
  GHashTable    *watching;  /* numbers of others' cards that are being asked about */
  char          *now;
  char          *error;
  guint          n_taken, n_sent, n_out, n_doubtful, n_failed;
};

/* plt-spooler.c */
void               plt_spooler_pump            (PltSpooler         *self);
void               plt_spooler_update          (PltSpooler         *self);
void               plt_spooler_tell            (PltSpooler         *self,
                                                const char         *kind,
                                                const char         *application,
                                                const char         *card,
                                                const char         *printer,
                                                const char         *format,
                                                ...) G_GNUC_PRINTF (6, 7);
/* The same sentence about the same thing is told once. */
void               plt_spooler_tell_once       (PltSpooler         *self,
                                                const char         *about,
                                                const char         *kind,
                                                const char         *application,
                                                const char         *card,
                                                const char         *printer,
                                                const char         *text);
gboolean           plt_spooler_can_work        (PltSpooler         *self);

/* plt-spooler-printers.c */
void               plt_spooler_look            (PltSpooler         *self);
PltSpoolerPrinter *plt_spooler_find_printer    (PltSpooler         *self,
                                                const char         *destination);
PltSpoolerPrinter *plt_spooler_choose_printer  (PltSpooler         *self,
                                                GPtrArray          *but); /* nullable */
void               plt_spooler_count_in_flight (PltSpooler         *self);
gboolean           plt_spooler_printer_is_free (PltSpoolerPrinter  *printer);

/* plt-spooler-jobs.c */
void               plt_spool_job_free          (PltSpoolJob        *job);
PltSpoolJob       *plt_spooler_find_job        (PltSpooler         *self,
                                                const char         *application_number);
void               plt_spooler_end_job         (PltSpooler         *self,
                                                PltSpoolJob        *job,
                                                const char         *trouble);
/* Of what was sent: who follows it needs no lease. */
void               plt_spooler_return_leases   (PltSpooler         *self);
/* What ended while the database was away is told it now. */
void               plt_spooler_end_again       (PltSpooler         *self);
guint              plt_spooler_count_unsent    (PltSpooler         *self);
void               plt_spooler_take            (PltSpooler         *self);
PltSpoolJob       *plt_spooler_add_job         (PltSpooler         *self,
                                                gint64              application,
                                                const char         *number,
                                                const char         *printer,
                                                PltSpoolStage       stage);
void               plt_spooler_print           (PltSpooler         *self,
                                                PltSpoolJob        *job);
void               plt_spooler_open_gates      (PltSpooler         *self);
void               plt_spooler_give_back       (PltSpooler         *self,
                                                const char         *printer,
                                                const char         *why);
void               plt_spooler_keep            (PltSpooler         *self);

/* plt-spooler-freeze.c */
/* Takes back what the printer does not have yet of a card that a stop froze. */
void               plt_spooler_take_back       (PltSpooler         *self,
                                                PltSpoolJob        *job,
                                                PltCard            *card);
/* Takes back what waits for @printer, whose queue has stopped: its application goes to another printer or waits in the
 * line, where it can be moved. What the printer had begun is asked about. */
void               plt_spooler_take_back_waiting
                                               (PltSpooler         *self,
                                                const char         *printer);
/* Begins with what was to be taken back and had an answer outstanding. */
void               plt_spooler_take_back_now   (PltSpooler         *self,
                                                PltSpoolJob        *job);

/* plt-spooler-cards.c */
void               plt_spooler_read_cards      (PltSpooler         *self);
void               plt_spooler_follow          (PltSpooler         *self);

G_END_DECLS
