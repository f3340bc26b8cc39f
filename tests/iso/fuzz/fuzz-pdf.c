/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzzer's bytes to what reads a PDF: each check of a card file by itself, because the first
 * that fails would hide the others, and the passes that make a card file of a drawing. */
#include "fuzz-key.h"
#include "plt-pdf.h"

static void
check (GBytes *file)
{
  g_autoptr (PltPdf) pdf = plt_pdf_open (file, NULL);

  if (pdf == NULL)
    return;
  plt_pdf_check_boxes (pdf, NULL);
  plt_pdfa_check (pdf, file, NULL);
  plt_pdf_check_attachments (pdf, NULL);
  for (int n = 1; n <= 2; n++)
    plt_pdf_check_signature (pdf, file, n, fuzz_key_get (), NULL, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autoptr (GBytes) file = g_bytes_new (data, length);
  g_autoptr (GBytes) finished = NULL;

  check (file);
  finished = plt_card_file_finish (file, "Driving licence", 0, NULL, 0, NULL, NULL, NULL);

  return 0;
}
