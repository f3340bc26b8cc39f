/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes card files as the office's press does, without an office: of every NAME.json that is named, a
 * holder and a layout, it writes NAME.pdf beside it, or NAME.txt with the reason why there is none.
 *
 *   make-card-files platen.conf NAME.json …
 *
 * {"layout": "utopia-eu", "version": 1, "person": {"family_name": "…", …}, "issue_date": "2026-03-01",
 *  "expiry_date": …, "categories": …, "licence_number": …, "portrait": "FILE", "signature": "FILE",
 *  "bled": true}
 *
 * With "approver": "Boris" it writes NAME.approved.pdf as well. */
#include "plt-card-file.h"
#include "plt-press-private.h"

#include <json-glib/json-glib.h>
#include <string.h>

static char *
dup_member (JsonObject *object,
            const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, NULL));
}

/* (nullable) (transfer full): what is in the file that the member names. */
static GBytes *
read_file (JsonObject *object,
           const char *name)
{
  const char *path = json_object_get_string_member_with_default (object, name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  if (path == NULL)
    return NULL;
  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, length);
}

static PltStoreCardData *
make_data (JsonObject *holder)
{
  PltStoreCardData *data = g_new0 (PltStoreCardData, 1);
  JsonObject *person = json_object_get_object_member (holder, "person");

  for (int field = 0; field < PLT_N_FIELDS; field++)
    data->person[field] = dup_member (person, plt_field_to_nick ((PltField) field));
  data->licence_number = dup_member (holder, "licence_number");
  data->issue_date = dup_member (holder, "issue_date");
  data->expiry_date = dup_member (holder, "expiry_date");
  data->categories = dup_member (holder, "categories");
  data->authority = dup_member (holder, "authority");
  data->application_number = dup_member (holder, "application_number");
  data->card_number = dup_member (holder, "card_number");
  data->layout = dup_member (holder, "layout");
  data->layout_version = (int) json_object_get_int_member (holder, "version");
  data->is_bled = json_object_get_boolean_member_with_default (holder, "bled", FALSE);
  data->portrait = read_file (holder, "portrait");
  data->signature = read_file (holder, "signature");
  return data;
}

static void
save (const char *job,
      const char *ending,
      const void *bytes,
      gsize       length)
{
  g_autofree char *stem = g_strndup (job, strlen (job) - strlen (".json"));
  g_autofree char *path = g_strconcat (stem, ending, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, (gssize) length, &error);
  g_assert_no_error (error);
}

static void
approve (PltPress   *press,
         const char *job,
         const char *approver,
         GBytes     *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltIssuerKey) issuer = plt_press_take_signer (press, PLT_KEY_PURPOSE_PDF, &error);
  g_autoptr (PltIssuerKey) key = plt_press_take_signer (press, PLT_KEY_PURPOSE_APPROVAL, &error);
  g_autoptr (GBytes) approved = plt_card_file_approve (file, issuer, approver, 1772359200, key, &error);

  g_assert_no_error (error);
  save (job, ".approved.pdf", g_bytes_get_data (approved, NULL), g_bytes_get_size (approved));
}

static void
make (PltPress   *press,
      const char *job)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (PltStoreCardData) data = NULL;
  g_autoptr (PltStoreCardFile) file = NULL;
  g_autofree char *approver = NULL;
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, job, &error);
  g_assert_no_error (error);
  data = make_data (json_node_get_object (json_parser_get_root (parser)));
  file = plt_press_make_file (press, data, &error);
  if (file == NULL)
    save (job, ".txt", error->message, strlen (error->message));
  else
    save (job, ".pdf", g_bytes_get_data (file->file, NULL), g_bytes_get_size (file->file));
  approver = dup_member (json_node_get_object (json_parser_get_root (parser)), "approver");
  if (file != NULL && approver != NULL)
    approve (press, job, approver, file->file);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltOfficeConfig) config = plt_office_config_load (argc > 1 ? argv[1] : NULL, &error);
  g_autoptr (PltPress) press = NULL;

  g_assert_no_error (error);
  press = plt_press_new (config);
  for (int i = 2; i < argc; i++)
    {
      g_assert_true (g_str_has_suffix (argv[i], ".json"));
      make (press, argv[i]);
    }
  return 0;
}
