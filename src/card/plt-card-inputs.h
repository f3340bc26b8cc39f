/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that is drawn on one card: text values by name, pictures, and the machine-readable
 * contents made elsewhere. Same inputs, layout and program version: same bytes. Value names that
 * layouts may bind: family_name given_names family_name_native given_names_native birth_date
 * birth_place sex nationality height weight eye_colour hair_colour address application_number
 * issue_date expiry_date authority administrative_number licence_number document_discriminator
 * state_name sign, and family_name_in_codes and given_names_in_codes where the codes hold a
 * shortened name; dates are given as YYYY-MM-DD and drawn as DD.MM.YYYY. */
#pragma once

#include <glib-object.h>

#include "plt-card-ink.h"
#include "plt-card-mrz.h"
#include "plt-category.h"

G_BEGIN_DECLS

/* Raised when the same inputs give a drawing of other bytes, though it look the same: a card is proved
 * by the program's version that drew it. 2: paths to a hundredth of a point, rosettes from crest to
 * trough. 3: what is the same on every card is drawn first; a card of version 2 is drawn as it was then. Of a
 * card whose inputs do not tell it is 1. */
#define PLT_CARD_RENDERER_VERSION 3
#define PLT_CARD_RENDERER_IN_ORDER 2 /* the last that drew a page from its first element to its last */
#define PLT_CARD_RENDERER_MEMBER "renderer_version"
#define PLT_CARD_APPROVED_MEMBER "portrait_approved_sha256"

#define PLT_TYPE_CARD_INPUTS (plt_card_inputs_get_type ())
typedef struct _PltCardInputs PltCardInputs;

GType          plt_card_inputs_get_type       (void);
PltCardInputs *plt_card_inputs_new            (void);
PltCardInputs *plt_card_inputs_ref            (PltCardInputs *self);
void           plt_card_inputs_unref          (PltCardInputs *self);

/* The version that draws it: the newest, or of what was drawn before one that is as good. */
void           plt_card_inputs_set_renderer   (PltCardInputs *self,
                                               int            version);
int            plt_card_inputs_get_renderer   (PltCardInputs *self);
void           plt_card_inputs_set_value      (PltCardInputs *self,
                                               const char    *name,
                                               const char    *value);
void           plt_card_inputs_set_categories (PltCardInputs *self,
                                               GPtrArray     *entries);
void           plt_card_inputs_set_portrait   (PltCardInputs *self,
                                               GBytes        *jpeg_or_png);
/* @sha256: (nullable): hex, of the portrait that was approved, where the one that is drawn is that fitted to
 * a card; told with it */
void           plt_card_inputs_set_approved   (PltCardInputs *self,
                                               const char    *sha256);
const char    *plt_card_inputs_get_approved   (PltCardInputs *self);
/* @taken_at: (nullable): RFC 3339, in UTC; not drawn, but part of what is made of the card */
void           plt_card_inputs_set_portrait_taken_at
                                              (PltCardInputs *self,
                                               const char    *taken_at);
void           plt_card_inputs_set_signature  (PltCardInputs *self,
                                               GBytes        *png_or_jpeg);
void           plt_card_inputs_take_ink       (PltCardInputs *self,
                                               PltCardInk    *ink);
void           plt_card_inputs_set_mrz_in     (PltCardInputs *self,
                                               PltCardMrzManner manner,
                                               const char    *zone);
const char    *plt_card_inputs_get_mrz_in     (PltCardInputs *self,
                                               PltCardMrzManner manner);
void           plt_card_inputs_set_mrz        (PltCardInputs *self,
                                               const char    *line);
void           plt_card_inputs_set_qr_text    (PltCardInputs *self,
                                               const char    *base45);
void           plt_card_inputs_set_pdf417     (PltCardInputs *self,
                                               GBytes        *payload);
void           plt_card_inputs_set_aamva      (PltCardInputs *self,
                                               GBytes        *payload);
void           plt_card_inputs_set_specimen   (PltCardInputs *self,
                                               gboolean       specimen);

const char    *plt_card_inputs_get_value      (PltCardInputs *self,
                                               const char    *name);
GPtrArray     *plt_card_inputs_get_categories (PltCardInputs *self);
GBytes        *plt_card_inputs_get_portrait   (PltCardInputs *self);
GBytes        *plt_card_inputs_get_signature  (PltCardInputs *self);
PltCardInk    *plt_card_inputs_get_ink        (PltCardInputs *self);
const char    *plt_card_inputs_get_mrz        (PltCardInputs *self);
const char    *plt_card_inputs_get_qr_text    (PltCardInputs *self);
GBytes        *plt_card_inputs_get_pdf417     (PltCardInputs *self);
GBytes        *plt_card_inputs_get_aamva      (PltCardInputs *self);
gboolean       plt_card_inputs_get_specimen   (PltCardInputs *self);

/* (transfer full): the SHA-256 of @bytes in lower-case hex. */
typedef char *(*PltCardHash) (GBytes *bytes);

/* The inputs as canonical JSON (sorted keys, pictures by SHA-256), for the attachment and the card
 * twin. @layout_digest: of the layout's files and fonts; may be NULL. @hash: may be NULL; GLib's takes
 * ten times as long as one that uses the processor's instructions */
char          *plt_card_inputs_to_json        (PltCardInputs *self,
                                               const char    *layout_id,
                                               int            layout_version,
                                               const char    *layout_digest,
                                               PltCardHash    hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltCardInputs, plt_card_inputs_unref)

G_END_DECLS
