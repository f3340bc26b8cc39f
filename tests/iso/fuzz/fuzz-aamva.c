/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzzer's bytes to both readers of the AAMVA barcode; what either takes must come out the
 * same when it is written and read again. */
#include "fuzz-key.h"
#include "plt-aamva.h"

static void
check_again (PltAamvaFile *file)
{
  g_autoptr (GBytes) written = plt_aamva_file_write (file, NULL);
  g_autoptr (PltAamvaFile) again = written != NULL ? plt_aamva_file_read (written, NULL) : NULL;
  g_autoptr (PltAamvaLicence) licence = plt_aamva_licence_new_from_file (file, NULL);

  /* Not written are values that were sent empty, and what is longer than a directory can say. */
  if (written == NULL)
    return;
  g_assert_nonnull (again);
  for (guint i = 0; i < file->subfiles->len; i++)
    {
      const PltAamvaSubfile *subfile = g_ptr_array_index (file->subfiles, i);

      for (guint k = 0; k < subfile->elements->len; k++)
        {
          const PltAamvaElement *element = g_ptr_array_index (subfile->elements, k);

          g_assert_cmpstr (plt_aamva_file_get (again, subfile->type, element->id), ==,
                           element->value);
        }
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autofree char *text = g_strndup ((const char *) data, length);
  g_autoptr (GBytes) payload = g_bytes_new (data, length);
  g_autoptr (PltAamvaFile) file = plt_aamva_file_read (payload, NULL);
  g_autoptr (PltAamvaFile) typed = plt_aamva_file_read_typed (text, NULL);

  if (file != NULL)
    check_again (file);
  if (typed != NULL)
    check_again (typed);

  return 0;
}
