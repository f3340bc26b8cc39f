/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes are a layout or are refused, every fault with the file's name and a line; what is loaded can
 * be laid out for a card without values and for one with many. */
#include "plt-card-parts.h"
#include "plt-layout.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static PltCardInputs *
make_inputs (void)
{
  PltCardInputs *inputs = plt_card_inputs_new ();

  plt_card_inputs_set_value (inputs, "family_name", "Ødegård Nguyễn");
  plt_card_inputs_set_value (inputs, "given_names", "A");
  plt_card_inputs_set_value (inputs, "birth_date", "1899-12-31");
  plt_card_inputs_set_value (inputs, "address", "1 Boulevard of the Founding Mothers, Amaurot");
  return inputs;
}

static void
lay_out (PltLayout *layout)
{
  g_autoptr (PltCardInputs) nobody = plt_card_inputs_new ();
  g_autoptr (PltCardInputs) somebody = make_inputs ();

  for (guint page = 0; page < MIN (plt_layout_get_n_pages (layout), 4); page++)
    {
      g_autoptr (GPtrArray) none = plt_card_list_parts (layout, nobody, page);
      g_autoptr (GPtrArray) some = plt_card_list_parts (layout, somebody, page);

      g_assert_cmpuint (none->len, ==, some->len);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *path = g_strdup_printf ("%s/fuzz-layout-%d.json", g_get_tmp_dir (), getpid ());
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (PltLayout) layout = NULL;

  g_assert_true (g_file_set_contents_full (path, (const char *) data, (gssize) size,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  faults = plt_layout_read_all_faults (path, &layout);
  g_unlink (path);
  g_assert_true ((layout == NULL) == (faults->len > 0));
  for (guint i = 0; i < faults->len; i++)
    g_assert_nonnull (strstr (((GError *) g_ptr_array_index (faults, i))->message, path));
  if (layout != NULL)
    lay_out (layout);
  return 0;
}
