/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills the issuer's key ring from the configuration, and says how the keys are. */
#include "config.h"

#include "plt-office-keys.h"

#include "plt-key-revocations.h"
#include "plt-key-store.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define TOKEN_SESSIONS 16
#define LIST_NOTICE_SECONDS (7 * 86400)

static const PltKeyPurpose card_purposes[] = { PLT_KEY_PURPOSE_DOCUMENT, PLT_KEY_PURPOSE_QR,
                                               PLT_KEY_PURPOSE_PDF };

/* Keys without a folder: they sign from ever for ever, nobody certified them, and so whatever they
 * sign is a specimen. */
static const struct
{
  PltKeyPurpose purpose;
  const char *key;
  const char *certificate;
  const char *id;
  const char *usual_id;
} named[] = {
  { PLT_KEY_PURPOSE_QR, "qr-key", NULL, "qr-key-id", "UTO-QR-1" },
  { PLT_KEY_PURPOSE_DOCUMENT, "data-key", NULL, "data-key-id", "UTO0001" },
  { PLT_KEY_PURPOSE_PDF, "file-key", "file-certificate", NULL, "file-key" },
};

static const char *
get_setting (PltOfficeConfig *config,
             const char      *key)
{
  const char *value = key != NULL ? plt_office_config_get (config, "issuer", key) : NULL;

  return value != NULL && *value != '\0' ? value : NULL;
}

/* File names are relative to the configuration's own folder. */
static char *
get_path (PltOfficeConfig *config,
          const char      *key)
{
  const char *value = get_setting (config, key);
  const char *own = plt_office_config_get_path (config);

  if (value == NULL || own == NULL || strchr (value, ':') != NULL)
    return g_strdup (value);
  g_autofree char *path = g_canonicalize_filename (own, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  return g_canonicalize_filename (value, folder);
}

static void
add_named (PltKeyRing      *ring,
           PltOfficeConfig *config)
{
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    {
      g_autofree char *key = get_path (config, named[i].key);
      g_autofree char *certificate = get_path (config, named[i].certificate);
      g_autofree char *secret = get_path (config, "pin-file");
      const char *id = get_setting (config, named[i].id);

      if (key != NULL)
        plt_key_ring_add (ring, named[i].purpose, id != NULL ? id : named[i].usual_id, key,
                          certificate, secret);
    }
}

static guint
get_number (PltOfficeConfig *config,
            const char      *key,
            guint            usual)
{
  const char *text = get_setting (config, key);
  guint64 number;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 1, 3600000, &number, NULL)
           ? (guint) number : usual;
}

guint
plt_office_keys_count_waiting (PltKeyRing      *ring,
                               PltOfficeConfig *config)
{
  for (guint i = 0; i < plt_key_ring_get_n_keys (ring); i++)
    {
      const PltKeyInfo *info = plt_key_ring_get_info (ring, i);

      if (info->key != NULL && g_str_has_prefix (info->key, "pkcs11:"))
        return get_number (config, "token-sessions", TOKEN_SESSIONS);
    }

  return 0;
}

PltKeyRing *
plt_office_keys_load (PltOfficeConfig  *config,
                      GError          **error)
{
  g_autoptr (PltKeyRing) ring = plt_key_ring_new ();
  g_autofree char *folder = get_path (config, "keys");
  g_autofree char *secret = get_path (config, "pin-file");

  plt_key_ring_set_uri (ring, get_setting (config, "uri"));
  plt_key_ring_set_limits (ring, get_number (config, "token-sessions", TOKEN_SESSIONS),
                           get_number (config, "token-timeout-ms", 15000));
  if (folder != NULL &&
      !plt_key_ring_add_folder (ring, folder, secret, error))
    return NULL;
  add_named (ring, config);

  return g_steal_pointer (&ring);
}

char *
plt_office_keys_dup_state (PltOfficeConfig *config)
{
  g_autofree char *folder = get_path (config, "keys");
  g_autofree char *list = folder != NULL ? g_build_filename (folder, PLT_KEY_LIST, NULL) : NULL;
  GStatBuf file;

  if (list == NULL || g_stat (list, &file) != 0)
    return g_strdup ("");

  return g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %ld", (guint64) file.st_ino,
                          (gint64) file.st_mtim.tv_sec, file.st_mtim.tv_nsec);
}

gboolean
plt_office_keys_are_specimen (PltKeyRing      *ring,
                              PltOfficeConfig *config,
                              gint64           now)
{
  const char *enrolled[] = { get_setting (config, "root"), NULL };

  return plt_key_ring_is_specimen (ring, enrolled, now);
}

/* The days until the first of the keys ends; -1: none does. */
static int
count_days (PltKeyRing *ring,
            gint64      now)
{
  gint64 first = 0;

  for (guint i = 0; i < G_N_ELEMENTS (card_purposes); i++)
    {
      const PltKeyInfo *info = NULL;
      g_autoptr (PltIssuerKey) key
        = plt_key_ring_get_signer (ring, card_purposes[i], now, &info, NULL);

      if (key != NULL && info->not_after != 0 && (first == 0 || info->not_after < first))
        first = info->not_after;
    }

  return first == 0 ? -1 : (int) ((first - now) / 86400);
}

static char *
find_warning (PltKeyRing *ring,
              gint64      now)
{
  for (guint i = 0; i < G_N_ELEMENTS (card_purposes); i++)
    {
      char *warning = plt_key_ring_warn (ring, card_purposes[i], now);

      if (warning != NULL)
        return warning;
    }
  for (guint i = 0; i < plt_key_ring_get_n_keys (ring); i++)
    {
      char *warning = plt_key_ring_warn_open (ring, i);

      if (warning != NULL)
        return warning;
    }

  return NULL;
}

static void
append_line (GString    *text,
             const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

gint64
plt_office_keys_get_list_end (const PltKeyInfo *root)
{
  g_autofree char *folder = root->certificate != NULL ? g_path_get_dirname (root->certificate) : NULL;
  g_autofree char *name = g_strconcat (root->key_id, PLT_KEY_REVOCATIONS_SUFFIX, NULL);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;

  return path != NULL && root->purpose == PLT_KEY_PURPOSE_IACA ? plt_key_revocations_get_end (path) : 0;
}

/* What was published of a root's list ends no later than the one that stands beside its certificate. */
static char *
warn_of_list (const PltKeyInfo *root,
              gint64            now)
{
  gint64 end = plt_office_keys_get_list_end (root);
  g_autoptr (GDateTime) moment = end != 0 ? g_date_time_new_from_unix_utc (end) : NULL;
  g_autofree char *day = moment != NULL ? g_date_time_format (moment, "%F") : NULL;

  if (day == NULL || end - now > LIST_NOTICE_SECONDS)
    return NULL;
  return end < now
           /* Translators: the name of a root, then a date, YYYY-MM-DD. */
           ? g_strdup_printf (_("The list of revoked keys of “%s” was good until %s. Have its root sign it again "
                                "(“platenctl key renew-list”), and publish it."), root->key_id, day)
           : g_strdup_printf (_("The list of revoked keys of “%s” is good until %s. Have its root sign it again "
                                "(“platenctl key renew-list”), and publish it."), root->key_id, day);
}

static void
append_lists (GString    *text,
              PltKeyRing *ring,
              gint64      now)
{
  for (guint i = 0; i < plt_key_ring_get_n_keys (ring); i++)
    {
      const PltKeyInfo *info = plt_key_ring_get_info (ring, i);
      g_autofree char *warning
        = info->retired == 0 && info->revoked == 0 ? warn_of_list (info, now) : NULL;

      if (warning != NULL)
        append_line (text, warning);
    }
}

/* Whole folders are left open, and one sentence for each of their keys would fill the window. */
static void
append_open (GString    *text,
             PltKeyRing *ring)
{
  g_autofree char *first = NULL;
  guint n_more = 0;

  for (guint i = 0; i < plt_key_ring_get_n_keys (ring); i++)
    {
      g_autofree char *warning = plt_key_ring_warn_open (ring, i);

      if (first == NULL)
        first = g_steal_pointer (&warning);
      else
        n_more += warning != NULL;
    }
  if (first != NULL)
    append_line (text, first);
  if (n_more > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE,
                                                 "So can the files of %u more key; “platenctl key list” names it.",
                                                 "So can the files of %u more keys; “platenctl key list” names them.",
                                                 n_more), n_more);
    }
}

char *
plt_office_keys_find_news (PltKeyRing *ring,
                           gint64      now,
                           gboolean   *stops)
{
  g_autoptr (GString) text = g_string_new (NULL);

  *stops = FALSE;
  for (PltKeyPurpose purpose = 0; purpose < PLT_KEY_PURPOSE_IACA; purpose++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *warning = NULL;

      if (plt_key_ring_can_sign (ring, purpose, now, &error))
        warning = plt_key_ring_warn (ring, purpose, now);
      /* An office need not have keys of each kind. */
      else if (!g_error_matches (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_ABSENT))
        warning = g_strdup (error->message);
      *stops = *stops || (error != NULL && warning != NULL);
      if (warning != NULL)
        append_line (text, warning);
    }
  append_lists (text, ring, now);
  append_open (text, ring);

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

gboolean
plt_office_keys_check (PltKeyRing       *ring,
                       PltOfficeConfig  *config,
                       gint64            now,
                       char            **text,
                       GError          **error)
{
  int days;

  for (guint i = 0; i < G_N_ELEMENTS (card_purposes); i++)
    {
      g_autoptr (PltIssuerKey) key
        = plt_key_ring_get_signer (ring, card_purposes[i], now, NULL, error);

      if (key == NULL)
        return FALSE;
    }
  *text = find_warning (ring, now);
  if (*text != NULL)
    return TRUE;
  days = count_days (ring, now);
  if (days < 0)
    *text = g_strdup (_("The keys can be used; no certificate is named. Cards are marked SPECIMEN."));
  else if (plt_office_keys_are_specimen (ring, config, now))
    *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                          "The keys can be used; their certificate is good for %d more day."
                                          " Cards are marked SPECIMEN.",
                                          "The keys can be used; their certificate is good for %d more days."
                                          " Cards are marked SPECIMEN.", (gulong) days), days);
  else
    *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                          "The keys can be used; their certificate is good for %d more day.",
                                          "The keys can be used; their certificate is good for %d more days.",
                                          (gulong) days), days);

  return TRUE;
}
