/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of one card while it is drawn: cairo writes what differs from card to card, and a
 * placeholder where something stands that is ready: an unchanging part of the layout, or a picture
 * in a form that cairo has not. When cairo has finished, the placeholders are replaced. Private to
 * this folder. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct _PltCardForms PltCardForms;
typedef struct _PltCardPdf PltCardPdf;

/* Pages drawn once, to be used as form XObjects (ISO 32000-1, 8.10) in any number of files. They
 * share their fonts. Never change: threads may use them at once. */
PltCardForms *plt_card_forms_new    (GBytes              *pdf);
void          plt_card_forms_free   (PltCardForms        *self);

PltCardPdf   *plt_card_pdf_new      (PltCardForms        *forms);
void          plt_card_pdf_free     (PltCardPdf          *self);
void          plt_card_pdf_use_form (PltCardPdf          *self,
                                     cairo_t             *cr,
                                     guint                form,
                                     double               width,
                                     double               height);
void          plt_card_pdf_end_forms (PltCardPdf         *self);
GBytes       *plt_card_pdf_make_form (const char         *content,
                                      const char         *members,
                                      gboolean            is_cut);
guint         plt_card_pdf_add      (PltCardPdf          *self,
                                     GBytes              *object);
guint         plt_card_pdf_find     (PltCardPdf          *self,
                                     gconstpointer        key);
void          plt_card_pdf_remember (PltCardPdf          *self,
                                     gconstpointer        key,
                                     guint                number);
void          plt_card_pdf_use      (PltCardPdf          *self,
                                     cairo_t             *cr,
                                     GBytes              *object,
                                     double               opacity);
GBytes       *plt_card_pdf_tidy     (PltCardPdf          *self,
                                     GBytes              *pdf);
GBytes       *plt_card_pdf_finish   (PltCardPdf          *self,
                                     GBytes              *pdf);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltCardForms, plt_card_forms_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltCardPdf, plt_card_pdf_free)

G_END_DECLS
