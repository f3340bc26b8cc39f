/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes an mDL of a licence: finds out its times, checks who signs, and reads back what was made. */
#include "plt-mdl-private.h"

#include "plt-issuer-key-private.h"
#include "plt-mdl-certificates-private.h"
#include "plt-mdl-country.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY 86400
#define VALID_DAYS 365

static const guint8 ages[] = { 14, 16, 18, 21, 65, 0 };

static const char *
get_number (PltLicenceData *data)
{
  return data->licence_number != NULL ? data->licence_number : "";
}

static gboolean
check_certificate (gnutls_x509_crt_t   crt,
                   PltIssuerKey       *signer,
                   GError            **error)
{
  static const char checked[] = "plt-mdl-certificate-checked";

  if (crt != NULL && g_object_get_data (G_OBJECT (signer), checked) != NULL)
    return TRUE;
  if (crt != NULL && !plt_mdl_certificates_check_profile (crt, FALSE, error))
    return FALSE;
  if (crt != NULL)
    {
      /* A key keeps its certificate, so once is enough. */
      g_object_set_data (G_OBJECT (signer), checked, GINT_TO_POINTER (TRUE));
      return TRUE;
    }

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
               _("The mobile driving licence was not signed because the key “%s” has no certificate. Ask "
                 "an administrator to add that of the document signer."),
               plt_issuer_key_get_key_id (signer));
  return FALSE;
}

/* A reader refuses a licence whose country or jurisdiction is not the signer's. */
static gboolean
check_place (gnutls_x509_crt_t   crt,
             PltLicenceData     *data,
             const char         *country,
             GError            **error)
{
  g_autofree char *found = plt_mdl_certificates_dup_name (crt, GNUTLS_OID_X520_COUNTRY_NAME);
  g_autofree char *state =
    plt_mdl_certificates_dup_name (crt, GNUTLS_OID_X520_STATE_OR_PROVINCE_NAME);

  gboolean same_country = country != NULL && g_strcmp0 (found, country) == 0;

  if (same_country && (state == NULL || data->jurisdiction == NULL || *data->jurisdiction == '\0' ||
                       g_str_equal (state, data->jurisdiction)))
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
               /* Translators: the number of a licence, a country or state, then those of the signer. */
               _("The mobile driving licence of %s was not made because it is issued in “%s”, but its "
                 "signer’s certificate is one of “%s”. Ask an administrator to correct the issuer’s "
                 "country in the configuration of the office, or the certificate."),
               get_number (data),
               same_country ? data->jurisdiction : country != NULL ? country : "",
               same_country ? state : found != NULL ? found : "");
  return FALSE;
}

static gboolean
fail_time (PltLicenceData  *data,
           GError         **error)
{
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
               _("The mobile driving licence of %s was not made because there is no time at which both "
                 "the licence and the signer’s certificate are valid. Ask an administrator to renew the "
                 "certificate."), get_number (data));
  return FALSE;
}

/* Same inputs, same second: not the hour of drawing, but what the licence and the key say. */
static gboolean
find_times (PltMdlContent      *content,
            PltLicenceData     *data,
            gnutls_x509_crt_t   crt,
            const PltMdlTerms  *terms,
            GError            **error)
{
  gint64 begin = gnutls_x509_crt_get_activation_time (crt);
  gint64 end = gnutls_x509_crt_get_expiration_time (crt);
  gint64 licence_end;

  if (!plt_date_is_set (data->issue_date) || !plt_date_is_set (data->expiry_date))
    return TRUE; /* refused by name among the elements */
  licence_end = plt_date_to_unix (data->expiry_date) + DAY;
  content->signed_at = terms->signed_at != 0 ? terms->signed_at
                                             : MAX (plt_date_to_unix (data->issue_date), begin);
  content->valid_from = content->signed_at;
  content->valid_until = terms->valid_until != 0 ? terms->valid_until
                                                 : content->signed_at + VALID_DAYS * DAY;
  content->valid_until = MIN (content->valid_until, MIN (end, licence_end));
  if (content->signed_at < begin || content->signed_at > end ||
      content->valid_until <= content->valid_from)
    return fail_time (data, error);

  return TRUE;
}

static void
content_clear (PltMdlContent *content)
{
  for (guint i = 0; i < content->n_name_spaces; i++)
    g_clear_pointer (&content->name_spaces[i].items, g_ptr_array_unref);
}

static gboolean
fill_content (PltMdlContent      *content,
              PltLicenceData     *data,
              const char         *country,
              const PltMdlTerms  *terms,
              GError            **error)
{
  PltMdlFacts facts = {
    country, content->signed_at, content->valid_until, terms->leap_birthday, ages,
  };
  GPtrArray *elements = plt_mdl_elements_new (data, &facts, error);
  GPtrArray *own;

  if (elements == NULL)
    return FALSE;
  content->name_spaces[content->n_name_spaces++] =
    (PltMdlNameSpace) { PLT_MDL_NAME_SPACE, elements };
  own = plt_mdl_elements_new_own (data);
  if (own->len > 0)
    content->name_spaces[content->n_name_spaces++] =
      (PltMdlNameSpace) { PLT_MDL_OWN_NAME_SPACE, own };
  else
    g_ptr_array_unref (own);
  content->one_off = terms->device_key == NULL;
  if (terms->device_key != NULL)
    content->device_key = *terms->device_key;

  return TRUE;
}

/* What leaves the office was read by the reader that was written by itself. */
static gboolean
check_made (GBytes   *issuer_signed,
            GError  **error)
{
  g_autoptr (PltMdl) mdl = plt_mdl_read (issuer_signed, error);

  if (mdl == NULL)
    return FALSE;
  g_assert (*mdl->missing == NULL);

  return TRUE;
}

static GBytes *
sign (PltMdlContent      *content,
      gnutls_x509_crt_t   crt,
      PltIssuerKey       *signer,
      GError            **error)
{
  gnutls_datum_t der = { 0 };
  g_autoptr (GBytes) certificate = NULL;
  g_autoptr (GBytes) issuer_signed = NULL;
  PltMdlSalts salts;
  int code = gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_DER, &der);

  if (code < 0)
    {
      plt_issuer_key_set_gnutls_error (error, plt_issuer_key_get_key_id (signer), code);
      return NULL;
    }
  certificate = g_bytes_new (der.data, der.size);
  gnutls_free (der.data);
  if (!plt_mdl_salts_init (&salts, content, signer, error))
    return NULL;
  if (content->one_off)
    plt_mdl_salts_make_key (&salts, &content->device_key);
  issuer_signed = plt_mdl_assemble (content, &salts, certificate, signer, error);
  explicit_bzero (&salts, sizeof salts);
  if (issuer_signed == NULL || !check_made (issuer_signed, error))
    return NULL;

  return g_steal_pointer (&issuer_signed);
}

/**
 * plt_mdl_build:
 * @data: the licence, with its portrait as a JPEG file
 * @signer: the document signer's key with its certificate
 * @terms: (nullable): what is not in the record
 * @error: %PLT_ISO_ERROR_KEY for a certificate of another purpose, country or time,
 *   %PLT_ISO_ERROR_INVALID, %PLT_ISO_ERROR_NEEDS_LATIN and %PLT_ISO_ERROR_TOO_LONG naming the field
 *
 * ISO/IEC 18013-5:2021. With a signer's key from a file the same data, terms and certificate give the
 * same bytes, salts and one-off key included; a token draws anew each time. Well under a millisecond
 * with a key from a file.
 *
 * Returns: (transfer full) (nullable): IssuerSigned, CBOR, read back and verified
 */
GBytes *
plt_mdl_build (PltLicenceData     *data,
               PltIssuerKey       *signer,
               const PltMdlTerms  *terms,
               GError            **error)
{
  static const PltMdlTerms no_terms = { 0 };
  gnutls_x509_crt_t crt;
  PltMdlContent content = { 0 };
  g_autofree char *country = NULL;
  GBytes *issuer_signed = NULL;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (PLT_IS_ISSUER_KEY (signer), NULL);

  if (terms == NULL)
    terms = &no_terms;
  country = terms->country != NULL ? g_strdup (terms->country)
                                   : plt_mdl_country_to_alpha_2 (data->issuing_country);
  crt = plt_issuer_key_get_certificate (signer);
  if (!check_certificate (crt, signer, error) || !check_place (crt, data, country, error) ||
      !find_times (&content, data, crt, terms, error))
    return NULL;
  if (fill_content (&content, data, country, terms, error))
    issuer_signed = sign (&content, crt, signer, error);
  content_clear (&content);

  return issuer_signed;
}
