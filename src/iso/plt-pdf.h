/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passes over a PDF that make it a card file: what libqpdf's C interface needs around it, and
 * one function for each subject. Private to this folder. */
#pragma once

#include "plt-card-file.h"

#include <qpdf/qpdf-c.h>

G_BEGIN_DECLS

typedef struct _qpdf_data PltPdf;

PltPdf   *plt_pdf_open            (GBytes                       *bytes,
                                   GError                      **error);
GBytes   *plt_pdf_write           (PltPdf                       *pdf,
                                   GError                      **error);
/* Of each of the two identifiers, in hexadecimal. */
#define PLT_PDF_ID_DIGITS 32

GBytes   *plt_pdf_set_id          (GBytes                       *file,
                                   GBytes                       *source);
void      plt_pdf_free            (PltPdf                       *pdf);
gboolean  plt_pdf_check           (PltPdf                       *pdf,
                                   GError                      **error);
int       plt_pdf_count_objects   (PltPdf                       *pdf);
qpdf_oh   plt_pdf_dict_of         (PltPdf                       *pdf,
                                   int                           object_id);
qpdf_oh   plt_pdf_new_stream      (PltPdf                       *pdf,
                                   GBytes                       *bytes,
                                   const char                   *dictionary);
qpdf_oh   plt_pdf_new_deflated    (PltPdf                       *pdf,
                                   GBytes                       *stream,
                                   const char                   *dictionary);
GBytes   *plt_pdf_stream_data     (PltPdf                       *pdf,
                                   qpdf_oh                       stream);
gboolean  plt_pdf_name_is         (PltPdf                       *pdf,
                                   qpdf_oh                       dict,
                                   const char                   *key,
                                   const char                   *name);
char     *plt_pdf_format_date     (gint64                        seconds);
char     *plt_pdf_hash            (GBytes                       *bytes);
void      plt_pdf_set_invalid     (GError                      **error,
                                   const char                   *problem);

/* Beside MediaBox: trim and bleed, in PDF units of 1/72 inch. */
typedef struct
{
  double x0, y0, x1, y1;
} PltPdfBox;

gboolean  plt_pdf_get_box         (PltPdf                       *pdf,
                                   qpdf_oh                       page,
                                   const char                   *key,
                                   PltPdfBox                    *box);
gboolean  plt_pdf_set_boxes       (PltPdf                       *pdf,
                                   GError                      **error);
gboolean  plt_pdf_check_boxes     (PltPdf                       *pdf,
                                   GError                      **error);

void      plt_pdfa_mend_objects   (PltPdf                       *pdf,
                                   GBytes                       *file);
GBytes   *plt_pdfa_make_xmp       (const PltCardFileContent     *content,
                                   const char                   *producer,
                                   const char                   *uuid);
void      plt_pdfa_add_identity   (PltPdf                       *pdf,
                                   GBytes                       *source,
                                   const PltCardFileContent     *content);
const char *plt_pdfa_find_problem_of_file (PltPdf               *pdf,
                                           GBytes               *file);
gboolean  plt_pdfa_check_joined   (PltPdf                       *pdf,
                                   GBytes                       *file,
                                   GError                      **error);
gboolean  plt_pdfa_check          (PltPdf                       *pdf,
                                   GBytes                       *file,
                                   GError                      **error);

gboolean  plt_pdf_add_attachments   (PltPdf                       *pdf,
                                     const PltCardFileAttachment  *attachments,
                                     gsize                         n_attachments,
                                     gint64                        created_at,
                                     GError                      **error);
gboolean  plt_pdf_check_attachments (PltPdf                       *pdf,
                                     GError                      **error);

/* Bytes that are left for a signature, so much at least and in such steps: more only for long chains of
 * certificates and for RSA. A string of PDF/A has at most 32767 bytes. */
#define PLT_PDF_ROOM_LEAST 1536
#define PLT_PDF_ROOM_STEP 256
#define PLT_PDF_ROOM_MOST 31744
#define PLT_PDF_RANGE_PLACEHOLDER "[ 0 1000000000 1000000000 1000000000 ]"

/* Where the hexadecimal string "<00…00>" lies: from "<" to behind ">". */
typedef struct
{
  gsize start;
  gsize end;
} PltPdfHole;

/* @key: (nullable): %NULL has room for what most need */
gsize     plt_pdf_find_room           (PltIssuerKey               *key);
gboolean  plt_pdf_add_signature_field (PltPdf                     *pdf,
                                       const char                 *signer,
                                       gint64                      created_at,
                                       gsize                       room,
                                       GError                    **error);
GBytes   *plt_pdf_prepare             (GBytes                     *file,
                                       PltPdfHole                 *hole,
                                       GBytes                    **around,
                                       GError                    **error);
GBytes   *plt_pdf_sign                (GBytes                     *file,
                                       const PltPdfHole           *hole,
                                       GBytes                     *around,
                                       PltIssuerKey               *key,
                                       GError                    **error);
int       plt_pdf_count_signatures    (PltPdf                     *pdf);
qpdf_oh   plt_pdf_get_signature       (PltPdf                     *pdf,
                                       int                         number);
GBytes   *plt_pdf_get_signed          (PltPdf                     *pdf,
                                       GBytes                     *file,
                                       int                         number,
                                       gsize                      *covered,
                                       GError                    **error);
GBytes   *plt_pdf_get_message         (PltPdf                     *pdf,
                                       GBytes                     *file,
                                       int                         number);
gboolean  plt_pdf_check_signature     (PltPdf                     *pdf,
                                       GBytes                     *file,
                                       int                         n_signatures,
                                       PltIssuerKey               *key,
                                       char                      **sha256,
                                       GError                    **error);

/* A second signature behind the file (ISO 32000-1, 7.5.6). */
GBytes   *plt_pdf_append_approval     (GBytes                     *file,
                                       const char                 *approver,
                                       const char                 *date,
                                       gsize                       room,
                                       GError                    **error);
/* How much was left for that signature; 0 where there is none. */
gsize     plt_pdf_get_room            (PltPdf                     *pdf,
                                       GBytes                     *file,
                                       int                         number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPdf, plt_pdf_free)

G_END_DECLS
