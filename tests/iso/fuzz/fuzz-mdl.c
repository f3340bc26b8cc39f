/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzzer's bytes to the mdoc's reader: as a whole, as the security object behind a signature,
 * and as the value of an element; and as a device key and a picture. */
#include "fuzz-key.h"
#include "plt-mdl-private.h"
#include "plt-mdl-reader-private.h"

static void
read_object (const guint8 *data,
             gsize         length)
{
  PltCborReader reader = { data, length, 0 };
  g_autoptr (PltMdl) mdl = g_new0 (PltMdl, 1);
  PltMdlObject object;
  const char *what = NULL;

  mdl->data = plt_licence_data_new ();
  plt_mdl_object_read (&object, mdl, &reader, &what, NULL);
  plt_mdl_object_clear (&object);
}

static void
read_elements (const guint8 *data,
               gsize         length)
{
  static const char *const identifiers[] = {
    "family_name", "birth_date", "issue_date", "portrait_capture_date", "driving_privileges", "sex",
    "age_over_18", "portrait", "nationality", "height",
  };
  g_autoptr (PltMdl) mdl = g_new0 (PltMdl, 1);
  PltCborReader foreign = { data, length, 0 };

  mdl->data = plt_licence_data_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (identifiers); i++)
    {
      PltCborReader reader = { data, length, 0 };

      plt_mdl_elements_read (mdl, PLT_MDL_NAME_SPACE, identifiers[i], &reader);
    }
  plt_mdl_elements_read (mdl, "org.example", "anything", &foreign);
  plt_mdl_elements_fill_empty (mdl);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GBytes) picture = plt_mdl_picture_strip (bytes);
  g_autoptr (PltMdl) mdl = plt_mdl_read (bytes, NULL);
  PltMdlDeviceKey key;

  plt_mdl_device_key_parse (bytes, &key, NULL);
  read_object (data, length);
  read_elements (data, length);

  return 0;
}
