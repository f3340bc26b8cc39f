/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the renderer sees of a layout. Never changes after it was loaded, so threads share it. */
#pragma once

#include "plt-layout.h"

#include "plt-category.h"
#include "plt-layout-element.h"

#include <fontconfig/fontconfig.h>

G_BEGIN_DECLS

typedef struct _PltCardFixed PltCardFixed;

typedef struct
{
  char     *name;     /* as elements call it */
  char     *families; /* family and fallbacks, comma-separated */
  gboolean  bold;
} PltLayoutFont;

typedef struct
{
  double  width, height;
  GArray *path; /* of PltSvgSegment */
} PltPictogram;

struct _PltLayout
{
  GObject       parent_instance;

  guint         serial; /* differs for every layout loaded; fonts are cached by it */
  char         *id;
  int           version;
  char         *title;
  GPtrArray    *sides[2]; /* of PltElement */
  GPtrArray    *fonts;    /* of PltLayoutFont */
  FcConfig     *font_config;
  PltPictogram  pictograms[PLT_N_CATEGORIES];
  PltCardFixed *fixed; /* what of it is drawn once for all cards */
};

const PltLayoutFont *plt_layout_find_font      (PltLayout            *self,
                                                const char           *name);

/* plt-layout-fonts.c */
gboolean             plt_layout_read_fonts     (PltLayout            *self,
                                                const PltLayoutText  *text,
                                                JsonArray            *array,
                                                GError              **error);

G_END_DECLS
