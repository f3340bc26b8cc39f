/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One printing of one card, passed from step to step by the files plt-print-reserve.c and
 * plt-print-send.c; plt-production-print.c says in which order, and why. */
#pragma once

#include "plt-print-gate.h"
#include "plt-production-private.h"

G_BEGIN_DECLS

/* What comes next. Each callback stores what it learned and names the next one. */
typedef enum
{
  PLT_PRINT_NEXT_LOOK_AT_PRINTER,
  PLT_PRINT_NEXT_FIND_APPLICATION,
  PLT_PRINT_NEXT_LOCK,
  PLT_PRINT_NEXT_FIND_CARD,
  PLT_PRINT_NEXT_FIND_JOB,
  PLT_PRINT_NEXT_ASK_WITNESS,
  PLT_PRINT_NEXT_DOUBT_FIRST, /* then nobody takes the end of its job for somebody else's doing */
  PLT_PRINT_NEXT_CANCEL_HELD, /* job, to be looked at once more */
  PLT_PRINT_NEXT_LOOK_AGAIN,
  PLT_PRINT_NEXT_GIVE_UP_CARD,
  PLT_PRINT_NEXT_FORGET_JOB, /* of a card that was given up */
  PLT_PRINT_NEXT_RESERVE,
  PLT_PRINT_NEXT_READ_CARD,
  PLT_PRINT_NEXT_READ_DATA,
  PLT_PRINT_NEXT_KEEP_FILE,
  PLT_PRINT_NEXT_LOAD_FILE,
  PLT_PRINT_NEXT_ASK_APPROVAL,
  PLT_PRINT_NEXT_WAIT_AT_GATE,
  PLT_PRINT_NEXT_CREATE_JOB,
  PLT_PRINT_NEXT_STORE_JOB,
  PLT_PRINT_NEXT_READ_CALIBRATION,
  PLT_PRINT_NEXT_CALL_WITNESS,
  PLT_PRINT_NEXT_SEND,
  PLT_PRINT_NEXT_FIND_JOB_AFTER_FAILURE,
  PLT_PRINT_NEXT_SAY_RELEASED,
  PLT_PRINT_NEXT_SAY_DOUBTFUL,
  PLT_PRINT_NEXT_READ_RESULT,
} PltPrintNext;

typedef struct
{
  PltPrintNext next;
  char *number;
  char *destination;
  gint64 application;
  PltPrintGate *gate; /* NULL: it need not wait for its printer */
  gboolean locked;
  guint epoch; /* of the connection that holds the lock */
  char *card_number;
  PltCard *card;
  PltStoreCardFile *file;
  GBytes *copy; /* what is sent in its place to a calibrated printer */
  PltPrintJob *job;
  const char *doubt; /* why the card is doubtful, if it is */
  GPtrArray *printers; /* PltPrinter, while one of a class is chosen */
  GError *failure; /* why printing ends after the card has been given up or doubted */
} PltPrintTask;

void plt_print_task_free     (PltPrintTask *self);

/* Takes the next step; a callback leaves its reference of the task to it. */
void plt_print_go_on         (GTask        *task,
                              PltPrintNext  next);
/* Takes it when the database has made the card's step, and ends the task when it has not. @task: (transfer full). */
void plt_print_go_on_after_step (GObject      *store,
                                 GAsyncResult *result,
                                 GTask        *task,
                                 PltPrintNext  next);
/* Gives the application free for others, as whoever ends the task must. */
void plt_print_end           (GTask        *task);
/* Ends the task with the question that its card leaves. */
void plt_print_fail_in_doubt (GTask        *task);
/* Ends the task. @error: (transfer full). */
void plt_print_fail          (GTask        *task,
                              GError       *error);

/* 0 while none was stored. */
int  plt_print_get_job_id    (PltCard      *card);

/* In plt-print-reserve.c: from the choice of the printer to a reserved card. */
void plt_print_printers_listed_cb          (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_application_found_cb        (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_locked_cb                   (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_cards_found_cb              (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_job_found_cb                (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_witness_asked_cb            (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_first_doubted_cb            (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_held_cancelled_cb           (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_job_looked_at_again_cb      (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_card_given_up_cb            (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_job_forgotten_cb            (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_reserved_cb                 (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_card_read_cb                (GObject *source, GAsyncResult *result, gpointer user_data);

/* In plt-print-send.c: from the reserved card to a document that the print system has. */
void plt_print_data_read_cb                (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_file_kept_cb                (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_file_loaded_cb              (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_may_be_sent_cb              (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_gate_passed_cb              (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_job_created_cb              (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_job_stored_cb               (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_calibration_read_cb         (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_witness_called_cb           (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_sent_cb                     (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_job_found_after_failure_cb  (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_released_cb                 (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_doubted_cb                  (GObject *source, GAsyncResult *result, gpointer user_data);
void plt_print_result_read_cb              (GObject *source, GAsyncResult *result, gpointer user_data);

G_END_DECLS
