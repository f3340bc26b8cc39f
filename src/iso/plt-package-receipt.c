/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a bureau's receipt and verifies it with the one certificate that is enrolled for that bureau. */
#include "plt-package-receipt.h"

#include "plt-package-private.h"

#include <glib/gi18n-lib.h>
#include <gnutls/abstract.h>
#include <gnutls/pkcs7.h>
#include <gnutls/x509.h>

#define FORMAT "platen-personalisation-receipt"
#define MAX_REASON 500

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID, sentence);
  return FALSE;
}

void
plt_package_receipt_free (PltPackageReceipt *self)
{
  g_free (self->batch);
  g_free (self->bureau);
  g_free (self->manifest_sha256);
  g_strfreev (self->cards);
  g_strfreev (self->serials);
  g_strfreev (self->sha256s);
  g_strfreev (self->outcomes);
  g_strfreev (self->reasons);
  g_clear_pointer (&self->message, g_bytes_unref);
  g_free (self);
}

static gnutls_pkcs7_t
import (GBytes *message)
{
  gnutls_pkcs7_t p7 = NULL;
  gsize length;
  gnutls_datum_t der = { (unsigned char *) g_bytes_get_data (message, &length), 0 };

  der.size = (unsigned int) length;
  if (gnutls_pkcs7_init (&p7) >= 0 && gnutls_pkcs7_import (p7, &der, GNUTLS_X509_FMT_DER) >= 0)
    return p7;
  g_clear_pointer (&p7, gnutls_pkcs7_deinit);
  return NULL;
}

static GBytes *
get_content (GBytes *message)
{
  gnutls_pkcs7_t p7 = import (message);
  gnutls_datum_t content = { 0 };
  GBytes *bytes = NULL;

  if (p7 != NULL && gnutls_pkcs7_get_embedded_data (p7, 0, &content) >= 0)
    bytes = g_bytes_new (content.data, content.size);
  gnutls_free (content.data);
  g_clear_pointer (&p7, gnutls_pkcs7_deinit);
  return bytes;
}

/* In any language, on one line; "" where there is none. NULL: it is no such text. */
static const char *
get_reason (JsonObject *line)
{
  JsonNode *node = json_object_get_member (line, "reason");
  const char *text;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return "";
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  text = json_node_get_string (node);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return NULL;
  return g_utf8_strlen (text, -1) <= MAX_REASON ? text : NULL;
}

static gboolean
read_lines (PltPackageReceipt *self,
            JsonArray         *lines)
{
  static const char *const members[] = { "card", "serial", "card_file_sha256", "outcome" };
  char ***const arrays[] = { &self->cards, &self->serials, &self->sha256s, &self->outcomes,
                             &self->reasons };
  guint n = json_array_get_length (lines);

  for (gsize k = 0; k < G_N_ELEMENTS (arrays); k++)
    *arrays[k] = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *line = plt_package_json_object (json_array_get_element (lines, i));
      const char *reason = line != NULL ? get_reason (line) : NULL;

      if (reason == NULL)
        return FALSE;
      self->reasons[i] = g_strdup (reason);
      for (gsize k = 0; k < G_N_ELEMENTS (members); k++)
        {
          (*arrays[k])[i] = g_strdup (plt_package_json_text (line, members[k]));
          if ((*arrays[k])[i] == NULL)
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_content (PltPackageReceipt *self,
              JsonObject        *object)
{
  JsonArray *lines = plt_package_json_array (object, "cards");
  gint64 version = 0;

  self->batch = g_strdup (plt_package_json_text (object, "batch"));
  self->bureau = g_strdup (plt_package_json_text (object, "bureau"));
  self->manifest_sha256 = g_strdup (plt_package_json_text (object, "manifest_sha256"));
  return g_strcmp0 (plt_package_json_text (object, "format"), FORMAT) == 0 &&
         plt_package_json_number (object, "version", &version) && version == 1 && self->batch != NULL &&
         self->bureau != NULL && plt_package_is_sha256 (self->manifest_sha256) && lines != NULL &&
         json_array_get_length (lines) <= PLT_PACKAGE_MAX_JOBS && read_lines (self, lines);
}

/**
 * plt_package_receipt_new:
 * @message: as it came
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Nothing of it is proved before plt_package_receipt_verify().
 *
 * Returns: (transfer full) (nullable)
 */
PltPackageReceipt *
plt_package_receipt_new (GBytes  *message,
                         GError **error)
{
  g_autoptr (PltPackageReceipt) self = g_new0 (PltPackageReceipt, 1);
  g_autoptr (GBytes) content = g_bytes_get_size (message) <= PLT_PACKAGE_MAX_RECEIPT
                                 ? get_content (message)
                                 : NULL;
  g_autoptr (JsonNode) root = content != NULL
                                ? plt_package_json_parse (content, PLT_PACKAGE_MAX_RECEIPT, NULL)
                                : NULL;

  self->message = g_bytes_ref (message);
  if (content == NULL)
    refuse (error, _("The receipt was not taken, because it is no signed message (CMS, DER) with its content inside. Ask the "
                     "bureau for the file that it signed."));
  else if (root == NULL || !read_content (self, plt_package_json_object (root)))
    refuse (error, _("The receipt was not taken, because what is signed in it is not a receipt of version 1. Ask the bureau."));
  else
    return g_steal_pointer (&self);
  return NULL;
}

static gnutls_x509_crt_t
import_certificate (GBytes                *bytes,
                    gnutls_x509_crt_fmt_t  format)
{
  gnutls_x509_crt_t crt = NULL;
  gsize length;
  gnutls_datum_t data = { (unsigned char *) g_bytes_get_data (bytes, &length), 0 };

  data.size = (unsigned int) length;
  if (gnutls_x509_crt_init (&crt) >= 0 && gnutls_x509_crt_import (crt, &data, format) >= 0)
    return crt;
  g_clear_pointer (&crt, gnutls_x509_crt_deinit);
  return NULL;
}

static gboolean
is_valid_at (gnutls_x509_crt_t crt,
             gint64            now)
{
  return now >= gnutls_x509_crt_get_activation_time (crt) &&
         now <= gnutls_x509_crt_get_expiration_time (crt);
}

/**
 * plt_package_receipt_verify:
 * @certificate: of the bureau, DER: no other one counts, whoever issued it
 * @now: Unix seconds
 * @error: %PLT_ISO_ERROR_SIGNATURE, %PLT_ISO_ERROR_KEY_EXPIRED
 */
gboolean
plt_package_receipt_verify (PltPackageReceipt  *self,
                            GBytes             *certificate,
                            gint64              now,
                            GError            **error)
{
  gnutls_x509_crt_t crt = import_certificate (certificate, GNUTLS_X509_FMT_DER);
  gnutls_pkcs7_t p7 = crt != NULL ? import (self->message) : NULL;
  gboolean fits = p7 != NULL && gnutls_pkcs7_get_signature_count (p7) == 1 &&
                  gnutls_pkcs7_verify_direct (p7, crt, 0, NULL, 0) >= 0;
  gboolean valid = fits && is_valid_at (crt, now);

  g_clear_pointer (&p7, gnutls_pkcs7_deinit);
  g_clear_pointer (&crt, gnutls_x509_crt_deinit);
  if (!fits)
    g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE,
                 _("The receipt of batch %s was not taken, because its signature is not that of the bureau %s, or it was changed "
                   "after the signing. Ask the bureau."), self->batch, self->bureau);
  else if (!valid)
    g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_EXPIRED,
                 _("The receipt of batch %s was not taken, because the certificate of the bureau %s is not valid today. Have its "
                   "new one approved."), self->batch, self->bureau);
  return valid;
}

/**
 * plt_package_certificate_to_der:
 * @file: PEM or DER
 * @now: Unix seconds, at which it must be valid
 *
 * Returns: (transfer full) (nullable)
 */
GBytes *
plt_package_certificate_to_der (GBytes  *file,
                                gint64   now,
                                GError **error)
{
  gnutls_x509_crt_t crt = import_certificate (file, GNUTLS_X509_FMT_PEM);
  gnutls_datum_t der = { 0 };
  GBytes *bytes = NULL;

  if (crt == NULL)
    crt = import_certificate (file, GNUTLS_X509_FMT_DER);
  if (crt != NULL && is_valid_at (crt, now) &&
      gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_DER, &der) >= 0)
    bytes = g_bytes_new (der.data, der.size);
  gnutls_free (der.data);
  if (bytes == NULL)
    refuse (error, crt == NULL ? _("The bureau was not proposed, because the file is no certificate (X.509, PEM or DER).")
                               : _("The bureau was not proposed, because its certificate is not valid today."));
  g_clear_pointer (&crt, gnutls_x509_crt_deinit);
  return bytes;
}
