/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What plt-card-pdf.c collects while a card is drawn and plt-card-pdf-join.c puts into its file. */
#pragma once

#include "plt-card-pdf.h"
#include "plt-pdf-objects.h"

G_BEGIN_DECLS

/* One page of the prepared file. */
typedef struct
{
  const char *content;
  gsize       length;
  double      width, height; /* points */
  guint       resources;     /* number of the object that names what the content uses */
  GBytes     *packed;        /* (nullable): holds @content where it was packed anew */
  guint       columns;       /* of its predictor; 0: it has none */
} PltCardForm;

struct _PltCardForms
{
  PltPdfObjects *objects;
  GArray        *forms; /* of PltCardForm */
  gsize          n_bytes;
  guint         *same;    /* by number of an object: that of the first that is the same */
};

/* A form, moved to the right by @x points. */
typedef struct
{
  guint  form;
  double x;
} PltCardPlaced;

/* What stands for a placeholder: an object, or forms one upon the other. */
typedef struct
{
  GBytes *object; /* (nullable) */
  GArray *placed; /* (nullable): of PltCardPlaced */
} PltCardReplacement;

struct _PltCardPdf
{
  PltCardForms *forms;        /* (nullable) */
  GArray       *replacements; /* of PltCardReplacement, by number of the placeholder */
  GArray       *open;         /* (nullable): what the forms painted last are listed in */
  GPtrArray    *own;          /* of GBytes: objects made for this card alone */
  GHashTable   *known;        /* key → number of one of them */
};

/* A placeholder is a JPEG of one dot that carries its number. */
#define PLT_CARD_PDF_MARK "PLATEN"
#define PLT_CARD_PDF_MARK_ROOM 64

/* plt-card-objects.c */
guint *plt_card_objects_compact (PltPdfObjects *objects);

gsize plt_card_pdf_write_mark (guint   number,
                               guint8 *mark);

G_END_DECLS
