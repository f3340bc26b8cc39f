/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A versioned description of a card's two sides, read from data/layouts/<id>/layout.json. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PltCardError:
 * @PLT_CARD_ERROR_LAYOUT: the layout file is wrong; file, line and element are in the message
 * @PLT_CARD_ERROR_DOES_NOT_FIT: a value cannot be drawn whole; the field is in the message
 * @PLT_CARD_ERROR_MISSING: an input that the layout needs is missing
 * @PLT_CARD_ERROR_IMAGE: a picture cannot be used; why is in the message
 * @PLT_CARD_ERROR_FONT: a font of the layout is not installed; its package is in the message
 */
typedef enum
{
  PLT_CARD_ERROR_LAYOUT,
  PLT_CARD_ERROR_DOES_NOT_FIT,
  PLT_CARD_ERROR_MISSING,
  PLT_CARD_ERROR_IMAGE,
  PLT_CARD_ERROR_FONT,
} PltCardError;

#define PLT_CARD_ERROR (plt_card_error_quark ())
GQuark plt_card_error_quark (void);

#define PLT_TYPE_LAYOUT (plt_layout_get_type ())
G_DECLARE_FINAL_TYPE (PltLayout, plt_layout, PLT, LAYOUT, GObject)

PltLayout  *plt_layout_new_from_file (const char  *path,
                                      GError     **error);
const char *plt_layout_get_id        (PltLayout   *self);
int         plt_layout_get_version   (PltLayout   *self);
const char *plt_layout_get_title     (PltLayout   *self);

G_END_DECLS
