/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the certificates, keys and tokens that an adapter names. */
#include "plt-registry-credentials.h"

#include "plt-registry-client.h"
#include "plt-registry-trust.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_SECRET_BYTES 16384

static void
set_error (GError             **error,
           PltRegistryAdapter  *adapter,
           const char          *file,
           const char          *fault)
{
  g_set_error (error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_CREDENTIALS,
               /* Translators: title of a registry, file name, what is wrong with it. */
               _("“%s” cannot be asked, because “%s” cannot be used: %s. Put the right file there "
                 "and start Platen again."),
               adapter->title, file, fault);
}

static gboolean
load_authorities (PltRegistryCredentials  *self,
                  PltRegistryAdapter      *adapter,
                  GError                 **error)
{
  g_autoptr (GError) fault = NULL;

  if (adapter->ca == NULL)
    {
      self->authorities = plt_registry_trust_get_system ();
      return TRUE;
    }

  /* A database of a file without any certificate would be valid and trust nobody. */
  GList *certificates = g_tls_certificate_list_new_from_file (adapter->ca, &fault);

  if (certificates == NULL)
    {
      set_error (error, adapter, adapter->ca,
                 fault != NULL ? fault->message : _("there is no certificate in it"));
      return FALSE;
    }
  g_list_free_full (certificates, g_object_unref);

  self->authorities = g_tls_file_database_new (adapter->ca, &fault);
  if (self->authorities == NULL)
    {
      set_error (error, adapter, adapter->ca, fault->message);
      return FALSE;
    }
  plt_registry_trust_prefer (self->authorities);

  return TRUE;
}

static gboolean
load_certificate (PltRegistryCredentials  *self,
                  PltRegistryAdapter      *adapter,
                  GError                 **error)
{
  g_autoptr (GError) fault = NULL;

  self->certificate =
    g_tls_certificate_new_from_files (adapter->certificate, adapter->key, &fault);
  if (self->certificate == NULL)
    {
      set_error (error, adapter, adapter->certificate, fault->message);
      return FALSE;
    }

  return TRUE;
}

/* Visible ASCII without spaces: what a token or key is, and nothing that could end the header. */
static gboolean
is_secret (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    {
      if (!g_ascii_isgraph (*at))
        return FALSE;
    }

  return *text != '\0';
}

/* (transfer full) (nullable): what stands in @file, with @prefix before it. */
static char *
load_secret (PltRegistryAdapter  *adapter,
             const char          *file,
             const char          *prefix,
             GError             **error)
{
  g_autoptr (GError) fault = NULL;
  g_autofree char *secret = NULL;
  gsize length;

  if (!g_file_get_contents (file, &secret, &length, &fault))
    {
      set_error (error, adapter, file, fault->message);
      return NULL;
    }
  g_strstrip (secret);
  if (length > MAX_SECRET_BYTES || !is_secret (secret))
    {
      set_error (error, adapter, file, _("it does not hold one key or token"));
      return NULL;
    }

  return g_strconcat (prefix, secret, NULL);
}

/**
 * plt_registry_credentials_new:
 * @adapter: the adapter
 * @error: %PLT_REGISTRY_ERROR_CREDENTIALS, naming the registry and the file
 *
 * Returns: (transfer full) (nullable): what stands in the files that it names
 */
PltRegistryCredentials *
plt_registry_credentials_new (PltRegistryAdapter  *adapter,
                              GError             **error)
{
  g_autoptr (PltRegistryCredentials) self = g_new0 (PltRegistryCredentials, 1);

  if (!load_authorities (self, adapter, error))
    return NULL;
  if (adapter->certificate != NULL && !load_certificate (self, adapter, error))
    return NULL;
  if (adapter->token != NULL &&
      (self->bearer = load_secret (adapter, adapter->token, "Bearer ", error)) == NULL)
    return NULL;
  if (adapter->api_key != NULL &&
      (self->api_key = load_secret (adapter, adapter->api_key, "", error)) == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

void
plt_registry_credentials_free (PltRegistryCredentials *self)
{
  g_clear_object (&self->authorities);
  g_clear_object (&self->certificate);
  g_free (self->bearer);
  g_free (self->api_key);
  g_free (self);
}
