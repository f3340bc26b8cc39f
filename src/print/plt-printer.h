/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Card printers and jobs through CUPS (IPP). Every call that talks to the scheduler runs in a
 * worker thread; see the facts that this relies on in RFC 8011 and PWG 5100. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PltPrintError:
 * @PLT_PRINT_ERROR_OFFLINE: the scheduler cannot be reached
 * @PLT_PRINT_ERROR_NO_PRINTER: no destination of this name
 * @PLT_PRINT_ERROR_UNSUITABLE: it cannot print ID-1 on both sides, or would repeat jobs by itself
 * @PLT_PRINT_ERROR_REJECTED: the scheduler refused the job
 * @PLT_PRINT_ERROR_DENIED: the print server asks for a password that it does not get
 * @PLT_PRINT_ERROR_UNTRUSTED: its certificate is not the one that it showed at first
 * @PLT_PRINT_ERROR_HIDDEN: names of jobs are hidden from us, and the one searched for may be among them
 * @PLT_PRINT_ERROR_PROFILE: a printer profile is not right; correct the file
 * @PLT_PRINT_ERROR_UNKNOWN_FATE: the connection broke while sending; find the job by its name
 */
typedef enum
{
  PLT_PRINT_ERROR_OFFLINE,
  PLT_PRINT_ERROR_NO_PRINTER,
  PLT_PRINT_ERROR_UNSUITABLE,
  PLT_PRINT_ERROR_REJECTED,
  PLT_PRINT_ERROR_UNKNOWN_FATE,
  PLT_PRINT_ERROR_PROFILE,
  PLT_PRINT_ERROR_DENIED,
  PLT_PRINT_ERROR_UNTRUSTED,
  PLT_PRINT_ERROR_HIDDEN,
} PltPrintError;

#define PLT_PRINT_ERROR (plt_print_error_quark ())
GQuark plt_print_error_quark (void);

/* RFC 8011 §5.4.11 printer-state */
typedef enum
{
  PLT_PRINTER_STATE_IDLE = 3,
  PLT_PRINTER_STATE_PROCESSING = 4,
  PLT_PRINTER_STATE_STOPPED = 5,
} PltPrinterState;

/* RFC 8011 §5.3.7 job-state; 0 is ours: the scheduler knows no such job. COMPLETED and CANCELED say
 * that the scheduler has done with the job, not whether a card came out: CUPS 2.4 calls completed
 * what an IPP printer forgot when its power failed, and cancelled what the printer aborted. */
typedef enum
{
  PLT_JOB_STATE_UNKNOWN = 0,
  PLT_JOB_STATE_PENDING = 3,
  PLT_JOB_STATE_HELD = 4,
  PLT_JOB_STATE_PROCESSING = 5,
  PLT_JOB_STATE_STOPPED = 6,
  PLT_JOB_STATE_CANCELED = 7,
  PLT_JOB_STATE_ABORTED = 8,
  PLT_JOB_STATE_COMPLETED = 9,
} PltJobState;

#define PLT_TYPE_PRINTER (plt_printer_get_type ())
G_DECLARE_FINAL_TYPE (PltPrinter, plt_printer, PLT, PRINTER, GObject)

/* Properties, read-only: "destination" (queue name), "title" (printer-info), "location", "model",
 * "uri", "state" (PltPrinterState as int), "state-text" (in words, all reasons, e.g. "Card feeder
 * empty; cover open"), "reasons" (strv of raw keywords), "accepting" (bool), "suitable" (bool),
 * "unsuitable-reason" (words or NULL), "severity" (int: 0 fine, 1 report, 2 warning, 3 error),
 * "supplies" (GListModel of PltPrinterSupply; empty when it reports none), "supply-text" (all of them
 * in a line), "warning" (words or NULL: settings that harm nobody's card, but somebody), "members"
 * (strv of a class's printers, NULL for a printer), "classes" (strv of those that it belongs to), "jobs"
 * (how many are queued), "profile" (what the file of its make is called, NULL without one),
 * "cleaning-cards" (how many cards from one cleaning to the next, 0 unknown), "counted" ("printer" when
 * it tells its supplies, "hand" when they are counted by the books of stock). */
const char *plt_printer_get_destination (PltPrinter *self);
const char *plt_printer_get_title       (PltPrinter *self);
const char *plt_printer_get_state_text  (PltPrinter *self);
gboolean    plt_printer_is_suitable     (PltPrinter *self);
const char *const *plt_printer_get_members (PltPrinter *self);

/* Of all printers, as plt_print_server_list_finish() gives them. Cards are never sent to a class but
 * to the member that is chosen here: a scheduler would repeat the job on the next one by itself. */
typedef int (*PltPrinterWeighFunc)         (PltPrinter *printer,
                                            gpointer    user_data);
PltPrinter *plt_printers_find              (GPtrArray  *printers,
                                            const char *destination);
const char *plt_printers_choose_member     (GPtrArray  *printers,
                                            const char *destination,
                                            PltPrinterWeighFunc weigh,
                                            gpointer    user_data);

/* Words for one printer-state-reasons keyword, suffix or not; (transfer full). NULL if it is
 * normal and not to be shown. */
char       *plt_printer_reason_to_text  (const char *keyword);
/* What to do now; NULL: nothing. */
const char *plt_printer_advise          (const char *const *reasons,
                                         int                severity);

typedef struct
{
  int          id;
  char        *uuid;        /* job-uuid */
  char        *name;        /* job-name */
  char        *printer;     /* the destination that has it */
  PltJobState  state;
  char        *state_text;  /* in words, with the printer's trouble if that holds it */
  gboolean     forgotten;   /* the queue has noted that its printer knew nothing of a job that it
                             * had taken, this one or one before: power was cut */
  gboolean     repeated;    /* it was begun more than once, here or at a print server behind: a back end sends
                             * a job again when it gets no answer */
  gint64       created_at;  /* seconds since 1970 by the clock of this computer; 0: not known */
  gint64       begun_at;    /* when it went to the printer, the last time if more than once; 0: not yet */
} PltPrintJob;

void        plt_print_job_free          (PltPrintJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPrintJob, plt_print_job_free)

/* A connection to one scheduler. */
#define PLT_TYPE_PRINT_SERVER (plt_print_server_get_type ())
G_DECLARE_FINAL_TYPE (PltPrintServer, plt_print_server, PLT, PRINT_SERVER, GObject)

/* @address: "host:port", "ipps://host:port" for one that is only spoken to encrypted, or socket path;
 * NULL for CUPS's own default. */
PltPrintServer *plt_print_server_new                (const char           *address);

/* For a server that asks for a password; see plt-print-login.h. All may be NULL. */
void            plt_print_server_set_login          (PltPrintServer       *self,
                                                     const char           *user,
                                                     const char           *password_file,
                                                     const char           *pin_file);
void            plt_print_server_set_profile_folders (PltPrintServer     *self,
                                                      const char *const  *folders);

/* (element-type PltPrinter) (transfer full) */
void            plt_print_server_list_async         (PltPrintServer       *self,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
GPtrArray      *plt_print_server_list_finish        (PltPrintServer       *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

/* From now on it is noticed when the scheduler ends or begins again, see plt-print-pulse.h. */
void            plt_print_server_take_pulse         (PltPrintServer       *self);
/* Whether the scheduler began again after it had got @job, and then gave it to the printer, perhaps not for the
 * first time. Known only while the pulse is taken. */
gboolean        plt_print_server_may_have_repeated  (PltPrintServer       *self,
                                                     const PltPrintJob    *job);

/* Whether the scheduler is still in the life in which it was asked for a witness. */
typedef enum
{
  PLT_PRINT_LIFE_UNKNOWN, /* it has no witnesses, or does not show them to this user */
  PLT_PRINT_LIFE_SAME,
  PLT_PRINT_LIFE_ANOTHER, /* it began again since: what it says of a job of then is not all that it did */
} PltPrintLife;

/* Returns: (transfer full): the name of a witness, to be kept before something is sent; "" where there are none. There is
 * one more in each print server that @destination passes its jobs on to. See plt-print-witness.h. */
void            plt_print_server_call_witness_async (PltPrintServer       *self,
                                                     const char           *destination,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
char           *plt_print_server_call_witness_finish
                                                    (PltPrintServer       *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);
/* To be asked after the job was looked at: what was seen then was seen in the same life. */
void            plt_print_server_ask_witness_async  (PltPrintServer       *self,
                                                     const char           *name,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean        plt_print_server_ask_witness_finish (PltPrintServer       *self,
                                                     GAsyncResult         *result,
                                                     PltPrintLife         *life,
                                                     GError              **error);

/* Creates a held job; no card can come out of it yet. The caller stores id and uuid before the
 * document is sent: that is what makes a crash answerable. */
void            plt_print_server_create_job_async   (PltPrintServer       *self,
                                                     const char           *destination,
                                                     const char           *job_name,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
PltPrintJob    *plt_print_server_create_job_finish  (PltPrintServer       *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

/* Sends @pdf to the held job, then releases it. The caller vouches for two pages of ID-1 (the card
 * file is checked where it is made). A job that got its document before is only released; one that
 * is no longer held is REJECTED, so that no card comes twice. Not cut short by @cancellable. */
void            plt_print_server_send_async         (PltPrintServer       *self,
                                                     const char           *destination,
                                                     int                   job_id,
                                                     GBytes               *pdf,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean        plt_print_server_send_finish        (PltPrintServer       *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

/* A sheet of paper, @pdf of A4 pages, on one side; for letters. Returns: the number of the job */
void            plt_print_server_print_sheet_async  (PltPrintServer       *self,
                                                     const char           *destination,
                                                     const char           *job_name,
                                                     GBytes               *pdf,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
int             plt_print_server_print_sheet_finish (PltPrintServer       *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

/* By id when @job_id > 0 (checked against @job_name), else searched by name among all jobs, also
 * finished ones. A job that is not known comes back with PLT_JOB_STATE_UNKNOWN. */
void            plt_print_server_find_job_async     (PltPrintServer       *self,
                                                     int                   job_id,
                                                     const char           *job_name,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
PltPrintJob    *plt_print_server_find_job_finish    (PltPrintServer       *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

void            plt_print_server_cancel_job_async   (PltPrintServer       *self,
                                                     int                   job_id,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean        plt_print_server_cancel_job_finish  (PltPrintServer       *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

/* Ends the job if it is of that name and has not ended, and takes it away with its document, so that no scheduler that
 * is killed remembers it afterwards. One that is not there is no error. */
void            plt_print_server_forget_job_async   (PltPrintServer       *self,
                                                     int                   job_id,
                                                     const char           *job_name,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean        plt_print_server_forget_job_finish  (PltPrintServer       *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

G_END_DECLS
