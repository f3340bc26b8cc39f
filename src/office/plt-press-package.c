/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collects what the personalisation of one drawn card needs: all of it comes from what is kept of the card,
 * so that it is the same each time. */
#include "plt-press-package.h"

#include "plt-aamva-stripe.h"
#include "plt-card-tracks.h"
#include "plt-press-portrait.h"
#include "plt-press-private.h"

#include <string.h>

static void
add_track (PltPackageJob *job,
           guint          track,
           const char    *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  plt_package_job_add (job, PLT_PACKAGE_TRACK, track, bytes);
}

G_STATIC_ASSERT (PLT_PACKAGE_N_TRACKS == PLT_CARD_N_TRACKS);

/* No words about the holder: the list names none. */
static const char *
name_reason (const GError *error)
{
  if (g_error_matches (error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED))
    return "unconfirmed";
  if (g_error_matches (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG))
    return "too-long";
  if (g_error_matches (error, PLT_ISO_ERROR, PLT_ISO_ERROR_NEEDS_LATIN))
    return "not-latin";
  return "not-known";
}

static void
leave_blank (PltPackageJob *job,
             const char    *reason)
{
  for (guint i = 0; i < PLT_PACKAGE_N_TRACKS; i++)
    job->blanks[i] = reason;
}

/* Of a North American layout whose stripe has no texts of its own: those of its standard, which are
 * confirmed for specimens and for two tracks alone. A track for which the record says too little, such
 * as no town, stays blank. An encoder writes the sentinels itself. */
static gboolean
add_standard_tracks (PltPress          *self,
                     PltStoreCardData  *data,
                     PltPackageJob     *job,
                     GError           **error)
{
  g_autoptr (PltLicenceData) record = plt_press_make_record (self, data, error);

  if (record == NULL)
    return FALSE;
  leave_blank (job, record->specimen ? NULL : "specimens-only");
  for (int track = 1; record->specimen && track <= PLT_PACKAGE_N_TRACKS; track++)
    {
      g_autoptr (GError) reason = NULL;
      g_autofree char *text = plt_aamva_stripe_build (record, track, &reason);
      g_autofree char *bare = text != NULL ? g_strndup (text + 1, strlen (text) - 2) : NULL;

      if (bare != NULL)
        add_track (job, (guint) track, bare);
      else
        job->blanks[track - 1] = name_reason (reason);
    }
  return TRUE;
}

static gboolean
add_tracks (PltPress                   *self,
            const PltStorePackageCard  *card,
            PltStoreCardData           *data,
            PltPackageJob              *job,
            GError                    **error)
{
  const PltStoreDrawnCard *drawn = card->drawn;
  char *tracks[PLT_CARD_N_TRACKS] = { NULL };
  PltStoreCardData named = { .layout = drawn->layout, .layout_version = drawn->layout_version,
                             .layout_digest = drawn->layout_digest };
  g_autoptr (PltLayout) layout = plt_press_take_layout (self, &named, error);
  g_autoptr (PltCardInputs) inputs = NULL;
  guint n = 0;

  if (layout == NULL)
    return FALSE;
  inputs = plt_press_portrait_read_inputs (drawn, error);
  if (inputs == NULL || !plt_card_read_tracks (layout, inputs, tracks, error))
    return FALSE;
  for (guint i = 0; i < PLT_CARD_N_TRACKS; i++)
    {
      if (tracks[i] == NULL)
        {
          job->blanks[i] = "no-text";
          continue;
        }
      add_track (job, i + 1, tracks[i]);
      g_free (tracks[i]);
      n++;
    }
  if (n == 0)
    leave_blank (job, "no-stripe");
  if (n > 0 || data == NULL || plt_layout_get_payload (layout) != PLT_CARD_PAYLOAD_AAMVA)
    return TRUE;
  return add_standard_tracks (self, data, job, error);
}

/**
 * plt_press_make_package_job:
 * @card: as it was drawn
 * @data: (nullable): of its application, where plt_press_package_wants_data()
 *
 * Returns: (transfer full) (nullable): the job, with its files at hand
 */
PltPackageJob *
plt_press_make_package_job (PltPress                   *self,
                            const PltStorePackageCard  *card,
                            PltStoreCardData           *data,
                            GError                    **error)
{
  const PltStoreDrawnCard *drawn = card->drawn;
  g_autoptr (PltPackageJob) job = plt_package_job_new (drawn->number, card->serial, drawn->layout,
                                                       drawn->layout_version, drawn->layout_digest);

  if (!plt_package_job_add_card_file (job, card->file, error) ||
      !add_tracks (self, card, data, job, error))
    return NULL;
  return g_steal_pointer (&job);
}

/* Whether the tracks of its stripe may have to be made of the record: its PDF417 is that of AAMVA. */
gboolean
plt_press_package_wants_data (const PltStorePackageCard *card)
{
  static const char head[] = "@\n\x1e\rANSI ";
  gsize length = 0;
  const void *data = card->drawn->pdf417 != NULL ? g_bytes_get_data (card->drawn->pdf417, &length)
                                                 : NULL;

  return length > strlen (head) && memcmp (data, head, strlen (head)) == 0;
}

/* What is made with keys that nobody enrolled says so in the list, too. */
gboolean
plt_press_package_is_specimen (const PltStorePackageCard *card)
{
  g_autoptr (PltCardInputs) inputs = plt_press_portrait_read_inputs (card->drawn, NULL);

  return inputs == NULL || plt_card_inputs_get_specimen (inputs);
}

/**
 * plt_press_sign_package:
 *
 * By the key for manifests: a key that signs cards says of a person what they may drive, and must sign
 * nothing else.
 *
 * Returns: (transfer full) (nullable): the signature
 */
GBytes *
plt_press_sign_package (PltPress    *self,
                        const char  *manifest,
                        GError     **error)
{
  g_autoptr (PltIssuerKey) signer = plt_press_take_signer (self, PLT_KEY_PURPOSE_AUDIT, error);

  return signer != NULL ? plt_package_sign (manifest, signer, error) : NULL;
}
