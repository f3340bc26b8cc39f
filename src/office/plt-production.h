/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an approved application to the card in the hand: preview, card file, printing, read-back,
 * hand-over. A card is printed at most once: its row, job name and held job are stored before the
 * document leaves, and after a crash the job is found again by its name; what cannot be known is
 * doubtful and is asked about. */
#pragma once

#include <gio/gio.h>

#include "plt-card.h"
#include "plt-case.h"
#include "plt-office.h"
#include "plt-preview.h"

G_BEGIN_DECLS

/* The signed card file (PDF/A-3b). Of the reserved card if there is one, else a proof. @bled: with the
 * layout's bleed around the trim; refused once the card is drawn. */
void        plt_production_file_async      (PltOffice *office, const char *application_number,
                                            gboolean bled,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
GBytes     *plt_production_file_finish     (GAsyncResult *result, GError **error);

/* Reserves a blank, renders, stores the hashes, creates the held job, sends, releases. Ends when
 * the print system has the whole job (card state "sent"), not when the card is out. */
void        plt_production_print_async     (PltOffice *office, const char *application_number,
                                            const char *destination, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
PltCard    *plt_production_print_finish    (GAsyncResult *result, GError **error);

/* Looks at the print system for one card in flight and moves the card on (sent, on_device, out,
 * doubtful). Returns the card as it is now. Also the power-cut resolver: safe to call any time. */
void        plt_production_follow_async    (PltOffice *office, const char *card_number,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
PltCard    *plt_production_follow_finish   (GAsyncResult *result, GError **error);

/* One line of a read-back: what the record says against what the plastic says. */
#define PLT_TYPE_READBACK_FIELD (plt_readback_field_get_type ())
G_DECLARE_FINAL_TYPE (PltReadbackField, plt_readback_field, PLT, READBACK_FIELD, GObject)
/* Properties "title", "expected", "found" (strings), "matches" (bool). */

/* @scan: the text of the card's QR code as a scanner types it, or of its PDF417 where that is AAMVA's; @serial: of the blank as printed
 * on the plastic or scanned, or NULL to use the reserved one. Verifies the signature, compares
 * field by field, and only when all match moves the card to "checked" and the application to
 * "ready". Fails with PLT_OFFICE_ERROR_RULE ("READBACK_DIFFERS") when they do not, with @fields
 * (out)(optional)(element-type PltReadbackField) filled in both cases. */
void        plt_production_read_async      (PltOffice *office, const char *card_number,
                                            const char *scan, const char *serial,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
PltCard    *plt_production_read_finish     (GAsyncResult *result, GPtrArray **fields,
                                            GError **error);

/* Answers for a doubtful card, spoils one, or hands a checked one over (@text: its code scanned
 * again at the counter, or NULL where the operator has just read it in this session). */
typedef enum
{
  PLT_CARD_STEP_CAME_OUT,  /* doubtful → out; one that is asked about: it is there */
  PLT_CARD_STEP_SPOIL,     /* → spoiled; @text is the reason */
  PLT_CARD_STEP_CANCEL,    /* never printed, or asked about → cancelled; @text is the reason */
  PLT_CARD_STEP_ISSUE,     /* checked → issued; @text is the scan or NULL */
} PltCardStep;
void        plt_production_step_async      (PltOffice *office, const char *card_number,
                                            PltCardStep step, const char *text,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
PltCard    *plt_production_step_finish     (GAsyncResult *result, GError **error);

/* Live list of PltCard in flight or awaiting hand-over in this office (GListModel), those that must
 * be asked about first; follows the print system every second while a card is between sent and out.
 * Properties "state"
 * (PltWorklistState values), "error". */
#define PLT_TYPE_CARD_ROOM (plt_card_room_get_type ())
G_DECLARE_FINAL_TYPE (PltCardRoom, plt_card_room, PLT, CARD_ROOM, GObject)
PltCardRoom *plt_card_room_new             (PltOffice *office);

/* Printers in words, as a live list model polled every two seconds while it is in use. Items are
 * GObjects with the properties "destination", "title", "state-text", "severity" (0 … 3),
 * "suitable" (bool), "unsuitable-reason", "location", "blanks" (int: blanks left, -1 unknown).
 * Properties of the list: "state", "error". */
#define PLT_TYPE_PRINTER_LIST (plt_printer_list_get_type ())
G_DECLARE_FINAL_TYPE (PltPrinterList, plt_printer_list, PLT, PRINTER_LIST, GObject)
PltPrinterList *plt_printer_list_new       (PltOffice *office);
void        plt_printer_list_load_async    (PltPrinterList *self, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
gboolean    plt_printer_list_load_finish   (PltPrinterList *self, GAsyncResult *result,
                                            GError **error);

G_END_DECLS
