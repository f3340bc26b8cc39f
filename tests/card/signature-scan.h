/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scans of one and the same signature, drawn with any pen, on any paper, under any lamp. */
#pragma once

#include "plt-picture-strokes.h"

#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

#define SCAN_WIDTH 1200
#define SCAN_HEIGHT 500

typedef enum
{
  FLAT = 0,
  SLOPE = 1 << 0,    /* one side lit less: down to 45 % */
  SHADOW = 1 << 1,   /* a hard edge across the middle */
  GRAIN = 1 << 2,    /* of a camera in the evening */
  RULE = 1 << 3,     /* a form's line under it, askew */
  DOTTED = 1 << 4,
  FRAME = 1 << 5,    /* a box around it */
  SPECKS = 1 << 6,
  LID = 1 << 7,      /* a dark strip along the sheet's edge */
  PRESSURE = 1 << 8, /* the pen was pressed and lifted */
  BLOTS = 1 << 9,    /* loops are full: no other hand can be read there */
} SignatureScene;

typedef struct
{
  const char     *name;
  double          pen; /* pixels */
  guint32         ink, paper;
  SignatureScene  scene;
} SignatureScan;

GBytes          *signature_scan_make       (const SignatureScan *from);
/* Where the hand drew, in any of the scans, with lines of this width. */
cairo_surface_t *signature_scan_draw_truth (double               width);
/* The same hand, as a tablet has it. */
PltStrokes      *signature_scan_write      (void);
/* As a PNG. */
GBytes          *signature_scan_save       (GdkPixbuf           *pixbuf);

G_END_DECLS
