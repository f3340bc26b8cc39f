/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A versioned description of what is drawn: the two sides of a card, the pages of a booklet, a
 * sheet. Read from <folder>/<id>/layout.json; data/layouts/README.md is the format. Never changes
 * after it was loaded: threads may share it. */
#pragma once

#include "plt-card-mrz.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PltCardError:
 * @PLT_CARD_ERROR_LAYOUT: the layout file is wrong; file, line and element are in the message
 * @PLT_CARD_ERROR_DOES_NOT_FIT: a value cannot be drawn whole; the field is in the message
 * @PLT_CARD_ERROR_MISSING: an input that the layout needs is missing
 * @PLT_CARD_ERROR_IMAGE: a picture cannot be used; why is in the message
 * @PLT_CARD_ERROR_FONT: a font of the layout is not installed; its package is in the message
 * @PLT_CARD_ERROR_GLYPH: the layout's fonts lack a character; it and the field are in the message
 * @PLT_CARD_ERROR_NOT_VALID: the layout may not be used on that day, or there is no such layout
 */
typedef enum
{
  PLT_CARD_ERROR_LAYOUT,
  PLT_CARD_ERROR_DOES_NOT_FIT,
  PLT_CARD_ERROR_MISSING,
  PLT_CARD_ERROR_IMAGE,
  PLT_CARD_ERROR_FONT,
  PLT_CARD_ERROR_GLYPH,
  PLT_CARD_ERROR_NOT_VALID,
} PltCardError;

#define PLT_CARD_ERROR (plt_card_error_quark ())
GQuark plt_card_error_quark (void);

/**
 * PltCardPayload:
 * @PLT_CARD_PAYLOAD_ISO: data group 1 of ISO/IEC 18013-2, signed
 * @PLT_CARD_PAYLOAD_AAMVA: the file of the AAMVA DL/ID Card Design Standard
 *
 * What a PDF417 holds.
 */
typedef enum
{
  PLT_CARD_PAYLOAD_ISO,
  PLT_CARD_PAYLOAD_AAMVA,
} PltCardPayload;

#define PLT_TYPE_LAYOUT (plt_layout_get_type ())
G_DECLARE_FINAL_TYPE (PltLayout, plt_layout, PLT, LAYOUT, GObject)

PltLayout  *plt_layout_new_from_file   (const char   *path,
                                        GError      **error);
GPtrArray  *plt_layout_read_all_faults (const char   *path,
                                        PltLayout   **layout);
const char *plt_layout_get_id          (PltLayout    *self);
int         plt_layout_get_version     (PltLayout    *self);
const char *plt_layout_get_title       (PltLayout    *self);
const char *plt_layout_get_digest      (PltLayout    *self);

guint       plt_layout_get_n_pages     (PltLayout    *self);
const char *plt_layout_get_page_title  (PltLayout    *self,
                                        guint         page);
void        plt_layout_get_page_size   (PltLayout    *self,
                                        guint         page,
                                        double       *width,
                                        double       *height);
double      plt_layout_get_bleed       (PltLayout    *self);
void        plt_layout_show_bleed      (PltLayout    *self);
double      plt_layout_get_shown_bleed (PltLayout    *self);
double      plt_layout_get_safe_margin (PltLayout    *self);
guint       plt_layout_get_layers      (PltLayout    *self);
PltCardPayload
            plt_layout_get_payload     (PltLayout    *self);
PltCardMrzManner
            plt_layout_get_mrz_manner  (PltLayout    *self);

GDate      *plt_layout_get_valid_from  (PltLayout    *self);
GDate      *plt_layout_get_valid_to    (PltLayout    *self);
gboolean    plt_layout_is_valid_on     (PltLayout    *self,
                                        const GDate  *date);

G_END_DECLS
