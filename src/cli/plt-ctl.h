/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl: the office without a screen. One file per command; each gets its arguments parsed by
 * GOption, does its work through office/ and hands one JSON value to plt_ctl_print(), which writes
 * it as JSON or as plain text. Exit status: 0 done, 1 refused, 2 wrong usage. */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "plt-office.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_CTL_DONE = 0,
  PLT_CTL_REFUSED = 1,
  PLT_CTL_USAGE = 2,
} PltCtlStatus;

typedef struct
{
  PltOffice *office;
  gboolean   json;
  int        totp_fd; /* of --totp-fd; -1: ask */
} PltCtl;

/* What stands behind one command's name. @arguments are what is left when options are gone;
 * @run returns the status, having set @error unless it is done. */
typedef struct
{
  const char         *name;      /* "application new" */
  const char         *arguments; /* "ID" for the usage line, untranslated */
  const char         *summary;   /* one sentence, untranslated */
  int                 n_arguments;
  int                 n_optional; /* so many more may follow */
  gboolean            signed_in; /* needs a session */
  char              **alone;     /* an option with which it needs none; may be NULL */
  const GOptionEntry *options;   /* may be NULL */
  PltCtlStatus      (*run) (PltCtl  *ctl,
                            char   **arguments,
                            GError **error);
} PltCtlCommand;

/* A usage error: exit status 2. */
#define PLT_CTL_ERROR (plt_ctl_error_quark ())
GQuark        plt_ctl_error_quark   (void);
enum
{
  PLT_CTL_ERROR_USAGE,
};
/* Returns: %FALSE */
gboolean      plt_ctl_usage_error   (GError       **error,
                                     const char    *sentence);

/* Waiting: pass plt_ctl_ready_cb and the address of a NULL GAsyncResult pointer, then await it. */
void          plt_ctl_ready_cb      (GObject       *source,
                                     GAsyncResult  *result,
                                     gpointer       user_data);
GAsyncResult *plt_ctl_await         (GAsyncResult **result);

gboolean      plt_ctl_sign_in       (PltCtl        *ctl,
                                     int            totp_fd,
                                     GError       **error);
void          plt_ctl_sign_in_if_possible
                                    (PltCtl        *ctl);
char         *plt_ctl_read_secret   (int            fd,
                                     const char    *prompt,
                                     GError       **error);

/* Output. Members are the object's properties, '-' turned to '_'; enumerations as their nicks. */
void          plt_ctl_print         (PltCtl        *ctl,
                                     JsonNode      *value);
/* @json: (nullable): what the office answered; NULL with @error set. Prints it, and says what came of it. */
PltCtlStatus  plt_ctl_print_text    (PltCtl        *ctl,
                                     const char    *json,
                                     GError       **error);
void          plt_ctl_print_number  (PltCtl        *ctl,
                                     const char    *name,
                                     gint64         number);
void          plt_ctl_add_object    (JsonBuilder   *builder,
                                     gpointer       object,
                                     const char    *first_property,
                                     ...) G_GNUC_NULL_TERMINATED;
void          plt_ctl_add_members   (JsonBuilder   *builder,
                                     gpointer       object,
                                     const char    *first_property,
                                     ...) G_GNUC_NULL_TERMINATED;
void          plt_ctl_add_string    (JsonBuilder   *builder,
                                     const char    *name,
                                     const char    *value);
JsonNode     *plt_ctl_finish        (JsonBuilder   *builder);

/* Whether the print server has @name, or cannot be asked. */
gboolean      plt_ctl_check_destination
                                    (PltCtl        *ctl,
                                     const char    *name,
                                     GError       **error);

GBytes       *plt_ctl_read_picture  (const char    *path,
                                     char         **name,
                                     GError       **error);
gboolean      plt_ctl_write_file    (const char    *path,
                                     GBytes        *bytes,
                                     GError       **error);
gboolean      plt_ctl_is_unread     (void);

/* The commands, each in the file of its name. */
extern const PltCtlCommand plt_ctl_lookup;
extern const PltCtlCommand plt_ctl_search;
extern const PltCtlCommand plt_ctl_application_kinds;
extern const PltCtlCommand plt_ctl_application_documents;
extern const PltCtlCommand plt_ctl_application_new;
extern const PltCtlCommand plt_ctl_application_set;
extern const PltCtlCommand plt_ctl_photo_check;
extern const PltCtlCommand plt_ctl_photo_fit;
extern const PltCtlCommand plt_ctl_exception_list;
extern const PltCtlCommand plt_ctl_exception_ask;
extern const PltCtlCommand plt_ctl_exception_allow;
extern const PltCtlCommand plt_ctl_exception_refuse;
extern const PltCtlCommand plt_ctl_application_park;
extern const PltCtlCommand plt_ctl_application_decide;
extern const PltCtlCommand plt_ctl_application_undo;
extern const PltCtlCommand plt_ctl_application_decisions;
extern const PltCtlCommand plt_ctl_rule_list;
extern const PltCtlCommand plt_ctl_rule_check;
extern const PltCtlCommand plt_ctl_rule_explain;
extern const PltCtlCommand plt_ctl_rule_simulate;
extern const PltCtlCommand plt_ctl_rule_propose;
extern const PltCtlCommand plt_ctl_rule_changes;
extern const PltCtlCommand plt_ctl_rule_preview;
extern const PltCtlCommand plt_ctl_rule_approve;
extern const PltCtlCommand plt_ctl_rule_refuse;
extern const PltCtlCommand plt_ctl_application_evidence;
extern const PltCtlCommand plt_ctl_application_keep_fit;
extern const PltCtlCommand plt_ctl_evidence_kinds;
extern const PltCtlCommand plt_ctl_evidence_record;
extern const PltCtlCommand plt_ctl_evidence_withdraw;
extern const PltCtlCommand plt_ctl_rule_learned;
extern const PltCtlCommand plt_ctl_rule_proposals;
extern const PltCtlCommand plt_ctl_rule_accept;
extern const PltCtlCommand plt_ctl_rule_end;
extern const PltCtlCommand plt_ctl_person_links;
extern const PltCtlCommand plt_ctl_person_link;
extern const PltCtlCommand plt_ctl_person_part;
extern const PltCtlCommand plt_ctl_person_agree;
extern const PltCtlCommand plt_ctl_person_refuse;
extern const PltCtlCommand plt_ctl_application_fetch;
extern const PltCtlCommand plt_ctl_application_submit;
extern const PltCtlCommand plt_ctl_application_approve;
extern const PltCtlCommand plt_ctl_application_return;
extern const PltCtlCommand plt_ctl_application_reject;
extern const PltCtlCommand plt_ctl_application_withdraw;
extern const PltCtlCommand plt_ctl_application_wait;
extern const PltCtlCommand plt_ctl_application_continue;
extern const PltCtlCommand plt_ctl_application_slip;
extern const PltCtlCommand plt_ctl_application_resume;
extern const PltCtlCommand plt_ctl_application_show;
extern const PltCtlCommand plt_ctl_application_list;
extern const PltCtlCommand plt_ctl_card_render;
extern const PltCtlCommand plt_ctl_card_file;
extern const PltCtlCommand plt_ctl_card_payload;
extern const PltCtlCommand plt_ctl_card_package;
extern const PltCtlCommand plt_ctl_card_print;
extern const PltCtlCommand plt_ctl_card_redraw;
extern const PltCtlCommand plt_ctl_card_prove;
extern const PltCtlCommand plt_ctl_card_twin;
extern const PltCtlCommand plt_ctl_card_approve_file;
extern const PltCtlCommand plt_ctl_card_list;
extern const PltCtlCommand plt_ctl_card_show;
extern const PltCtlCommand plt_ctl_card_read;
extern const PltCtlCommand plt_ctl_card_issue;
extern const PltCtlCommand plt_ctl_card_came_out;
extern const PltCtlCommand plt_ctl_card_spoil;
extern const PltCtlCommand plt_ctl_card_cancel;
extern const PltCtlCommand plt_ctl_card_rules;
extern const PltCtlCommand plt_ctl_card_post;
extern const PltCtlCommand plt_ctl_card_letter;
extern const PltCtlCommand plt_ctl_card_hand_over;
extern const PltCtlCommand plt_ctl_card_take;
extern const PltCtlCommand plt_ctl_card_give;
extern const PltCtlCommand plt_ctl_card_place;
extern const PltCtlCommand plt_ctl_card_shelve;
extern const PltCtlCommand plt_ctl_recall_done;
extern const PltCtlCommand plt_ctl_recall_refuse;
extern const PltCtlCommand plt_ctl_recall_confirm;
extern const PltCtlCommand plt_ctl_recall_show;
extern const PltCtlCommand plt_ctl_recall_list;
extern const PltCtlCommand plt_ctl_recall_new;
extern const PltCtlCommand plt_ctl_card_returned;
extern const PltCtlCommand plt_ctl_card_recall;
extern const PltCtlCommand plt_ctl_card_allow;
extern const PltCtlCommand plt_ctl_card_limits;
extern const PltCtlCommand plt_ctl_card_reasons;
extern const PltCtlCommand plt_ctl_card_unfreeze;
extern const PltCtlCommand plt_ctl_card_freeze;
extern const PltCtlCommand plt_ctl_bureau_list;
extern const PltCtlCommand plt_ctl_bureau_enrol;
extern const PltCtlCommand plt_ctl_bureau_approve;
extern const PltCtlCommand plt_ctl_bureau_retire;
extern const PltCtlCommand plt_ctl_bureau_send;
extern const PltCtlCommand plt_ctl_bureau_write;
extern const PltCtlCommand plt_ctl_bureau_cancel;
extern const PltCtlCommand plt_ctl_bureau_receive;
extern const PltCtlCommand plt_ctl_verify;
extern const PltCtlCommand plt_ctl_layout_list;
extern const PltCtlCommand plt_ctl_layout_check;
extern const PltCtlCommand plt_ctl_layout_render;
extern const PltCtlCommand plt_ctl_layout_proof;
extern const PltCtlCommand plt_ctl_layout_keep;
extern const PltCtlCommand plt_ctl_layout_versions;
extern const PltCtlCommand plt_ctl_layout_history;
extern const PltCtlCommand plt_ctl_layout_sheets;
extern const PltCtlCommand plt_ctl_layout_sheet;
extern const PltCtlCommand plt_ctl_layout_propose;
extern const PltCtlCommand plt_ctl_layout_approve;
extern const PltCtlCommand plt_ctl_layout_refuse;
extern const PltCtlCommand plt_ctl_layout_retire;
extern const PltCtlCommand plt_ctl_layout_rules;
extern const PltCtlCommand plt_ctl_layout_rule_propose;
extern const PltCtlCommand plt_ctl_layout_rule_approve;
extern const PltCtlCommand plt_ctl_layout_rule_end;
extern const PltCtlCommand plt_ctl_printer_list;
extern const PltCtlCommand plt_ctl_printer_show;
extern const PltCtlCommand plt_ctl_printer_check_profiles;
extern const PltCtlCommand plt_ctl_printer_test_card;
extern const PltCtlCommand plt_ctl_printer_calibrate;
extern const PltCtlCommand plt_ctl_printer_calibrations;
extern const PltCtlCommand plt_ctl_printer_lot;
extern const PltCtlCommand plt_ctl_printer_cleaning;
extern const PltCtlCommand plt_ctl_printer_cleaned;
extern const PltCtlCommand plt_ctl_spool;
extern const PltCtlCommand plt_ctl_fee_quote;
extern const PltCtlCommand plt_ctl_fee_pay;
extern const PltCtlCommand plt_ctl_fee_proof;
extern const PltCtlCommand plt_ctl_fee_waive;
extern const PltCtlCommand plt_ctl_fee_void;
extern const PltCtlCommand plt_ctl_fee_refund;
extern const PltCtlCommand plt_ctl_fee_approve;
extern const PltCtlCommand plt_ctl_fee_refuse;
extern const PltCtlCommand plt_ctl_fee_list;
extern const PltCtlCommand plt_ctl_fee_receipt;
extern const PltCtlCommand plt_ctl_fee_check;
extern const PltCtlCommand plt_ctl_fee_shift_open;
extern const PltCtlCommand plt_ctl_fee_shift_count;
extern const PltCtlCommand plt_ctl_fee_shift_close;
extern const PltCtlCommand plt_ctl_fee_shift_recount;
extern const PltCtlCommand plt_ctl_fee_shift_show;
extern const PltCtlCommand plt_ctl_fee_rule_list;
extern const PltCtlCommand plt_ctl_fee_rule_propose;
extern const PltCtlCommand plt_ctl_fee_rule_preview;
extern const PltCtlCommand plt_ctl_fee_rule_approve;
extern const PltCtlCommand plt_ctl_fee_rule_refuse;
extern const PltCtlCommand plt_ctl_fee_report;
extern const PltCtlCommand plt_ctl_fee_currency;
extern const PltCtlCommand plt_ctl_stock_list;
extern const PltCtlCommand plt_ctl_stock_receive;
extern const PltCtlCommand plt_ctl_stock_move;
extern const PltCtlCommand plt_ctl_stock_load;
extern const PltCtlCommand plt_ctl_stock_unload;
extern const PltCtlCommand plt_ctl_stock_count;
extern const PltCtlCommand plt_ctl_stock_explain;
extern const PltCtlCommand plt_ctl_stock_destroy;
extern const PltCtlCommand plt_ctl_stock_confirm;
extern const PltCtlCommand plt_ctl_stock_refuse;
extern const PltCtlCommand plt_ctl_stock_left;
extern const PltCtlCommand plt_ctl_print_queue_list;
extern const PltCtlCommand plt_ctl_print_queue_show;
extern const PltCtlCommand plt_ctl_print_queue_hold;
extern const PltCtlCommand plt_ctl_print_queue_release;
extern const PltCtlCommand plt_ctl_print_queue_move;
extern const PltCtlCommand plt_ctl_print_queue_prioritise;
extern const PltCtlCommand plt_ctl_print_queue_pause;
extern const PltCtlCommand plt_ctl_print_queue_resume;
extern const PltCtlCommand plt_ctl_print_queue_load;
extern const PltCtlCommand plt_ctl_print_queue_fair_after;
extern const PltCtlCommand plt_ctl_print_batch_new;
extern const PltCtlCommand plt_ctl_print_batch_list;
extern const PltCtlCommand plt_ctl_print_batch_release;
extern const PltCtlCommand plt_ctl_print_batch_cancel;
extern const PltCtlCommand plt_ctl_db_status;
extern const PltCtlCommand plt_ctl_db_upgrade;
extern const PltCtlCommand plt_ctl_office_set;
extern const PltCtlCommand plt_ctl_staff_add;
extern const PltCtlCommand plt_ctl_staff_list;
extern const PltCtlCommand plt_ctl_registry_list;
extern const PltCtlCommand plt_ctl_registry_check;
extern const PltCtlCommand plt_ctl_registry_probe;
extern const PltCtlCommand plt_ctl_registry_duplicates;
extern const PltCtlCommand plt_ctl_outbox_list;
extern const PltCtlCommand plt_ctl_outbox_send;
extern const PltCtlCommand plt_ctl_outbox_retry;
extern const PltCtlCommand plt_ctl_outbox_discard;
extern const PltCtlCommand plt_ctl_key_list;
extern const PltCtlCommand plt_ctl_key_create;
extern const PltCtlCommand plt_ctl_key_import;
extern const PltCtlCommand plt_ctl_key_rotate;
extern const PltCtlCommand plt_ctl_key_certify;
extern const PltCtlCommand plt_ctl_key_revoke;
extern const PltCtlCommand plt_ctl_key_renew;
extern const PltCtlCommand plt_ctl_key_export;
extern const PltCtlCommand plt_ctl_audit_sign;
extern const PltCtlCommand plt_ctl_audit_check;
extern const PltCtlCommand plt_ctl_health;
extern const PltCtlCommand plt_ctl_sign_in_command;
extern const PltCtlCommand plt_ctl_sign_out_command;

G_END_DECLS
