/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture of the front of the test card with its four measures, as an engineer draws them. */
#pragma once

#include "plt-calibration-words.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PLT_TYPE_TEST_CARD_PICTURE (plt_test_card_picture_get_type ())
G_DECLARE_FINAL_TYPE (PltTestCardPicture, plt_test_card_picture, PLT, TEST_CARD_PICTURE, GtkWidget)

/* The measure that is being typed stands out; PLT_N_MEASURES: none. */
void plt_test_card_picture_set_number (PltTestCardPicture *self,
                                       PltMeasureNumber    number);

G_END_DECLS
