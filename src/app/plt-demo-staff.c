/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the staff of an office in a box and computes their codes as an authenticator would. */
#include "plt-demo-staff.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define TOTP_STEP_SECONDS 30
#define SECRET_MAX_BYTES 64

static void
demo_staff_free (gpointer data)
{
  PltDemoStaff *self = data;

  g_free (self->login);
  g_free (self->name);
  g_free (self->role);
  g_free (self->password);
  g_free (self->totp_secret);
  g_free (self);
}

static char *
dup_member (JsonObject *object,
            const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, ""));
}

static void
add_member_of_staff (JsonArray *array,
                     guint      index,
                     JsonNode  *node,
                     gpointer   user_data)
{
  GPtrArray *staff = user_data;
  PltDemoStaff *self;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  object = json_node_get_object (node);
  self = g_new0 (PltDemoStaff, 1);
  self->login = dup_member (object, "login");
  self->name = dup_member (object, "name");
  self->role = dup_member (object, "role");
  self->password = dup_member (object, "password");
  self->totp_secret = dup_member (object, "totp_secret");
  g_ptr_array_add (staff, self);
}

static gboolean
is_private (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 && (info.st_mode & 0077) == 0;
}

GPtrArray *
plt_demo_staff_load (void)
{
  const char *folder = g_getenv ("PLATEN_DEMO_FOLDER");
  g_autofree char *path = NULL;
  g_autoptr (JsonParser) parser = NULL;
  GPtrArray *staff;

  if (folder == NULL || *folder == '\0')
    return NULL;
  path = g_build_filename (folder, "staff.json", NULL);
  if (!is_private (path))
    return NULL;
  parser = json_parser_new ();
  if (!json_parser_load_from_file (parser, path, NULL)
      || !JSON_NODE_HOLDS_ARRAY (json_parser_get_root (parser)))
    return NULL;
  staff = g_ptr_array_new_with_free_func (demo_staff_free);
  json_array_foreach_element (json_node_get_array (json_parser_get_root (parser)),
                              add_member_of_staff, staff);
  return staff;
}

/* RFC 4648 Base32 without padding, as authenticators take it. */
static gsize
decode_base32 (const char *text,
               guint8      bytes[SECRET_MAX_BYTES])
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  guint bits = 0;
  guint n_bits = 0;
  gsize length = 0;

  for (const char *c = text; *c != '\0' && *c != '=' && length < SECRET_MAX_BYTES; c++)
    {
      const char *digit = strchr (alphabet, g_ascii_toupper (*c));

      if (digit == NULL)
        continue;
      bits = bits << 5 | (guint) (digit - alphabet);
      n_bits += 5;
      if (n_bits >= 8)
        {
          n_bits -= 8;
          bytes[length++] = (guint8) (bits >> n_bits);
        }
    }
  return length;
}

char *
plt_demo_staff_totp (const PltDemoStaff *self,
                     gint64              unix_seconds)
{
  guint64 counter = GUINT64_TO_BE ((guint64) (unix_seconds / TOTP_STEP_SECONDS));
  guint8 secret[SECRET_MAX_BYTES];
  guint8 digest[20];
  gsize digest_length = sizeof digest;
  gsize secret_length = decode_base32 (self->totp_secret, secret);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA1, secret, secret_length);
  guint offset;
  guint32 code;

  g_hmac_update (hmac, (const guchar *) &counter, sizeof counter);
  g_hmac_get_digest (hmac, digest, &digest_length);
  offset = digest[19] & 0x0f;
  code = ((guint32) (digest[offset] & 0x7f) << 24) | ((guint32) digest[offset + 1] << 16)
         | ((guint32) digest[offset + 2] << 8) | digest[offset + 3];
  return g_strdup_printf ("%06u", code % 1000000);
}
