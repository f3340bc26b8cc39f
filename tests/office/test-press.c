/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Card files of every layout that has two sides, made by the press as for printing: how large they are,
 * how much memory they take while they are made, that a small portrait of before and one made at once give
 * the same file, that a portrait of any size is fitted or refused, that many at once give what one after the other gave, what a token that is gone does, that
 * each machine-readable form by itself is that of the card, and that what codes spell in other letters is the
 * same as what is recorded. */
#include "plt-press-work.h"
#include "plt-verified-field.h"
#include "plt-verify-compare.h"
#include "plt-test-press.h"

#include "plt-card-file.h"
#include "plt-iso-error.h"
#include "plt-layout.h"
#include "plt-lds-files.h"
#include "plt-picture-encode.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <malloc.h>
#include <string.h>

/* The layout's own drawing is in each file, and the portrait twice: on the page and attached. */
#define LEAST_BYTES 60000
#define MOST_BYTES 200000
#define MOST_OF_PORTRAIT 16000 /* data/photo/budgets.json */
#define MOST_OF_HOLDER 120000 /* what differs between two holders of a layout is of these, at most */
#define LARGE_PORTRAIT 400000
#define MOST_MEMORY_KB (12 * 1024)

static const char *const layouts[] = {
  "utopia-eu", "utopia-iso", "utopia-bilingual", "utopia-thai", "utopia-aamva", "utopia-aamva-young",
};

static PltTestPress *issuer;

static PltStoreCardFile *
make (PltPress         *press,
      PltStoreCardData *data)
{
  g_autoptr (GError) error = NULL;
  PltStoreCardFile *file = plt_press_make_file (press, data, &error);

  g_assert_no_error (error);
  return file;
}

static gsize
get_memory (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (info.uordblks + info.hblkhd) / 1024;
}

/* The largest that a photo desk keeps: what is missing to that stands in a comment. */
static void
fill_portrait (PltStoreCardData *data)
{
  gsize length = 0;
  const guint8 *jpeg = g_bytes_get_data (data->portrait, &length);
  gsize room = MOST_OF_PORTRAIT - length;
  g_autofree guint8 *filled = g_malloc0 (MOST_OF_PORTRAIT);

  g_assert_cmpuint (length, <=, MOST_OF_PORTRAIT);
  if (room < 4)
    return;
  memcpy (filled, jpeg, 2);
  memcpy (filled + 2, (guint8[]) { 0xff, 0xfe, (guint8) ((room - 2) >> 8), (guint8) (room - 2) }, 4);
  memcpy (filled + 2 + room, jpeg + 2, length - 2);
  g_bytes_unref (data->portrait);
  data->portrait = g_bytes_new_take (g_steal_pointer (&filled), MOST_OF_PORTRAIT);
}

static void
test_sizes (void)
{
  g_autoptr (PltPress) press = plt_test_press_make (issuer, "keys=keys");

  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      g_autoptr (GPtrArray) holders = plt_test_press_make_holders (press, layouts[i]);
      gsize least = G_MAXSIZE, most = 0;

      g_assert_cmpuint (holders->len, >=, 8);
      for (guint j = 0; j < holders->len; j++)
        {
          g_autoptr (PltStoreCardFile) file = NULL;

          fill_portrait (g_ptr_array_index (holders, j));
          file = make (press, g_ptr_array_index (holders, j));
          least = MIN (least, g_bytes_get_size (file->file));
          most = MAX (most, g_bytes_get_size (file->file));
        }
      g_test_message ("%s: %" G_GSIZE_FORMAT " to %" G_GSIZE_FORMAT " bytes", layouts[i], least, most);
      g_assert_cmpuint (least, >=, LEAST_BYTES);
      g_assert_cmpuint (most, <=, MOST_BYTES);
      g_assert_cmpuint (most - least, <=, MOST_OF_HOLDER);
    }
}

/* A hundred files leave no more behind than ten did. */
static void
test_memory (void)
{
  g_autoptr (PltPress) press = plt_test_press_make (issuer, "keys=keys");
  g_autoptr (GPtrArray) holders = plt_test_press_make_holders (press, layouts[0]);
  gsize before = 0;

  for (guint i = 0; i < 8 * holders->len; i++)
    {
      g_autoptr (PltStoreCardFile) file = make (press, g_ptr_array_index (holders, i % holders->len));

      if (i == 2 * holders->len)
        before = get_memory ();
    }
  g_assert_cmpuint (get_memory (), <=, before + MOST_MEMORY_KB / 8);
}

static void
test_small_portrait (void)
{
  g_autoptr (PltPress) press = plt_test_press_make (issuer, "keys=keys");
  g_autoptr (GPtrArray) holders = plt_test_press_make_holders (press, layouts[0]);
  PltStoreCardData *data = g_ptr_array_index (holders, 0);
  PltStoreCardData *other = g_ptr_array_index (holders, 1);
  g_autoptr (PltStoreCardData) without = plt_store_card_data_copy (data);
  g_autoptr (PltStoreCardData) swapped = plt_store_card_data_copy (data);
  g_autoptr (PltStoreCardFile) first = make (press, data);

  g_assert_nonnull (data->chip_portrait);
  g_clear_pointer (&without->chip_portrait, g_bytes_unref);
  g_clear_pointer (&swapped->chip_portrait, g_bytes_unref);
  swapped->chip_portrait = g_bytes_ref (other->chip_portrait);
  g_autoptr (PltStoreCardFile) second = make (press, without);
  g_autoptr (PltStoreCardFile) third = make (press, swapped);

  g_assert_cmpstr (first->unsigned_sha256, ==, second->unsigned_sha256);
  g_assert_cmpstr (first->unsigned_sha256, ==, third->unsigned_sha256);
}

/* NULL where the card file has none of that name. */
static GBytes *
find_attached (GPtrArray  *attached,
               const char *name)
{
  for (guint i = 0; i < attached->len; i++)
    {
      const PltCardFileAttached *one = attached->pdata[i];

      if (g_str_equal (one->name, name))
        return one->bytes;
    }
  return NULL;
}

/* What the drawn card has of @payload, which does not change with a signature. (transfer full) (nullable) */
static GBytes *
get_of_card (PltStoreCardFile *file,
             GPtrArray        *attached,
             gboolean          is_aamva,
             PltPayload        payload)
{
  guint number;
  GBytes *bytes = NULL;

  if (payload == PLT_PAYLOAD_MRZ)
    return g_bytes_new (file->mrz, strlen (file->mrz));
  if (is_aamva && (payload == PLT_PAYLOAD_PDF417 || payload == PLT_PAYLOAD_AAMVA))
    return g_bytes_ref (file->pdf417);
  if (payload != PLT_PAYLOAD_SOD && plt_payload_is_file (payload, &number))
    bytes = find_attached (attached, plt_lds_file_kind (number)->name);
  return bytes != NULL ? g_bytes_ref (bytes) : NULL;
}

static gboolean
is_signed (PltPayload payload,
           gboolean   is_aamva)
{
  return payload == PLT_PAYLOAD_QR || payload == PLT_PAYLOAD_SOD || payload == PLT_PAYLOAD_MDL ||
         (payload == PLT_PAYLOAD_PDF417 && !is_aamva);
}

static gboolean
is_track (PltPayload payload)
{
  return payload >= PLT_PAYLOAD_TRACK1 && payload <= PLT_PAYLOAD_TRACK3;
}

static void
check_payload (PltPress         *press,
               PltStoreCardData *data,
               PltStoreCardFile *file,
               GPtrArray        *attached,
               PltPayload        payload)
{
  gboolean is_aamva = g_str_has_prefix (file->layout, "utopia-aamva");
  g_autoptr (GError) error = NULL;
  g_autoptr (PltIssuerKey) signer = NULL;
  g_autoptr (GBytes) made = plt_press_make_payload (press, data, payload, NULL, &signer, &error);
  g_autoptr (GBytes) of_card = get_of_card (file, attached, is_aamva, payload);

  g_test_message ("%s, %s: %s", file->layout, plt_payload_to_nick (payload),
                  made != NULL ? "made" : error->message);
  g_assert_true ((signer != NULL) == is_signed (payload, is_aamva));
  if (of_card != NULL)
    g_assert_true (made != NULL && g_bytes_equal (made, of_card));
  /* The chip has no file of a signature that the holder has not given. */
  if (made == NULL)
    g_assert_true ((is_track (payload) || (payload == PLT_PAYLOAD_DG5 && data->signature == NULL)) &&
                   g_str_has_suffix (error->message, "."));
}

/* In comments of a JPEG, which shows no more for it. */
static GBytes *
pad_portrait (GBytes *portrait,
              gsize   least)
{
  g_autoptr (GByteArray) padded = g_byte_array_new ();
  g_autofree guint8 *comment = g_malloc0 (65537);
  gsize length = 0;
  const guint8 *jpeg = g_bytes_get_data (portrait, &length);

  memcpy (comment, (guint8[]) { 0xff, 0xfe, 0xff, 0xff }, 4);
  g_byte_array_append (padded, jpeg, 2);
  while (padded->len + length < least)
    g_byte_array_append (padded, comment, 65537);
  g_byte_array_append (padded, jpeg + 2, (guint) length - 2);
  return g_byte_array_free_to_bytes (g_steal_pointer (&padded));
}

static char *
dup_member (PltStoreCardFile *file,
            const char       *name)
{
  g_autoptr (JsonNode) inputs = json_from_string (file->inputs, NULL);

  return g_strdup (json_object_get_string_member_with_default (json_node_get_object (inputs), name, NULL));
}

/* What was stored past every desk is fitted to the card: the same bytes each time, both hashes told, and
 * what is made by itself is made of the same picture. */
static void
check_fitted (PltPress         *press,
              PltStoreCardData *data,
              GBytes           *large)
{
  g_autoptr (PltStoreCardData) once_more = NULL;
  g_autofree char *approved_sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, large);

  g_bytes_unref (data->portrait);
  data->portrait = g_bytes_ref (large);
  g_clear_pointer (&data->chip_portrait, g_bytes_unref);
  once_more = plt_store_card_data_copy (data);

  g_autoptr (PltStoreCardFile) file = make (press, data);
  g_autoptr (PltStoreCardFile) again = make (press, once_more);
  g_autoptr (GPtrArray) attached = plt_card_file_read_attached (file->file);
  GBytes *portrait = find_attached (attached, "portrait.jpg");
  g_autofree char *drawn_sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, portrait);
  g_autofree char *approved = dup_member (file, "portrait_approved_sha256");
  g_autofree char *drawn = dup_member (file, "portrait_sha256");

  g_assert_cmpuint (g_bytes_get_size (portrait), <=, MOST_OF_PORTRAIT);
  g_assert_cmpuint (g_bytes_get_size (file->file), <=, MOST_BYTES);
  g_assert_cmpstr (file->unsigned_sha256, ==, again->unsigned_sha256);
  g_assert_cmpstr (approved, ==, approved_sha256);
  g_assert_cmpstr (drawn, ==, drawn_sha256);
  check_payload (press, once_more, file, attached, PLT_PAYLOAD_DG6);
}

static void
test_large_portrait (void)
{
  static const PltPortraitBudget fine = { 2 << 20, 900, 100, FALSE };
  g_autoptr (PltPress) press = plt_test_press_make (issuer, "keys=keys");
  g_autoptr (GPtrArray) holders = plt_test_press_make_holders (press, "utopia-bilingual");
  PltStoreCardData *data = g_ptr_array_index (holders, 1);
  g_autoptr (GBytes) padded = pad_portrait (data->portrait, LARGE_PORTRAIT);
  g_autoptr (GBytes) jpeg = plt_portrait_fit (data->portrait, &fine, NULL, NULL);
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autofree char *buffer = NULL;
  g_autoptr (GBytes) png = NULL;
  gsize length = 0;

  g_assert_true (gdk_pixbuf_loader_write_bytes (loader, data->portrait, NULL) && gdk_pixbuf_loader_close (loader, NULL));
  g_assert_true (gdk_pixbuf_save_to_buffer (gdk_pixbuf_loader_get_pixbuf (loader), &buffer, &length, "png", NULL, NULL));
  png = g_bytes_new_take (g_steal_pointer (&buffer), length);
  g_assert_cmpuint (g_bytes_get_size (png), >, MOST_BYTES / 2);
  g_assert_cmpuint (g_bytes_get_size (jpeg), >, 2 * MOST_OF_PORTRAIT);
  check_fitted (press, data, padded);
  check_fitted (press, g_ptr_array_index (holders, 1), png);
  check_fitted (press, g_ptr_array_index (holders, 1), jpeg);
}

static void
check_refused (PltPress         *press,
               PltStoreCardData *data,
               const char       *why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltStoreCardFile) file = plt_press_make_file (press, data, &error);

  g_assert_null (file);
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, data->application_number));
  g_assert_nonnull (strstr (error->message, why));
}

/* Every dot by chance, which no PNG makes small. */
static GBytes *
make_noise (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 400, 150);
  g_autoptr (GRand) chance = g_rand_new_with_seed (7);
  gsize n = gdk_pixbuf_get_byte_length (pixbuf), length = 0;
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  char *buffer = NULL;

  for (gsize i = 0; i < n; i++)
    pixels[i] = (guchar) g_rand_int (chance);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &length, "png", NULL, NULL));
  return g_bytes_new_take (buffer, length);
}

static void
test_too_large (void)
{
  g_autoptr (PltPress) press = plt_test_press_make (issuer, "keys=keys");
  g_autoptr (GPtrArray) holders = plt_test_press_make_holders (press, "utopia-bilingual");
  PltStoreCardData *signer = g_ptr_array_index (holders, 0), *broken = g_ptr_array_index (holders, 1);
  g_autoptr (GBytes) large = pad_portrait (broken->portrait, LARGE_PORTRAIT);

  g_clear_pointer (&signer->signature, g_bytes_unref);
  signer->signature = make_noise ();
  check_refused (press, signer, "at most 200 kB");
  g_bytes_unref (broken->portrait);
  broken->portrait = g_bytes_new_from_bytes (large, 0, g_bytes_get_size (large) / 2);
  check_refused (press, broken, "too large for a card file");
}

/* Each by itself is what the drawn card has, to the byte where nobody signs it, and else names who did. */
static void
test_payloads (void)
{
  g_autoptr (PltPress) press = plt_test_press_make (issuer, "keys=keys");

  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      g_autoptr (GPtrArray) holders = plt_test_press_make_holders (press, layouts[i]);
      PltStoreCardData *data = g_ptr_array_index (holders, i % holders->len);
      g_autoptr (PltStoreCardFile) file = make (press, data);
      g_autoptr (GPtrArray) attached = plt_card_file_read_attached (file->file);

      for (PltPayload payload = 0; payload < PLT_N_PAYLOADS; payload++)
        check_payload (press, data, file, attached, payload);
    }
}

/* A layout that is no card's carries nothing; what is no part of a card is made nevertheless. */
static void
test_payloads_of_no_card (void)
{
  static const char *const no_cards[] = { "utopia-idp", "utopia-receipt", "utopia-temporary" };
  g_autoptr (PltPress) press = plt_test_press_make (issuer, "keys=keys");
  g_autoptr (GPtrArray) holders = plt_test_press_make_holders (press, "utopia-iso");
  PltStoreCardData *data = g_ptr_array_index (holders, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (no_cards); i++)
    {
      g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts", no_cards[i],
                                                "layout.json", NULL);
      g_autoptr (PltLayout) layout = plt_layout_new_from_file (path, NULL);

      g_free (data->layout);
      g_free (data->layout_digest);
      data->layout = g_strdup (no_cards[i]);
      data->layout_version = plt_layout_get_version (layout);
      data->layout_digest = g_strdup (plt_layout_get_digest (layout));
      for (PltPayload payload = 0; payload < PLT_N_PAYLOADS; payload++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (PltIssuerKey) signer = NULL;
          g_autoptr (GBytes) made = plt_press_make_payload (press, data, payload, NULL, &signer,
                                                            &error);

          if (payload == PLT_PAYLOAD_MDL || payload == PLT_PAYLOAD_AAMVA)
            {
              g_assert_no_error (error);
              continue;
            }
          g_assert_null (made);
          g_assert_null (signer);
          g_assert_nonnull (strstr (error->message, no_cards[i]));
          g_assert_nonnull (strstr (error->message, plt_payload_to_nick (payload)));
          g_assert_nonnull (strstr (error->message, "85.60"));
        }
    }
}

typedef struct
{
  GMainLoop *loop;
  guint      n_left;
  GPtrArray *expected; /* of hashes */
} Batch;

typedef struct
{
  Batch *batch;
  guint  number;
} Wanted;

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Wanted *wanted = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltStoreCardFile) file = plt_press_make_file_finish (result, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (file->unsigned_sha256, ==,
                   g_ptr_array_index (wanted->batch->expected, wanted->number));
  if (--wanted->batch->n_left == 0)
    g_main_loop_quit (wanted->batch->loop);
}

static void
test_at_once (void)
{
  g_autoptr (PltPress) press = plt_test_press_make (issuer, "keys=keys");
  g_autoptr (GPtrArray) holders = plt_test_press_make_holders (press, layouts[1]);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GPtrArray) expected = g_ptr_array_new_with_free_func (g_free);
  Batch batch = { loop, 3 * holders->len, expected };

  for (guint i = 0; i < holders->len; i++)
    {
      g_autoptr (PltStoreCardFile) file = make (press, g_ptr_array_index (holders, i));

      g_ptr_array_add (expected, g_strdup (file->unsigned_sha256));
    }
  for (guint i = 0; i < 3 * holders->len; i++)
    {
      Wanted *wanted = g_new0 (Wanted, 1);

      *wanted = (Wanted) { &batch, i % holders->len };
      plt_press_make_file_async (press,
                                 plt_store_card_data_copy (g_ptr_array_index (holders, wanted->number)),
                                 NULL, made_cb, wanted);
    }
  g_main_loop_run (loop);
}

/* No file, and a sentence that names the key and says what is the matter. */
static void
test_token_gone (void)
{
  g_autoptr (PltPress) good = plt_test_press_make (issuer, "keys=keys");
  g_autoptr (GPtrArray) holders = plt_test_press_make_holders (good, layouts[0]);
  g_autoptr (PltPress) press
    = plt_test_press_make (issuer, "data-key=pkcs11:token=nobody-has-this;object=key\nqr-key=pkcs11:"
                                   "token=nobody-has-this;object=key\nfile-key=pkcs11:"
                                   "token=nobody-has-this;object=key\ntoken-timeout-ms=2000");
  g_autoptr (GError) error = NULL;
  g_autoptr (PltStoreCardFile) file
    = plt_press_make_file (press, g_ptr_array_index (holders, 0), &error);

  g_assert_null (file);
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOKEN);
  g_assert_nonnull (strstr (error->message, "UTO0001"));
}

static void
free_claim_cb (gpointer data)
{
  PltVerifyClaim *claim = data;

  g_free (claim->title);
  g_free (claim->value);
  g_free (claim->text);
  g_free (claim);
}

static PltAgreement
compare_family_name (const char *found,
                     const char *recorded)
{
  g_autoptr (PltStoreKnownCard) card = g_new0 (PltStoreKnownCard, 1);
  g_autoptr (GPtrArray) claims = g_ptr_array_new_with_free_func (free_claim_cb);
  g_autoptr (GPtrArray) fields = NULL;
  PltVerifyFinding finding = { .form = PLT_VERIFY_FORM_PDF417, .claims = claims };
  PltVerifyClaim *claim = g_new0 (PltVerifyClaim, 1);

  *claim = (PltVerifyClaim) { PLT_VERIFY_FIELD_FAMILY_NAME, g_strdup ("Family name"),
                              g_strdup (found), g_strdup (found) };
  g_ptr_array_add (claims, claim);
  card->family_name = g_strdup (recorded);
  fields = plt_verify_compare (&finding, card);
  return plt_verified_field_get_agreement (g_ptr_array_index (fields, 0));
}

static void
test_spelt_in_codes (void)
{
  g_assert_cmpint (compare_family_name ("Lódz", "Łódź"), ==, PLT_AGREEMENT_SAME);
  g_assert_cmpint (compare_family_name ("D'Arc", "D’Arc"), ==, PLT_AGREEMENT_SAME);
  g_assert_cmpint (compare_family_name ("Kapa'akea", "Kapaʻakea"), ==, PLT_AGREEMENT_SAME);
  g_assert_cmpint (compare_family_name ("Lodz", "Łódź"), ==, PLT_AGREEMENT_DIFFERENT);
  g_assert_cmpint (compare_family_name ("Lódz", "Łódża"), ==, PLT_AGREEMENT_DIFFERENT);
}

/* Where data group 1 has room for the first of two names only, the zone goes on with the second. */
static void
test_zone_of_long_name (void)
{
  g_autoptr (PltPress) press = plt_test_press_make (issuer, "keys=keys");
  g_autoptr (GPtrArray) holders = plt_test_press_make_holders (press, "utopia-iso");
  PltStoreCardData *data = g_ptr_array_index (holders, 0);
  g_autoptr (PltStoreCardFile) file = NULL;
  g_autofree char *name = NULL;

  g_free (data->person[PLT_FIELD_FAMILY_NAME]);
  data->person[PLT_FIELD_FAMILY_NAME] = g_strdup ("Li-Wolfeschlegelsteinhausenbergerdorffer");
  file = make (press, data);
  name = g_strndup (file->mrz + 21, 8);
  g_assert_cmpstr (name, ==, "LI<WOLFE");
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  issuer = plt_test_press_new ();
  g_test_add_func ("/office/press/sizes", test_sizes);
  g_test_add_func ("/office/press/payloads", test_payloads);
  g_test_add_func ("/office/press/payloads-of-no-card", test_payloads_of_no_card);
  g_test_add_func ("/office/press/memory", test_memory);
  g_test_add_func ("/office/press/small-portrait", test_small_portrait);
  g_test_add_func ("/office/press/large-portrait", test_large_portrait);
  g_test_add_func ("/office/press/too-large", test_too_large);
  g_test_add_func ("/office/press/at-once", test_at_once);
  g_test_add_func ("/office/press/token-gone", test_token_gone);
  g_test_add_func ("/office/press/spelt-in-codes", test_spelt_in_codes);
  g_test_add_func ("/office/press/zone-of-long-name", test_zone_of_long_name);
  status = g_test_run ();
  plt_test_press_free (issuer);
  return status;
}
