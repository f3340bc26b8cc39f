/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds the signed text of the card's QR code: CWT claim 169, COSE_Sign1, zlib, Base45. */
#include "plt-qr-claim-private.h"

#include "plt-cbor.h"
#include "plt-cose.h"
#include "plt-deflate.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_FILLER 128
#define LAST_ATTEMPT 3  /* leaves out all that can be */
#define DRAFT_TOLERANCE 16 /* characters: by how much one signature shrinks more than another */

/* A map whose number of pairs is known only at its end. */
typedef struct
{
  GByteArray *bytes;
  gsize       n_pairs;
} MapWriter;

static void
add_text (MapWriter  *map,
          int         key,
          const char *text)
{
  if (text == NULL || *text == '\0')
    return;

  plt_cbor_add_int (map->bytes, key);
  plt_cbor_add_text (map->bytes, text);
  map->n_pairs++;
}

static void
add_int (MapWriter *map,
         int        key,
         gint64     value)
{
  plt_cbor_add_int (map->bytes, key);
  plt_cbor_add_int (map->bytes, value);
  map->n_pairs++;
}

static void
add_date (MapWriter *map,
          int        key,
          PltDate    date)
{
  g_autofree char *text = plt_date_to_compact (date);

  add_text (map, key, text);
}

static void
add_full_name (MapWriter      *map,
               PltLicenceData *data)
{
  const char *given = data->given_names != NULL ? data->given_names : "";
  const char *family = data->family_name != NULL ? data->family_name : "";
  g_autofree char *name = g_strconcat (given, *given != '\0' && *family != '\0' ? " " : "",
                                       family, NULL);

  add_text (map, PLT_CLAIM_FULL_NAME, name);
}

/* The claim has 1 male, 2 female, 3 others, and no number for "unknown": that is left out. */
static void
add_gender (MapWriter  *map,
            const char *sex)
{
  static const char letters[] = "MFX";
  const char *found = sex != NULL && strlen (sex) == 1 ? strchr (letters, *sex) : NULL;

  if (found != NULL)
    add_int (map, PLT_CLAIM_GENDER, found - letters + 1);
}

static void
add_category (GByteArray             *bytes,
              const PltCategoryEntry *entry)
{
  g_autofree char *from = plt_date_to_compact (entry->from);
  g_autofree char *to = plt_date_to_compact (entry->to);
  g_auto (GStrv) restrictions = g_strsplit (entry->restrictions, ",", -1);
  guint n_restrictions = g_strv_length (restrictions);

  plt_cbor_add_array (bytes, n_restrictions > 0 ? 4 : 3);
  plt_cbor_add_text (bytes, plt_category_to_code (entry->category));
  plt_cbor_add_text (bytes, from);
  plt_cbor_add_text (bytes, to);
  if (n_restrictions == 0)
    return;

  plt_cbor_add_array (bytes, n_restrictions);
  for (guint i = 0; i < n_restrictions; i++)
    plt_cbor_add_text (bytes, restrictions[i]);
}

static void
add_categories (MapWriter *map,
                GPtrArray *categories)
{
  plt_cbor_add_int (map->bytes, PLT_CLAIM_CATEGORIES);
  plt_cbor_add_array (map->bytes, categories->len);
  for (guint i = 0; i < categories->len; i++)
    add_category (map->bytes, categories->pdata[i]);
  map->n_pairs++;
}

/* In ascending order of the keys, which is customary and makes the bytes reproducible. */
static void
add_members (MapWriter             *map,
             PltLicenceData        *data,
             const PltQrClaimFrame *frame)
{
  g_autofree char *filler = g_strnfill (frame->n_filler, '0');

  add_text (map, PLT_CLAIM_ID, data->licence_number);
  add_text (map, PLT_CLAIM_VERSION, frame->no_header ? NULL : "1.0");
  add_text (map, PLT_CLAIM_LANGUAGE, frame->no_header ? NULL : "eng");
  if (!frame->no_full_name)
    add_full_name (map, data);
  add_text (map, PLT_CLAIM_GIVEN_NAMES, data->given_names);
  add_text (map, PLT_CLAIM_FAMILY_NAME, data->family_name);
  add_date (map, PLT_CLAIM_BIRTH_DATE, data->birth_date);
  add_gender (map, data->sex);
  add_text (map, PLT_CLAIM_NATIONALITY, data->nationality);
  add_text (map, PLT_CLAIM_COUNTRY, data->issuing_country);
  add_text (map, PLT_CLAIM_LICENCE_NUMBER, data->licence_number);
  add_date (map, PLT_CLAIM_ISSUE_DATE, data->issue_date);
  add_date (map, PLT_CLAIM_EXPIRY_DATE, data->expiry_date);
  add_categories (map, data->categories);
  add_text (map, PLT_CLAIM_SPECIMEN, data->specimen ? "SPECIMEN" : NULL);
  add_text (map, PLT_CLAIM_DISCRIMINATOR, data->document_discriminator);
  add_text (map, PLT_CLAIM_FILLER, filler);
}

static GBytes *
build_cwt (PltLicenceData        *data,
           const PltQrClaimFrame *frame)
{
  g_autoptr (GByteArray) members = g_byte_array_new ();
  MapWriter map = { members, 0 };
  GByteArray *cwt = g_byte_array_new ();
  MapWriter claims = { cwt, 0 };

  add_members (&map, data, frame);

  plt_cbor_add_map (cwt, frame->issuer != NULL ? 5 : 4);
  add_text (&claims, PLT_CWT_ISS, frame->issuer);
  add_int (&claims, PLT_CWT_EXP, frame->expires_at);
  add_int (&claims, PLT_CWT_NBF, frame->not_before);
  add_int (&claims, PLT_CWT_IAT, frame->issued_at);
  plt_cbor_add_int (cwt, PLT_CWT_IDENTITY);
  plt_cbor_add_map (cwt, map.n_pairs);
  g_byte_array_append (cwt, members->data, members->len);

  return g_byte_array_free_to_bytes (cwt);
}

/**
 * plt_qr_claim_build_cose:
 * @data: the licence
 * @frame: what stands around it
 * @key: the key to sign with
 * @error: %PLT_ISO_ERROR_KEY
 *
 * Returns: (transfer full) (nullable): the COSE_Sign1 message
 */
GBytes *
plt_qr_claim_build_cose (PltLicenceData         *data,
                         const PltQrClaimFrame  *frame,
                         PltIssuerKey           *key,
                         GError                **error)
{
  g_autoptr (GBytes) cwt = build_cwt (data, frame);

  return plt_cose_sign1 (cwt, key, error);
}

/* Whether the text of @frame is longer than usual for certain: most of a first attempt are, and a signature
 * takes long to make, of a token above all. */
static gboolean
is_surely_long (PltLicenceData        *data,
                const PltQrClaimFrame *frame,
                PltIssuerKey          *key)
{
  g_autoptr (GBytes) cwt = build_cwt (data, frame);
  g_autoptr (GBytes) cose = plt_cose_draft1 (cwt, key);
  g_autoptr (GBytes) stream = plt_deflate (cose);
  g_autofree char *text = plt_base45_encode (stream);

  return strlen (text) > PLT_QR_CLAIM_USUAL_LENGTH + DRAFT_TOLERANCE;
}

/* A stored block (see plt_deflate_is_stored()) is tipped over by some text that shrinks well. */
static char *
build_text (PltLicenceData   *data,
            PltQrClaimFrame  *frame,
            PltIssuerKey     *key,
            GError          **error)
{
  for (frame->n_filler = 0;; frame->n_filler = 2 * frame->n_filler + 16)
    {
      g_autoptr (GBytes) cose = plt_qr_claim_build_cose (data, frame, key, error);
      g_autoptr (GBytes) stream = NULL;

      if (cose == NULL)
        return NULL;
      stream = plt_deflate (cose);
      if (!plt_deflate_is_stored (stream) || frame->n_filler > MAX_FILLER)
        return plt_base45_encode (stream);
    }
}

static gboolean
check_dates (PltLicenceData  *data,
             GError         **error)
{
  if (plt_date_is_set (data->issue_date) && plt_date_is_set (data->expiry_date))
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               _("The code of licence %s was not made because its date of issue or of expiry is "
                 "missing. Complete the application."),
               data->licence_number != NULL ? data->licence_number : "");
  return FALSE;
}

/* The specimen state has an address of its own; another issuer sets its key's. */
static const char *
choose_issuer (PltLicenceData *data,
               PltIssuerKey   *key)
{
  if (plt_issuer_key_get_uri (key) != NULL)
    return plt_issuer_key_get_uri (key);

  return g_strcmp0 (data->issuing_country, "UTO") == 0 ? "https://licence.utopia.example" : NULL;
}

/**
 * plt_qr_claim_build:
 * @data: the licence; dates of issue and expiry must be set
 * @key: the key for QR codes
 * @issued_at: Unix seconds of "iat"; "nbf" is the first second of the date of issue and "exp" that
 *   of the day after the date of expiry, in UTC
 * @error: %PLT_ISO_ERROR_TOO_LONG, %PLT_ISO_ERROR_KEY, %PLT_ISO_ERROR_INVALID
 *
 * The same data, key from a file and second give the same text. Where it is longer than usual, optional
 * parts that a reader can do without are left out one after another: the full name (given names and
 * family name stay), version and language, the issuer's address (the key's id stays).
 *
 * Returns: (transfer full) (nullable): Base45 text of at most %PLT_QR_CLAIM_MAX_LENGTH characters
 */
char *
plt_qr_claim_build (PltLicenceData  *data,
                    PltIssuerKey    *key,
                    gint64           issued_at,
                    GError         **error)
{
  PltQrClaimFrame frame = { 0 };
  g_autofree char *text = NULL;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (PLT_IS_ISSUER_KEY (key), NULL);

  if (!check_dates (data, error))
    return NULL;
  frame.issuer = choose_issuer (data, key);
  frame.expires_at = plt_date_to_unix (plt_date_add_days (data->expiry_date, 1));
  frame.not_before = plt_date_to_unix (data->issue_date);
  frame.issued_at = issued_at;

  for (int left_out = 0; left_out <= LAST_ATTEMPT; left_out++)
    {
      g_clear_pointer (&text, g_free);
      frame.no_full_name = left_out > 0;
      frame.no_header = left_out > 1;
      if (left_out > 2)
        frame.issuer = NULL;
      if (left_out < LAST_ATTEMPT && is_surely_long (data, &frame, key))
        continue;
      text = build_text (data, &frame, key, error);
      if (text == NULL)
        return NULL;
      if (strlen (text) <= PLT_QR_CLAIM_USUAL_LENGTH)
        return g_steal_pointer (&text);
    }
  if (strlen (text) <= PLT_QR_CLAIM_MAX_LENGTH)
    return g_steal_pointer (&text);

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG,
               _("The names and categories of licence %s do not fit into the code on the card. Ask a "
                 "supervisor which names may be shortened."),
               data->licence_number != NULL ? data->licence_number : "");
  return NULL;
}
