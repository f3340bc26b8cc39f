/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that are attached to a PDF. Private to this folder. */
#pragma once

#include "plt-card-file.h"
#include "plt-pdf.h"

G_BEGIN_DECLS

typedef PltCardFileAttached PltPdfAttached;

GPtrArray *plt_pdf_list_attached (PltPdf *pdf);
GPtrArray *plt_pdf_read_attached (GBytes *bytes);

G_END_DECLS
