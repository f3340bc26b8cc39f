/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns what an administrator writes into work on the folder of keys. */
#include "config.h"

#include "plt-key-work.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "plt-date.h"
#include "plt-key-reach.h"
#include "plt-key-store.h"
#include "plt-office-error-private.h"
#include "plt-office-keys.h"

/* A certificate has two digits for most years. */
#define FIRST_YEAR 2000
#define LAST_YEAR 2099

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_SETUP, NULL, "%s", sentence));
  return FALSE;
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static const char *
find_folder (PltOfficeConfig *config,
             const char      *folder,
             GError         **error)
{
  const char *named = folder != NULL ? folder : plt_office_config_get (config, "issuer", "keys");

  if (named == NULL)
    refuse (error, _("No folder of keys is named, neither here nor in the configuration (“keys” in the "
                     "group “issuer”). Name one."));
  return named;
}

static gboolean
read_wish (const PltKeyOrder  *order,
           PltKeyWish         *wish,
           GError            **error)
{
  PltDate from = { 0 };

  if (!plt_key_purpose_from_nick (order->purpose, &wish->purpose))
    return refuse (error, _("Say what the key is for: “document”, “qr”, “pdf”, “approval”, “audit” or "
                            "“iaca”."));
  if (order->from != NULL && !plt_date_parse_iso (order->from, &from))
    return refuse (error, _("The first day of the key is no date. Write it as YYYY-MM-DD."));
  if (order->from != NULL && (from.year < FIRST_YEAR || from.year > LAST_YEAR))
    return refuse (error, _("The first day of the key is not in this century."));
  wish->id = order->id;
  wish->country = order->country;
  wish->organization = order->organization;
  wish->name = order->name;
  wish->uri = order->uri;
  wish->crl = order->crl;
  wish->token = order->token;
  wish->secret_file = order->secret;
  wish->plain = order->plain;
  wish->keep_secret = order->keep_secret;
  wish->root = order->root;
  wish->root_secret_file = order->root_secret;
  wish->days = order->days;
  wish->from = plt_date_is_set (from) ? plt_date_to_unix (from) : 0;
  return TRUE;
}

gboolean
plt_key_work_check (const PltKeyOrder  *order,
                    GError            **error)
{
  PltKeyWish wish = { 0 };

  return read_wish (order, &wish, error) &&
         (order->token == NULL || plt_key_reach_check_name (order->token, error));
}

static char *
to_text (JsonBuilder *builder)
{
  g_autoptr (JsonNode) node = json_builder_get_root (builder);

  return json_to_string (node, FALSE);
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static char *
describe (const char *id,
          const char *request)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "key", id);
  add_text (builder, "request", request);
  json_builder_end_object (builder);
  return to_text (builder);
}

typedef gboolean (*Make) (const char        *folder,
                          const PltKeyWish  *wish,
                          gint64             now,
                          char             **id,
                          char             **request,
                          GError           **error);

static char *
make (PltOfficeConfig    *config,
      const PltKeyOrder  *order,
      Make                maker,
      GError            **error)
{
  const char *folder = find_folder (config, order->folder, error);
  g_autofree char *id = NULL;
  g_autofree char *request = NULL;
  PltKeyWish wish = { 0 };

  if (folder == NULL || !read_wish (order, &wish, error) ||
      !maker (folder, &wish, get_now (), &id, &request, error))
    return NULL;
  return describe (id, request);
}

char *
plt_key_work_create (PltOfficeConfig    *config,
                     const PltKeyOrder  *order,
                     GError            **error)
{
  return make (config, order, plt_key_store_create, error);
}

char *
plt_key_work_rotate (PltOfficeConfig    *config,
                     const PltKeyOrder  *order,
                     GError            **error)
{
  return make (config, order, plt_key_store_rotate, error);
}

char *
plt_key_work_import (PltOfficeConfig    *config,
                     const PltKeyOrder  *order,
                     GError            **error)
{
  const char *folder = find_folder (config, order->folder, error);
  PltKeyWish wish = { 0 };

  if (folder == NULL || !read_wish (order, &wish, error))
    return NULL;
  if (order->certificate == NULL)
    {
      refuse (error, _("Nothing was imported: name the key’s certificate."));
      return NULL;
    }
  return plt_key_store_import (folder, &wish, get_now (), order->key, order->key_secret, order->certificate, error)
           ? describe (order->id, NULL) : NULL;
}

char *
plt_key_work_certify (PltOfficeConfig    *config,
                      const PltKeyOrder  *order,
                      GError            **error)
{
  PltKeyWish wish = { 0 };
  gint64 now = get_now ();

  if (!read_wish (order, &wish, error))
    return NULL;
  if (wish.purpose == PLT_KEY_PURPOSE_IACA || wish.root == NULL || order->certificate == NULL)
    {
      refuse (error, _("Nothing was certified: name the root’s folder, the request, what the key is for "
                       "and the file for the certificate."));
      return NULL;
    }
  return plt_key_store_certify (wish.root, wish.root_secret_file, order->request, wish.purpose,
                                wish.from != 0 ? wish.from : now - now % 86400, wish.days,
                                order->certificate, error)
           ? describe (NULL, NULL) : NULL;
}

char *
plt_key_work_revoke (PltOfficeConfig    *config,
                     const PltKeyOrder  *order,
                     GError            **error)
{
  const char *folder = find_folder (config, order->folder, error);

  if (folder == NULL)
    return NULL;
  return plt_key_store_revoke (folder, order->id, order->reason, order->root, order->root_secret,
                               get_now (), error) ? describe (order->id, NULL) : NULL;
}

static void
add_time (JsonBuilder *builder,
          const char  *name,
          gint64       time)
{
  g_autoptr (GDateTime) moment = time != 0 ? g_date_time_new_from_unix_utc (time) : NULL;
  g_autofree char *text = moment != NULL ? g_date_time_format_iso8601 (moment) : NULL;

  add_text (builder, name, text);
}

/* Of the roots' lists, the one that is good for longest: it was made just now. */
static char *
describe_list (const char  *folder,
               GError     **error)
{
  g_autoptr (PltKeyRing) ring = plt_key_ring_new ();
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const PltKeyInfo *root = NULL;

  if (!plt_key_ring_add_folder (ring, folder, NULL, error))
    return NULL;
  for (guint i = 0; i < plt_key_ring_get_n_keys (ring); i++)
    {
      const PltKeyInfo *info = plt_key_ring_get_info (ring, i);

      if (root == NULL || plt_office_keys_get_list_end (info) > plt_office_keys_get_list_end (root))
        root = info;
    }
  json_builder_begin_object (builder);
  add_text (builder, "key", root != NULL ? root->key_id : NULL);
  add_time (builder, "lists_good_until", root != NULL ? plt_office_keys_get_list_end (root) : 0);
  json_builder_end_object (builder);
  return to_text (builder);
}

char *
plt_key_work_renew (PltOfficeConfig    *config,
                    const PltKeyOrder  *order,
                    GError            **error)
{
  const char *folder = find_folder (config, order->folder, error);

  if (folder == NULL)
    return NULL;
  if (order->root == NULL)
    {
      refuse (error, _("A list of revoked keys is signed by its root. Say with “--root” where that is."));
      return NULL;
    }
  return plt_key_store_revoke (folder, NULL, NULL, order->root, order->root_secret, get_now (), error)
           ? describe_list (folder, error) : NULL;
}

static PltKeyRing *
read_ring (PltOfficeConfig  *config,
           const char       *folder,
           GError          **error)
{
  g_autoptr (PltKeyRing) ring = NULL;

  if (folder == NULL)
    return plt_office_keys_load (config, error);
  ring = plt_key_ring_new ();
  return plt_key_ring_add_folder (ring, folder, NULL, error) ? g_steal_pointer (&ring) : NULL;
}

static const char *
find_state (const PltKeyInfo *info,
            gint64            now)
{
  if (info->revoked != 0)
    return "revoked";
  if (info->certificate == NULL && info->from != 0)
    return "waiting";
  if (info->retired != 0 && info->retired <= now)
    return "retired";
  if (info->not_after != 0 && info->not_after < now)
    return "expired";
  if (MAX (info->from, info->not_before) > now)
    return "next";
  return "active";
}

/* What no longer signs need not be there. */
static char *
warn_unreachable (const PltKeyInfo *info,
                  const char       *state)
{
  if (!g_str_equal (state, "active") && !g_str_equal (state, "next") && !g_str_equal (state, "waiting"))
    return NULL;
  return g_strdup_printf (g_str_has_prefix (info->key, "pkcs11:")
                            /* Translators: a key's name. “p11tool --list-tokens” stays as it is. */
                            ? _("The token with the issuer’s key “%s” cannot be reached, so it signs nothing. See that it is plugged "
                                "in and that “p11tool --list-tokens” shows it.")
                            /* Translators: a key's name. */
                            : _("The file with the issuer’s key “%s” is not there, so it signs nothing. Put it back, or make the "
                                "next key."), info->key_id);
}

static void
add_reachable (JsonBuilder *builder,
               const char  *key,
               gboolean     reachable)
{
  json_builder_set_member_name (builder, "reachable");
  if (key != NULL)
    json_builder_add_boolean_value (builder, reachable);
  else
    json_builder_add_null_value (builder);
}

static void
add_key (JsonBuilder *builder,
         PltKeyRing  *ring,
         guint        position,
         gint64       now,
         GHashTable  *tokens)
{
  const PltKeyInfo *info = plt_key_ring_get_info (ring, position);
  const char *state = find_state (info, now);
  gboolean reachable = info->key != NULL && plt_key_reach (tokens, info->key);
  g_autofree char *gone = info->key != NULL && !reachable ? warn_unreachable (info, state) : NULL;
  g_autofree char *open = plt_key_ring_warn_open (ring, position);
  g_autofree char *ends = g_str_equal (state, "active") ? plt_key_ring_warn (ring, info->purpose, now) : NULL;
  g_autoptr (GPtrArray) warnings = g_ptr_array_new ();
  g_autofree char *warning = NULL;
  char *const each[] = { gone, open, ends };

  for (gsize i = 0; i < G_N_ELEMENTS (each); i++)
    if (each[i] != NULL)
      g_ptr_array_add (warnings, each[i]);
  g_ptr_array_add (warnings, NULL);
  warning = warnings->len > 1 ? g_strjoinv (" ", (char **) warnings->pdata) : NULL;

  json_builder_begin_object (builder);
  add_text (builder, "key", info->key_id);
  add_text (builder, "purpose", plt_key_purpose_to_nick (info->purpose));
  add_text (builder, "state", state);
  add_reachable (builder, info->key, reachable);
  add_time (builder, "from", MAX (info->from, info->not_before));
  add_time (builder, "retired", info->retired);
  add_time (builder, "revoked", info->revoked);
  add_time (builder, "expires", info->not_after);
  add_text (builder, "root", info->root);
  json_builder_set_member_name (builder, "specimen");
  json_builder_add_boolean_value (builder, info->specimen);
  add_text (builder, "where", info->key);
  add_text (builder, "warning", warning);
  json_builder_end_object (builder);
}

char *
plt_key_work_list (PltOfficeConfig  *config,
                   const char       *folder,
                   GError          **error)
{
  g_autoptr (PltKeyRing) ring = read_ring (config, folder, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GHashTable) tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (ring == NULL)
    return NULL;
  json_builder_begin_array (builder);
  for (guint i = 0; i < plt_key_ring_get_n_keys (ring); i++)
    add_key (builder, ring, i, get_now (), tokens);
  json_builder_end_array (builder);
  return to_text (builder);
}
